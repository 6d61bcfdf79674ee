"""Receipts: what the ledger answers to an append."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any, NamedTuple, overload

from answerable.domain.answers import as_dict, html_table
from answerable.domain.record import TreeHead
from answerable.ledger.store.rows import HEAD_OFFSET, ID_OFFSET, StoredRow

COLUMNS = ("position", "case_id", "version", "kind", "event_id", "recorded_at")
"""The columns that a notebook shows of receipts."""


class Receipt(NamedTuple):
    """The ledger's answer to an append.

    `duplicate`: the event was on record already, at this position, and nothing was added. `size`
    and `root` are the log's after the transaction that the event was in.
    """

    event_id: str
    case_id: str
    kind: str
    version: int
    position: int
    recorded_at: str
    leaf: bytes
    duplicate: bool
    size: int
    root: bytes

    def as_dict(self) -> dict[str, Any]:
        """Return the receipt as JSON has it, hashes in hexadecimal."""
        return as_dict(self)

    def _repr_html_(self) -> str:
        return html_table(COLUMNS, [self])


class Receipts(Sequence[Receipt]):
    """The receipts of a batch, in the order of its events, each made out when it is asked for.

    Args:
        answers: for each event the index of its row, or its receipt if it is on record already.
        repeated: which events of the batch repeat an earlier one of it.
        rows: the rows that were added.
        leaves: their leaf hashes.
        recorded_at: when they were recorded.
        head: the log's, with all of them.
    """

    def __init__(
        self,
        answers: Sequence[int | Receipt],
        repeated: Container[int],
        rows: Sequence[StoredRow],
        leaves: Sequence[bytes],
        recorded_at: str,
        head: TreeHead,
    ) -> None:
        self._answers = answers
        self._repeated = repeated
        self._rows = rows
        self._leaves = leaves
        self._recorded_at = recorded_at
        self._head = head

    @property
    def positions(self) -> range:
        """Return the positions of what was added."""
        first = self._rows[0][0] - 1 if self._rows else 0
        return range(first, first + len(self._rows))

    def __len__(self) -> int:
        return len(self._answers)

    @overload
    def __getitem__(self, index: int) -> Receipt: ...

    @overload
    def __getitem__(self, index: slice) -> list[Receipt]: ...

    def __getitem__(self, index: int | slice) -> Receipt | list[Receipt]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        answer = self._answers[index]
        if isinstance(answer, Receipt):
            return answer._replace(size=self._head.size, root=self._head.root)
        number, case_id, version, kind, entry = self._rows[answer]
        return Receipt(
            entry[ID_OFFSET:HEAD_OFFSET].decode(),
            case_id,
            kind,
            version,
            number - 1,
            self._recorded_at,
            self._leaves[answer],
            index % len(self) in self._repeated,
            self._head.size,
            self._head.root,
        )

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the receipts as JSON has them."""
        return [as_dict(receipt) for receipt in self]

    def _repr_html_(self) -> str:
        return html_table(COLUMNS, self)

    @property
    def added(self) -> int:
        """Return how many of the events were not on record before."""
        return len(self._rows)
