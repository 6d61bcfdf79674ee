"""A snapshot of a ledger, of which many questions are asked one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from answerable.domain.errors import AnswerableError
from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Store
from answerable.ledger.store.queries import log_size


class Snapshot:
    """Keeps one unchanging view of a ledger for the questions of one thread.

    Args:
        store: holds the ledger.

    Attributes:
        looks: how often the ledger was looked at.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._views: list[tuple[AbstractContextManager[Cursor], Cursor]] = []
        self._cursor: Cursor | None = None
        self._size: int | None = None
        self.looks = 0

    def keep(self) -> None:
        """Keep to the entries that are seen now, and let no later one in."""
        with self.reading() as cursor:
            self._size = log_size(cursor)

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """Give a cursor over the view.

        After an error another view is looked at: in a transaction that failed, a server answers
        nothing more.

        Raises:
            StorageFailed: something was recorded meanwhile, so that none is left to look at.
        """
        cursor = self._cursor = self._cursor or self._anew()
        if cursor is None:
            raise StorageFailed(
                f"what was asked of {self._store.name} failed on the way, and something was "
                "recorded since, so that the answer would be of two moments.",
                hint="Ask again.",
            )
        with self._store.errors():
            try:
                yield cursor.beside()
            except AnswerableError:
                raise
            except Exception:
                self._cursor = None
                raise

    def renew(self) -> bool:
        """Look at the ledger anew, for what was written to its indexes.

        Returns:
            Whether the record is as it was; where it is not, the view stays what it was.
        """
        if self._size is None:
            self.end()
        found = self._anew()
        self._cursor = found or self._cursor
        return found is not None

    def _anew(self) -> Cursor | None:
        """Look at the ledger; None where something was recorded since it was first looked at."""
        self.looks += 1
        view = self._store.reading()
        cursor = view.__enter__()
        if self._size is not None and log_size(cursor) != self._size:
            view.__exit__(None, None, None)
            return None
        self._views.append((view, cursor))
        return cursor

    def end(self) -> None:
        """Let go of all that was looked at.

        Raises:
            StorageFailed: a file that is read without locks was written to on the way.
        """
        found: AnswerableError | None = None
        while self._views:
            view, cursor = self._views.pop()
            try:
                view.__exit__(None, None, None)
            except AnswerableError as error:
                # What went wrong in a view that was given up, was told to whoever asked.
                if cursor is self._cursor:
                    found = error
        if found is not None:
            raise found
