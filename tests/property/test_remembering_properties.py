"""A reader that remembers says the same as the one that it asks, at every moment, in any order."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.replay.remembering import RememberingReader

KINDS = st.sets(st.sampled_from(sorted(CATALOGUE)), max_size=9)


@settings(max_examples=examples(25), deadline=None)
@given(records(moves=8, imprecise=2), st.lists(KINDS, max_size=3), st.data())
def test_what_is_remembered_is_what_would_be_read(
    log: Memory, some: list[set[str]], data: st.DataObject
) -> None:
    reader = RememberingReader(log)
    moments = [None, *(datetime.fromisoformat(event.recorded_at) for event in log.log)]
    for kinds in (*some, set(CATALOGUE)) * 2:
        moment = data.draw(st.sampled_from(moments))
        found = list(log.events(kinds=kinds, known_by=moment))
        assert list(reader.events(kinds=kinds, known_by=moment)) == found
        assert reader.amended(found[:3], known_by=moment) == log.amended(found[:3], known_by=moment)
        places = [event.position for event in found]
        assert reader.opened(places) == log.opened(places)
        assert list(reader.altered(places)) == list(log.altered(places))
        for event in found:
            assert reader.event(event.event_id) == log.event(event.event_id)
