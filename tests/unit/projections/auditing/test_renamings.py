"""Which registrations gave a party another name: of some parties as of all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from tests.support.builders import Memory

from answerable.domain.record import RecordedEvent
from answerable.projections.auditing.renamings import renamings


def test_of_some_parties_it_tells_what_it_tells_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    log, last = Memory(), ""
    names = [("a", "Ann"), ("b", "Bo"), ("a", "Anna"), ("c", "Cy"), ("b", "BO"), ("d", "Dee")]
    for party, name in names:
        last = log.add(kind="party-registered", party=party, type="person", name=name)
    log.add(kind="correction", target=last, fields={"party": "c"})
    whole = renamings(log, None, None)
    assert [each.party for each in whole.values()] == ["a"]
    events = log.events

    def read(**asked: Any) -> Iterator[RecordedEvent]:
        assert asked.get("kinds") is None, "every registration is read"
        return events(**asked)

    monkeypatch.setattr(log, "events", read)
    for number in range(5):
        for some in combinations("abcd", number):
            found = renamings(log, some, None)
            assert found == {key: each for key, each in whole.items() if each.party in some}
