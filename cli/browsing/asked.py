"""Read from an address which two times a page is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request

from answerable.cli.browsing.errors import NoMoment
from answerable.domain import edtf
from answerable.domain.language.saying import say
from answerable.domain.zone.day_end import Asked, asked_by_now
from answerable.projections.pages.browsing.framing.times import (
    A_MOMENT,
    AS_OF,
    KNOWN_BY,
    NO_MOMENT,
    Times,
)

LONGEST = 64
"""The most letters of a moment that is asked about."""


def times_asked(request: Request, now: Callable[[], datetime]) -> Times:
    """Return the two times that a page is asked about: as `--as-of` and `--known-by` have them.

    Args:
        request: its address may tell `as_of` and `known_by`.
        now: tells what time it is.

    Raises:
        NoMoment: one of them is none.
    """
    as_of, known_by = (request.query_params.get(name, "").strip() for name in (AS_OF, KNOWN_BY))
    return Times(_moment(as_of, now), _moment(known_by, now), as_of, known_by)


def _moment(text: str, now: Callable[[], datetime]) -> Asked | None:
    if not text:
        return None
    if len(text) <= LONGEST:
        if text[0].isalpha() and (asked := asked_by_now(text, now())) is not None:
            return asked
        try:
            return edtf.asked(text)
        except edtf.DateError:
            pass
    raise NoMoment(
        say(NO_MOMENT, text=text[:LONGEST]),
        hint=say(A_MOMENT),
    )
