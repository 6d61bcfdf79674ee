"""Hold what the rows of a report's page quote against the record that it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page
from tests.support.bundles import found_by_stranger, signed_ledger
from tests.support.corrected_in_part import STEPS
from tests.support.golden_ledger import told
from tests.support.history_strategies import histories
from tests.support.signed_ledger import house

from answerable.cli.proving.again.made_again import words_of
from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.version import version
from answerable.domain.event import Event
from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.in_page.shown import OPENING, summed
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.projections.report.audience.audiences import FIELDS, Audience, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of

EXAMPLES = Path(__file__).parents[2] / "examples"
HISTORIES = {each.stem: each.read_bytes().splitlines() for each in EXAMPLES.glob("cases/*.jsonl")}
HISTORIES["xiaomi-kol"] = told()
AUDIENCES: tuple[Audience, ...] = ("board", "auditor", "regulator", "public")
LANGUAGES = ("en", "zh-Hans")


def pages(ledger: Ledger, case: str, tag: str = "en") -> Iterator[tuple[str, str]]:
    """Yield the pages of a case: the whole, for audiences, and for each of its people.

    In another language than English, of those that are alike there but for a name, one.
    """
    looked = look(ledger, case)
    report = report_of(looked, version=version())
    yield "whole", content(Made(report, ledger, looked), "html").decode()
    people = (each.party for each in report.parties if each.type == "person")
    wanted = [*map(For, AUDIENCES), *(For("subject", each) for each in people)]
    if tag != "en":
        wanted = wanted[3:5]
    for whom in wanted:
        gated = report_for(ledger, case, whom, version=version())
        made = Made(gated.report, ledger, gated.looked, FIELDS.get(whom.audience, ()), gated.part)
        yield f"{whom.audience} {whom.subject}", content(made, "html").decode()


def shown(page: Page, text: str, place: Path) -> tuple[bool, list[str]]:
    """Tell whether a page holds for its reader, and what it lists as wrong."""
    place.write_text(text, encoding="utf-8")
    page.goto(place.as_uri())
    ok = page.evaluate("answerable.done.then(({ ok }) => ok)")
    return ok, page.locator("#verification .problems li").all_text_contents()


@pytest.fixture(scope="module", params=HISTORIES)
def history(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, str]]:
    made = house(tmp_path_factory.mktemp("history"))
    with made.ledger:
        made.ledger.append_all(map(parse_line, HISTORIES[request.param]), recorded_by="jane")
        made.sign()
        yield made.ledger, request.param


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_a_page_quotes_is_on_record(
    page: Page, history: tuple[Ledger, str], tmp_path: Path, tag: str
) -> None:
    """Take no page of an example for one that misquotes, whomever it is for."""
    ledger, case = history
    with in_language(language(tag)):
        for whom, text in pages(ledger, case, tag):
            assert shown(page, text, tmp_path / "report.html") == (True, []), whom


def test_a_correction_that_names_what_is_hidden_is_held_to_what_is_shown(
    page: Page, tmp_path: Path
) -> None:
    """Take no honest page for one that misquotes, and one that says another number for one."""
    ledger, _ = signed_ledger(tmp_path, STEPS)
    with ledger:
        texts = dict(pages(ledger, "c"))
    for whom, text in texts.items():
        assert shown(page, text, tmp_path / "report.html") == (True, []), whom
    altered = texts["subject person-1"].replace(
        'data-field="fields">basis: (withheld)', 'data-field="fields">basis: (2 withheld)', 1
    )
    assert altered != texts["subject person-1"]
    ok, wrong = shown(page, altered, tmp_path / "report.html")
    assert not ok
    assert any("#10" in each for each in wrong)


def test_what_is_told_of_an_exhibit_as_it_was_corrected_is_on_record(
    page: Page, tmp_path: Path
) -> None:
    """The correction names what it corrects, and not the exhibit in whose row it is told."""
    at, to = {"case_id": "c"}, {"evidence": "@memo", "from": "p-1", "to": "p-2"}
    steps = (
        {**at, "as": "memo", "kind": "evidence-registered", "digest": f"sha256:{'0' * 64}"},
        {**at, "as": "moved", "kind": "custody-transferred", **to},
        {**at, "kind": "correction", "target": "@moved", "fields": {"location": "Room 9"}},
    )
    ledger, _ = signed_ledger(tmp_path, steps)
    with ledger:
        for whom, text in pages(ledger, "c"):
            assert shown(page, text, tmp_path / "report.html") == (True, []), whom


FINDING = "019b8a5e-7c00-7000-8000-000000000009"
PARTY = "019b8a5e-7c00-7000-8000-000000000001"
CONTACT = "019b8a5e-7c00-7000-8000-000000000002"
FIRST: list[dict[str, Any]] = [
    {"kind": "party-registered", "event_id": PARTY, "party": "p-2", "type": "person",
     "name": "Ahlers"},
    {"kind": "party-registered", "party": "p-4", "type": "organisation", "name": "Corvus"},
    {"kind": "contact-made", "event_id": CONTACT, "counterparty": "p-2", "purpose": "A call."},
]  # fmt: skip
CORRECTION: dict[str, Any] = {"kind": "correction", "target": CONTACT}
LATER: dict[str, list[dict[str, Any]]] = {
    "another contact": [{"kind": "contact-made", "counterparty": "p-2"}],
    "a correction": [{**CORRECTION, "fields": {"counterparty": "p-3", "occurred": "2026-01-05"}}],
    "a corrected text": [{**CORRECTION, "sealed_fields": {"purpose": "A letter of 1999."}}],
    "a corrected party": [{**CORRECTION, "fields": {"counterparty": "p-4"}}],
    "a retraction": [{"kind": "retraction", "target": CONTACT, "reason": "It was another."}],
    "another name": [{**FIRST[0], "event_id": FINDING, "name": "Brandt 3"}],
    "a corrected name": [
        {"kind": "correction", "target": PARTY, "sealed_fields": {"name": "Brandt 3"}}
    ],
}


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_came_after_the_head_that_is_signed_may_have_changed_what_a_page_tells(
    page: Page, tmp_path: Path, tag: str, later: str
) -> None:
    made = house(tmp_path)
    with made.ledger as ledger, in_language(language(tag)):
        for number, each in enumerate([*FIRST, *LATER[later]]):
            if number == len(FIRST):
                made.sign()
            ledger.append(parse({"case_id": "c", **each}), recorded_by="jane")
        for whom, text in pages(ledger, "c", tag):
            if 'id="bundle"' in text:
                assert shown(page, text, tmp_path / "report.html") == (True, []), whom


@pytest.mark.parametrize(
    "called",
    [{"name": "Agent 47"}, {"name": "3M\x88 9"}, {"titles": ["the 8th floor"]}],
    ids=["name", "unseen", "title"],
)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_party_may_be_called_by_a_number(
    page: Page, tmp_path: Path, tag: str, called: dict[str, object]
) -> None:
    at = {"case_id": "c"}
    steps = (
        {**at, "kind": "party-registered", "party": "p-1", "type": "person", **called},
        {**at, "kind": "contact-made", "counterparty": "p-1"},
    )
    ledger, _ = signed_ledger(tmp_path, steps)
    with ledger, in_language(language(tag)):
        for whom, text in pages(ledger, "c", tag):
            if 'id="bundle"' in text:
                assert shown(page, text, tmp_path / "report.html") == (True, []), whom


def test_a_party_may_come_into_an_event_by_a_correction(page: Page, tmp_path: Path) -> None:
    """Who acts upon the event later is told with them."""
    at = {"case_id": "c"}
    who = {"type": "organisation", "name": "Ahlers"}
    steps = (
        {**at, "as": "made", "kind": "agreement-made", "type": "settlement", "between": ["p-1"]},
        {**at, "kind": "party-registered", "party": "p-2", **who},
        {**at, "kind": "agreement-ended", "agreement": "@made"},
        {**at, "kind": "correction", "target": "@made", "fields": {"between": ["p-1", "p-2"]}},
    )
    ledger, _ = signed_ledger(tmp_path, steps)
    with ledger:
        for whom, text in pages(ledger, "c"):
            if 'id="bundle"' in text:
                assert shown(page, text, tmp_path / "report.html") == (True, []), whom


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_rests_on_another_case_alone_is_told_by_its_numbers(
    page: Page, tmp_path: Path, tag: str
) -> None:
    """A part of a case carries nothing of another, and says what it is."""
    there, here = {"case_id": "alpha"}, {"case_id": "beta"}
    made = {"kind": "decision-taken", "outcome": "to-investigate"}
    steps = (
        {**there, **made, "as": "first"},
        {**there, "kind": "retraction", "target": "@first"},
        {**here, **made, "basis": ["@first", "@first"]},
    )
    ledger, _ = signed_ledger(tmp_path, steps)
    with ledger, in_language(language(tag)):
        for whom, text in pages(ledger, "beta", tag):
            if 'id="bundle"' in text:
                assert shown(page, text, tmp_path / "report.html") == (True, []), whom


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(histories(cases=["alpha", "beta"], min_events=6, max_events=16))
def test_what_any_page_quotes_is_on_record(
    page: Page, tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    """Take none for one that misquotes where texts are strange and everything is corrected."""
    folder = tmp_path_factory.mktemp("any")
    made = house(folder)
    case = events[0].case_id
    with made.ledger:
        made.ledger.append_all(events, recorded_by="jane")
        made.sign()
        looked = look(made.ledger, case)
        text = content(
            Made(report_of(looked, version=version()), made.ledger, looked), "html"
        ).decode()
    assert shown(page, text, folder / "report.html") == (True, [])


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The whole pages that are edited: one that was corrected, one with amounts; and in Chinese."""
    made = house(tmp_path_factory.mktemp("quoted"))
    with made.ledger:
        for name in ("xiaomi-kol", "tesco"):
            made.ledger.append_all(map(parse_line, HISTORIES[name]), recorded_by="jane")
        made.sign()
        every = {name: dict(pages(made.ledger, name)) for name in ("xiaomi-kol", "tesco")}
        with in_language(language("zh-Hans")):
            chinese = dict(pages(made.ledger, "xiaomi-kol", "zh-Hans"))
    return {
        "kol": every["xiaomi-kol"]["whole"],
        "tesco": every["tesco"]["whole"],
        "zh": chinese["whole"],
        "public": every["tesco"]["public None"],
        "board": every["xiaomi-kol"]["board None"],
        "kol public": every["xiaomi-kol"]["public None"],
    }


