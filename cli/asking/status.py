"""`answerable status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.answering.rules import rule_lines
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.cli.shared.text import TextLine
from answerable.cli.shared.zone.asked import this_moment, zone_asked, zones_of
from answerable.cli.shared.zone.moments import asked_json, localised, verdicts_as_of
from answerable.cli.suggestions import suggested, times_words
from answerable.domain.language.saying import say
from answerable.projections.wording.counts import capital

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judgement import Verdict
    from answerable.projections.facts.names import Names
    from answerable.projections.output.register import Registers
    from answerable.projections.status.status import (
        CaseOverview,
        PartyOverview,
        PersonOverview,
        Told,
    )


REGISTERS = (
    *("cases", "accountable", "findings", "sanctions", "interim", "proceedings", "amounts"),
    *("open", "problems", "barred", "contacts", "allegations", "agreements", "terms"),
    "verdicts",
)
"""The tables of an answer; `test_formats` holds them against those that are written."""


class Subject(NamedTuple):
    """The subject asked about: one case, person or party, or all cases, of which only some."""

    case: str | None
    person: str | None
    party: str | None
    only: tuple[Told, ...]


@click.command("status", cls=PagedCommand)
@click.option("--case", metavar="CASE", help="Only this case, with everything that is open in it.")
@click.option("--person", metavar="WHO", help="All that is said of a person, in every case.")
@click.option("--party", metavar="WHO", help="The bars on a counterparty, and contacts with it.")
@click.option(
    "--accountable",
    "only",
    flag_value="accountable",
    multiple=True,
    help="Only cases in which someone is, or may be, accountable.",
)
@click.option(
    "--open",
    "only",
    flag_value="open",
    multiple=True,
    help="Only cases in which something is, or may be, open.",
)
@times_options
@ledger_option
@answer_formats(*REGISTERS)
def command(
    case: str | None,
    person: str | None,
    party: str | None,
    only: tuple[Told, ...],
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show who is accountable, who is barred, and what is open.

    Each case in which there is something to tell takes a paragraph; with --json, a line. Grounds
    are what `answerable why` asks for: what is missing behind what stands, or cannot bear it. WHO
    is a pseudonym or a registered name. Whether something is overdue is judged as of the date that
    --as-of gives; without one, it is not; rules of policies are then judged as of now. What an
    imprecise date leaves open is indeterminate.

    \b
    Example:
      answerable status
      answerable status --case acme --as-of 2026-03-31
      answerable status --person "Xu Fei"
      answerable status --party org-7 --json
      answerable status --open
    """
    if sum(each is not None for each in (case, person, party)) > 1:
        raise click.UsageError("--case, --person and --party exclude one another.")
    asked = Subject(case, person, party, only)
    if only and any(asked[:3]):
        raise click.UsageError("--accountable and --open choose among all cases.")
    times = Times(as_of, known_by)
    with open_to_ask(ledger, views=any(asked[:3]), named=bool(person or party)) as opened:
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer

            write_answer(opened, form, _registers(opened, asked, times), *times, case=case)
            return
        if form.name == "json":
            for value in _values(opened, asked, times):
                write_json(value)
            return
        write = line_writer()
        for line in _lines(opened, asked, times):
            write(visible(line.text), line.style or None)


def _values(opened: Ledger, about: Subject, times: Times) -> Iterator[Any]:
    """Answer programs: with one value, or, of all cases, with one a case."""
    from answerable.domain.answers import json_value
    from answerable.projections.facts.names import names
    from answerable.projections.status import status as overview
    from answerable.projections.status.totals import open_totals, problem_totals

    known = names(opened, known_by=times.known_by)
    head = opened.head()
    zone_of = zones_of(opened, times.known_by)
    asked = asked_json(*times, head, opened.zone)
    if about.case is not None:
        one = overview.overview_of(opened, about.case, **times._asdict(), name_of=known.called)
        asked = asked_json(*times, head, zone_of(about.case))
        now = this_moment()
        judged = _judged(opened, about.case, known, times, now)
        told = {**json_value(one), **_counted(one, known), "verdicts": json_value(judged)}
        told |= verdicts_as_of(times.as_of, now, zone_of(about.case))
        yield {**asked, **localised(told, zone_of(about.case))}
    elif about.person is not None:
        who = _person_overview(opened, known, about.person, times)
        told = localised(json_value(who), opened.zone, zone_of)
        yield {**asked, **told, "parties": _parties(_with_others(who), known)}
    elif about.party is not None:
        found = _party_overview(opened, known, about.party, times)
        told = localised(json_value(found), opened.zone, zone_of)
        yield {**asked, **told, "parties": _parties(_with_others(found), known)}
    else:
        for each in overview.overview_of_each(
            opened, only=about.only, **times._asdict(), known=known
        ):
            totals = {"open": open_totals(each.open), "problems": problem_totals(each.problems)}
            zone = zone_of(each.case_id)
            told = {**json_value(each), **json_value(totals), **_counted(each, known)}
            yield {**asked_json(*times, head, zone), **localised(told, zone)}


