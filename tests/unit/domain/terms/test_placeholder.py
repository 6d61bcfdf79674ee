"""Hold that what was copied from a suggestion is no text, and what is on record readable."""

from typing import Any

import pytest

from answerable.domain.corrections import check_correction
from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.record import Correction
from answerable.domain.parsing import parse
from answerable.domain.terms.form import AS_RECORDED
from answerable.domain.terms.placeholder import check_told

ID = "019b8a5e-7c00-7000-8000-000000000001"
SAID = "stands for what only you know"

PASTED: list[dict[str, Any]] = [
    {"kind": "party-registered", "case_id": "house", "party": "p-9", "type": "person", "name": "…"},
    {
        "kind": "party-registered",
        "case_id": "house",
        "party": "p-9",
        "type": "person",
        "name": "Jane Doe",
        "aliases": ["…"],
    },
    {"kind": "case-opened", "case_id": "acme", "title": "..."},
    {"kind": "case-opened", "case_id": "acme", "title": " … "},
    {"kind": "allegation-made", "case_id": "acme", "subject": "p-9", "conduct": "…"},
    {
        "kind": "personal-data-erased",
        "case_id": "acme",
        "subject": "p-9",
        "legal_basis": "…",
    },
    {"kind": "contact-made", "case_id": "acme", "counterparty": "k", "sources": [{"title": "…"}]},
    {"kind": "contact-made", "case_id": "acme", "counterparty": "k", "sources": [{"url": "…"}]},
]


@pytest.mark.parametrize("fields", PASTED)
def test_a_placeholder_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent, match=SAID):
        parse(fields)


@pytest.mark.parametrize("fields", PASTED)
def test_a_placeholder_on_record_stays_readable(fields: dict[str, Any]) -> None:
    model(fields["kind"]).model_validate(fields, context=AS_RECORDED)


def test_no_correction_says_a_placeholder() -> None:
    correction = Correction(case_id="acme", target=ID, fields={"conduct": "…"})
    with pytest.raises(Refused, match=f"^fields.conduct: '…' {SAID}"):
        check_correction(correction, "allegation-made", dict.fromkeys(FAMILY).get)


@pytest.mark.parametrize("text", ["……", "well…", "a ... b", "....", "?"])
def test_what_says_something_is_kept(text: str) -> None:
    assert check_told(text) == text
