"""Say a figure in words: what it is of, of how many, and its value, with the limits it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from answerable.domain.language.saying import in_letters
from answerable.projections.figures.benchmark import Compared, Mark, Place
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.figures import Figure, Figures
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import amount_words, counted, spelt

SEVERAL = 2
"""The fewest organisations over which a median says more than the figure of each."""


PLACES: Mapping[Place, str] = {
    "above": "above the benchmark",
    "below": "below the benchmark",
    "within": "within the benchmark",
    "cannot be told": "cannot be told to be above or below the benchmark",
    "nothing to compare": "nothing to compare with the benchmark",
}
"""Says where a figure lies to that of others."""


class Valued(Protocol):
    """A value, and what it was made of."""

    @property
    def value(self) -> Range[float] | Range[str] | None:
        """Return between which limits it lies."""

    @property
    def numerator(self) -> Range[int] | None:
        """Return of how many it holds."""

    @property
    def denominator(self) -> Range[int]:
        """Return how many count."""


def title_words(figure: Figure) -> str:
    """Say what a figure is, and of which class: "Route: internal"."""
    if figure.of is None or BY_NAME[figure.name].way == "sum":
        return figure.title
    return f"{figure.title}: {figure.of}"


def count_words(figure: Figure, part: Valued | None = None) -> str:
    """Say of how many a figure holds, and how many count: "4 of 9", "3 to 4 of 9"; else "".

    Args:
        figure: the figure.
        part: that of a year or an organisation, in its place.
    """
    told = figure if part is None else part
    way = BY_NAME[figure.name].way
    if way in ("share", "mix"):
        return f"{in_words(told.numerator)} of {in_words(told.denominator)}"
    if way in ("median", "sum"):
        return f"of {in_words(told.denominator)}"
    return in_words(told.numerator) if way == "rate" else ""


def value_words(figure: Figure, part: Valued | None = None) -> str:
    """Say the value of a figure, with its unit: "44.4 %", "2 to 5 days", "12,000.00 CNY".

    Args:
        figure: the figure.
        part: that of a year or an organisation, in its place.
    """
    value = (figure if part is None else part).value
    if value is None:
        return "nothing to count"
    return limits_words(value, figure.unit)


def limits_words(value: Range[float] | Range[str], unit: str) -> str:
    """Say between which limits a value lies, with its unit."""
    least, most = value
    if isinstance(least, str) and isinstance(most, str):
        whole = amount_words(f"{most} {unit}")
        return (
            whole
            if least == most
            else f"{amount_words(f'{least} {unit}')[: -len(unit) - 1]} to {whole}"
        )
    said = in_words(Range(_number(least), _number(most)))
    if unit.isupper():  # a currency, of a benchmark
        return f"{said} {unit}"
    if unit in ("days", "%"):
        days = "day" if unit == "days" and said.split()[-1] == "1" else unit
        return said if said == "unknown" else f"{said} {days}"
    return said


def against_words(figure: Figure, compared: Compared) -> str:
    """Say where a figure lies to that of others, and whose that is."""
    mark = compared.mark
    told = [said for said in (mark.year and str(mark.year), mark.source, mark.population) if said]
    return f"{PLACES[compared.place]}: {mark_words(mark, figure.unit)} ({', '.join(told)})"


def mark_words(mark: Mark, unit: str) -> str:
    """Say the value of others: "45 %", "30 to 50 %, median 42 %"."""
    if mark.low is None:
        return limits_words(Range(mark.median, mark.median), unit)
    band = limits_words(Range(mark.low, mark.high), unit)
    if mark.median is None:
        return band
    return f"{band}, median {limits_words(Range(mark.median, mark.median), unit)}"


def _number(limit: float | str | None) -> float | None:
    """Return a number, whole where it is one."""
    number = None if limit is None else float(limit)
    return int(number) if number is not None and number.is_integer() else number


def answer_words(found: Figures) -> str:
    """Say what matters most: how many reports there were, and how many were substantiated."""
    own = {each.name: each for each in found.figures if each.of is None}
    received, rate = own["reports-received"], own["substantiation-rate"]
    least, most = (limit or 0 for limit in received.denominator)
    if not most:
        return f"No report was received; {_cases_words(own)}."
    number = counted(most, "report") if least == most else f"{least:,} to {counted(most, 'report')}"
    said = f"{number} {'was' if most == 1 else 'were'} received"
    if rate.value is None:
        return f"{said}; no case of theirs is closed with an outcome."
    were = "was" if rate.numerator == (1, 1) else "were"
    return (
        f"{said}; {count_words(rate)} whose case is closed with an outcome {were} substantiated in "
        f"whole ({value_words(rate)})."
    )


def _cases_words(own: Mapping[str, Figure]) -> str:
    """Say how many cases there are, and how many are closed: "of 5 cases, none is closed"."""
    cases, closed = own["cases"].denominator, own["cases-closed"].denominator
    if not cases.most:
        return "there is no case"
    number = in_words(closed) if closed.most else "none"
    noun = "case" if cases.most == 1 else "cases"
    are = "is" if (closed.most or 0) < SEVERAL else "are"
    return f"of {in_words(cases)} {noun}, {number} {are} closed"


def over_words(figure: Figure, fewest: int) -> str:
    """Say the median over organisations, and how many rest on too few for it; else ""."""
    over = figure.over_organisations
    if over is None or (over.organisations.most or 0) < SEVERAL:
        return ""
    median = limits_words(over.median or Range(None, None), figure.unit)
    said = f"median of {in_words(over.organisations)} organisations: {median}"
    if not over.fewer:
        return said
    return f"{said}; {spelt(over.fewer, 'rests', 'rest')} on fewer than {in_letters(fewest)}"