def _registers(opened: Ledger, about: Subject, times: Times) -> Registers:
    """Answer in tables."""
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.conformance.output.judged_case import judge_case
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.registers.asking.said import Naming
    from answerable.projections.registers.asking.status import (
        case_registers,
        judged_registers,
        party_registers,
    )
    from answerable.projections.status import status as overview
    from answerable.projections.titles import Titles

    known = names(opened, known_by=times.known_by)
    naming = Naming(known, Titles(opened, times.known_by).of)
    if about.person is not None:
        return party_registers(_person_overview(opened, known, about.person, times), naming)
    if about.party is not None:
        return party_registers(_party_overview(opened, known, about.party, times), naming)
    if about.case is not None:
        record = RecordView(opened, *times, name_of=known.called, type_of=known.type_of)
        view = record.recorded_case(about.case)
        judges = Judges(record)
        judged = judge_case(judges, view, naming.title_of(about.case))
        stands = overview.of_view(view)
        return judged_registers(stands, judged, judges.versions.titles, naming)
    every = overview.overview_of_each(opened, only=about.only, **times._asdict(), known=known)
    return case_registers(every, naming)


def _counted(case: CaseOverview, known: Names) -> dict[str, Any]:
    """Tell who the parties of a case are, and how many are accountable, by what they are."""
    from answerable.domain.answers import json_value
    from answerable.projections.accountability.numbers import accountable_numbers

    parties = _parties(case.parties, known)
    numbers = accountable_numbers((*case.people, *case.others), known.type_of)
    return {"accountable_by_type": json_value(numbers), "parties": parties}


def _with_others(found: PersonOverview | PartyOverview) -> tuple[str, ...]:
    """Return a party, those who allege something against it, and those it agreed with."""
    accusers = (each.made_by for each in found.allegations if each.made_by is not None)
    agreed = (party for each in found.agreements for party in each.parties)
    return (*dict.fromkeys((found.party, *accusers, *agreed)),)


def _parties(parties: Iterable[str], known: Names) -> Any:
    from answerable.domain.answers import json_value

    return json_value(known.of_each(parties))


def _lines(opened: Ledger, about: Subject, times: Times) -> Iterator[TextLine]:
    """Answer people: the times asked about, if any, the answer, and the log that it is from."""
    head = opened.head()
    zone = None if about.case is None else zones_of(opened, times.known_by)(about.case)
    answer = _answer(opened, about, times)
    first = next(answer)
    if asked := asked_line(*times, zone):
        yield TextLine(capital(asked), "dim")
    yield first
    yield from answer
    yield TextLine("")
    yield TextLine(head_line(head), "dim")


def _answer(opened: Ledger, about: Subject, times: Times) -> Iterator[TextLine]:
    from answerable.cli.asking.standing.case import case_lines
    from answerable.cli.asking.standing.every_case import everything
    from answerable.cli.asking.standing.lines import open_at_length, problems_at_length
    from answerable.cli.asking.standing.party import counterparty_lines, person_lines
    from answerable.projections.facts.names import names
    from answerable.projections.status import status as overview
    from answerable.projections.titles import Titles

    known = names(opened, known_by=times.known_by)
    title_of = Titles(opened, times.known_by).of
    if about.case is not None:
        one = overview.overview_of(opened, about.case, **times._asdict(), name_of=known.called)
        yield from case_lines(opened, one, known, title_of)
        if not one.open:
            nothing = say("nothing is open")
            yield TextLine(f"  {nothing}")
        yield from open_at_length(one.open, known)
        yield from problems_at_length(one.problems)
        asked = list(times_words(*times, zone_asked()))
        judged = _judged(opened, about.case, known, times, this_moment())
        yield from rule_lines(about.case, judged, asked, "  ", now=times.as_of is None)
    elif about.person is not None:
        who = _person_overview(opened, known, about.person, times)
        yield from person_lines(opened, who, known, title_of)
        if any(each.findings or each.sanctions for each in who.cases):
            why = suggested("why", who.party, *times_words(*times, zone_asked()))
            said = say("What that rests on, and what is missing or wrong: {command}", command=why)
            yield TextLine(f"  {said}", "dim")
    elif about.party is not None:
        found = _party_overview(opened, known, about.party, times)
        zone_of = zones_of(opened, times.known_by)
        yield from counterparty_lines(opened, found, known, zone_of, title_of)
    else:
        found_in = overview.overview_of_each(
            opened, only=about.only, **times._asdict(), known=known
        )
        yield from everything(opened, found_in, known, title_of, chosen=bool(about.only))


def _judged(
    opened: Ledger, case: str, known: Names, times: Times, now: Asked
) -> tuple[Verdict, ...]:
    from answerable.projections.conformance.saying.in_brief import verdicts_on

    return verdicts_on(opened, case, known, **times._asdict(), now=now)


def _person_overview(opened: Ledger, known: Names, text: str, times: Times) -> PersonOverview:
    from answerable.cli.shared.references import asked_about, check_on_record
    from answerable.projections.status import status as overview

    party = asked_about(opened, known, text)
    found = overview.overview_of_person(opened, party, **times._asdict())
    check_on_record(known, party, named=_says_something(found))
    return found


def _party_overview(opened: Ledger, known: Names, text: str, times: Times) -> PartyOverview:
    from answerable.cli.shared.references import asked_about, check_on_record
    from answerable.projections.status import status as overview

    party = asked_about(opened, known, text)
    found = overview.counterparty(opened, party, **times._asdict())
    named = any((found.bars, found.contacts)) or _says_something(found)
    check_on_record(known, party, named=named)
    return found


def _says_something(found: PersonOverview | PartyOverview) -> bool:
    return any((found.cases, found.open, found.allegations, found.agreements))
