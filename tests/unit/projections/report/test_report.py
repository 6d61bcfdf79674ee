"""The report on a case, as data and as Markdown, and the names in it."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.domain.answers import json_value
from answerable.domain.parsing import parse_line
from answerable.domain.record import Disclosed
from answerable.ledger.ledger import Ledger
from answerable.projections.blocks.spans import plain
from answerable.projections.errors import NotFound
from answerable.projections.facts.names import Name, names
from answerable.projections.output.markdown_text import escaped, quoted
from answerable.projections.report.elsewhere import elsewhere, is_executed
from answerable.projections.report.lookup import Lookup
from answerable.projections.report.report import Report, report_on

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"
RECORDED = datetime(2026, 1, 8, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Report:
    place = tmp_path_factory.mktemp("report") / "a.db"
    with Ledger.create(place, clock=lambda: RECORDED) as ledger:
        events = [parse_line(line) for line in EXAMPLE.read_bytes().splitlines()]
        ledger.append_all(events, recorded_by="x")
        return report_on(ledger, "xiaomi-kol", version="1.2.3")


def test_the_example_has_three_people_accountable(example: Report) -> None:
    told = {each.party: each.responsibility for each in example.accountability.accountable}
    assert told == {
        "person-4": ("direct",),
        "person-2": ("managerial",),
        "person-3": ("managerial",),
    }


def test_the_example_has_one_party_barred_open_ended(example: Report) -> None:
    (bar,) = example.bars
    assert (bar.counterparty, bar.open_ended, bar.in_force) == ("person-1", True, "yes")


def test_the_example_has_the_verdicts_that_the_story_allows(example: Report) -> None:
    judged = {each.rule: each for each in example.checks if each.applies}
    assert {rule: (each.verdict, each.warning) for rule, each in judged.items()} == {
        "heard-first": ("fail", False),
        "managerial": ("pass", False),
        "executed": ("indeterminate", False),
        "concludes-in-time": ("indeterminate", False),
        "steps-in-order": ("pass", False),
        "traceable": ("pass", False),
        "evidenced": ("fail", False),
        "independent": ("indeterminate", True),
        "authorised": ("indeterminate", False),
        "guideline": ("pass", False),
        "notice": ("indeterminate", False),
        "bar-kept": ("indeterminate", False),
        "nothing-hidden": ("pass", False),
    }
    assert example.failed
    assert judged["independent"].missing == (
        "who carried out the verification (#9)",
        "who decided (#10)",
        "who led the investigation (#14)",
        "who ordered the investigation (#14)",
        "which persons decided for the company (#19)",
    )
    assert "Xu Jieyun, who is sanctioned in this case, announced the termination" in str(
        judged["independent"].warnings
    )


def test_the_example_took_as_long_as_the_story_tells(example: Report) -> None:
    told = {each.name: each.words for each in example.durations}
    assert told["apology to sanctions"] == "1 day"
    assert told["contact to backlash"] == "unknown"


def test_the_header_says_from_which_record_it_was_made(example: Report) -> None:
    header = example.header
    assert (header.tree_size, len(header.root), header.version) == (28, 64, "1.2.3")
    assert header.title == ("Contact with a KOL", "told")


def test_in_json_it_has_every_part_and_nothing_of_python(example: Report) -> None:
    told = json.loads(json.dumps(json_value(example)))
    assert list(told) == list(Report._fields)
    assert told["accountability"]["people"][0]["accountable"] == "yes"
    assert told["bars"][0]["from"] == "2026-01-05"
    assert told["texts"][told["decisions"][0]["event_id"]]["fields"]["question"]


def test_in_markdown_it_is_read_from_the_top(example: Report) -> None:
    text = in_markdown(example)
    for sentence in (
        "# Contact with a KOL (`xiaomi-kol`)\n",
        "**Three people are accountable**, one directly and two as managers.",
        "**Xu Fei (`person-2`)**: accountable as a manager for “management failure” (#16).",
        "**`person-4` (the employee directly responsible; name not told)**: accountable directly",
        "**One person is barred.**",
        "- the KOL (`person-1`): barred from 2026-01-05 (end not stated), in force (#12).",
        "- Seven sanctions to execute (#20 to #26; no execution on record)",
    ):
        assert sentence in text


def test_what_the_record_does_not_tell_is_listed_once(example: Report) -> None:
    _, _, rest = in_markdown(example).partition("**The record does not tell:**")
    told = rest.partition("**Still open:**")[0].split("\n- ")
    assert len(told) > 10
    assert len(set(told)) == len(told)


def test_every_event_of_the_case_is_in_the_appendix(example: Report) -> None:
    appendix = in_markdown(example).split("## Appendix: the events")[1]
    for entry in example.timeline:
        assert f"| #{entry.position} | `{entry.event_id}` |" in appendix


def test_every_row_of_a_table_has_as_many_cells_as_its_head(example: Report) -> None:
    for block in in_markdown(example).split("\n\n"):
        if block.startswith("|"):
            edges = {line.replace("\\|", "").count("|") for line in block.splitlines()}
            assert len(edges) == 1, block


def test_a_case_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="no case 'd'"):
        report_on(case({"kind": "lesson-recorded", "lesson": "x"}), "d", version="1")


def test_known_by_and_as_of_leave_out_what_came_later() -> None:
    log = case(
        {"kind": "contact-made", "counterparty": "p-1", "occurred": "2026-01-01"},
        {"kind": "backlash-observed", "occurred": "2026-01-03"},
    )
    second = datetime(2026, 1, 2, tzinfo=UTC)
    assert len(report_on(log, "c", version="1", as_of=second).timeline) == 1
    first = datetime.fromisoformat(log.log[0].recorded_at)
    assert len(report_on(log, "c", version="1", known_by=first).timeline) == 1
    with pytest.raises(NotFound, match="recorded by then"):
        report_on(log, "c", version="1", known_by=first - timedelta(days=1))


def test_what_a_case_rests_on_in_another_is_looked_up() -> None:
    log = Memory()
    log.add("other", **{"as": "e"}, kind="evidence-registered", digest=f"sha256:{'0' * 64}")
    log.add(
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="managerial",
        basis=["@e"],
    )
    verdicts = {each.rule: each.verdict for each in report_on(log, "c", version="1").checks}
    assert verdicts["evidenced"] == "pass"


def test_a_date_is_no_party() -> None:
    log = case({"kind": "counterparty-barred", "counterparty": "p-1", "from": "2026-01-05"})
    assert [name.party for name in report_on(log, "c", version="1").parties] == ["p-1"]


def test_events_are_cited_by_their_positions_runs_drawn_together() -> None:
    log = case(*({"kind": "lesson-recorded", "lesson": "x"} for _ in range(6)))
    ids = [event.event_id for event in log.log]
    cite = Lookup(report_on(log, "c", version="1")).cite
    assert plain(cite(ids[5], ids[0], ids[2], None, ids[1], ids[1])) == "#0 to #2, #5"
    assert plain(cite(ids[4], ids[3])) == "#3, #4"
    assert plain(cite("elsewhere")) == "elsewhere"
    assert plain(cite()) == ""


NASTY = "<b>|`x`|</b>\n\n# A heading [link](http://x) @all \x1b[31m \u202e **"


def test_nothing_from_the_record_is_taken_for_markup() -> None:
    log = case(
        {"kind": "party-registered", "party": "p-1", "type": "person", "name": NASTY},
        {"kind": "case-opened", "title": NASTY, "summary": NASTY},
        {
            "as": "f",
            "kind": "finding-made",
            "subject": "p-1",
            "outcome": "substantiated",
            "responsibility": "direct",
            "conduct": NASTY,
            "clause": "a&b 4",
        },
        {"kind": "correction", "target": "@f", "fields": {"conduct": "<i>|"}},
    )
    text = in_markdown(report_on(log, "c", version="1"))
    for sign in ("<b>", "<i>", "\x1b", "\u202e", "@all", "http://", "\n# A heading", "`x`"):
        assert sign not in text
    for block in text.split("\n\n"):
        if block.startswith("|"):
            edges = {line.replace("\\|", "").count("|") for line in block.splitlines()}
            assert len(edges) == 1, block


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("a\r\nb", "a<br>b"),
        ("a\\b", r"a\\b"),
        ("_New_York_ __a__", r"\_New_York\_ \_\_a\_\_"),
        ("<&>", "&lt;&amp;&gt;"),
        ("\x00", r"\[U+0000\]"),
        ("徐洁云 é 👩‍🚀", "徐洁云 é 👩‍🚀"),
    ],
)
def test_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize("line", ["# a", "- a", "1. a", "===", "+ a", "    a"])
def test_a_quoted_line_begins_nothing(line: str) -> None:
    start = quoted(line).removeprefix("> ")[0]
    assert start in "&a"


def test_withheld_and_erased_texts_say_so() -> None:
    log = case(
        {"as": "p", "kind": "party-registered", "party": "p-1", "type": "person", "name": "Ann"},
        {"as": "o", "kind": "case-opened", "title": "T", "summary": "S"},
        {
            "kind": "finding-made",
            "subject": "p-1",
            "outcome": "substantiated",
            "responsibility": "direct",
        },
    )
    log.erase(log.ids["p"], "name")
    log.withhold(log.ids["o"], "title", "summary")
    made = report_on(log, "c", version="1")
    assert made.header.title == (None, "withheld")
    text = in_markdown(made)
    assert "# Case `c`\n" in text
    assert "`p-1` (name erased)" in text
    assert "**#1** case opened, summary: *withheld*" in text


REGISTERED: dict[str, Any] = {
    "as": "r",
    "kind": "party-registered",
    "party": "p-1",
    "type": "person",
    "name": "Ann Li",
    "aliases": ["Lili"],
    "titles": ["CEO"],
}


def test_a_party_is_found_by_pseudonym_name_and_alias() -> None:
    log = case(REGISTERED)
    log.add("other", kind="party-registered", party="p-2", type="person", name="ann li")
    log.add("other", kind="party-registered", party="lili", type="group")
    known = names(log)
    assert known.find("p-1") == ("p-1",)
    assert known.find(" ANN LI ") == ("p-1", "p-2")
    assert known.find("lili") == ("lili",)
    assert known.find("LILI") == ("p-1",)
    assert known.find("nobody") == ()


def test_a_party_is_called_by_its_name_or_by_its_pseudonym() -> None:
    known = names(case(REGISTERED))
    assert known.called("p-1") == "Ann Li"
    assert known.called("p-9") == "p-9"
    assert known.of("p-9") == Name("p-9", "unregistered")


def test_a_corrected_name_is_the_name() -> None:
    log = case(REGISTERED, {"kind": "correction", "target": "@r", "fields": {"name": "Ann Lee"}})
    assert names(log).called("p-1") == "Ann Lee"
    assert names(log).find("Ann Li") == ()


def test_a_retracted_registration_names_nobody() -> None:
    log = case(REGISTERED, {"kind": "retraction", "target": "@r"})
    assert names(log).of("p-1").state == "unregistered"


def test_a_later_registration_leads_and_keeps_the_earlier_names() -> None:
    log = case(REGISTERED, {**REGISTERED, "as": "q", "name": "Ann Lee", "titles": ["chair"]})
    name = names(log).of("p-1")
    assert (name.name, name.aliases) == ("Ann Lee", ("Ann Li", "Lili"))
    assert name.titles == ("CEO", "chair")
    assert len(name.registered_by) == 2


@pytest.mark.parametrize("gone", ["erased", "withheld"])
def test_a_name_that_is_gone_says_why(gone: str) -> None:
    log = case(REGISTERED)
    hide = log.erase if gone == "erased" else log.withhold
    hide(log.ids["r"], "name")
    name = names(log).of("p-1")
    assert (name.state, name.shown) == (gone, "p-1")


def test_only_the_names_wanted_are_opened() -> None:
    log = case(REGISTERED, {**REGISTERED, "as": "q", "party": "p-2"})
    opened: list[int] = []

    def watched(positions: Iterable[int]) -> Mapping[int, Disclosed]:
        wanted = list(positions)
        opened.extend(wanted)
        return Memory.opened(log, wanted)

    log.opened = watched  # type: ignore[method-assign]
    assert names(log).called("p-2") == "Ann Li"
    assert opened == [1]


def test_a_name_is_known_from_when_it_was_registered() -> None:
    log = Memory()
    log.add(kind="lesson-recorded", lesson="x")
    before = datetime.fromisoformat(log.log[0].recorded_at)
    log.add(**REGISTERED)
    assert list(names(log, known_by=before)) == []


def test_the_first_page_tells_of_a_contact_inside_a_bar() -> None:
    log = case(
        {"kind": "counterparty-barred", "counterparty": "k-1", "from": "2026-03-06"},
        {"kind": "contact-made", "counterparty": "k-1", "occurred": "2026-05-04"},
        {"kind": "contact-made", "counterparty": "k-1", "occurred": "2026"},
    )
    text = in_markdown(report_on(log, "c", version="1"))
    assert "barred from 2026-03-06 (end not stated), in force (#0). **One contact lies" in text
    assert "**One contact lies inside the bar** (#1)." in text


def test_one_person_is_not_counted_twice() -> None:
    sanction = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}
    finding = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}
    known = [{"kind": "party-registered", "party": f"p-{n}", "type": "person"} for n in (1, 2)]
    for steps, said in (
        ([{**finding, "subject": "p-1"}], "**One person is accountable**, directly."),
        ([sanction], "**One person is accountable**, by a sanction without a finding."),
        (
            [{**finding, "subject": "p-1"}, {**sanction, "subject": "p-2"}],
            "**Two people are accountable**, one directly and one by a sanction without a finding.",
        ),
    ):
        assert said in in_markdown(report_on(case(*known, *steps), "c", version="1"))


def test_what_may_be_over_is_not_said_to_be_open() -> None:
    log = case(
        {"as": "m", "kind": "commitment-made", "promise": "to train", "occurred": "2026-01"},
        {"kind": "commitment-fulfilled", "commitment": "@m"},
    )
    text = in_markdown(report_on(log, "c", version="1", as_of=datetime(2026, 1, 31, tzinfo=UTC)))
    assert "- Commitment to fulfil, indeterminate whether open (#0)." in text


def test_a_post_that_one_sanction_tells_is_the_post() -> None:
    sanction = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}
    text = in_markdown(
        report_on(case(sanction, {**sanction, "role_then": "buyer"}), "c", version="1")
    )
    assert "| `p-1` | buyer | " in text


def test_dates_are_said_in_words() -> None:
    finding = {"kind": "finding-made", "outcome": "inconclusive", "responsibility": "none"}
    dated = {**finding, "subject": "p-1", "occurred": "../2026-01-05"}
    text = in_markdown(report_on(case(dated), "c", version="1"))
    assert "| #0 | on or before 2026-01-05 | " in text
    assert "../" not in text


def test_promises_are_told_with_how_they_stand() -> None:
    made = {"kind": "commitment-made", "by": "p-1"}
    log = case(
        {**made, "as": "a", "promise": "to pay", "due": "2026-01-31"},
        {**made, "as": "b", "promise": "to mend"},
        {**made, "as": "c", "promise": "to train"},
        {"kind": "commitment-breached", "commitment": "@a"},
        {"kind": "commitment-fulfilled", "commitment": "@b"},
        {"kind": "commitment-released", "commitment": "@c"},
    )
    out = in_markdown(report_on(log, "c", version="1"))
    assert "## Promises" in out
    assert "| `p-1` | to pay | not told | 2026-01-31 | breached | #0, #3 |" in out
    assert "| `p-1` | to mend | not told | not told | fulfilled | #1, #4 |" in out
    assert "| `p-1` | to train | not told | not told | released | #2, #5 |" in out
    without = case({"kind": "contact-made", "counterparty": "k"})
    assert "## Promises" not in in_markdown(report_on(without, "c", version="1"))


def test_an_open_sanction_is_told_once_in_short_and_once_in_the_list_of_what_is_open(
    example: Report,
) -> None:
    said = in_markdown(example)
    short, _, long = said.partition("## Accountability register")
    assert short.count("no execution on record") == 1
    assert "no execution on record" not in long
    assert long.count("sanction to execute") == len({each.party for each in example.open}) - 1
    assert "| See *What is open*. |" in long
    assert said.rstrip().splitlines()[-1].startswith("| Record | 28 entries, root `")


def test_what_makes_a_rule_fail_is_said_with_it(example: Report) -> None:
    (executed,) = filter(is_executed, example.checks)
    assert elsewhere(example, executed) is not None
    assert elsewhere(example, executed._replace(verdict="fail")) is None


def test_a_source_and_an_announcement_that_several_share_are_told_once(example: Report) -> None:
    said = in_markdown(example)
    assert said.count("public statement by the company spokesperson, 6 January 2026") == 1
    assert "- public statement by the company spokesperson, 6 January 2026: #14 to #27\n" in said
    assert said.count("nnounced by the spokesperson account on 2026-01-06") == 1
    assert "Announced by the spokesperson account on 2026-01-06: #20 to #26." in said
    assert "All of it was recorded on " in said
