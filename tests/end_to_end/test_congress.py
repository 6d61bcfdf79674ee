"""A history that nobody here wrote: govtrack/misconduct, mapped, recorded, and counted again.

What is expected is read from the source here, by other means than the program's: plain PyYAML, and
plain searches in its words. The source is no part of this repository, so where it is not at hand
those tests are skipped; everything else about the program is tested on sources made up here.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.end_to_end.conftest import Cli
from tests.support.builders import Memory
from tests.support.lengths import examples

from answerable.domain.parsing import parse

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "examples" / "congress.py"

NARRATIVES = (
    *("account", "claim", "conduct", "ground", "note", "promise"),
    *("reason", "reasons", "report", "result", "scope", "statement"),
)
FROM = re.compile(r"govtrack/misconduct, person (\d+), (\S+)")

Json = dict[str, Any]


class Told(NamedTuple):
    """A consequence as the source has it."""

    person: str
    date: str
    body: str | None
    words: str
    link: list[str]


class History(NamedTuple):
    """The source, and what became of it."""

    entries: list[Json]
    consequences: list[Told]
    events: list[Json]
    report: str
    said: str
    cli: Cli

    def of(self, kind: str, **fields: str) -> list[Json]:
        """The events of a kind that have these fields."""
        return [
            event
            for event in self.events
            if event["kind"] == kind
            and all(event.get(name) == value for name, value in fields.items())
        ]

    def matching(self, words: str) -> list[Told]:
        """The consequences in whose words this is found."""
        return [each for each in self.consequences if re.search(words, each.words, re.IGNORECASE)]


def convert(folder: Path, source: Path | str, *more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(PROGRAM), str(source), *more],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def source(unavailable: Callable[[str], NoReturn]) -> Path:
    """Where misconduct.yaml is: beside the repository, or where ANSWERABLE_MISCONDUCT says."""
    named = os.environ.get("ANSWERABLE_MISCONDUCT")
    found = Path(named) if named else ROOT.parent / "shared" / "data" / "misconduct.yaml"
    if not found.is_file():
        if named:
            unavailable(f"ANSWERABLE_MISCONDUCT names {named}, which is not there")
        pytest.skip("misconduct.yaml is not beside the repository; ANSWERABLE_MISCONDUCT names it")
    return found


@pytest.fixture(scope="module")
def history(source: Path, tmp_path_factory: pytest.TempPathFactory) -> History:
    """The source mapped and imported, and read back from the ledger."""
    cli = Cli(tmp_path_factory.mktemp("congress"))
    ran = convert(cli.folder, source, "--output", "congress.jsonl", "--report", "report.txt")
    assert ran.returncode == 0, ran.stderr
    cli("init")
    cli("import", "congress.jsonl")
    entries = yaml.safe_load(source.read_text(encoding="utf-8"))
    consequences = [
        Told(
            str(entry["person"]),
            str(each["date"]),
            each.get("body"),
            squeezed(each.get("action") or each["text"]),
            each["link"] if isinstance(each.get("link"), list) else [each.get("link")],
        )
        for entry in entries
        for each in entry["consequences"]
    ]
    report = (cli.folder / "report.txt").read_text(encoding="utf-8")
    return History(entries, consequences, cli("export").lines, report, ran.stderr, cli)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def titles(event: Json) -> list[str]:
    return [source["title"] for source in event.get("sources", ()) if "title" in source]


def told_in(event: Json) -> list[str]:
    """The words of the source that an event carries."""
    own = [event[name] for name in NARRATIVES if name in event]
    return own or (titles(event)[-1:] if event["kind"] == "role-assigned" else [])


@pytest.fixture(scope="module")
def by_origin(history: History) -> dict[tuple[str, str], list[Json]]:
    """The events by the person and the date that they come from."""
    found: defaultdict[tuple[str, str], list[Json]] = defaultdict(list)
    for event in history.events:
        for title in titles(event)[:1]:
            if origin := FROM.fullmatch(title):
                found[origin[1], origin[2]].append(event)
    return found


@pytest.fixture(scope="module")
def from_each(
    history: History, by_origin: dict[tuple[str, str], list[Json]]
) -> list[tuple[Told, list[Json]]]:
    """Each consequence with the events that carry its words, or a part of them."""
    return [
        (
            each,
            [
                event
                for event in by_origin.get((each.person, each.date), ())
                if any(words in each.words for words in told_in(event))
            ],
        )
        for each in history.consequences
    ]


def count_said(history: History, name: str) -> int:
    found = re.search(rf"^ *([\d,]+)  {name}$", history.said, re.MULTILINE)
    assert found, history.said
    return int(found.group(1).replace(",", ""))


def test_every_entry_is_a_case(history: History) -> None:
    opened = history.of("case-opened")
    assert len(opened) == len(history.entries) == count_said(history, "entries")
    assert len({event["case_id"] for event in opened}) == len(opened)
    assert Counter(squeezed(event["title"]) for event in opened) == Counter(
        squeezed(entry["allegation"]) for entry in history.entries
    )
    for event, entry in zip(opened, history.entries, strict=True):
        assert entry["text"].strip() in event["summary"]
        assert set(entry["tags"].split()) <= set(event["summary"].rsplit("Tags: ")[-1].split())
    resolved = [entry for entry in history.entries if "resolved" in entry["tags"].split()]
    assert len(history.of("case-closed")) == len(resolved)


def test_every_person_and_every_body_is_registered_once(history: History) -> None:
    people = history.of("party-registered", type="person")
    names = defaultdict(set)
    for entry in history.entries:
        names[f"person-{entry['person']}"].add(entry["name"])
    assert {event["party"]: {event["name"], *event.get("aliases", ())} for event in people} == names
    assert len(people) == len(names)
    bodies = history.of("party-registered", type="body")
    assert len({event["party"] for event in bodies}) == len(bodies)
    spelt = [name for event in bodies for name in (event["name"], *event.get("aliases", ()))]
    assert {each.body for each in history.consequences if each.body} <= set(spelt)
    assert len(spelt) == len(set(spelt))
    assert all(subject_of(event) in names for event in history.events if subject_of(event))


def subject_of(event: Json) -> str | None:
    found: str | None = event.get("subject")
    return found


def test_nothing_is_dropped(history: History, from_each: list[tuple[Told, list[Json]]]) -> None:
    """Every word of every consequence is in an event, or in the report with the reason."""
    reported = set(re.findall(r"^    (.*)$", history.report, re.MULTILINE))
    unrecorded = 0
    for each, events in from_each:
        rest = each.words
        pieces = {words for event in events for words in told_in(event)}
        for piece in sorted({*pieces, *(line for line in reported if line in rest)}, key=len)[::-1]:
            rest = rest.replace(piece, "")
        assert not rest.strip("; "), (each, rest)
        unrecorded += not events
    assert unrecorded == count_said(history, "consequences without")
    assert unrecorded + count_said(history, "consequences with events") == len(from_each)
    assert unrecorded < 20


@pytest.mark.parametrize(
    ("form", "length"), [("a day", 10), ("a month", 7), ("a year", 4)], ids=lambda value: str(value)
)
def test_dates_stay_as_precise_as_they_were(
    form: str, length: int, from_each: list[tuple[Told, list[Json]]]
) -> None:
    """As the source dates them, or on or before it, or as the words do, or not at all."""
    known = [(each, events) for each, events in from_each if len(each.date) == length and events]
    assert known, form
    kept = 0
    for each, events in known:
        dates = [event.get("occurred", "").removeprefix("../") for event in events]
        kept += each.date in dates
        for date in filter(None, dates):
            assert date == each.date or date[:4] in each.words, (each, date)
    own = [each for each, _ in known if ";" in each.words or ". " in each.words]
    assert len(known) - len(own) <= kept <= len(known)


def test_who_decided_is_told_where_a_body_is_named_and_nowhere_else(
    history: History, from_each: list[tuple[Told, list[Json]]]
) -> None:
    fields = ("deciders", "lead", "mandate_giver", "announced_by", "investigation")
    for each, events in from_each:
        if each.body is None:
            assert not [event for event in events if any(map(event.get, fields))], each
    by_body, without = (
        [
            event["event_id"]
            for each, events in from_each
            for event in events
            if event["kind"] in ("decision-taken", "appeal-decided") and (each.body is None) == no
        ]
        for no in (False, True)
    )
    decided = [*history.of("decision-taken"), *history.of("appeal-decided")]
    assert {event["event_id"] for event in decided if "deciders" in event} == set(by_body)
    assert {event["event_id"] for event in decided if "deciders" not in event} == set(without)
    assert without


def test_what_is_plain_is_counted_alike(history: History) -> None:
    """Searches in the source's words, against the events of the kind that they mean."""
    expelled = history.of("sanction-imposed", measure="expulsion")
    assert len(expelled) == len(history.matching(r"^expelled"))
    every = history.of("sanction-imposed", measure="censure")
    censured = [event for event in every if "measure_text" not in event]
    words = r"^(informally )?censured|; (and )?censured|to censure Rangel|^adopted .* of censure"
    assert len(censured) == len(history.matching(words))
    assert len(every) - len(censured) == len(history.matching("to denounce"))
    assert not history.of("sanction-imposed", measure="other")
    reprimanded = history.of("sanction-imposed", measure="formal-reprimand")
    words = r"^reprimanded|; reprimanded|but reprimanded|to reprimand Rep\.|^issued a reprimand"
    assert len([event for event in reprimanded if "measure_text" not in event]) == len(
        history.matching(words)
    )
    further = [
        event
        for event in history.of("decision-taken")
        if event["outcome"].startswith("recommend further review")
    ]
    assert len(further) == len(history.matching(r"recommended.* further review"))
    admitted = [event for event in history.of("statement-published") if "admit" in event["acts"]]
    guilty = history.matching(r"pleaded (gui|to disorderly)")
    others = [each for each in guilty if re.search("wife|treasurer", each.words)]
    assert len(admitted) == len(guilty) - len(others)
    convicted = history.of("finding-made", outcome="substantiated")
    plain = [each for each in history.consequences if each.words == "Convicted."]
    assert len([event for event in convicted if event["conduct"] == "Convicted."]) == len(plain)
    resigned = [event for event in history.of("role-ended") if event["reason"] == "Resigned."]
    assert len(resigned) == len(
        [each for each in history.consequences if each.words == "Resigned."]
    )
    assert not history.of("sanction-imposed", measure="resignation-in-lieu")
    exonerated = history.of("finding-made", outcome="exonerated")
    assert len(exonerated) == len(
        [each for each in history.matching("exonerated") if "six other" not in each.words]
    )


