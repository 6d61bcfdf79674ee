"""Say a figure in words: what it is of, of how many, and its value, with the limits it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from answerable.domain.language.saying import (
    figures,
    in_letters,
    punctuation,
    say,
    say_as,
    say_count,
    spoken,
    to_say,
)
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.figures.benchmark import Compared, Mark, Place
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.figures import Figure, Figures, OverOrganisations
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.vocabulary import as_term

SEVERAL = 2
"""The fewest organisations over which a median says more than the figure of each."""


PLACES: Mapping[Place, str] = {
    "above": to_say("above the benchmark"),
    "below": to_say("below the benchmark"),
    "within": to_say("within the benchmark"),
    "cannot be told": to_say("cannot be told to be above or below the benchmark"),
    "nothing to compare": to_say("nothing to compare with the benchmark"),
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
        return say(figure.title)
    return say("{what}: {detail}", what=say(figure.title), detail=class_words(figure))


def class_words(figure: Figure) -> str:
    """Say of which class a figure is: a term, or a step of gravity."""
    of = figure.of or ""
    return say_as("gravity", of) if of in GRAVITY else as_term(of)


GRAVITY = frozenset(STEPS.values())
"""The classes of measures, by how grave these are."""


def count_words(figure: Figure, part: Valued | None = None) -> str:
    """Say of how many a figure holds, and how many count: "4 of 9", "3 to 4 of 9"; else "".

    Args:
        figure: the figure.
        part: that of a year or an organisation, in its place.
    """
    told = figure if part is None else part
    way = BY_NAME[figure.name].way
    if way in ("share", "mix"):
        return say(
            "{part} of {whole}", part=in_words(told.numerator), whole=in_words(told.denominator)
        )
    if way in ("median", "sum"):
        return say("of {whole}", whole=in_words(told.denominator))
    return in_words(told.numerator) if way == "rate" else ""


def counted_words(figure: Figure) -> str:
    """Say how many count in a figure, where a column is headed so: of a middle or a sum, "12"."""
    if BY_NAME[figure.name].way in ("median", "sum"):
        return in_words(figure.denominator)
    return count_words(figure)


def value_words(figure: Figure, part: Valued | None = None) -> str:
    """Say the value of a figure, with its unit: "44.4 %", "2 to 5 days", "12,000.00 CNY".

    Args:
        figure: the figure.
        part: that of a year or an organisation, in its place.
    """
    value = (figure if part is None else part).value
    if value is None:
        return say("nothing to count")
    return limits_words(value, figure.unit)


def limits_words(value: Range[float] | Range[str], unit: str) -> str:
    """Say between which limits a value lies, with its unit."""
    least, most = value
    if isinstance(least, str) and isinstance(most, str):
        whole, part = amount_words(f"{most} {unit}"), amount_words(f"{least} {unit}")
        if least == most:
            return whole
        if spoken() is None:  # which has the currency once
            part = part.removesuffix(f" {unit}")
        return say("{least} to {most}", least=part, most=whole)
    limits = Range(_number(least), _number(most))
    return _with_unit(limits, unit)


def _with_unit(limits: Range[float], unit: str) -> str:
    said = in_words(limits)
    if unit.isupper():  # a currency, of a benchmark
        return say("{limits} {unit}", limits=said, unit=unit)
    if unit not in ("days", "%") or limits == (None, None):
        return said
    if unit == "%":
        return say("{limits} %", limits=said)
    last = limits.least if limits.most is None else limits.most
    return say_count("{limits} day", "{limits} days", 1 if last == 1 else SEVERAL, limits=said)


def against_words(figure: Figure, compared: Compared) -> str:
    """Say where a figure lies to that of others, and whose that is."""
    mark = compared.mark
    told = [said for said in (mark.year and str(mark.year), mark.source, mark.population) if said]
    return say(
        "{place}: {value} ({source})",
        place=say(PLACES[compared.place]),
        value=mark_words(mark, figure.unit),
        source=punctuation(", ").join(told),
    )


def mark_words(mark: Mark, unit: str) -> str:
    """Say the value of others: "45 %", "30 to 50 %, median 42 %"."""
    if mark.low is None:
        return limits_words(Range(mark.median, mark.median), unit)
    band = limits_words(Range(mark.low, mark.high), unit)
    if mark.median is None:
        return band
    median = limits_words(Range(mark.median, mark.median), unit)
    return say("{band}, median {median}", band=band, median=median)


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
        return say("No report was received; {cases}.", cases=_cases_words(own))
    number = say_count("{number} report", "{number} reports", most)
    if least != most:
        number = say("{least} to {most}", least=figures(least), most=number)
    said = say_count("{reports} was received", "{reports} were received", most, reports=number)
    if rate.value is None:
        return say("{received}; no case of theirs is closed with an outcome.", received=said)
    return say_count(
        "{received}; {count} whose case is closed with an outcome was substantiated in whole "
        "({share}).",
        "{received}; {count} whose case is closed with an outcome were substantiated in whole "
        "({share}).",
        1 if rate.numerator == (1, 1) else SEVERAL,
        received=said,
        count=count_words(rate),
        share=value_words(rate),
    )


def _cases_words(own: Mapping[str, Figure]) -> str:
    """Say how many cases there are, and how many are closed: "of 5 cases, none is closed"."""
    cases, closed = own["cases"].denominator, own["cases-closed"].denominator
    if not cases.most:
        return say("there is no case")
    number = 1 if cases.most == 1 else SEVERAL
    of = say_count("{cases} case", "{cases} cases", number, cases=in_words(cases))
    if not closed.most:
        return say("of {cases}, none is closed", cases=of)
    return say_count(
        "of {cases}, {closed} is closed",
        "of {cases}, {closed} are closed",
        closed.most,
        cases=of,
        closed=in_words(closed),
    )


def over_words(figure: Figure, fewest: int) -> str:
    """Say the median over organisations, and how many rest on too few for it; else ""."""
    over = over_several(figure)
    if over is None:
        return ""
    said = say(
        "median of {number} organisations: {median}",
        number=in_words(over.organisations),
        median=_median_words(over, figure.unit),
    )
    return _with_fewer(said, over.fewer, fewest)


def over_several(figure: Figure) -> OverOrganisations | None:
    """Return the median over organisations; None where there are not several."""
    over = figure.over_organisations
    return None if over is None or (over.organisations.most or 0) < SEVERAL else over


def over_cell(figure: Figure, fewest: int) -> str:
    """Say the median over organisations where a column is headed so; "" where there is none."""
    over = over_several(figure)
    return "" if over is None else _with_fewer(_median_words(over, figure.unit), over.fewer, fewest)


def _median_words(over: OverOrganisations, unit: str) -> str:
    return limits_words(over.median or Range(None, None), unit)


def _with_fewer(said: str, fewer: int, fewest: int) -> str:
    """Say beside a median how many organisations rest on too few for it."""
    if not fewer:
        return said
    return say_count(
        "{median}; {letters} rests on fewer than {fewest}",
        "{median}; {letters} rest on fewer than {fewest}",
        fewer,
        median=said,
        fewest=in_letters(fewest),
    )
