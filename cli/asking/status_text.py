"""The state of cases, of a person or of a counterparty, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.screen import beside, screen_width
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import figures, punctuation, say, say_as, say_count, to_say
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.numbers import THING
from answerable.projections.extents import amounts_words
from answerable.projections.facts.three_valued import any_of
from answerable.projections.status.totals import Tally, Totals, problem_totals
from answerable.projections.titles import TitleOf, untitled
from answerable.projections.wording.answers import by_then, marked, whether
from answerable.projections.wording.bar import bar_words, contact_words
from answerable.projections.wording.counts import repeated
from answerable.projections.wording.dates import dated
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.leading.register import conducts, register_entry
from answerable.projections.wording.measures import Measured, measured, totals_words
from answerable.projections.wording.obligation import (
    BREACHED,
    OVERDUE,
    item_words,
    obligation_words,
    open_words,
)
from answerable.projections.wording.outside.agreement import agreement_line, promise_line
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.party import parties_words, party_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import allegation_words, interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words
from answerable.projections.wording.vocabulary import as_term, state_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.accountability import Person
    from answerable.projections.accountability.alleged.allegations import Allegation
    from answerable.projections.accountability.bars import Bar
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.accountability.outside.agreements import Agreement
    from answerable.projections.accountability.said.finding import Finding
    from answerable.projections.facts.names import Names
    from answerable.projections.grounds.problems import Problem
    from answerable.projections.status.status import CaseOverview, PartyOverview, PersonOverview


HELD_BACK = 50
"""The most cases that are held back, so that the sums stand above them."""


NOTHING_HELD = to_say("Nothing is held against them: no finding, no sanction.")


def everything(
    reader: Reader,
    cases: Iterator[CaseOverview],
    known: Names,
    title_of: TitleOf = untitled,
    *,
    chosen: bool = False,
) -> Iterator[TextLine]:
    """Say how many things stand how in all cases, and then how each case stands.

    Where there are more cases than are held back for that, the sums follow them.

    Args:
        reader: the record.
        cases: those asked about.
        known: what to call the parties.
        title_of: tells the title of a case.
        chosen: whether there may be other cases, which were not asked about.
    """
    totals = Totals()
    held: list[TextLine] | None = []
    for each in cases:
        totals.take_in(each, known.type_of)
        lines = (TextLine(""), *case_lines(reader, each, known, title_of), *_in_short(each))
        if held is None:
            yield from lines
            continue
        held += lines
        if totals.cases > HELD_BACK:
            yield TextLine(
                say("There are more than {most} cases: the sums follow them.", most=HELD_BACK)
            )
            yield from held
            held = None
    if not totals.cases:
        none = say("There is no such case.")
        yield TextLine(
            none if chosen else say("Nobody is accountable, nobody is barred, and nothing is open.")
        )
        return
    if held is None:
        yield TextLine("")
    yield from _sums(totals, known)
    yield from held or ()


def _sums(totals: Totals, known: Names) -> Iterator[TextLine]:
    said = say(
        "Accountable: {accountable}. Barred: {barred}. Open: {open}. Cases: {cases}.",
        accountable=_with_alleged(
            _parties_total(totals.accountable, known, {THING}), totals, known
        ),
        barred=_parties_total(totals.barred, known),
        open=_total(totals.open),
        cases=figures(totals.cases),
    )
    yield TextLine(said, "bold")
    if summed := amounts_words(totals.amounts):
        yield TextLine(say("Amounts: {amounts}.", amounts=summed))


def _in_short(case: CaseOverview) -> Iterator[TextLine]:
    if case.open:
        said = say("open: {what}", what=_open_in_short(case.open))
        yield TextLine(f"  {said}", "yellow")
    if case.problems:
        missing, wrong = problem_totals(case.problems)
        counts = [say("{number} missing", number=figures(missing))] if missing else []
        counts += [say("{number} wrong", number=figures(wrong))] if wrong else []
        said = say("grounds: {counts}", counts=punctuation(", ").join(counts))
        yield TextLine(f"  {said}", "red" if wrong else "yellow")


def _parties_total(tally: Tally, known: Names, without: Collection[str] = ()) -> str:
    """Say how many parties of each type there are, and how many more there may be.

    Args:
        tally: of which parties it is so.
        known: what they are.
        without: the types that are left out.
    """
    sure, perhaps = (
        [name for name in known.of_each(those) if name.type not in without]
        for those in (tally.sure_ones, tally.perhaps_ones)
    )
    said = parties_words(sure) if sure else "0"
    if not perhaps:
        return said
    more = parties_words(perhaps)
    return say("{sure} (indeterminate: {perhaps})", sure=said, perhaps=more)


def _with_alleged(accountable: str, totals: Totals, known: Names) -> str:
    """Say how many are accountable only by what is alleged, and by nothing else in any case."""
    held = totals.accountable.sure_ones | totals.accountable.perhaps_ones
    alleged = known.of_each(totals.alleged.sure_ones - held)
    if not alleged:
        return accountable
    more = parties_words(alleged)
    return say("{accountable} (only alleged: {parties})", accountable=accountable, parties=more)


def _total(tally: Tally) -> str:
    sure = figures(tally.sure)
    if not tally.perhaps:
        return sure
    return say("{sure} (indeterminate: {perhaps} more)", sure=sure, perhaps=figures(tally.perhaps))


def case_lines(
    reader: Reader, case: CaseOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say how a case stands, as a register: a row a party, those accountable first."""
    known.read(case.parties)
    title = case_words(case.case_id, title_of(case.case_id))
    yield TextLine(say("{title}: {told}", title=title, told=_state(case)), "bold")
    said = _said_in_register(reader, case, known)
    rows = [(_party(party, known), punctuation("; ").join(parts)) for party, parts in said.items()]
    accused = {each.subject for each in case.allegations}
    others = {each.party for each in case.people} | {bar.counterparty for bar in case.bars}
    for party, lines in zip(said, beside(rows, screen_width()), strict=True):
        style = "yellow" if party in accused - others else ""
        for line in lines:
            yield TextLine(line, style)
    yield from _agreements(case.agreements, known)


