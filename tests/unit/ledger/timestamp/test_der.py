"""Reading and writing DER."""

import pytest

from answerable.ledger.timestamp import der
from answerable.ledger.timestamp.der import Element, NotDer


@pytest.mark.parametrize(
    ("size", "head"),
    [(0, "0400"), (127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100")],
)
def test_lengths_are_as_short_as_can_be(size: int, head: str) -> None:
    data = der.encoded(der.OCTET_STRING, bytes(size))
    assert data == bytes.fromhex(head) + bytes(size)
    assert der.element(data) == Element(der.OCTET_STRING, bytes(size))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "04",
        "0401",
        "040200",
        "0481",
        "04817f" + "00" * 127,
        "0482",
        "048200ff" + "00" * 255,
        "0485000000000100",
        "0480" + "0000",
        "1f0100",
        "040004",
        "04000400",
    ],
)
def test_what_is_not_der(data: str) -> None:
    with pytest.raises(NotDer):
        der.element(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("data", "number"), [("020100", 0), ("02017f", 127), ("02020080", 128), ("0201ff", -1)]
)
def test_numbers(data: str, number: int) -> None:
    assert der.element(bytes.fromhex(data)).number == number


@pytest.mark.parametrize("data", ["0200", "040101"])
def test_what_is_no_number(data: str) -> None:
    with pytest.raises(NotDer):
        _ = der.element(bytes.fromhex(data)).number


def test_what_is_within() -> None:
    outer = der.element(bytes.fromhex("3006020101020102"))
    assert [part.number for part in outer.parts] == [1, 2]
    assert outer.of(der.SEQUENCE) == outer.parts
    alone = Element(der.SEQUENCE, b"\x02\x01\x01")
    assert alone.alone(der.INTEGER).number == 1
    for attempt in (
        lambda: outer.of(der.SET),
        lambda: outer.alone(der.INTEGER),
        lambda: alone.alone(der.OCTET_STRING),
    ):
        with pytest.raises(NotDer):
            attempt()
