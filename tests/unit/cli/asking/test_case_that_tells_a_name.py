"""Report to the public on a case whose id tells a name: it stands everywhere, and that is said."""

from typing import Any

import pytest
from tests.unit.cli.conftest import Here

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger

EVENTS: tuple[dict[str, Any], ...] = (
    {"kind": "case-opened", "title": "Of gifts"},
    {"kind": "allegation-made", "subject": "p-1", "conduct": "took gifts"},
    {"kind": "party-registered", "party": "p-1", "type": "person", "name": "Zebulon Quist"},
)


@pytest.mark.parametrize(("case", "warned"), [("zebulon-gifts", True), ("gifts", False)])
def test_an_id_that_tells_a_name_is_told_of(here: Here, case: str, warned: bool) -> None:
    with Ledger.create(here.folder / "answerable.db") as ledger:
        for fields in EVENTS:
            ledger.append(parse({**fields, "case_id": case}), recorded_by="Jo")
    said = here("report", case, "--for", "public").err
    assert ("tells a part of the name of somebody" in said) is warned
    assert "tells a part" not in here("report", case, "--for", "board").err
