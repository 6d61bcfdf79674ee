"""A check of the whole record, told while it goes on; one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from queue import Queue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from answerable.domain.errors import AnswerableError
from answerable.projections.pages.browsing.verification import (
    not_verified_words,
    progress_words,
    verified_words,
)

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.ledger.ledger import Ledger
    from answerable.ledger.verify.ledger import LedgerReport

TIMES = 20
"""Count the times that a check tells how far it has come."""


class Checks:
    """Checks of a ledger, of which one goes on at a time.

    Args:
        ledger: the ledger.
        memory: the file beside its private keys, which remembers what was signed.
    """

    def __init__(self, ledger: Ledger, memory: Path | None) -> None:
        self._ledger, self._memory, self._lock = ledger, memory, Lock()

    def check(self) -> Iterator[str] | None:
        """Begin a check; None where one goes on.

        Returns:
            Pieces of HTML: how far it has come, and at last what it came to.
        """
        return self._told() if self._lock.acquire(blocking=False) else None

    def _told(self) -> Iterator[str]:
        size = len(self._ledger)
        done: Queue[int | LedgerReport | AnswerableError] = Queue()

        def work() -> None:
            try:
                done.put(self._verified(done))
            except AnswerableError as error:
                done.put(error)
            finally:
                self._lock.release()

        # It speaks the language of whoever asked.
        Thread(target=copy_context().run, args=(work,), name="check", daemon=True).start()
        at, told = 0, 0
        while isinstance(more := done.get(), int):
            at += more
            if at * TIMES // max(size, 1) > told:
                told = at * TIMES // max(size, 1)
                yield str(progress_words(at, size))
        yield _answer(more)

    def _verified(self, done: Queue[int | LedgerReport | AnswerableError]) -> LedgerReport:
        from answerable.cli.shared.signed.signers import signers_at_hand
        from answerable.ledger.tlog.trust import Trust
        from answerable.ledger.verify.ledger import verify_ledger
        from answerable.projections.documents import VIEWS

        return verify_ledger(
            self._ledger,
            Trust([]),
            memory=self._memory,
            signers=signers_at_hand(None, self._ledger.place),
            views=VIEWS,
            progress=done.put,
        )


def _answer(found: LedgerReport | AnswerableError) -> str:
    """Say what a check came to."""
    from answerable.cli.proving.verify_ledger import problem_lines, verified_lines

    if isinstance(found, AnswerableError):
        return str(not_verified_words((found.message,)))
    if not found.verified:
        return str(not_verified_words(problem_lines(found)))
    return str(verified_words(verified_lines(found), found.unchecked))
