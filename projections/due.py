"""List what falls due, when, and from whom: by the rules of policies, and by events' own due dates.

A rule that is pending wants its answer by its deadline; one that failed without any answer wants it
still, and is overdue. What is owed has a due date of its own. Where both ask for the same thing by
the same event, it is listed once, by the rule, and from whom it is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import Days, When
from answerable.projections.conformance.judgement import Judged, Outcome
from answerable.projections.conformance.rules.naming import Named
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.case_view import CaseView
from answerable.projections.gaps import Need, Role, Whom, owed, owner_of

OVERDUE: Mapping[Judgement, When] = {"fail": "yes", "indeterminate": "unknown"}
"""Tell whether something is overdue, by what its rule comes to; else it is not."""

FAR = date.max.isoformat()
"""Sorts after every day: of what tells no deadline at one end."""


class Due(NamedTuple):
    """One thing that falls due.

    Attributes:
        case_id: the case that it is in.
        event_id: the event that calls for it, by id.
        position: the number of that event.
        what: what is due: a rule in words, or what is owed.
        about: what it is about, in words.
        earliest: the earliest that its deadline may be: a day, or a moment with its offset (ISO
            8601); None: not told.
        latest: the latest that it may be; None: not told.
        overdue: whether it had passed by the moment asked about; `unknown` where that turns on
            what is not told.
        late: by how many days it is overdue.
        whom: whom it is needed from, by pseudonym; None where that is not told.
        role: by what they are the one.
        policy: the policy whose rule asks for it; None: the event itself tells its due date.
        version: the version of that policy.
        rule: the id of the rule.
        source: where the rule is from.
    """

    case_id: str
    event_id: str
    position: int
    what: str
    about: str
    earliest: str | None
    latest: str | None
    overdue: When
    late: Days | None
    whom: str | None
    role: Role | None
    policy: str | None = None
    version: str | None = None
    rule: str | None = None
    source: str | None = None

    @property
    def urgency(self) -> tuple[int, str, str, int]:
        """Sort what is overdue first, the longest first; then what may be; then by deadline."""
        rank = ("yes", "unknown", "no").index(self.overdue)
        return (rank, self.earliest or self.latest or FAR, self.latest or FAR, self.position)

    def falls_by(self, day: date) -> bool:
        """Tell whether it is overdue, may be, or may fall due by the end of a day."""
        told = self.earliest or self.latest
        return self.overdue != "no" or (told is not None and told[:10] <= day.isoformat())

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return as_dict(self)


def due_in(view: CaseView, outcomes: Iterable[Outcome]) -> Iterator[Due]:
    """Yield what falls due in a case, in no order.

    Args:
        view: the case, as of the moment by which deadlines are judged.
        outcomes: what the rules of policies come to in it.
    """
    needs = {each.events[0]: each for each in owed(view)}
    listed: set[str] = set()
    for outcome in outcomes:
        for each in outcome.judged:
            if each.events and _waits(each) and each.telling.deadline is not None:
                found = _by_rule(view, outcome, each, needs.get(each.events[0]))
                if found is not None:
                    listed.add(found.event_id)
                    yield found
    for event_id, need in needs.items():
        if event_id not in listed and need.due is not None:
            yield _by_event(view, need)


def _waits(judged: Judged) -> bool:
    """Tell whether an answer is still wanted: it is pending, or none came by the deadline."""
    if judged.judgement in ("pending", "indeterminate"):
        return True
    return judged.judgement == "fail" and len(judged.events) == 1


def _by_rule(view: CaseView, outcome: Outcome, judged: Judged, need: Need | None) -> Due | None:
    placed = view.placed(judged.events[0])
    told = judged.telling
    if placed is None or told.deadline is None:
        return None
    overdue = OVERDUE.get(judged.judgement, "no")
    whom = owner_of(view) if need is None else Whom(need.whom, need.role)
    head = outcome.head
    return Due(
        view.case_id,
        judged.events[0],
        placed.fact.event.position,
        head.text,
        _about(judged),
        *told.deadline,
        overdue,
        told.late,
        *whom,
        head.policy,
        judged.version or head.version,
        head.rule,
        head.source,
    )


def _about(judged: Judged) -> str:
    item = judged.telling.item
    if isinstance(item, Named):
        return item.alone
    return judged.telling.said if item is None else str(item)


def _by_event(view: CaseView, need: Need) -> Due:
    fact = view.facts[need.events[0]]
    span = fact.span("due", margins=view.margins)
    first, last = (None, None) if span is None else (span.first_day, span.last_day)
    return Due(
        view.case_id,
        fact.event_id,
        fact.event.position,
        need.what,
        need.text,
        None if first is None else first.isoformat(),
        None if last is None else last.isoformat(),
        need.overdue or "no",
        _late(view, first, last) if need.overdue == "yes" else None,
        need.whom,
        need.role,
    )


def _late(view: CaseView, first: date | None, last: date | None) -> Days | None:
    """Count the days since a due date, by the moment asked about."""
    if view.as_of is None:
        return None
    today = view.as_of.date()
    least, most = (None if day is None else (today - day).days for day in (last, first))
    return Days(least, most)


def until(view: CaseView, days: int) -> date | None:
    """Return the last day that lies within so many days of the moment asked about, in a case.

    None where the calendar ends before.
    """
    if view.as_of is None:
        return None
    try:
        return view.as_of.date() + timedelta(days=days)
    except OverflowError:
        return None
