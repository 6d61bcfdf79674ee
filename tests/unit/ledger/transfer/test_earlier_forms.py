"""Entries in the forms that earlier versions recorded: they are restored, verify, and are read."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import event_id

from answerable.domain.errors import InvalidEvent
from answerable.domain.parsing import parse
from answerable.domain.terms.form import Form
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.ledger import verify_ledger

EARLIER: tuple[dict[str, Any], ...] = (
    {"kind": "decision-taken", "outcome": "a term of more than five words as there were"},
    {"kind": "allegation-made", "subject": "p-1", "conduct": "x",
     "clause": "because he lied to her, and for no other reason"},
    {"kind": "case-opened", "title": "t", "jurisdiction": "california"},
    {"kind": "disclosure-made", "recipient": "x", "withheld": ["all that was said"]},
    {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "amount": "12 FEI"},
)  # fmt: skip


def exported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Export what a ledger recorded that held texts to no form."""
    with monkeypatch.context() as patch, Ledger.create(folder / "a.db") as ledger:
        patch.setattr(Form, "__call__", lambda self, text, info: text)
        for number, fields in enumerate(EARLIER):
            event = {"case_id": f"case-{number}", "event_id": event_id(number + 1), **fields}
            ledger.append(event, recorded_by="jane")
        return list(exported_entries(ledger))


def test_what_was_recorded_in_earlier_forms_is_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = exported(tmp_path, monkeypatch)
    with Ledger.create(tmp_path / "b.db") as ledger:
        head = restore(ledger, lines(BytesIO(b"".join(line + b"\n" for line in entries))))
        assert head.size == len(EARLIER)
        assert verify_ledger(ledger, Trust(())).verified
        assert [event.kind for event in ledger.events()] == [each["kind"] for each in EARLIER]
    for fields in EARLIER:
        with pytest.raises(InvalidEvent):
            parse({"case_id": "c", **fields})


@pytest.mark.parametrize("outcome", ["Prose", "x" * 65, "two\nlines"])
def test_what_no_version_recorded_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    monkeypatch.setitem(EARLIER[0], "outcome", outcome)
    entries = exported(tmp_path, monkeypatch)
    with (
        Ledger.create(tmp_path / "b.db") as ledger,
        pytest.raises(InvalidEvent, match="outcome"),
    ):
        restore(ledger, lines(BytesIO(entries[0] + b"\n")))
