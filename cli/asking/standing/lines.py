"""Lines that are said of a case and of a party alike: what is agreed, alleged, open, wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import say, say_as, to_say
from answerable.projections.titles import TitleOf
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.measures import Measured, measured
from answerable.projections.wording.obligation import obligation_words
from answerable.projections.wording.outside.agreement import agreement_line, promise_line
from answerable.projections.wording.party import party_words
from answerable.projections.wording.provisional import allegation_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.accountability import Person
    from answerable.projections.accountability.alleged.allegations import Allegation
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.accountability.outside.agreements import Agreement
    from answerable.projections.facts.names import Names
    from answerable.projections.grounds.problems import Problem


PROBLEMS = {
    "missing": to_say("missing: {what} {cited}"),
    "wrong": to_say("wrong: {what} {cited}"),
}
"""Says what is missing, and what is wrong, with the events."""


def agreements_lines(
    agreements: Iterable[Agreement], known: Names, title_of: TitleOf | None = None
) -> Iterator[TextLine]:
    """Say each agreement, and each of its terms; outside of a case, with the case."""

    def name_of(party: str) -> str:
        return party_called(party, known)

    for each in agreements:
        style = "dim" if each.in_force == "no" else ""
        said = numbered(agreement_line(each, name_of), each.position)
        if title_of is not None:
            said = in_case(each.case_id, said, title_of)
        yield TextLine(f"  {said}", style)
        for term in each.terms:
            late = "bold red" if term.overdue == "yes" else style
            promised = numbered(promise_line(term, name_of), term.position)
            yield TextLine(f"    {promised}", late)


def allegations_lines(
    found: Iterable[Allegation], known: Names, title_of: TitleOf
) -> Iterator[TextLine]:
    """Say each allegation, and in which case."""
    for each in found:
        style = "dim" if each.open == "no" else "yellow"
        said = in_case(each.case_id, alleged_line(each, known), title_of)
        yield TextLine(f"  {said}", style)


def alleged_line(allegation: Allegation, known: Names) -> str:
    """Say an allegation, with the number of its event."""
    said = allegation_words(allegation, lambda party: party_called(party, known))
    return numbered(said, allegation.position)


def numbered(what: str, position: int) -> str:
    """Say something with the number of its event."""
    return say("{what} #{position}", what=what, position=position)


def in_case(case_id: str, what: str, title_of: TitleOf) -> str:
    """Say something, and of which case."""
    case = case_called(case_id, title_of)
    return say("{title}: {told}", title=case, told=what)


def party_called(party: str, known: Names) -> str:
    """Say what a party is called."""
    return party_words(known.of(party))


def case_called(case_id: str, title_of: TitleOf) -> str:
    """Say what a case is called."""
    return case_words(case_id, title_of(case_id))


def sanctions_measured(reader: Reader, people: Iterable[Person]) -> Measured:
    """Measure the sanctions against some people."""
    return measured(reader, [each for person in people for each in person.sanctions])


def open_at_length(open_: Iterable[Obligation], known: Names) -> Iterator[TextLine]:
    """Say what is open, a line a thing and person, with the events that opened it."""
    cited: dict[tuple[str, str], list[int]] = {}
    for each in open_:
        what = obligation_words(each, known.called)
        style = "bold red" if each.overdue == "yes" else "yellow"
        cited.setdefault((what, style), []).append(each.position)
    for (what, style), positions in cited.items():
        cites = _numbers(positions)
        said = say("open: {what} {cited}", what=what, cited=cites)
        yield TextLine(f"  {said}", style)


def problems_at_length(problems: Iterable[Problem]) -> Iterator[TextLine]:
    """Say what is missing or wrong behind what stands, a line a thing, with the events."""
    cited: dict[tuple[str, str], list[int]] = {}
    for each in problems:
        cited.setdefault((each.sort, each.text), []).append(each.position)
    for (sort, text), positions in cited.items():
        cites = _numbers(positions)
        said = say(PROBLEMS[sort], what=text, cited=cites)
        yield TextLine(f"  {said}", "red" if sort == "wrong" else "yellow")


def _numbers(positions: Iterable[int]) -> str:
    return say_as("list", ", ").join(f"#{position}" for position in dict.fromkeys(positions))
