"""A replay as data for a page to go through: how the case stood after each of its steps.

All of it is worked out here, by the folds of `answerable replay`, and in its words; a page only
shows it. Most lines stand for many steps, so each is held once, and a step holds their numbers; and
where a pane changed, what changed in it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.language.saying import to_say
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.domain.zone.zone import Zone
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.names import Names, names
from answerable.projections.replay.replay import ReplayStep, replay_case
from answerable.projections.replay.telling.decision import borne, hindsight
from answerable.projections.replay.telling.step import (
    VERDICTS,
    Standing,
    changed,
    duty,
    heading,
    judged,
    open_words,
)
from answerable.projections.report.audience.part import Part
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import recorded_minute

PANES = (
    ("accountable", to_say("Accountable")),
    ("changed", to_say("What this step changed")),
    ("open", to_say("Open")),
    ("rules", to_say("Rules of policies")),
    ("borne", to_say("What it could rest on")),
    ("hindsight", to_say("Only later")),
)
"""Name what is shown of each step of the replay, and how it is called."""


class Replay(NamedTuple):
    """Hold a replay for a page.

    Attributes:
        lines: every line that is shown at some step, each once.
        steps: what is shown at each step. A pane is by its name: it is as it was, where it is not
            told (at first, empty); else it has its first line, and of those behind it the number of
            those kept at the beginning, of those kept at the end, and the new ones between. So
            `[7, 2, 1, 9]` begins with line 7, has line 9 between two lines that were there and one
            that was; and `[]` is empty.
    """

    lines: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]


def differences(panes: Iterable[Sequence[int]]) -> Iterator[list[int] | None]:
    """Tell a pane at each step by how it differs from the step before; None where it does not.

    Args:
        panes: the numbers of the pane's lines, step by step.
    """
    before: Sequence[int] = ()
    for lines in panes:
        yield None if lines == before else _difference(before, lines)
        before = lines


def _difference(before: Sequence[int], lines: Sequence[int]) -> list[int]:
    if not lines:
        return []
    was, now = before[1:], lines[1:]
    most = min(len(was), len(now))
    first = next((at for at in range(most) if was[at] != now[at]), most)
    last = next((at for at in range(most - first) if was[-1 - at] != now[-1 - at]), most - first)
    return [lines[0], first, last, *now[first : len(now) - last]]


class _Lines:
    """The lines that were told, each by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, said: Iterable[str]) -> list[int]:
        """Take in lines; return their numbers."""
        return [self.numbers.setdefault(each, len(self.numbers)) for each in said]


def replay_of(
    reader: Reader,
    case_id: str,
    zone: Zone,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    part: Part | None = None,
) -> Replay:
    """Replay a case for a page.

    Args:
        reader: the record.
        case_id: the case.
        zone: of the case.
        as_of: leaves out what had not happened by then.
        known_by: leaves out what was recorded later.
        part: the part of the case that is shown; None: the whole.
    """
    known = names(reader, known_by=known_by)
    steps = replay_case(
        reader,
        case_id,
        as_of=as_of,
        known_by=known_by,
        name_of=known.called,
        type_of=known.type_of,
        judged=part is None,
    )
    shown = steps if part is None else filter(None, map(part.step, steps))
    return _replayed(reader, shown, known, zone, part)


def _replayed(
    reader: Reader, steps: Iterable[ReplayStep], known: Names, zone: Zone, part: Part | None
) -> Replay:
    lines, standing = _Lines(), Standing(known, reader)
    shown: list[dict[str, Any]] = []
    panes: dict[str, list[list[int]]] = {name: [] for name, _ in PANES}
    due = _Open(known)
    rules: dict[str, tuple[str, Judgement]] = {}
    for step in steps:
        due.take_in(step)
        rules.update((each.rule, (each.title, each.now)) for each in step.verdicts)
        who, people = standing.told(step.state)
        number, *duties = due.told()
        if part is not None:
            # What is not shown is not said to be nothing.
            who, number = part.standing(step.state), number if duties else ""
        argument = step.argument
        shown.append(
            {
                "position": step.event.position,
                "when": heading(step, zone).partition(" · ")[2],
                "said": step.gist,
                "recorded": recorded_minute(step.event.recorded_at, zone),
            }
        )
        told: Mapping[str, Iterable[str]] = {
            "accountable": filter(None, (who, *people)),
            "changed": _changes(step, known),
            "open": filter(None, (number, *duties)),
            "rules": _rules(rules.values()),
            "borne": () if argument is None else borne(argument),
            "hindsight": () if argument is None else hindsight(argument),
        }
        for name, pane in panes.items():
            pane.append(lines(told[name]))
    for name, pane in panes.items():
        for step_shown, difference in zip(shown, differences(pane), strict=True):
            if difference is not None:
                step_shown[name] = difference
    return Replay(tuple(lines.numbers), tuple(shown))


class _Open:
    """What is open, in words; each is worded when it begins, and when it reads otherwise."""

    def __init__(self, known: Names) -> None:
        self._known = known
        self._said: dict[tuple[str, str], str] = {}

    def take_in(self, step: ReplayStep) -> None:
        """Go on by one step."""
        for each in step.ended:
            self._said.pop((each.what, each.event_id), None)
        for each in (*step.begun, *step.altered):
            self._said[each.what, each.event_id] = duty(each, self._known)

    def told(self) -> Iterator[str]:
        """Say how much is open, and what."""
        yield open_words(len(self._said))
        yield from self._said.values()


def _changes(step: ReplayStep, known: Names) -> Iterator[str]:
    yield from changed(step, known, beside=True)
    yield from (text for text, _ in judged(step))


def _rules(rules: Iterable[tuple[str, Judgement]]) -> Iterator[str]:
    """Say which rules fail, and how many stand otherwise."""
    told = list(rules)
    yield from (f"Fails: {title}" for title, now in told if now == "fail")
    counts = Counter(now for _, now in told)
    for now, words in VERDICTS.items():
        if counts[now]:
            yield f"{counted(counts[now], 'rule', 'rules')} {words}"
