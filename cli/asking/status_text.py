"""The state of cases, of a person or of a counterparty, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.screen import beside, screen_width
from answerable.cli.shared.text import TextLine
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.numbers import THING
from answerable.projections.extents import amounts_words
from answerable.projections.facts.three_valued import any_of
from answerable.projections.status.totals import Tally, Totals, problem_totals
from answerable.projections.titles import TitleOf, untitled
from answerable.projections.wording.answers import by_then, marked, whether
from answerable.projections.wording.bar import bar_words, contact_words
from answerable.projections.wording.counts import counted, repeated
from answerable.projections.wording.dates import dated
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.leading.register import conducts, register_entry
from answerable.projections.wording.measures import Measured, measured, totals_words
from answerable.projections.wording.obligation import (
    BREACHED,
    OVERDUE,
    obligation_words,
    open_words,
)
from answerable.projections.wording.outside.agreement import agreement_line, promise_line
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.party import parties_words, party_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import allegation_words, interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words

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


NOTHING_HELD = "Nothing is held against them: no finding, no sanction."


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
            yield TextLine(f"There are more than {HELD_BACK} cases: the sums follow them.")
            yield from held
            held = None
    if not totals.cases:
        none = "There is no such case."
        yield TextLine(
            none if chosen else "Nobody is accountable, nobody is barred, and nothing is open."
        )
        return
    if held is None:
        yield TextLine("")
    yield from _sums(totals, known)
    yield from held or ()


def _sums(totals: Totals, known: Names) -> Iterator[TextLine]:
    yield TextLine(
        f"Accountable: {_parties_total(totals.accountable, known, {THING})}"
        f"{_alleged_total(totals, known)}. "
        f"Barred: {_parties_total(totals.barred, known)}. "
        f"Open: {_total(totals.open)}. Cases: {totals.cases:,}.",
        "bold",
    )
    if summed := amounts_words(totals.amounts):
        yield TextLine(f"Amounts: {summed}.")


def _in_short(case: CaseOverview) -> Iterator[TextLine]:
    if case.open:
        yield TextLine(f"  open: {_open_in_short(case.open)}", "yellow")
    if case.problems:
        missing, wrong = problem_totals(case.problems)
        counts = [f"{missing:,} missing"] if missing else []
        counts += [f"{wrong:,} wrong"] if wrong else []
        yield TextLine(f"  grounds: {', '.join(counts)}", "red" if wrong else "yellow")


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
    more = f" (indeterminate: {parties_words(perhaps)})" if perhaps else ""
    return f"{parties_words(sure) if sure else 0}{more}"


def _alleged_total(totals: Totals, known: Names) -> str:
    """Say how many are accountable only by what is alleged, and by nothing else in any case."""
    held = totals.accountable.sure_ones | totals.accountable.perhaps_ones
    alleged = known.of_each(totals.alleged.sure_ones - held)
    return f" (only alleged: {parties_words(alleged)})" if alleged else ""


def _total(tally: Tally) -> str:
    more = f" (indeterminate: {tally.perhaps:,} more)" if tally.perhaps else ""
    return f"{tally.sure:,}{more}"


def case_lines(
    reader: Reader, case: CaseOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say how a case stands, as a register: a row a party, those accountable first."""
    known.read(case.parties)
    states = {None: "not opened", "indeterminate": open_words("unknown")}
    title = case_words(case.case_id, title_of(case.case_id))
    yield TextLine(f"{title}: {states.get(case.state, case.state)}", "bold")
    said = _said_in_register(reader, case, known)
    rows = [(_party(party, known), "; ".join(parts)) for party, parts in said.items()]
    accused = {each.subject for each in case.allegations}
    others = {each.party for each in case.people} | {bar.counterparty for bar in case.bars}
    for party, lines in zip(said, beside(rows, screen_width()), strict=True):
        style = "yellow" if party in accused - others else ""
        for line in lines:
            yield TextLine(line, style)
    yield from _agreements(case.agreements, known)


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
        words = f"{bar_words(bar, known.called)} #{bar.position}"
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
        case = "" if title_of is None else f"{_case(each.case_id, title_of)}: "
        yield TextLine(f"  {case}{agreement_line(each, name_of)} #{each.position}", style)
        for term in each.terms:
            late = "bold red" if term.overdue == "yes" else style
            yield TextLine(f"    {promise_line(term, name_of)} #{term.position}", late)


