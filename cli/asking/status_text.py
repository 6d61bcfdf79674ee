"""The state of cases, of a person or of a counterparty, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.numbers import THING
from answerable.projections.extents import amounts_words
from answerable.projections.status.totals import Tally, Totals, problem_totals
from answerable.projections.wording.answers import by_then, marked
from answerable.projections.wording.bar import bar_words, contact_words
from answerable.projections.wording.counts import repeated
from answerable.projections.wording.dates import dated
from answerable.projections.wording.finding import finding_words
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
    from answerable.projections.accountability.accountability import Finding, Person
    from answerable.projections.accountability.alleged.allegations import Allegation
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.accountability.outside.agreements import Agreement
    from answerable.projections.facts.names import Names
    from answerable.projections.grounds.problems import Problem
    from answerable.projections.status.status import CaseOverview, PartyOverview, PersonOverview


NOTHING_HELD = "Nothing is held against them: no finding, no sanction."


def everything(
    reader: Reader, cases: Iterator[CaseOverview], known: Names, *, chosen: bool = False
) -> Iterator[TextLine]:
    """Say how each case stands, and how many things stand so in all of them.

    Args:
        reader: the record.
        cases: those asked about.
        known: what to call the parties.
        chosen: whether there may be other cases, which were not asked about.
    """
    totals = Totals()
    for each in cases:
        totals.take_in(each, known.type_of)
        yield TextLine("")
        yield from case_lines(reader, each, known)
        if each.open:
            yield TextLine(f"  open: {_open_in_short(each.open)}", "yellow")
        if each.problems:
            missing, wrong = problem_totals(each.problems)
            counts = [f"{missing:,} missing"] if missing else []
            counts += [f"{wrong:,} wrong"] if wrong else []
            yield TextLine(f"  grounds: {', '.join(counts)}", "red" if wrong else "yellow")
    if not totals.cases:
        none = "There is no such case."
        yield TextLine(
            none if chosen else "Nobody is accountable, nobody is barred, and nothing is open."
        )
        return
    yield TextLine("")
    yield TextLine(
        f"Accountable: {_parties_total(totals.accountable, known, {THING})}"
        f"{_alleged_total(totals, known)}. "
        f"Barred: {_parties_total(totals.barred, known)}. "
        f"Open: {_total(totals.open)}. Cases: {totals.cases:,}.",
        "bold",
    )
    if summed := amounts_words(totals.amounts):
        yield TextLine(f"Amounts: {summed}.")


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


def case_lines(reader: Reader, case: CaseOverview, known: Names) -> Iterator[TextLine]:
    """Say how a case stands: its people, those accountable first, and its bars."""
    known.read(case.parties)
    told = (*case.people, *case.others)
    measure_of = _measured(reader, told)
    states = {None: "not opened", "indeterminate": open_words("unknown")}
    yield TextLine(f"{case.case_id}: {states.get(case.state, case.state)}", "bold")
    for person in told:
        yield TextLine(
            f"  {_party(person.party, known)}: {accountable_words(person, known.type_of)}"
        )
        yield from _said(person, measure_of, known)
    for alleged in case.allegations:
        who = _party(alleged.subject, known)
        yield TextLine(f"  {who}: {_alleged(alleged, known)}", "yellow")
    for bar in case.bars:
        who = _party(bar.counterparty, known)
        yield TextLine(f"  {who}: {bar_words(bar, known.called)} #{bar.position}")
    yield from _agreements(case.agreements, known)


def _agreements(
    agreements: Iterable[Agreement], known: Names, *, in_case: bool = True
) -> Iterator[TextLine]:
    """Say each agreement, and each of its terms; outside of a case, with the case."""

    def name_of(party: str) -> str:
        return _party(party, known)

    for each in agreements:
        style = "dim" if each.in_force == "no" else ""
        case = "" if in_case else f"{each.case_id}: "
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


def open_at_length(open_: tuple[Obligation, ...], known: Names) -> Iterator[TextLine]:
    """Say what is open, a line each."""
    if not open_:
        yield TextLine("  nothing is open")
    for each in open_:
        what = obligation_words(each, lambda party: _party(party, known))
        style = "bold red" if each.overdue == "yes" else "yellow"
        yield TextLine(f"  open: {what} #{each.position}", style)


def problems_at_length(problems: Iterable[Problem]) -> Iterator[TextLine]:
    """Say what is missing or wrong behind what stands, a line each."""
    for each in problems:
        style = "red" if each.sort == "wrong" else "yellow"
        yield TextLine(f"  {each.sort}: {each.text} #{each.position}", style)


def person_lines(reader: Reader, found: PersonOverview, known: Names) -> Iterator[TextLine]:
    """Say all that is held against a person, and what is open."""
    measure_of = _measured(reader, found.cases)
    name = known.of(found.party)
    titles = f", {', '.join(name.titles)}" if name.titles else ""
    yield TextLine(f"{_party(found.party, known)}{titles}", "bold")
    if not found.cases:
        alleged = any(each.open != "no" for each in found.allegations)
        nothing = "No finding and no sanction: what follows is alleged, and not disposed of."
        if alleged or not found.agreements:
            yield TextLine(f"  {nothing if alleged else NOTHING_HELD}")
    for person in found.cases:
        yield TextLine(f"  {person.case_id}: {accountable_words(person, known.type_of)}")
        yield from _said(person, measure_of, known)
    everywhere = totals_words(found.amounts)
    if everywhere and len(found.cases) > 1:
        yield TextLine(f"  in all cases: {everywhere}", "bold")
    yield from _allegations(found.allegations, known)
    yield from _agreements(found.agreements, known, in_case=False)
    for each in found.open:
        yield from open_at_length((each,), known)


def _allegations(found: Iterable[Allegation], known: Names) -> Iterator[TextLine]:
    for each in found:
        style = "dim" if each.open == "no" else "yellow"
        yield TextLine(f"  {each.case_id}: {_alleged(each, known)}", style)


def _alleged(allegation: Allegation, known: Names) -> str:
    said = allegation_words(allegation, lambda party: _party(party, known))
    return f"{said} #{allegation.position}"


def counterparty_lines(
    reader: Reader, found: PartyOverview, known: Names, zone_of: Callable[[str], Zone]
) -> Iterator[TextLine]:
    """Say which bars a counterparty is under, what else is said of it, and who was in contact."""
    measure_of = _measured(reader, found.cases)
    yield TextLine(_party(found.party, known), "bold")
    if not found.bars:
        yield TextLine("  not barred")
    for bar in found.bars:
        yield TextLine(f"  {bar.case_id}: {bar_words(bar, known.called)} #{bar.position}")
        for later in bar.contacts:
            where = f"#{later.position} ({later.case_id})"
            style = "dim" if later.other_house else "red"
            yield TextLine(f"    {contact_words(later)} {where}", style)
    for person in found.cases:
        yield TextLine(f"  {person.case_id}: {accountable_words(person, known.type_of)}")
        yield from _said(person, measure_of, known)
    yield from _allegations(found.allegations, known)
    yield from _agreements(found.agreements, known, in_case=False)
    for each in found.open:
        yield from open_at_length((each,), known)
    for contact in found.contacts:
        met = dated("contact", contact.occurred, zone_of(contact.case_id))
        what = marked(met, (contact.stage, by_then(contact.as_of)))
        yield TextLine(f"  {what} #{contact.position} ({contact.case_id})")
