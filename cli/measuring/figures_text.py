"""The figures as lines of text: a line each, under the heading of its chapter; or one at length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.output import visible
from answerable.cli.shared.terminal.screen import columns, fold, screen_width
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import figures, in_letters, say, say_as, say_count, to_say
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
from answerable.projections.wording.counts import capital, in_a_row, listed
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
        named = say(chapter)
        heads = (say("counted"), say_as("value", "figure"))
        yield TextLine(named if _narrow() else _row(named, *heads), "bold")
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
        said = say("{what}: {detail}", what=title_words(each), detail=value_words(each))
        if count:
            said = say("{what} ({marks})", what=said, marks=count)
        yield from _folded(said, "bold")
    yield from _about(found, name_of)
    yield TextLine("")
    yield from _folded(say(definition.definition), "")
    source = say("Source: {source}.", source=say_as("source", definition.source))
    dated = say("It is dated by {what}.", what=say(DAYS[first.dated_by]))
    yield from _folded(in_a_row((source, dated)), "")
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
    yield from _cases(say("Counted"), first.sure, title_of)
    yield from _cases(say("Perhaps counted"), first.perhaps, title_of)
    for left_out in first.left_out:
        why = say_as("left out", left_out.why)
        yield from _cases(say("Not counted, {why}", why=why), left_out.cases, title_of)
    yield TextLine("")
    yield TextLine(head_line(TreeHead(found.size, found.root)), "dim")


DAYS: Mapping[str, str] = {
    "receipt": to_say("the receipt"),
    "closure": to_say("the closure"),
    "first signal": to_say("the first signal"),
    "finding": to_say("the finding"),
    "imposition": to_say("the imposition"),
    "its own date": to_say("its own date"),
}
"""Names the date by which a figure falls into a year."""


def _about(found: Figures, name_of: NameOf) -> Iterator[TextLine]:
    """Say which cases, which days, and which times these are."""
    first, last = found.period
    said = [say("of {party}", party=name_of(found.organisation))] if found.organisation else []
    said += [say("from {day}", day=first)] if first else []
    said += [say("until {day}", day=last)] if last else []
    if said:
        yield TextLine(visible(capital(in_a_row(said))), "dim")
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
        said = say("{what}: {detail}", what=title, detail=value)
        if count:
            said = say("{what} ({marks})", what=said, marks=count)
        yield from _folded(f"{said}{mark}", style)
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
        note = say("* rests on fewer than {number}: read the counts, not the figure.", number=few)
        yield from _folded(note, "")
    for mark in found.unmatched:
        title = say(BY_NAME[mark.figure].title)
        said = say("{what}: {detail}", what=title, detail=mark.of) if mark.of else title
        lacks = say("Nothing to compare with a benchmark: {figure}.", figure=visible(said))
        yield from _folded(lacks, "")
    nothing = dict.fromkeys(
        say(each.title).lower()
        for each in found.figures
        if each.value is None and each.name != RATE
    )
    if nothing:
        named = listed(nothing)
        yield from _folded(say("Nothing to count: {figures}.", figures=named), "dim")
    if not any(each.name == RATE for each in told):
        rate = say("Reports per 100 people: give --people NUMBER, and a year by --from and --to.")
        yield from _folded(rate, "dim")
    more = say(
        "{command} tells how a figure is defined, and what it leaves out.",
        command="`answerable figures --figure NAME`",
    )
    yield from _folded(more, "dim")


def _cases(said: str, cases: tuple[str, ...], title_of: TitleOf) -> Iterator[TextLine]:
    """Name some cases, if there are any."""
    if not cases:
        return
    yield TextLine("")
    number = say_count("{number} case", "{number} cases", len(cases))
    yield from _folded(say("{what}: {detail}", what=said, detail=number), "bold")
    for case_id in cases[:NAMED]:
        yield from _folded(f"  {visible(case_words(case_id, title_of(case_id)))}", "")
    if len(cases) > NAMED:
        others = figures(len(cases) - NAMED)
        more = say("and {number} more: --json names all of them", number=others)
        yield TextLine(f"  {more}", "dim")


def _folded(text: str, style: str) -> Iterator[TextLine]:
    return (TextLine(each, style) for each in fold(text, screen_width()))
