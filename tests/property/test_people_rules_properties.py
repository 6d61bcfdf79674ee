"""Rules on people, measures and registers: held against worlds, and against what is told later.

Days are those of January 2026. In a world every date is one day, and the answer is worked out by
the definition: an authority is in force from its first day to its last, both included.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.lengths import examples
from tests.support.policies import HEAD, RULE, judged, rule

from answerable.domain.policy.reading import read_document
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

Days = tuple[int, int]
Told = dict[str, Any]

DAYS = st.tuples(st.integers(1, 9), st.integers(0, 3)).map(lambda each: (each[0], sum(each)))
"""A day that is known to lie between two, each of them included."""

AUTHORISED = 'act = "sanction-imposed"\nby = "decision-taken.deciders"\n'
AT_CONDUCT = 'clause = "finding-made.clause"\n'


def written(days: Days) -> str:
    first, last = (f"2026-01-{day:02}" for day in days)
    return first if first == last else f"{first}/{last}"


def each_day(days: Days) -> range:
    return range(days[0], days[1] + 1)


def verdict_of(answers: set[bool]) -> str:
    if len(answers) > 1:
        return "indeterminate"
    return "pass" if answers == {True} else "fail"


FINDING: Told = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
}


@st.composite
def terms(draw: st.DrawFn) -> tuple[Days, Days | None]:
    """A term: when it begins, and when it ends, where that is told."""
    begins = draw(DAYS)
    if draw(st.booleans()):
        return begins, None
    first = begins[1] + draw(st.integers(0, 3))
    return begins, (first, first + draw(st.integers(0, 3)))


@st.composite
def successive(draw: st.DrawFn) -> list[tuple[Days, Days | None]]:
    """Terms one after another, most of them without a day between."""
    found: list[tuple[Days, Days | None]] = []
    day = draw(st.integers(1, 3))
    for _ in range(draw(st.integers(2, 3))):
        last = day + draw(st.integers(0, 2))
        found.append(((day, day), (last, last)))
        day = last + draw(st.sampled_from([0, 1, 1, 1, 2]))
    return found


@given(successive() | st.lists(terms(), min_size=1, max_size=3), DAYS)
@settings(max_examples=examples(30))
def test_authorities_are_in_force_as_in_every_world(
    grants: list[tuple[Days, Days | None]], decided: Days
) -> None:
    log = Memory()
    power: Told = {"kind": "authority-granted", "measures": ["fine"]}
    log.add("house", **power, party="p-9", **{"from": "2025"})
    for begins, ends in grants:
        until = {} if ends is None else {"until": written(ends)}
        log.add("house", **power, party="p-8", **{"from": written(begins)}, **until)
    log.add(**FINDING)
    taken: Told = {"as": "d", "kind": "decision-taken", "outcome": "sanction", "basis": ["@f"]}
    log.add(**taken, deciders=["p-8"], occurred=written(decided))
    log.add(kind="sanction-imposed", subject="p-1", measure="fine", basis=["@d"])
    in_days = [(each_day(begins), each_day(ends or (31, 31))) for begins, ends in grants]
    answers = {
        any(world[at] <= day <= world[at + 1] for at in range(0, len(world), 2))
        for world in product(*(days for term in in_days for days in term))
        for day in each_day(decided)
    }
    found = judged(RecordView(log), rule("authority", AUTHORISED))
    assert found.verdict == verdict_of(answers)


@given(st.lists(st.tuples(DAYS, st.sampled_from("123")), min_size=1, max_size=3), DAYS)
@settings(max_examples=examples(30))
def test_a_policy_is_in_force_as_in_every_world(
    adopted: list[tuple[Days, str]], conduct: Days
) -> None:
    log = Memory()
    for begins, version in adopted:
        fields: Told = {"kind": "policy-adopted", "policy": "conduct", "policy_version": version}
        log.add("house", **fields, **{"from": written(begins)})
    log.add(**FINDING, clause="conduct 4.2", conduct_occurred=written(conduct))
    answers = {
        any(begins <= day for begins in world)
        for world in product(*(each_day(begins) for begins, _ in adopted))
        for day in each_day(conduct)
    }
    found = judged(RecordView(log), rule("in-force", AT_CONDUCT))
    assert found.verdict == verdict_of(answers)


@given(st.lists(st.tuples(DAYS, st.sampled_from("12")), min_size=1, max_size=4), DAYS)
@settings(max_examples=examples(30))
def test_a_version_is_told_to_be_in_force_only_where_it_is_in_every_world(
    adopted: list[tuple[Days, str]], conduct: Days
) -> None:
    log = Memory()
    for begins, version in adopted:
        fields: Told = {"kind": "policy-adopted", "policy": "conduct", "policy_version": version}
        log.add("house", **fields, **{"from": written(begins)})
    clause = {"policy": "conduct", "version": "1", "number": "4.2"}
    log.add(**FINDING, clause=clause, conduct_occurred=written(conduct))
    answers = {
        latest(world, [version for _, version in adopted], day) == "1"
        for world in product(*(each_day(begins) for begins, _ in adopted))
        for day in each_day(conduct)
    }
    found = judged(RecordView(log), rule("in-force", AT_CONDUCT)).verdict
    assert found in (verdict_of(answers), "indeterminate")
    if all(first == last for first, last in (conduct, *(begins for begins, _ in adopted))):
        assert found == verdict_of(answers)


def latest(begins: tuple[int, ...], versions: list[str], day: int) -> str | None:
    """The version that began last, by then; of two that began together, that recorded last."""
    begun = [(each, at) for at, each in enumerate(begins) if each <= day]
    return versions[max(begun)[1]] if begun else None


ALL = HEAD + "".join(
    RULE.format(kind=kind) + body
    for kind, body in {
        "authority": AUTHORISED,
        "in-force": AT_CONDUCT,
        "guideline": """
