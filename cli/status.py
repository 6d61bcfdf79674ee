"""`answerable status`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    --as-of gives; without one, it is not.

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
    told, people, barred, open_ = 0, set[str](), set[str](), 0
    for each in cases:
        told += 1
        people.update(person.party for person in each.people)
        barred.update(bar.counterparty for bar in each.bars)
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
        f"Accountable: {len(people):,}. Barred: {len(barred):,}. Open: {open_:,}. Cases: {told:,}.",
        "bold",
    )


def _case(case: CaseOverview, known: Names) -> Iterator[Line]:
    yield Line(f"{case.case_id}: {case.state or 'never opened'}", "bold")
    for person in case.people:
        yield Line(f"  {_called(person.party, known)}: {_accountable(person)}")
        yield from _said(person)
    for bar in case.bars:
        yield Line(f"  {_called(bar.counterparty, known)}: {_bar(bar)}")


def _said(person: Person) -> Iterator[Line]:
    for finding in person.findings:
        yield Line(f"    {_finding(finding)}")
    for sanction in person.sanctions:
        yield Line(f"    {_sanction(sanction)}", "" if sanction.in_force else "dim")
    for interim in person.interim:
        text = f"interim measure: {interim.measure} #{interim.position} (not a sanction)"
        yield Line(f"    {text}{_by_then(interim.as_of)}", "dim")


def _ways(person: Person) -> str:
    return ", ".join(person.responsibility) or "under a sanction without a finding"


def _called(party: str, known: Names) -> str:
    name = known.of(party)
    if name.name is not None:
        return f"{name.name} ({party})"
    return f"{party} (name {name.state})" if name.state in ("erased", "withheld") else party


def _finding(finding: Finding) -> str:
    marks = [finding.outcome]
    if finding.appeal != "none":
        marks.append(f"appeal {finding.appeal}")
    if finding.disputed_by:
        marks.append("disputed")
    what = f"finding: {finding.responsibility}, {', '.join(marks)} #{finding.position}"
    return what + _by_then(finding.as_of)


def _sanction(sanction: Sanction) -> str:
    from answerable.projections.gist import measure

    fields = {name: value for name, value in sanction._asdict().items() if value is not None}
    marks: list[str] = [sanction.state + _by_then(sanction.state_as_of)]
    if sanction.appeal not in ("none", "allowed"):
        marks.append(f"appeal {sanction.appeal}")
    if sanction.disputed_by:
        marks.append("disputed")
    what = f"sanction: {measure(fields)}: {', '.join(marks)} #{sanction.position}"
    return what + _by_then(sanction.as_of)


def _accountable(person: Person) -> str:
    # The reason why it is not certain stands beside each finding and sanction below.
    return f"{'accountable' if person.certain else 'perhaps accountable'}, {_ways(person)}"


def _by_then(as_of: str) -> str:
    return " (whether by then is not told)" if as_of == "unknown" else ""


def _bar(bar: Bar) -> str:
    start = f"from {bar.from_}" if bar.from_ else "its beginning not told"
    end = f"until {bar.until}" if bar.until else "end not stated"
    force = {"yes": "barred", "no": "was barred", "unknown": "barred, or not"}[bar.in_force]
    lifted = f", lifted {bar.lifted or 'at a time not told'}" if bar.lifted_by else ""
    return f"{force}, {start}, {end}{lifted} #{bar.position}"


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
        if each.suspended:
            marks.append("suspended")
        if each.overdue == "yes":
            marks.append("OVERDUE")
        if each.open == "unknown":
            marks.append("whether it was open then is not told")
        who = f": {', '.join(marks)}" if marks else ""
        style = "bold red" if each.overdue == "yes" else "yellow"
        yield Line(f"  open: {each.what}{who} #{each.position}", style)


def _person(found: PersonOverview, known: Names) -> Iterator[Line]:
    name = known.of(found.party)
    titles = f", {', '.join(name.titles)}" if name.titles else ""
    yield Line(f"{_called(found.party, known)}{titles}", "bold")
    if not found.cases:
        yield Line("  Nothing is held against them: no finding, no sanction.")
    for person in found.cases:
        how = _accountable(person) if person.accountable else "not accountable"
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
            sure = "inside the bar" if later.inside == "yes" else "whether inside is not told"
            where = f"#{later.position} ({later.case_id})"
            yield Line(
                f"    contact {later.occurred or 'at a time not told'} {where}: {sure}", "red"
            )
    for contact in found.contacts:
        when = contact.occurred or "at a time not told"
        stage = f", {contact.stage}" if contact.stage else ""
        yield Line(f"  contact {when}{stage} #{contact.position} ({contact.case_id})")
