"""The report on all cases: what it leads with, what it counts beyond what it names, and as HTML."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from tests.support.builders import Memory

from answerable.cli.reporting.report_all import document
from answerable.domain.parsing import parse_line
from answerable.projections.across.across import AcrossCases, across_cases, in_brief
from answerable.projections.across.sections.years import trending
from answerable.projections.across.tables import OF_ALL, across_registers
from answerable.projections.across.written import written, written_briefly
from answerable.projections.blocks.blocks import Bullets, Paragraph, Table
from answerable.projections.blocks.markdown import markdown
from answerable.projections.blocks.spans import plain
from answerable.projections.blocks.text import text
from answerable.projections.figures.benchmark import read_benchmark
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.figures import OverOrganisations
from answerable.projections.figures.wording import value_words
from answerable.projections.intervals import Range
from answerable.projections.pages.document import document_page
from answerable.projections.pages.drawing.across import lengths, strips, trends
from answerable.projections.registers.asking.said import Naming

EXAMPLES = Path(__file__).parents[4] / "examples"
MARCH = datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)


def told(*names: str, most: int = 500) -> AcrossCases:
    log = Memory()
    for name in names:
        for line in (EXAMPLES / name).read_bytes().splitlines():
            log.record(parse_line(line))
    return across_cases(log, version="test", as_of=MARCH, most=most)


REPORTS = told("speak-up/reports.jsonl")


def page(across: AcrossCases) -> str:
    return document_page(document(across))


def sections(across: AcrossCases) -> dict[str, list[Table]]:
    return {
        section.name: [each for each in section.blocks if isinstance(each, Table)]
        for section in written(across).sections
    }


def test_it_leads_with_what_all_cases_come_to() -> None:
    first = written(REPORTS).sections[0]
    assert leading(REPORTS) == "Eight parties of a type not told are accountable."
    said = first.blocks[1]
    assert isinstance(said, Bullets)
    assert plain(said.items[0]).startswith("13 reports were received; 5 of 9")
    example = told("xiaomi-kol.jsonl")
    assert leading(example) == "Three people are accountable."
    rest = written(example).sections[0].blocks[1]
    assert isinstance(rest, Bullets)
    assert "One bar is, or may be, in force." in [plain(each) for each in rest.items]


def leading(across: AcrossCases) -> str:
    lead = written(across).sections[0].blocks[0]
    assert isinstance(lead, Paragraph)
    return plain(lead.lines[0])


def test_who_is_accountable_is_said_in_a_sentence_whoever_they_are() -> None:
    assert leading(told()) == "No case is on record."
    log = Memory()
    found = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}
    log.add("x", kind="party-registered", party="p", type="person")
    log.add("x", **found, subject="p")
    assert leading(across_cases(log, version="test")) == "One person is accountable."
    log.add("x", kind="party-registered", party="o", type="organisation")
    log.add("x", **found, subject="o")
    both = "One person and one organisation are accountable."
    assert leading(across_cases(log, version="test")) == both
    log.add("x", **found, subject="q", occurred="2026-04")
    log.add("x", kind="party-registered", party="q", type="person")
    perhaps = across_cases(log, version="test", as_of=datetime(2026, 4, 10, tzinfo=UTC))
    assert leading(perhaps) == "1 to 2 people and one organisation are accountable."


def test_every_column_of_its_page_has_a_name() -> None:
    assert '<th scope="col"></th>' not in page(REPORTS)
    shown = {name: tables for name, tables in sections(REPORTS).items() if name != "record"}
    assert all(all(table.heads) for tables in shown.values() for table in tables)


def test_every_register_is_there_where_there_is_something_to_tell() -> None:
    assert [*sections(told("xiaomi-kol.jsonl"))] == [
        "in-short", "figures", "steps", "register", "alike", "bars", "definitions", "record"
    ]  # fmt: skip
    assert "bars" not in sections(REPORTS)
    assert [*sections(told())] == ["in-short", "record"]


def test_what_is_beyond_what_can_be_read_is_counted() -> None:
    few = told("speak-up/reports.jsonl", most=2)
    assert (len(few.people), few.more_people) == (2, len(REPORTS.people) - 2)
    assert f"{few.more_people} more:" in markdown(written(few))


def test_a_row_is_a_party_in_a_case() -> None:
    (table,) = sections(REPORTS)["register"]
    assert len(table.rows) == len(REPORTS.people)
    assert {person.person.accountable for person in REPORTS.people} == {"yes"}


def test_the_figures_are_those_of_the_answer() -> None:
    assert json.loads(json.dumps(REPORTS.as_dict()))["figures"] == json.loads(
        json.dumps(REPORTS.figures.as_dict())
    )
    assert "places" not in REPORTS.as_dict()["groups"][0]


def test_as_text_it_fits() -> None:
    lines = text(written(REPORTS), 80).splitlines()
    assert max(map(len, lines)) <= 80


class Read(HTMLParser):
    """Reads which tags are open, and which sections there are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sections: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "rect", "line", "circle"):
            self.open.append(tag)
        self.scripts += tag == "script"
        if tag == "section":
            self.sections.append(dict(attrs)["id"] or "")
        assert not {"src", "style"} & {name for name, _ in attrs}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("rect", "line", "circle")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_as_html_it_is_whole_and_nothing_in_it_runs() -> None:
    log = Memory()
    log.add("x", kind="case-opened", title="<script>alert(1)</script>")
    log.add("x", kind="counterparty-barred", counterparty="k", scope="<img src=x>")
    shown = page(across_cases(log, version="test"))
    read = Read()
    read.feed(shown)
    read.close()
    assert read.open == []
    assert read.scripts == 0
    *before, last = sections(across_cases(log, version="test"))
    assert (read.sections, last) == (before, "record"), "which stands at the foot"
    assert "&lt;script&gt;alert(1)" in shown


