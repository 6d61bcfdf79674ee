"""Each event of a case whole, as a page shows it: in words, then its fields, then its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.projections.blocks.spans import Line
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import positions, sealed
from answerable.projections.facts.names import Name
from answerable.projections.show.fields import SEEN, Field, Unseen, fields
from answerable.projections.show.show import ShownEvent
from answerable.projections.wording.dates import date
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import label, words


class EventShown(NamedTuple):
    """Hold an event as a page shows it.

    Attributes:
        said: the event in one line, as it reads now.
        struck: whether it was retracted.
        fields: names and values; a value without a name goes on with the one above.
        told: of each of these, what of the record it tells.
        recorded_kind: its kind, as it is recorded.
        occurred: when it happened, as it is recorded.
    """

    position: int
    event_id: str
    kind: str
    said: str
    when: str
    struck: bool
    fields: tuple[tuple[str, Line], ...]
    told: tuple[Field, ...]
    recorded_kind: str
    occurred: str | None


def events_shown(
    reader: Reader,
    view: CaseView,
    named: Callable[[str], Name],
    unseen: Callable[[str], Unseen] = lambda _: SEEN,
) -> Iterator[EventShown]:
    """Show every event of a case that had happened, or may have, in the order of recording.

    Args:
        reader: the record.
        view: the case.
        named: tells who a party is.
        unseen: tells what an event refers to, by its id, that is not shown.
    """
    facts = list(view.happened())
    opened = reader.opened(positions(view.case, facts))
    for fact in facts:
        position = fact.event.position
        shown = ShownEvent(view, fact, opened[position], sealed(view.case, fact, opened))
        told = tuple(fields(shown, named, unseen(fact.event_id)))
        yield EventShown(
            position=position,
            event_id=fact.event_id,
            kind=words(fact.kind),
            said=sentence_in(view, fact),
            when=date(fact.fields.get("occurred"), fact.zone),
            struck=not fact.stands,
            fields=tuple((label(each.name), each.value) for each in told),
            told=told,
            recorded_kind=fact.kind,
            occurred=fact.fields.get("occurred"),
        )
