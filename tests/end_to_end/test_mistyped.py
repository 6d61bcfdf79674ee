"""What is likely mistyped is asked about: a case that nobody opened, a year, a pseudonym."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from tests.end_to_end.conftest import Cli

CONTACT = ("contact", "--counterparty", "org-7", "--case")


def jsonl(events: Iterable[dict[str, str]]) -> str:
    return "\n".join(map(json.dumps, events))


def contact(case_id: str) -> dict[str, str]:
    return {"kind": "contact-made", "case_id": case_id, "counterparty": "org-7"}


def opening(case_id: str) -> dict[str, str]:
    return {"kind": "case-opened", "case_id": case_id, "title": "Gifts from a supplier"}


@pytest.fixture
def acme(cli: Cli) -> Cli:
    cli("init")
    cli("import", "-", stdin=json.dumps(opening("acme")))
    return cli


@pytest.mark.parametrize("typed", ["acne", "gifts-supplier", "acme2"])
def test_a_case_that_is_not_there_is_refused_with_what_was_meant(acme: Cli, typed: str) -> None:
    state = acme.state
    said = acme("append", *CONTACT, typed, code=3).err
    assert f"there is no case '{typed}', and only case-opened starts one." in said
    assert "Did you mean acme (Gifts from a supplier)?" in said
    assert "--new-case" in said
    error = acme("append", *CONTACT, typed, "--json", code=3).error
    assert (error["error"], error["field"]) == ("UnknownCase", "case_id")
    assert acme.state == state


def test_a_case_starts_where_that_is_said(acme: Cli) -> None:
    dry = acme("append", *CONTACT, "other", "--dry-run", code=3)
    assert "Did you mean" not in dry.err
    assert acme.append(*CONTACT, "other", "--new-case")["version"] == 1
    assert acme.append(*CONTACT, "other", "--again")["version"] == 2
    assert acme.append("case-opened", "--case", "third", "--title", "x")["version"] == 1


def test_the_register_of_the_house_needs_no_opening(acme: Cli) -> None:
    register = ("party-registered", "--party", "p-1", "--type", "person")
    assert acme.append(*register)["case_id"] == "house"
    said = acme("append", *register, "--case", "hous", code=3).err
    assert "Did you mean house?" in said


def test_an_import_starts_the_cases_that_it_opens_on_any_line(acme: Cli) -> None:
    lines = jsonl([contact("c"), contact("acme"), contact("d"), opening("d"), opening("c")])
    for way in (("--dry-run",), ()):
        told = acme("import", "-", "--batch", "1", "--json", *way, stdin=lines).json
        assert told["recorded"] == 5
    assert acme.append(*CONTACT, "d", "--again")["version"] == 3


@pytest.mark.parametrize("way", [(), ("--dry-run",)])
def test_an_import_names_the_line_of_a_case_that_nobody_opens(
    acme: Cli, way: tuple[str, ...]
) -> None:
    lines = jsonl([contact("acme"), contact("acne"), opening("c")])
    error = acme("import", "-", "--batch", "1", "--json", *way, stdin=lines, code=3).error
    assert (error["error"], error["line"]) == ("UnknownCase", 2)
    assert "Did you mean acme" in error["hint"]
    told = acme("import", "-", "--new-cases", "--again", "--json", *way, stdin=lines).json
    assert told["recorded"] == 3


def test_a_date_far_ahead_is_to_be_planned(acme: Cli) -> None:
    far = (*CONTACT, "acme", "--occurred", "2262-01-05")
    error = acme("append", *far, "--json", code=3).error
    assert (error["error"], error["field"]) == ("FarAhead", "occurred")
    assert "Is the year right?" in error["hint"]
    assert "--planned" in error["hint"]
    assert acme.append(*far, "--planned")["position"] == 1
    wrong = ("correction", "--case", "acme", "--target", "1", "--reason", "x")
    refused = acme("append", *wrong, "--set", "occurred=2263", "--json", code=3)
    assert refused.error["field"] == "fields.occurred"


def test_an_unregistered_party_is_noted_on_the_receipt_with_who_was_meant(acme: Cli) -> None:
    acme.append("party-registered", "--party", "org-7", "--type", "organisation", "--name", "Foo")
    told = acme("append", "contact", "--case", "acme", "--counterparty", "org-8")
    assert "Nobody is registered as org-8. Did you mean org-7 (Foo)?" in told.err
    receipt = acme.append("contact", "--case", "acme", "--counterparty", "org-8", "--again")
    assert receipt["unregistered"] == ["org-8"]
    known = acme("append", *CONTACT, "acme")
    assert "registered" not in known.err
    lines = jsonl([contact("acme"), {**contact("acme"), "counterparty": "p-9"}])
    assert acme("import", "-", "--json", stdin=lines).json["unregistered"] == ["p-9"]


def test_what_is_meant_is_named_without_signs_that_move_a_terminal(acme: Cli) -> None:
    acme("import", "-", stdin=json.dumps({**opening("other"), "title": "Gi\0fts \x1b[31m\u202e"}))
    said = acme("status", "--case", "othr", code=2).err
    assert r"Did you mean other (Gi\u0000fts \u001b[31m\u202e)?" in said
