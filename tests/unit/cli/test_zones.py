"""Days and moments on the command line, each in the zone of its case."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.unit.cli.conftest import Here

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger

AT = datetime(2026, 1, 5, 15, 30, tzinfo=UTC)
"""23:30 on 5 January in Shanghai; half past five the next morning in Kiritimati."""

ZONES = {
    "kiritimati": "Pacific/Kiritimati",
    "pago": "Pacific/Pago_Pago",
    "shanghai": "Asia/Shanghai",
    "none": None,
}

CONTACT = {"kind": "contact-made", "counterparty": "org-1"}


@pytest.fixture
def apart(here: Here) -> Here:
    """A record of cases in zones far from one another, all recorded at one moment."""
    with Ledger.create(here.folder / "answerable.db", clock=lambda: AT) as ledger:
        for case, zone in ZONES.items():
            opened = {"kind": "case-opened", "title": f"In {case}", "occurred": "2026-01-01"}
            told = {} if zone is None else {"zone": zone}
            for fields in (
                opened | told,
                CONTACT | {"occurred": "2026-01-05"},
                CONTACT | {"occurred": "2026-01-05T23:30:00+08:00"},
            ):
                ledger.append(parse({**fields, "case_id": case}), recorded_by="Jo")
    return here


def known(apart: Here, *arguments: str) -> set[str]:
    return {each["case_id"] for each in apart("cases", "--json", *arguments).lines}


def test_what_was_known_by_a_day_is_so_by_the_day_of_each_case(apart: Here) -> None:
    assert known(apart) == set(ZONES)
    assert known(apart, "--known-by", "2026-01-04") == set()
    assert known(apart, "--known-by", "2026-01-05") == {"pago", "shanghai", "none"}
    assert known(apart, "--known-by", "2026-01-06") == set(ZONES)
    east = ("--zone", "Pacific/Kiritimati")
    assert known(apart, "--known-by", "2026-01-05", *east) == {"pago", "shanghai"}
    moment = ("--known-by", "2026-01-05T23:30:00+08:00")
    assert known(apart, *moment) == set(ZONES), "a moment is one in every zone"


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("kiritimati", "2026-01-05", 2),
        ("kiritimati", "2026-01-06", 3),
        ("shanghai", "2026-01-05", 3),
        ("pago", "2026-01-05", 3),
        ("pago", "2026-01-04", 1),
        ("none", "2026-01-05", 3),
    ],
)
def test_as_of_a_day_is_its_end_where_the_case_is(
    apart: Here, case: str, day: str, expected: int
) -> None:
    told = apart("timeline", case, "--as-of", day, "--json").json
    assert len(told["entries"]) == expected
    listed = apart("log", "--case", case, "--as-of", day, "--json").lines
    assert len(listed) == expected
    cases = apart("cases", "--as-of", day, "--json").lines
    assert {each["case_id"]: each["events"] for each in cases}[case] == expected


def test_the_output_says_which_zone_it_goes_by(apart: Here) -> None:
    day = ("--as-of", "2026-01-05")
    out = apart("timeline", "kiritimati", *day).out
    assert "As of 2026-01-05 23:59 +14:00 (Pacific/Kiritimati, the zone of the case)" in out
    assert "Recorded 2026-01-06, " in out
    assert "recorded 2026-01-06 05:30 +14:00" in apart("timeline", "kiritimati", "-v").out
    out = apart("timeline", "none", *day, "--zone", "America/New_York").out
    assert "As of 2026-01-05 23:59 -05:00 (America/New_York, as asked)" in out
    out = apart("timeline", "none", *day).out
    assert "As of 2026-01-05 23:59 UTC (no zone is told)" in out
    out = apart("status", *day).out
    assert "As of 2026-01-05 23:59 UTC (and in its own zone where a case tells one)" in out
    report = apart("report", "pago", *day).out
    assert "As of 2026-01-05.\n" in report
    told = apart("report", "pago", *day, "--format", "json").json
    assert told["header"]["as_of"] == "2026-01-06T10:59:59.999999Z"
    assert "Pacific/Pago_Pago, the zone of the case" in report


def test_moments_are_told_in_the_zone_and_in_utc(apart: Here) -> None:
    told = apart("timeline", "kiritimati", "--as-of", "2026-01-06", "--json").json
    assert told["zone"] == {"name": "Pacific/Kiritimati", "told_by": "case"}
    assert told["as_of"] == "2026-01-06T09:59:59.999999Z"
    assert told["as_of_local"] == "2026-01-06T23:59:59.999999+14:00"
    opened, plain, moment = told["entries"]
    assert opened["recorded_at"] == "2026-01-05T15:30:00.000000Z"
    assert opened["recorded_at_local"] == "2026-01-06T05:30:00.000000+14:00"
    assert moment["occurred_utc"] == "2026-01-05T15:30:00Z"
    assert moment["occurred_local"] == "2026-01-06T05:30:00+14:00"
    assert (plain["occurred"], "occurred_local" in plain) == ("2026-01-05", False)
    assert [plain["lag"], moment["lag"]] == [{"least": 1, "most": 1}, {"least": 0, "most": 0}]


QUESTIONS = (
    ("timeline", "CASE"),
    ("log", "--case", "CASE"),
    ("status", "--case", "CASE"),
    ("replay", "CASE"),
    ("report", "CASE"),
    ("show", "EVENT"),
    ("why", "EVENT"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("case", ["kiritimati", "pago"])
def test_a_date_without_a_time_is_never_moved(
    apart: Here, case: str, question: tuple[str, ...]
) -> None:
    """The day that was recorded stands in every output, and none beside it stands for it."""
    event = next(
        each["event_id"]
        for each in apart("log", "--case", case, "--json").lines
        if each.get("occurred") == "2026-01-05"
    )
    words = [{"CASE": case, "EVENT": event}.get(word, word) for word in question]
    for more in ((), ("--zone", "Asia/Tokyo"), ("--as-of", "2026-01-07")):
        out = apart(*words, *more).out
        if question[0] != "status":
            assert "2026-01-05" in out
        assert "2026-01-04" not in out


def test_a_day_of_twenty_three_hours_and_one_of_twenty_five(here: Here) -> None:
    with Ledger.create(here.folder / "answerable.db", clock=lambda: AT) as ledger:
        for fields in (
            {"kind": "case-opened", "title": "Summer time", "jurisdiction": ["de"]},
            {**CONTACT, "occurred": "2026-03-29T23:30:00+02:00"},
            {**CONTACT, "occurred": "2026-10-25T23:30:00+01:00"},
        ):
            ledger.append(parse({**fields, "case_id": "berlin"}), recorded_by="Jo")

    def had_happened(day: str) -> list[Any]:
        told = here("timeline", "berlin", "--as-of", day, "--json").json
        assert told["zone"]["told_by"] == "jurisdiction"
        return [each["occurred"][:10] for each in told["entries"] if each["occurred"]]

    assert had_happened("2026-03-28") == []
    assert had_happened("2026-03-29") == ["2026-03-29"]
    assert had_happened("2026-10-24") == ["2026-03-29"]
    assert had_happened("2026-10-25") == ["2026-03-29", "2026-10-25"]


def test_a_wrong_zone_is_refused_with_what_may_have_been_meant(
    apart: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = " ".join(apart("status", "--zone", "Asia/Shangai", code=2).err.split())
    assert "--zone" in said
    assert "Did you mean Asia/Shanghai?" in said
    monkeypatch.setenv("ANSWERABLE_ZONE", "Asia/Shangai")
    for words in (("status",), ("timeline", "none"), ("verify",)):
        said = " ".join(apart(*words, code=2).err.split())
        assert "ANSWERABLE_ZONE" in said
        assert "Did you mean Asia/Shanghai?" in said
    monkeypatch.setenv("ANSWERABLE_ZONE", "Asia/Shanghai")
    told = apart("timeline", "none", "--json").json
    assert told["zone"] == {"name": "Asia/Shanghai", "told_by": "asker"}
    assert told["entries"][0]["recorded_at_local"] == "2026-01-05T23:30:00.000000+08:00"
    opened = ("case-opened", "--case", "new", "--title", "t")
    assert "Did you mean" in apart("append", *opened, "--zone", "Shangai", code=3).err


def test_the_first_recorded_on_a_day_is_so_by_the_day_of_the_case(apart: Here) -> None:
    for case, number in (("kiritimati", 3), ("shanghai", 0)):
        since = apart("log", "--case", case, "--since", "2026-01-06", "--json").lines
        assert len(since) == number


ENDED = {
    "kiritimati": "2026-01-06T09:59:59.999999Z",
    "pago": "2026-01-07T10:59:59.999999Z",
    "shanghai": "2026-01-06T15:59:59.999999Z",
    "none": "2026-01-06T23:59:59.999999Z",
}
"""When 6 January ended in each case."""

EVERY_CASE = (
    ("check",),
    ("what-if", "--policy", "other.toml"),
    ("due",),
    ("gaps",),
    ("audit",),
    ("changes",),
    ("status",),
    ("cases",),
    ("log",),
    ("search", "meeting"),
    ("bars",),
    ("metrics",),
)
"""Lists the questions that are asked of all cases at once."""

REGISTERS = {
    "status": "open",
    "check": "verdicts",
    "what-if": "differences",
    "changes": "changes",
    "bars": "bars",
}


@pytest.fixture
def sanctioned(apart: Here) -> Here:
    """The same, with something to say in each case, and a policy that would say otherwise."""
    with Ledger.open(apart.folder / "answerable.db", clock=lambda: AT) as ledger:
        for case in ZONES:
            found: list[dict[str, Any]] = [
                {"kind": "sanction-imposed", "subject": "p-1", "measure": "dismissal"},
                {"kind": "counterparty-barred", "counterparty": "org-1", "from": "2026-01-02"},
                {"kind": "allegation-made", "conduct": "a meeting", "subject": "p-1"},
            ]
            found[0] |= {"due": "2026-01-05", "occurred": "2026-01-04"}
            found[1]["occurred"] = "2026-01-02"
            found[2]["occurred"] = "2026-01-04"
            ids = []
            for each in found:
                event = parse({**each, "case_id": case})
                ids.append(ledger.append(event, recorded_by="Jo").event_id)
            corrected = {"fields": {"measure": "demotion"}, "target": ids[0], "reason": "so"}
            ledger.append(
                parse({"kind": "correction", "case_id": case, **corrected}), recorded_by="Jo"
            )
    shipped = apart("policy", "show", "generic", "--format", "toml").out
    (apart.folder / "other.toml").write_text(shipped.replace('"executed"', '"carried-out"'))
    return apart


@pytest.mark.parametrize("question", EVERY_CASE, ids=lambda words: words[0])
def test_each_case_is_told_of_by_the_end_of_its_own_day(
    sanctioned: Here, question: tuple[str, ...]
) -> None:
    day = ("--as-of", "2026-01-06", "--known-by", "2026-01-06")
    code = 1 if question == ("check",) else 0
    lines = map(json.loads, sanctioned(*question, *day, "--json", code=code).out.splitlines())
    told = {each["case_id"]: each for each in lines if each.get("case_id")}
    for case, each in told.items():
        for said in (each, each.get("answerable", {})):
            times = (said.get("as_of", ENDED[case]), said.get("known_by", ENDED[case]))
            assert times == (ENDED[case], ENDED[case]), said
        assert each.get("verdicts_as_of", ENDED[case]) == ENDED[case]
    register = REGISTERS.get(question[0])
    which = () if register is None else ("--register", register)
    out = sanctioned(*question, *day, "--format", "csv", *which, code=code).out
    rows = [*csv.DictReader(io.StringIO(out))]
    for row in rows:
        if row.get("case"):
            assert (row["as_of"], row["known_by"]) == (ENDED[row["case"]],) * 2
    found = {row.get("case") for row in rows if row.get("case")}
    assert {*told, *found} >= set(ZONES) or question == ("metrics",), (told.keys(), found)


def test_other_programs_are_told_the_end_of_each_case_s_own_day(sanctioned: Here) -> None:
    day = ("check", "--as-of", "2026-01-06", "--format")
    suites = ElementTree.fromstring(sanctioned(*day, "junit", code=1).out).iter("testsuite")
    told = {each.get("name"): each.find(".//*[@name='as-of']") for each in suites}
    assert {case: each is not None and each.get("value") for case, each in told.items()} == ENDED
    (run,) = sanctioned(*day, "sarif", code=1).json["runs"]
    assert run["properties"]["asOf"] == ENDED["none"]
    for each in run["results"]:
        names = each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        case = names.partition("/")[0]
        assert each["properties"].get("asOf", ENDED["none"]) == ENDED[case]
    said = "2026-01-06 23:59 UTC (and in its own zone where a case tells one)"
    assert said in sanctioned("gaps", "--as-of", "2026-01-06", "--format", "markdown").out
    assert said not in sanctioned("gaps", "--as-of", "2026-01-06T23:59:00Z").out
