"""The state of a person or of a counterparty, over all cases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.asking.standing.lines import (
    agreements_lines,
    allegations_lines,
    case_called,
    in_case,
    numbered,
    open_at_length,
    party_called,
    sanctions_measured,
)
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import punctuation, say, say_as, say_count, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.numbers import THING
from answerable.projections.facts.three_valued import any_of
from answerable.projections.titles import TitleOf, untitled
from answerable.projections.wording.answers import by_the_day, by_then, marked, whether
from answerable.projections.wording.bar import bar_words, contact_words, runs_out
from answerable.projections.wording.dates import dated
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.measures import Measured, totals_words
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.party import titles_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words
from answerable.projections.wording.vocabulary import as_term

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.accountability import Person
    from answerable.projections.accountability.bars import Bar
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.accountability.said.finding import Finding
    from answerable.projections.facts.names import Names
    from answerable.projections.status.status import PartyOverview, PersonOverview


NOTHING_HELD = to_say("Nothing is held against them: no finding, no sanction.")
"""Says of a person that nothing was found, and nothing imposed."""


def person_lines(
    reader: Reader, found: PersonOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say whether a person is accountable, all that is held against them, and what is open."""
    known.read((found.party,))
    measure_of = sanctions_measured(reader, found.cases)
    yield TextLine(_headline(found, known), "bold")
    if titles := titles_words(known.of(found.party)):
        yield TextLine(f"  {titles}")
    if not found.cases:
        alleged = any(each.open != "no" for each in found.allegations)
        nothing = say("No finding and no sanction: what follows is alleged, and not disposed of.")
        if alleged or not found.agreements:
            yield TextLine(f"  {nothing if alleged else say(NOTHING_HELD)}")
    for person in found.cases:
        alone = len(found.cases) == 1
        yield from _person_in_case(person, measure_of, known, title_of, said=alone)
    everywhere = totals_words(found.amounts)
    if everywhere and len(found.cases) > 1:
        summed = say("in all cases: {amounts}", amounts=everywhere)
        yield TextLine(f"  {summed}", "bold")
    yield from allegations_lines(found.allegations, known, title_of)
    yield from agreements_lines(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)


def _headline(found: PersonOverview, known: Names) -> str:
    """Say who is asked about, and whether they are accountable."""
    who = party_called(found.party, known)
    if not found.cases:
        return who
    if len(found.cases) == 1:
        how = accountable_words(found.cases[0], known.type_of)
        return say("{party}: {what}", party=who, what=how)
    held = [each for each in found.cases if each.accountable == found.accountable]
    if known.type_of(found.party) == THING or found.accountable == "no":
        held = list(found.cases)
    ways = dict.fromkeys(accountable_words(each, known.type_of) for each in held)
    return say_count(
        "{party}: {ways} ({number} case)",
        "{party}: {ways} ({number} cases)",
        len(held),
        party=who,
        ways=punctuation("; ").join(ways),
    )


def _without(open_: Iterable[Obligation], party: str) -> Iterator[Obligation]:
    """Leave out whose it is where that is who was asked about."""
    for each in open_:
        yield each._replace(party=None) if each.party == party else each


def _person_in_case(
    person: Person, measure_of: Measured, known: Names, title_of: TitleOf, *, said: bool = False
) -> Iterator[TextLine]:
    """Say how a party stands in a case; whether they are accountable, unless that was said."""
    line = case_called(person.case_id, title_of)
    if not said:
        line = in_case(person.case_id, accountable_words(person, known.type_of), title_of)
    yield TextLine(f"  {line}")
    yield from _said(person, measure_of, known)


def _said(person: Person, measure_of: Measured, known: Names) -> Iterator[TextLine]:
    """Say each finding about a person, each sanction, interim measure and proceeding outside."""
    numbers = {finding.event_id: f"#{finding.position}" for finding in person.findings}
    for finding in person.findings:
        text = finding_words(finding, numbers.__getitem__, name_of=known.called)
        said = say("finding: {what} #{position}", what=text, position=finding.position)
        yield TextLine(f"    {said}", "dim" if _undone(finding) else "")
    for sanction in person.sanctions:
        text = sanction_words(measure_of(sanction), sanction_marks(sanction, known.called))
        style = "dim" if sanction.in_force == "no" else ""
        said = say("sanction: {what} #{position}", what=text, position=sanction.position)
        yield TextLine(f"    {said}", style)
    if summed := totals_words(person.amounts):
        said = say("together: {amounts}", amounts=summed)
        yield TextLine(f"    {said}")
    for interim in person.interim:
        style = "dim" if interim.state == "ended" else ""
        text = interim_line(interim, known.called)
        said = say("interim measure: {what} #{position}", what=text, position=interim.position)
        yield TextLine(f"    {said}", style)
    for each in person.proceedings:
        text = proceeding_line(each, lambda party: party_called(party, known))
        said = say("outside: {what} #{position}", what=text, position=each.position)
        yield TextLine(f"    {said}")


def _undone(finding: Finding) -> bool:
    return finding.undone == "yes"


def counterparty_lines(
    reader: Reader,
    found: PartyOverview,
    known: Names,
    zone_of: Callable[[str], Zone],
    title_of: TitleOf = untitled,
) -> Iterator[TextLine]:
    """Say whether a counterparty is barred, what else is said of it, and who was in contact."""
    measure_of = sanctions_measured(reader, found.cases)
    who, barred = party_called(found.party, known), _barred(found.bars)
    yield TextLine(say("{party}: {what}", party=who, what=barred), "bold")
    for bar in found.bars:
        said = numbered(bar_words(bar, known.called), bar.position)
        yield TextLine(f"  {in_case(bar.case_id, said, title_of)}")
        for later in bar.contacts:
            style = "dim" if later.other_house else "red"
            met = numbered(contact_words(later), later.position)
            yield TextLine(f"    {_where(met, later.case_id, (bar.case_id,), title_of)}", style)
    for person in found.cases:
        yield from _person_in_case(person, measure_of, known, title_of)
    yield from allegations_lines(found.allegations, known, title_of)
    yield from agreements_lines(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)
    named = {bar.case_id for bar in found.bars}
    for contact in found.contacts:
        met = dated(say_as("event", "contact"), contact.occurred, zone_of(contact.case_id))
        stage = None if contact.stage is None else as_term(contact.stage)
        what = numbered(marked(met, (stage, by_then(contact.as_of))), contact.position)
        yield TextLine(f"  {_where(what, contact.case_id, named, title_of)}")


def _where(what: str, case_id: str, named: Collection[str], title_of: TitleOf) -> str:
    """Say something, and in which case it lies, unless the lines above named that."""
    if case_id in named:
        return what
    case = case_called(case_id, title_of)
    return say("{what}, {case}", what=what, case=case)


def _barred(bars: Iterable[Bar]) -> str:
    """Say whether there is a bar in force, or may be."""
    told = tuple(bars)
    answer = any_of(bar.in_force for bar in told)
    if answer == "unknown" and all(map(runs_out, told)):
        return by_the_day(say("barred"))
    return whether(answer, say("barred"), say("not barred"))
