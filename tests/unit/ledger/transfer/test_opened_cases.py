"""An import reads ahead for the opening of a case, and no further than it has to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import pytest

from answerable.ledger.transfer.json_lines import JsonLine, lines
from answerable.ledger.transfer.opened_cases import LookAhead

TOLD = (
    {"kind": "contact-made", "case_id": "acme", "counterparty": "k-1"},
    {"kind": "case-opened", "case_id": "acme", "title": "Gifts"},
    {"kind": "lesson-recorded", "case_id": "acme", "lesson": "Ask first."},
)


def source(read: list[int]) -> Iterator[JsonLine]:
    """The lines, each noted when it is read."""
    text = "".join(json.dumps(each) + "\n" for each in TOLD)
    for number, line in enumerate(lines(BytesIO(text.encode()))):
        read.append(number)
        yield line


@pytest.mark.parametrize("taken", [1, 2])
def test_nothing_is_read_past_the_line_that_opens_the_case(taken: int) -> None:
    read: list[int] = []
    ahead = LookAhead(source(read))
    first = [next(ahead) for _ in range(taken)]
    assert ahead.opens("acme")
    assert read == [0, 1]
    assert len([*first, *ahead]) == len(TOLD)


def test_a_case_that_no_line_opens_is_looked_for_to_the_end() -> None:
    read: list[int] = []
    ahead = LookAhead(source(read))
    assert not ahead.opens("other")
    assert read == [0, 1, 2]
    assert [json.loads(line.text) for line in ahead] == list(TOLD)
