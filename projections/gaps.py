"""List what is open, overdue or unexplained, and from whom: what an ethics office works on.

Gathered from where each is judged: obligations, grounds that are missing or wrong, dates that are
not told, built-in checks that failed or cannot tell, and, if asked, measures outside those of like
findings for which no reason is on record. Nothing is judged here.

Whom a thing is needed from is told by role, and only where the record names them: who promised, who
owns a remediation, who leads the investigation; for all else, who owns the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.interim import TAKEN, running
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.conformance.checks import checks
from answerable.projections.consistency.compare import compare
from answerable.projections.consistency.reasons import reasons
from answerable.projections.consistency.units import units
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import case_closed
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import all_of
from answerable.projections.grounds.problems import LINKED, Problem, problems_of
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.timeline.timeline import date_gaps
from answerable.projections.wording.obligation import BREACHED
from answerable.projections.wording.sentence import sentence

Sort = Literal["open", "unexplained", "check", "inconsistent", "undated"]
Role = Literal["promised it", "owns it", "leads the investigation", "owns the case"]

OWED: Mapping[str, Role] = {
    "commitment to fulfil": "promised it",
    "remediation to verify": "owns it",
    "investigation to conclude": "leads the investigation",
}
"""The obligations of which the record may name who owes them."""

FOR_THE_LEAD = frozenset(("evidence", "clause", "hearing", "collector", "collected"))
"""The missing links that an inquiry would have brought."""

WRONG = "grounds that bear it, for what is on record cannot"
"""The thing to ask for where what is on record is wrong."""

UNTOLD = {
    "nothing": "the date",
    "only the latest": "the earliest date",
    "only the earliest": "the latest date",
}
"""The thing to ask for where a date is not told, or only one end of it."""

LEFT_RUNNING = "interim measure to end, though the case is closed"

KEPT = 32
"""The number of other cases, on which those looked at rest, in memory at a time."""

UNREASONED = "a reason for an answer that is unusual among like findings"
UNREADABLE = "a reason, open to read, for an answer that is unusual among like findings"
PERHAPS = "a reason, perhaps, for what may be unusual among like findings"


class Need(NamedTuple):
    """One thing that is needed.

    Attributes:
        what: what to ask for, the same for all things of the kind: "sanction to execute".
        text: the thing itself, in words.
        whom: whom it is needed from, by pseudonym; None where that is not told.
        role: by what they are the one.
        events: the events that it is about, by id.
        position: of the first of them; None of a case as a whole.
        due: by when (EDTF), where that is told.
        overdue: whether that had passed; None where it has none, or no moment was given.
        open: `unknown` where it may not be open.
    """

    sort: Sort
    what: str
    text: str
    case_id: str
    events: tuple[str, ...]
    position: int | None
    whom: str | None
    role: Role | None
    due: str | None = None
    overdue: When | None = None
    open: When = "yes"

    @property
    def rank(self) -> int:
        """Rank a need: overdue, perhaps overdue, open, unexplained, and dates last."""
        if self.sort == "open":
            return {"yes": 0, "unknown": 1}.get(self.overdue or "", 2)
        return ("unexplained", "inconsistent", "check", "undated").index(self.sort) + 3

    def as_dict(self) -> dict[str, Any]:
        """Return the need as JSON has it."""
        return as_dict(self)


class _Whom(NamedTuple):
    """The party from whom something is needed, and their role in that."""

    whom: str | None
    role: Role | None


class _House(NamedTuple):
    """The parties from whom a case's things are needed, where they are told."""

    owner: str | None
    lead: str | None

    def asked(self, party: str | None = None, role: Role = "owns the case") -> _Whom:
        """Tell who owes a thing: the party, where it is told, else the owner of the case."""
        if party:
            return _Whom(party, role)
        return _Whom(self.owner, "owns the case" if self.owner else None)

    @property
    def investigator(self) -> _Whom:
        """Return who leads the investigation."""
        return self.asked(self.lead, "leads the investigation")