def test_what_no_kind_is_for_is_a_step_by_its_name(history: History) -> None:
    """Elections, deaths and motions are told, and nothing is held against anyone by them."""
    lost = history.of("step-taken", term="election lost")
    words = r"(^|\w+ )(lost (the|his|bid|re-?election|in the)|(was )?defeated|was not re-elected)"
    others = "expulsion|jurisdiction|Pomeroy"
    assert len([event for event in lost if re.search(words, event["note"], re.I)]) == len(
        [each for each in history.matching(words) if not re.search(others, each.words)]
    )
    assert all(event["who"][0].startswith("person-") for event in lost)
    motions = history.of("step-taken", term="motion")
    told = history.matching(r"introduced?\b|submitted a resolution")
    assert len(motions) == len([each for each in told if "Sumner" not in each.words])
    assert not [event for event in motions if "who" in event]
    resigned = history.of("role-ended", reason="Resigned.")
    assert {event["manner"] for event in resigned} == {"resigned"}


def test_a_number_of_fines_is_that_number_of_sanctions(history: History) -> None:
    numbers = {"an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
    expected = 0
    for each in history.matching(r"^fined|was fined by"):
        found = re.search(r"(\w+) additional time", each.words)
        expected += numbers[found.group(1)] if found else 1
    fines = history.of("sanction-imposed", measure="fine")
    plain = r"^(fined|\w+ was fined)"
    assert len([event for event in fines if re.search(plain, event["reason"])]) == expected


def test_what_is_told_afterwards_had_happened_by_then(history: History) -> None:
    afterwards = r"(they|she) will pay a|had been fined|^reported the arrest|(was|has been) paid"
    fines = [
        event
        for event in history.of("sanction-imposed", measure="fine")
        if re.search(afterwards, event["reason"])
    ]
    assert len(fines) == len(history.matching(afterwards))
    assert all(event["occurred"].startswith("../") for event in fines)
    announced = [event for event in fines if "announced" in event]
    assert announced
    assert all(event["occurred"] == f"../{event['announced']}" for event in announced)


def test_allegations_are_alleged_and_findings_rest_on_words(history: History) -> None:
    allegations = history.of("allegation-made")
    assert {event["standing"] for event in allegations} == {"alleged"}
    indicted = history.matching(r"^(arrested and )?indicted\b")
    others = [each for each in indicted if re.search("campaign aide|former FL", each.words)]
    charged = [
        event
        for event in allegations
        if re.search("^(arrested and )?indicted", event["conduct"], re.I)
    ]
    assert len(charged) == len(indicted) - len(others)
    ids = {event["event_id"] for event in allegations}
    assert all(event["allegation"] in ids for event in history.of("finding-made"))


def test_every_link_is_a_source(history: History) -> None:
    kept = {
        told
        for event in history.events
        for source in event.get("sources", ())
        for told in (source.get("url"), source.get("title"))
    }
    links = [link for each in history.consequences for link in each.link if link]
    assert links
    unrecorded = set(re.findall(r"^    (\S+)$", history.report, re.MULTILINE))
    assert [link for link in links if link not in kept | unrecorded] == []
    for entry in history.entries:
        for title, url in re.findall(r"\[([^\]]*)\] ?\(([^)\s]*)\)", entry["text"]):
            assert url in kept or f"{title} {url}" in kept, (title, url)


def test_it_is_recorded_once_and_the_same_each_time(history: History, source: Path) -> None:
    folder = history.cli.folder
    before = history.cli.state
    again = history.cli("import", "congress.jsonl").out
    assert again.startswith(f"Recorded: 0 events; on record already: {len(history.events):,}\n")
    assert history.cli.state == before
    ran = convert(folder, source)
    assert ran.stdout == (folder / "congress.jsonl").read_text(encoding="utf-8")
    assert history.report.strip() in ran.stderr
    assert f"{len(history.events):,} entries" in history.cli("verify").out


def test_its_guide_tells_these_numbers(history: History) -> None:
    guide = squeezed((ROOT / "examples" / "congress.md").read_text(encoding="utf-8"))
    recorded = count_said(history, "consequences with events")
    people = len({entry["person"] for entry in history.entries})
    for told in (
        f"{len(history.entries)} cases of {people} people",
        f"{len(history.consequences):,} consequences",
        f"{recorded:,} of them ({recorded / len(history.consequences):.0%})",
        f"{len(history.events):,} events in all",
        f"{len(history.consequences) - recorded} did not",
    ):
        assert told in guide, told


# --- The program itself, on sources made up here


def entry(*consequences: Json, **fields: Any) -> Json:
    return {
        "person": 7,
        "name": "Doe",
        "allegation": "it is said",
        "text": "More of [it](https://example.com/it).",
        "consequences": list(consequences),
        "tags": "ethics",
    } | fields


def as_yaml(entries: Sequence[Json]) -> str:
    """JSON, which is YAML without aliases."""
    return json.dumps(entries, ensure_ascii=False)


def mapped(folder: Path, *entries: Json) -> tuple[list[Json], str]:
    (folder / "made.yaml").write_text(as_yaml(entries), encoding="utf-8")
    ran = convert(folder, "made.yaml")
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def test_what_is_not_known_is_reported_and_the_rest_recorded(kept: Cli) -> None:
    events, said = mapped(
        kept.folder,
        entry(
            {"date": "2020-02", "body": "Senate", "action": "expelled, 9-1", "vote": 12},
            {"date": 2021, "text": "Danced on the table."},
            {"text": "Resigned."},
            {"date": "soon", "text": "Convicted."},
            {"date": 2022, "text": "Brady has never been charged.", "tags": "plea"},
            tags="ethics unheard-of",
            colour="red",
        ),
    )
    for reported in (
        "7-2020-02: unknown field colour: 'red'",
        "7-2020-02: unknown tag unheard-of",
        "7-2020-02  2020-02: unknown field vote: 12",
        "7-2020-02  2021: not fitting: no rule knows these words\n    Danced on the table.",
        "7-2020-02  no date: recorded without a date: None\n    Resigned.",
        "7-2020-02  no date: recorded without a date: 'soon'",
        "7-2020-02  2022: not fitting: nothing happened; that there was no charge is no event",
        "7-2020-02  2022: no event says its tag plea",
    ):
        assert reported in said
    kinds = [(event["kind"], event.get("occurred")) for event in events[2:]]
    assert kinds == [
        ("case-opened", None),
        ("allegation-made", None),
        ("decision-taken", "2020-02"),
        ("sanction-imposed", "2020-02"),
        ("role-assigned", None),
        ("role-ended", None),
        ("finding-made", None),
    ]
    assert events[5]["basis"] == [events[4]["event_id"]]
    kept("import", "-", stdin="\n".join(map(json.dumps, events)))


def test_the_same_words_twice_are_two_cases_and_are_pointed_out(tmp_path: Path) -> None:
    same = entry({"date": 2020, "text": "Resigned."})
    events, said = mapped(tmp_path, same, same)
    assert "7-2020-2: the same words as 7-2020" in said
    assert len({event["event_id"] for event in events}) == len(events)


def test_a_bodys_name_never_passes_for_a_person(tmp_path: Path) -> None:
    events, _ = mapped(
        tmp_path,
        entry({"date": 2020, "body": "Person 7", "action": "expelled"}),
        entry({"date": 2021, "body": "審判所", "action": "expelled"}),
        entry({"date": 2022, "body": "審判所 ", "action": "expelled"}),
        entry({"date": 2023, "body": " ", "action": "expelled"}),
    )
    parties = [event["party"] for event in events if event["kind"] == "party-registered"]
    assert len(set(parties)) == len(parties) == 3
    for event in events:
        parse(event)


def test_what_is_lifted_overturned_or_ended_is_so_once(tmp_path: Path) -> None:
    told = (
        *("Convicted.", "Sentenced to 21 months in prison.", "Excluded, 3-1.", "fined Doe"),
        *("Doe appealed the fine.", "rejected Doe's appeal", "opened an investigation"),
        *("closed the investigation", "Sentence commuted", "Conviction overturned.", "Resigned."),
        "Supreme Court held the exclusion unconstitutional",
    )
    rows = [{"date": year, "text": text} for year, text in enumerate((*told, *told[4:]), 1950)]
    events, said = mapped(tmp_path, entry(*rows))
    record = Memory()
    for event in events:
        record.record(parse(event))
    kinds = Counter(event["kind"] for event in events)
    assert kinds["sanction-lifted"] == kinds["appeal-decided"] == kinds["appeal-lodged"] == 2
    assert kinds["role-ended"] == kinds["role-assigned"] == 2
    assert kinds["investigation-concluded"] == 2
    assert said.count("which sanction or finding was appealed is not told") == 3


def test_an_appeal_against_a_fine_does_not_overturn_a_conviction(tmp_path: Path) -> None:
    told = ("Convicted.", "fined Doe", "Doe appealed the fine.", "Conviction overturned.")
    rows = [{"date": year, "text": text} for year, text in enumerate(told, 1950)]
    events, _ = mapped(tmp_path, entry(*rows))
    against = {event["event_id"]: event["against"] for event in events if "against" in event}
    [convicted] = [event["event_id"] for event in events if event["kind"] == "finding-made"]
    [decided] = [event for event in events if event["kind"] == "appeal-decided"]
    assert against[decided["appeal"]] == convicted
    assert len(against) == 2


GOOD = "- {person: 7, name: Doe, allegation: a, text: b, tags: t, consequences: ["


def test_a_field_named_by_a_number_is_reported(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(GOOD + "{text: Resigned., 1: 2}], 3: [4]}")
    ran = convert(tmp_path, "made.yaml")
    assert ran.returncode == 0
    assert "unknown field 1: 2\n" in ran.stderr
    assert "unknown field 3: [4]\n" in ran.stderr


DEEP = "[" * 200_000
LAUGHS = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no list of entries"),
        ("[]", "no list of entries"),
        ("a: b", "no list of entries"),
        ("- 7", "entry 1 has no fields"),
        ("- {name: Doe}", "entry 1: person must be a whole number, not None"),
        ("- {person: true}", "entry 1: person must be a whole number, not True"),
        (GOOD.replace("7", "-7") + "]}", "entry 1: person must be a positive number"),
        (GOOD.replace("Doe", "[]") + "]}", "entry 1: name must be text, not []"),
        (GOOD.replace("Doe", "' '") + "]}", "entry 1: name must be text, not ' '"),
        (GOOD.replace("t,", "[t],") + "]}", "entry 1: tags must be text"),
        (GOOD.replace("[", "x}"), "entry 1: consequences must be a list, not 'x'"),
        (GOOD + "]}\n" + GOOD + "3]}", "entry 2, consequence 1 has no fields"),
        (GOOD + "{date: 2020}]}", "entry 1, consequence 1: neither action nor text"),
        (GOOD + "{text: [a]}]}", "entry 1, consequence 1: text must be text, not ['a']"),
        (GOOD + "{text: a, date: 2020-13-45}]}", "a value that is none"),
        (GOOD, "this is not YAML"),
        ("- '\x1b[31m'", "this is not YAML"),
        (LAUGHS, "line 2: an alias (*a)"),
        ("- !!python/object/apply:os.system [exit]", "this is not YAML"),
        pytest.param(DEEP, "nest", id="deep"),
        (b"\xff\xfe\x00", "utf-8"),
        (None, "No such file"),
    ],
)
def test_a_bad_source_is_refused_in_one_line(
    text: str | bytes | None, why: str, tmp_path: Path
) -> None:
    if text is not None:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "bad.yaml").write_bytes(data)
    ran = convert(tmp_path, "bad.yaml", "--output", "out.jsonl")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("bad.yaml: ")
    assert why in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "\x1b" not in ran.stderr
    assert not (tmp_path / "out.jsonl").exists()


