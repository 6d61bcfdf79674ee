"""`answerable status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.base import (
    console,
    json_option,
    ledger_option,
    open_ledger,
    times_options,
    visible,
    write_json,
)

if TYPE_CHECKING:
    from answerable.domain.dates import When
    from answerable.ledger.ledger import Ledger
    from answerable.projections.accountability import Finding, Person, Sanction
    from answerable.projections.bars import Bar
    from answerable.projections.names import Names
    from answerable.projections.obligations import Obligation
    from answerable.projections.overview import CaseOverview, PartyOverview, PersonOverview


class Line(NamedTuple):
    """A line of the answer, and how it is drawn."""

    text: str
    style: str = ""


class Times(NamedTuple):
    """The two times of the question."""

    as_of: datetime | None
    known_by: datetime | None


class Tally(NamedTuple):
    """Of how many parties something is so, and of how many more it may be."""

    sure: set[str]
    perhaps: set[str]

    def take_in(self, party: str, answer: When) -> None:
        """Take in an answer about a party."""
        (self.sure if answer == "yes" else self.perhaps).add(party)

    def __str__(self) -> str:
        more = len(self.perhaps - self.sure)
        return f"{len(self.sure):,}" + (f" (indeterminate: {more:,} more)" if more else "")


@click.command("status")
@click.option("--case", metavar="CASE", help="Only this case, with everything that is open in it.")
@click.option("--person", metavar="WHO", help="All that is said of a person, in every case.")
@click.option("--party", metavar="WHO", help="The bars on a counterparty, and contacts with it.")
@times_options
@ledger_option
@json_option
def command(
    case: str | None,
    person: str | None,
    party: str | None,
    as_of: datetime | None,
    known_by: datetime | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Show who is accountable, who is barred, and what is open.

    Each case in which there is something to tell takes a paragraph; with --json, a line. WHO is a
    pseudonym or a registered name. Whether something is overdue is judged as of the date that
    --as-of gives; without one, it is not. What an imprecise date leaves open is indeterminate.

    \b
    Example:
      answerable status
      answerable status --case acme --as-of 2026-03-31
      answerable status --person "Xu Fei"
      answerable status --party kol-1 --json
    """
    if sum(each is not None for each in (case, person, party)) > 1:
        raise click.UsageError("--case, --person and --party exclude one another.")
    times = Times(as_of, known_by)
    with open_ledger(ledger) as opened:
        if as_json:
            for value in _values(opened, case, person, party, times):
                write_json(value)
            return
        out = console()
        for line in _lines(opened, case, person, party, times):
            out.print(visible(line.text), style=line.style or None, soft_wrap=True)


def _values(
    opened: Ledger, case: str | None, person: str | None, party: str | None, times: Times
) -> Iterator[Any]:
    """The answer for programs: one value, or, of all cases, one a case."""
    from answerable.projections import overview
    from answerable.projections.names import names
    from answerable.projections.plain import plain

    known = names(opened, known_by=times.known_by)
    asked = plain({**times._asdict(), **opened.head()._asdict()})
    if case is not None:
        one = overview.one_case(opened, case, **times._asdict())
        yield {**asked, **plain(one), "parties": _parties(one.parties, known)}
    elif person is not None:
        who = _person_overview(opened, known, person, times)
        yield {**asked, **plain(who), "parties": _parties((who.party,), known)}
    elif party is not None:
        found = _party_overview(opened, known, party, times)
        yield {**asked, **plain(found), "parties": _parties((found.party,), known)}
    else:
        for each in overview.each_case(opened, **times._asdict()):
            counted = {"open": _counted(each.open), "parties": _parties(each.parties, known)}
            yield {**asked, **plain(each), **counted}


def _parties(parties: Iterable[str], known: Names) -> Any:
    from answerable.projections.plain import plain

    return plain([known.of(party) for party in parties])


def _counted(open_: tuple[Obligation, ...]) -> dict[str, int]:
    """How many things are open, and how many of these are overdue."""
    return {"all": len(open_), "overdue": sum(each.overdue == "yes" for each in open_)}


