"""`answerable show`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.shared.options import json_option, ledger_option, open_ledger, times_options
from answerable.cli.shared.output import visible, write_json
from answerable.cli.shared.signers import (
    signers_at_hand,
    signers_option,
)
from answerable.domain.record import SEALED_BESIDE
from answerable.projections.wording.answers import by_then

if TYPE_CHECKING:
    from datetime import datetime

    from answerable.domain.dates import When
    from answerable.domain.record import (
        Disclosed,
        RecordedEvent,
    )
    from answerable.ledger.actors.verify import SignatureCheck
    from answerable.ledger.ledger import Ledger
    from answerable.projections.errors import NotFound
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.facts.facts import (
        CaseFacts,
        Fact,
    )
    from answerable.projections.facts.names import Names

HEAD = ("event_id", "case_id", "version", "kind", "schema", "recorded_at", "_sd")
"""What is shown above the other fields, or not at all."""

INDENT = 20
"""The column at which values begin."""

WIDTH = 80


class Shown(NamedTuple):
    """An event with all that is known of it.

    Attributes:
        facts: its case, as known by the moment asked about.
        fact: the event as it stood then.
        first: what was sealed in it, as first recorded.
        now: the same as it read then.
        leaf: the hash of its entry.
        signed: what its signature came to; None where it has none that can be read.
    """

    facts: CaseFacts
    fact: Fact
    first: Disclosed
    now: DisclosedTexts
    leaf: bytes
    signed: SignatureCheck | None
    as_of: datetime | None
    known_by: datetime | None

    @property
    def later(self) -> Iterator[tuple[str, Fact, When]]:
        """What was recorded of it later, and whether that had happened by then.

        A correction or a retraction says how the record reads, whatever the moment asked about.
        """
        fact = self.fact
        for label, ids in (
            ("corrected by", fact.corrections),
            ("retracted by", (fact.retracted_by,) if fact.retracted_by else ()),
            ("disputed by", fact.disputes),
            ("followed by", fact.upon),
        ):
            for event_id in ids:
                later = self.facts.facts[event_id]
                reads = label in ("corrected by", "retracted by")
                when: When = "yes" if reads else later.when(self.as_of)
                if when != "no":
                    yield label, later, when


@click.command("show")
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
    as_of: datetime | None,
    known_by: datetime | None,
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
        shown = _shown(opened, found, signers, as_of, known_by)
        if as_json:
            write_json(_json(shown))
            return
        for line in _lines(shown, _names(opened, shown)):
            click.echo(line)


def _shown(
    opened: Ledger,
    event: RecordedEvent,
    signers: Path | None,
    as_of: datetime | None,
    known_by: datetime | None,
) -> Shown:
    from answerable.ledger.tlog.merkle import leaf_hash
    from answerable.projections.facts.disclosed import disclose
    from answerable.projections.facts.facts import of_case

    facts = of_case(opened, event.case_id, known_by=known_by)
    if event.event_id not in facts.facts:
        raise _not_yet(event)
    fact = facts.facts[event.event_id]
    position = fact.event.position
    first = opened.opened([position])[position]
    now = disclose(opened, facts, [fact])[fact.event_id]
    entry = opened.entry(position) or b""
    signed = _checked(opened, position, entry, signers) if "signature" in first.fields else None
    return Shown(facts, fact, first, now, leaf_hash(entry), signed, as_of, known_by)


def _not_yet(event: RecordedEvent) -> NotFound:
    from answerable.projections.errors import NotFound

    return NotFound(
        f"the event {event.event_id} was not on record by then: it was recorded at "
        f"{event.recorded_at}.",
        hint="Give a later --known-by, or leave it out.",
    )


def _checked(
    opened: Ledger, position: int, entry: bytes, signers: Path | None
) -> SignatureCheck | None:
    from answerable.ledger.actors.verify import check_signature

    return check_signature(
        entry, opened.disclosures(position), signers_at_hand(signers, opened.path)
    )


def _names(opened: Ledger, shown: Shown) -> Names:
    from answerable.projections.facts.names import names

    return names(opened, known_by=shown.known_by)


def _parties(shown: Shown) -> list[str]:
    from answerable.domain.kinds import model

    found: list[str] = []
    for name in model(shown.fact.kind).parties:
        value = shown.fact.fields.get(name, ())
        found.extend([value] if isinstance(value, str) else value)
    return found


def _json(shown: Shown) -> dict[str, Any]:
    from answerable.projections.output.json import json_value

    fact = shown.fact
    listed: dict[str, list[str]] = {}
    for label, later, _ in shown.later:
        listed.setdefault(label, []).append(later.event_id)
    return {
        "as_of": json_value(shown.as_of),
        "known_by": json_value(shown.known_by),
        "happened_by_then": fact.when(shown.as_of),
        "position": fact.event.position,
        "leaf": shown.leaf.hex(),
        "recorded": dict(fact.event.fields),
        "sealed": dict(shown.first.fields),
        "erased": list(shown.first.erased),
        "withheld": shown.first.missing,
        "signature": None if shown.signed is None else shown.signed._asdict(),
        "stands": {
            "fields": {name: value for name, value in fact.fields.items() if name not in HEAD},
            "sealed": shown.now.told,
        },
        "corrections": list(fact.corrections),
        "retracted_by": fact.retracted_by,
        "disputes": listed.get("disputed by", []),
        "upon": listed.get("followed by", []),
    }


def _lines(shown: Shown, names: Names) -> Iterator[str]:
    fact = shown.fact
    fields = fact.event.fields
    yield f"{fact.kind}, event {fact.event.version} of {fact.event.case_id}" + (
        "" if fact.stands else "  (RETRACTED)"
    )
    yield from _times(shown)
    yield from _field("position", str(fact.event.position))
    yield from _field("event", fact.event_id)
    yield from _field("leaf", shown.leaf.hex())
    yield from _field("recorded at", fact.event.recorded_at)
    yield from _field(
        "recorded by", shown.first.fields.get("recorded_by") or _gone(shown, "recorded_by")
    )
    yield from _signed(shown)
    parties = set(_parties(shown))
    for name in dict.fromkeys((*fields, *fact.fields)):
        if name not in HEAD:
            yield from _changed(name, fields.get(name), fact.fields.get(name), parties, names)
    yield from _sealed(shown)
    yield from _later(shown)


def _times(shown: Shown) -> Iterator[str]:
    """The moments asked about, and whether it had happened by then."""
    from answerable.projections.output.json import json_value

    if shown.known_by is not None:
        yield from _field("as known by", json_value(shown.known_by))
    if shown.as_of is not None:
        yield from _field("as of", json_value(shown.as_of))
        yield from _field("", by_then(shown.fact.when(shown.as_of)) or "had happened by then")


def _signed(shown: Shown) -> Iterator[str]:
    signed = shown.signed
    if signed is None:
        yield from _field("signed", _gone(shown, "signature") if _lost(shown) else "no")
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


def _lost(shown: Shown) -> bool:
    return "signature" in shown.first.erased or bool(shown.first.missing)


def _changed(name: str, first: Any, now: Any, parties: set[str], names: Names) -> Iterator[str]:
    told = [_told(value, parties, names) for value in (first, now)]
    if first == now:
        yield from _field(name, told[0])
        return
    yield from _field(name, told[1] if now is not None else "(taken back)")
    yield from _field("", f"as first recorded: {told[0] if first is not None else '(nothing)'}")


def _told(value: Any, parties: set[str], names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_told(each, parties, names) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_told(each, set(), names)}" for name, each in value.items())
    if isinstance(value, str) and value in parties and names.called(value) != value:
        return f"{value} ({names.called(value)})"
    return "(nothing)" if value is None else str(value)


def _sealed(shown: Shown) -> Iterator[str]:
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


def _gone(shown: Shown, name: str) -> str:
    return "(erased)" if name in shown.first.erased else "(withheld)"


def _text(name: str, value: Any, nothing: str, before: str = "") -> Iterator[str]:
    """A sealed field: a text, several of them, or sources, an item a line."""
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items):
        shown = nothing if item is None else item
        if isinstance(shown, dict):
            shown = "  ".join(str(each) for each in shown.values() if each is not None)
        yield from _field(name if number == 0 else "", f"{before}{shown}")


def _later(shown: Shown) -> Iterator[str]:
    for label, later, when in shown.later:
        doubt = by_then(when)
        line = f"#{later.event.position} {later.kind} {later.event_id}"
        yield from _field(label, line if doubt is None else f"{line} ({doubt})")


def _field(name: str, value: str) -> Iterator[str]:
    """A name and a value beside it, the value's lines wrapped below one another."""
    label = f"  {name.replace('_', ' ')}".ljust(INDENT)
    for line in value.split("\n"):
        for part in textwrap.wrap(visible(line), WIDTH - INDENT, break_long_words=False) or [""]:
            yield f"{label}{part}".rstrip()
            label = " " * INDENT
