"""A replay as data for a page to go through: how the case stood after each of its steps.

All of it is worked out here, by the folds of `answerable replay`, and in its words; a page only
shows it. Most lines stand for many steps, so each is held once, and a step holds their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.names import Names, names
from answerable.projections.replay.replay import ReplayStep, carry, replay_case
from answerable.projections.replay.telling.decision import borne, hindsight
from answerable.projections.replay.telling.step import (
    VERDICTS,
    Standing,
    changed,
    heading,
    judged,
    still,
)
from answerable.projections.report.audience.part import Part
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import recorded_minute


class Replay(NamedTuple):
    """Hold a replay for a page.

    Attributes:
        lines: every line that is shown at some step, each once.
        steps: what is shown at each step: by the name of the pane, the numbers of its lines.
    """

    lines: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]


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
    lines, shown, standing = _Lines(), [], Standing(known, reader)
    due: dict[tuple[str, str], Obligation] = {}
    rules: dict[str, tuple[str, Judgement]] = {}
    for step in steps:
        carry(due, step)
        rules.update((each.rule, (each.title, each.now)) for each in step.verdicts)
        who, people = standing.told(step.state)
        number, duties = still(due.values(), known)
        if part is not None:
            # What is not shown is not said to be nothing.
            who, number = part.standing(step.state), number if duties else ""
        shown.append(
            {
                "position": step.event.position,
                "when": heading(step, zone).partition(" · ")[2],
                "said": step.gist,
                "recorded": recorded_minute(step.event.recorded_at, zone),
                "accountable": lines(filter(None, (who, *people))),
                "changed": lines(_changes(step, known)),
                "open": lines(filter(None, (number, *duties))),
                "rules": lines(_rules(rules.values())),
                "borne": lines(() if step.argument is None else borne(step.argument)),
                "hindsight": lines(() if step.argument is None else hindsight(step.argument)),
            }
        )
    return Replay(tuple(lines.numbers), tuple(shown))


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
