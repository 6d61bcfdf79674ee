"""Count what one case adds to the numbers of many: each thing, how it stands, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILY
from answerable.domain.kinds.catalogue.kind import OpenItem
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.appeals import overturned
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.accountability.sanctions import STEPS
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of, opposite
from answerable.projections.timeline.timeline import UNDATED_FAMILIES

APPEALS = ("pending", "allowed", "partly-allowed", "dismissed", "withdrawn")
"""The states of an appeal: pending, and then as its outcome is recorded."""

THINGS: tuple[str, ...] = tuple(what for what in get_args(OpenItem) if what != "case to close")
"""The things that can be open in a case. The case itself is counted as one that is open."""

OPEN = ("open, besides cases", *(f"open: {what}" for what in THINGS))
OVERDUE = ("overdue, of all kinds", *(f"overdue: {what}" for what in THINGS))


def _appeals(outcome: str) -> str:
    """Name the number of appeals that ended so; it is the same in every language."""
    return f"appeals {outcome.replace('-', ' ')}"


ACCOUNTABLE: Mapping[str | None, str] = {
    "person": "people accountable",
    "organisation": "organisations accountable",
    "body": "bodies accountable",
    "group": "groups accountable",
    None: "parties of a type not told accountable",
}
"""The numbers of those who are accountable, by what they are. A thing answers for nothing."""

AS_ALLEGED = "parties accountable only as alleged"

COUNTED = (
    "cases never opened",
    "cases open",
    "cases closed",
    "cases reopened",
    *OPEN,
    "open without a deadline",
    *OVERDUE,
    "sanctions imposed",
    "sanctions executed",
    "sanctions not executed",
    "sanctions lifted",
    "sanctions overturned on appeal",
    "sanctions withdrawn",
    *(_appeals(outcome) for outcome in APPEALS),
    *("findings alleged", "sanctions alleged", "appeals alleged"),
    *ACCOUNTABLE.values(),
    AS_ALLEGED,
)
"""The numbers, in the order in which they are told."""


class Counted(NamedTuple):
    """One thing that counts towards a number: for certain, or perhaps; and its events.

    Attributes:
        party: of a number of parties, the one; in several cases, it counts once.
    """

    name: str
    events: tuple[str, ...]
    holds: When
    party: str | None = None


def is_incident(view: CaseView) -> When:
    """Tell whether a case holds more than registers and what is said of the record itself."""
    return any_of(
        view.when(fact) for fact in view.standing() if FAMILY[fact.kind] not in UNDATED_FAMILIES
    )


def counted(view: CaseView) -> Iterator[Counted]:
    """Yield all in a case that counts towards a number, or may."""
    still = obligations_of(view)
    yield from _case(view, still)
    for each in still:
        if each.what != "case to close":
            yield from _open(each)
    for fact in view.standing("sanction-imposed"):
        yield from _alleged("sanctions alleged", view, fact) or _sanction(view, fact)
    for fact in view.standing("appeal-lodged"):
        yield from _alleged("appeals alleged", view, fact) or _appeal(view, fact)
    for fact in view.standing("finding-made"):
        yield from _alleged("findings alleged", view, fact)
    yield from parties_counted(view)


def parties_counted(view: CaseView) -> Iterator[Counted]:
    """Yield the parties that are accountable in a case, or may be, by what they are."""
    for person in accountability_of(view).people:
        said: tuple[Finding | Sanction, ...] = (*person.findings, *person.sanctions)
        events = tuple(each.event_id for each in said)
        name = ACCOUNTABLE.get(view.type_of(person.party))
        if person.accountable != "no" and name is not None:
            yield Counted(name, events, person.accountable, person.party)
        elif person.accountable_as_alleged != "no":
            yield Counted(AS_ALLEGED, events, person.accountable_as_alleged, person.party)


def _case(view: CaseView, still: tuple[Obligation, ...]) -> Iterator[Counted]:
    """Count the case: it is open or closed once it was opened; which, may not be told."""
    opened = _some(view, "case-opened")
    closed = _some(view, "case-closed")
    open_: When = next((each.open for each in still if each.what == "case to close"), "no")
    if opened.holds != "yes":
        yield Counted("cases never opened", opened.events, opposite(opened.holds))
    if open_ != "no":
        yield Counted("cases open", opened.events, open_)
    if open_ != "yes" and opened.holds != "no" and closed.holds != "no":
        yield Counted("cases closed", closed.events, opposite(open_))
    reopened = _some(view, "case-reopened")
    if reopened.holds != "no":
        yield reopened._replace(name="cases reopened")


def _some(view: CaseView, kind: str) -> Counted:
    found = {fact.event_id: view.when(fact) for fact in view.standing(kind)}
    return Counted(kind, tuple(found), any_of(found.values()))


def _open(each: Obligation) -> Iterator[Counted]:
    """Count an obligation. Without a deadline on record nothing is overdue, and nothing may be."""
    events = (each.event_id,)
    yield Counted(OPEN[0], events, each.open)
    yield Counted(f"open: {each.what}", events, each.open)
    if each.due is None:
        yield Counted("open without a deadline", events, each.open)
    elif each.overdue in ("yes", "unknown"):
        holds: When = "yes" if each.overdue == each.open == "yes" else "unknown"
        yield Counted(OVERDUE[0], events, holds)
        yield Counted(f"overdue: {each.what}", events, holds)


def _alleged(name: str, view: CaseView, fact: Fact) -> tuple[Counted, ...]:
    """Count a thing that is only alleged, apart from those that are on record."""
    return (Counted(name, (fact.event_id,), view.when(fact)),) if fact.alleged else ()


def _sanction(view: CaseView, fact: Fact) -> Iterator[Counted]:
    yield Counted("sanctions imposed", (fact.event_id,), view.when(fact))
    for kind, state in STEPS.items():
        found = {each.event_id: view.when(each) for each in view.upon(fact, kind)}
        if found and state != "suspended":
            events = (fact.event_id, *found)
            yield Counted(f"sanctions {state}", events, any_of(found.values()))
    undone = overturned(view, fact)
    if undone.by is not None:
        yield Counted("sanctions overturned on appeal", (fact.event_id, undone.by), undone.answer)
    gone = withdrawn(view, fact)
    if gone.by is not None:
        yield Counted("sanctions withdrawn", (fact.event_id, gone.by), gone.answer)


def _appeal(view: CaseView, lodged: Fact) -> Iterator[Counted]:
    """Count an appeal: pending, and then decided; which, may not be told."""
    decided = next(view.upon(lodged, "appeal-decided"), None)
    if decided is None:
        yield Counted("appeals pending", (lodged.event_id,), view.when(lodged))
        return
    events, holds = (lodged.event_id, decided.event_id), view.when(decided)
    if holds == "unknown":
        yield Counted("appeals pending", events, "unknown")
    yield Counted(_appeals(decided.fields["outcome"]), events, holds)
