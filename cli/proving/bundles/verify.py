"""`answerable verify BUNDLE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.output import note, tell, visible, write_json
from answerable.cli.shared.signed.signers import signers_at_hand
from answerable.projections.wording.counts import counted
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.cli.proving.again.made_again import Compared
    from answerable.ledger.bundle.verify import BundleReport
    from answerable.ledger.tlog.trust import Trust


WHO_WROTE = "who wrote the page: nobody signed it, and what it says follows from the record"
"""Says what is left open of a page whose words were compared with its record."""


def verify_bundle(bundle: Path, trust: Trust, signers: Path | None, as_json: bool) -> int:
    """Verify a bundle, with no ledger at hand, and say what was found.

    Returns:
        The exit code.
    """
    from answerable.cli.proving.again.made_again import words_of
    from answerable.ledger.bundle.verify import OF_WORDS
    from answerable.ledger.bundle.verify import verify_bundle as verify

    allowed = None if signers is None else signers_at_hand(signers, bundle)
    given, page = _read(bundle)
    found = verify(given, trust, allowed, page=page)
    words = words_of(found, page)
    if words.whole:  # They were held against more than sums.
        rest = [each for each in found.unchecked if not each.startswith(OF_WORDS)]
        rest += [WHO_WROTE] if page is not None else []
        found = found._replace(unchecked=(*words.not_compared, *rest))
    else:
        found = found._replace(unchecked=(*words.not_compared, *found.unchecked))
    verified = found.verified and not words.differs
    if as_json:
        write_json(_report_json(found, words), found.bundle.head)
    elif verified:
        _say_verified(found, words)
    else:
        click.echo("NOT VERIFIED", err=True)
        for file, position, error in found.problems:
            where = file if position is None else f"{file} (position {position})"
            click.echo(f"  {visible(f'{where}: {error.message}')}", err=True)
        for each in words.differs:
            click.echo(f"  {visible(f'{words.file}: {each.told}')}", err=True)
    if not as_json:
        _say_unchecked(found)
    if not found.trusted:
        note(
            "WHOSE LOG THIS IS WAS NOT CHECKED: no --key was given, so the keys are those\n"
            f"that the {found.bundle.called} names, and anyone can have made them. Get the log's "
            "key from\nwhoever runs it, by another way."
        )
    if verified and not as_json:
        _say_hashes(found)
    return 0 if verified else 4


def _read(bundle: Path) -> tuple[bytes | dict[str, bytes], bytes | None]:
    """Read the zip of a bundle, or the files in the folder that it was unpacked to or in a page.

    Returns:
        The zip or the files, and the page that carried them, if one did.
    """
    if bundle.is_dir():
        from answerable.ledger.bundle.folder import read_folder

        return read_folder(bundle), None
    from answerable.ledger.bundle.in_page.extracted import extracted, is_page
    from answerable.ledger.bundle.zip_file import read_zip

    _check_no_ledger(bundle)
    data = read_zip(bundle)
    return (extracted(data), data) if is_page(data) else (data, None)


def _check_no_ledger(place: Path) -> None:
    from answerable.ledger.store.opening import is_ledger

    if not is_ledger(place):
        return
    raise click.UsageError(
        f"{place} is a ledger, and no bundle: `answerable verify --ledger {place}` verifies it."
    )


def _say_verified(found: BundleReport, words: Compared) -> None:
    head, bundle, signed = found.bundle.head, found.bundle, found.signed
    if head is None or signed is None:
        return
    events, others = len(bundle.case), len(bundle.entries) - len(bundle.case)
    verdict = _verdict(found, words)
    tell(f"{verdict}: {events:,} events of the case {visible(_called(found))}")
    tell(f"  and {others:,} of other cases, to read it by")
    tell(f"  {sum(map(len, found.texts.values())):,} texts as they were recorded")
    if words.whole:
        rest = "the rest of " if words.not_compared else ""
        tell(f"  {rest}{words.called} says what answerable makes of them, word for word")
    tell(f"Log: {visible(head.origin)}, {head.size:,} entries")
    allowed = sum(each.allowed is True for each in found.actors.values())
    if found.actors:
        tell(f"{counted(len(found.actors), 'event', 'events')} signed by who recorded, of")
        tell(f"  which {allowed:,} by a key that may, as --signers has it")
    for name, time in signed.witnesses.items():
        tell(f"Witnessed by {visible(name)}, {time:%Y-%m-%d %H:%M:%S} UTC")
    for stamp in found.stamps:
        moment = f"{stamp:%Y-%m-%d %H:%M:%S} UTC"
        tell(f"Time stamp of {moment}, if its authority is to be believed")


def _verdict(found: BundleReport, words: Compared) -> str:
    """Say first what holds, and in the same breath what of the words of a page was not compared."""
    verdict = "Verified" if found.trusted else "Consistent in itself"
    if words.whole is False and words.lines:
        follow = f"{words.lines - words.beyond:,} of {words.lines:,} lines of {words.called}"
        return f"{verdict}, the record alone (and {follow} follow from it)"
    if words.whole is False:
        return f"{verdict}, the record alone, and NOT what {words.called} says"
    if words.beyond:
        lines = counted(words.beyond, "line", "lines")
        return f"{verdict}, but for {lines} of {words.called}"
    return verdict


def _called(found: BundleReport) -> str:
    """Say which case it is, by the title that its opening was recorded with, where that is open."""
    case_id = str(found.bundle.manifest["case"])
    opened = (each.position for each in found.bundle.case if each.kind == "case-opened")
    titles = (found.texts.get(position, {}).get("title") for position in opened)
    return case_words(case_id, next((str(title) for title in titles if title), None))


def _say_hashes(found: BundleReport) -> None:
    """Say by which keys the log was signed, and its root: what one compares comes last."""
    head, signed = found.bundle.head, found.signed
    if head is None or signed is None:
        return
    for key in signed.signers:
        tell(f"Signed by the key {key.id.hex()}, fingerprint\n  {key.fingerprint}")
    tell(f"Root: {head.root.hex()}")


def _say_unchecked(found: BundleReport) -> None:
    note("Not checked here:")
    for each in found.unchecked:
        note(f"  {visible(each)}")


def _report_json(found: BundleReport, words: Compared) -> dict[str, Any]:
    head, bundle, signed = found.bundle.head, found.bundle, found.signed
    return {
        "verified": found.verified and not words.differs,
        "trusted": found.trusted,
        "case": bundle.manifest["case"],
        "origin": head and head.origin,
        "size": head and head.size,
        "root": head and head.root.hex(),
        "positions": [event.position for event in bundle.case],
        "others": len(bundle.entries) - len(bundle.case),
        "disclosed": sum(map(len, found.texts.values())),
        "closed": found.closed,
        "signers": [{"key": str(key), "fingerprint": key.fingerprint} for key in signed.signers]
        if signed
        else [],
        "witnesses": {name: time.isoformat() for name, time in signed.witnesses.items()}
        if signed
        else {},
        "signatures": [
            {
                "position": position,
                "key": each.fingerprint,
                "for": each.principal,
                "allowed": each.allowed,
            }
            for position, each in found.actors.items()
        ],
        "stamps": [stamp.isoformat() for stamp in found.stamps],
        "problems": [
            {
                "file": file,
                "position": position,
                "error": type(error).__name__,
                "message": error.message,
            }
            for file, position, error in found.problems
        ],
        "page": words.as_dict(),
        "unchecked": found.unchecked,
    }
