"""Find when the time for an answer is over in one world of a case, and what was done too late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.suite_reading import DAY, Happening, Rule
from tests.support.suite_worlds import World, Worlds

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Deadlines(Worlds):
    """The deadlines in the worlds of a case."""

    def timed(
        self, rule: Rule, event: Happening, answers: Sequence[Happening], world: World
    ) -> str:
        start = world.times[event.at]
        end = self._deadline(rule, event, world)
        hold = rule.told.get("unless", {})
        for each in self.events if hold else ():
            if each.kind == hold["during"] and end is not None and world.times[each.at] <= end:
                lifted = [
                    world.times[other.at]
                    for other in self.events
                    if other.kind == hold["ends"]
                    and other.fields["hold"] == each.fields["event_id"]
                ]
                over = self.end_of(self.day_of(lifted[0])) if lifted else None
                end = None if over is None else max(end, over)
        limit = self.moment if end is None else min(end, self.moment)
        if any(start <= world.times[each.at] <= limit for each in answers):
            return "answered"
        return "failed" if end is not None and end < self.moment else "pending"

    def _deadline(self, rule: Rule, event: Happening, world: World) -> datetime | None:
        if event.at in world.due:
            return self.end_of(world.due[event.at])
        within, start = rule.told["within"], world.times[event.at]
        begun = within.get("from")
        day = self.day_of(start)
        if begun is not None:
            times = [
                world.times[each.at]
                for each in self.events
                if each.kind == begun["event"]
                and each.fields.get(begun["link"]) == event.fields["event_id"]
                and world.times[each.at] <= self.moment
            ]
            day = self.day_of(min(times)) if times else day + begun["else_days"] * DAY
        if "hours" in within:
            return start + timedelta(hours=within["hours"])
        calendar = rule.policy.get("calendar", {})
        if "working_days" in within:
            return self._after_working_days(calendar, day, within["working_days"], world)
        if "months" in within:
            day = months_later(day, within["months"])
        else:
            day += within["days"] * DAY
        while calendar.get("roll") == "next-working-day" and not worked(calendar, day):
            day += DAY
        return self.end_of(day)

    def _after_working_days(
        self, calendar: Mapping[str, Any], day: date, number: int, world: World
    ) -> datetime | None:
        known = calendar.get("known_until")
        while number:
            day += DAY
            if known is not None and day > known:
                # Of each later day it is unknown whether it is worked: all are, or none is.
                if not world.late_calendar:
                    return None
                number -= 1
            elif worked(calendar, day):
                number -= 1
        return self.end_of(day)

    def during(self, rule: Rule, event: Happening, world: World) -> str | None:
        """Tell whether something was done within an interval; None: there is none like it."""
        told, at = rule.told["interval"], world.times[event.at]
        for bar in self.events:
            if bar.kind != told["from"].partition(".")[0] or any(
                bar.fields[n] != event.fields[n] for n in rule.told["same"]
            ):
                continue
            begins = self.start_of(date.fromisoformat(bar.fields["from"]))
            until = bar.fields.get("until")
            ended = until is not None and self.end_of(date.fromisoformat(until)) < at
            lifted = any(
                each.kind == told["ended_by"]
                and each.fields["bar"] == bar.fields["event_id"]
                and world.times[each.at] < at
                for each in self.events
            )
            return "failed" if begins <= at and not ended and not lifted else "answered"
        return None


def worked(calendar: Mapping[str, Any], day: date) -> bool:
    if day in calendar.get("workdays", []):
        return True
    weekend = [
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(n) for n in calendar["weekend"]
    ]
    return day not in calendar.get("holidays", []) and day.weekday() not in weekend


def months_later(day: date, months: int) -> date:
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    last = ((date(year, month, 28) + 4 * DAY).replace(day=1) - DAY).day
    return date(year, month, min(day.day, last))
