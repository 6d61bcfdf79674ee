"""Say what was recorded, or what would be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.recording.given.offered import offered
from answerable.cli.recording.warning import MOST, warn
from answerable.cli.shared.output import note, tell, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import localised
from answerable.cli.suggestions import suggested
from answerable.domain.record import TreeHead

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt
    from answerable.projections.conformance.saying.worsening import Worse
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.facts import Fact
    from answerable.projections.facts.names import Names

HEADS = ("Next", "Or")
"""Begin each step that a receipt says to be next; of more it only says that there
are some."""

verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Also the event's id and the hashes."
)
"""Has the receipt tell what proves it."""


def show_receipt(
    opened: Ledger,
    receipt: Receipt,
    *,
    as_json: bool,
    nobody: Sequence[str] = (),
    verbose: bool = False,
    worse: Sequence[Worse] | None = None,
) -> None:
    """Say what was recorded, in words, what is not on record of it, and what is next; hashes last.

    Args:
        opened: the ledger.
        receipt: the receipt.
        as_json: whether to write JSON, which is always whole.
        nobody: the parties that it names and that nobody registered.
        verbose: whether to say the event's id and the hashes, too.
        worse: what it made worse by the policies in force, where that was asked.
    """
    if receipt.version == 1 and not receipt.duplicate:
        note(f"This is the first event of a new case: {receipt.case_id}")
    if as_json:
        zone = zones_of(opened)(receipt.case_id)
        told = {**localised(receipt.as_dict(), zone), "unregistered": [*nobody]}
        if worse is not None:
            told["worse"] = [each.as_dict() for each in worse]
        write_json(told, TreeHead(receipt.size, receipt.root))
        return
    for line in _lines(opened, receipt):
        tell(visible(line))
    if verbose:
        click.echo(f"  event     {receipt.event_id}")
        click.echo(f"  leaf      {receipt.leaf.hex()}")
        click.echo(f"  size      {receipt.size}")
        click.echo(f"  root      {receipt.root.hex()}")
    if worse is not None:
        warn(worse, receipt.case_id)


def show_batch(opened: Ledger, receipts: Sequence[Receipt], case: str) -> None:
    """Say what was recorded together, what of each is not on record, and what is next in a case.

    Args:
        opened: the ledger.
        receipts: the receipts.
        case: the case.
    """
    from answerable.projections.facts.names import names
    from answerable.projections.following.recorded import happening
    from answerable.projections.titles import title_of

    known = names(opened)
    zone = zones_of(opened)(case)
    own = [each for each in receipts if each.case_id == case]
    read = bool(own) and own[-1].version <= MOST
    view = _view(opened, known, case) if read else None
    tell(visible(f"Recorded in {title_of(opened, case)}:"))
    for receipt in receipts:
        event = opened.event(receipt.event_id)
        if event is not None:
            tell(visible(f"  #{receipt.position} {happening(opened, event, known, zone)}"))
            if view is not None and event.event_id in view.facts:
                for line in _lacking(view, view.facts[event.event_id]):
                    tell(visible(f"     {line}"))
    if view is not None:
        for line in _next(opened, known, view, view.facts[own[-1].event_id]):
            tell(visible(line))


def say_next(opened: Ledger, receipt: Receipt) -> None:
    """Say what comes next upon an event, unless its case is too long to be read for that."""
    if receipt.version > MOST:
        return
    from answerable.projections.facts.names import names

    known = names(opened)
    view = _view(opened, known, receipt.case_id)
    for line in _next(opened, known, view, view.facts[receipt.event_id]):
        tell(visible(line))


def _lines(opened: Ledger, receipt: Receipt) -> Iterator[str]:
    """Say what was recorded, and what is not on record of it."""
    from answerable.projections.facts.names import names
    from answerable.projections.following.recorded import recorded_words

    event = opened.event(receipt.event_id)
    if event is None:
        return
    done = "On record already" if receipt.duplicate else "Recorded"
    known = names(opened)
    said = recorded_words(opened, event, known, zones_of(opened)(event.case_id))
    yield f"{done}: {said}"
    if receipt.duplicate or receipt.version > MOST:
        return
    view = _view(opened, known, event.case_id)
    fact = view.facts[event.event_id]
    yield from _lacking(view, fact)
    yield from _next(opened, known, view, fact)


def _view(opened: Ledger, known: Names, case: str) -> CaseView:
    from answerable.projections.facts.record_view import RecordView

    return RecordView(opened, name_of=known.called, type_of=known.type_of).case(case)


def _lacking(view: CaseView, fact: Fact) -> Iterator[str]:
    """Say what is not on record of an event, and on what it plainly rests."""
    from answerable.projections.following.lacking import untold

    lacking = list(untold(view, fact))
    if lacking:
        yield f"Not on record: {'; '.join(lacking)}."
        yield from offered(view, fact)


def _next(opened: Ledger, known: Names, view: CaseView, fact: Fact) -> Iterator[str]:
    """Say what comes next: the likeliest step or two, and where the others are told."""
    from answerable.cli.shared.drafts import command_line
    from answerable.projections.following.following import following_upon, granted

    steps = following_upon(view, fact, granted(opened))
    for head, each in zip(HEADS, steps, strict=False):
        yield f"{head}: {command_line(opened, known, each)}"
    if len(steps) > len(HEADS):
        yield f"More: {suggested('next', view.case_id)}"


def preview_json(entry: bytes, receipt: Receipt) -> dict[str, Any]:
    """Return what would be recorded as JSON values."""
    return {"dry_run": True, "entry": entry.decode(), **receipt.as_dict()}


def show_preview(opened: Ledger, entry: bytes, receipt: Receipt, as_json: bool) -> None:
    """Say what would be recorded: in words, and then to the byte."""
    if as_json:
        write_json(preview_json(entry, receipt))
    elif receipt.duplicate:
        click.echo(f"On record already, at position {receipt.position}: nothing would be added.")
    else:
        from answerable.projections.facts.names import names
        from answerable.projections.wording.sentence import sentence

        fields = json.loads(entry)
        said = sentence(fields["kind"], fields, names(opened).called)
        tell(visible(f"Would be recorded: {said}"))
        click.echo(entry)
        click.echo(f"leaf  {receipt.leaf.hex()}")
        note("Nothing is recorded. The time and the salts will differ when it is.")
