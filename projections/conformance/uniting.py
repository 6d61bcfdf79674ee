"""Unite what the versions of a policy say of one activation, where its date leaves open which held.

Each version that held, or may have, judges it. Where the date also allows a time at which none of
them did, there was nothing to judge in these worlds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import Same, Situation
from answerable.projections.conformance.in_force.versions import Version, uncovered
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.rules.naming import date_of, loose, single
from answerable.projections.conformance.rules.timed import last_entry
from answerable.projections.conformance.worlds import NONE, judgement_of
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.time import recorded
from answerable.projections.wording.dates import date


class Held(NamedTuple):
    """Tell what a version of a rule says of an activation for which it held, or may have.

    Attributes:
        which: the activation: its event, and which of those that are judged of it.
        fact: the event; None: it is about the case as a whole.
    """

    on: Situation
    which: tuple[str, int]
    judged: Judged
    version: Version
    fact: Fact | None

    @property
    def in_force(self) -> When:
        """Tell whether the version was in force when it happened."""
        return self.on.tell(_in_force, Same(self.version), self.fact)


def _in_force(on: Situation, version: Same[Version], fact: Fact | None) -> When:
    return version.it.in_force(_when(on, fact))


def _uncovered(on: Situation, fact: Fact | None, *versions: Same[Version]) -> tuple[bool, bool]:
    return uncovered([each.it for each in versions], _when(on, fact))


def _when(on: Situation, fact: Fact | None) -> Span | None:
    """Return when something happened; of the case as a whole, the moment of judgement."""
    if fact is not None:
        return bounded(on.view, fact)
    moment = on.moment or last_entry(on.view)
    return recorded(moment.isoformat(), on.view.zone)


def united(held: Sequence[Held]) -> Iterator[Judged]:
    """Unite what several versions of a rule say of each activation."""
    found: dict[tuple[str, int], list[Held]] = {}
    for each in held:
        found.setdefault(each.which, []).append(each)
    for same in found.values():
        yield _united(same)


def _united(same: Sequence[Held]) -> Judged:
    """Unite what versions say of one activation, in the order in which they were in force."""
    told = same[0].judged
    if len(same) > 1:
        told = max((each.judged for each in same), key=lambda each: len(each.telling.missing))
    told = told.by_versions(tuple(each.version.document.policy.version for each in same))
    values = frozenset().union(*(each.judged.values for each in same))
    first = same[0]
    gaps = first.on.tell(_uncovered, first.fact, *[Same(each.version) for each in same])
    if any(gaps):
        values |= NONE
    apart = any(each.judged.values != values for each in same)
    if not apart or judgement_of(values) != "indeterminate":
        return told.over(values)
    return told.over(values, lambda: _telling(told.telling, same, gaps))


def _telling(told: Telling, same: Sequence[Held], gaps: tuple[bool, bool]) -> Telling:
    """Tell what is open by the version, and what would settle it."""
    missing = tuple(_dates(same[0].on, same[0].fact, same))
    if any(each.judged.judgement == "indeterminate" for each in same):
        missing = tuple(dict.fromkeys((*missing, *told.missing)))
    said = _said(same, gaps)
    return told._replace(said=said, missing=missing, settles=single(missing), late=None)


def _dates(on: Situation, fact: Fact | None, same: Sequence[Held]) -> Iterator[str]:
    """Name what leaves open which version held: the date of the event, or those of versions."""
    loose_versions = [
        each.version
        for each in same
        if each.version.begins is None
        or each.version.begins.first_day is None
        or each.version.begins.first_day != each.version.begins.last_day
    ]
    if fact is not None and (loose(on, fact) or not loose_versions):
        yield date_of(on, fact)
    for each in loose_versions:
        policy = each.document.policy
        yield f"from when {policy.id} {policy.version} (#{each.position}) was in force"


def _said(same: Sequence[Held], gaps: tuple[bool, bool]) -> str:
    """Say when it may have happened, and what each version says of it."""
    said = {each.version.document.policy.version: each.judged.telling.said for each in same}
    if len({each.judged.values for each in same}) == 1:
        inner = same[0].judged.telling.said
    else:
        each_says = "; ".join(f"{name}: {_lower(words)}" for name, words in said.items())
        inner = f"Which version was in force then is not told, and they differ ({each_says})"
    first, last = same[0].version, same[-1].version
    outside = []
    if gaps[0]:
        outside.append(f"before the policy was in force{_on('from', first.begins)}")
    if gaps[1]:
        outside.append(f"after another version took its place{_on('on', last.ends)}")
    if not outside:
        return inner
    return f"May have been {' or '.join(outside)}; if not, {_lower(inner)}"


def _on(word: str, span: Span | None) -> str:
    return "" if span is None else f" ({word} {date(span.text)})"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