def _state(case: CaseOverview) -> str:
    if case.state is None:
        return say("not opened")
    return open_words("unknown") if case.state == "indeterminate" else state_words(case.state)


def _said_in_register(reader: Reader, case: CaseOverview, known: Names) -> dict[str, list[str]]:
    """Gather what is said of each party, those accountable first."""
    told = (*case.people, *case.others)
    measure_of = _measured(reader, told)
    conduct_of = conducts(reader, [each for person in told for each in person.findings])
    said: dict[str, list[str]] = {}
    for person in told:
        entry = register_entry(person, known.type_of, known.called, measure_of, conduct_of)
        said.setdefault(person.party, []).append(entry)
    for alleged in case.allegations:
        said.setdefault(alleged.subject, []).append(_alleged(alleged, known))
    for bar in case.bars:
        words = _numbered(bar_words(bar, known.called), bar.position)
        said.setdefault(bar.counterparty, []).append(words)
    return said


def _agreements(
    agreements: Iterable[Agreement], known: Names, title_of: TitleOf | None = None
) -> Iterator[TextLine]:
    """Say each agreement, and each of its terms; outside of a case, with the case."""

    def name_of(party: str) -> str:
        return _party(party, known)

    for each in agreements:
        style = "dim" if each.in_force == "no" else ""
        said = _numbered(agreement_line(each, name_of), each.position)
        if title_of is not None:
            said = _in_case(each.case_id, said, title_of)
        yield TextLine(f"  {said}", style)
        for term in each.terms:
            late = "bold red" if term.overdue == "yes" else style
            promised = _numbered(promise_line(term, name_of), term.position)
            yield TextLine(f"    {promised}", late)


def _numbered(what: str, position: int) -> str:
    """Say something with the number of its event."""
    return say("{what} #{position}", what=what, position=position)


def _in_case(case_id: str, what: str, title_of: TitleOf) -> str:
    """Say something, and of which case."""
    case = _case(case_id, title_of)
    return say("{title}: {told}", title=case, told=what)


def _party(party: str, known: Names) -> str:
    return party_words(known.of(party))


def _measured(reader: Reader, people: Iterable[Person]) -> Measured:
    return measured(reader, [each for person in people for each in person.sanctions])


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
        text = proceeding_line(each, lambda party: _party(party, known))
        said = say("outside: {what} #{position}", what=text, position=each.position)
        yield TextLine(f"    {said}")


def _undone(finding: Finding) -> bool:
    return finding.undone == "yes"


