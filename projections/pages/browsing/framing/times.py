"""Tell which two times a page is asked about, and ask for others."""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain.language.saying import say, to_say
from answerable.domain.zone.day_end import Asked
from answerable.projections.output.markdown_text import seen
from answerable.projections.pages.browsing.framing import addresses

AS_OF, KNOWN_BY = "as_of", "known_by"
"""Name what is asked, as parts of an address."""

NO_MOMENT = to_say("“{text}” is no date that a page can be asked about.")
"""Say that what was asked about is no moment."""

A_MOMENT = to_say("Give a day (2026-03-31), a month, a year, a time of day, or today.")
"""Say what can be asked about."""


class Times(NamedTuple):
    """Hold the two times that a page is asked about.

    Attributes:
        as_of: the moment; None: the present.
        known_by: the moment by which the record is read; None: all of it.
        as_of_told: the first as it was asked.
        known_by_told: the second as it was asked.
    """

    as_of: Asked | None = None
    known_by: Asked | None = None
    as_of_told: str = ""
    known_by_told: str = ""

    @property
    def asked(self) -> dict[str, str | None]:
        """Return them as parts of an address."""
        return {AS_OF: self.as_of_told or None, KNOWN_BY: self.known_by_told or None}

    def at(self, address: str) -> str:
        """Return an address at which the same times are asked about."""
        return addresses.asking(address, **self.asked)

    @property
    def words(self) -> str:
        """Say of when a page tells."""
        as_of, known_by = seen(self.as_of_told), seen(self.known_by_told)
        match bool(as_of), bool(known_by):
            case True, True:
                return say(
                    "As of {as_of}, as it was known by {known_by}: what came later is left out.",
                    as_of=as_of,
                    known_by=known_by,
                )
            case True, False:
                return say(
                    "As of {as_of}, by all that is on record now: what happened later is left out.",
                    as_of=as_of,
                )
            case False, True:
                return say(
                    "As it was known by {known_by}: what was recorded later is left out.",
                    known_by=known_by,
                )
            case _:
                return say("As things stand now, by all that is on record.")


PRESENT = Times()
"""Ask about the present, by all that is on record."""


class TimesForm(NamedTuple):
    """Hold what a page needs to be asked about other times.

    Attributes:
        times: those that it tells of.
        address: of the page; None: it tells of the present alone.
    """

    times: Times = PRESENT
    address: str | None = None


NOW = TimesForm()
"""Say of a page that it tells of the present alone."""
