"""Figures of others: how they are read, and where ours lie to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.lengths import examples

from answerable.projections.figures.benchmark import (
    InvalidBenchmark,
    Mark,
    compared,
    read_benchmark,
)
from answerable.projections.figures.figures import figures_of, held_against
from answerable.projections.figures.wording import against_words
from answerable.projections.intervals import Range

SAMPLE = Path(__file__).parents[4] / "examples" / "speak-up" / "benchmark.toml"


def mark(low: float | None, median: float | None, high: float | None) -> Mark:
    return Mark("report-to-close", None, low, median, high, None, "a test", None)


edges = st.lists(st.integers(-3, 3), min_size=2, max_size=2).map(sorted)


@settings(max_examples=examples(30))
@given(edges, edges, st.booleans())
def test_where_ours_lies_is_what_every_value_of_it_says(
    ours: list[int], band: list[int], point: bool
) -> None:
    low, high = (band[0], band[0]) if point else band
    other = mark(None, low, None) if point else mark(low, None, high)
    said = {
        "above" if each > high else "below" if each < low else "within"
        for each in range(ours[0], ours[1] + 1)
    }
    if point and ours[0] < low < ours[1]:
        said = {"above", "below"}
    (place,) = said if len(said) == 1 else ("cannot be told",)
    assert compared(Range(*map(float, ours)), other).place == place


@pytest.mark.parametrize(
    ("ours", "place"),
    [
        (None, "nothing to compare"),
        (Range(None, 29.0), "below"),
        (Range(None, 30.0), "cannot be told"),
        (Range(31.0, None), "above"),
        (Range(None, None), "cannot be told"),
        (Range("30.00", "30"), "within"),
    ],
)
def test_where_there_is_no_limit(ours: Range[float] | Range[str] | None, place: str) -> None:
    assert compared(ours, mark(None, 30, None)).place == place


def test_a_share_is_compared_to_the_places_that_it_has() -> None:
    third = Mark("anonymous-share", None, None, 33.33, None, None, "a test", None)
    assert compared(Range(33.3, 33.3), third).place == "within"


def test_toml_and_csv_say_the_same() -> None:
    toml = """
        [[figure]]
        figure = "route-share"
        of = "internal"
        low = 40
        median = 45.5
        high = 50
        year = 2025
        source = "a test"
        population = "nobody, at all"
        [[figure]]
        figure = "report-to-close"
        value = 30
        source = "a test"
    """
    sheet = (
        "figure,of,value,low,median,high,year,source,population\r\n"
        'route-share,internal,,40,45.5,50,2025,a test,"nobody, at all"\r\n'
        "report-to-close,,30,,,,,a test,\r\n"
    )
    read = read_benchmark(toml.encode(), "b.toml")
    assert read.marks == read_benchmark(("\ufeff" + sheet).encode(), "B.CSV").marks
    assert read.marks == (
        Mark("route-share", "internal", 40, 45.5, 50, 2025, "a test", "nobody, at all"),
        mark(None, 30, None),
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "tells no figure"),
        ("figure = 3", "tells no figure"),
        ("[[figur]]", "'figur' is not known. Did you mean figure?"),
        ("= 3", "is no TOML"),
        ('[[figure]]\nfigure = "anonymous-sahre"', "Did you mean anonymous-share"),
        ('[[figure]]\nfigure = "route-share"\nvalue = 3\nsource = "x"', "say of which"),
        ('[[figure]]\nfigure = "cases"\nof = "x"\nvalue = 3\nsource = "x"', "has no classes"),
        ('[[figure]]\nfigure = "cases"\nvalue = 3', "source is required"),
        ('[[figure]]\nfigure = "cases"\nsource = "x"', "has no value"),
        ('[[figure]]\nfigure = "cases"\nlow = 3\nsource = "x"', "no band"),
        ('[[figure]]\nfigure = "cases"\nvalue = 3\nlow = 3\nhigh = 4\nsource = "x"', "either"),
        ('[[figure]]\nfigure = "cases"\nlow = 5\nhigh = 4\nsource = "x"', "in that order"),
        ('[[figure]]\nfigure = "cases"\nvalue = nan\nsource = "x"', "is no number"),
        ('[[figure]]\nfigure = "cases"\nvalue = true\nsource = "x"', "is no number"),
        ('[[figure]]\nfigure = "cases"\nvalue = "x"\nsource = "x"', "is no number"),
        ('[[figure]]\nfigure = "cases"\nvalue = 3\nyear = 20.5\nsource = "x"', "is no year"),
        ('[[figure]]\nfigure = "cases"\nvalue = 3\nsource = " "', "is no text"),
        ('[[figure]]\nfigure = "cases"\nvaleu = 3', "Did you mean value"),
    ],
)
def test_what_is_wrong_with_a_benchmark_is_said(told: str, said: str) -> None:
    with pytest.raises(InvalidBenchmark, match=said) as raised:
        read_benchmark(told.encode(), "b.toml")
    assert "b.toml" in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("told", "name", "said"),
    [
        (b"\xff", "b.toml", "no text in UTF-8"),
        (b"", "b.txt", "neither TOML nor CSV"),
        (b"figures\n", "b.csv", "Did you mean figure"),
        (b"value\n3\n", "b.csv", "no column"),
        (b"figure,source\ncases,x,y\n", "b.csv", "line 2 of b.csv has more cells"),
        (b'figure\n"cases', "b.csv", "is no CSV"),
        (b"x" * 1_000_001, "b.csv", "larger than"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(told: bytes, name: str, said: str) -> None:
    with pytest.raises(InvalidBenchmark, match=said):
        read_benchmark(told, name)


def test_the_sample_is_plainly_invented_and_is_held_against() -> None:
    sample = read_benchmark(SAMPLE.read_bytes(), SAMPLE.name)
    assert all("invented" in each.source for each in sample.marks)
    log = Memory()
    for at, who in enumerate(("anonymous", "named", "named")):
        log.add(f"c-{at}", kind="report-received", reporter_is=who)
    found = held_against(figures_of(log), sample)
    (share,) = (each for each in found.figures if each.name == "anonymous-share")
    (one,) = share.against
    assert against_words(share, one) == (
        "below the benchmark: 50 % (2025, invented for examples/speak-up, no organisation)"
    )
    assert [each.of for each in found.unmatched] == ["retaliation", "fax"]
