"""`answerable show`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    Times,
    json_option,
    ledger_option,
    open_ledger,
    times_options,
)
from answerable.cli.shared.output import visible, write_json
from answerable.cli.shared.signed.signers import signers_at_hand, signers_option
from answerable.cli.shared.zone.moments import asked_json, localised
from answerable.domain.record import SEALED_BESIDE
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.answers import by_then, marked
from answerable.projections.wording.dates import accepted_clock, bound, in_zone
from answerable.projections.wording.vocabulary import field_words
from answerable.projections.wording.vocabulary import label as label_of

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.actors.verify import SignatureCheck
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.show import ShownEvent

HEAD = ("event_id", "case_id", "version", "kind", "schema", "clock", "recorded_at", "_sd")
"""The fields that are shown above the others, or not at all."""

INDENT = 20
"""The column at which values begin."""

WIDTH = 80


class Proof(NamedTuple):
    """The proof that the log gives of an event.

    Attributes:
        leaf: the hash of its entry.
        signed: what its signature came to; None where it has none that can be read.
    """

    leaf: bytes
    signed: SignatureCheck | None


@click.command("show", cls=Command)
@click.argument("event")
@click.option("--raw", is_flag=True, help="Write the entry's bytes, just as they are hashed.")
@signers_option
@times_options
@ledger_option
@json_option
def command(
    event: str,
    raw: bool,
    signers: Path | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Show one event whole.

    EVENT is an id, at least the first 8 letters of it, or a position. Shown are its fields, the
    sealed ones too where they are open to read, what was recorded of it later, and whether it is
    signed, by which key, and whether that may sign for who recorded it.

    With --known-by, it is shown as it stood by then, without what was recorded of it later. With
    --as-of, it is told whether it had happened by then.

    \b
    Example:
      answerable show 12
      answerable show 12 --known-by 2026-01-31
      answerable show 019b8a5e-7c00 --json
    """
    from answerable.cli.shared.references import find_event

    with open_ledger(ledger) as opened:
        found = find_event(opened, event)
        if raw:
            entry = opened.entry(found.position)
            sys.stdout.buffer.write(entry or b"")
            return
        from answerable.projections.facts.names import names
        from answerable.projections.show import show

        shown = show(opened, found, as_of=as_of, known_by=known_by)
        proof = _proof(opened, shown, signers)
        times = Times(as_of, known_by)
        if as_json:
            write_json(_json(shown, proof, times))
            return
        for line in _lines(shown, proof, times, names(opened, known_by=known_by)):
            click.echo(line)


def _proof(opened: Ledger, shown: ShownEvent, signers: Path | None) -> Proof:
    from answerable.ledger.entry.seals import check_seals
    from answerable.ledger.tlog.merkle import leaf_hash

    position = shown.fact.event.position
    entry = opened.entry(position) or b""
    check_seals(position, entry, shown.first.fields)
    if "signature" not in shown.first.fields:
        return Proof(leaf_hash(entry), None)
    from answerable.ledger.actors.verify import check_signature

    trusted = signers_at_hand(signers, opened.path)
    return Proof(leaf_hash(entry), check_signature(entry, opened.disclosures(position), trusted))


def _json(shown: ShownEvent, proof: Proof, times: Times) -> dict[str, Any]:
    from answerable.domain.answers import json_value

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


def _lines(shown: ShownEvent, proof: Proof, times: Times, names: Names) -> Iterator[str]:
    fact = shown.fact
    fields = fact.event.fields
    yield f"{fact.kind}, event {fact.event.version} of {fact.event.case_id}" + (
        "" if fact.stands else "  (RETRACTED)"
    )
    yield from _times(shown, times)
    yield from _field("position", str(fact.event.position))
    yield from _field("event", fact.event_id)
    yield from _field("leaf", proof.leaf.hex())
    yield from _field("recorded at", in_zone(fact.event.recorded_at, fact.zone))
    if accepted := accepted_clock(fields):
        yield from _field("", accepted)
    who = shown.first.fields.get("recorded_by") or f"({shown.absence('recorded_by')})"
    yield from _field("recorded by", who)
    yield from _signed(shown, proof.signed)
    parties = set(shown.parties)
    for name in dict.fromkeys((*fields, *fact.fields)):
        if name not in HEAD:
            first, now = (_in_zone(each.get(name), fact.zone) for each in (fields, fact.fields))
            yield from _changed(name, first, now, parties, names)
    for number, each in enumerate(shown.bounds):
        yield from _field("" if number else "happened", bound(each))
    yield from _sealed(shown)
    yield from _later(shown)