def needs(
    reader: Reader,
    *,
    case: str | None = None,
    consistency: bool = False,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    known: Names | None = None,
) -> Iterator[Need]:
    """Yield what is needed, case by case; in each, what is overdue first. One case is in memory.

    Args:
        reader: the record.
        case: only this one.
        consistency: also measures outside their comparators without a reason; it reads all cases.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        known: the registered parties, where they were read already.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by) if known is None else known
    record = RecordView(
        reader, as_of, known_by, name_of=known.called, type_of=known.type_of, keep=KEPT
    )
    outside = _outside(record) if consistency else {}
    for view in record.each_case() if case is None else (record.recorded_case(case),):
        found = [*_of_case(view, alone=case is not None), *_unreasoned(reader, view, outside)]
        yield from sorted(found, key=lambda each: (each.rank, each.position or 0))


def _of_case(view: CaseView, *, alone: bool) -> Iterator[Need]:
    """Yield what is needed in a case.

    Args:
        view: the case.
        alone: whether no other is asked about. If not, each tells of its own events.
    """
    house = _house(view)
    for each in obligations_of(view):
        yield _owed(view, house, each)
    yield from _left_running(view, house)
    for problem in problems_of(view):
        placed = view.placed(problem.event_id)
        elsewhere = problem.case_id != view.case_id
        if placed is not None and (alone or not (elsewhere and placed.fact.kind in LINKED)):
            yield _unexplained(view, house, placed.fact, problem)
    for found in checks(view):
        if found.verdict in ("fail", "indeterminate"):
            verdict = "fails" if found.verdict == "fail" else f"is {found.verdict}"
            yield Need(
                "check",
                f"an answer to the check “{found.title}”, which {verdict}",
                found.explanation,
                view.case_id,
                found.witnesses,
                None,
                *house.asked(),
            )
    for gap in date_gaps(view):
        yield _need(view, view.facts[gap.event_id], "undated", UNTOLD[gap.told], house.asked())


@once
def _house(view: CaseView) -> _House:
    """Find who owns a case, and who leads its investigation where that is one party."""
    opening = next(view.standing("case-opened"), None)
    leads = {fact.fields.get("lead") for fact in view.standing("investigation-opened")}
    return _House(
        None if opening is None else opening.fields.get("owner"),
        leads.pop() if len(leads) == 1 else None,
    )


def _need(
    view: CaseView, fact: Fact, sort: Sort, what: str, whom: _Whom, text: str | None = None
) -> Need:
    line = sentence(fact.kind, fact.fields, view.name_of)
    return Need(
        sort,
        what,
        line if text is None else f"{text}: {line}",
        fact.event.case_id,
        (fact.event_id,),
        fact.event.position,
        *whom,
    )


def _owed(view: CaseView, house: _House, each: Obligation) -> Need:
    role = OWED.get(each.what)
    whom = house.asked() if role is None else house.asked(each.party, role)
    what = f"{each.what}, {BREACHED}" if each.breached == "yes" else each.what
    about = _need(view, view.facts[each.event_id], "open", what, whom)
    overdue = None if each.due is None else each.overdue
    if overdue == "yes" and each.open == "unknown":
        overdue = "unknown"
    return about._replace(due=each.due, overdue=overdue, open=each.open)


def _left_running(view: CaseView, house: _House) -> Iterator[Need]:
    """Yield the interim measures that run, or may, though the case is closed, or may be."""
    closed = case_closed(view)
    for fact in view.standing(TAKEN) if closed != "no" else ():
        still = all_of((running(view, fact), closed))
        if still != "no":
            need = _need(view, fact, "open", LEFT_RUNNING, house.asked())
            yield need._replace(open=still)


def _unexplained(view: CaseView, house: _House, fact: Fact, problem: Problem) -> Need:
    whom = house.investigator if problem.link in FOR_THE_LEAD else house.asked()
    what = ASKED[problem.link] if problem.link else WRONG
    return _need(view, fact, "unexplained", what, whom, problem.text)


def _outside(record: RecordView) -> dict[str, dict[str, When]]:
    """Find the findings that lie, or may lie, outside their comparators: by case and event id."""
    found: dict[str, dict[str, When]] = {}
    for group in compare(record.reader, as_of=record.as_of, known_by=record.known_by):
        for each in group.outside:
            if each.shape is not None:
                outside = group.places[each.shape].outside
                found.setdefault(each.case_id, {})[each.event_id] = outside
    return found


def _unreasoned(
    reader: Reader, view: CaseView, outside: Mapping[str, Mapping[str, When]]
) -> Iterator[Need]:
    here = outside.get(view.case_id, {})
    for unit in units(view) if here else ():
        if unit.event_id not in here:
            continue
        told = reasons(reader, view, unit).on_record
        if told != "yes":
            what = UNREASONED if told == "no" else UNREADABLE
            if here[unit.event_id] == "unknown":
                what = PERHAPS
            fact = view.facts[unit.event_id]
            need = _need(view, fact, "inconsistent", what, _house(view).asked())
            events = tuple(each.event_id for each in unit.measures)
            yield need._replace(events=(unit.event_id, *events))


class OpenItems(NamedTuple):
    """The things of one kind that are needed from one party: how many, and the first of them."""

    what: str
    rank: int
    number: int
    first: tuple[Need, ...]


class ByOwner(NamedTuple):
    """All that is needed from one party, what is overdue first."""

    whom: str | None
    role: Role | None
    piles: tuple[OpenItems, ...]


def by_owner(found: Iterable[Need], keep: int | None = None) -> tuple[ByOwner, ...]:
    """Group things by whom they are needed from: those first from whom most is overdue.

    Args:
        found: what is needed.
        keep: how many of one kind are kept, without their texts and events; all, if left out.
    """
    made: dict[_Whom, dict[tuple[int, str], tuple[int, list[Need]]]] = {}
    for each in found:
        piles = made.setdefault(_Whom(each.whom, each.role), {})
        number, first = piles.get((each.rank, each.what), (0, []))
        if keep is None:
            first.append(each)
        elif number < keep:
            first.append(each._replace(text="", events=()))
        piles[each.rank, each.what] = (number + 1, first)
    sorted_ = [
        ByOwner(
            *whom,
            tuple(
                OpenItems(what, rank, number, tuple(first))
                for (rank, what), (number, first) in sorted(piles.items(), key=lambda each: each[0])
            ),
        )
        for whom, piles in made.items()
    ]
    return tuple(sorted(sorted_, key=_urgency))


def _urgency(heap: ByOwner) -> tuple[int, bool, str, str]:
    overdue = sum(pile.number for pile in heap.piles if pile.rank == 0)
    return (-overdue, heap.whom is None, heap.whom or "", heap.role or "")
