"""Sums and medians of amounts: one value a party, each type of party and each currency apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.disciplinary_records import FINDING, answered

from answerable.projections.consistency.compare import compare
from answerable.projections.extents import MeasureExtent, extent_words
from answerable.projections.intervals import Range
from answerable.projections.metrics.metrics import metrics_of

JANUARY = datetime(2026, 1, 7, 12, tzinfo=UTC)


def clawback(amount: str, **fields: Any) -> dict[str, Any]:
    return {"measure": "clawback", "amount": amount, **fields}


def told(log: Memory) -> tuple[MeasureExtent, ...]:
    (group,) = compare(log)
    return group.told


def clawed_back() -> Memory:
    log = Memory()
    answered(log, "bank", clawback("28000000 USD"), clawback("41000000 USD"))
    return log


def test_one_persons_clawbacks_are_one_value() -> None:
    (extent,) = told(clawed_back())
    assert (extent.number, extent.parties) == (Range(2, 2), Range(1, 1))
    assert extent.total == extent.median == extent.largest == Range("69000000", "69000000")
    said = "69,000,000 USD in two clawbacks of one party"
    assert extent_words(extent) == said
    assert [extent_words(each) for each in metrics_of(clawed_back()).amounts] == [said]


def test_a_median_is_over_parties() -> None:
    log = clawed_back()
    answered(log, "b", clawback("10 USD"))
    answered(log, "c", clawback("20 USD"))
    (extent,) = told(log)
    assert extent.median == Range("20", "20")
    assert extent_words(extent) == (
        "69,000,030 USD in four clawbacks of three parties; "
        "from 10 USD to 69,000,000 USD, median 20 USD per party"
    )


def test_decimal_places_stay_as_they_were_told() -> None:
    log = Memory()
    answered(log, "a", clawback("28000000 USD"), clawback("20000000.50 USD"))
    answered(log, "b", clawback("1.00 USD"))
    (extent,) = told(log)
    assert extent.total == Range("48000001.50", "48000001.50")
    assert (extent.smallest.least, extent.largest.most) == ("1.00", "48000000.50")


def test_one_person_in_two_cases_is_one_value() -> None:
    log = Memory()
    answered(log, "a", clawback("10 USD"), subject="p-1")
    answered(log, "b", clawback("30 USD"), subject="p-1")
    assert told(log)[0].median == Range("40", "40")
    assert metrics_of(log).amounts[0].median == Range("40", "40")


def test_a_measure_for_two_findings_counts_once() -> None:
    log = Memory()
    ids = answered(log, "a", subject="p-1")
    second = log.add("a", **{**FINDING, "subject": "p-1"})
    basis = [ids["f"], second]
    log.add("a", kind="sanction-imposed", subject="p-1", basis=basis, **clawback("10 USD"))
    assert told(log)[0].total == Range("10", "10")


def test_people_and_organisations_are_apart_and_so_are_currencies() -> None:
    log = Memory()
    for party, type_ in (("p-1", "person"), ("org-1", "organisation")):
        log.add("house", kind="party-registered", party=party, type=type_)
    answered(log, "a", clawback("1 USD"), clawback("2 EUR"), subject="p-1")
    answered(log, "b", clawback("3000000000 USD"), subject="org-1")
    assert [extent_words(each) for each in metrics_of(log).amounts] == [
        "2 EUR in one clawback of one person",
        "3,000,000,000 USD in one clawback of one organisation",
        "1 USD in one clawback of one person",
    ]


@pytest.mark.parametrize("occurred", ["2026-01", "../2026-02-01"])
def test_what_may_not_have_been_imposed_by_then_makes_an_interval(occurred: str) -> None:
    log = Memory()
    answered(log, "a", clawback("10 USD", occurred="2026-01-06"), subject="p-1")
    answered(log, "b", clawback("90 USD", occurred=occurred), subject="p-1")
    (extent,) = metrics_of(log, as_of=JANUARY).amounts
    assert (extent.total, extent.number) == (Range("10", "100"), Range(1, 2))
    assert extent_words(extent) == "10 to 100 USD in one to two clawbacks of one party"
