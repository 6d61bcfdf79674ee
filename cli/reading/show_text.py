"""One event as text: in words, then its fields, what came later of it, and at last its hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.shared.answering.screen import ASIDE, fold, screen_width
from answerable.cli.shared.options import Times
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine
from answerable.domain.record import SEALED_BESIDE
from answerable.domain.terms.several import is_provision
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.grounds.proposals import proposal_words, proposed
from answerable.projections.titles import TitleOf
from answerable.projections.wording.answers import by_then, marked
from answerable.projections.wording.dates import accepted_clock, bound, date, in_zone
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.party import party_words
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import field_words
from answerable.projections.wording.vocabulary import label as label_of

if TYPE_CHECKING:
    from answerable.ledger.actors.verify import SignatureCheck
    from answerable.projections.facts.names import Names
    from answerable.projections.show import ShownEvent

HEAD = ("event_id", "case_id", "version", "kind", "schema", "clock", "recorded_at", "_sd")
"""The fields that are shown above or below the others, or not at all."""

INDENT = 20
"""The column at which values begin."""

NARROW = 4
"""The same on a narrow screen, below the names of the fields."""

EVENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Match an event's id."""


class Proof(NamedTuple):
    """The proof that the log gives of an event.

    Attributes:
        leaf: the hash of its entry.
        signed: what its signature came to; None where it has none that can be read.
    """

    leaf: bytes
    signed: SignatureCheck | None


def event_lines(
    shown: ShownEvent, proof: Proof, times: Times, names: Names, title_of: TitleOf
) -> Iterator[TextLine]:
    """Say what an event is, in which case, and when; and then all that is on record of it.

    Args:
        shown: the event.
        proof: what the log gives of it.
        times: the times asked about.
        names: what to call parties.
        title_of: tells the title of a case.
    """
    fact, width = shown.fact, screen_width()
    said = visible(sentence_in(shown.view, fact))
    for line in fold(said if fact.stands else f"{said}  (RETRACTED)", width):
        yield TextLine(line, "bold" if fact.stands else "strike")
    case = visible(case_words(fact.event.case_id, title_of(fact.event.case_id)))
    when = date(fact.fields.get("occurred"), fact.zone)
    for line in fold(f"#{fact.event.position}, {case}, {when}", width):
        yield TextLine(line)
    for name, value in _fields(shown, proof, times, names):
        for line in _laid_out(name, value, width):
            yield TextLine(line)
    # A hash is never broken, so that it can be copied.
    narrow = width is not None and width < ASIDE
    yield from map(
        TextLine, ("  leaf", proof.leaf.hex()) if narrow else (f"  leaf  {proof.leaf.hex()}",)
    )