def test_what_is_drawn_has_a_mark_for_each_row_of_its_table_and_stays_on_the_page() -> None:
    told = [each for each in REPORTS.metrics.lengths if each.median and each.known.most]
    assert lengths(REPORTS.metrics.lengths).count("<rect") == len(told)
    assert strips(REPORTS.groups).count("<circle") == sum(
        len(group.distribution) for group in REPORTS.groups
    )
    trend = trends(trending(REPORTS))
    assert "84 to 98.5" in trend
    assert trend.count("<figure") == 3
    for drawn in (lengths(REPORTS.metrics.lengths), strips(REPORTS.groups), trend):
        for left, width in re.findall(r'x="([0-9.]+)%?" width="([0-9.]+)%"', drawn):
            assert 0 <= float(left) <= float(left) + float(width) <= 100.01


def test_lengths_are_ruled_at_days_that_one_knows() -> None:
    drawn = lengths(REPORTS.metrics.lengths)
    ticks = re.findall(r'text-anchor="(\w+)" x="([0-9.]+)%" y="\d+">([0-9,]+)</text></g>', drawn)
    places = [float(place) for _, place, _ in ticks]
    days = [int(number.replace(",", "")) for _, _, number in ticks]
    assert (ticks[0][0], ticks[-1][0]) == ("end", "start")
    assert (places[0], places[-1], days[-1]) == (100, 0, 0)
    assert days == sorted(days, reverse=True)
    assert all(right - left >= 7 for right, left in pairwise(places))
    for day, place in zip(days, places, strict=True):
        assert abs(place - 100 * (day / days[0]) ** 0.5) < 0.01


def test_of_no_case_only_that_is_said() -> None:
    of_none = written(told())
    assert [each.name for each in of_none.sections] == ["in-short", "record"]
    assert "No case is on record." in text(of_none, 80)
    assert "accountable" not in text(of_none, 80)


