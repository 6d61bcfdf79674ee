"""Chains of custody, held against a slow and obvious definition: every order that dates allow."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

from hypothesis import example, given
from hypothesis import strategies as st

from answerable.domain import dates
from answerable.projections.evidence.custody import Custody, CustodyStep, chain

KEEPERS = "abcd"
COLLECTED = CustodyStep("e", 0, None, "a", "2025")

exact = st.integers(1, 28).map(lambda day: f"2026-02-{day:02}")
loose = st.one_of(
    st.none(),
    exact,
    st.sampled_from(["2026-02", "2026", "2026-02-03/2026-02-09", "../2026-02-05", "2026-02-05/.."]),
    st.sampled_from(["2026-02-05T10:00:00Z", "2026-02-05T12:00:00Z"]),
)
hand = st.sampled_from(KEEPERS)
transfers = st.lists(
    st.builds(
        lambda from_, to, occurred: CustodyStep("", 0, from_, to, occurred),
        st.one_of(hand, st.just("x")),
        hand,
        loose,
    ),
    max_size=5,
).map(
    lambda steps: [step._replace(position=n, event_id=f"t{n}") for n, step in enumerate(steps, 1)]
)


def orders(steps: Sequence[CustodyStep]) -> Iterator[tuple[CustodyStep, ...]]:
    """Every order in which the dates allow that these happened."""
    for order in permutations(steps):
        if not any(
            dates.precedes(order[i].span, order[j].span) == "no"
            for j in range(len(order))
            for i in range(j)
        ):
            yield order


def unfit(order: Sequence[CustodyStep]) -> set[str]:
    """The transfers that, in this order, are not from the keeper before."""
    return {
        step.event_id for before, step in pairwise((COLLECTED, *order)) if step.from_ != before.to
    }


def of_hands(found: Custody, verdict: str | None = None) -> set[str]:
    return {
        gap.event_id for gap in found.gaps if gap.what == "hands" and verdict in (None, gap.verdict)
    }


@given(transfers)
@example(
    [
        CustodyStep("t1", 1, "a", "b", "2026-02-01"),
        CustodyStep("t2", 2, "b", "c", "2026-02-01"),
        CustodyStep("t3", 3, "b", "d", "2026-02-02"),
    ]
)
def test_a_verdict_holds_in_every_order_that_the_dates_allow(steps: list[CustodyStep]) -> None:
    found = chain(COLLECTED, steps)
    order = tuple(link.step for link in found.links)
    possible = list(orders(steps))
    assert order in possible
    assert of_hands(found) == unfit(order)
    for each in possible:
        assert of_hands(found, "fail") <= unfit(each)
    if found.certain:
        fitting = [each for each in possible if not unfit(each)]
        assert {each[-1].to for each in fitting if each} <= {found.keeper}


@given(st.data(), st.lists(exact, min_size=1, max_size=8, unique=True))
def test_with_exact_dates_any_order_of_recording_gives_the_same_chain(
    data: st.DataObject, days: list[str]
) -> None:
    steps = [
        CustodyStep(f"t{n}", n, data.draw(hand), data.draw(hand), day)
        for n, day in enumerate(sorted(days), 1)
    ]
    shuffled = data.draw(st.permutations(steps))
    found = chain(COLLECTED, shuffled)
    assert [link.step for link in found.links] == steps
    assert of_hands(found, "fail") == of_hands(found) == unfit(steps)
    assert (found.gaps == ()) == (unfit(steps) == set())
    assert (found.certain, found.keeper) == (True, steps[-1].to)


@given(st.data(), st.integers(1, 8), st.sampled_from([None, "2026-02-01", "2026"]))
def test_a_chain_without_gaps_is_found_in_any_order_of_recording(
    data: st.DataObject, length: int, occurred: str | None
) -> None:
    keepers = ["a", *(f"k{n}" for n in range(length))]
    steps = [
        CustodyStep(f"t{n}", n, from_, to, occurred)
        for n, (from_, to) in enumerate(pairwise(keepers), 1)
    ]
    found = chain(COLLECTED, data.draw(st.permutations(steps)))
    assert [link.step for link in found.links] == steps
    assert not of_hands(found)
    assert (found.certain, found.keeper) == (True, keepers[-1])
    assert all(gap.what == "passed" and occurred is None for gap in found.gaps)


@given(st.integers(1, 8), st.data())
def test_a_chain_that_lacks_a_link_has_a_gap(length: int, data: st.DataObject) -> None:
    keepers = ["a", *(f"k{n}" for n in range(length + 1))]
    steps = [
        CustodyStep(f"t{n}", n, from_, to, f"2026-02-{n:02}")
        for n, (from_, to) in enumerate(pairwise(keepers), 1)
    ]
    lost = data.draw(st.integers(0, length - 1))
    found = chain(COLLECTED, data.draw(st.permutations([*steps[:lost], *steps[lost + 1 :]])))
    assert of_hands(found, "fail") == {steps[lost + 1].event_id}
