"""`answerable changes`: what was changed afterwards, before and after."""

from __future__ import annotations

import pytest
from tests.unit.cli.conftest import Here

CASE = "gifts"


@pytest.fixture
def gifts(here: Here) -> Here:
    """A case with a contact, recorded by Ann, of whom nothing is changed yet."""
    here("init")
    here("append", "party-registered", "--party", "p-1", "--type", "person", "--name", "Jane Doe")
    here("append", "case-opened", "--case", CASE, "--title", "Gifts from a supplier")
    here("append", "contact", "--case", CASE, "--counterparty", "p-1", "--stage", "contact",
         "--purpose", "a talk", "--as", "Ann")  # fmt: skip
    return here


def correct(gifts: Here, *fields: str) -> None:
    sets = [word for field in fields for word in ("--set", field)]
    gifts("append", "correction", "--case", CASE, "--target", "2", *sets,
          "--reason", "misread", "--as", "Bob")  # fmt: skip


def test_nothing_was_changed(gifts: Here) -> None:
    assert gifts("changes").out.startswith("Nothing was changed.\n")
    assert gifts("changes", CASE, "--since", "#3").out.startswith("Nothing of the kind was")
    gifts("changes", "nowhere", code=2)


def test_a_correction_tells_each_field_before_and_after(gifts: Here) -> None:
    correct(gifts, "stage=negotiation", "purpose=a gift")
    told = gifts("changes", CASE).out
    assert told.startswith("1 change: 1 corrected.\n\nGifts from a supplier (gifts)\n")
    assert "Corrected: #2 Contact with Jane Doe (stage: contact)\n  recorded " in told
    assert " by Bob, #3\n" in told
    assert "  stage: negotiation (before: contact)\n" in told
    assert "  purpose\n    before: “a talk”\n    now:    “a gift”\n  why: “misread”\n" in told


def test_a_second_correction_tells_what_the_first_made_of_it(gifts: Here) -> None:
    correct(gifts, "stage=negotiation")
    correct(gifts, "stage=contract")
    first, second = gifts("changes", CASE, "--json").lines
    (one,), (two,) = first["fields"], second["fields"]
    assert (one["before"]["value"], one["after"]["value"]) == ("contact", "negotiation")
    assert (two["before"]["value"], two["after"]["value"]) == ("negotiation", "contract")
    assert second["recorded_by"] == {"value": "Bob", "state": "told"}


def test_a_correction_that_was_taken_back_says_so(gifts: Here) -> None:
    correct(gifts, "stage=negotiation")
    gifts("append", "retraction", "--case", CASE, "--target", "3")
    told = gifts("changes").out
    assert told.startswith("2 changes: 1 corrected, 1 retracted.\n")
    assert "  this was itself taken back by #4\n" in told
    assert "  why is not told\n" in told


def test_a_dispute_is_chosen_by_whose_it_is_and_a_change_by_who_recorded_it(gifts: Here) -> None:
    correct(gifts, "stage=negotiation")
    gifts("append", "dispute", "--case", CASE, "--target", "2", "--by", "p-1",
          "--ground", "we never met")  # fmt: skip
    disputed = gifts("changes", "--by", "Jane Doe").out
    assert disputed.startswith("1 change: 1 disputed.\n")
    assert "  by Jane Doe\n  why: “we never met”\n" in disputed
    assert [each["sort"] for each in gifts("changes", "--by", "bob", "--json").lines] == [
        "corrected"
    ]
    assert [each["position"] for each in gifts("changes", "--since", "#4", "--json").lines] == [4]


def test_what_was_erased_says_which_texts_and_hides_none_as_never_told(gifts: Here) -> None:
    correct(gifts, "purpose=a gift")
    gifts("append", "personal-data-erased", "--case", "house", "--subject", "p-1",
          "--legal-basis", "gdpr art. 17(1)(a)", "--others", "keep")  # fmt: skip
    told = gifts("changes", CASE).out
    assert told.startswith("2 changes: 1 corrected, 1 erased.\n")
    assert "Erased: personal data of p-1 (under gdpr art. 17(1)(a))" in told
    assert "  #2: purpose (erased)\n" in told
    assert "a talk" not in told
    corrected, erased = gifts("changes", CASE, "--json").lines
    assert erased["texts"] >= 2
    states = {field["before"]["state"] for field in corrected["fields"]}
    assert states == {"erased"}


def test_each_erasure_tells_what_it_destroyed_itself(gifts: Here) -> None:
    erase = ("append", "personal-data-erased", "--case", CASE, "--subject", "p-1",
             "--legal-basis", "gdpr art. 17(1)(a)", "--others")  # fmt: skip
    gifts(*erase, "keep")
    gifts(*erase, "keep")
    gifts(*erase, "keep", "--events", "2", "--fields", "recorded_by")
    gifts(*erase, "keep", "--events", "2")
    gone = [
        [(field["position"], field["name"]) for field in each["fields"]]
        for each in gifts("changes", CASE, "--json").lines
    ]
    assert gone == [[(2, "purpose")], [], [(2, "recorded_by")], []]


def test_another_name_for_a_party_is_a_change(gifts: Here) -> None:
    register = ("append", "party-registered", "--party", "p-1", "--type", "person", "--name")
    gifts(*register, "JANE  Doe", "--titles", "a chair")
    assert gifts("changes").out.startswith("Nothing was changed.\n")
    gifts(*register, "Mary Poe", "--again", "--as", "Bob")
    told = gifts("changes").out
    assert told.startswith("1 change: 1 renamed.\n")
    assert "Renamed: #3 registration of p-1\n  recorded " in told
    assert " by Bob, #4\n" in told
    assert "  name\n    before: “JANE Doe”\n    now:    “Mary Poe”\n" in told
    (change,) = gifts("changes", "house", "--json").lines
    assert (change["sort"], change["target_position"]) == ("renamed", 3)
    assert gifts("changes", CASE).out.startswith("Nothing was changed.\n")
    gifts("append", "correction", "--case", "house", "--target", "4", "--set", "name=Jane Doe")
    assert gifts("changes").out.startswith("1 change: 1 corrected.\n")


def test_known_by_a_day_before_nothing_was_changed(gifts: Here) -> None:
    correct(gifts, "stage=negotiation")
    gifts("changes", CASE, "--known-by", "2020-01-01", code=2)
    assert gifts("changes", "--known-by", "2020-01-01").out.startswith("As known by 2020-01-01")
