"""Read a case of the published suite for brute force over worlds (`suite_worlds`).

It reads the files of a case by itself, and shares nothing with the engine: dates, terms, templates
and selections are read by slow and obvious definitions of its own. It knows the rules of the kinds
`declare` and `not-during`, and the forms of dates that the suite has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.support.published_suite import SuiteCase

DAY = timedelta(days=1)
LASTING = (
    "backlash-observed",
    "contact-made",
    "incident-occurred",
    "investigation-opened",
    "subject-heard",
)
EVER = datetime(1900, 1, 1, tzinfo=UTC)
"""When anything may have happened of which no first day is told."""

REFERENCES = ("basis", "report", "sanction", "hold", "bar", "allegation")


class Happening(NamedTuple):
    """An event that stands: its place, its fields as corrected, and the moments it may have had."""

    at: int
    fields: Mapping[str, Any]
    first: datetime
    last: datetime
    exact: bool

    @property
    def kind(self) -> str:
        return str(self.fields["kind"])


class Rule(NamedTuple):
    """A rule of a version of a policy, and from which day that version is in force."""

    told: Mapping[str, Any]
    policy: Mapping[str, Any]
    begins: date | None


def days_told(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that a date means; None: no end."""
    if "/" in text:
        one, _, other = text.partition("/")
        first = None if one == ".." else days_told(one)[0]
        return first, None if other == ".." else days_told(other)[1]
    margin = DAY if text.endswith("~") else timedelta()
    bare = text.rstrip("~")
    if re.fullmatch(r"\d{4}-\d\d-\dX", bare):
        start = max(1, 10 * int(bare[8]))
        return date.fromisoformat(f"{bare[:8]}{start:02}"), date.fromisoformat(f"{bare[:9]}9")
    if re.fullmatch(r"\d{4}-\d\d", bare):
        start_of = date.fromisoformat(f"{bare}-01")
        return start_of, (start_of + 31 * DAY).replace(day=1) - DAY
    day = date.fromisoformat(bare)
    return day - margin, day + margin


class CaseRead:
    """A case as its files tell it: what stands, by which rules, and what they select."""

    def __init__(self, case: SuiteCase) -> None:
        self.case = case
        asked = case.question
        known = asked["known_by"]
        self.recorded = [datetime.fromisoformat(each) for each in asked["recorded_at"]]
        self.known = [
            at
            for at, moment in enumerate(self.recorded)
            if known is None or moment.date() <= date.fromisoformat(known)
        ]
        self.ids = {line["event_id"]: at for at, line in enumerate(case.lines)}
        opened = next(line for line in case.lines if line["kind"] == "case-opened")
        rules = list(self._rules())
        zone = opened.get("zone") or rules[0].policy.get("calendar", {}).get("zone", "UTC")
        self.zone = ZoneInfo(zone)
        self.jurisdiction = opened.get("jurisdiction")
        self.rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self.rules.setdefault(rule.told["id"], []).append(rule)
        self.events = list(self._standing())
        self.moment = self.end_of(date.fromisoformat(asked["as_of"]))
        self.edges = self._edges()

    def _rules(self) -> Iterator[Rule]:
        if self.case.policy is not None:
            policy = tomllib.loads(self.case.policy.decode())
            yield from (Rule(told, policy, None) for told in policy["rule"])
            return
        for at in self.known:
            line = self.case.lines[at]
            if line["kind"] == "policy-adopted":
                policy = tomllib.loads(line["text"])
                begins = date.fromisoformat(line["from"])
                yield from (Rule(told, policy, begins) for told in policy["rule"])

    def _standing(self) -> Iterator[Happening]:
        lines = {at: dict(self.case.lines[at]) for at in self.known}
        for line in list(lines.values()):
            if line["kind"] == "correction":
                lines[self.ids[line["target"]]].update(line["fields"])
        gone = {self.ids[each["target"]] for each in lines.values() if each["kind"] == "retraction"}
        for at, line in lines.items():
            if line["case_id"] != "c" or at in gone or line["kind"] in ("correction", "retraction"):
                continue
            told = line.get("occurred")
            if told is not None and "T" in told:
                moment = datetime.fromisoformat(told)
                yield Happening(at, line, moment, moment, exact=True)
                continue
            if told is not None and line["kind"] in LASTING and not told.startswith("../"):
                told = told.partition("/")[0]  # it tells from when to when; it began on the first
            first, last = (None, None) if told is None else days_told(told)
            ends = self.recorded[at] if told is None or last is None else self.end_of(last)
            begins = EVER if first is None else self.start_of(first)
            yield Happening(at, line, begins, ends, exact=False)

    def _edges(self) -> list[tuple[int, int]]:
        """List the references that tell an order: first what came no later, then what refers to it.

        Those of a row that the dates contradict tell none.
        """
        links = list(self._references())
        rows = [[above, below] for above, below in links]
        gone: set[tuple[int, int]] = set()
        while rows:
            row = rows.pop()
            if self._event(row[0]).last < self._event(row[-1]).first:
                gone.update(pairwise(row))
            rows.extend([*row, to] for start, to in links if start == row[-1])
        return [(below, above) for above, below in links if (above, below) not in gone]

    def _references(self) -> Iterator[tuple[int, int]]:
        there = {each.at for each in self.events}
        for each in self.events:
            for name in REFERENCES:
                told = each.fields.get(name, [])
                for event_id in [told] if isinstance(told, str) else told:
                    if self.ids.get(event_id) in there:
                        yield each.at, self.ids[event_id]

    def _event(self, at: int) -> Happening:
        return next(each for each in self.events if each.at == at)

    def start_of(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        return self.start_of(day + DAY) - timedelta(microseconds=1)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _choices(self, rule: Rule, selector: Any) -> list[Mapping[str, Any]]:
        several = selector if isinstance(selector, list) else [selector]
        named = rule.policy.get("select", {})
        return [
            each if isinstance(each, dict) else named.get(each, {"event": each}) for each in several
        ]

    def match(self, rule: Rule, selector: Any, event: Happening) -> bool | None:
        """Tell whether an event is selected; None: a field is not told."""
        answers: list[bool | None] = [False]
        for choice in self._choices(rule, selector):
            kinds = choice["event"] if isinstance(choice["event"], list) else [choice["event"]]
            if event.kind not in kinds:
                continue
            tests = [
                self._passes(event.fields.get(name), test)
                for name, test in choice.get("where", {}).items()
            ]
            answers.append(False if False in tests else None if None in tests else True)
        if True in answers:
            return True
        return None if None in answers else False

    @staticmethod
    def _passes(told: Any, test: Any) -> bool | None:
        if isinstance(test, dict) and "known" in test:
            return bool((told is not None) == test["known"])
        if told is None:
            return None
        if isinstance(test, dict):
            return bool(told != test["not"])
        return bool(told in (test if isinstance(test, list) else [test]))

    def together(self, rule: Rule, one: Happening, other: Happening) -> bool | None:
        """Tell whether two events belong together; None: nothing tells."""
        told = rule.told
        if any(one.fields.get(n) != other.fields.get(n) for n in told.get("same", [])):
            return False
        if told.get("via") == "basis":
            ids = one.fields.get("basis", [])
            if other.fields["event_id"] not in ids:
                return False
        if "link" in told:
            named = other.fields.get(told["link"])
            if named is not None:
                return bool(named == one.fields["event_id"])
            alike = [each for each in self.events if each.kind == one.kind]
            return True if len(alike) == 1 else None
        return True