FRAGMENTS = (
    "expelled, 9-1",
    "censured, 9-1",
    "informally censured him, then later revoked the censure",
    "fined Doe three additional times",
    "Doe appealed the fine.",
    "rejected Doe's appeal",
    "agreed to Doe's appeal",
    "Convicted.",
    "Conviction overturned.",
    "Resigned after losing criminal appeal.",
    "Sentenced to 21 months in prison.",
    "President Trump commuted Doe's sentence.",
    "Served nine months in prison.",
    "reported the arrest and that a fine was paid, and closed the investigation",
    "opened an investigation",
    "closed the investigation",
    "established an Investigative Subcommittee",
    "Resigned.",
    "Re-elected.",
    "Excluded, 3-1.",
    "Supreme Court held the exclusion unconstitutional",
    "complaint filed (Feb. 31, 1995); dismissed the complaint; filed its report (Mar. 1, 1995)",
    "Doe apologized. In March 1999 Doe resigned.",
)


@pytest.fixture(scope="module")
def program() -> Iterator[Callable[[str], tuple[list[Json], Any]]]:
    sys.path.insert(0, str(PROGRAM.parent))
    try:
        from importlib import import_module

        yield import_module("congress").convert
    finally:
        sys.path.remove(str(PROGRAM.parent))


dates = st.sampled_from([None, 1799, 1968, "1970-01", "2020-02-29", "2020-02", "later", 20200101])
printed = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40)
words = st.sampled_from(FRAGMENTS) | printed.filter(str.strip)
consequences = st.fixed_dictionaries(
    {"date": dates, "text": words},
    optional={"body": st.sampled_from(["Senate", "House", "SENATE", ""]), "link": printed},
)


@settings(max_examples=examples(45))
@given(st.lists(st.lists(consequences, max_size=8), min_size=1, max_size=3))
def test_whatever_is_told_in_whatever_order_can_be_recorded(
    program: Callable[[str], tuple[list[Json], Any]], told: list[list[Json]]
) -> None:
    """All its events are valid, possible in their order, and under ids of their own."""
    text = as_yaml([entry(*rows, tags="resolved") for rows in told])
    events, _ = program(text)
    record = Memory()
    for event in events:
        record.record(parse(event))
    assert len({event["event_id"] for event in events}) == len(events)
    assert program(text)[0] == events
