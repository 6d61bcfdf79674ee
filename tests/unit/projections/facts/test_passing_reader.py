"""A reader that passes questions on answers all that a reader is asked, as the record does."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.builders import case

from answerable.domain.reader import EventReader, Reader
from answerable.projections.facts.known_by.passing import PassingReader

ASKED = {name for each in (Reader, EventReader) for name in vars(each) if name[0] != "_"}


def test_every_question_of_a_reader_is_passed_on() -> None:
    assert {name for name in vars(PassingReader) if name[0] != "_"} == ASKED


def test_it_tells_what_the_record_tells() -> None:
    log = case(
        {"as": "r", "kind": "party-registered", "party": "p-1", "type": "person", "name": "Ann"},
        {"kind": "correction", "target": "@r", "sealed_fields": {"name": "Anne"}},
    )
    reader, then = PassingReader(log), datetime(2026, 2, 1, tzinfo=UTC)
    first = log.log[0]
    assert list(reader.events()) == log.log == reader.amended([first])
    assert list(reader.events(known_by=then)) == [first] == list(reader.registrations(["p-1"]))
    assert list(reader.events_by_case()) == log.log
    assert (reader.event(first.event_id), reader.event("none")) == (first, None)
    assert (reader.head(), list(reader.cases())) == (log.head(), list(log.cases()))
    assert reader.opened([0]) == log.opened([0])
