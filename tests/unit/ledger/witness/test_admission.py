"""Which connection of a witness's server makes room, and which has had its time."""

from __future__ import annotations

import pytest

from answerable.ledger.witness.admission import (
    Crowded,
    Held,
    Limits,
    gives_way,
    is_late,
    is_loopback,
    owner_of,
)

LIMITS = Limits(request_seconds=30.0, per_address=3, connections=6)


def held(*about: str) -> list[Held]:
    """Connections, each by its owner and the time that it waits since; with a `!` it is busy."""
    return [Held(each[0], float(each[1:].strip("!")), each.endswith("!")) for each in about]


@pytest.mark.parametrize(
    ("there", "gone"),
    [
        ([], None),
        (["a1", "a2"], None),
        (["b1", "b2", "b3"], None),
        (["a2", "a1", "a3"], 1),
        (["b0", "a2", "a1!", "a3"], 1),
        # All places are taken: whoever has the most loses what waits the longest.
        (["b1", "c5", "d6", "c4", "e2", "c9"], 3),
        (["b3", "b2!", "b1!", "c4", "c2", "d0"], 0),
        (["b1", "c2", "d3", "e4", "f5", "g6"], 0),
        (["b1!", "c2!", "d3!", "e4!", "f5!", "g6"], 5),
    ],
)
def test_which_gives_way(there: list[str], gone: int | None) -> None:
    assert gives_way("a", held(*there), LIMITS) == gone


@pytest.mark.parametrize(
    "there", [["a1!", "a2!", "a3!"], ["b1!", "b2!", "b3!", "c4!", "c5!", "d6!"]]
)
def test_what_is_being_answered_does_not(there: list[str]) -> None:
    with pytest.raises(Crowded):
        gives_way("a", held(*there), LIMITS)


def test_behind_a_proxy_an_address_has_all_places() -> None:
    limits = LIMITS._replace(per_address=None)
    there = held("a1", "a2", "a3", "a4", "a5")
    assert gives_way("a", there, limits) is None
    assert gives_way("a", [*there, *held("a0")], limits) == 5


def test_which_is_late() -> None:
    waiting, busy = held("a5", "a5!")
    assert not is_late(waiting, 35.0, LIMITS)
    assert is_late(waiting, 35.1, LIMITS)
    assert not is_late(busy, 99.0, LIMITS)


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_whose_an_address_is(address: str, owner: str) -> None:
    assert owner_of(address) == owner


def test_which_addresses_nobody_else_reaches() -> None:
    for address in ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"):
        assert is_loopback(address)
    for address in ("0.0.0.0", "::", "10.0.0.1", "fe80::1%eth0", "2001:db8::1", "::2"):
        assert not is_loopback(address)
