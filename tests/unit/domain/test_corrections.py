"""What a correction may say of its target."""

from typing import Any

import pytest

from answerable.domain.corrections import check_correction
from answerable.domain.errors import Refused
from answerable.domain.kinds.record import Correction

ID = "019b8a5e-7c00-7000-8000-000000000001"
OTHER = "019b8a5e-7c00-7000-8000-000000000002"
NOWHERE = "019b8a5e-7c00-7000-8000-00000000dead"
ON_RECORD = {ID: "sanction-imposed", OTHER: "contact-made"}
OTHER = "019b8a5e-7c00-7000-8000-000000000002"
NOWHERE = "019b8a5e-7c00-7000-8000-000000000003"

RECORD = {ID: "contact-made", OTHER: "backlash-observed"}
"""The kinds of the events on record; the corrections here are of the first."""


def correction(**given: Any) -> Correction:
    return Correction(case_id="acme", target=ID, **given)


def settled_as(kind: str, **given: Any) -> Correction:
    return check_correction(correction(**given), kind, ON_RECORD.get)


def test_sealed_fields_are_set_apart() -> None:
    settled = settled_as(
        "sanction-imposed",
        fields={"period": "2025", "reason": "as told later"},
        reason="a slip",
    )
    assert settled.fields == {"period": "2025"}
    assert settled.sealed_fields == {"reason": "as told later"}
    assert settled.reason == "a slip"
    assert check_correction(settled, "sanction-imposed", RECORD.get) == settled


def test_a_public_field_among_the_sealed_ones_is_public() -> None:
    settled = check_correction(
        correction(sealed_fields={"days": 5, "role_then": "clerk"}),
        "sanction-imposed",
        RECORD.get,
    )
    assert (settled.fields, settled.sealed_fields) == ({"days": 5}, {"role_then": "clerk"})


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("sanction-imposed", {"amount": "12.50 EUR", "due": "2026-03", "announced_by": "p-1"}),
        ("sanction-imposed", {"amount": None, "reason": None}),
        ("contact-made", {"initiators": ["p-1", "p-2"], "occurred": "../2026"}),
        ("contact-made", {"basis": [OTHER], "sources": [{"title": "post"}]}),
        ("contact-made", {"standing": "disputed", "stage": "contract"}),
        ("counterparty-barred", {"from": "2026-01-05"}),
    ],
)
def test_what_a_field_can_hold(kind: str, fields: dict[str, Any]) -> None:
    settled = check_correction(correction(fields=fields), kind, RECORD.get)
    assert {**settled.fields, **settled.sealed_fields} == fields


@pytest.mark.parametrize(
    ("kind", "fields", "where", "message"),
    [
        ("contact-made", {}, "fields", "the correction corrects nothing."),
        ("contact-made", {"colour": "red"}, "fields.colour", "a contact-made has no field"),
        ("contact-made", {"from_": "2026"}, "fields.from_", "a contact-made has no field"),
        ("contact-made", {"event_id": ID}, "fields.event_id", "cannot be corrected"),
        ("contact-made", {"case_id": "acne"}, "fields.case_id", "cannot be corrected"),
        ("contact-made", {"kind": "recused"}, "fields.kind", "cannot be corrected"),
        ("sanction-executed", {"sanction": ID}, "fields.sanction", "cannot be corrected"),
        ("contact-made", {"counterparty": None}, "fields.counterparty", "cannot do without"),
        ("contact-made", {"counterparty": "Xu Fei"}, "fields.counterparty", "pattern"),
        ("contact-made", {"occurred": "2026-13"}, "fields.occurred", "not a date"),
        ("contact-made", {"stage": "marriage"}, "fields.stage", "should be 'contact'"),
        ("contact-made", {"initiators": "p-1"}, "fields.initiators", "valid"),
        ("contact-made", {"purpose": " "}, "fields.purpose", "pattern"),
        ("contact-made", {"purpose": 7}, "fields.purpose", "valid string"),
        ("sanction-imposed", {"days": "5"}, "fields.days", "valid integer"),
        ("sanction-imposed", {"days": True}, "fields.days", "valid integer"),
        ("contact-made", {"basis": [NOWHERE]}, "fields.basis", "there is no event"),
        ("contact-made", {"basis": [OTHER, ID]}, "fields.basis", "cannot rest on itself"),
        ("decision-taken", {"authority": OTHER}, "fields.authority", "not authority-granted"),
        ("sanction-imposed", {"days": 0}, "fields.days", "greater than or equal to 1"),
    ],
)
def test_what_is_refused(kind: str, fields: dict[str, Any], where: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        check_correction(correction(fields=fields), kind, RECORD.get)
    assert caught.value.field == where
    assert message in caught.value.message