[[rule.row]]
offence_class = ["theft"]
grade = ["executive"]
permitted = ["dismissal"]
[[rule.row]]
offence_class = ["theft", "fraud"]
responsibility = ["direct"]
permitted = ["fine"]
excluded = ["dismissal"]
""",
        "separation": """
acts = ["decision-taken.deciders", "investigation-opened.lead"]
about = ["finding-made.subject"]
reporting_line = "both"
excused_by = ["recused", "conflict-waived"]
""",
    }.items()
)

MOMENTS = st.integers(1, 31).map(lambda day: datetime(2026, 1, day, 23, 59, 59, tzinfo=UTC))

EXACT = st.integers(1, 28).map(lambda day: f"2026-01-{day:02}")
PARTY = st.sampled_from(["p-1", "p-7", "p-8"])


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, Told]]:
    """A house and a case in which everything is told, to the day: causes before their effects."""
    days = iter(sorted(draw(st.lists(EXACT, min_size=6, max_size=6))))

    def dated(kind: str, **fields: Any) -> Told:
        effect = kind in ("conflict-declared", "conflict-waived") or "basis" in fields
        effect = effect or kind == "investigation-opened"
        return {"kind": kind, "occurred": next(days) if effect else draw(EXACT), **fields}

    grade = st.sampled_from(["staff", "executive"])
    grades = draw(st.lists(grade, max_size=1))
    power = {"party": draw(PARTY), "measures": [draw(st.sampled_from(["fine", "dismissal"]))]}
    line = {"party": draw(PARTY), "reports_to": draw(PARTY), "role": "x", "grade": draw(grade)}
    house = [
        {**dated("authority-granted", **power, grades=grades), "from": draw(EXACT)},
        {**dated("authority-granted", party="p-9", measures=["fine"]), "from": "2025"},
        {**dated("role-assigned", **line), "from": draw(EXACT)},
        {
            **dated("policy-adopted", policy="conduct", policy_version="1"),
            "from": draw(EXACT),
        },
    ]
    told = {
        "offence_class": draw(st.sampled_from(["theft", "fraud", "lateness"])),
        "grade": draw(grade),
        "conduct_occurred": draw(EXACT),
        "clause": "conduct 4.2",
    }
    decider = draw(PARTY)
    case = [
        {**dated("conflict-declared", party=decider), "as": "k"},
        dated("conflict-waived", conflict="@k", waived_by=draw(PARTY)),
        dated("recused", party=draw(PARTY)),
        {**dated("investigation-opened", lead=draw(PARTY)), "as": "i"},
        {**FINDING, **dated("finding-made", **told, basis=["@i"])},
        {
            **dated("decision-taken", outcome="sanction", deciders=[decider], basis=["@f"]),
            "as": "d",
        },
        dated(
            "sanction-imposed",
            subject="p-1",
            measure=draw(st.sampled_from(["fine", "dismissal"])),
            basis=["@d"],
        ),
    ]
    return [*(("house", each) for each in house), *(("c", each) for each in case)]


OPEN = {
    "occurred": True,
    "from": True,
    "conduct_occurred": True,
    "offence_class": False,
    "grade": False,
    "clause": False,
    "deciders": False,
    "lead": False,
    "waived_by": False,
}
"""Tell what can be left untold, and whether it is a date, which can also be told to the month.

A role or a policy that tells no `from` holds from when it was assigned or adopted: its absence says
something, as that of `until` and of `grades` does.
"""


@st.composite
def loosened(draw: st.DrawFn, history: list[tuple[str, Told]]) -> list[tuple[str, Told]]:
    """The same, of which less is told: some fields are absent, some dates are of the month."""
    found: list[tuple[str, Told]] = []
    for case_id, fields in history:
        less = dict(fields)
        for name in fields.keys() & OPEN.keys():
            how = draw(st.integers(0, 5))
            if less["kind"] == "role-assigned" and name == "occurred":
                continue  # As of a moment, a role that was assigned later is none.
            if how == 0 and (name != "from" or less["kind"] == "authority-granted"):
                del less[name]
            elif how == 1 and OPEN[name]:
                less[name] = less[name][:7]
        found.append((case_id, less))
    return found


def verdicts(history: list[tuple[str, Told]], as_of: datetime | None) -> dict[str, str]:
    log = Memory()
    for case_id, fields in history:
        log.add(case_id, **fields)
    record = RecordView(log, as_of)
    judges = Judges(record, alone(read_document(ALL.encode())))
    return {each.rule: each.verdict for each in judges.judge(record.case("c"))}


@given(st.data())
@settings(max_examples=examples(30))
def test_to_tell_more_never_moves_a_verdict_between_pass_and_fail(data: st.DataObject) -> None:
    history = data.draw(histories())
    as_of = data.draw(st.none() | MOMENTS)
    known = verdicts(history, as_of)
    less = verdicts(data.draw(loosened(history)), as_of)
    decided = ("pass", "fail")
    assert {
        rule: (less[rule], known[rule])
        for rule in known
        if less[rule] in decided and known[rule] in decided and less[rule] != known[rule]
    } == {}
