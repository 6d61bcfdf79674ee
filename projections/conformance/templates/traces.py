"""Judge many cases at once where every time is exact: yes or no per case and constraint.

A case becomes a text of one character an event, and a constraint a few methods of `str`, or one
pattern; cases that went alike are judged once. What `catalogue.py` gives for a total order, this
gives, too, and names no events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain, compress, count, islice, pairwise, repeat
from operator import gt, itemgetter, ne
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from answerable.projections.conformance.templates.catalogue import TEMPLATES

Case = TypeVar("Case", bound=Hashable)

Row = tuple[Case, str, Any]
"""A case, an activity and an exact time; times compare with one another."""


class Constraint(NamedTuple):
    """A template over activities.

    Attributes:
        second: the other activity, where the template is about two.
        times: how often, where it counts.
    """

    template: str
    first: str
    second: str = ""
    times: int = 1


class Judged(NamedTuple, Generic[Case]):
    """The verdicts of some constraints on some cases, a column a constraint.

    Attributes:
        cases: in the order of their first rows.
        satisfied: by constraint, whether each of the cases satisfies it; one without activations
            does.
    """

    cases: list[Case]
    satisfied: tuple[list[bool], ...]

    def by_case(self) -> dict[Case, tuple[bool, ...]]:
        """Return of each case whether it satisfies each constraint."""
        rows = zip(*self.satisfied, strict=True) if self.satisfied else repeat(())
        return dict(zip(self.cases, rows, strict=False))


def judge_rows(rows: Sequence[Row[Case]], constraints: Sequence[Constraint]) -> Judged[Case]:
    """Tell of each case whether it satisfies each constraint.

    Events of one case are taken in the order of their times; at equal ones, in that of the rows.
    Rows that come a case after the other, each in order, are not sorted again.

    Args:
        rows: the events.
        constraints: what to judge.

    Raises:
        ValueError: if a constraint names no template.
    """
    unknown = next((each.template for each in constraints if each.template not in TEMPLATES), None)
    if unknown is not None:
        raise ValueError(f"there is no template {unknown!r}.")
    codes = _codes(constraints)
    cases, texts = _texts(rows, codes)
    variants = [*dict.fromkeys(texts)]
    if 2 * len(variants) > len(texts):
        return Judged(cases, tuple(_judged(each, codes, texts) for each in constraints))
    number = dict(zip(variants, count()))
    of_variant = [*map(number.__getitem__, texts)]
    columns = (_judged(each, codes, variants) for each in constraints)
    return Judged(cases, tuple([*map(each.__getitem__, of_variant)] for each in columns))


class _Codes(dict[str, str]):
    """A character an activity; one for all those that no constraint names."""

    def __missing__(self, activity: str) -> str:
        return "."


def _codes(constraints: Iterable[Constraint]) -> _Codes:
    named = dict.fromkeys(
        name for each in constraints for name in (each.first, each.second) if name
    )
    # No pattern takes a letter for anything else.
    letters = chain(range(ord("a"), ord("z") + 1), count(0x100))
    return _Codes(zip(named, map(chr, letters), strict=False))


def _texts(rows: Sequence[Row[Case]], codes: Mapping[str, str]) -> tuple[list[Case], list[str]]:
    """Write each case as a text of one character an event."""
    if not rows:
        return [], []
    cases = [*map(itemgetter(0), rows)]
    times = [*map(itemgetter(2), rows)]
    text = "".join(map(codes.__getitem__, map(itemgetter(1), rows)))
    later = range(1, len(rows))
    starts = [0, *compress(later, map(ne, cases, islice(cases, 1, None)))]
    backwards = compress(later, map(gt, times, islice(times, 1, None)))
    begun = [cases[each] for each in starts]
    if len({*begun}) == len(begun) and {*starts}.issuperset(backwards):
        ends = pairwise((*starts, len(rows)))
        return begun, [text[begin:end] for begin, end in ends]
    gathered: dict[Case, list[str]] = {case: [] for case in begun}
    for each in sorted(range(len(rows)), key=times.__getitem__):
        gathered[cases[each]].append(text[each])
    return [*gathered], ["".join(found) for found in gathered.values()]


def _judged(constraint: Constraint, codes: Mapping[str, str], texts: Iterable[str]) -> list[bool]:
    template, first, second, times = constraint
    if template in COUNTED:
        return COUNTED[template](texts, codes[first], times)
    if template in PLACED:
        return PLACED[template](texts, codes[first])
    if first == second:
        return ALONE[template](texts, codes[first])
    return PAIRED[template](texts, codes[first], codes[second])


def _alternate_response(texts: Iterable[str], a: str, b: str) -> list[bool]:
    broken = re.compile(rf"{a}[^{a}{b}]*(?:{a}|\Z)").search
    return [broken(t) is None for t in texts]


def _alternate_precedence(texts: Iterable[str], a: str, b: str) -> list[bool]:
    broken = re.compile(rf"(?:\A|{b})[^{a}{b}]*{b}").search
    return [broken(t) is None for t in texts]


def _alternate_succession(texts: Iterable[str], a: str, b: str) -> list[bool]:
    others = f"[^{a}{b}]*"
    turns = re.compile(f"{others}(?:{a}{others}{b}{others})*").fullmatch
    return [turns(t) is not None for t in texts]


COUNTED: Mapping[str, Callable[[Iterable[str], str, int], list[bool]]] = MappingProxyType(
    {
        "existence": lambda texts, a, n: [t.count(a) >= n for t in texts],
        "absence": lambda texts, a, n: [t.count(a) < n for t in texts],
        "exactly": lambda texts, a, n: [t.count(a) == n for t in texts],
    }
)

PLACED: Mapping[str, Callable[[Iterable[str], str], list[bool]]] = MappingProxyType(
    {
        "init": lambda texts, a: [t.startswith(a) for t in texts],
        "end": lambda texts, a: [t.endswith(a) for t in texts],
    }
)

PAIRED: Mapping[str, Callable[[Iterable[str], str, str], list[bool]]] = MappingProxyType(
    {
        "choice": lambda texts, a, b: [a in t or b in t for t in texts],
        "exclusive-choice": lambda texts, a, b: [(a in t) != (b in t) for t in texts],
        "responded-existence": lambda texts, a, b: [a not in t or b in t for t in texts],
        "co-existence": lambda texts, a, b: [(a in t) == (b in t) for t in texts],
        "response": lambda texts, a, b: [t.rfind(a) <= t.rfind(b) for t in texts],
        "precedence": lambda texts, a, b: [b not in t.partition(a)[0] for t in texts],
        "succession": lambda texts, a, b: [
            t.rfind(a) <= t.rfind(b) and b not in t.partition(a)[0] for t in texts
        ],
        "alternate-response": _alternate_response,
        "alternate-precedence": _alternate_precedence,
        "alternate-succession": _alternate_succession,
        "chain-response": lambda texts, a, b: [t.count(a) == t.count(a + b) for t in texts],
        "chain-precedence": lambda texts, a, b: [t.count(b) == t.count(a + b) for t in texts],
        "chain-succession": lambda texts, a, b: [
            t.count(a) == t.count(a + b) == t.count(b) for t in texts
        ],
        "not-co-existence": lambda texts, a, b: [a not in t or b not in t for t in texts],
        "not-succession": lambda texts, a, b: [b not in t.partition(a)[2] for t in texts],
        "not-chain-succession": lambda texts, a, b: [a + b not in t for t in texts],
    }
)
"""By template, for two activities that differ."""


def _never(texts: Iterable[str], a: str) -> list[bool]:
    """The last of some activity has no other of it behind it, nor the first one before it."""
    return [a not in t for t in texts]


ALONE: Mapping[str, Callable[[Iterable[str], str], list[bool]]] = MappingProxyType(
    {
        "choice": lambda texts, a: [a in t for t in texts],
        "exclusive-choice": lambda texts, a: [False for _ in texts],
        "responded-existence": lambda texts, a: [t.count(a) != 1 for t in texts],
        "co-existence": lambda texts, a: [t.count(a) != 1 for t in texts],
        "response": _never,
        "precedence": _never,
        "succession": _never,
        "alternate-response": _never,
        "alternate-precedence": _never,
        "alternate-succession": _never,
        "chain-response": _never,
        "chain-precedence": _never,
        "chain-succession": _never,
        "not-co-existence": lambda texts, a: [t.count(a) < 2 for t in texts],
        "not-succession": lambda texts, a: [t.count(a) < 2 for t in texts],
        "not-chain-succession": lambda texts, a: [a + a not in t for t in texts],
    }
)
"""By template, for an activity and itself: no event is its own target."""