def _party(party: str, known: Names) -> str:
    return party_words(known.of(party))


def _measured(reader: Reader, people: Iterable[Person]) -> Measured:
    return measured(reader, [each for person in people for each in person.sanctions])


def _said(person: Person, measure_of: Measured, known: Names) -> Iterator[TextLine]:
    """Say each finding about a person, each sanction, interim measure and proceeding outside."""
    numbers = {finding.event_id: f"#{finding.position}" for finding in person.findings}
    for finding in person.findings:
        text = finding_words(finding, numbers.__getitem__, name_of=known.called)
        yield TextLine(
            f"    finding: {text} #{finding.position}", "dim" if _undone(finding) else ""
        )
    for sanction in person.sanctions:
        text = sanction_words(measure_of(sanction), sanction_marks(sanction, known.called))
        style = "dim" if sanction.in_force == "no" else ""
        yield TextLine(f"    sanction: {text} #{sanction.position}", style)
    if together := totals_words(person.amounts):
        yield TextLine(f"    together: {together}")
    for interim in person.interim:
        style = "dim" if interim.state == "ended" else ""
        text = interim_line(interim, known.called)
        yield TextLine(f"    interim measure: {text} #{interim.position}", style)
    for each in person.proceedings:
        text = proceeding_line(each, lambda party: _party(party, known))
        yield TextLine(f"    outside: {text} #{each.position}")


def _undone(finding: Finding) -> bool:
    return finding.undone == "yes"


def _open_in_short(open_: tuple[Obligation, ...]) -> str:
    counts: dict[str, int] = {}
    for each in open_:
        overdue = OVERDUE if each.overdue == "yes" else None
        breached = BREACHED if each.breached == "yes" else None
        doubt = open_words(each.open) if each.open == "unknown" else None
        what = marked(each.what, (breached, overdue, doubt))
        counts[what] = counts.get(what, 0) + 1
    return "; ".join(repeated(number, what) for what, number in counts.items())


def open_at_length(open_: Iterable[Obligation], known: Names) -> Iterator[TextLine]:
    """Say what is open, a line a thing and person, with the events that opened it."""
    cited: dict[tuple[str, str], list[int]] = {}
    for each in open_:
        what = obligation_words(each, known.called)
        style = "bold red" if each.overdue == "yes" else "yellow"
        cited.setdefault((what, style), []).append(each.position)
    for (what, style), positions in cited.items():
        yield TextLine(f"  open: {what} {_numbers(positions)}", style)


def problems_at_length(problems: Iterable[Problem]) -> Iterator[TextLine]:
    """Say what is missing or wrong behind what stands, a line a thing, with the events."""
    cited: dict[tuple[str, str], list[int]] = {}
    for each in problems:
        cited.setdefault((each.sort, each.text), []).append(each.position)
    for (sort, text), positions in cited.items():
        yield TextLine(
            f"  {sort}: {text} {_numbers(positions)}", "red" if sort == "wrong" else "yellow"
        )


def _numbers(positions: Iterable[int]) -> str:
    return ", ".join(f"#{position}" for position in dict.fromkeys(positions))


def person_lines(
    reader: Reader, found: PersonOverview, known: Names, title_of: TitleOf = untitled
) -> Iterator[TextLine]:
    """Say whether a person is accountable, all that is held against them, and what is open."""
    known.read((found.party,))
    measure_of = _measured(reader, found.cases)
    yield TextLine(_headline(found, known), "bold")
    if titles := known.of(found.party).titles:
        yield TextLine(f"  {', '.join(titles)}")
    if not found.cases:
        alleged = any(each.open != "no" for each in found.allegations)
        nothing = "No finding and no sanction: what follows is alleged, and not disposed of."
        if alleged or not found.agreements:
            yield TextLine(f"  {nothing if alleged else NOTHING_HELD}")
    for person in found.cases:
        alone = len(found.cases) == 1
        yield from _person_in_case(person, measure_of, known, title_of, said=alone)
    everywhere = totals_words(found.amounts)
    if everywhere and len(found.cases) > 1:
        yield TextLine(f"  in all cases: {everywhere}", "bold")
    yield from _allegations(found.allegations, known, title_of)
    yield from _agreements(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)


