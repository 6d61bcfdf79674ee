"""From JSON to an event, or to an error that says which field is wrong."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from answerable.domain.errors import InvalidEvent
from answerable.domain.kinds import FAMILY
from answerable.domain.parsing import FORMS, any_event, parse, parse_line

ID = "019b8a5e-7c00-7000-8000-000000000001"
CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1"}


def refused(fields: Any) -> InvalidEvent:
    """The error that a line of JSON gives, which a dictionary gives too."""
    with pytest.raises(InvalidEvent) as of_line:
        parse_line(fields if isinstance(fields, bytes | str) else json.dumps(fields))
    if isinstance(fields, dict):
        with pytest.raises(InvalidEvent) as of_fields:
            parse(fields)
        assert str(of_fields.value) == str(of_line.value)
    return of_line.value


def test_a_line_and_its_fields_are_the_same_event() -> None:
    told = {
        **CONTACT,
        "event_id": ID,
        "occurred": "../2026-01-05",
        "basis": [ID],
        "sources": [{"title": "post", "url": "https://example.org"}],
        "initiators": ["p-1"],
    }
    assert parse(told) == parse_line(json.dumps(told)) == parse_line(json.dumps(told).encode())
    assert parse(CONTACT).standing == "asserted"


def test_every_kind_can_be_parsed() -> None:
    adapter = any_event()
    for kind in FAMILY:
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python({"kind": kind})
        assert caught.value.errors()[0]["loc"][0] == kind


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"colour": "red"}, "colour", "a contact-made has no such field."),
        ({"counterpartie": "x"}, "counterpartie", "a contact-made has no such field."),
        ({"case_id": "ACME"}, "case_id", "'ACME' must be a slug"),
        ({"case_id": "a" * 65}, "case_id", "must be a slug"),
        ({"case_id": "acme\n"}, "case_id", "must be a slug"),
        ({"case_id": 7}, "case_id", "7 must be a text, in quotes."),
        ({"event_id": ID.upper()}, "event_id", "must be a UUID of version 7 or 8 in lower case"),
        ({"event_id": ID.replace("-7", "-4")}, "event_id", "must be a UUID of version 7"),
        ({"basis": ["x"]}, "basis.0", "must be a UUID of version 7"),
        ({"occurred": "2026-02-29"}, "occurred", "February 2026 has 28 days"),
        ({"purpose": " \n"}, "purpose", "must not be blank"),
        ({"purpose": "x" * 1_000_001}, "purpose", "at most 1000000 characters"),
        ({"channel": "Social Media"}, "channel", "must be a term in lower case"),
        ({"stage": "marriage"}, "stage", "must be one of 'contact', 'negotiation' or 'contract'"),
        ({"sources": [{"digest": "sha1:00"}]}, "sources.0.digest", "must be `sha256:`"),
        ({"sources": [{"url": "a b"}]}, "sources.0.url", "must match"),
        ({"sources": [{"link": "x"}]}, "sources.0.link", "no such field"),
        ({"standing": None}, "standing", "must be one of 'asserted'"),
    ],
)
def test_an_error_names_the_field(fields: Any, field: str, message: str) -> None:
    error = refused({**CONTACT, **fields})
    assert error.field == field
    assert message in error.message
    assert error.exit_code == 3


def test_a_field_that_is_missing() -> None:
    error = refused({"kind": "contact-made", "case_id": "acme"})
    assert str(error) == "counterparty: is required, and is not there."


def test_the_nearest_field_is_named() -> None:
    assert refused({**CONTACT, "counterpary": "x"}).hint == "Did you mean counterparty?"
    assert (refused({**CONTACT, "zzz": 1}).hint or "").startswith("It has: case_id, kind,")


def test_more_than_one_thing_is_wrong() -> None:
    error = refused({**CONTACT, "zzz": 1, "stage": "x", "case_id": "!"})
    assert (error.hint or "").endswith("(2 more.)")


def test_a_kind_that_is_not_there() -> None:
    hint = refused({"kind": "contact-maid"}).hint or ""
    assert hint.startswith("Did you mean contact-made, contact or")
    assert refused({"case_id": "acme"}).field == "kind"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "this is not JSON"),
        ("{", "this is not JSON"),
        (b'{"kind": "contact-made"', "this is not JSON"),
        ('{"kind": "contact-made"} {}', "this is not JSON"),
        ('"\\ud800"', "this is not JSON"),
        ("[]", "an event must be a JSON object."),
        ('"contact-made"', "an event must be a JSON object."),
        ("null", "an event must be a JSON object."),
        ("[" * 100_000, "this is not JSON"),
    ],
)
def test_a_line_that_is_no_event(line: bytes | str, message: str) -> None:
    assert message in refused(line).message


def test_an_error_quotes_no_more_than_a_little() -> None:
    assert len(str(refused({**CONTACT, "case_id": "x" * 1_000_000}))) < 400


def test_each_pattern_of_the_fields_has_words() -> None:
    assert all(words.startswith("must ") for words in FORMS.values())
