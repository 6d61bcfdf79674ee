"""Exhibits on a terminal: what they are, who kept them, and what became of their files."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.cli.shared.text import quoted
from answerable.domain.zone.zone import Zone
from answerable.ledger.evidence.files import FileCheck
from answerable.projections.evidence.custody import Custody, CustodyStep
from answerable.projections.evidence.exhibits import Exhibit
from answerable.projections.facts.disclosed import Text
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import ITS_DATE
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import date
from answerable.projections.wording.vocabulary import words

INDETERMINATE = " (indeterminate)"
NOT_TOLD = "someone not named"

SHORT = 19
"""The signs of a digest that stand for an exhibit of which nothing else is told."""


def listed(exhibit: Exhibit, called: NameOf, case: str, zone: Zone) -> Iterator[str]:
    """Write what is on record of an exhibit: what it is, who has it, and what rests on it.

    Args:
        exhibit: the exhibit.
        called: what to call a party.
        case: what to call its case.
        zone: that of the case.
    """
    kept = exhibit.custody
    what = _what(exhibit)
    yield f"#{exhibit.position}  {what}, in {case}{_marks(exhibit)}"
    doubt = "" if kept.certain else INDETERMINATE
    yield f"    kept by {_who(kept.keeper, called)}{doubt}, {_place(exhibit.place.text)}"
    for gap in kept.gaps:
        mark = INDETERMINATE if gap.verdict == "indeterminate" else ""
        yield f"    gap in its custody{mark}: {_small(gap.text)} (#{gap.position})"
    for rest in exhibit.findings:
        who = called(rest.subject)
        yield f"    bears the finding about {who} (#{rest.position}, {words(rest.outcome)})"
    collector, when = _who(kept.collection.to, called), date(kept.collection.occurred, zone)
    yield f"    collected by {collector}, {when}{_doubt(kept.collection)}"
    size = "size not told" if exhibit.size is None else counted(exhibit.size, "byte", "bytes")
    yield f"    {size}, {exhibit.media_type or 'media type not told'}"


def digest_line(exhibit: Exhibit) -> str:
    """Write what a file has to hash to, to be this exhibit."""
    return f"#{exhibit.position}  {exhibit.digest}"


def _what(exhibit: Exhibit) -> str:
    if exhibit.description.state == "not told":
        return f"exhibit {exhibit.digest[:SHORT]}…"
    return _quoted(exhibit.description)


def chain(kept: Custody, called: NameOf, zone: Zone) -> Iterator[str]:
    """Write whether a chain of custody has gaps, and its steps, in their order."""
    if not kept.gaps:
        yield "Custody has no gaps."
    first = kept.collection
    yield f"{_number(first)}  collected by {_who(first.to, called)}, {date(first.occurred, zone)}"
    for step, after in kept.links:
        hands = f"from {_who(step.from_, called)} to {_who(step.to, called)}"
        order = "; its order is indeterminate by its date" if after == "unknown" else ""
        disputed = "; disputed" if step.disputed_by else ""
        when = f"{date(step.occurred, zone)}{_doubt(step)}"
        yield f"{_number(step)}  {hands}, {when}{order}{disputed}"


def outcome(exhibit: Exhibit, found: FileCheck) -> Iterator[str]:
    """Write in which state an exhibit's file was found."""
    place = found.place or _place(exhibit.place.text)
    yield f"{found.state:<13}  #{exhibit.position}  {_what(exhibit)}, {place}"
    if found.why:
        yield f"{'':<13}  {found.why}"


def _marks(exhibit: Exhibit) -> str:
    marks = (
        None if exhibit.standing == "asserted" else exhibit.standing,
        "retracted" if exhibit.retracted_by else None,
        "disputed" if exhibit.disputed_by and exhibit.standing != "disputed" else None,
        "corrected" if exhibit.corrected_by else None,
    )
    listed = ", ".join(mark for mark in marks if mark)
    return f"  ({listed})" if listed else ""


def _who(party: str | None, called: NameOf) -> str:
    return NOT_TOLD if party is None else called(party)


def _doubt(step: CustodyStep) -> str:
    return f" ({ITS_DATE})" if step.happened == "unknown" else ""


def _place(text: Text) -> str:
    return f"at {quoted(text.value)}" if text.state == "told" else f"place {text.state}"


def _number(step: CustodyStep) -> str:
    return f"#{step.position}".rjust(6)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _quoted(text: Text) -> str:
    return quoted(text.value) if text.state == "told" else f"({text.state})"
