"""Put in words what falls due: what is overdue first, then by its deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import (
    figures,
    punctuation,
    say,
    say_as,
    say_count,
    to_say,
    to_say_as,
)
from answerable.projections.conformance.judgement import Deadline, source_words, title_words
from answerable.projections.conformance.output.words import deadline_words, late_words
from answerable.projections.wording.counts import capital
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.projections.due import Due
    from answerable.projections.facts.names import NameOf
    from answerable.projections.gaps import Role
    from answerable.projections.titles import TitleOf

SHOWN = 60
"""The most things that are listed; of more, the most urgent are."""

KEPT = 4_000
"""The most things that are in memory, before the most urgent are picked."""

TITLES = {
    "yes": (to_say_as("due", "Overdue"), "red"),
    "unknown": (to_say_as("due", "Overdue, perhaps"), "yellow"),
    "no": (to_say_as("due", "Due"), ""),
}

FROM: Mapping[Role | None, str] = {
    "promised it": to_say("from {party}, who promised it"),
    "owns it": to_say("from {party}, who owns it"),
    "leads the investigation": to_say("from {party}, who leads the investigation"),
    "owns the case": to_say("from {party}, who owns the case"),
}
"""Says from whom something is due, by what they are the one."""


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
    due: Counted,
    name_of: NameOf,
    title_of: TitleOf,
    within: str | None,
    policies: Mapping[str, str],
) -> Iterator[TextLine]:
    """Lay out what falls due.

    Args:
        due: what does.
        name_of: what to call a party.
        title_of: tells the title of a case.
        within: the time that was asked about, in words; None: any.
        policies: what policies are called, by their ids.
    """
    numbers = due.numbers
    parts = (_overdue(numbers["yes"], numbers["unknown"]), _later(numbers["no"], within))
    said = say("{sentence}.", sentence=punctuation("; ").join(parts))
    yield TextLine(said, "bold red" if numbers["yes"] else "bold")
    several = len({each.policy for each in due.first if each.policy}) > 1
    cited = policies if several else {}
    for rank, own in groupby(due.first, key=lambda each: each.overdue):
        title, style = TITLES[rank]
        yield TextLine("")
        yield TextLine(say_as("due", title), f"bold {style}".strip())
        for each in own:
            yield from _lines(each, name_of, title_of, cited, style)
    more = sum(numbers.values()) - len(due.first)
    if more > 0:
        yield TextLine("")
        others = say("And {number} more; --format json or csv lists all.", number=figures(more))
        yield TextLine(others, "dim")


def _overdue(sure: int, perhaps: int) -> str:
    """Say how much is overdue, and how much may be."""
    if not sure and not perhaps:
        return say("Nothing is overdue")
    if not sure:
        return say_count(
            "{number} thing perhaps overdue", "{number} things perhaps overdue", perhaps
        )
    overdue = say_count("{number} thing overdue", "{number} things overdue", sure)
    if not perhaps:
        return overdue
    return say("{overdue}, perhaps {number} more", overdue=overdue, number=figures(perhaps))


def _later(number: int, within: str | None) -> str:
    """Say how much falls due, within a time or at any."""
    if within is None:
        return (
            say("{number} due later", number=figures(number))
            if number
            else say("nothing due later")
        )
    if not number:
        return say("nothing due within {days}", days=within)
    return say("{number} due within {days}", number=figures(number), days=within)


def _lines(
    each: Due, name_of: NameOf, title_of: TitleOf, cited: Mapping[str, str], style: str
) -> Iterator[TextLine]:
    by = capital(deadline_words(Deadline(each.earliest, each.latest)))
    if each.late and each.overdue == "yes":
        by = say("{due}, {days} overdue", due=by, days=late_words(each.late))
    told = say("{what}: {detail}", what=by, detail=capital(each.about))
    yield TextLine(f"  {told}", style)
    what = capital(_owed(each))
    if f"#{each.position}" not in each.about:
        what = say("{what} (#{position})", what=what, position=each.position)
    yield TextLine(f"      {what}")
    if each.whom is None:
        whom = say("nobody is named to do it")
    else:
        whom = say(FROM[each.role], party=name_of(each.whom))
    parts = [whom, case_words(each.case_id, title_of(each.case_id))]
    if each.rule is not None:
        policy, source = cited.get(each.policy or ""), source_words(each.source or "")
        parts.append(say("{source} ({policy})", source=source, policy=policy) if policy else source)
    yield TextLine(f"      {' · '.join(parts)}", "dim")


def _owed(each: Due) -> str:
    """Say what is due: a rule by its title, or what is owed."""
    what = each.what.rstrip(".")
    return say(what) if each.rule is None else title_words(what, adopted=False)
