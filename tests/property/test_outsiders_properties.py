"""Whatever was recorded, what outsiders see tells nothing of a group that is too small for them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.builders import Memory
from tests.support.disciplinary_records import answered
from tests.support.lengths import examples

from answerable.cli.measuring.compare_text import outside_lines
from answerable.projections.consistency.compare import Group, compare
from answerable.projections.consistency.public_release import BASE, THRESHOLD, released_groups
from answerable.projections.consistency.units import Likeness
from answerable.projections.registers.measuring.compare import released_registers

Answer = tuple[str, str | None, str, str | None]
"""The class of an offence, a measure or none, whom it is about, and how much it took."""

few = settings(max_examples=examples(30))

MEASURES = (None, "training", "fine", "dismissal", "other")
measures = st.sampled_from((*MEASURES, "fine", "fine"))
OFFENCES = ("gifts", "theft", "leaks")
people = st.sampled_from([f"p-{at}" for at in range(9)])
amounts = st.sampled_from(("17.00 CNY", "17.00 CNY", "230.00 CNY", "4567.89 CNY", "31 USD", None))


@st.composite
def answers(draw: DrawFn) -> list[Answer]:
    """Findings of three classes: some large enough, many nearly, some by the same people."""
    found: list[Answer] = []
    for offence in OFFENCES:
        number = draw(st.sampled_from((0, 1, 4, 5, 6, 9)))
        repeated = draw(st.booleans())
        who = draw(st.lists(people, min_size=number, max_size=number, unique=not repeated))
        found += [(offence, draw(measures), each, draw(amounts)) for each in who]
    return draw(st.permutations(found))


def groups(given: list[Answer]) -> tuple[Group, ...]:
    log = Memory()
    for at, (offence, measure, who, amount) in enumerate(given):
        fields = {} if amount is None else {"amount": amount}
        imposed = [] if measure is None else [{"measure": measure, **fields}]
        answered(log, f"c-{at}", *imposed, offence_class=offence, subject=who)
    return compare(log)


def shown(found: tuple[Group, ...]) -> list[str]:
    """All that is printed, but for the head of the log."""
    text = [line.text for line in outside_lines(released_groups(found))]
    rows = released_registers(released_groups(found)).rows
    return [*text, *(f"{row.register}: {row.cells}" for row in rows)]


def is_large(given: list[Answer], offence: str) -> bool:
    """The slow, obvious definition: so many with a place on the scale, about so many people."""
    return enough(who for each, measure, who, _ in given if each == offence and measure != "other")


def enough(found: Iterable[str]) -> bool:
    who = list(found)
    return len(who) >= THRESHOLD and len(set(who)) >= THRESHOLD


def fined(given: list[Answer], offence: str, currency: str) -> list[tuple[Decimal, str]]:
    """Tell how much was lost in a currency for the findings of a class, and who they are about."""
    return sorted(
        (Decimal(amount.split()[0]), who)
        for each, measure, who, amount in given
        if (each, measure) == (offence, "fine") and amount is not None and currency in amount
    )


@few
@given(answers(), answers())
def test_other_small_groups_change_nothing(first: list[Answer], second: list[Answer]) -> None:
    """Two records that differ in small groups alone, and so in every suppressed number."""
    large = {each for each, *_ in first if is_large(first, each)}
    kept = [each for each in first if each[0] in large]
    others = [each for each in second if each[0] not in large]
    small = [each for each in others if not is_large(others, each[0])]
    assert shown(groups(first)) == shown(groups(kept)) == shown(groups(kept + small))


@few
@given(answers())
def test_what_is_shown_is_large_and_rounded(given: list[Answer]) -> None:
    found = {each.key: each for each in released_groups(groups(given))}
    assert {key.offence for key in found} == {
        offence for offence, *_ in given if is_large(given, offence)
    }
    printed = "\n".join(line.text for line in outside_lines(iter(found.values())))
    assert all((offence in printed) == is_large(given, offence) for offence in OFFENCES)
    for key, each in found.items():
        number = sum(one == key.offence and measure != "other" for one, measure, *_ in given)
        assert each.number == (number // BASE * BASE, number // BASE * BASE + BASE - 1)


@few
@given(answers())
def test_amounts_are_shown_of_enough_people_and_rounded(
    given: list[Answer],
) -> None:
    for each in released_groups(groups(given)):
        told = {amounts.currency: amounts for amounts in each.amounts}
        for currency in ("CNY", "USD"):
            lost = fined(given, each.key.offence or "", currency)
            assert (currency in told) == enough(who for _, who in lost)
            if currency not in told:
                continue
            shown = told[currency]
            assert shown.number == (len(lost) // BASE * BASE, len(lost) // BASE * BASE + BASE - 1)
            for share, quartile in enumerate(
                (shown.quartile_1, shown.median, shown.quartile_3), start=1
            ):
                at = lost[ceil(Fraction(share, 4) * len(lost)) - 1][0]
                least, most = (Decimal(limit or "-1") for limit in quartile)
                assert least <= at < most
                assert all(len(str(end).strip("0.")) == 1 for end in (least, most))


@few
@given(answers())
def test_nothing_that_leads_to_a_person_is_shown(given: list[Answer]) -> None:
    printed = "\n".join(shown(groups(given)))
    assert "p-" not in printed
    assert "c-" not in printed
    assert "019b8a5e" not in printed
    assert not any(amount in printed for amount in ("17", "230", "4567", "4,567", "31"))


def test_a_group_too_small_is_not_even_named() -> None:
    five: list[Answer] = [("gifts", "fine", f"p-{at}", None) for at in range(5)]
    found = groups([*five, ("theft", "fine", "p-1", "17.00 CNY")])
    assert [each.key for each in released_groups(found)] == [Likeness("gifts", "direct", "clerk")]
    assert "theft" not in "\n".join(shown(found))
