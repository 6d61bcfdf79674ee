"""Lines of events: what is taken from one is JSON with each key once, and is told again alike."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any, NoReturn

from answerable.domain.event import Event
from answerable.domain.parsing import parse_line
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.json_lines import JsonLine, lines

LONGEST = 4_096


def take(data: bytes) -> None:
    """Read lines, and the events that they tell."""
    for line in lines(BytesIO(data)):
        line.refs()
        line.opened()
        try:
            drafted = line.drafts()
        except Flaws:
            continue
        for each in drafted:
            _check(line, each)


def _check(line: JsonLine, taken: object) -> None:
    told = json.loads(line.text, object_pairs_hook=_once, parse_constant=_refuse)
    assert isinstance(told, dict)
    if isinstance(taken, Event):
        again = parse_line(taken.model_dump_json(exclude_unset=True, by_alias=True))
        assert again == taken
        assert told["kind"] == taken.kind


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), "a key was given twice, and one of both was taken"
    return found


def _refuse(name: str) -> NoReturn:
    raise AssertionError(f"{name} is no JSON, and was taken")
