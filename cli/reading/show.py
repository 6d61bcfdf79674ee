"""`answerable show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, write_json
from answerable.cli.shared.signed.signers import signers_at_hand, signers_option
from answerable.cli.shared.zone.moments import asked_json, localised

if TYPE_CHECKING:
    from answerable.cli.reading.show_text import Proof
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.show.show import ShownEvent


@click.command("show", cls=PagedCommand)
@click.argument("event")
@click.option("--raw", is_flag=True, help="Write the entry's bytes, just as they are hashed.")
@signers_option
@times_options
@ledger_option
@answer_formats("event", "fields", usual="fields")
def command(
    event: str,
    raw: bool,
    signers: Path | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show one event whole.

    EVENT is an id, at least the first 8 letters of it, or a position. First it is said in words,
    then come its fields, the sealed ones too where they are open to read, and what it rests on or
    acts upon, in words; what was recorded of it later; and whether it is signed, by which key, and
    whether that may sign for who recorded it. Its id and the hash of its entry come last.

    With --known-by, it is shown as it stood by then, without what was recorded of it later. With
    --as-of, it is told whether it had happened by then.

    \b
    Example:
      answerable show 12
      answerable show 12 --known-by 2026-01-31
      answerable show 019b8a5e-7c00 --json
    """
    from answerable.cli.shared.references import find_event

    if raw:
        form = form.also("raw", "--raw")
    with open_to_ask(ledger) as opened:
        found = find_event(opened, event)
        if raw:
            entry = opened.entry(found.position)
            sys.stdout.buffer.write(entry or b"")
            return
        from answerable.projections.facts.names import names
        from answerable.projections.show.show import show

        known = names(opened, known_by=known_by)
        shown = show(opened, found, as_of=as_of, known_by=known_by, name_of=known.called)
        proof = _proof(opened, shown, signers)
        times = Times(as_of, known_by)
        if form.name == "json":
            write_json(_json(shown, proof, times))
            return
        from answerable.cli.reading.show_text import event_lines, signed_words
        from answerable.projections.titles import Titles

        title_of = Titles(opened, known_by).of
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.reading.show import event_registers

            signed = signed_words(shown, proof.signed)
            title = title_of(found.case_id)
            made = event_registers(shown, known.of, title, proof.leaf, signed)
            write_answer(opened, form, made, *times, case=found.case_id)
            return
        write = line_writer()
        for line in event_lines(shown, proof, times, known, title_of):
            write(line.text, line.style or None)


def _proof(opened: Ledger, shown: ShownEvent, signers: Path | None) -> Proof:
    from answerable.cli.reading.show_text import Proof
    from answerable.ledger.entry.seals import check_seals
    from answerable.ledger.tlog.merkle import leaf_hash

    position = shown.fact.event.position
    entry = opened.entry(position) or b""
    check_seals(position, entry, shown.first.fields)
    if "signature" not in shown.first.fields:
        return Proof(leaf_hash(entry), None)
    from answerable.ledger.actors.verify import check_signature

    trusted = signers_at_hand(signers, opened.place)
    return Proof(leaf_hash(entry), check_signature(entry, opened.disclosures(position), trusted))


def _json(shown: ShownEvent, proof: Proof, times: Times) -> dict[str, Any]:
    from answerable.domain.answers import json_value
    from answerable.projections.show.fields import HEAD

    fact = shown.fact
    moments = localised({"recorded_at": fact.event.recorded_at}, fact.zone)
    later: dict[str, list[str]] = {}
    for each in shown.later:
        later.setdefault(each.bearing, []).append(each.fact.event_id)
    return {
        **asked_json(*times, None, fact.zone),
        "happened_by_then": shown.happened,
        "position": fact.event.position,
        "leaf": proof.leaf.hex(),
        "recorded": dict(fact.event.fields),
        "sealed": dict(shown.first.fields),
        "erased": list(shown.first.erased),
        "withheld": shown.first.missing,
        "signature": None if proof.signed is None else proof.signed._asdict(),
        "bounds": json_value(shown.bounds),
        "stands": {
            "fields": {name: value for name, value in fact.fields.items() if name not in HEAD},
            "sealed": shown.now.told,
        },
        "corrections": list(fact.corrections),
        "retracted_by": fact.retracted_by,
        "disputes": later.get("disputed by", []),
        "upon": later.get("followed by", []),
        **(moments if fact.zone.known else {}),
    }
