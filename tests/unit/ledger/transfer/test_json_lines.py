"""Lines of a stream, in bounded memory, each with its mark."""

import io
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.errors import InvalidEvent
from answerable.ledger.transfer import json_lines as module
from answerable.ledger.transfer.batches import Batch, batches
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.import_ import furthest_mark
from answerable.ledger.transfer.json_lines import check_utf8, lines
from answerable.ledger.transfer.mark import START, Mark


class Nothing:
    """A record of nothing."""

    def event_id(self, text: str) -> str:
        raise InvalidEvent(f"there is no event {text}.")

    def parties(self, name: str) -> tuple[str, ...]:
        return ()

    def type_of(self, party: str) -> str | None:
        return None

    def near(self, name: str) -> tuple[str, ...]:
        return ()

    def kind_of(self, event_id: str) -> str | None:
        return None


EVENT = b'{"kind":"contact-made","case_id":"acme","counterparty":"kol-1"}'


@given(st.lists(st.binary(max_size=20).filter(lambda text: not set(b"\r\n") & set(text))))
def test_ends_of_lines_make_no_difference(texts: list[bytes]) -> None:
    texts = [text.removeprefix(module.BYTE_ORDER_MARK) for text in texts]
    found = list(lines(io.BytesIO(b"\n".join([*texts, b""]))))
    assert [line.text for line in found] == texts
    mark = module.BYTE_ORDER_MARK if texts else b""
    windows = list(lines(io.BytesIO(mark + b"\r\n".join([*texts, b""]))))
    assert [line.mark for line in windows] == [line.mark for line in found]
    if texts and texts[-1]:
        cut = list(lines(io.BytesIO(b"\n".join(texts))))
        assert [line.mark for line in cut] == [line.mark for line in found]
    if found:
        whole = sha256(b"".join(text + b"\n" for text in texts)).digest()
        assert found[-1].mark == Mark(len(texts), whole)


def test_a_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINE", 10)
    assert [line.text for line in lines(io.BytesIO(b"x" * 10 + b"\r\n" + b"y" * 10))] == [
        b"x" * 10,
        b"y" * 10,
    ]
    with pytest.raises(InvalidEvent, match="longer than 10 bytes") as caught:
        list(lines(io.BytesIO(b"\n" + b"x" * 11 + b"\n")))
    assert caught.value.line == 2


def test_bytes_that_are_not_utf8() -> None:
    check_utf8("许斐".encode())
    with pytest.raises(InvalidEvent, match="byte 3 of the line is 0xff"):
        check_utf8(b"ab\xff")


def cut(text: bytes, most: int) -> list[Batch]:
    return list(batches(lines(io.BytesIO(text)), Drafting(Nothing()), most))


def test_batches_hold_so_many_events_and_know_their_lines() -> None:
    found = cut(b"\n".join([EVENT, b"", EVENT, EVENT, b" ", EVENT, b""]), 2)
    assert [batch.numbers for batch in found] == [[1, 3], [4, 6]]
    assert [batch.mark.lines for batch in found] == [3, 6]
    assert sum(batch.length for batch in found) == 4 * len(EVENT) + 7
    assert [batch.numbers for batch in cut(EVENT + b"\n\n", 1)] == [[1], []]
    assert cut(b"", 1) == []


def test_a_batch_holds_no_more_bytes_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerable.ledger.transfer.batches.BATCH_BYTES", 2 * len(EVENT))
    found = cut((EVENT + b"\n") * 5, 1_000)
    assert [len(batch.events) for batch in found] == [2, 2, 1]


@given(st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=8), st.data())
def test_the_longest_beginning_that_is_known(texts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(text + b"\n" for text in texts)
    marks = [line.mark for line in lines(io.BytesIO(stream))]
    known = set(data.draw(st.lists(st.sampled_from(marks)) if marks else st.just([])))
    strange = {Mark(3, b"of another file"), Mark(100, b"of yet another")}
    found = furthest_mark(io.BytesIO(stream), known | strange)
    assert found == max(known, default=START)
