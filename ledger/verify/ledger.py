"""Verifying a ledger at hand: the record, and what was signed of it and in it.

the entries, their texts and the tree     `answerable.ledger.verify.record`
checkpoints, by the ledger's own keys     `answerable.ledger.checkpoints.verify`
time stamps, but not who made them        `answerable.ledger.timestamp.stamps`
the signatures of those who recorded      `answerable.ledger.actors.verify`
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.verify import (
    SignatureReport,
    UnsignedThoughRequired,
    check_signatures,
    unsigned_though_required,
)
from answerable.ledger.checkpoints.verify import CheckpointReport, verify_checkpoints
from answerable.ledger.errors import NotVerified
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.parallel import Advance
from answerable.ledger.timestamp.stamps import timestamp_problems
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.record import RecordReport, verify_record


class LedgerReport(NamedTuple):
    """The outcome of verifying a ledger.

    Attributes:
        record: the entries, their texts and the tree.
        signed: the checkpoints.
        stamps: how many time stamps are kept over them.
        actors: the signatures of those who recorded; None where they cannot be read.
        unmet: which policies demanded a signature and did not get it. That is no problem of the
            record, which tells it as it was; and it is told only of a record without problems.
        problems: all that is wrong, the record's first.
    """

    record: RecordReport
    signed: CheckpointReport
    stamps: int
    actors: SignatureReport | None
    unmet: tuple[UnsignedThoughRequired, ...]
    problems: tuple[Problem, ...]

    @property
    def verified(self) -> bool:
        """Tell whether everything was as it should be."""
        return not self.problems


def verify_ledger(
    ledger: StoreReader,
    trust: Trust,
    *,
    memory: Path | None = None,
    signers: AllowedSigners | None = None,
    progress: Advance | None = None,
) -> LedgerReport:
    """Verify all that can be verified of a ledger at hand.

    Args:
        ledger: the ledger.
        trust: keys of the log, and of witnesses, that were got elsewhere.
        memory: the file beside the private keys that remembers the last checkpoint signed.
        signers: who may sign as whom.
        progress: told how far the check has come.

    Raises:
        NotVerified: the file is so damaged that it cannot be read.
    """
    record = verify_record(ledger, progress=progress)
    problems = list(record.problems)
    signed, stamps, actors = CheckpointReport(0, None, ()), 0, None
    try:
        signed = verify_checkpoints(ledger, trust, memory)
        problems += signed.problems
        stamps, wrong = timestamp_problems(ledger)
        problems += wrong
        actors = check_signatures(ledger, signers)
        problems += actors.problems
    except NotVerified as error:
        # So damaged that it cannot be read: what was found before is told all the same.
        problems.append(Problem(None, error.message.rstrip(".")))
    demanded = () if problems else unsigned_though_required(ledger)
    return LedgerReport(record, signed, stamps, actors, demanded, tuple(problems))
