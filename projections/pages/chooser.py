"""The events of a timeline as data for a page to choose among and to put in order.

What an event is, whom it names and where it stands in time is worked out here; a page only hides
rows and moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.roles import parts
from answerable.projections.output.markdown_text import seen
from answerable.projections.pages.drawing.tracks import is_late
from answerable.projections.timeline.order import in_order
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.vocabulary import words


class Choosable(NamedTuple):
    """Hold what an event of a timeline can be chosen by.

    Attributes:
        kind: the number of its kind among those of the timeline.
        parties: the numbers of those that it names.
        late: whether it was recorded late.
        corrected: whether it was corrected or retracted.
        place: its place in the order in which the events happened, as far as that is known.
    """

    position: int
    kind: int
    parties: tuple[int, ...]
    late: bool
    corrected: bool
    place: int


class Chooser(NamedTuple):
    """Hold what can be chosen on a timeline.

    Attributes:
        kinds: the kinds of its events, in words, by alphabet.
        parties: those whom its events name, as they are called, by alphabet.
        events: its events, in the order of recording.
    """

    kinds: tuple[str, ...]
    parties: tuple[str, ...]
    events: tuple[Choosable, ...]


def chooser(view: CaseView, entries: Iterable[Entry], name_of: Callable[[str], str]) -> Chooser:
    """Work out what can be chosen on a timeline.

    Args:
        view: the case, as it may be shown.
        entries: the timeline.
        name_of: what to call a party.
    """
    told = [each for each in entries if each.event_id in view.facts]
    named = {each.event_id: _named(view, each, name_of) for each in told}
    kinds = {words(each.kind): 0 for each in told}
    parties = {name: 0 for names in named.values() for name in names}
    for numbered in (kinds, parties):
        numbered.update((name, at) for at, name in enumerate(sorted(numbered, key=str.casefold)))
    places = {each.event_id: at for at, each in enumerate(in_order(view).entries)}
    return Chooser(
        tuple(sorted(kinds, key=kinds.__getitem__)),
        tuple(map(seen, sorted(parties, key=parties.__getitem__))),
        tuple(
            Choosable(
                position=each.position,
                kind=kinds[words(each.kind)],
                parties=tuple(sorted(parties[name] for name in named[each.event_id])),
                late=is_late(each),
                corrected=bool(each.corrected_by) or each.struck,
                place=places.get(each.event_id, len(places)),
            )
            for each in told
        ),
    )


def _named(view: CaseView, entry: Entry, name_of: Callable[[str], str]) -> tuple[str, ...]:
    """List whom an event names, as it stands, each once."""
    fact = view.facts[entry.event_id]
    return tuple(dict.fromkeys(name_of(each.party) for each in parts(fact.kind, fact.fields)))