def _lines(
    opened: Ledger, case: str | None, person: str | None, party: str | None, times: Times
) -> Iterator[Line]:
    from answerable.cli.texts import holds_for
    from answerable.projections import overview
    from answerable.projections.names import names

    known = names(opened, known_by=times.known_by)
    header = Line(holds_for(times.as_of, times.known_by, opened.head()), "dim")
    if case is not None:
        one = overview.one_case(opened, case, **times._asdict())
        yield header
        yield from _case(one, known)
        yield from _open_at_length(one.open, known)
    elif person is not None:
        who = _person_overview(opened, known, person, times)
        yield header
        yield from _person(who, known)
    elif party is not None:
        found = _party_overview(opened, known, party, times)
        yield header
        yield from _counterparty(found, known)
    else:
        yield header
        yield from _everything(overview.each_case(opened, **times._asdict()), known)


def _person_overview(opened: Ledger, known: Names, text: str, times: Times) -> PersonOverview:
    from answerable.projections import overview

    party = _party(opened, known, text)
    found = overview.person(opened, party, **times._asdict())
    _check_known(known, party, bool(found.cases or found.open))
    return found


def _party_overview(opened: Ledger, known: Names, text: str, times: Times) -> PartyOverview:
    from answerable.projections import overview

    party = _party(opened, known, text)
    found = overview.counterparty(opened, party, **times._asdict())
    _check_known(known, party, bool(found.bars or found.contacts))
    return found


def _party(opened: Ledger, known: Names, text: str) -> str:
    """The pseudonym that a text means.

    Raises:
        NotFound: no party is known by it, or several are.
    """
    found = known.find(text)
    if len(found) == 1:
        return found[0]
    from answerable.cli.references import party

    return party(opened, text)


def _check_known(known: Names, party: str, named: bool) -> None:
    """That nothing is on record of a party is an answer only where the party is on record.

    Raises:
        NotFound: it is not.
    """
    if not named and known.of(party).state == "unregistered":
        from answerable.projections.errors import NotFound

        raise NotFound(
            f"nothing of the kind is on record about {party!r}, and no party is registered so.",
            hint="Give a pseudonym or a registered name.",
        )


def _everything(cases: Iterator[CaseOverview], known: Names) -> Iterator[Line]:
    told, people, barred, open_ = 0, Tally(set(), set()), Tally(set(), set()), 0
    for each in cases:
        told += 1
        for person in each.people:
            people.take_in(person.party, person.accountable)
        for bar in each.bars:
            barred.take_in(bar.counterparty, bar.in_force)
        open_ += len(each.open)
        yield Line("")
        yield from _case(each, known)
        if each.open:
            yield Line(f"  open: {_open_in_short(each.open)}", "yellow")
    if not told:
        yield Line("Nobody is accountable, nobody is barred, and nothing is open.")
        return
    yield Line("")
    yield Line(
        f"Accountable: {people}. Barred: {barred}. Open: {open_:,}. Cases: {told:,}.",
        "bold",
    )


def _case(case: CaseOverview, known: Names) -> Iterator[Line]:
    states = {None: "never opened", "indeterminate": "indeterminate whether open"}
    yield Line(f"{case.case_id}: {states.get(case.state, case.state)}", "bold")
    for person in case.people:
        yield Line(f"  {_called(person.party, known)}: {_accountable(person)}")
        yield from _said(person)
    for bar in case.bars:
        yield Line(f"  {_called(bar.counterparty, known)}: {_bar(bar)}")


def _said(person: Person) -> Iterator[Line]:
    numbers = {finding.event_id: f"#{finding.position}" for finding in person.findings}
    for finding in person.findings:
        yield Line(f"    {_finding(finding, numbers)}", "dim" if _undone(finding) else "")
    for sanction in person.sanctions:
        yield Line(f"    {_sanction(sanction)}", "dim" if sanction.in_force == "no" else "")
    for interim in person.interim:
        text = f"interim measure: {interim.measure} #{interim.position} (not a sanction)"
        yield Line(f"    {text}{_by_then(interim.as_of)}", "dim")


def _ways(person: Person) -> str:
    from answerable.projections.wording import ways

    return ", ".join(ways(person)) or "under a sanction without a finding"


def _undone(finding: Finding) -> bool:
    return "yes" in (finding.overturned, finding.superseded)


def _called(party: str, known: Names) -> str:
    name = known.of(party)
    if name.name is not None:
        return f"{name.name} ({party})"
    return f"{party} (name {name.state})" if name.state in ("erased", "withheld") else party


def _finding(finding: Finding, numbers: Mapping[str, str]) -> str:
    from answerable.projections.wording import finding_marks

    what = f"finding: {finding.responsibility}, {finding.outcome} #{finding.position}"
    marks = finding_marks(finding, numbers.__getitem__)
    return ", ".join([what + _by_then(finding.as_of), *marks])


