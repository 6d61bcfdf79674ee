"""Read again what was kept of a case, and refuse what its fold could not have written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from answerable.domain.dates import When
from answerable.projections.caseload.dated import Dated
from answerable.projections.caseload.money import MoneyPart
from answerable.projections.caseload.outcome import Confirmed
from answerable.projections.caseload.part import POINTS, CasePart
from answerable.projections.caseload.reports import ReportPart

ANSWERS: dict[Any, When] = {"yes": "yes", "no": "no", "unknown": "unknown"}


def part_of(told: list[Any]) -> CasePart:
    """Read what a case adds to the figures from the values of its part, in their order.

    Raises:
        ValueError, TypeError: no case gives these.
    """
    organisation, incident, happened, reports, closed, *more = told
    results, gravest, confirmed, investigations, proceedings, endings, points, money = more
    return CasePart(
        _text(organisation),
        _answer(incident),
        _dated(happened),
        tuple(_report(each) for each in reports),
        _dated(closed),
        tuple(_word(each) for each in results),
        tuple(_word(each) for each in gravest),
        tuple(_confirmed(each) for each in confirmed),
        tuple(_dated(each) for each in investigations),
        tuple(_dated(each) for each in proceedings),
        tuple(_dated(each) for each in endings),
        _points(points),
        tuple(_money(each) for each in money),
    )


def _report(told: list[Any]) -> ReportPart:
    event_id, received, *fields, acknowledged, answered, followed_up = told
    reporter_is, route, channel, issue = map(_text, fields)
    return ReportPart(
        _word(event_id),
        _dated(received),
        reporter_is,
        route,
        channel,
        issue,
        _dated(acknowledged),
        _dated(answered),
        _answer(followed_up),
    )


def _confirmed(told: list[Any]) -> Confirmed:
    offence, blames, found = told
    return Confirmed(_text(offence), _answer(blames), _dated(found))


def _points(told: list[Any]) -> tuple[Dated, ...]:
    found = tuple(_dated(each) for each in told)
    if len(found) != len(POINTS):
        raise ValueError(told)
    return found


def _money(told: list[Any]) -> MoneyPart:
    currency, least, most, in_force, paid, imposed = told
    for amount in (least, most):
        try:
            if not Decimal(_word(amount)).is_finite():
                raise ValueError(amount)
        except InvalidOperation:
            raise ValueError(amount) from None
    return MoneyPart(
        _word(currency), least, most, _answer(in_force), _answer(paid), _dated(imposed)
    )


def _dated(told: list[Any]) -> Dated:
    happened, first, last = told
    return Dated(_answer(happened), _day(first), _day(last))


def _day(told: Any) -> int | None:
    day = _whole(told)
    if day is not None and not 1 <= day <= date.max.toordinal():
        raise ValueError(day)
    return day


def _whole(told: Any) -> int | None:
    if told is not None and type(told) is not int:
        raise TypeError(told)
    return told


def _answer(told: Any) -> When:
    if not isinstance(told, str) or told not in ANSWERS:
        raise ValueError(told)
    return ANSWERS[told]


def _text(told: Any) -> str | None:
    return None if told is None else _word(told)


def _word(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(told)
    return told