def _times(shown: ShownEvent, times: Times) -> Iterator[str]:
    """Say which moments are asked about, and whether the event had happened by then."""
    from answerable.projections.wording.dates import asked_words

    zone = shown.fact.zone
    if times.known_by is not None:
        yield from _field("as known by", asked_words(times.known_by, zone))
    if times.as_of is not None:
        yield from _field("as of", asked_words(times.as_of, zone))
        yield from _field("", by_then(shown.happened) or "had happened by then")


def _signed(shown: ShownEvent, signed: SignatureCheck | None) -> Iterator[str]:
    if signed is None:
        why = shown.absence("signature")
        yield from _field("signed", "no" if why == "not told" else f"({why})")
        return
    yield from _field("signed by", signed.fingerprint or "(an unreadable key)")
    if signed.problem:
        yield from _field("", f"NOT GOOD: {signed.problem}")
    elif signed.allowed:
        yield from _field("", f"good, and allowed for {signed.principal}")
    elif signed.principal is None:
        yield from _field("", "good; for whom cannot be told, who recorded is not at hand")
    else:
        yield from _field("", "good; nothing says whether it may sign for who recorded")


def _changed(name: str, first: Any, now: Any, parties: set[str], names: Names) -> Iterator[str]:
    before, after = (_value(name, value, parties, names) for value in (first, now))
    yield from _field(name, "(taken back)" if now is None and first is not None else after)
    if first != now:
        yield from _field("", f"as first recorded: {before}")


def _in_zone(value: Any, zone: Zone) -> Any:
    """Say a moment in the zone of the case; leave anything else as it is."""
    return in_zone(value, zone) if isinstance(value, str) else value


def _value(name: str, value: Any, parties: set[str], names: Names) -> str:
    if isinstance(value, list):
        return "; ".join(_value(name, each, parties, names) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{each}: {_value(each, value[each], set(), names)}" for each in value)
    if isinstance(value, str) and value in parties and names.called(value) != value:
        return f"{value} ({names.called(value)})"
    return "(nothing)" if value is None else field_words(name, value)


def _sealed(shown: ShownEvent) -> Iterator[str]:
    first, now = shown.first.fields, shown.now
    for name in dict.fromkeys((*first, *now.fields)):
        if name in SEALED_BESIDE:
            continue
        yield from _text(name, now.fields.get(name), "(taken back)")
        if first.get(name) != now.fields.get(name):
            yield from _text("", first.get(name), "(nothing)", "as first recorded: ")
    for name in shown.first.erased:
        if name not in SEALED_BESIDE:
            yield from _field(name, "(erased)")
    if shown.first.missing:
        yield from _field("", f"({shown.first.missing} sealed texts are withheld)")


def _text(name: str, value: Any, nothing: str, before: str = "") -> Iterator[str]:
    """Write a sealed field: a text, several of them, or sources, an item a line."""
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items):
        shown = nothing if item is None else item
        if isinstance(shown, dict):
            shown = "  ".join(str(each) for each in shown.values() if each is not None)
        yield from _field(name if number == 0 else "", f"{before}{shown}")


def _later(shown: ShownEvent) -> Iterator[str]:
    for bearing, later, when in shown.later:
        line = f"#{later.event.position} {later.kind} {later.event_id}"
        yield from _field(bearing, marked(line, (by_then(when),)))


def _field(name: str, value: str) -> Iterator[str]:
    """Write a name and a value beside it, the value's lines wrapped below one another."""
    label = f"  {label_of(name)}".ljust(INDENT)
    for line in value.split("\n"):
        for part in textwrap.wrap(visible(line), WIDTH - INDENT, break_long_words=False) or [""]:
            yield f"{label}{part}".rstrip()
            label = " " * INDENT
