"""Dates: a text is one or none, and what one allows lies between its ends."""

from __future__ import annotations

from datetime import UTC

from answerable.domain import edtf
from answerable.domain.dates import by

LONGEST = 128


def take(data: bytes) -> None:
    """Read a date, and ask of it what is asked of dates."""
    text = data.decode(errors="replace")
    try:
        span = edtf.parse(text)
    except edtf.DateError:
        return
    assert edtf.check(text) == text
    assert span.text == text
    if span.earliest is not None and span.latest is not None:
        assert span.earliest <= span.latest
        assert by(span, span.latest.replace(tzinfo=UTC)) == "yes"
        assert edtf.moment(text) == span.latest
