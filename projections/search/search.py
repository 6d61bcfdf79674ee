"""Search the record's texts: each is told with what it belongs to and how it stands.

A text is found as it was recorded, whatever was said of it later: one that was corrected away or
whose event was retracted is told, and marked. Which texts were there to be searched is told too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed
from answerable.domain.search.query import Query
from answerable.domain.search.request import (
    CORRECTED,
    Hit,
    Passage,
    SearchRequest,
    passages_in_scope,
)
from answerable.domain.zone.day_end import Asked, moment_in
from answerable.domain.zone.zone import UNTOLD
from answerable.projections.facts.facts import CaseFacts, Fact, fold
from answerable.projections.facts.known_by.day import known_by_then, zone_then
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.search.excerpt import Piece, excerpt, has_any


class Result(NamedTuple):
    """A text that has what was searched for.

    Attributes:
        position: of the event that it was recorded with.
        field: what it says something of; of a correction's text, the field that is corrected.
        corrects: the event that the text corrects, by its id, if it is a correction's.
        occurred: when the event happened (EDTF), as corrected; None where that is not told.
        happened: whether it had happened by the date asked about; `unknown` is indeterminate.
        about: the parties that the text is about.
        excerpt: the text around the first hit.
        corrected: whether a later correction says something else in its place; `unknown` where a
            correction's own texts are not at hand.
        retracted_by: the retraction of the event, or of what it corrects, by its id.
        disputed_by: the disputes of the event that stand, by their ids.
    """

    position: int
    event_id: str
    case_id: str
    kind: str
    field: str
    corrects: str | None
    occurred: str | None
    recorded_at: str
    happened: When
    about: tuple[str, ...]
    excerpt: tuple[Piece, ...]
    corrected: When
    retracted_by: str | None
    disputed_by: tuple[str, ...]


KEPT = 32
"""The number of cases in memory at a time, of those whose dates bound one another."""


class SearchAnswer(NamedTuple):
    """The answer to a search.

    Attributes:
        query: what was searched for, as it was understood.
        total: how many texts have it, of what had or may have happened by the date asked about.
        indeterminate: of how many of these it is not certain that it had happened by then.
        results: the first of them.
        erased: how many texts that were to be searched are destroyed.
        withheld: how many are not at hand.
        ranked: whether the best come first; else the first recorded do.
    """

    query: str
    total: int
    indeterminate: int
    results: tuple[Result, ...]
    erased: int
    withheld: int
    ranked: bool


class _Standing(NamedTuple):
    """A hit, how its event stands in its case, and the fact that the text says something of."""

    hit: Hit
    facts: CaseFacts
    fact: Fact
    told_of: Fact
    happened: When


def search(
    reader: Reader,
    wanted: SearchRequest,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    limit: int = 20,
) -> SearchAnswer:
    """Search the texts that are open to this reader.

    Args:
        reader: the record.
        wanted: what is searched for, where, and as known by when.
        as_of: leaves out what had not happened by then.
        known_by: only in what was recorded by then, also by the end of a day.
        limit: how many results to tell.
    """
    reader, moment = known_by_then(reader, known_by or wanted.known_by)
    wanted = wanted._replace(known_by=moment)
    found = reader.found(wanted)
    record = RecordView(reader, as_of, moment, keep=KEPT)
    total = indeterminate = 0
    results: list[Result] = []
    for hit in found.hits:
        if as_of is None and len(results) == limit:
            break
        standing = _standing(record, hit)
        if standing.happened == "no":
            continue
        total += 1
        indeterminate += standing.happened == "unknown"
        if len(results) < limit:
            results.append(_result(reader, standing, wanted))
    return SearchAnswer(
        str(wanted.query),
        found.total if as_of is None else total,
        indeterminate,
        tuple(results),
        found.erased,
        found.withheld,
        found.ranked,
    )


def _standing(record: RecordView, hit: Hit) -> _Standing:
    event, reader, known_by, as_of = hit.event, record.reader, record.known_by, record.as_of
    corrected = reader.event(event.fields["target"]) if hit.field == CORRECTED else None
    amended = reader.amended([corrected or event], known_by=known_by)
    zone = UNTOLD if as_of is None else zone_then(reader, event.case_id, known_by=known_by)
    facts = fold(event.case_id, amended, zone)
    fact = facts.facts[event.event_id]
    told_of = fact if corrected is None else facts.facts[corrected.event_id]
    happened = record.settled(event, fact.when(moment_in(as_of, zone)))
    return _Standing(hit, facts, fact, told_of, happened)


def _result(reader: Reader, standing: _Standing, wanted: SearchRequest) -> Result:
    hit, facts, fact, told_of, happened = standing
    shown = _shown(passages_in_scope(wanted, hit.field, hit.value), wanted.query)
    return Result(
        position=hit.event.position,
        event_id=fact.event_id,
        case_id=facts.case_id,
        kind=fact.kind,
        field=shown.field,
        corrects=None if told_of is fact else told_of.event_id,
        occurred=fact.fields.get("occurred"),
        recorded_at=hit.event.recorded_at,
        happened=happened,
        about=hit.about,
        excerpt=excerpt(shown.text, wanted.query),
        corrected=_corrected(reader, standing, shown.field),
        retracted_by=fact.retracted_by or told_of.retracted_by,
        disputed_by=fact.disputes,
    )


def _shown(pieces: Iterable[Passage], query: Query) -> Passage:
    """Cut out the first piece of a text that has something of what was searched for."""
    listed = list(pieces)
    return next((each for each in listed if has_any(each.text, query)), listed[0])


def _corrected(reader: Reader, standing: _Standing, field: str) -> When:
    """Tell whether a correction that stands says something else in a text's place."""
    corrections = (standing.facts.facts[each] for each in standing.told_of.corrections)
    positions = (each.event.position for each in corrections)
    later = [position for position in positions if position > standing.hit.event.position]
    return any_of(_says(reader.opened(later).values(), field))


def _says(corrections: Iterable[Disclosed], field: str) -> Iterator[When]:
    for opened in corrections:
        told = opened.fields.get(CORRECTED)
        if told is not None:
            yield "yes" if field in told else "no"
        elif CORRECTED in opened.erased or opened.missing:
            yield "unknown"
