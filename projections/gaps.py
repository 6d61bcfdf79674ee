"""List what is open, overdue or unexplained, and from whom: what an ethics office works on.

Gathered from where each is judged: obligations, grounds that are missing or wrong, dates that are
not told, rules of policies that fail or cannot be judged, and, if asked, measures outside those of
like findings for which no reason is on record. Nothing is judged here.

Whom a thing is needed from is told by role, and only where the record names them: who promised, who
owns a remediation, who leads the investigation; for all else, who owns the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.language.saying import say
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.interim import TAKEN, running
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.consistency.compare import compare
from answerable.projections.consistency.reasons import reasons
from answerable.projections.consistency.units import units
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import case_closed
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import all_of
from answerable.projections.following.following import following, granted
from answerable.projections.following.lacking import Grant
from answerable.projections.following.steps import MENDS, Step, mended, step
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
        rule: the rule that asks for it, where one does: `generic/heard-first`.
        repeated: whether all that a rule asks for is asked for by itself, too.
        step: what would be recorded then, as far as that is known; see `needs`.
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
    rule: str | None = None
    step: Step | None = None
    repeated: bool = False

    @property
    def rank(self) -> int:
        """Rank a need: overdue, perhaps overdue, open, unexplained, and dates last."""
        if self.sort == "open":
            return {"yes": 0, "unknown": 1}.get(self.overdue or "", 2)
        return ("unexplained", "inconsistent", "check", "undated").index(self.sort) + 3

    def as_dict(self) -> dict[str, Any]:
        """Return the need as JSON has it."""
        return as_dict(self)


class Whom(NamedTuple):
    """The party from whom something is needed, and their role in that."""

    whom: str | None
    role: Role | None


class _House(NamedTuple):
    """The parties from whom a case's things are needed, where they are told."""

    owner: str | None
    lead: str | None

    def asked(self, party: str | None = None, role: Role = "owns the case") -> Whom:
        """Tell who owes a thing: the party, where it is told, else the owner of the case."""
        if party:
            return Whom(party, role)
        return Whom(self.owner, "owns the case" if self.owner else None)

    @property
    def investigator(self) -> Whom:
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
    steps: bool = False,
) -> Iterator[Need]:
    """Yield what is needed, case by case; in each, what is overdue first. One case is in memory.

    Args:
        reader: the record.
        case: only this one.
        consistency: also measures outside their comparators without a reason; it reads all cases.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        known: the registered parties, where they were read already.
        steps: also which step would mend it: of one case for each, else for the first of a kind
            that is needed from somebody.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by) if known is None else known
    record = RecordView(
        reader, as_of, known_by, name_of=known.called, type_of=known.type_of, keep=KEPT
    )
    outside = _outside(record) if consistency else {}
    # What the record is asked about as it was may have been told since.
    steps = steps and known_by is None
    stepped = _first_steps(reader, alone=case is not None) if steps else _unstepped
    judges = Judges(record, every=case is None)
    for view in record.each_case() if case is None else (record.recorded_case(case),):
        found = [*_of_case(view, alone=case is not None), *_unreasoned(reader, view, outside)]
        found.extend(_judged(view, judges, found))
        ordered = sorted(found, key=lambda each: (each.rank, each.position or 0))
        yield from stepped(view, ordered)


def _unstepped(_: CaseView, found: list[Need]) -> Iterable[Need]:
    return found


def _first_steps(
    reader: Reader, *, alone: bool
) -> Callable[[CaseView, list[Need]], Iterator[Need]]:
    """Return what tells of needs which step would mend each, or the first of a kind."""
    grants: list[Grant] = []
    read = False
    seen: set[tuple[str | None, Role | None, int, str]] = set()

    def stepped(view: CaseView, found: list[Need]) -> Iterator[Need]:
        nonlocal read
        ready: dict[tuple[str | None, str], Step] | None = None
        for need in found:
            key = (need.whom, need.role, need.rank, need.what)
            if not alone and key in seen:
                yield need
                continue
            seen.add(key)
            if not read:
                grants.extend(granted(reader))
                read = True
            if ready is None:
                steps = following(view.at_present(), grants)
                ready = {(each.event_id, each.what): each for each in steps}
            what = need.what.removesuffix(f", {BREACHED}")
            event_id = need.events[0] if need.events else None
            yield need._replace(step=_dating(view, need) or ready.get((event_id, what)))

    return stepped


def _dating(view: CaseView, need: Need) -> Step | None:
    """Return the step that tells a date, or the end of one that is missing."""
    if need.sort != "undated":
        return None
    fact = view.facts[need.events[0]]
    return step("undated", need.what, MENDS, view, fact, mended(fact, "occurred", None))


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
    for gap in date_gaps(view):
        yield _need(view, view.facts[gap.event_id], "undated", UNTOLD[gap.told], house.asked())


def _judged(view: CaseView, judges: Judges, others: Iterable[Need]) -> Iterator[Need]:
    """Yield the rules of policies that a case fails, or that cannot be judged."""
    told = {
        event_id
        for each in others
        if each.sort in ("open", "unexplained")
        for event_id in each.events
    }
    for outcome in judges.outcomes(view):
        if outcome.verdict in ("fail", "indeterminate"):
            yield _asked_for(view, outcome.in_words(), repeated=told.issuperset(outcome.witnesses))


def _asked_for(view: CaseView, found: Verdict, *, repeated: bool) -> Need:
    return Need(
        "check",
        found.title,
        found.explanation,
        view.case_id,
        found.witnesses,
        None,
        *_house(view).asked(),
        rule=f"{found.policy}/{found.rule}",
        repeated=repeated and bool(found.witnesses),
    )


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
    view: CaseView, fact: Fact, sort: Sort, what: str, whom: Whom, text: str | None = None
) -> Need:
    line = sentence(fact.kind, fact.fields, view.name_of)
    return Need(
        sort,
        what,
        line if text is None else say("{what}: {detail}", what=text, detail=line),
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
        for (case_id, event_id), outside in group.outside_at_all.items():
            found.setdefault(case_id, {})[event_id] = outside
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


def owed(view: CaseView) -> Iterator[Need]:
    """Yield what is owed in a case, each with whom it is needed from."""
    house = _house(view)
    return (_owed(view, house, each) for each in obligations_of(view))


def owner_of(view: CaseView) -> Whom:
    """Tell from whom what nobody else owes is needed: who owns the case, where that is told."""
    return _house(view).asked()
