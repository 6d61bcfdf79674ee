"""Say how much of a ledger was carried over, and how far it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.ledger.moving.moves import Moved


def what_came(moved: Moved) -> str:
    """Say how much is there now: entries, sealed texts, checkpoints."""
    record = moved.report.record
    erased = f" ({record.erased:,} erased)" if record.erased else ""
    texts = counted(record.disclosures, "sealed text", "sealed texts")
    return f"{counted(record.size, 'entry', 'entries')} and {texts}{erased}, verified"


def signed_line(moved: Moved) -> str | None:
    """Say how far it is signed, and by what log; None where nothing is."""
    last = moved.report.signed.last
    if last is None:
        return None
    size, origin = last.checkpoint.size, last.checkpoint.origin
    return f"Signed: the first {counted(size, 'entry', 'entries')}, by {origin}."


def told(moved: Moved) -> dict[str, Any]:
    """Return what programs are told."""
    record, carried = moved.report.record, moved.carried
    last = moved.report.signed.last
    return {
        "size": carried.size,
        "root": carried.root.hex(),
        "added": carried.added,
        "texts": record.disclosures,
        "erased": record.erased,
        "erased_now": carried.erased,
        "signed": None if last is None else last.checkpoint.size,
    }
