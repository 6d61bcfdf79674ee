"""Read dates as a sheet writes them, and write them in EDTF, no more precisely than they are told.

A form is written with YYYY, MM or M, DD or D, MMM (Jan), MMMM (January), Q (quarter), hh, mm and
ss. What else stands in it stands in the date, too. A form without a day gives a month; without a
month, a year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)

MARGINS: Mapping[str, str] = {
    "exact": "{}",
    "about": "{}~",
    "uncertain": "{}?",
    "about-and-uncertain": "{}%",
    "on-or-before": "../{}",
    "on-or-after": "{}/..",
}
"""Map how a date is meant to how EDTF says so."""

TOKENS = re.compile(r"YYYY|MMMM|MMM|MM|M|DD|D|Q|hh|mm|ss|[YMDhms]+")
PATTERNS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{1,2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "Q": r"(?P<quarter>[1-4])",
    "hh": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
}


MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?) ?"
    r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
"""A moment with its offset, as tables and databases write it: a space in it where EDTF has a T."""


class DateForm(NamedTuple):
    """A form of dates, and how a date of that form is meant.

    Attributes:
        form: as the map writes it.
        margin: one of `MARGINS`.
    """

    form: str
    margin: str = "exact"


def form_problem(form: str) -> str | None:
    """Say what is wrong with a form; None if nothing is."""
    tokens = [token for token in TOKENS.findall(_bare(form)) if token in PATTERNS or _named(token)]
    strange = [t for t in TOKENS.findall(_bare(form)) if t not in PATTERNS and not _named(t)]
    if strange:
        century = " Two digits do not tell the century." if strange[0] == "YY" else ""
        return f"{form!r} has {strange[0]}, which is no part of a date.{century}"
    parts = ["M" if _named(t) else t[0] if t[0] in "YMD" else t for t in tokens]
    if "Y" not in parts or len({*parts}) < len(parts):
        return f"{form!r} must have YYYY, and every part once"
    if ("D" in parts and "M" not in parts) or ("hh" in parts and "D" not in parts):
        return f"{form!r} leaves a part out between those that it has"
    return None


def _named(token: str) -> bool:
    return token in ("MMM", "MMMM")


def _bare(form: str) -> str:
    """Return a form without what is quoted in it: `'Q'Q YYYY`."""
    return re.sub(r"'[^']*'", " ", form)


@lru_cache(maxsize=256)
def _pattern(form: str, months: tuple[str, ...]) -> re.Pattern[str]:
    pieces: list[str] = []
    for quoted, plain in re.findall(r"'([^']*)'|([^']+)", form):
        if quoted:
            pieces.append(re.escape(quoted))
            continue
        at = 0
        for token in TOKENS.finditer(plain):
            pieces.append(re.escape(plain[at : token.start()]))
            pieces.append(_piece(token[0], months))
            at = token.end()
        pieces.append(re.escape(plain[at:]))
    return re.compile("".join(pieces).replace(r"\ ", r"\s+"), re.IGNORECASE)


def _piece(token: str, months: tuple[str, ...]) -> str:
    if not _named(token):
        return PATTERNS.get(token, re.escape(token))
    names = sorted(_month_names(months), key=len, reverse=True)
    return f"(?P<name>{'|'.join(map(re.escape, names))})\\.?"


@lru_cache(maxsize=16)
def _month_names(months: tuple[str, ...]) -> Mapping[str, int]:
    """Return the number of each month by its name, and by its first three letters if those tell."""
    names = {name.casefold(): number for number, name in enumerate(months, 1)}
    short = Counter(name[:3] for name in names)
    return {name[:3]: names[name] for name in names if short[name[:3]] == 1} | names


def moment_text(text: str) -> str:
    """Return a moment that tells its offset as EDTF writes it; any other text as it is.

    Without an offset, a midnight may be no more than a day: a form has to say what is meant.
    """
    found = MOMENT.fullmatch(text)
    if found is None:
        return text
    offset = found["offset"].replace(":", "")
    if offset != "Z":
        offset = f"{offset[:3]}:{offset[3:] or '00'}"
    return f"{found['day']}T{found['time']}{offset}"


def read_date(text: str, form: DateForm, months: tuple[str, ...] = MONTHS) -> str | None:
    """Return the date in EDTF, with its margin; None where the text is not of the form.

    A day that no month has is given as it is written, so that it can be told.
    """
    found = _pattern(form.form, months).fullmatch(" ".join(text.split()))
    if found is None:
        return None
    told = {name: value for name, value in found.groupdict().items() if value is not None}
    return MARGINS[form.margin].format(_edtf(told, months))


def _edtf(told: Mapping[str, str], months: tuple[str, ...]) -> str:
    date = told["year"]
    if "quarter" in told:
        return f"{date}-{32 + int(told['quarter'])}"
    if "name" in told:
        date += f"-{_month_names(months)[told['name'].casefold()]:02}"
    elif "month" in told:
        date += f"-{int(told['month']):02}"
    if "day" in told:
        date += f"-{int(told['day']):02}"
    if "hour" in told:
        minute, second = told.get("minute", "00"), told.get("second", "00")
        date += f"T{int(told['hour']):02}:{minute}:{second}"
    return date
