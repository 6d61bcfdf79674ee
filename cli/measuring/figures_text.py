"""The figures as lines of text: a line each, under the heading of its chapter; or one at length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.screen import columns, fold, screen_width
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import in_letters
from answerable.domain.record import TreeHead
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.wording import (
    against_words,
    answer_words,
    count_words,
    over_words,
    title_words,
    value_words,
)
from answerable.projections.wording.counts import capital, counted, listed
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.projections.figures.figures import Figure, Figures, PartOf
    from answerable.projections.titles import TitleOf

NameOf = Callable[[str], str]

TITLE, COUNT, VALUE = 36, 18, 22
"""The columns of a line: what the figure is, what is counted, and its value."""

RATE = "reports-per-100-people"

NAMED = 20
"""The most cases that are named, of those that do not count. `--json` has all of them."""


def all_of_them(found: Figures, name_of: NameOf, by: str | None) -> Iterator[TextLine]:
    """Say all figures of which there is something to count, and name the others."""
    yield from _folded(answer_words(found), "bold")
    yield from _about(found, name_of)
    told = [each for each in found.figures if each.value is not None]
    for chapter, own in groupby(told, key=lambda each: BY_NAME[each.name].chapter):
        yield TextLine("")
        yield TextLine(chapter if _narrow() else _row(chapter, "counted", "figure"), "bold")
        for each in own:
            yield from _line(each)
            yield from _beneath(each, found.fewest, name_of, by)
    yield from _notes(found, told)
    yield TextLine("")
    yield TextLine(head_line(TreeHead(found.size, found.root)), "dim")


def one(found: Figures, name_of: NameOf, title_of: TitleOf) -> Iterator[TextLine]:
    """Say one figure at length: its definition, its parts, and what it does not count."""
    first = found.figures[0]
    definition = BY_NAME[first.name]
    for each in found.figures:
        count = count_words(each)
        said = f"{title_words(each)}: {value_words(each)}"
        yield from _folded(f"{said} ({count})" if count else said, "bold")
    yield from _about(found, name_of)
    yield TextLine("")
    yield from _folded(definition.definition, "")
    yield from _folded(f"Source: {definition.source}. It is dated by {_dated(first)}.", "")
    for each in found.figures:
        if each.years or each.by_organisation:
            yield TextLine("")
            if len(found.figures) > 1:
                yield TextLine(visible(title_words(each)), "bold")
            for part in (*each.years, *each.by_organisation):
                yield from _part(each, part, name_of)
            if said := over_words(each, found.fewest):
                yield from _folded(f"    {said}", "")
        yield from _against(each)
    yield from _cases("Counted", first.sure, title_of)
    yield from _cases("Perhaps counted", first.perhaps, title_of)
    for left_out in first.left_out:
        yield from _cases(f"Not counted, {left_out.why}", left_out.cases, title_of)
    yield TextLine("")
    yield TextLine(head_line(TreeHead(found.size, found.root)), "dim")


def _dated(figure: Figure) -> str:
    return figure.dated_by if figure.dated_by.startswith("its") else f"the {figure.dated_by}"


def _about(found: Figures, name_of: NameOf) -> Iterator[TextLine]:
    """Say which cases, which days, and which times these are."""
    first, last = found.period
    said = [f"from {first}"] if first else []
    said += [f"until {last}"] if last else []
    if found.organisation is not None:
        said.insert(0, f"of {name_of(found.organisation)}")
    if said:
        yield TextLine(visible(capital(" ".join(said))), "dim")
    if asked := asked_line(found.as_of, found.known_by):
        yield TextLine(capital(asked), "dim")


def _line(figure: Figure) -> Iterator[TextLine]:
    mark = " *" if figure.few else ""
    yield from _told(
        f"  {visible(title_words(figure))}", count_words(figure), value_words(figure), mark
    )


def _narrow() -> bool:
    """Tell whether the screen has no room for columns."""
    width = screen_width()
    return width is not None and width < TITLE + COUNT + VALUE + len(" *")


def _told(
    title: str, count: str, value: str, mark: str = "", style: str = ""
) -> Iterator[TextLine]:
    """Say a value in columns, or where there is no room for these, in a row."""
    if _narrow():
        yield from _folded(f"{title}: {value}{f' ({count})' if count else ''}{mark}", style)
    else:
        yield TextLine(_row(title, count, value) + mark, style)


def _row(title: str, count: str, value: str) -> str:
    """Put a line together; what is too wide takes the room of what stands right of it."""
    line = title + " " * max(1, TITLE - columns(title))
    end = TITLE + COUNT
    line += " " * max(0, end - columns(line) - columns(count)) + count
    end += VALUE
    return line + " " * max(1, end - columns(line) - columns(value)) + value


def _beneath(figure: Figure, fewest: int, name_of: NameOf, by: str | None) -> Iterator[TextLine]:
    parts = {"year": figure.years, "organisation": figure.by_organisation}.get(by or "", ())
    for part in parts:
        yield from _part(figure, part, name_of)
    if said := over_words(figure, fewest):
        yield from _folded(f"    {said}", "dim")
    yield from _against(figure)


def _against(figure: Figure) -> Iterator[TextLine]:
    """Say where a figure lies to those of others."""
    for each in figure.against:
        yield from _folded(f"    {visible(against_words(figure, each))}", "")


def _part(figure: Figure, part: PartOf, name_of: NameOf) -> Iterator[TextLine]:
    """Say the value of a year or of an organisation."""
    called = part.part if part.part.isdecimal() else name_of(part.part)
    count, value = count_words(figure, part), value_words(figure, part)
    yield from _told(f"    {visible(called)}", count, value, style="dim")


def _notes(found: Figures, told: list[Figure]) -> Iterator[TextLine]:
    """Say what the marks mean, and of which figures there is nothing to count."""
    yield TextLine("")
    if any(each.few for each in told):
        few = in_letters(found.fewest)
        yield from _folded(f"* rests on fewer than {few}: read the counts, not the figure.", "")
    for mark in found.unmatched:
        said = f"{BY_NAME[mark.figure].title}: {mark.of}" if mark.of else BY_NAME[mark.figure].title
        yield from _folded(f"Nothing to compare with a benchmark: {visible(said)}.", "")
    nothing = dict.fromkeys(
        each.title.lower() for each in found.figures if each.value is None and each.name != RATE
    )
    if nothing:
        yield from _folded(f"Nothing to count: {listed(nothing)}.", "dim")
    if not any(each.name == RATE for each in told):
        yield from _folded(
            "Reports per 100 people: give --people NUMBER, and a year by --from and --to.", "dim"
        )
    yield from _folded(
        "`answerable figures --figure NAME` tells how a figure is defined, and what it leaves out.",
        "dim",
    )


def _cases(said: str, cases: tuple[str, ...], title_of: TitleOf) -> Iterator[TextLine]:
    """Name some cases, if there are any."""
    if not cases:
        return
    yield TextLine("")
    yield from _folded(f"{said}: {counted(len(cases), 'case')}", "bold")
    for case_id in cases[:NAMED]:
        yield from _folded(f"  {visible(case_words(case_id, title_of(case_id)))}", "")
    if len(cases) > NAMED:
        yield TextLine(f"  and {len(cases) - NAMED:,} more: --json names all of them", "dim")


def _folded(text: str, style: str) -> Iterator[TextLine]:
    return (TextLine(each, style) for each in fold(text, screen_width()))
