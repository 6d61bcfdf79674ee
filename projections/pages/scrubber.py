"""A replay as data for a page to go through: how the case stood after each of its steps.

All of it is worked out here, by the folds of `answerable replay`, and in its words; a page only
shows it. Most lines stand for many steps, so each is held once, and a step holds their numbers; and
where a pane changed, what changed in it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.language.saying import say, say_count, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.accountability import Accountability
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.names import Names
from answerable.projections.output.markdown_text import seen
from answerable.projections.replay.replay import ReplayStep, replay_case
from answerable.projections.replay.telling.decision import borne, hindsight
from answerable.projections.replay.telling.step import (
    VERDICTS,
    Standing,
    changed,
    heading,
    open_words,
    owed_words,
)
from answerable.projections.replay.telling.step import judged as judged_words
from answerable.projections.report.audience.part import Part
from answerable.projections.report.looked import Looked
from answerable.projections.wording.dates import recorded_minute
from answerable.projections.wording.obligation import obligation_words

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
        same = lines is before or lines == before
        yield None if same else _difference(before, lines)
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
        return [self.numbers.setdefault(each, len(self.numbers)) for each in map(seen, said)]


def replay_of(looked: Looked, part: Part | None = None, *, judged: bool = True) -> Replay:
    """Replay a case for a page.

    Args:
        looked: the case as it was looked at for the report.
        part: the part of the case that is shown; None: the whole.
        judged: whether to tell what each step changed in verdicts; of a part, none is told.
    """
    known, view = looked.known, looked.view
    steps = replay_case(
        looked.reader,
        view.case_id,
        as_of=looked.as_of,
        known_by=looked.known_by,
        name_of=known.called,
        type_of=known.type_of,
        judged=judged and part is None,
    )
    shown = steps if part is None else filter(None, map(part.step, steps))
    return _replayed(shown, view.zone, _Panes(looked, part))


def _replayed(steps: Iterable[ReplayStep], zone: Zone, panes: _Panes) -> Replay:
    shown: list[dict[str, Any]] = []
    told: list[Mapping[str, Sequence[int]]] = []
    for step in steps:
        shown.append(
            {
                "position": step.event.position,
                "when": heading(step, zone).partition(" · ")[2],
                "said": seen(step.gist),
                "recorded": recorded_minute(step.event.recorded_at, zone),
            }
        )
        told.append(panes.after(step))
    for name, _ in PANES:
        for each, difference in zip(shown, differences([all_[name] for all_ in told]), strict=True):
            if difference is not None:
                each[name] = difference
    return Replay(tuple(panes.lines.numbers), tuple(shown))


class _Panes:
    """Keeps what the panes show after each step; what a step does not change is not worded anew."""

    def __init__(self, looked: Looked, part: Part | None) -> None:
        self.lines = _Lines()
        self._known, self._part = looked.known, part
        self._standing = Standing(looked.known, looked.reader)
        self._state: Accountability | None = None
        self._accountable: list[int] = []
        self._due: dict[tuple[str, str], tuple[str, int]] = {}
        self._open: list[int] | None = None
        self._verdicts: dict[str, tuple[str, Judgement]] = {}
        self._rules: list[int] = []

    def after(self, step: ReplayStep) -> Mapping[str, Sequence[int]]:
        """Go on by one step; return the numbers of each pane's lines."""
        argument = step.argument
        return {
            "accountable": self._accountable_after(step),
            "changed": self.lines(_changes(step, self._known)),
            "open": self._open_after(step),
            "rules": self._rules_after(step),
            "borne": self.lines(() if argument is None else borne(argument)),
            "hindsight": self.lines(() if argument is None else hindsight(argument)),
        }

    def _accountable_after(self, step: ReplayStep) -> list[int]:
        if step.state is not self._state:
            self._state = step.state
            who, people = self._standing.told(step.state)
            if self._part is not None:
                who = self._part.standing(step.state)
            self._accountable = self.lines(filter(None, (who, *people)))
        return self._accountable

    def _open_after(self, step: ReplayStep) -> list[int]:
        for each in step.ended:
            self._due.pop((each.what, each.event_id), None)
        for each in (*step.begun, *step.altered):
            said = obligation_words(each, self._known.called)
            self._due[each.what, each.event_id] = (said, each.position)
        if self._open is None or step.begun or step.ended or step.altered:
            # Of a part, what is not shown is not said to be nothing.
            number = open_words(len(self._due)) if self._due or self._part is None else ""
            self._open = self.lines(filter(None, (number, *owed_words(self._due.values()))))
        return self._open

    def _rules_after(self, step: ReplayStep) -> list[int]:
        if step.verdicts:
            self._verdicts.update((each.rule, (each.title, each.now)) for each in step.verdicts)
            self._rules = self.lines(_rules(self._verdicts.values()))
        return self._rules


def _changes(step: ReplayStep, known: Names) -> Iterator[str]:
    yield from changed(step, known, beside=True)
    yield from (text for text, _ in judged_words(step))


def _rules(rules: Iterable[tuple[str, Judgement]]) -> Iterator[str]:
    """Say which rules fail, and how many stand otherwise."""
    told = list(rules)
    yield from (say("Fails: {rule}", rule=title) for title, now in told if now == "fail")
    counts = Counter(now for _, now in told)
    for now, words in VERDICTS.items():
        if counts[now]:
            yield say_count(*words, counts[now])