def test_the_median_and_the_quartiles_of_gravity_are_named() -> None:
    rows = sections(REPORTS)["alike"][-1].rows
    said = {plain(line) for row in rows for line in row.cells[-1].lines}
    assert said
    assert all(each.startswith("median ") for each in said if "quartiles" in each)
    assert all(len(row.cells[-1].lines) == 1 for row in rows)


def test_of_nothing_nothing_is_drawn() -> None:
    none = told()
    assert not lengths(none.metrics.lengths)
    assert not strips(none.groups)
    assert not trends(trending(none))


def test_figures_of_others_stand_beside_ours() -> None:
    sample = EXAMPLES / "speak-up" / "benchmark.toml"
    log = Memory()
    for line in (EXAMPLES / "speak-up" / "reports.jsonl").read_bytes().splitlines():
        log.record(parse_line(line))
    others = read_benchmark(sample.read_bytes(), sample.name)
    page = markdown(written(across_cases(log, version="test", benchmark=others)))
    assert "below the benchmark: 50 % (2025, invented for examples/speak-up" in page


def test_as_registers_it_tells_of_no_more_than_the_report_and_counts_the_rest() -> None:
    few = told("speak-up/reports.jsonl", most=2)
    naming = Naming(Unnamed(), lambda _: None)
    rows = [*across_registers(few, naming).rows]
    sizes = Counter(row.register for row in rows)
    assert sizes["accountable"] == 2
    assert [row.cells[1] for row in rows if row.register == "beyond"] == [few.more_people]
    assert sizes["figures"] == len(few.figures.figures)
    widths = {each.name: len(each.columns) for each in OF_ALL}
    assert all(len(row.cells) == widths[row.register] for row in rows)


class Unnamed:
    """Knows no party."""

    def called(self, party: str) -> str:
        """Call a party by its pseudonym."""
        return party

    def type_of(self, _: str) -> str | None:
        """Tell what no party is."""
        return None


def test_what_is_drawn_by_year_is_told_by_year() -> None:
    (table,) = sections(REPORTS)["years"]
    assert table.heads == ("Figure", "2024", "2025")
    drawn = trends(trending(REPORTS))
    for row, figure in zip(table.rows, trending(REPORTS), strict=True):
        name, *told = (plain(each.lines[0]) for each in row.cells)
        assert f"{name}, by year" in drawn
        assert told == [value_words(figure, part) for part in figure.years]


def test_text_for_a_screen_has_the_first_of_each_list_and_says_what_has_the_rest() -> None:
    everybody = told("speak-up/reports.jsonl", "cases/andersen.jsonl")
    brief = in_brief(everybody, 2)
    assert len(brief.people) == 2
    assert brief.more_people == len(everybody.people) - 2
    said = text(written_briefly(everybody), 80)
    assert "answerable figures --figure NAME" in said
    assert "answerable report --all --output all.html" in said
    assert "NAVEX" not in said
    assert len(said.splitlines()) < len(text(written(everybody), 80).splitlines()) * 3 / 4


def test_the_number_of_organisations_is_said_once_above_their_medians() -> None:
    over = OverOrganisations(Range(1, 3), Range(2, 2), 0)
    figures = [
        each._replace(over_organisations=over) if each.unit == "days" else each
        for each in REPORTS.figures.figures
    ]
    several = REPORTS._replace(figures=REPORTS.figures._replace(figures=tuple(figures)))
    chapters = {
        BY_NAME[each.name].chapter for each in figures if each.value and each.unit == "days"
    }
    said = markdown(written(several))
    assert said.count("Median of 2 organisations") == len(chapters) > 1
    assert "median of 2 organisations:" not in said
    assert "| 1 to 3 days |" in said


def test_the_name_of_a_group_stays_on_a_narrow_page() -> None:
    groups = [each._replace(key=each.key._replace(offence="x " * 90)) for each in REPORTS.groups]
    drawn = strips(groups)
    assert max(map(len, re.findall(r"<text[^>]*>([^<]*)<", drawn))) <= 42
