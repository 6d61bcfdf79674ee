"""The state of a case as a register, a row a party."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.asking.standing.lines import (
    agreements_lines,
    alleged_line,
    numbered,
    party_called,
    sanctions_measured,
)
from answerable.cli.shared.terminal.screen import beside, screen_width
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import punctuation, say
from answerable.projections.titles import TitleOf, untitled
from answerable.projections.wording.bar import bar_words
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.leading.register import conducts, register_entry
from answerable.projections.wording.obligation import open_words
from answerable.projections.wording.vocabulary import state_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.facts.names import Names
    from answerable.projections.status.status import CaseOverview


def case_lines(
    reader: Reader, case: CaseOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say how a case stands, as a register: a row a party, those accountable first."""
    known.read(case.parties)
    title = case_words(case.case_id, title_of(case.case_id))
    yield TextLine(say("{title}: {told}", title=title, told=_state(case)), "bold")
    said = _said_in_register(reader, case, known)
    rows = [
        (party_called(party, known), punctuation("; ").join(parts)) for party, parts in said.items()
    ]
    accused = {each.subject for each in case.allegations}
    others = {each.party for each in case.people} | {bar.counterparty for bar in case.bars}
    for party, lines in zip(said, beside(rows, screen_width()), strict=True):
        style = "yellow" if party in accused - others else ""
        for line in lines:
            yield TextLine(line, style)
    yield from agreements_lines(case.agreements, known)


def _state(case: CaseOverview) -> str:
    if case.state is None:
        return say("not opened")
    return open_words("unknown") if case.state == "indeterminate" else state_words(case.state)


def _said_in_register(reader: Reader, case: CaseOverview, known: Names) -> dict[str, list[str]]:
    """Gather what is said of each party, those accountable first."""
    told = (*case.people, *case.others)
    measure_of = sanctions_measured(reader, told)
    conduct_of = conducts(reader, [each for person in told for each in person.findings])
    said: dict[str, list[str]] = {}
    for person in told:
        entry = register_entry(person, known.type_of, known.called, measure_of, conduct_of)
        said.setdefault(person.party, []).append(entry)
    for alleged in case.allegations:
        said.setdefault(alleged.subject, []).append(alleged_line(alleged, known))
    for bar in case.bars:
        words = numbered(bar_words(bar, known.called), bar.position)
        said.setdefault(bar.counterparty, []).append(words)
    return said
