"""The drawings of a page: the scale of time, the tracks on it, and derivations."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse_line
from answerable.domain.zone.zone import UNTOLD
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.facts.record_view import RecordView
from answerable.projections.output.folding import columns
from answerable.projections.pages.drawing.derivation import (
    LETTERS,
    MOST_LINES,
    _lines,
    derivation_drawing,
)
from answerable.projections.pages.drawing.scale import ASIDE, EDGE, LONG, TICKS, anchor, scale
from answerable.projections.pages.drawing.tracks import tracks
from answerable.projections.timeline.timeline import timeline_of
from answerable.projections.why.why import why_each_in_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"
RECORDED = datetime(2026, 1, 8, 9, tzinfo=UTC)
MOMENTS = st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=12)


@given(MOMENTS)
def test_a_scale_keeps_the_order_and_stays_within_its_width(moments: list[datetime]) -> None:
    made = scale(moments)
    ordered = sorted(set(moments))
    places = [made.at(moment) for moment in ordered]
    assert all(a < b or b - a < 1e-6 for a, b in pairwise(places))
    assert all(EDGE - 1e-6 <= place <= 100 - EDGE + 1e-6 for place in places)
    ticks = list(made.ticks)
    assert len(ticks) <= TICKS
    assert (len(ticks) >= 2) == (len(ordered) > 1)


def test_a_long_stretch_without_anything_is_drawn_short_and_marked() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    days = (0, 10, 20, 2000)
    made = scale(start + timedelta(days=day) for day in days)
    (short,) = made.breaks
    assert (short.end - short.start).days == 1980 > LONG * 2000
    places = [made.at(start + timedelta(days=day)) for day in days]
    assert places[2] - places[1] == pytest.approx(places[1] - places[0])
    assert places[3] - places[2] < places[1] - places[0]


def test_ticks_are_the_beginnings_of_months_or_years() -> None:
    first = datetime(2021, 3, 5, tzinfo=UTC)
    said = [name for _, name in scale(first + timedelta(days=100 * n) for n in range(16)).ticks]
    assert said == ["2022", "2023", "2024", "2025"]
    said = [name for _, name in scale(first + timedelta(days=10 * n) for n in range(10)).ticks]
    assert said == ["2021-04", "2021-05", "2021-06"]


CROWDED = ("2009-08", "2015-05", "2016-01", "2018-12", "2020-12")


@pytest.mark.parametrize("spoken", ["en", "zh-Hans"])
@given(moments=MOMENTS)
@example(moments=[datetime.fromisoformat(f"{each}-01T00Z") for each in CROWDED])
def test_no_name_of_a_tick_stands_upon_another_on_a_narrow_page(
    spoken: str, moments: list[datetime]
) -> None:
    """The narrowest scale has 280 pixels, a letter six of them, and an ideograph twelve."""
    with in_language(language(spoken)):
        ticks = list(scale(moments).ticks)
    ends = []
    for at, name in ticks:
        left = at * 2.8 - columns(name) * 6 * ASIDE[anchor(at)]
        ends.append((left, left + columns(name) * 6))
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    assert all(left >= -1 and right <= 281 for left, right in ends)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> RecordView:
    with Ledger.create(
        tmp_path_factory.mktemp("drawings") / "a.db", clock=lambda: RECORDED
    ) as ledger:
        events = [parse_line(each) for each in EXAMPLE.read_bytes().splitlines()]
        ledger.append_all(events, recorded_by="x")
        view = RecordView(ledger, None, None)
        view.keep(view.case("xiaomi-kol"))
        return view


def test_every_event_has_its_track(record: RecordView) -> None:
    entries = timeline_of(record.case("xiaomi-kol"))
    drawn = tracks(entries, UNTOLD)
    assert drawn.rows.keys() == {entry.position for entry in entries}
    kinds = {
        entry.occurred: [
            each.attrib.get("class")
            for each in ElementTree.fromstring(drawn.rows[entry.position]).iter()
        ][1:]
        for entry in entries
    }
    # Open at one end, told as a day, and not told at all.
    assert "when open" in kinds["../2026-01-05"]
    assert "when" in kinds["2026-01-06"]
    assert not {"when", "when open"} & set(kinds[None])


def test_a_derivation_leads_from_what_was_decided_to_what_it_rests_on(record: RecordView) -> None:
    ((_, found),) = why_each_in_case(record, record.case("xiaomi-kol"), ["person-2"])
    drawn = ElementTree.fromstring(derivation_drawing(found, "Xu Fei"))
    assert drawn.attrib["aria-label"] == "Xu Fei"
    links = [each.attrib["href"] for each in drawn.iter("a")]
    asked = {f"#event-{found.nodes[root].position}" for root in found.roots}
    assert asked <= set(links)
    assert set(links) == {f"#event-{node.position}" for node in found.nodes.values()}
    missing = [each for each in drawn.iter("rect") if each.attrib["class"] == "missing"]
    assert len(missing) == len({node.event_id for node, _ in found.lacking})
    # What a sanction rests on by way of its decision has no line of its own.
    edges = sum(each.attrib.get("class") == "edge" for each in drawn.iter("path"))
    assert edges < sum(len(node.rests_on) for node in found.nodes.values()) + len(missing)


@given(st.text(alphabet="aé决 ", min_size=1, max_size=300))
def test_a_text_that_is_cut_ends_in_one_ellipsis(text: str) -> None:
    lines = _lines(text)
    assert len(lines) <= MOST_LINES
    assert "".join(lines).count("…") <= 1
    assert all(sum(2 if each == "决" else 1 for each in line) <= LETTERS for line in lines)


def test_nothing_is_drawn_of_nothing(record: RecordView) -> None:
    ((_, found),) = why_each_in_case(record, record.case("xiaomi-kol"), ["nobody"])
    assert derivation_drawing(found, "Nobody") == ""


def test_parties_asked_about_together_are_each_told_what_they_are_told_alone(
    record: RecordView,
) -> None:
    view = record.case("xiaomi-kol")
    parties = [person.party for person in accountability_of(view).people]
    together = dict(why_each_in_case(record, view, parties))
    assert len(together) > 1
    for each in parties:
        assert dict(why_each_in_case(record, view, [each])) == {each: together[each]}
