"""`answerable evidence add`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.evidence.evidence import root_option
from answerable.cli.evidence.options import check_dry_run, kind_options_without, recording_options
from answerable.cli.recording.given.command import KindCommand
from answerable.cli.recording.given.resolved import resolved_fields, told_fields
from answerable.cli.recording.receipt_text import say_next
from answerable.cli.shared.answering.head import head_line
from answerable.cli.shared.clock import open_to_record
from answerable.cli.shared.open_names import remark_open_names, remark_unregistered, unregistered
from answerable.cli.shared.options import recorder
from answerable.cli.shared.output import note, progress, tell, visible, write_json
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.appending import append_signed
from answerable.cli.shared.signed.signers import remark_demand
from answerable.domain.parsing import parse
from answerable.domain.record import TreeHead
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.ledger.evidence.files import RegisteredFile
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt

KIND = "evidence-registered"

FILE = click.Path(path_type=Path, readable=False)
"""A file of which the reading itself will tell whether it can be read."""

LEFT_OUT = {
    "media_type": "Left out, its name tells, if it can.",
    "location": "Left out, the path of the file.",
}

ASKED = {
    "collected_by": "who collected it (--collected-by)",
    "occurred": "when it was collected (--occurred)",
}
"""The fields that ISO/IEC 27037 asks for beside the digest."""


@click.command("add", cls=KindCommand)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@root_option
@recording_options
def command(
    files: tuple[Path, ...],
    root: Path | None,
    ledger: str | None,
    actor: str | None,
    key: Path | None,
    signers: Path | None,
    dry_run: bool,
    accept_clock: bool,
    as_json: bool,
    **values: Any,
) -> None:
    """Register files as evidence, by their digests.

    Each FILE is read once, and its SHA-256, size and path are recorded; what it is, by its name,
    unless its first bytes say otherwise. The file itself stays where it is. Several are recorded
    together, or none is. A file that is changed while it is read is refused.

    The path is sealed. Below --root DIR it is told from that folder on, so that it is found
    wherever the folder is mounted. Who collected it, and when, is recorded only if you say so.

    \b
    Example:
      answerable evidence add memo.pdf --case acme --collected-by p-7 --occurred 2026-01-05
      answerable evidence add /mnt/evidence/*.eml --root /mnt/evidence --case acme
    """
    from answerable.projections.titles import Titles

    fields, links = told_fields(KIND, values)
    _check_one(files, key, dry_run, fields)
    if root is not None and "location" in fields:
        raise click.UsageError("--root and --location exclude each other.")
    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        fields = resolved_fields(opened, KIND, fields, links)
        taken = _read(files, root, fields.get("location"))
        events = [parse({"kind": KIND, **each.fields, **fields}) for each in taken]
        remarks = _remarks(opened, fields, taken)
        receipts = _record(opened, events, recorder(actor), key, signers, dry_run)
        with all_recorded():
            titles = Titles(opened)
            for each, event, receipt in zip(taken, events, receipts, strict=True):
                title = titles.of(receipt.case_id) or receipt.case_id
                _show(each, event, receipt, title, dry_run, as_json)
            for remark in remarks:
                note(remark)
            if not dry_run and not receipts[0].duplicate:
                remark_unregistered(opened, unregistered(opened, events))
                remark_open_names(opened, receipts[0].position)
            if key is None and not dry_run:
                for receipt in receipts:
                    remark_demand(opened, receipt, "Sign with --sign KEY.")
            if not as_json and not dry_run and not receipts[-1].duplicate:
                say_next(opened, receipts[-1])
            if not as_json:
                for each, receipt in zip(taken, receipts, strict=True):
                    tell(f"#{receipt.position}  {each.fields['digest']}")
            if not as_json and not dry_run:
                tell(head_line(TreeHead(receipts[-1].size, receipts[-1].root)))


def _check_one(
    files: Sequence[Path], key: Path | None, dry_run: bool, fields: dict[str, Any]
) -> None:
    check_dry_run(key, dry_run=dry_run)
    if len(files) > 1 and (key is not None or "event_id" in fields):
        option = "--sign" if key is not None else "--event-id"
        raise click.UsageError(f"{option} is about one event, so it takes one FILE.")


def _read(files: Sequence[Path], root: Path | None, location: str | None) -> list[RegisteredFile]:
    from answerable.ledger.evidence.files import take_in

    with progress("Hashing", sum(map(_size, files)) // 1024) as advance:
        return [
            take_in(
                each,
                root=root,
                location=location,
                advance=lambda count: advance(count // 1024),
            )
            for each in files
        ]


def _size(place: Path) -> int:
    """Return how large a file is, to tell how far the reading is; what is wrong shows later."""
    try:
        return place.stat().st_size
    except OSError:
        return 0


def _remarks(opened: Ledger, fields: dict[str, Any], taken: Sequence[RegisteredFile]) -> list[str]:
    """Return what whoever registers these should know."""
    from answerable.projections.evidence.exhibits import same_bytes
    from answerable.projections.facts.facts import of_case

    facts = of_case(opened, fields["case_id"])
    remarks, seen = list[str](), dict[str, Path]()
    for each in taken:
        digest = each.fields["digest"]
        name = visible(str(each.place))
        remarks.extend(
            f"{name}: the same bytes are registered in this case already, as "
            f"#{earlier.event.position} ({earlier.event_id})."
            for earlier in same_bytes(facts, digest)
            if earlier.event_id != fields.get("event_id")
        )
        if digest in seen:
            remarks.append(f"{name} has the same bytes as {visible(str(seen[digest]))}.")
        if each.fields["size"] == 0:
            remarks.append(f"{name} is empty.")
        seen.setdefault(digest, each.place)
    missing = [flag for field, flag in ASKED.items() if field not in fields]
    if missing:
        remarks.append(
            f"Not told: {' and '.join(missing)}. ISO/IEC 27037 asks for both of every exhibit; a "
            "correction can add them."
        )
    return remarks


def _record(
    opened: Ledger,
    events: Sequence[Event],
    who: str,
    key: Path | None,
    signers: Path | None,
    dry_run: bool,
) -> list[Receipt]:
    if dry_run:
        with opened.rehearsal(recorded_by=who) as rehearse:
            return list(rehearse(events))
    if key is not None:
        return [append_signed(opened, events[0], who, key, signers)]
    return list(opened.append_all(events, recorded_by=who))


def _show(
    taken: RegisteredFile,
    event: Event,
    receipt: Receipt,
    title: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    exhibit = event.model_dump(
        mode="json", include={"digest", "size", "media_type", "location"}, exclude_none=True
    )
    file = visible(str(taken.place))
    if as_json:
        rehearsed = {"dry_run": True} if dry_run else {}
        told = {**rehearsed, "file": file, "exhibit": exhibit, **receipt.as_dict()}
        write_json(told, TreeHead(receipt.size, receipt.root))
        return
    if receipt.version == 1 and not receipt.duplicate:
        note(f"This is the first event of a new case: {receipt.case_id}")
    done = "Would record" if dry_run else "Recorded"
    done = "On record already" if receipt.duplicate else done
    by = " (by its name)" if exhibit.get("media_type") == taken.fields.get("media_type") else ""
    kind = f"{exhibit['media_type']}{by}" if "media_type" in exhibit else "media type not told"
    tell(visible(f"{done}: {file} (#{receipt.position} in {title})"))
    tell(visible(f"  {counted(exhibit['size'], 'byte')}, {kind}, at {exhibit['location']}"))


command.params = [*kind_options_without(KIND, ("digest", "size"), LEFT_OUT), *command.params]
