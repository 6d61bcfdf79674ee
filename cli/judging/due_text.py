"""Put in words what falls due: what is overdue first, then by its deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.text import TextLine
from answerable.projections.conformance.judgement import Deadline
from answerable.projections.conformance.output.words import deadline_words, late_words
from answerable.projections.wording.counts import capital, counted
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.projections.due import Due
    from answerable.projections.facts.names import NameOf
    from answerable.projections.titles import TitleOf

SHOWN = 60
"""The most things that are listed; of more, the most urgent are."""

KEPT = 4_000
"""The most things that are in memory, before the most urgent are picked."""

TITLES = {"yes": ("Overdue", "red"), "unknown": ("Overdue, perhaps", "yellow"), "no": ("Due", "")}


class Counted(NamedTuple):
    """Tell what falls due, as far as it is listed, and how much there is.

    Attributes:
        first: the most urgent.
        numbers: how many things are overdue, perhaps overdue, and due.
    """

    first: list[Due]
    numbers: dict[str, int]


def counted_due(found: Iterable[Due]) -> Counted:
    """Count what falls due, and keep the most urgent; all are in memory at no time."""
    numbers = dict.fromkeys(TITLES, 0)
    first: list[Due] = []
    rest = iter(found)
    while part := list(islice(rest, KEPT)):
        for each in part:
            numbers[each.overdue] += 1
        first = nsmallest(SHOWN, [*first, *part], key=lambda each: each.urgency)
    return Counted(first, numbers)


def due_lines(
    due: Counted, name_of: NameOf, title_of: TitleOf, within: str | None
) -> Iterator[TextLine]:
    """Lay out what falls due.

    Args:
        due: what does.
        name_of: what to call a party.
        title_of: tells the title of a case.
        within: the time that was asked about, in words; None: any.
    """
    numbers = due.numbers
    overdue = numbers["yes"]
    later = f"due within {within}" if within else "due later"
    said = f"{counted(overdue, 'thing')} overdue, perhaps {numbers['unknown']:,} more; "
    yield TextLine(f"{said}{numbers['no']:,} {later}.", "bold red" if overdue else "bold")
    for rank, own in groupby(due.first, key=lambda each: each.overdue):
        title, style = TITLES[rank]
        yield TextLine("")
        yield TextLine(title, f"bold {style}".strip())
        for each in own:
            yield from _lines(each, name_of, title_of, style)
    more = sum(numbers.values()) - len(due.first)
    if more > 0:
        yield TextLine("")
        yield TextLine(f"And {more:,} more; --format json or csv lists all.", "dim")


def _lines(each: Due, name_of: NameOf, title_of: TitleOf, style: str) -> Iterator[TextLine]:
    by = capital(deadline_words(Deadline(each.earliest, each.latest)))
    late = f", {late_words(each.late)} overdue" if each.late and each.overdue == "yes" else ""
    yield TextLine(f"  {by}{late}: {capital(each.about)}", style)
    number = "" if f"#{each.position}" in each.about else f" (#{each.position})"
    what = each.what.rstrip(".")
    yield TextLine(f"      {capital(what)}{number}")
    whom = (
        "nobody is named to do it"
        if each.whom is None
        else (f"from {name_of(each.whom)}, who {each.role}")
    )
    rule = "" if each.rule is None else f" · {each.source} ({each.policy} {each.version})"
    yield TextLine(
        f"      {whom} · {case_words(each.case_id, title_of(each.case_id))}{rule}", "dim"
    )