def _open_in_short(open_: tuple[Obligation, ...]) -> str:
    counts: dict[str, int] = {}
    for each in open_:
        overdue = say(OVERDUE) if each.overdue == "yes" else None
        breached = say(BREACHED) if each.breached == "yes" else None
        doubt = open_words(each.open) if each.open == "unknown" else None
        what = marked(item_words(each.what), (breached, overdue, doubt))
        counts[what] = counts.get(what, 0) + 1
    return punctuation("; ").join(repeated(number, what) for what, number in counts.items())


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


PROBLEMS = {
    "missing": to_say("missing: {what} {cited}"),
    "wrong": to_say("wrong: {what} {cited}"),
}
"""Says what is missing, and what is wrong, with the events."""


def _numbers(positions: Iterable[int]) -> str:
    return say_as("list", ", ").join(f"#{position}" for position in dict.fromkeys(positions))


def person_lines(
    reader: Reader, found: PersonOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say whether a person is accountable, all that is held against them, and what is open."""
    known.read((found.party,))
    measure_of = _measured(reader, found.cases)
    yield TextLine(_headline(found, known), "bold")
    if titles := known.of(found.party).titles:
        yield TextLine(f"  {punctuation(', ').join(titles)}")
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
    yield from _allegations(found.allegations, known, title_of)
    yield from _agreements(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)


def _headline(found: PersonOverview, known: Names) -> str:
    """Say who is asked about, and whether they are accountable."""
    who = _party(found.party, known)
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
    line = _case(person.case_id, title_of)
    if not said:
        line = _in_case(person.case_id, accountable_words(person, known.type_of), title_of)
    yield TextLine(f"  {line}")
    yield from _said(person, measure_of, known)


def _case(case_id: str, title_of: TitleOf) -> str:
    return case_words(case_id, title_of(case_id))


def _allegations(
    found: Iterable[Allegation], known: Names, title_of: TitleOf
) -> Iterator[TextLine]:
    for each in found:
        style = "dim" if each.open == "no" else "yellow"
        said = _in_case(each.case_id, _alleged(each, known), title_of)
        yield TextLine(f"  {said}", style)


def _alleged(allegation: Allegation, known: Names) -> str:
    said = allegation_words(allegation, lambda party: _party(party, known))
    return _numbered(said, allegation.position)


def counterparty_lines(
    reader: Reader,
    found: PartyOverview,
    known: Names,
    zone_of: Callable[[str], Zone],
    title_of: TitleOf = untitled,
) -> Iterator[TextLine]:
    """Say whether a counterparty is barred, what else is said of it, and who was in contact."""
    measure_of = _measured(reader, found.cases)
    who, barred = _party(found.party, known), _barred(found.bars)
    yield TextLine(say("{party}: {what}", party=who, what=barred), "bold")
    for bar in found.bars:
        said = _numbered(bar_words(bar, known.called), bar.position)
        yield TextLine(f"  {_in_case(bar.case_id, said, title_of)}")
        for later in bar.contacts:
            style = "dim" if later.other_house else "red"
            met = _numbered(contact_words(later), later.position)
            yield TextLine(f"    {_where(met, later.case_id, (bar.case_id,), title_of)}", style)
    for person in found.cases:
        yield from _person_in_case(person, measure_of, known, title_of)
    yield from _allegations(found.allegations, known, title_of)
    yield from _agreements(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)
    named = {bar.case_id for bar in found.bars}
    for contact in found.contacts:
        met = dated(say_as("event", "contact"), contact.occurred, zone_of(contact.case_id))
        stage = None if contact.stage is None else as_term(contact.stage)
        what = _numbered(marked(met, (stage, by_then(contact.as_of))), contact.position)
        yield TextLine(f"  {_where(what, contact.case_id, named, title_of)}")


def _where(what: str, case_id: str, named: Collection[str], title_of: TitleOf) -> str:
    """Say something, and in which case it lies, unless the lines above named that."""
    if case_id in named:
        return what
    case = _case(case_id, title_of)
    return say("{what}, {case}", what=what, case=case)


def _barred(bars: Iterable[Bar]) -> str:
    """Say whether there is a bar in force, or may be."""
    answer = any_of(bar.in_force for bar in bars)
    return whether(answer, say("barred"), say("not barred"))
