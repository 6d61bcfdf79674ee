"""Make what a row tells fit the field of a kind: dates in EDTF, numbers whole, words as allowed."""

from __future__ import annotations

import json
from typing import Any

from answerable.domain import edtf
from answerable.ledger.transfer.sheet.date_forms import MARGINS, DateForm, moment_text, read_date
from answerable.ledger.transfer.sheet.files.cells import Day
from answerable.ledger.transfer.sheet.maps.fields import FieldOf
from answerable.ledger.transfer.sheet.maps.model import Constant, Read, SheetMap, fold
from answerable.ledger.transfer.sheet.row_reader import RowReader, Told

UNFIT = object()
"""Stand for a value that does not fit: what is wrong with it is told."""

HINT = "EDTF: 2026-01-05, 2026-01, 2026, ../2026-01-05"


def fit(told: Told, field: FieldOf, reader: RowReader, of: SheetMap) -> Any:
    """Return a value as the field holds it in JSON, or `UNFIT`."""
    if field.holds == "date":
        return _date(told, reader, of)
    if field.holds == "choice":
        return _choice(told, field, reader)
    if field.holds == "number":
        return _whole(told, reader)
    if field.holds == "source":
        return _source(told, reader)
    return told.text


def _choice(told: Told, field: FieldOf, reader: RowReader) -> Any:
    if told.text in field.choices:
        return told.text
    word = fold(told.text).replace(" ", "-")
    if word in field.choices:
        return word
    reader.wrong(told, f"is none of what {field.name} may say", ", ".join(field.choices))
    return UNFIT


def _whole(told: Told, reader: RowReader) -> Any:
    text = told.text.strip()
    if text.isascii() and text.removeprefix("-").isdigit():
        return int(text)
    reader.wrong(told, "is no whole number", "digits alone")
    return UNFIT


def _source(told: Told, reader: RowReader) -> Any:
    """Return a source: an address, a title, or a JSON object of title, url and digest."""
    text = told.text.strip()
    if text.startswith("{"):
        try:
            source = json.loads(text)
        except ValueError:
            reader.wrong(told, "is no source", "a title, an address, or a JSON object of both")
            return UNFIT
        return source
    if "://" in text and not any(letter.isspace() for letter in text):
        return {"url": text}
    return {"title": text}


def _date(told: Told, reader: RowReader, of: SheetMap) -> Any:
    read = told.read
    forms = (read.dates if read else ()) or of.dates
    text = told.text.strip()
    margin = _margin(read, reader)
    if margin is None:
        return UNFIT
    ends = text.split(read.interval) if read and read.interval else [text]
    if len(ends) > 2:
        reader.wrong(told, "has more than a beginning and an end")
        return UNFIT
    whole = isinstance(told.value, Day)
    dates = [each if whole else _one(each.strip(), forms, of, reader, told) for each in ends]
    if None in dates:
        return UNFIT
    date = MARGINS[margin].format("/".join(each or ".." for each in dates))
    try:
        return edtf.check(date)
    except edtf.DateError as error:
        reader.wrong(told, f"is no date: {_reason(error)}", _allowed(forms))
        return UNFIT


def _margin(read: Read | None, reader: RowReader) -> str | None:
    """Return how a date is meant; None where that does not fit."""
    if read is None or read.margin is None:
        return "exact"
    if isinstance(read.margin, Constant):
        return str(read.margin.value)
    found = reader.told(read.margin)
    if not found:
        return "exact"
    word = fold(found[0].text).replace(" ", "-")
    if word in MARGINS:
        return word
    reader.wrong(found[0], "does not say how a date is meant", ", ".join(MARGINS))
    return None


def _one(
    text: str, forms: tuple[DateForm, ...], of: SheetMap, reader: RowReader, told: Told
) -> str | None:
    """Return one date in EDTF; None where it does not fit."""
    if not text:
        return ""
    found = {date for form in forms if (date := read_date(text, form, of.months)) is not None}
    if len(found) == 1:
        return found.pop()
    if found:
        reader.wrong(
            told,
            f"is {' or '.join(sorted(found))}, by which form of the map is not told",
            "forms of which each date has one",
        )
        return None
    try:
        return edtf.check(moment_text(text))
    except edtf.DateError:
        reader.wrong(told, "is no date in a form that the map names", _allowed(forms))
        return None


def _allowed(forms: tuple[DateForm, ...]) -> str:
    return ", ".join([*(form.form for form in forms), HINT])


def _reason(error: ValueError) -> str:
    return str(error).partition(" is not a date: ")[2].partition(". Write")[0] or str(error)
