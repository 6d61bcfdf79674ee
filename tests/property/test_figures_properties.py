"""Hold the figures, whatever is recorded, for every world that the dates allow."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.dated_worlds import recorded, within, world
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain.dates import When
from answerable.domain.event import Event
from answerable.projections.figures.figures import Figure, PartOf, figures_of
from answerable.projections.figures.share import Situation, denominator, numerator, share
from answerable.projections.intervals import Range

KINDS = (
    "incident-occurred",
    "backlash-observed",
    "report-received",
    "report-acknowledged",
    "feedback-given",
    "investigation-opened",
    "investigation-concluded",
    "allegation-made",
    "finding-made",
    "sanction-imposed",
    "sanction-executed",
    "sanction-lifted",
    "appeal-lodged",
    "appeal-decided",
    "engagement-terminated",
    "proceeding-opened",
    "case-opened",
    "case-closed",
    "case-reopened",
)
MOMENT = datetime(2026, 1, 20, 23, 59, 59, 999999, tzinfo=UTC)
ANSWERS: tuple[When, ...] = ("yes", "no", "unknown")

few = settings(max_examples=examples(20))
told = histories(kinds=KINDS, min_events=4, max_events=14, all_named=True)


def numbers(found: Range[float] | Range[str] | None) -> Range[float] | None:
    if found is None:
        return None
    least, most = (None if limit is None else float(limit) for limit in found)
    return Range(least, most)


def holds(loose: Figure | PartOf, exact: Figure | PartOf) -> bool:
    """Tell whether what is told of loose dates holds in a world of exact ones."""
    return (
        within(numbers(exact.value), numbers(loose.value))
        and within(exact.denominator, loose.denominator)
        and (exact.numerator is None or within(exact.numerator, loose.numerator))
    )


@few
@given(told, st.none() | st.just(MOMENT), st.data())
def test_every_world_lies_within(
    events: list[Event], as_of: datetime | None, data: DataObject
) -> None:
    loose = {
        (each.name, each.of): each for each in figures_of(recorded(events), as_of=as_of).figures
    }
    exact = figures_of(recorded(world(events, data)), as_of=as_of)
    for one in exact.figures:
        other = loose.get((one.name, one.of))
        if other is None:  # of a class that nothing is of, if the dates fall so
            assert one.value in (None, (0, 0), ("0", "0")), one
            continue
        assert holds(other, one), (one, other)
        years = {each.part: each for each in other.years}
        for each in one.years:
            if each.part in years:
                assert holds(years[each.part], each), (each, years[each.part])


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("yes", "unknown")), st.sampled_from(ANSWERS)),
        st.integers(0, 2),
        max_size=4,
    )
)
@settings(max_examples=examples(30))
def test_a_share_lies_between_that_of_its_worlds(things: dict[Situation, int]) -> None:
    """By trying out every world: whether each thing counts, and whether it holds of it."""
    ways = [
        [
            None if not counts else holds
            for counts in ((True,) if situation[0] == "yes" else (True, False))
            for holds in {"yes": (1,), "no": (0,), "unknown": (0, 1)}[situation[1]]
        ]
        for situation, number in things.items()
        for _ in range(number)
    ]
    shares, holding, counting = [], [], []
    for worlds in product(*map(set, ways)):
        counted = [each for each in worlds if each is not None]
        holding.append(sum(counted))
        counting.append(len(counted))
        if counted:
            shares.append(Fraction(sum(counted), len(counted)))
    assert share(things) == ((min(shares), max(shares)) if shares else None)
    assert numerator(things) == (min(holding), max(holding))
    assert denominator(things) == (min(counting), max(counting))
