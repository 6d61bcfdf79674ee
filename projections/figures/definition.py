"""Define what it takes to define a figure, and the numbers that definitions rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from answerable.domain.language.saying import to_say

Way = Literal["number", "numbers", "rate", "share", "mix", "median", "sum"]
"""Says how a figure is made.

Of what is counted: their number; their number in each class; their number for each hundred people;
the share of those of which something holds; the share of each class; the median of their days; the
sum of their amounts, by currency.
"""

Day = Literal["receipt", "closure", "first signal", "finding", "imposition", "its own date"]
"""Names the date by which a thing falls into a year or a period."""

ISO = "ISO 37002:2021, 9.1"
NAVEX = "NAVEX, Whistleblowing & Incident Management Benchmark Report"
"""Published each year. Its figures are worked out for each organisation with ten reports or more,
and the median over these is told."""

EU = "Directive (EU) 2019/1937"
GRI_CORRUPTION = "GRI 205: Anti-corruption 2016, 205-3"
OWN = "own definition"

FEWEST = 10
"""The fewest reports or cases that a share or a median should rest on (as NAVEX has it)."""

PLACES = 1
"""The decimal places of a share, in per cent. One of others is compared to as many."""

RETALIATION = "retaliation"
"""The issue of a report that says so. Its share is told even where there is none."""

ALWAYS_TOLD: Mapping[str, frozenset[str]] = {"issue-share": frozenset((RETALIATION,))}
"""The classes that a figure is told of even where nothing is of them."""

ACKNOWLEDGED_WITHIN = 7
"""The days within which receipt is acknowledged: Directive (EU) 2019/1937, art. 9(1)(b)."""

FEEDBACK_WITHIN = 3
"""The months within which feedback is given: Directive (EU) 2019/1937, art. 9(1)(f)."""


class Definition(NamedTuple):
    """A figure, as it is defined.

    Attributes:
        name: for programs, and for benchmarks.
        title: what it is called, to be said.
        way: how it is made.
        definition: what it is, in a sentence, to be said.
        source: who publishes or asks for it so. To be said in the context "source".
        dated_by: the date by which what it counts falls into a year or a period.
        unit: what its value is counted in.
        chapter: under which heading it stands, to be said.
    """

    name: str
    title: str
    way: Way
    definition: str
    source: str
    dated_by: Day
    unit: str
    chapter: str


REPORTS, HANDLING = to_say("Reports"), to_say("Handling")
OUTCOME, CASES = to_say("Outcome"), to_say("Cases")
