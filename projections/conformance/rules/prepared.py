"""Define a rule that is made ready to judge cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged

Judge = Callable[[Situation], Iterable[Judged]]
"""Judges each activation of a rule in a case."""


class Prepared(NamedTuple):
    """A rule, made ready.

    Attributes:
        kinds: a case without an event of any of these has nothing to judge; None: any case has.
        judge: judges each activation in a case.
        nothing: why there is nothing to judge, where a case has no activation, as in "no report is
            on record".
    """

    kinds: frozenset[str] | None
    judge: Judge
    nothing: str
