"""Sums of amounts: exact, a currency each, and intervals where it is open what is in force."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import Memory, case

from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.facts.amounts import AmountTotal
from answerable.projections.facts.case_view import CaseView
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.measures import several, totals_words


def charge(amount: str, measure: str = "clawback", **fields: Any) -> dict[str, Any]:
    return {
        "kind": "sanction-imposed",
        "subject": "p-1",
        "measure": measure,
        "amount": amount,
        **fields,
    }


def person(log: Memory) -> Person:
    (found,) = accountability_of(CaseView(log.facts())).people
    return found


def test_two_clawbacks_are_summed() -> None:
    log = case(charge("28000000 USD"), charge("41000000 USD"))
    assert person(log).amounts == (AmountTotal("clawback", "USD", 2, 2, "69000000", "69000000"),)
    assert totals_words(person(log).amounts) == "69,000,000 USD in two clawbacks"


def test_currencies_and_measures_are_never_added() -> None:
    log = case(charge("1 USD"), charge("2 EUR"), charge("3 USD", "fine"), charge("4.5 USD"))
    assert totals_words(person(log).amounts) == (
        "5.5 USD in two clawbacks; 2 EUR in one clawback; 3 USD in one fine"
    )


def test_what_is_worth_no_sum_has_none() -> None:
    assert totals_words(person(case(charge("1 USD"), charge("2 EUR"))).amounts) is None


def test_what_was_lifted_or_overturned_is_not_in_a_sum() -> None:
    log = case(
        charge("1 USD"),
        charge("10 USD", **{"as": "s"}),
        charge("100 USD", **{"as": "t"}),
        {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"},
        {"kind": "appeal-lodged", "as": "a", "against": "@t"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
    )
    assert person(log).amounts == (AmountTotal("clawback", "USD", 1, 1, "1", "1"),)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([charge("200 USD")], "500 to 700 USD in one to two clawbacks"),
        ([], None),
    ],
)
def test_what_is_only_alleged_makes_an_interval(
    others: list[dict[str, Any]], said: str | None
) -> None:
    alleged = [{**each, "standing": "alleged"} for each in others]
    assert totals_words(person(case(charge("500 USD"), *alleged)).amounts) == said
    if alleged:
        every = case(*alleged, *alleged)
        assert totals_words(person(every).amounts) == "at most 400 USD in at most two clawbacks"


@given(st.lists(st.decimals(0, 10**15 - 1, places=4), min_size=1, max_size=12))
def test_a_sum_is_exact(numbers: list[Decimal]) -> None:
    log = case(*(charge(f"{each:f} CHF") for each in numbers))
    (total,) = person(log).amounts
    assert Decimal(total.most) == Decimal(total.least) == sum(numbers)
    assert "E" not in total.most


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("12000.00 CNY", "12,000.00 CNY"),
        ("0 USD", "0 USD"),
        ("999999999999999.9999 USD", "999,999,999,999,999.9999 USD"),
    ],
)
def test_an_amount_keeps_its_places(amount: str, said: str) -> None:
    assert amount_words(amount) == said


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("fine", "fines"),
        ("bonus-cancellation", "bonus cancellations"),
        ("loss-of-seniority", "losses of seniority"),
        ("other", "other measures"),
    ],
)
def test_several_of_a_measure(measure: str, said: str) -> None:
    assert several(measure) == said
