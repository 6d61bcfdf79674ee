"""The bar register."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.accountability.bars import Bar
from answerable.projections.bar_register import all_bars
from answerable.projections.status.status import counterparty
from answerable.projections.wording.bar import bar_words, contact_words

BAR: dict[str, Any] = {
    "as": "bar",
    "kind": "counterparty-barred",
    "counterparty": "p-1",
    "occurred": "2026-01-05",
    "from": "2026-01-05",
}


def on(day: int, month: int = 1) -> datetime:
    """The end of a day of 2026, as `--as-of` means it."""
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


def only(log: Memory, as_of: datetime | None = None) -> Bar:
    (bar,) = all_bars(log, as_of=as_of)
    return bar


@pytest.mark.parametrize(
    ("fields", "as_of", "in_force"),
    [
        ({}, None, "yes"),
        ({}, on(5), "yes"),
        ({"occurred": "2026-01-04"}, on(4), "no"),
        ({"from": None}, None, "yes"),
        ({"from": None}, on(9), "unknown"),
        ({"from": "2026-01"}, on(9), "unknown"),
        ({"until": "2026-02-10"}, None, "unknown"),
        ({"until": "2026-02-10"}, on(9, 2), "yes"),
        ({"until": "2026-02-10"}, on(10, 2), "yes"),
        ({"until": "2026-02-10"}, on(11, 2), "no"),
        ({"until": "2026-02"}, on(10, 2), "unknown"),
    ],
)
def test_whether_it_is_in_force(
    fields: dict[str, Any], as_of: datetime | None, in_force: str
) -> None:
    assert only(case({**BAR, **fields}), as_of).in_force == in_force


def test_an_end_that_is_not_stated_is_open() -> None:
    assert only(case(BAR)).open_ended
    assert not only(case({**BAR, "until": "2027"})).open_ended


@pytest.mark.parametrize(
    ("occurred", "as_of", "in_force"),
    [
        ("2026-02-01", None, "no"),
        ("2026-02-01", on(31), "yes"),
        ("2026-02-01", on(1, 2), "no"),
        ("../2026-03-01", on(1, 2), "unknown"),
        (None, on(31), "unknown"),
    ],
)
def test_a_lifted_bar(occurred: str | None, as_of: datetime | None, in_force: str) -> None:
    log = case(BAR, {"as": "l", "kind": "bar-lifted", "bar": "@bar", "occurred": occurred})
    bar = only(log, as_of)
    assert bar.in_force == in_force
    assert bar.lifted_by == (None if in_force == "yes" else log.ids["l"])


def test_a_bar_overturned_on_appeal_is_not_in_force() -> None:
    log = case(
        BAR,
        {"as": "a", "kind": "appeal-lodged", "against": "@bar"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed", "occurred": "2026-02-01"},
    )
    assert only(log).in_force == "no"
    assert only(log).appeal == "allowed"
    assert only(log, on(31)).in_force == "yes"
    assert only(log, on(1, 2)).in_force == "no"


def test_an_appeal_after_one_that_was_allowed_brings_no_bar_back() -> None:
    log = case(
        BAR,
        {"as": "a", "kind": "appeal-lodged", "against": "@bar"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        {"as": "b", "kind": "appeal-lodged", "against": "@bar"},
        {"kind": "appeal-decided", "appeal": "@b", "outcome": "dismissed"},
    )
    assert only(log).in_force == "no"
    assert only(log, on(9)).in_force == "unknown"


@pytest.mark.parametrize(
    ("occurred", "inside"),
    [
        ("2026-01-06", "yes"),
        ("2026-01-05", "unknown"),
        ("2026-01", "unknown"),
        (None, "unknown"),
        ("2026-01-04", None),
    ],
)
def test_contacts_after_the_start_are_listed(occurred: str | None, inside: str | None) -> None:
    log = case(BAR)
    log.add("other", kind="contact-made", counterparty="p-1", occurred=occurred)
    log.add("other", kind="contact-made", counterparty="p-2", occurred="2026-01-06")
    found = only(log).contacts
    assert [(each.case_id, each.inside) for each in found] == (
        [("other", inside)] if inside else []
    )


@pytest.mark.parametrize(
    ("until", "occurred", "inside"),
    [
        ("2026-02-10", "2026-02-10", "yes"),
        ("2026-02-10", "2026-02-10T14:00:00Z", "yes"),
        ("2026-02-10", "2026-02-11", None),
        ("2026-02-10", "2026-02", "unknown"),
        ("2026-02-10T12:00:00Z", "2026-02-10T10:00:00Z", "yes"),
        ("2026-02-10T12:00:00Z", "2026-02-10T14:00:00Z", None),
        ("2026-02-10T12:00:00Z", "2026-02-10", "unknown"),
    ],
)
def test_contacts_after_the_end_are_not(until: str, occurred: str, inside: str | None) -> None:
    log = case({**BAR, "until": until})
    log.add(kind="contact-made", counterparty="p-1", occurred=occurred)
    assert [each.inside for each in only(log).contacts] == ([inside] if inside else [])
    lifted = case(BAR, {"kind": "bar-lifted", "bar": "@bar", "occurred": "2026-02-10"})
    lifted.add(kind="contact-made", counterparty="p-1", occurred="2026-02-11")
    assert only(lifted).contacts == ()


def test_the_contact_that_a_bar_rests_on_came_before_it() -> None:
    log = case(
        {"as": "c", "kind": "contact-made", "counterparty": "p-1"},
        {"as": "d", "kind": "decision-taken", "outcome": "bar", "basis": ["@c"]},
        {**BAR, "basis": ["@d"]},
    )
    assert only(log).contacts == ()


def test_a_contact_that_was_retracted_or_was_with_another_is_none() -> None:
    contact = {"kind": "contact-made", "counterparty": "p-1", "occurred": "2026-01-06"}
    log = case(
        BAR,
        {**contact, "as": "a"},
        {**contact, "as": "b"},
        {"kind": "retraction", "target": "@a"},
        {"kind": "correction", "target": "@b", "fields": {"counterparty": "p-2"}},
    )
    assert only(log).contacts == ()


def test_the_register_is_of_every_case_of_one_or_of_one_party() -> None:
    log = case(BAR)
    log.add("d", kind="counterparty-barred", counterparty="p-2")
    assert [bar.case_id for bar in all_bars(log)] == ["c", "d"]
    assert [bar.case_id for bar in all_bars(log, case="d")] == ["d"]
    assert [bar.case_id for bar in all_bars(log, party="p-1")] == ["c"]
    assert all_bars(log, party="p-9") == ()


def test_a_retracted_bar_is_none() -> None:
    assert all_bars(case(BAR, {"kind": "retraction", "target": "@bar"})) == ()


DECISION = {"as": "d", "kind": "decision-taken", "outcome": "bar"}
OVERTURNED: tuple[dict[str, Any], ...] = (
    {"as": "a", "kind": "appeal-lodged", "against": "@d", "occurred": "2026-01-10"},
    {"as": "o", "kind": "appeal-decided", "appeal": "@a", "outcome": "allowed",
     "occurred": "2026-02-01"},
)  # fmt: skip


def test_a_bar_falls_with_its_decision() -> None:
    log = case(DECISION, {**BAR, "basis": ["@d"]}, *OVERTURNED)
    assert (only(log).in_force, only(log).overturned_by) == ("no", log.ids["o"])
    assert (only(log, on(31)).in_force, only(log, on(31)).overturned_by) == ("yes", None)


@pytest.mark.parametrize(
    ("occurred", "inside"),
    [("2026-01-20", "yes"), ("2026-02-01", "unknown"), ("2026-02-02", None), (None, "unknown")],
)
def test_a_contact_after_a_bar_was_overturned_is_outside(
    occurred: str | None, inside: str | None
) -> None:
    log = case(DECISION, {**BAR, "basis": ["@d"]}, *OVERTURNED)
    log.add("other", kind="contact-made", counterparty="p-1", occurred=occurred)
    assert [each.inside for each in only(log).contacts] == ([inside] if inside else [])


def test_a_bar_that_may_not_have_been_imposed_by_then_may_not_be_in_force() -> None:
    assert only(case({**BAR, "occurred": "2026-01"}), on(9)).in_force == "unknown"


@pytest.mark.parametrize(
    ("contact", "imposed", "inside"),
    [
        ("2026-02-10", "2026-01-05", "yes"),
        ("2026-02", "2026-01-05", "unknown"),
        (None, "2026-01-05", "unknown"),
        ("2026-02-10", "2026-02", "unknown"),
    ],
)
def test_what_may_not_have_happened_by_then_may_not_be_a_breach(
    contact: str | None, imposed: str, inside: str
) -> None:
    log = case(
        {**BAR, "occurred": imposed},
        {"kind": "contact-made", "counterparty": "p-1", "occurred": contact},
    )
    moment = on(15, 2)
    (found,) = only(log, moment).contacts
    assert found.inside == inside
    (made,) = counterparty(log, "p-1", as_of=moment).contacts
    assert made.as_of == ("unknown" if contact == "2026-02" else "yes")


def test_a_bar_whose_beginning_is_not_told_had_begun_when_its_notice_was_given() -> None:
    told = {name: value for name, value in BAR.items() if name != "from"}
    log = case({**told, "notice_date": "2026-01-20"})
    assert only(log, on(19)).in_force == "unknown"
    assert only(log, on(20)).in_force == "yes"
    assert bar_words(only(log, on(20))) == (
        "barred (beginning not told; not after 2026-01-20, when they were told) (end not stated), "
        "in force"
    )
    assert only(case(told), on(20)).in_force == "unknown"


@pytest.mark.parametrize(
    ("occurred", "inside"),
    [
        ("2026-01-01/2026-03-31", "yes"),
        ("2026-01-01/2026-02", "unknown"),
        ("2025-01-01/2026-01-01", None),
        ("2026-01-01/..", "unknown"),
    ],
)
def test_a_contact_that_went_on_lies_inside_a_bar_that_began_meanwhile(
    occurred: str, inside: str | None
) -> None:
    log = case({**BAR, "from": "2026-02-10"})
    log.add("d", kind="contact-made", counterparty="p-1", occurred=occurred)
    assert [contact.inside for contact in all_bars(log)[0].contacts] == (
        [] if inside is None else [inside]
    )


TOLD = {"kind": "case-opened", "title": "t", "organisation": "house-1"}
MET = {"kind": "contact-made", "counterparty": "org-7", "occurred": "2026-03-01"}


@pytest.mark.parametrize(
    ("by", "breach", "said"),
    [
        (None, "yes", "INSIDE THE BAR"),
        ("house-1", "yes", "INSIDE THE BAR"),
        ("bank", "no", "inside a bar of another house"),
    ],
)
def test_a_contact_breaks_no_bar_of_another_house(by: str | None, breach: str, said: str) -> None:
    bar = {"kind": "counterparty-barred", "counterparty": "org-7", "from": "2026-01-01"}
    log = case(TOLD, bar if by is None else {**bar, "imposed_by": by}, MET)
    (found,) = all_bars(log)
    (contact,) = found.contacts
    assert (contact.inside, contact.breach) == ("yes", breach)
    assert contact_words(contact).endswith(said)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"term": "permanent", "from": "2026-01-01"}, "barred from 2026-01-01 (permanent)"),
        ({"term": "indefinite"}, "barred (beginning not told) (until further notice)"),
        ({"term": "fixed", "until": "2027"}, "barred (beginning not told) until 2027"),
        ({"imposed_by": "bank"}, "barred by bank (beginning not told) (end not stated)"),
    ],
)
def test_a_bar_says_whose_it_is_and_how_long_it_is_meant(told: dict[str, str], said: str) -> None:
    bar = {"kind": "counterparty-barred", "counterparty": "org-7", **told}
    (found,) = all_bars(case(bar))
    assert bar_words(found).startswith(said)


@pytest.mark.parametrize(
    ("fields", "as_of", "said"),
    [
        (
            {"until": "2026-02-10"},
            None,
            "until 2026-02-10, in force or expired, depending on the day",
        ),
        (
            {"until": "2026-02"},
            on(10, 2),
            "until 2026-02, in force or expired, depending on the day",
        ),
        ({"until": "2026-02-10"}, on(10, 2), "until 2026-02-10, in force"),
        ({"until": "2026-02-10"}, on(11, 2), "until 2026-02-10, not in force"),
        ({"from": None}, on(9), "(end not stated), indeterminate whether in force"),
    ],
)
def test_of_a_bar_with_a_last_day_it_is_the_day_that_decides(
    fields: dict[str, Any], as_of: datetime | None, said: str
) -> None:
    assert bar_words(only(case({**BAR, **fields}), as_of)).endswith(said)


def test_where_something_else_may_have_ended_a_bar_the_day_alone_decides_nothing() -> None:
    lifted = {"kind": "bar-lifted", "bar": "@bar", "reason": "x"}
    log = case({**BAR, "until": "2026-02-10"}, lifted)
    assert bar_words(only(log, on(9))).endswith(
        "perhaps lifted, date not told, indeterminate whether in force"
    )
