"""Who gets a place among the connections of a witness's server, and who has to make room.

Whoever opens connections and says nothing, or a byte now and then, takes places that others need.
So a connection has a time for a whole request; an address has so many places and no more; and where
there is none left, the connection goes that has waited the longest without a whole request, first
of the address that has the most. Nobody is kept out by connections that only wait: who comes with a
request sends it at once, and is answered before it is their turn to go.

What is held against these limits is a /64 in IPv6: that is what one subscriber has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple


class Limits(NamedTuple):
    """Limits what a witness's server takes on.

    Attributes:
        request_seconds: the time for a whole request, headers and body, from the opening of the
            connection or the last answer on it. An answer has to be fetched in that time, too.
        per_address: the connections of an address at a time; None for no limit.
        connections: the connections at a time in all.
    """

    request_seconds: float = 30.0
    per_address: int | None = 16
    connections: int = 256


LIMITS = Limits()


class Held(NamedTuple):
    """A connection that has a place.

    Attributes:
        owner: whose it is, as `owner_of` tells.
        since: since when a whole request is waited for, in seconds of a clock that only goes on.
        busy: whether a request is being answered: then it is not waited for.
    """

    owner: str
    since: float
    busy: bool


class Crowded(Exception):
    """There is no place, for whatever could make room is being answered."""


def owner_of(address: str) -> str:
    """Return whose an address is: itself in IPv4, its /64 in IPv6."""
    found = _parsed(address)
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def is_loopback(address: str) -> bool:
    """Tell whether only programs on this machine can reach an address."""
    return _parsed(address).is_loopback


def gives_way(owner: str, held: Sequence[Held], limits: Limits) -> int | None:
    """Return which connection is to be closed for a new one, by its index; None if none is.

    Args:
        owner: whose the new one is.
        held: those that have a place.
        limits: how many may.

    Raises:
        Crowded: there is no place for it.
    """
    places = Counter(each.owner for each in held)
    if limits.per_address is not None and places[owner] >= limits.per_address:
        return _longest(held, [at for at, each in enumerate(held) if each.owner == owner])
    if len(held) < limits.connections:
        return None
    waiting = [at for at, each in enumerate(held) if not each.busy]
    most = max((places[held[at].owner] for at in waiting), default=0)
    return _longest(held, [at for at in waiting if places[held[at].owner] == most])


def is_late(each: Held, now: float, limits: Limits) -> bool:
    """Tell whether a connection has had its time for a whole request."""
    return not each.busy and now - each.since > limits.request_seconds


def _longest(held: Sequence[Held], among: Sequence[int]) -> int:
    """Return the one that has waited the longest."""
    waiting = [at for at in among if not held[at].busy]
    if not waiting:
        raise Crowded
    return min(waiting, key=lambda at: held[at].since)


def _parsed(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address.partition("%")[0])
    return (found.version == 6 and found.ipv4_mapped) or found