def _headline(found: PersonOverview, known: Names) -> str:
    """Say who is asked about, and whether they are accountable."""
    who = _party(found.party, known)
    if not found.cases:
        return who
    if len(found.cases) == 1:
        return f"{who}: {accountable_words(found.cases[0], known.type_of)}"
    held = [each for each in found.cases if each.accountable == found.accountable]
    if known.type_of(found.party) == THING or found.accountable == "no":
        held = list(found.cases)
    ways = dict.fromkeys(accountable_words(each, known.type_of) for each in held)
    return f"{who}: {'; '.join(ways)} ({counted(len(held), 'case')})"


def _without(open_: Iterable[Obligation], party: str) -> Iterator[Obligation]:
    """Leave out whose it is where that is who was asked about."""
    for each in open_:
        yield each._replace(party=None) if each.party == party else each


def _person_in_case(
    person: Person, measure_of: Measured, known: Names, title_of: TitleOf, *, said: bool = False
) -> Iterator[TextLine]:
    """Say how a party stands in a case; whether they are accountable, unless that was said."""
    how = "" if said else f": {accountable_words(person, known.type_of)}"
    yield TextLine(f"  {_case(person.case_id, title_of)}{how}")
    yield from _said(person, measure_of, known)


def _case(case_id: str, title_of: TitleOf) -> str:
    return case_words(case_id, title_of(case_id))


def _allegations(
    found: Iterable[Allegation], known: Names, title_of: TitleOf
) -> Iterator[TextLine]:
    for each in found:
        style = "dim" if each.open == "no" else "yellow"
        said = _alleged(each, known)
        yield TextLine(f"  {_case(each.case_id, title_of)}: {said}", style)


def _alleged(allegation: Allegation, known: Names) -> str:
    said = allegation_words(allegation, lambda party: _party(party, known))
    return f"{said} #{allegation.position}"


def counterparty_lines(
    reader: Reader,
    found: PartyOverview,
    known: Names,
    zone_of: Callable[[str], Zone],
    title_of: TitleOf = untitled,
) -> Iterator[TextLine]:
    """Say whether a counterparty is barred, what else is said of it, and who was in contact."""
    measure_of = _measured(reader, found.cases)
    yield TextLine(f"{_party(found.party, known)}: {_barred(found.bars)}", "bold")
    for bar in found.bars:
        said = f"{bar_words(bar, known.called)} #{bar.position}"
        yield TextLine(f"  {_case(bar.case_id, title_of)}: {said}")
        for later in bar.contacts:
            style = "dim" if later.other_house else "red"
            cited = f"#{later.position}{_where(later.case_id, (bar.case_id,), title_of)}"
            yield TextLine(f"    {contact_words(later)} {cited}", style)
    for person in found.cases:
        yield from _person_in_case(person, measure_of, known, title_of)
    yield from _allegations(found.allegations, known, title_of)
    yield from _agreements(found.agreements, known, title_of)
    yield from open_at_length(_without(found.open, found.party), known)
    named = {bar.case_id for bar in found.bars}
    for contact in found.contacts:
        met = dated("contact", contact.occurred, zone_of(contact.case_id))
        what = marked(met, (contact.stage, by_then(contact.as_of)))
        cited = f"#{contact.position}{_where(contact.case_id, named, title_of)}"
        yield TextLine(f"  {what} {cited}")


def _where(case_id: str, named: Collection[str], title_of: TitleOf) -> str:
    """Say in which case something lies, unless the lines above named it."""
    return "" if case_id in named else f", {_case(case_id, title_of)}"


def _barred(bars: Iterable[Bar]) -> str:
    """Say whether there is a bar in force, or may be."""
    answer = any_of(bar.in_force for bar in bars)
    return whether(answer, "barred", "not barred")
