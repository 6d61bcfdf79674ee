"""What whoever records says that they mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.parsing import parse
from answerable.ledger.entry.errors import FarAhead, UnknownCase
from answerable.ledger.entry.intent import AHEAD, ANYTHING, CAREFUL, FAR_AHEAD, Intent
from answerable.ledger.ledger import Ledger

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
BAR = {"kind": "counterparty-barred", "case_id": "acme", "counterparty": "org-7"}


def passes(fields: dict[str, str]) -> bool:
    try:
        CAREFUL.check_dates(parse(fields), None, NOW)
    except FarAhead:
        return False
    return True


@given(st.dates(NOW.date() - timedelta(40_000), NOW.date() + timedelta(40_000)))
def test_a_date_is_far_ahead_beyond_the_span_of_its_field(day: object) -> None:
    moment = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    assert passes({**CONTACT, "occurred": str(day)}) == (moment <= NOW + AHEAD)
    assert passes({**BAR, "until": str(day)}) == (moment <= NOW + FAR_AHEAD)


@pytest.mark.parametrize(
    ("date", "passing"),
    [("2027", True), ("2027-03-02", True), ("2027-03-03", False), ("2028", False),
     ("../2062-01-05", False), ("2026/..", True), ("2026/2062", True), ("202X", True),
     ("206X", False), ("2062~", False)],
)  # fmt: skip
def test_it_is_held_by_the_earliest_day_and_else_by_the_latest(date: str, passing: bool) -> None:
    assert passes({**CONTACT, "occurred": date}) == passing


def test_whoever_means_it_may(tmp_path: Path) -> None:
    far = {**CONTACT, "occurred": "2062"}
    with Ledger.create(tmp_path / "a.db", clock=lambda: NOW) as ledger:
        for intent, error in ((CAREFUL, UnknownCase), (Intent({"acme"}, planned=False), FarAhead)):
            with pytest.raises(error):
                ledger.append(far, recorded_by="jane", intent=intent)
        assert len(ledger) == 0
        assert ledger.append(far, recorded_by="jane").version == 1
        assert ledger.intent == ANYTHING
    with Ledger.open(tmp_path / "a.db", clock=lambda: NOW, intent=CAREFUL) as ledger:
        with pytest.raises(UnknownCase, match="Did you mean acme"):
            ledger.append({**CONTACT, "case_id": "acne"}, recorded_by="jane")
        assert ledger.append(CONTACT, recorded_by="jane").version == 2


def test_a_title_is_in_no_error_that_a_program_may_log(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        opening = {"kind": "case-opened", "case_id": "2026-014", "title": "Gifts to Xu"}
        ledger.append(opening, recorded_by="jane")
        with pytest.raises(UnknownCase) as refused:
            ledger.append({**CONTACT, "case_id": "gifts-xu"}, recorded_by="jane", intent=CAREFUL)
    assert "2026-014" in str(refused.value)
    assert "Xu" not in str(refused.value)
    assert "Did you mean 2026-014 (Gifts to Xu)?" in refused.value.cli_text()
