"""What may stand in the open: terms, citations and jurisdictions, and no prose."""

import pytest
from pydantic import BaseModel

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.fields import TERM, Refers, markers
from answerable.domain.kinds import FAMILY, model
from answerable.domain.parsing import parse
from answerable.domain.terms.citation import check_citation
from answerable.domain.terms.jurisdiction import check_jurisdiction
from answerable.domain.terms.term import check_term


@pytest.mark.parametrize(
    "text",
    [
        "gifts",
        "social media",
        "no-action",
        "c-suite",
        "a/b",
        "a b c d e/f g",
        "rescind part of the censure",
    ],
)
def test_a_term(text: str) -> None:
    assert check_term(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " gifts", "Gifts", "gifts ", "a  b", "a--b", "a, b", "gèfts", "x" * 65, "a b c d e f",
     "he met xu fei at the fair", "line\nbreak", "-a"],
)  # fmt: skip
def test_what_is_no_term(text: str) -> None:
    with pytest.raises(ValueError, match="sealed field"):
        check_term(text)


@pytest.mark.parametrize(
    "text",
    ["code-of-conduct 4.2", "gdpr art. 17(1)(a)", "gdpr", "PRC Labour Contract Law art. 39(2)",
     "zpo § 142", "§ 823 BGB", "劳动合同法 第39条", "employment rights act", "code 7",
     "Art. 6 Abs. 1 lit. c DSGVO"],
)  # fmt: skip
def test_a_citation(text: str) -> None:
    assert check_citation(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " code 4", "code 4 ", "code  4", "code\n4", "a|b", "<b>", "x" * 81,
     "because he lied to her", "on 3 May he lied to her about all the gifts"],
)  # fmt: skip
def test_what_cites_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="sealed field"):
        check_citation(text)


@pytest.mark.parametrize("text", ["cn", "eu", "uk", "us-ca", "de-by", "ch-zh", "fr-75"])
def test_a_jurisdiction(text: str) -> None:
    assert check_jurisdiction(text) == text


@pytest.mark.parametrize("text", ["", "CN", "xu", "fei", "us-", "us-calif", "us_ca", "europe"])
def test_what_is_no_jurisdiction(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 3166"):
        check_jurisdiction(text)


def test_prose_is_refused_in_every_way_in() -> None:
    fields = {"kind": "decision-taken", "case_id": "c", "outcome": "she is to go at once, he said"}
    with pytest.raises(InvalidEvent, match=r"outcome: .* must be a term"):
        parse(fields)


# Fields of a form of their own, which no words fit.
FORMED = ("Amount", "Digest", "Edtf", "EventId", "FieldName", "Jurisdiction", "VerifierKey")


@pytest.mark.parametrize("kind", FAMILY)
def test_no_text_stands_in_the_open_that_is_neither_of_a_form_nor_held_to_be_no_name(
    kind: str,
) -> None:
    """So a new field is sealed, of a closed form, or looked at for names."""
    from answerable.domain import fields

    made: type[Event] = model(kind)
    forms = [getattr(fields, name).__metadata__ for name in FORMED]
    for name, attribute in made.attributes.items():
        info = made.model_fields[attribute]
        marks = [*info.metadata, *markers(info.annotation)]
        if name in made.sealed or name in ("case_id", "kind", "fields", "sealed_fields"):
            continue
        free = "str" in str(info.annotation) or "string" in str(info.annotation).lower()
        closed = any(isinstance(mark, Refers) for mark in marks) or any(
            all(part in marks for part in form) for form in forms
        )
        if free and not closed:
            assert TERM in marks or name in made.parties, (kind, name)
    assert not {*made.terms} & {*made.sealed}


def test_a_correction_is_held_to_the_same() -> None:
    from answerable.domain.corrections import check_correction
    from answerable.domain.kinds.record import Correction

    target = "019b8a5e-7c00-7000-8000-000000000001"
    wrong = Correction(case_id="c", target=target, fields={"channel": "he told me so at the fair"})
    with pytest.raises(Refused, match="must be a term"):
        check_correction(wrong, "contact-made", lambda _: None)


def test_sources_are_models_of_their_own_and_sealed() -> None:
    for kind in FAMILY:
        made = model(kind)
        assert "sources" in made.sealed
        assert issubclass(made, BaseModel)
