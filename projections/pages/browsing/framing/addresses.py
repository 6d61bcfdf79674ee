"""Name the addresses of the pages, so that each is written in one place."""

from __future__ import annotations

from urllib.parse import quote, urlencode

HOME = "/"
CASES = "/cases"
DUE = "/due"
PARTIES = "/parties"
SEARCH = "/search"
VERIFICATION = "/verification"
CHECK = "/verification/check"

EVENT = "/event/"
"""Lead to an event; its number follows."""


def case(case_id: str, part: str = "") -> str:
    """Return the address of a case, or of one of its parts."""
    return f"/case/{quote(case_id, safe='')}{f'/{part}' if part else ''}"


def party(pseudonym: str) -> str:
    """Return the address of a party."""
    return f"/party/{quote(pseudonym, safe='')}"


def event(position: int) -> str:
    """Return the address of an event."""
    return f"{EVENT}{position}"


def asking(address: str, **asked: str | None) -> str:
    """Return an address with what is asked there; what is not told or empty is left out."""
    told = {name.rstrip("_"): value for name, value in asked.items() if value}
    return f"{address}?{urlencode(told)}" if told else address
