"""`answerable verify` of the ledger at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.options import open_ledger
from answerable.cli.shared.output import note, progress, tell, write_json
from answerable.cli.shared.signed.keys import key_place_known
from answerable.cli.shared.signed.signers import signers_at_hand
from answerable.domain.language.saying import figures, say, say_count
from answerable.domain.record import TreeHead

if TYPE_CHECKING:
    from answerable.ledger.actors.verify import SignatureReport, UnsignedThoughRequired
    from answerable.ledger.checkpoints.verify import CheckpointReport
    from answerable.ledger.store.log_keys import OwnKey
    from answerable.ledger.tlog.trust import Trust
    from answerable.ledger.verify.ledger import LedgerReport

UNSIGNED = "Compare the root with one noted elsewhere."
UNTRUSTED = (
    "Give the log's key that you got elsewhere with --key: a ledger made anew, keys and all, looks "
    "whole."
)


def verify_ledger(
    ledger: str | None,
    trust: Trust,
    signers: Path | None,
    key_file: Path | None,
    views: bool,
    as_json: bool,
) -> int:
    """Verify the ledger at hand, and say what was found.

    Returns:
        The exit code.
    """
    from answerable.ledger.checkpoints.memory import memory_file
    from answerable.ledger.store.log_keys import own_keys
    from answerable.ledger.verify.ledger import verify_ledger as verify
    from answerable.projections.documents import VIEWS

    with open_ledger(ledger) as opened, progress("Verifying", len(opened)) as advance:
        keys_at = key_place_known(key_file, ledger)
        memory = None if keys_at is None else memory_file(keys_at)
        found = verify(
            opened,
            trust,
            memory=memory,
            signers=signers_at_hand(signers, opened.place),
            views=VIEWS if views else None,
            progress=advance,
        )
        keys = own_keys(opened)
    if as_json:
        write_json(_report_json(found), TreeHead(found.record.size, found.record.root))
    elif found.verified:
        for line in report_lines(found):
            tell(line)
        for remark in (*_remarks(found, trust, keys), *_beside(opened.place, memory)):
            note(remark)
        tell(f"Root: {found.record.root.hex()}")
    else:
        _complain(found)
    if not found.verified:
        return 4
    return 1 if found.unmet else 0


def report_lines(found: LedgerReport) -> Iterator[str]:
    """Say what was verified, what was signed, and what was not checked."""
    yield from verified_lines(found)
    yield say("Not checked here:")
    for each in found.unchecked:
        yield f"- {each}"


def verified_lines(found: LedgerReport) -> Iterator[str]:
    """Say what was verified, and what was signed of it."""
    record, last = found.record, found.signed.last
    told = {"entries": figures(record.size), "texts": figures(record.disclosures)}
    if record.erased:
        yield say(
            "Verified: {entries} entries and {texts} sealed texts ({erased} erased).",
            **told,
            erased=figures(record.erased),
        )
    else:
        yield say("Verified: {entries} entries and {texts} sealed texts.", **told)
    if last is not None:
        size, origin = last.checkpoint.size, last.checkpoint.origin
        yield say_count(
            "Signed: the first {number} entry, by {origin} ({keys}).",
            "Signed: the first {number} entries, by {origin} ({keys}).",
            size,
            origin=origin,
            keys=", ".join(key.id.hex() for key in last.signers),
        )
        for name, time in sorted(last.witnesses.items()):
            moment = f"{time:%Y-%m-%d %H:%M:%S} UTC"
            yield say("Witnessed: by {witness}, {moment}.", witness=name, moment=moment)
    if found.stamps:
        yield say(
            "Time stamps: {number}; `answerable timestamp verify` checks who made them.",
            number=figures(found.stamps),
        )
    if found.actors is not None:
        yield from _signature_lines(found.actors)
    yield from map(_unmet_line, found.unmet)


def _signature_lines(actors: SignatureReport) -> Iterator[str]:
    if actors.signed or actors.erased:
        told = {"signed": figures(actors.signed), "unsigned": figures(actors.unsigned)}
        if actors.erased:
            yield say(
                "Events: {signed} signed by who recorded them, {unsigned} not, {erased} whose "
                "signature was erased.",
                **told,
                erased=figures(actors.erased),
            )
        else:
            yield say("Events: {signed} signed by who recorded them, {unsigned} not.", **told)


def _unmet_line(unmet: UnsignedThoughRequired) -> str:
    listed = ", ".join(map(str, unmet.positions))
    more = ", …" if unmet.events > len(unmet.positions) else ""
    return say_count(
        "{number} event recorded while policy {policy} demanded a signature has none: "
        "at position {positions}",
        "{number} events recorded while policy {policy} demanded a signature have none: "
        "at positions {positions}",
        unmet.events,
        policy=unmet.demand.name,
        positions=listed + more,
    )


def _beside(place: Path | None, memory: Path | None) -> Iterator[str]:
    """Say what else is to be known of the files of a ledger, or of one that has none."""
    from answerable.ledger.system.file_modes import open_to_others

    if place is not None:
        yield from open_to_others(place, [] if memory is None else [memory])
    elif memory is None:
        yield "Whether more was signed than is there is not checked: --key-file names the keys."


def _remarks(found: LedgerReport, trust: Trust, keys: Collection[OwnKey]) -> Iterator[str]:
    from answerable.ledger.checkpoints.signing import command_to_sign

    if found.actors is not None and found.actors.unchecked:
        yield "Nothing here says whose keys may sign for whom: give --signers."
    last = found.signed.last
    if last is None:
        yield f"{UNSIGNED} {command_to_sign(keys)}"
        return
    if found.record.size > last.checkpoint.size:
        yield "`answerable checkpoint` signs the entries since the last checkpoint."
    if not trust.keys:
        yield UNTRUSTED
    elif not set(last.signers) & set(trust.keys):
        yield (
            "The key that you trust was rotated since, on record; those that it signed over to "
            "signed this. Take them over: `answerable key export`."
        )


def problem_lines(found: LedgerReport) -> Iterator[str]:
    """Say all that is wrong, and where."""
    for problem in found.problems:
        where = "" if problem.position is None else f"Position {problem.position} "
        yield f"{where}{problem.what}."


def _complain(found: LedgerReport) -> None:
    note("NOT VERIFIED")
    for line in problem_lines(found):
        note(f"  {line}")
    note("Keep the file as it is, as evidence, and restore a copy.")


def _report_json(found: LedgerReport) -> dict[str, Any]:
    record = found.record
    return {
        "verified": found.verified,
        "size": record.size,
        "root": record.root.hex(),
        "disclosures": record.disclosures,
        "erased": record.erased,
        "checkpoints": found.signed.checkpoints,
        "signed": _signed_json(found.signed),
        "timestamps": found.stamps,
        "signatures": None if found.actors is None else _actors_json(found.actors, found.unmet),
        "problems": [problem._asdict() for problem in found.problems],
        "unchecked": list(found.unchecked),
    }


def _signed_json(signed: CheckpointReport) -> dict[str, Any] | None:
    if signed.last is None:
        return None
    return {
        "origin": signed.last.checkpoint.origin,
        "size": signed.last.checkpoint.size,
        "by": [str(key) for key in signed.last.signers],
        "witnesses": {name: time.isoformat() for name, time in signed.last.witnesses.items()},
    }


def _actors_json(
    actors: SignatureReport, unmet: tuple[UnsignedThoughRequired, ...]
) -> dict[str, Any]:
    counts = {name: value for name, value in actors._asdict().items() if name != "problems"}
    demands = [
        {
            "policy": each.demand.name,
            "adopted_by": each.demand.event_id,
            "events": each.events,
            "positions": each.positions,
        }
        for each in unmet
    ]
    return {**counts, "unmet": demands}
