"""Verifying a ledger at hand: the record, what was signed of it and in it, and what is made of it.

the entries, their texts, erasures, the tree, the file    `answerable.ledger.verify.record`
checkpoints, by the ledger's own keys                     `answerable.ledger.checkpoints.verify`
time stamps, but not who made them                        `answerable.ledger.timestamp.stamps`
the signatures of those who recorded                      `answerable.ledger.actors.verify`
views, and the indexes of names and words                 `answerable.ledger.indexes.differences`

Whatever a question is answered from is checked by one of these, or is named as not checked. See
docs/decisions/0025-verified-means-every-answer.md for what covers which table and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from answerable.domain.documents import DocumentViews
from answerable.domain.language.saying import figures, say
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.verify import (
    SignatureReport,
    UnsignedThoughRequired,
    check_signatures,
    unsigned_though_required,
)
from answerable.ledger.checkpoints.verify import CheckpointReport, verify_checkpoints
from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.differences import derived_differences, uncompared
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.parallel import Advance
from answerable.ledger.timestamp.stamps import timestamp_problems
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.record import MOST_PROBLEMS, RecordReport, verify_record


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
        unchecked: what was not checked, in words.
    """

    record: RecordReport
    signed: CheckpointReport
    stamps: int
    actors: SignatureReport | None
    unmet: tuple[UnsignedThoughRequired, ...]
    problems: tuple[Problem, ...]
    unchecked: tuple[str, ...]

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
    views: DocumentViews | None = None,
    progress: Advance | None = None,
) -> LedgerReport:
    """Verify all that can be verified of a ledger at hand.

    Args:
        ledger: the ledger.
        trust: keys of the log, and of witnesses, that were got elsewhere.
        memory: the file beside the private keys that remembers the last checkpoint signed.
        signers: who may sign as whom.
        views: the folds that views are made by (`answerable.projections.documents.VIEWS`). Without
            them, what is made of the record is not checked.
        progress: told how far the check has come.

    Raises:
        NotVerified: the file is so damaged that it cannot be read.
    """
    with ledger._store.watched() as written:
        found = _verify(ledger, trust, memory, signers, views, progress)
        if not written():
            return found
    meanwhile = "what was written to the file while it was verified"
    return found._replace(unchecked=(meanwhile, *found.unchecked))


def _verify(
    ledger: StoreReader,
    trust: Trust,
    memory: Path | None,
    signers: AllowedSigners | None,
    views: DocumentViews | None,
    progress: Advance | None,
) -> LedgerReport:
    record = verify_record(ledger, progress=progress)
    problems = list(record.problems)
    signed, stamps, actors = CheckpointReport(0, None, ()), 0, None
    # What the tables of a damaged file hold need not be of the types that they are declared to be.
    if record.damage is None:
        try:
            signed = verify_checkpoints(ledger, trust, memory)
            problems += signed.problems
            stamps, wrong = timestamp_problems(ledger)
            problems += wrong
            actors = check_signatures(ledger, signers)
            problems += actors.problems
            if views is not None and not problems:
                differing = islice(derived_differences(ledger, views), MOST_PROBLEMS)
                with _foldable(problems):
                    problems += [Problem(None, what) for what in differing]
        except NotVerified as error:
            # So damaged that it cannot be read: what was found before is told all the same.
            problems.append(Problem(None, error.message.rstrip(".")))
    demanded: tuple[UnsignedThoughRequired, ...] = ()
    if not problems:
        with _foldable(problems):
            demanded = unsigned_though_required(ledger)
    unchecked = (
        *_unchecked(record, signed, stamps, actors, trust, views),
        *map(say, ledger._store.unchecked),
        *(uncompared(ledger, views) if views is not None and not problems else ()),
    )
    return LedgerReport(record, signed, stamps, actors, demanded, tuple(problems), unchecked)


@contextmanager
def _foldable(problems: list[Problem]) -> Iterator[None]:
    """Note where an event says what none of its kind can say, so that nothing comes of it."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        what = f"an event says what none of its kind can say: {type(error).__name__}: {error!s:.80}"
        problems.append(Problem(None, what))


def _unchecked(
    record: RecordReport,
    signed: CheckpointReport,
    stamps: int,
    actors: SignatureReport | None,
    trust: Trust,
    views: DocumentViews | None,
) -> Iterator[str]:
    """Say what was not checked."""
    if views is None:
        yield say("the views and the indexes of names and words, which questions are answered from")
    if signed.last is None:
        yield say("that history was not rewritten whole, for no checkpoint is signed")
    else:
        if later := record.size - signed.last.checkpoint.size:
            yield say(
                "that the entries since the last checkpoint, {number} of them, are those that "
                "were recorded",
                number=figures(later),
            )
        if not trust.keys:
            yield say("whose the keys are that signed, for the ledger itself names them")
        yield say(
            "that no older checkpoint, no signature below one and no time stamp was taken away: "
            "only who was given it can tell"
        )
    if signed.unkept is not None:
        yield say(
            "why the last checkpoint signed, of {number} entries, is beside the keys and "
            "not in the ledger: it was taken away, or its signing was broken off; `answerable "
            "checkpoint` keeps it again",
            number=figures(signed.unkept),
        )
    if signed.unread:
        yield say("whether more was signed than is there, for {reason}", reason=signed.unread)
    if record.unstated:
        yield say(
            "which fields {number} erased texts told, for the erasures, of an earlier "
            "version, do not state it",
            number=figures(record.unstated),
        )
    if actors is not None and actors.unchecked:
        number = figures(actors.unchecked)
        yield say("whether the keys that signed {number} of the events may do so", number=number)
    if actors is not None and actors.unattributed:
        number = figures(actors.unattributed)
        yield say("whose {number} signatures are, for who recorded was erased", number=number)
    if stamps:
        yield say("who made the time stamps")
    yield say("how far an import came, where one was broken off")
    yield say("the files that are exhibits, and whatever else lies outside the ledger")
