"""Read the figures of others, and hold ours against them: above, below, within, or not to be told.

A benchmark is a file in TOML or CSV that whoever compares writes: each figure by its name here, its
value or a band, the year, where it is from, and over whom it was worked out. An interval of ours
that reaches over an edge of the band cannot be told to lie on either side.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from math import inf, isfinite
from typing import Any, ClassVar, Literal, NamedTuple

from answerable.domain.errors import AnswerableError
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.definition import PLACES
from answerable.projections.intervals import Range

LARGEST = 1_000_000
"""The most bytes that a benchmark may have."""

Place = Literal["above", "below", "within", "cannot be told", "nothing to compare"]
"""Tells where our figure lies; within: in the band, or at its one value."""

BAND = ("low", "median", "high")
FIELDS = ("figure", "of", "value", *BAND, "year", "source", "population")
"""The fields of a figure in a benchmark, and the columns of one in CSV."""

CLASSED = ("mix", "numbers", "sum")
"""The ways of figures of which a benchmark names a class or a currency."""


class InvalidBenchmark(AnswerableError):
    """A file is no benchmark: a field of it is missing, is not known, or cannot be."""

    exit_code: ClassVar[int] = 2


class Mark(NamedTuple):
    """One figure of others.

    Attributes:
        figure: its name here.
        of: the class or the currency that it is of.
        low: where its band begins; None: it has no band.
        median: its one value, or the median of those that it was worked out of.
        high: where its band ends.
        year: the year that it tells of.
        source: who published it, and where.
        population: over whom it was worked out.
    """

    figure: str
    of: str | None
    low: float | None
    median: float | None
    high: float | None
    year: int | None
    source: str
    population: str | None

    @property
    def band(self) -> tuple[float, float]:
        """Return between which values a figure is within."""
        low, high = (self.median if edge is None else edge for edge in (self.low, self.high))
        return low or 0, high or 0


class Benchmark(NamedTuple):
    """The figures of others, as a file has them."""

    title: str | None
    marks: tuple[Mark, ...]


class Compared(NamedTuple):
    """A figure of others, and where ours lies to it."""

    place: Place
    mark: Mark


def compared(value: Range[float] | Range[str] | None, mark: Mark) -> Compared:
    """Tell where a value of ours lies to a figure of others.

    Args:
        value: between which limits ours lies; None: there is none.
        mark: the other.
    """
    if value is None:
        return Compared("nothing to compare", mark)
    least = Decimal(str(-inf if value.least is None else value.least))
    most = Decimal(str(inf if value.most is None else value.most))
    places = PLACES if BY_NAME[mark.figure].unit == "%" else None
    low, high = (
        Decimal(str(edge if places is None else round(edge, places))) for edge in mark.band
    )
    if least > high:
        return Compared("above", mark)
    if most < low:
        return Compared("below", mark)
    return Compared("within" if low <= least and most <= high else "cannot be told", mark)


def read_benchmark(text: bytes, name: str) -> Benchmark:
    """Read a benchmark.

    Args:
        text: the file.
        name: its name, which ends with `.toml` or `.csv`.

    Raises:
        InvalidBenchmark: it is none; the error tells what is wrong, and where.
    """
    if len(text) > LARGEST:
        raise InvalidBenchmark(
            f"{name} is larger than a benchmark may be ({LARGEST:,} bytes).",
            hint="Leave out what is no figure.",
        )
    try:
        told = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidBenchmark(
            f"{name} is no text in UTF-8.", hint="Save it as UTF-8, and try again."
        ) from None
    if name.lower().endswith(".toml"):
        title, rows = _toml(told, name)
    elif name.lower().endswith(".csv"):
        title, rows = None, [*_csv(told, name)]
    else:
        raise InvalidBenchmark(
            f"{name} is neither TOML nor CSV by its name.", hint="Name it .toml or .csv."
        )
    return Benchmark(title, tuple(_mark(row, place) for place, row in rows))


Placed = tuple[str, Mapping[str, Any]]
"""A figure as it is told, and where that stands."""


def _toml(text: str, name: str) -> tuple[str | None, list[Placed]]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidBenchmark(f"{name} is no TOML: {error}.", hint="Mend that place.") from None
    title, figures = told.get("title"), told.get("figure")
    unknown = told.keys() - {"title", "figure"}
    if unknown:
        raise _not_known(sorted(unknown)[0], ("title", "figure"), name)
    if title is not None and not isinstance(title, str):
        raise InvalidBenchmark(f"title of {name} is no text.", hint='As: title = "Of 2025".')
    if not isinstance(figures, list) or not all(isinstance(each, dict) for each in figures):
        raise InvalidBenchmark(
            f"{name} tells no figure.", hint="Each is a table: [[figure]], then its fields."
        )
    return title, [(f"figure[{at}] of {name}", each) for at, each in enumerate(figures)]


def _csv(text: str, name: str) -> Iterator[Placed]:
    reader = csv.DictReader(StringIO(text), strict=True)
    for title in reader.fieldnames or ():
        if title not in FIELDS:
            raise _not_known(title, FIELDS, f"the first row of {name}")
    if "figure" not in (reader.fieldnames or ()):
        raise InvalidBenchmark(
            f"{name} has no column `figure`.", hint=f"Its columns are {', '.join(FIELDS)}."
        )
    try:
        for row in reader:
            place = f"line {reader.line_num} of {name}"
            if None in row:
                raise InvalidBenchmark(
                    f"{place} has more cells than titles.", hint="Put quotes round a comma."
                )
            yield place, {key: value for key, value in row.items() if value}
    except csv.Error as error:
        raise InvalidBenchmark(f"{name} is no CSV: {error}.", hint="Mend that place.") from None


def _mark(row: Mapping[str, Any], place: str) -> Mark:
    for field in row:
        if field not in FIELDS:
            raise _not_known(field, FIELDS, place)
    figure = _text(row, "figure", place, required=True)
    if figure not in BY_NAME:
        meant = did_you_mean(nearest(figure, BY_NAME))
        raise InvalidBenchmark(
            f"{place}: {figure!r:.80} is no figure. {meant}".strip(),
            field="figure",
            hint="`answerable.projections.figures.catalogue.BY_NAME` has all names.",
            cli_hint="`answerable figures --json` has all names, with their definitions.",
        )
    of = _text(row, "of", place)
    classed = BY_NAME[figure].way in CLASSED
    if classed != (of is not None):
        raise InvalidBenchmark(
            f"{place}: {figure} is told of each class: say of which."
            if classed
            else f"{place}: {figure} has no classes, so it is not of {of!r:.80}.",
            field="of",
            hint='As: figure = "route-share", of = "internal".' if classed else "Leave `of` out.",
        )
    value = _number(row, "value", place)
    low, median, high = (_number(row, name, place) for name in BAND)
    if value is not None and (low, median, high) != (None, None, None):
        raise InvalidBenchmark(
            f"{place}: a figure has either a value, or low, median and high.",
            field="value",
            hint="Leave one of these out.",
        )
    median = value if median is None else median
    if (low is None) != (high is None) or (low is None and median is None):
        raise InvalidBenchmark(
            f"{place}: {figure} has no value, and no band from low to high.",
            field="value",
            hint="Give value (or median), or both low and high.",
        )
    edges = [each for each in (low, median, high) if each is not None]
    if any(one > other for one, other in pairwise(edges)):
        raise InvalidBenchmark(
            f"{place}: low, median and high are not in that order.", field="low", hint="Mend them."
        )
    return Mark(
        figure,
        of,
        low,
        median,
        high,
        _year(row, place),
        _text(row, "source", place, required=True),
        _text(row, "population", place) or None,
    )


def _text(row: Mapping[str, Any], field: str, place: str, *, required: bool = False) -> Any:
    told = row.get(field)
    if told is None and not required:
        return None
    if not isinstance(told, str) or not told.strip():
        raise InvalidBenchmark(
            f"{place}: {field} {'is required' if told is None else 'is no text'}.",
            field=field,
            hint="Say where the figure is from." if field == "source" else "Give it as a text.",
        )
    return told.strip()


def _number(row: Mapping[str, Any], field: str, place: str) -> float | None:
    told = row.get(field)
    if told is None:
        return None
    try:
        number = float(told) if isinstance(told, str | int | float) else None
    except ValueError:
        number = None
    if number is None or isinstance(told, bool) or not isfinite(number):
        raise InvalidBenchmark(
            f"{place}: {field} {told!r:.40} is no number.",
            field=field,
            hint="In the unit of the figure: 44.5 for 44.5 %, 30 for 30 days.",
        )
    return number


def _year(row: Mapping[str, Any], place: str) -> int | None:
    year = _number(row, "year", place)
    if year is None:
        return None
    if not year.is_integer() or not 1 <= year <= 9999:
        raise InvalidBenchmark(f"{place}: year is no year.", field="year", hint="As: year = 2025.")
    return int(year)


def _not_known(word: str, known: Iterable[str], place: str) -> InvalidBenchmark:
    every = [*known]
    return InvalidBenchmark(
        f"{place}: {word!r:.80} is not known. {did_you_mean(nearest(word, every))}".strip(),
        field=word,
        hint=f"What there is: {', '.join(every)}.",
    )
