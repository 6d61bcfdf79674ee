"""Define a zone of time, by its name in the IANA Time Zone Database, and who told it."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

from answerable.domain.errors import AnswerableError

ToldBy = Literal["case", "jurisdiction", "asker", "nothing"]
"""Names what told a zone: the case's own field, its jurisdiction, who asks, or nothing (UTC)."""

_NO_PLACES = ("Factory", "localtime", "posix", "posixrules", "right")
"""First parts of names that a machine may have files for, and that name no place."""


class Zone(NamedTuple):
    """A zone of time, and what told it.

    Attributes:
        name: in the IANA Time Zone Database: `Asia/Shanghai`.
        told_by: what told it. `nothing`: no zone is known, days are read as UTC's, and a day is not
            held for certain to be that of a moment.
    """

    name: str
    told_by: ToldBy

    @property
    def known(self) -> bool:
        """Tell whether anything told the zone."""
        return self.told_by != "nothing"

    @property
    def tz(self) -> tzinfo:
        """Return the rules of the zone.

        Raises:
            UnknownZone: this machine has none of that name.
        """
        return rules(self.name)


UNTOLD = Zone("UTC", "nothing")
"""The zone of what tells none."""


class UnknownZone(AnswerableError):
    """A name that no zone of the IANA Time Zone Database has."""


def rules(name: str) -> tzinfo:
    """Return the rules of the zone of a name.

    Raises:
        UnknownZone: there is none of that name.
    """
    return UTC if name == "UTC" else _read(name)


def check_zone(name: str) -> str:
    """Return the name of a zone, unchanged.

    Raises:
        ValueError: no zone has it; the message offers those that are spelled alike.
    """
    try:
        rules(name)
    except UnknownZone as error:
        raise ValueError(str(error)) from None
    return name


@lru_cache(maxsize=256)
def _read(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name.split("/")[0] not in _NO_PLACES and name.isascii():
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise UnknownZone(f"{name!r:.80} is no zone of the IANA Time Zone Database.", hint=_hint(name))


def _hint(name: str) -> str:
    """Offer the names that are spelled alike, or, of a place alone (`shanghai`), end in it."""
    from zoneinfo import available_timezones

    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    known = sorted(each for each in available_timezones() if each.split("/")[0] not in _NO_PLACES)
    wanted = name[:80].strip().replace(" ", "_").casefold()
    folded = {each.casefold(): each for each in known}
    places = {each.rpartition("/")[2]: folded[each] for each in sorted(folded, reverse=True)}
    for names in (folded, places):
        for alike in nearest(wanted, names, 1, 0.8):
            return did_you_mean([names[alike]])
    return "Give a name as Europe/Berlin, Asia/Shanghai or UTC."
