"""Tell how far an authority on the register bears a decision on an act, and what leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.language.saying import say
from answerable.domain.zone.days import begins, ends
from answerable.projections.accountability.authority import covers, in_force
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.rules.naming import date_of, loose, numbered
from answerable.projections.conformance.rules.registers.grades import among
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of

MOST_DAYS = 10_000
"""The most grants of one party that are held against each day that matters."""


class Power(NamedTuple):
    """An authority, held against a decision.

    Attributes:
        held: the authority, in the case that it is recorded in.
        bears: whether it covers the measure, over that grade.
        in_force: whether it was in force when that was decided.
        missing: what leaves it open.
    """

    held: FactInCase
    bears: When
    in_force: When
    missing: tuple[str, ...]

    @property
    def grant(self) -> Fact:
        """Return the `authority-granted` event."""
        return self.held.fact

    @property
    def answer(self) -> When:
        """Tell whether it bears the decision."""
        return all_of((self.bears, self.in_force))


def power_of(
    on: Situation,
    grant: FactInCase,
    taken: FactInCase,
    act: Fact,
    grades: frozenset[str | None],
) -> Power:
    """Hold an authority against a decision on an act.

    Args:
        on: the case.
        grant: the authority.
        taken: the decision.
        act: what was decided on.
        grades: those that whom it is about may have had.
    """
    fields = grant.fact.fields
    measure = act.fields.get("measure")
    covered: When = "yes" if measure is None else covers(fields, measure)
    over = among(grades, fields.get("grades", ()))
    force = in_force(grant.view, grant.fact, taken.view.span(taken.fact))
    missing: list[str] = []
    number, decided = numbered(grant.fact), numbered(taken.fact)
    if covered == "unknown":
        missing.append(say("which measures the authority {number} covers", number=number))
    if over == "unknown":
        who = on.view.name_of(act.fields.get("subject", ""))
        missing.append(
            say("the grade of {party} when {number} was decided", party=who, number=decided)
        )
    if force == "unknown":
        if fields.get("from") is None:
            missing.append(say("from when the authority {number} was held", number=number))
        elif loose(on, taken.fact):
            missing.append(date_of(on, taken.fact))
        else:
            missing.append(
                say(
                    "whether the authority {number} was in force on the day of the decision",
                    number=number,
                )
            )
    return Power(grant, all_of((covered, over)), force, tuple(missing))


def held_then(powers: Sequence[Power], decided: Span | None) -> When:
    """Tell whether any of some authorities of who decided bore the decision.

    One may begin where another ends: on each day on which it may have been decided, one of them has
    to be in force. A day without any is the first of these, or follows the last day of one.
    """
    answer = any_of(power.answer for power in powers)
    sure = [power for power in powers if power.bears == "yes"]
    if answer != "unknown" or len(sure) < 2 or decided is None:
        return answer
    first, last = decided.first_day, decided.last_day
    if first is None or last is None or len(sure) > MOST_DAYS:
        return answer
    days = {first}
    for power in sure:
        for end in _ends(power):
            if first <= end < last:
                days.add(end + timedelta(days=1))
    covered = all(any(_on(power, day, decided) == "yes" for power in sure) for day in days)
    return "yes" if covered else answer


def _ends(power: Power) -> list[date]:
    """List the days by which an authority may have ended, the earliest of each ending."""
    view, grant = power.held
    found = [grant.span("until")]
    found.extend(view.effect_span(each) for each in view.endings(grant, "authority-revoked"))
    days = [each.first_day for each in found if each is not None and each.first_day is not None]
    # Of the day of a revocation itself, it is not told whether it came before or after.
    return [*days, *(each - timedelta(days=1) for each in days)]


def _on(power: Power, day: date, decided: Span) -> When:
    """Tell whether an authority was in force on the whole of a day."""
    zone = power.held.view.zone.tz
    whole = decided._replace(
        text=day.isoformat(),
        earliest=begins(day, zone),
        latest=ends(day, zone),
        first_day=day,
        last_day=day,
        precision="day",
    )
    return in_force(power.held.view, power.grant, whole)