def edited(page: str, section: str, old: str, new: str) -> str:
    """A page of which something in a section was edited, and the sums made to fit."""
    before, sums, behind = page.partition(OPENING)
    plain = before + behind.partition("</script>")[2] if sums else page
    start = plain.index(f'<section id="{section}"')
    found = re.compile(old).search(plain, start)
    assert found is not None, f"{old!r} does not come up in {section}"
    changed = found.expand(new)
    assert changed != found[0]
    return summed(plain[: found.start()] + changed + plain[found.end() :])


FIELD = r'(data-field="%s"[^>]*>)'
EDITS: dict[str, tuple[str, str, str, str]] = {
    "the kind of an event": ("kol", "events", FIELD % "kind" + "[^<]+", r"\1bar lifted"),
    "a kind in Chinese": ("zh", "events", FIELD % "kind" + "[^<]+", r"\1结案"),
    "what an event says": ("kol", "events", r"(data-said>)Decision: terminate", r"\1Decision: go"),
    "when it happened": ("kol", "events", FIELD % "occurred" + "on or before", r"\1on or after"),
    "a day": ("kol", "events", r"(data-field=\"occurred\">)2026-01-05<", r"\g<1>2026-01-07<"),
    "a day in Chinese": (
        "zh",
        "events",
        FIELD % "occurred" + "2026年1月5日<",
        r"\g<1>2026年1月4日<",
    ),
    "a day of the timeline": ("kol", "timeline", "(<time>2026-01-0)5", r"\g<1>7"),
    "a title": ("kol", "events", FIELD % "title" + "<bdi>", r"\1<bdi>No "),
    "a text": ("tesco", "events", FIELD % "report" + "<bdi>An employee", r"\1<bdi>Nobody"),
    "a source": ("tesco", "events", FIELD % "sources" + "<bdi>", r"\1<bdi>not "),
    "a party": ("tesco", "events", FIELD % "subject" + "Carl", r"\1Karl"),
    "one party for another": (
        *("tesco", "events", FIELD % "subject" + r"Christopher Bush \(person-1"),
        r"\1Carl Rogberg (person-3",
    ),
    "a party of the timeline": ("tesco", "timeline", "<bdi>Carl", "<bdi>Karl"),
    "a term": ("kol", "events", FIELD % "outcome" + "substantiated", r"\1unsubstantiated"),
    "a term in Chinese": ("zh", "events", FIELD % "outcome" + "属实", r"\1不属实"),
    "a word of the timeline": ("kol", "timeline", "(: )substantiated", r"\1unsubstantiated"),
    "an amount": ("tesco", "events", FIELD % "amount" + "250,", r"\g<1>260,"),
    "a currency": ("tesco", "events", FIELD % "amount" + "([0-9,.]+) GBP", r"\1\2 USD"),
    "a reference": (
        *("kol", "events", FIELD % "basis" + r'<a class="event" href="#event-10">#10</a>'),
        r'\1<a class="event" href="#event-9">#9</a>',
    ),
    "where a reference leads": ("kol", "events", r'(href="#event-1)0(">#10)', r"\g<1>1\2"),
    "the id of an event": ("kol", "events", FIELD % "event_id" + "<code>0", r"\1<code>1"),
    "when it was recorded": ("kol", "events", FIELD % "recorded_at" + "<time>20", r"\1<time>19"),
    "who recorded it": ("kol", "events", FIELD % "recorded_by" + "<bdi>jane", r"\1<bdi>joan"),
    "the name of a field": ("kol", "events", "<dt>outcome", "<dt>severity"),
    "what was first recorded": ("kol", "events", r"( data-first>[^<]*)", r"\1 and more"),
    "a field that is left out": (
        *("kol", "events", r"<div><dt>outcome</dt>.*?</div>"),
        "",
    ),
    "a field by another name": ("kol", "events", r'data-field="outcome"', 'data-field="standing"'),
    "what was withheld": (
        *("board", "events", FIELD % "recorded_by" + r"<em>[^<]*</em>"),
        r"\1<bdi>joan</bdi>",
    ),
    "a text for the public": ("public", "events", FIELD % "statement" + "<bdi>", r"\1<bdi>No "),
    "a decision's question": ("kol", "decisions", "<bdi>what ", "<bdi>not what "),
    "a bar's scope": ("kol", "bars", "<bdi>any cooperation", "<bdi>some cooperation"),
    "a pseudonym": ("kol", "bars", "<code>person-1", "<code>person-2"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_row_that_misquotes_is_red_though_the_sums_fit(
    page: Page, examples: dict[str, str], tmp_path: Path, name: str
) -> None:
    """Hold that the browser and `answerable verify` see the same, and that the sums fit.

    The single file compares no words, and says so first: it finds nothing.
    """
    which, *edit = EDITS[name]
    text = edited(examples[which], *edit)
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    data = text.encode()
    words = words_of(verify_bundle(extracted(data), Trust(()), page=data), data)
    assert words.differs
    assert found_by_stranger(data, [], tmp_path) == set()
    (problem,) = problems
    assert "“" in problem
    marks = page.locator(".mark[data-holds=no]").all_text_contents()
    assert len(marks) == 1
    assert marks[0].strip("✗ ") in problem  # the row that is named is the one that is red


def test_a_row_says_what_is_expected(page: Page, examples: dict[str, str], tmp_path: Path) -> None:
    edit = EDITS["a term"][1:]
    _, problems = shown(page, edited(examples["kol"], *edit), tmp_path / "report.html")
    assert problems == [
        "a row about #15 in the part “Every event”: it says “unsubstantiated”, and the record "
        "“substantiated”"
    ]


def test_the_list_of_what_is_written_is_held_against_the_record(
    page: Page, examples: dict[str, str], tmp_path: Path
) -> None:
    """Take no day, name or number from the page's own list that the record does not have."""
    forged = examples["tesco"].replace("Carl Rogberg (", "Karl Rogberg (")
    before, _, behind = forged.partition(OPENING)
    text = summed(before + behind.partition("</script>")[2])
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    assert all("Karl" in each for each in problems)


@pytest.mark.parametrize(
    ("which", "field", "forged"),
    [
        ("kol public", "basis", "the vote of all directors"),
        ("public", "sources", "nobody"),
        ("board", "recorded_by", "joan"),
    ],
)
def test_what_is_withheld_is_said_to_be_and_nothing_else(
    page: Page, examples: dict[str, str], tmp_path: Path, which: str, field: str, forged: str
) -> None:
    """Hold it though row, list and sums are forged together."""
    given = re.sub(
        rf'(data-field="{field}"><em>)\(([0-9]+ )?withheld\)', rf"\1{forged}", examples[which]
    )
    assert given != examples[which]
    given = re.sub(rf'("{field}\\nnull":\[)[^]]*\]', rf'\1"{forged}"]', given)
    before, _, behind = given.partition(OPENING)
    text = summed(before + behind.partition("</script>")[2])
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    assert all(forged in each for each in problems)


def test_a_moment_of_the_list_is_the_one_on_record(
    page: Page, examples: dict[str, str], tmp_path: Path
) -> None:
    """To the second, as the page sets it: another is red, though the list has it, too."""
    given = examples["kol"]
    (told, *_) = re.findall(r"[0-9-]{10} [0-9:]{8} UTC", given)
    for before, behind in (("", " "), ("<time>", "</time> ")):
        day, _, time = told.partition(" ")
        given = given.replace(
            f"{before}{day}{behind}{time}", f"{before}2019{day[4:]}{behind}{time}"
        )
    before, _, behind = given.partition(OPENING)
    text = summed(before + behind.partition("</script>")[2])
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    assert [each for each in problems if "2019" not in each] == []


def test_the_sums_of_an_edited_page_fit(
    page: Page, examples: dict[str, str], tmp_path: Path
) -> None:
    """Hold that what is red above is not so by the sums: what no row quotes is not seen."""
    text = edited(examples["kol"], "events", "<h2", "<p>Nothing of this is true.</p><h2")
    assert shown(page, text, tmp_path / "report.html") == (True, [])


def test_a_page_without_a_list_says_what_was_not_checked(
    page: Page, examples: dict[str, str], tmp_path: Path
) -> None:
    text = examples["kol"].replace('json" id="written"', 'json" id="other"')
    before, _, behind = text.partition(OPENING)
    text = summed(before + behind.partition("</script>")[2])
    assert shown(page, text, tmp_path / "report.html") == (True, [])
    unchecked = page.locator("#verification .unchecked li").all_text_contents()
    assert "each field of an event: the page does not list how it writes them" in unchecked
