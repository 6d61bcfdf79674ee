"""Money lost for like findings: sums, quartiles and fences, against the textbook and all worlds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.domain.dates import When
from answerable.projections.consistency.amounts import Amounts, AmountsCompared
from answerable.projections.consistency.money import amount_not_told, losses
from answerable.projections.consistency.units import DecidedFinding, Likeness, Measure
from answerable.projections.facts.names import untold
from answerable.projections.intervals import LeftOut, Range, Sample

FAR = Decimal(10**9)
"""Tell what an amount that is not told may be: more than any that is drawn."""

whens: st.SearchStrategy[When] = st.sampled_from(("yes", "yes", "unknown", "no"))
names = st.sampled_from(("fine", "fine", "clawback", "training"))
amounts = st.sampled_from((None, "0 CNY", "10 CNY", "10.5 CNY", "300 CNY", "7 USD"))


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    perhaps = draw(st.none() | names)
    return Measure(
        *("s", 1, draw(names), "in force", draw(whens), None, draw(amounts), None, "basis"),
        perhaps_measure=perhaps,
        perhaps_amount=None if perhaps is None else draw(amounts),
    )


def unit(*given: Measure, at: int = 0, as_of: When = "yes") -> DecidedFinding:
    likeness = Likeness("gifts", "direct", None)
    return DecidedFinding(f"c-{at}", f"e-{at}", at, f"p-{at}", likeness, as_of, given, (6,))


def taken(each: Measure) -> Iterator[dict[str, Decimal]]:
    """Tell what a measure may take, by currency, in each world."""
    for name, amount in (
        (each.measure, each.amount),
        *(((each.perhaps_measure, each.perhaps_amount),) if each.perhaps_measure else ()),
    ):
        if each.held == "no" or name not in ("fine", "clawback"):
            yield {}
        elif amount is None:
            yield from ({"CNY": FAR}, {"EUR": FAR})
        else:
            yield {amount.split()[1]: Decimal(amount.split()[0])}
    if each.held == "unknown":
        yield {}


@given(st.lists(measures(), max_size=3))
def test_a_sum_holds_in_every_world_and_its_ends_are_reached(given: list[Measure]) -> None:
    found = losses(unit(*given))
    worlds = list(product(*(list(taken(each)) for each in given)))
    told = {
        text.split()[1]
        for each in given
        if each.held != "no"
        for name, text in ((each.measure, each.amount), (each.perhaps_measure, each.perhaps_amount))
        if name in ("fine", "clawback") and text is not None
    }
    assert set(found) == told
    for currency, loss in found.items():
        sums = [
            sum((each[currency] for each in world if currency in each), Decimal(0))
            for world in worlds
            if any(currency in each for each in world)
        ]
        assert loss.least == min(sums)
        if loss.most is None:
            assert max(sums) >= FAR or currency != "CNY"
        else:
            assert loss.most == max(sums)
        if loss.sure:
            assert all(any(currency in each for each in world) for world in worlds)


@given(st.lists(measures(), max_size=3))
def test_an_amount_that_is_not_told_is_told_so(given: list[Measure]) -> None:
    open_ = {
        each.held == "unknown"
        or (each.perhaps_measure is not None and each.perhaps_amount is not None)
        for each in given
    }
    certain = any(
        each.held == "yes"
        and each.amount is None
        and each.measure != "training"
        and (each.perhaps_measure or "fine") != "training"
        and (each.perhaps_measure is None or each.perhaps_amount is None)
        for each in given
    )
    answer = amount_not_told(unit(*given))
    assert (answer == "yes") == certain
    if answer == "unknown":
        assert open_


numbers = st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()).map(
    lambda each: (min(each[:2]), max(each[:2]), each[2])
)
shares = st.sampled_from((Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1, 10)))


@given(st.lists(numbers, min_size=1, max_size=12), shares)
def test_left_out_is_as_if_it_had_never_been_there(
    given: list[tuple[int, int, bool]], share: Fraction
) -> None:
    whole = Sample()
    for low, high, sure in given:
        whole.add(low, high, sure=sure)
    others = LeftOut(whole)
    for at, (low, high, sure) in enumerate(given):
        rest = Sample()
        for least, most, certain in given[:at] + given[at + 1 :]:
            rest.add(least, most, sure=certain)
        assert others.quantile(share, low, high, sure=sure) == rest.quantile(share)


def group(*given: DecidedFinding) -> AmountsCompared:
    made = Amounts()
    for each in given:
        made.add(each)
    (found,) = [each for each in made.compared(untold) if each.whole]
    return found


def fined(
    amount: Decimal, at: int, held: When = "yes", perhaps: Decimal | None = None
) -> DecidedFinding:
    measure = Measure("s", 1, "fine", "in force", held, None, f"{amount} CNY", None, "basis")
    if perhaps is not None:
        measure = measure._replace(perhaps_measure="fine", perhaps_amount=f"{perhaps} CNY")
    return unit(measure, at=at)


def usual(others: list[Decimal]) -> tuple[Fraction, Fraction]:
    """Tukey's fences by nearest rank; the range counts as a tenth of the median at least."""
    first, median, third = (
        Fraction(sorted(others)[ceil(Fraction(share, 4) * len(others)) - 1]) for share in (1, 2, 3)
    )
    reach = Fraction(3, 2) * max(third - first, median / 10)
    return max(Fraction(0), first - reach), third + reach