def _sanction(sanction: Sanction) -> str:
    from answerable.projections.gist import measure, words
    from answerable.projections.wording import sanction_state

    fields = {name: value for name, value in sanction._asdict().items() if value is not None}
    marks = [sanction_state(sanction)]
    if sanction.appeal not in ("none", "allowed"):
        marks.append(f"appeal {words(sanction.appeal)}")
    if sanction.disputed_by:
        marks.append("disputed")
    what = f"sanction: {measure(fields)}: {', '.join(marks)} #{sanction.position}"
    return what + _by_then(sanction.as_of)


def _accountable(person: Person) -> str:
    # The reason why it is indeterminate stands beside each finding and sanction below.
    doubt = "indeterminate whether " if person.accountable == "unknown" else ""
    return f"{doubt}accountable, {_ways(person)}"


def _by_then(as_of: When) -> str:
    from answerable.projections.wording import ITS_DATE

    return f" ({ITS_DATE})" if as_of == "unknown" else ""


def _bar(bar: Bar) -> str:
    start = f"from {bar.from_}" if bar.from_ else "its beginning not told"
    end = f"until {bar.until}" if bar.until else "end not stated"
    words = {"yes": "barred", "no": "was barred", "unknown": "indeterminate whether barred"}
    force = words[bar.in_force]
    lifted = f", lifted {bar.lifted or 'at a time not told'}" if bar.lifted_by else ""
    doubt = "" if bar.in_force == "no" else ", or not"
    overturned = f", overturned on appeal{doubt}" if bar.overturned_by else ""
    return f"{force}, {start}, {end}{lifted}{overturned} #{bar.position}{_by_then(bar.as_of)}"


def _open_in_short(open_: tuple[Obligation, ...]) -> str:
    counts: dict[str, int] = {}
    for each in open_:
        what = f"{each.what} (overdue)" if each.overdue == "yes" else each.what
        counts[what] = counts.get(what, 0) + 1
    return "; ".join(
        what if number == 1 else f"{number:,} × {what}" for what, number in counts.items()
    )


def _open_at_length(open_: tuple[Obligation, ...], known: Names) -> Iterator[Line]:
    if not open_:
        yield Line("  nothing is open")
    for each in open_:
        marks = [] if each.party is None else [_called(each.party, known)]
        if each.due is not None:
            marks.append(f"due {each.due}")
        marks.extend(_doubts(each))
        who = f": {', '.join(marks)}" if marks else ""
        style = "bold red" if each.overdue == "yes" else "yellow"
        yield Line(f"  open: {each.what}{who} #{each.position}", style)


def _doubts(each: Obligation) -> Iterator[str]:
    """Whether it is on hold, overdue, or open at all."""
    if each.suspended != "no":
        yield "suspended" if each.suspended == "yes" else "indeterminate whether suspended"
    if each.overdue == "yes":
        yield "OVERDUE"
    if each.open == "unknown":
        yield "indeterminate whether open"
    elif each.overdue == "unknown" and each.due is not None:
        yield "indeterminate whether overdue"


def _person(found: PersonOverview, known: Names) -> Iterator[Line]:
    name = known.of(found.party)
    titles = f", {', '.join(name.titles)}" if name.titles else ""
    yield Line(f"{_called(found.party, known)}{titles}", "bold")
    if not found.cases:
        yield Line("  Nothing is held against them: no finding, no sanction.")
    for person in found.cases:
        how = "not accountable" if person.accountable == "no" else _accountable(person)
        yield Line(f"  {person.case_id}: {how}")
        yield from _said(person)
    for each in found.open:
        yield from _open_at_length((each,), known)


def _counterparty(found: PartyOverview, known: Names) -> Iterator[Line]:
    yield Line(_called(found.party, known), "bold")
    if not found.bars:
        yield Line("  not barred")
    for bar in found.bars:
        yield Line(f"  {bar.case_id}: {_bar(bar)}")
        for later in bar.contacts:
            sure = "" if later.inside == "yes" else "indeterminate whether "
            when = later.occurred or "at a time not told"
            where = f"#{later.position} ({later.case_id})"
            yield Line(f"    contact {when} {where}: {sure}inside the bar", "red")
    for contact in found.contacts:
        when = contact.occurred or "at a time not told"
        stage = f", {contact.stage}" if contact.stage else ""
        where = f"#{contact.position} ({contact.case_id}){_by_then(contact.as_of)}"
        yield Line(f"  contact {when}{stage} {where}")
