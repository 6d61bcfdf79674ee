"""What may stand in the open: terms, citations and jurisdictions, and no prose."""

import re
from typing import Annotated

import pytest
from pydantic import AfterValidator, BaseModel, TypeAdapter

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event
from answerable.domain.fields import TERM, Refers, markers
from answerable.domain.kinds import FAMILY, model
from answerable.domain.parsing import parse
from answerable.domain.terms.citation import check_citation
from answerable.domain.terms.currency import check_currency
from answerable.domain.terms.form import AS_RECORDED, EARLIER_CITATION, EARLIER_TERM, Form
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
     "Art. 6 Abs. 1 lit. c DSGVO", "《劳动合同法》第39条", "第三十九条第（二）项",
     "国发〔2019〕5号",
     "労働基準法第89条第1項", "loi n° 2016-1691 art. 8", "Закон № 273-ФЗ ст. 13.3", "ICC ¶ 12",
     "भारतीय दंड संहिता धारा 420", "พ.ร.บ. คุ้มครองแรงงาน มาตรา 119", "قانون العمل المادة 80",
     "قانون کار ماده ۲۷", "می\u200cشود 3", "code e\u0301lectoral art. 3",
     "第三十九条 其他 规定 之 一"],
)  # fmt: skip
def test_a_citation(text: str) -> None:
    assert check_citation(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " code 4", "code 4 ", "code  4", "code\n4", "a|b", "<b>", "x" * 81,
     "code\u00a04", "code\u200b4", "code\u202e4", "code\x004", "😀 4",
     "a+b", "\"a\"",
     "because he lied to her", "on 3 May he lied to her about all the gifts"],
)  # fmt: skip
def test_what_cites_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="sealed field"):
        check_citation(text)


@pytest.mark.parametrize("text", ["12000.00 CNY", "0 EUR", "300 DEM", "1 XAU"])
def test_a_currency(text: str) -> None:
    assert check_currency(text) == text


@pytest.mark.parametrize("text", ["12 FEI", "12 LEE", "12 cny", "12", ""])
def test_what_is_no_currency(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        check_currency(text)


def test_a_field_that_was_withheld_is_one_that_is_sealed() -> None:
    told = {"kind": "disclosure-made", "case_id": "c", "recipient": "x"}
    parse({**told, "withheld": ["summary", "recorded_by", "signature", "sealed_fields"]})
    for name in ("xu_fei", "subject", "", "Summary"):
        with pytest.raises(InvalidEvent, match=r"withheld\.0: .* field that is sealed"):
            parse({**told, "withheld": [name]})


@pytest.mark.parametrize(
    ("earlier", "text"),
    [(EARLIER_TERM, "a term of more than five words as there were"),
     (EARLIER_CITATION, "because he lied to her, and for no other reason")],
)  # fmt: skip
def test_what_is_on_record_is_held_to_the_form_it_had(earlier: str, text: str) -> None:
    def refuse(text: str) -> str:
        raise ValueError("no")

    kept = TypeAdapter(Annotated[str, AfterValidator(Form(refuse, earlier))])
    assert kept.validate_python(text, context=AS_RECORDED) == text
    for wrong, context in ((text, None), (" ", AS_RECORDED), ("a\nb", AS_RECORDED)):
        with pytest.raises(ValueError, match="no"):
            kept.validate_python(wrong, context=context)


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
FORMED = ("Amount", "Digest", "Edtf", "EventId", "Size", "VerifierKey", "ZoneName")


@pytest.mark.parametrize("kind", FAMILY)
def test_no_text_stands_in_the_open_that_is_neither_of_a_form_nor_held_to_be_no_name(
    kind: str,
) -> None:
    """So a new field is sealed, of a closed form, or looked at for names."""
    from answerable.domain import fields
    from answerable.domain.kinds.record import FieldName

    made: type[Event] = model(kind)
    made_of = (*(getattr(fields, name) for name in FORMED), FieldName)
    forms = [each.__metadata__ for each in made_of]
    for name, attribute in made.attributes.items():
        info = made.model_fields[attribute]
        marks = [*info.metadata, *markers(info.annotation)]
        if name in made.sealed or name in ("case_id", "kind", "fields", "sealed_fields"):
            continue
        # The words that a closed list has are none of the producer's.
        told = re.sub(r"Literal\[[^]]*\]", "", str(info.annotation))
        free = "str" in told.lower()
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
