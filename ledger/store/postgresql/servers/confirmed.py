"""Hearing that a commit was not confirmed by the standby that it was to wait for.

Who cancels such a wait, or ends the session in it, is answered that it committed: with a warning.
What was acknowledged then would be lost with the server.
"""

from __future__ import annotations

from psycopg import errors as sqlstates
from psycopg.errors import Diagnostic

from answerable.ledger.store.postgresql.servers.at_once import HearingConnection
from answerable.ledger.store.postgresql.servers.prepared import Prepared

WAITING = "SyncRepWaitForLSN"
"""Names the function of the server that waits; messages are in the server's language."""


class Unconfirmed(sqlstates.StatementCompletionUnknown):
    """A commit is on the server's disk, and no standby has said that it has it."""


class ServerConnection(HearingConnection):
    """A connection that hears when the server stops waiting for a standby, and when it ends it.

    Attributes:
        unconfirmed: whether it did so since the last look.
        prepared: the statements that were run on it.
    """

    unconfirmed = False
    prepared: Prepared

    def listen(self) -> None:
        """Begin to hear both."""
        super().listen()
        self.add_notice_handler(self._hear)

    def _hear(self, said: Diagnostic) -> None:
        if said.source_function == WAITING:
            self.unconfirmed = True

    def check_confirmed(self) -> None:
        """Check that no wait for a standby was given up since the last look.

        Raises:
            Unconfirmed: one was.
        """
        if self.unconfirmed:
            self.unconfirmed = False
            raise Unconfirmed("it was recorded, and no standby has confirmed it")
