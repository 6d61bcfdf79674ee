"""Give the rows of a sheet to an import: each is a part of a source that tells several drafts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.event import Event
from answerable.ledger.transfer.drafts import Draft
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.mark import Mark
from answerable.ledger.transfer.resolving.source_keys import event_id_at
from answerable.ledger.transfer.sheet.errors import Misfit
from answerable.ledger.transfer.sheet.files.cells import Sheet
from answerable.ledger.transfer.sheet.mapping import MappedRow, SheetMapping
from answerable.ledger.transfer.sheet.parties import REGISTRATION

OPENING = "case-opened"


class SheetRow(NamedTuple):
    """A row as a part of a source (`answerable.ledger.transfer.drafts.Part`).

    Attributes:
        mapped: what became of it.
        mark: its number, and the digest of the sheet up to its end.
        length: how many characters stand in it.
    """

    mapped: MappedRow
    mark: Mark
    length: int

    @property
    def place(self) -> str:
        """Return how messages call it."""
        return f"row {self.mark.lines:,}"

    def drafts(self) -> Sequence[Event | Draft]:
        """Return the events that it tells.

        One without a key gets an id that is made of the sheet up to this row, so that the same
        sheet adds nothing when it is imported again.

        Raises:
            Flaws: it does not fit.
        """
        if self.mapped.misfits:
            raise Flaws(
                InvalidEvent(
                    f"{misfit.value!r:.80} {misfit.what}." if misfit.value else f"{misfit.what}.",
                    field=misfit.column,
                    hint=f"Allowed: {misfit.allowed}." if misfit.allowed else None,
                )
                for misfit in self.mapped.misfits
            )
        drafts: list[Draft] = []
        number = 0
        for each in self.mapped.drafts:
            fields = dict(each.fields)
            if fields["kind"] != REGISTRATION or "key" in fields:
                if "key" not in fields and fields.get("event_id") is None:
                    fields["event_id"] = event_id_at(self.mark.digest, number)
                number += 1
            drafts.append(Draft(fields))
        return drafts

    def opened(self) -> Sequence[str]:
        """Return the cases that it opens."""
        return [
            each.fields["case_id"] for each in self.mapped.drafts if each.fields["kind"] == OPENING
        ]

    def refs(self) -> Sequence[str]:
        """Return the names by which later rows may call its events."""
        return [each.fields["ref"] for each in self.mapped.drafts if "ref" in each.fields]

    def cell(self, field: str | None) -> tuple[str | None, str]:
        """Return the column that a field comes from, and what stands there."""
        name = (field or "").partition(".")[0]
        for each in self.mapped.drafts:
            if name in each.cells:
                return each.cells[name]
        return None, ""


def sheet_rows(
    sheet: Sheet, mapping: SheetMapping, without: Container[int] = ()
) -> Iterator[SheetRow]:
    """Yield the rows of a sheet, mapped.

    Args:
        sheet: the sheet.
        mapping: its map, at the start.
        without: the numbers of rows to leave out.
    """
    running = sha256("\x1f".join(sheet.columns).encode())
    rows = (row for row in sheet.rows() if row.number not in without)
    for mapped in mapping.rows(rows):
        told = "\x1f".join(f"{name}\x1e{cell}" for name, cell in mapped.row.cells.items())
        running.update(b"\x1d" + told.encode("utf-8", "surrogatepass"))
        yield SheetRow(mapped, Mark(mapped.row.number, running.digest()), len(told))


def as_misfit(row: SheetRow, error: AnswerableError) -> Misfit:
    """Say of a cell what an error says of the field that was made of it."""
    column, _ = row.cell(error.field)
    what = error.message.rstrip(".")
    if column is None:
        what = f"{error.field}: {what}" if error.field else what
    hint = (error.cli_hint or "").rstrip(".")
    return Misfit(row.mark.lines, column, "", f"{what}{f'. {hint}' if hint else ''}")