cents = st.decimals(0, 10**14, places=4) | st.integers(0, 40).map(lambda each: Decimal(each) / 4)


@given(st.lists(cents, min_size=1, max_size=14))
def test_exact_amounts_lie_where_the_textbook_says(given: list[Decimal]) -> None:
    found = group(*(fined(amount, at) for at, amount in enumerate(given)))
    assert found.number == (len(given), len(given))
    order = sorted(given)
    for share, quartile in ((1, found.quartile_1), (2, found.median), (3, found.quartile_3)):
        expected = order[ceil(Fraction(share, 4) * len(given)) - 1]
        assert [Decimal(each or "-1") for each in quartile] == [expected, expected]
    spread = [Decimal(each or "-1") for each in found.spread]
    assert (
        spread == [Decimal(found.quartile_3.least or 0) - Decimal(found.quartile_1.least or 0)] * 2
    )
    for each in found.findings:
        own = given[each.position]
        others = given[: each.position] + given[each.position + 1 :]
        if len(others) < 5:
            assert each.outside == "no"
            continue
        low, high = usual(others)
        assert (each.outside == "yes") == (own < low or own > high)
        assert each.outside != "unknown"
        if each.outside == "yes":
            beyond = low - Fraction(own) if own < low else Fraction(own) - high
            assert each.by is not None
            assert [Fraction(end or "-1") for end in each.by] == [beyond, beyond]


loose = st.tuples(
    st.integers(0, 30), st.none() | st.integers(0, 30), st.sampled_from(("yes", "yes", "unknown"))
)


@settings(max_examples=examples(30))
@given(st.lists(loose, min_size=6, max_size=7))
def test_a_verdict_holds_in_every_world(given: list[tuple[int, int | None, When]]) -> None:
    units = [
        fined(Decimal(one), at, held, None if other is None else Decimal(other))
        for at, (one, other, held) in enumerate(given)
    ]
    found = group(*units)
    choices: list[list[Decimal | None]] = [
        [
            *(Decimal(each) for each in {one, one if other is None else other}),
            *(() if held == "yes" else (None,)),
        ]
        for one, other, held in given
    ]
    worlds = list(product(*choices))
    for each in found.findings:
        told = set()
        for world in worlds:
            own = world[each.position]
            others = [
                one for at, one in enumerate(world) if at != each.position and one is not None
            ]
            if own is None or len(others) < 5:
                told.add(False)
            else:
                low, high = usual(others)
                told.add(own < low or own > high)
        if each.outside != "unknown":
            assert told == {each.outside == "yes"}
    for world in worlds:
        order = sorted(each for each in world if each is not None)
        if order:
            median = order[ceil(Fraction(1, 2) * len(order)) - 1]
            least, most = (Decimal(each or "-1") for each in found.median)
            assert least <= median <= most


def test_amounts_are_exact_and_of_what_is_not_told_nothing_is_made_up() -> None:
    large = [fined(Decimal("999999999999999.9999"), at) for at in range(6)]
    found = group(*large, fined(Decimal("999999999999999.9998"), 6))
    assert found.median == Range("999999999999999.9999", "999999999999999.9999")
    assert found.smallest == Range("999999999999999.9998", "999999999999999.9998")
    assert found.outside == ()
    untold_fine = Measure("s", 1, "fine", "in force", "yes", None, None, None, "basis")
    made = Amounts()
    made.add(unit(untold_fine))
    assert list(made.compared(untold)) == []
    assert made.not_told == Range(1, 1)
    told = fined(Decimal(5), 1).measures[0]
    made.add(unit(told, untold_fine._replace(measure="clawback"), at=1))
    whole, fines = made.compared(untold)
    assert (whole.measures, whole.largest) == (("clawback", "fine"), Range("5", None))
    assert (fines.measures, fines.largest) == (("fine",), Range("5", "5"))


def test_leaving_one_out_reads_the_sample_once() -> None:
    """Else a hundred thousand findings would take a hundred thousand times as long as one."""
    whole = Sample()
    for each in range(9):
        whole.add(each, each)
    others = LeftOut(whole)
    half = Fraction(1, 2)
    before = [others.quantile(half, each, each, sure=True) for each in (0, 8)]
    whole.sure.clear()
    assert [others.quantile(half, each, each, sure=True) for each in (0, 8)] == before
    assert before == [Range(4, 4), Range(3, 3)]