def _fields(
    shown: ShownEvent, proof: Proof, times: Times, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield names and values; a value that goes on with the one above has no name."""
    fact = shown.fact
    fields = fact.event.fields
    yield from _times(shown, times)
    parties = set(shown.parties)
    for name in dict.fromkeys((*fields, *fact.fields)):
        first, now = (_in_zone(each.get(name), fact.zone) for each in (fields, fact.fields))
        if name not in HEAD and (name, first) != ("occurred", now):
            yield from _changed(shown, name, first, now, parties, names)
    for number, each in enumerate(shown.bounds):
        yield "" if number else "happened", bound(each)
    recommended = proposed(FactInCase(shown.view, fact))
    if recommended is not None and not recommended.other_person:
        yield "", proposal_words(recommended)
    yield from _sealed(shown)
    yield from _later(shown)
    yield "recorded at", in_zone(fact.event.recorded_at, fact.zone)
    if accepted := accepted_clock(fields):
        yield "", accepted
    who = shown.first.fields.get("recorded_by") or f"({shown.absence('recorded_by')})"
    yield "recorded by", str(who)
    yield from _signed(shown, proof.signed)
    yield "kind", f"{fact.kind}, event {fact.event.version} of {fact.event.case_id}"
    yield "event", fact.event_id


def _times(shown: ShownEvent, times: Times) -> Iterator[tuple[str, str]]:
    """Say which moments are asked about, and whether the event had happened by then."""
    from answerable.projections.wording.dates import asked_words

    zone = shown.fact.zone
    if times.known_by is not None:
        yield "as known by", asked_words(times.known_by, zone)
    if times.as_of is not None:
        yield "as of", asked_words(times.as_of, zone)
        yield "", by_then(shown.happened) or "had happened by then"


def _signed(shown: ShownEvent, signed: SignatureCheck | None) -> Iterator[tuple[str, str]]:
    if signed is None:
        why = shown.absence("signature")
        yield "signed", "no" if why == "not told" else f"({why})"
        return
    yield "signed by", signed.fingerprint or "(an unreadable key)"
    if signed.problem:
        yield "", f"NOT GOOD: {signed.problem}"
    elif signed.allowed:
        yield "", f"good, and allowed for {signed.principal}"
    elif signed.principal is None:
        yield "", "good; for whom cannot be told, who recorded is not at hand"
    else:
        yield "", "good; nothing says whether it may sign for who recorded"


def _changed(
    shown: ShownEvent, name: str, first: Any, now: Any, parties: set[str], names: Names
) -> Iterator[tuple[str, str]]:
    before, after = (_value(shown, name, value, parties, names) for value in (first, now))
    yield name, "(taken back)" if now is None and first is not None else after
    if first != now:
        yield "", f"as first recorded: {before}"


def _in_zone(value: Any, zone: Zone) -> Any:
    """Say a moment in the zone of the case; leave anything else as it is."""
    return in_zone(value, zone) if isinstance(value, str) else value


def _value(shown: ShownEvent, name: str, value: Any, parties: set[str], names: Names) -> str:
    if isinstance(value, list):
        said = [_value(shown, name, each, parties, names) for each in value]
        events = all(isinstance(each, str) and EVENT_ID.fullmatch(each) for each in value)
        return ("\n" if events else "; ").join(said)
    if isinstance(value, dict) and not is_provision(value):
        return ", ".join(
            f"{each}: {_value(shown, each, value[each], set(), names)}" for each in value
        )
    if isinstance(value, str) and value in parties:
        return party_words(names.of(value))
    if isinstance(value, str) and EVENT_ID.fullmatch(value):
        return _event(shown, value)
    return "(nothing)" if value is None else field_words(name, value)


def _event(shown: ShownEvent, event_id: str) -> str:
    """Say another event by its number and in words; by its id where it was not on record."""
    found = shown.view.facts.get(event_id)
    if found is not None:
        return f"#{found.event.position} {sentence_in(shown.view, found)}"
    placed = shown.view.place(event_id)
    if placed is None:
        return event_id
    said = sentence_in(placed.view, placed.fact)
    return f"#{placed.fact.event.position} {said} ({placed.view.case_id})"


def _sealed(shown: ShownEvent) -> Iterator[tuple[str, str]]:
    first, now = shown.first.fields, shown.now
    # The commitments of an entry stand in the order of their hashes, which says nothing.
    names = {*first, *now.fields} - SEALED_BESIDE
    for name in sorted(names, key=lambda name: (name == "sources", name)):
        yield from _text(name, now.fields.get(name), "(taken back)")
        if first.get(name) != now.fields.get(name):
            yield from _text("", first.get(name), "(nothing)", "as first recorded: ")
    for name in shown.first.erased:
        if name not in SEALED_BESIDE:
            yield name, "(erased)"
    if shown.first.missing:
        yield "", f"({shown.first.missing} sealed texts are withheld)"


def _text(name: str, value: Any, nothing: str, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield a sealed field: a text, several of them, or sources, an item a line."""
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items):
        said = nothing if item is None else item
        if isinstance(said, dict) and name == "sealed_fields":
            said = "; ".join(f"{label_of(field)}: {each}" for field, each in said.items())
        elif isinstance(said, dict):
            said = "  ".join(str(each) for each in said.values() if each is not None)
        yield name if number == 0 else "", f"{before}{said}"


def _later(shown: ShownEvent) -> Iterator[tuple[str, str]]:
    said = ""
    for bearing, later, when in shown.later:
        line = f"#{later.event.position} {sentence_in(shown.view, later)}"
        yield "" if bearing == said else bearing, marked(line, (by_then(when),))
        said = bearing


def _laid_out(name: str, value: str, width: int | None) -> Iterator[str]:
    """Put a name and a value beside it, or below it on a narrow screen."""
    narrow = width is not None and width < ASIDE
    start = NARROW if narrow else INDENT
    lead = f"  {label_of(name)}"
    if narrow and name:
        yield lead
    for line in _visible_lines(value):
        first = " " * start if narrow or not name else lead.ljust(INDENT)
        yield from fold(f"{first}{line}".rstrip(), width, hang=start)
        name = ""


def _visible_lines(text: str) -> list[str]:
    """Return the lines of a text, with what would steer a terminal written out."""
    return [visible(line) for line in text.split("\n")]
