"""The textbook's LTLf with past operators, evaluated by its definition: the oracle for DECLARE.

The semantics are those of De Giacomo and Vardi (IJCAI 2013) on finite traces. On the empty trace
`F f` is false, `G f` is true, a letter is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

Trace = tuple[str, ...]
"""A step of a trace is the letters that hold there: "", "a", "ab"."""

Rv = Literal["permanently-true", "permanently-false", "possibly-true", "possibly-false"]


class Formula(NamedTuple):
    """An operator and what it is applied to; of a letter, the letter."""

    operator: str
    parts: tuple[Formula, ...] = ()

    def __str__(self) -> str:
        """Write it as flloat reads it."""
        if not self.parts:
            return self.operator
        if len(self.parts) == 1:
            return f"{self.operator}({self.parts[0]})"
        return "(" + f" {self.operator} ".join(f"({each})" for each in self.parts) + ")"


TRUE = Formula("true")


def letter(name: str) -> Formula:
    return Formula(name)


def no(f: Formula) -> Formula:
    return Formula("!", (f,))


def both(f: Formula, g: Formula) -> Formula:
    return Formula("&", (f, g))


def either(f: Formula, g: Formula) -> Formula:
    return Formula("|", (f, g))


def implies(f: Formula, g: Formula) -> Formula:
    return Formula("->", (f, g))


def following(f: Formula) -> Formula:
    """X, the strong next: there is a next step, and f holds there."""
    return Formula("X", (f,))


def eventually(f: Formula) -> Formula:
    return Formula("F", (f,))


def always(f: Formula) -> Formula:
    return Formula("G", (f,))


def until(f: Formula, g: Formula) -> Formula:
    return Formula("U", (f, g))


def yesterday(f: Formula) -> Formula:
    """Y: there is a step before, and f holds there."""
    return Formula("Y", (f,))


def once(f: Formula) -> Formula:
    """O: f holds here or at some step before."""
    return Formula("O", (f,))


def since(f: Formula, g: Formula) -> Formula:
    """S: g holds here or before, and f at every step after that."""
    return Formula("S", (f, g))


Values = tuple[bool, ...]
"""Tell whether something holds, at each step of a trace; of the empty trace, at its only moment."""

MEANING: Mapping[str, Callable[[Values, Values, int, int], bool]] = {
    "true": lambda f, g, i, n: True,
    "!": lambda f, g, i, n: not f[i],
    "&": lambda f, g, i, n: f[i] and g[i],
    "|": lambda f, g, i, n: f[i] or g[i],
    "->": lambda f, g, i, n: not f[i] or g[i],
    "X": lambda f, g, i, n: i + 1 < n and f[i + 1],
    "F": lambda f, g, i, n: any(f[j] for j in range(i, n)),
    "G": lambda f, g, i, n: all(f[j] for j in range(i, n)),
    "U": lambda f, g, i, n: any(g[j] and all(f[i:j]) for j in range(i, n)),
    "Y": lambda f, g, i, n: i > 0 and f[i - 1],
    "O": lambda f, g, i, n: any(f[j] for j in range(min(i + 1, n))),
    "S": lambda f, g, i, n: any(g[j] and all(f[j + 1 : i + 1]) for j in range(min(i + 1, n))),
}
"""By operator, whether it holds of f and g at step i of a trace of length n."""


@lru_cache(maxsize=200_000)
def truth(formula: Formula, trace: Trace) -> Values:
    """Tell whether a formula holds, at each step of a trace."""
    n = len(trace)
    steps = range(max(n, 1))
    if formula.operator not in MEANING:
        return tuple(i < n and formula.operator in trace[i] for i in steps)
    f, *rest = [truth(each, trace) for each in formula.parts] or [()]
    g = rest[0] if rest else ()
    return tuple(MEANING[formula.operator](f, g, i, n) for i in steps)


def holds(formula: Formula, trace: Sequence[str]) -> bool:
    """Tell whether a trace satisfies a formula: whether it holds at its beginning."""
    return truth(formula, tuple(trace))[0]


def traces(letters: Sequence[str] = "abc", longest: int = 7) -> Iterator[Trace]:
    """Every trace over some steps, up to a length, the empty one first."""
    for length in range(longest + 1):
        yield from product(letters, repeat=length)


def rv(formula: Formula, prefix: Trace, more: Sequence[Trace]) -> Rv:
    """The value of RV-LTL on a prefix: what its continuations may still make of it."""
    futures = {holds(formula, prefix + each) for each in more}
    if len(futures) == 1:
        return "permanently-true" if futures == {True} else "permanently-false"
    return "possibly-true" if holds(formula, prefix) else "possibly-false"
