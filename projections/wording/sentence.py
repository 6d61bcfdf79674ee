"""An event in one line, made of its public fields alone.

Nothing sealed is needed for it, so a line reads the same when the text behind it is withheld or
erased. Parties stand there by their pseudonyms, unless the caller can tell their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from answerable.domain.kinds import TARGETS
from answerable.domain.language.saying import spoken
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines import course, inquiry, outcomes, outside, registers
from answerable.projections.wording.lines.phrases import Line
from answerable.projections.wording.lines.things import Find, Told, acting, thing
from answerable.projections.wording.vocabulary import Fields

if TYPE_CHECKING:
    from answerable.domain.language.language import Language

LINES: Mapping[str, Line] = {
    **course.LINES,
    **inquiry.LINES,
    **outcomes.LINES,
    **outside.LINES,
    **registers.LINES,
}
"""The line of each kind, in the catalogue's order."""


def sentence(kind: str, fields: Fields, name_of: NameOf = str, find: Find | None = None) -> str:
    """Say what happened, in one line: "Sanction: dismissal of p-1 (announced by p-2)".

    Where the event acts upon another, the line says what that was, and so is understood alone: "The
    role of Xu Fei in public relations ended (resigned)".

    Args:
        kind: the event's kind.
        fields: its public fields, as first recorded or as corrected.
        name_of: what to call a party.
        find: finds the event that it acts upon; None where no other is at hand.
    """
    line = LINES[kind](fields, name_of)
    upon = fields.get(TARGETS.get(kind, ""))
    told = None if find is None or upon is None else find(upon)
    if find is None or told is None:
        return line
    return acting(kind, line, thing(told, name_of, find))


def sentence_in(view: CaseView, fact: Fact, fields: Fields | None = None) -> str:
    """Say what a fact of a case says, and what it acts upon.

    Args:
        view: the case.
        fact: one of its facts, or one that is to follow them.
        fields: the fact's fields as they were first recorded; None: as they stand.
    """
    told = fact.fields if fields is None else fields
    known: dict[tuple[Language | None, str, int], _Said] = view.shared(sentence_in)
    key = spoken(), fact.event_id, id(told)
    found = known.get(key)
    if found is None or not found.holds_in(view):
        found = known[key] = _said(view, fact, told)
    return found.said


class _Said(NamedTuple):
    """Hold what an event says, and what that was made of.

    Attributes:
        fields: the fields of the event, which are held so that no others have their identity.
        upon: the fields of each event that was looked for, by its id; None where there was none.
    """

    said: str
    fields: Fields
    upon: tuple[tuple[str, Fields | None], ...]

    def holds_in(self, view: CaseView) -> bool:
        """Tell whether what was looked for reads the same in a view."""
        return all(_fields_of(view, event_id) is fields for event_id, fields in self.upon)


def _said(view: CaseView, fact: Fact, fields: Fields) -> _Said:
    upon: list[tuple[str, Fields | None]] = []

    def find(event_id: str) -> Told | None:
        found = _fields_of(view, event_id)
        upon.append((event_id, found))
        return None if found is None else Told(view.facts[event_id].kind, found)

    said = sentence(fact.kind, fields, view.name_of, find)
    return _Said(said, fields, tuple(upon))


def _fields_of(view: CaseView, event_id: str) -> Fields | None:
    other = view.facts.get(event_id)
    return None if other is None else other.fields
