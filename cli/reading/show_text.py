"""One event as text: in words, then its fields, what came later of it, and at last its hash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.options import Times
from answerable.cli.shared.output import visible
from answerable.cli.shared.terminal.screen import ASIDE, fold, padded, screen_width
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import punctuation, say, say_as
from answerable.projections.blocks.spans import plain
from answerable.projections.show.fields import fields
from answerable.projections.titles import TitleOf
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.dates import date
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import label as label_of
from answerable.projections.wording.vocabulary import state_words, words

if TYPE_CHECKING:
    from answerable.ledger.actors.verify import SignatureCheck
    from answerable.projections.facts.names import Names
    from answerable.projections.show.show import ShownEvent

INDENT = 20
"""The column at which values begin."""

NARROW = 4
"""The same on a narrow screen, below the names of the fields."""


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
    for line in fold(said if fact.stands else say("{line}  (RETRACTED)", line=said), width):
        yield TextLine(line, "bold" if fact.stands else "strike")
    case = visible(case_words(fact.event.case_id, title_of(fact.event.case_id)))
    when = date(fact.fields.get("occurred"), fact.zone)
    cited = punctuation(", ").join((f"#{fact.event.position}", case, when))
    for line in fold(cited, width):
        yield TextLine(line)
    for name, value in _fields(shown, proof, times, names):
        for line in _laid_out(name, value, width):
            yield TextLine(line)
    # A hash is never broken, so that it can be copied.
    narrow = width is not None and width < ASIDE
    leaf, digits = say("leaf"), proof.leaf.hex()
    yield from map(TextLine, (f"  {leaf}", digits) if narrow else (f"  {leaf}  {digits}",))


def _fields(
    shown: ShownEvent, proof: Proof, times: Times, names: Names
) -> Iterator[tuple[str, str]]:
    """Yield names and values; a value that goes on with the one above has no name."""
    fact = shown.fact
    yield from _times(shown, times)
    yield from ((label_of(each.name), plain(each.value)) for each in fields(shown, names.of))
    yield from signed_words(shown, proof.signed)
    kind = say(
        "{kind}, event {number} of {case}",
        kind=words(fact.kind),
        number=fact.event.version,
        case=fact.event.case_id,
    )
    yield label_of("kind"), kind
    yield say_as("field", "event"), fact.event_id


def _times(shown: ShownEvent, times: Times) -> Iterator[tuple[str, str]]:
    """Say which moments are asked about, and whether the event had happened by then."""
    from answerable.projections.wording.dates import asked_words

    zone = shown.fact.zone
    if times.known_by is not None:
        yield say("as known by"), asked_words(times.known_by, zone)
    if times.as_of is not None:
        yield say("as of"), asked_words(times.as_of, zone)
        yield "", by_then(shown.happened) or say("had happened by then")


def signed_words(shown: ShownEvent, signed: SignatureCheck | None) -> Iterator[tuple[str, str]]:
    """Say what the signature of an event came to, as names and values of fields."""
    if signed is None:
        why = shown.absence("signature")
        absent = state_words(why)
        yield say("signed"), say("no") if why == "not told" else say("({why})", why=absent)
        return
    yield say("signed by"), signed.fingerprint or say("(an unreadable key)")
    if signed.problem:
        yield "", say("NOT GOOD: {problem}", problem=signed.problem)
    elif signed.allowed:
        yield "", say("good, and allowed for {party}", party=signed.principal)
    elif signed.principal is None:
        yield "", say("good; for whom cannot be told, who recorded is not at hand")
    else:
        yield "", say("good; nothing says whether it may sign for who recorded")


def _laid_out(name: str, value: str, width: int | None) -> Iterator[str]:
    """Put a name and a value beside it, or below it on a narrow screen."""
    narrow = width is not None and width < ASIDE
    start = NARROW if narrow else INDENT
    lead = f"  {name}"
    if narrow and name:
        yield lead
    for line in _visible_lines(value):
        first = " " * start if narrow or not name else padded(lead, INDENT)
        yield from fold(f"{first}{line}".rstrip(), width, hang=start)
        name = ""


def _visible_lines(text: str) -> list[str]:
    """Return the lines of a text, with what would steer a terminal written out."""
    return [visible(line) for line in text.split("\n")]
