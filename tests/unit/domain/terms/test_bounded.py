"""A number that nobody means is refused; what is on record already stays readable."""

from typing import Any

import pytest

from answerable.domain.corrections import check_correction
from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.kinds import model
from answerable.domain.kinds.record import Correction
from answerable.domain.parsing import parse
from answerable.domain.terms.form import AS_RECORDED

ID = "019b8a5e-7c00-7000-8000-000000000001"
SANCTION = {
    "kind": "sanction-imposed",
    "case_id": "acme",
    "subject": "p-1",
    "measure": "suspension",
}
BACKLASH = {"kind": "backlash-observed", "case_id": "acme"}
SAID = "must be a number of at most [0-9,]+"


@pytest.mark.parametrize(
    ("event", "field", "most"),
    [(SANCTION, "days", 365_250), (BACKLASH, "size", 999_999_999_999_999)],
)
def test_a_number_is_bounded(event: dict[str, Any], field: str, most: int) -> None:
    assert parse({**event, field: most}).told(field) == most
    for far in (most + 1, 99_999_999_999_999_999_999):
        with pytest.raises(InvalidEvent, match=SAID):
            parse({**event, field: far})
        kept = model(event["kind"]).model_validate({**event, field: far}, context=AS_RECORDED)
        assert kept.told(field) == far


def test_no_correction_says_such_a_number() -> None:
    correction = Correction(case_id="acme", target=ID, fields={"days": 10**20})
    with pytest.raises(Refused, match=SAID):
        check_correction(correction, "sanction-imposed", {ID: "sanction-imposed"}.get)
