"""How things stand, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.text import TextLine
from answerable.domain.dates import in_words
from answerable.projections.wording.answers import (
    ITS_DATE,
    finding_marks,
    sanction_marks,
    ways,
)
from answerable.projections.wording.measures import (
    Measured,
    measured,
)
from answerable.projections.wording.sentence import term

if TYPE_CHECKING:
    from answerable.domain.dates import When
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.accountability import (
        Finding,
        Person,
        Sanction,
    )
    from answerable.projections.accountability.bars import Bar
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.facts.names import Names
    from answerable.projections.status.overview import (
        CaseOverview,
        PartyOverview,
        PersonOverview,
    )


class OpenCount(NamedTuple):
    """Of how many something is so, and of how many more it may be."""

    sure: set[str]
    perhaps: set[str]

    def take_in(self, which: str, answer: When) -> None:
        """Take in an answer about one: a party, or a thing that is open."""
        (self.sure if answer == "yes" else self.perhaps).add(which)

    def __str__(self) -> str:
        more = len(self.perhaps - self.sure)
        return f"{len(self.sure):,}" + (f" (indeterminate: {more:,} more)" if more else "")


def everything(
    reader: Reader, cases: Iterator[CaseOverview], known: Names, *, chosen: bool = False
) -> Iterator[TextLine]:
    """How each case stands, and how many things stand so in all of them.

    `chosen`: there may be other cases, which were not asked about.
    """
    told = 0
    people, barred, open_ = (OpenCount(set(), set()) for _ in range(3))
    for each in cases:
        told += 1
        for person in each.people:
            people.take_in(person.party, person.accountable)
        for bar in each.bars:
            barred.take_in(bar.counterparty, bar.in_force)
        for duty in each.open:
            open_.take_in(f"{duty.what} {duty.event_id}", duty.open)
        yield TextLine("")
        yield from case_lines(reader, each, known)
        if each.open:
            yield TextLine(f"  open: {_open_in_short(each.open)}", "yellow")
    if not told:
        none = "There is no such case."
        yield TextLine(
            none if chosen else "Nobody is accountable, nobody is barred, and nothing is open."
        )
        return
    yield TextLine("")
    yield TextLine(
        f"Accountable: {people}. Barred: {barred}. Open: {open_}. Cases: {told:,}.",
        "bold",
    )


def case_lines(reader: Reader, case: CaseOverview, known: Names) -> Iterator[TextLine]:
    """How a case stands: its people and its bars."""
    called = _measured(reader, case.people)
    states = {None: "never opened", "indeterminate": "indeterminate whether open"}
    yield TextLine(f"{case.case_id}: {states.get(case.state, case.state)}", "bold")
    for person in case.people:
        yield TextLine(f"  {_called(person.party, known)}: {_accountable(person)}")
        yield from _said(person, called)
    for bar in case.bars:
        yield TextLine(f"  {_called(bar.counterparty, known)}: {_bar(bar)}")


def _measured(reader: Reader, people: Iterable[Person]) -> Measured:
    return measured(reader, [each for person in people for each in person.sanctions])


def _said(person: Person, called: Measured) -> Iterator[TextLine]:
    numbers = {finding.event_id: f"#{finding.position}" for finding in person.findings}
    for finding in person.findings:
        yield TextLine(f"    {_finding(finding, numbers)}", "dim" if _undone(finding) else "")
    for sanction in person.sanctions:
        yield TextLine(
            f"    {_sanction(sanction, called)}", "dim" if sanction.in_force == "no" else ""
        )
    for interim in person.interim:
        what = term(interim.measure)
        text = f"interim measure: {what} #{interim.position} (not a sanction)"
        yield TextLine(f"    {text}{_by_then(interim.as_of)}", "dim")


def _ways(person: Person) -> str:
    return ", ".join(ways(person)) or "under a sanction without a finding"


def _undone(finding: Finding) -> bool:
    return "yes" in (finding.overturned, finding.superseded)


def _called(party: str, known: Names) -> str:
    name = known.of(party)
    if name.name is not None:
        return f"{name.name} ({party})"
    return f"{party} (name {name.state})" if name.state in ("erased", "withheld") else party


def _finding(finding: Finding, numbers: Mapping[str, str]) -> str:
    what = f"finding: {finding.responsibility}, {finding.outcome} #{finding.position}"
    marks = finding_marks(finding, numbers.__getitem__)
    return ", ".join([what + _by_then(finding.as_of), *marks])


def _sanction(sanction: Sanction, called: Measured) -> str:
    marks = ", ".join(sanction_marks(sanction))
    what = f"sanction: {called(sanction)}: {marks} #{sanction.position}"
    return what + _by_then(sanction.as_of)


def _accountable(person: Person) -> str:
    # The reason why it is indeterminate stands beside each finding and sanction below.
    doubt = "indeterminate whether " if person.accountable == "unknown" else ""
    return f"{doubt}accountable, {_ways(person)}"


def _by_then(as_of: When) -> str:
    return f" ({ITS_DATE})" if as_of == "unknown" else ""


def _dated(edtf: str | None) -> str:
    return "at a time not told" if edtf is None else in_words(edtf)


def _bar(bar: Bar) -> str:
    start = f"from {_dated(bar.from_)}" if bar.from_ else "its beginning not told"
    end = f"until {_dated(bar.until)}" if bar.until else "end not stated"
    words = {"yes": "barred", "no": "was barred", "unknown": "indeterminate whether barred"}
    force = words[bar.in_force]
    lifted = f", lifted {_dated(bar.lifted)}" if bar.lifted_by else ""
    doubt = "" if bar.in_force == "no" else ", or not"
    overturned = f", overturned on appeal{doubt}" if bar.overturned_by else ""
    return f"{force}, {start}, {end}{lifted}{overturned} #{bar.position}{_by_then(bar.as_of)}"


def _open_in_short(open_: tuple[Obligation, ...]) -> str:
    counts: dict[str, int] = {}
    for each in open_:
        what = f"{each.what} (overdue)" if each.overdue == "yes" else each.what
        what += " (indeterminate whether open)" if each.open == "unknown" else ""
        counts[what] = counts.get(what, 0) + 1
    return "; ".join(
        what if number == 1 else f"{number:,} × {what}" for what, number in counts.items()
    )


def open_at_length(open_: tuple[Obligation, ...], known: Names) -> Iterator[TextLine]:
    """What is open, a line each."""
    if not open_:
        yield TextLine("  nothing is open")
    for each in open_:
        marks = [] if each.party is None else [_called(each.party, known)]
        if each.due is not None:
            marks.append(f"due {_dated(each.due)}")
        marks.extend(_doubts(each))
        who = f": {', '.join(marks)}" if marks else ""
        style = "bold red" if each.overdue == "yes" else "yellow"
        yield TextLine(f"  open: {each.what}{who} #{each.position}", style)


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


def person_lines(reader: Reader, found: PersonOverview, known: Names) -> Iterator[TextLine]:
    """All that is said of a person, and what is open."""
    called = _measured(reader, found.cases)
    name = known.of(found.party)
    titles = f", {', '.join(name.titles)}" if name.titles else ""
    yield TextLine(f"{_called(found.party, known)}{titles}", "bold")
    if not found.cases:
        yield TextLine("  Nothing is held against them: no finding, no sanction.")
    for person in found.cases:
        how = "not accountable" if person.accountable == "no" else _accountable(person)
        yield TextLine(f"  {person.case_id}: {how}")
        yield from _said(person, called)
    for each in found.open:
        yield from open_at_length((each,), known)


def counterparty_lines(found: PartyOverview, known: Names) -> Iterator[TextLine]:
    """The bars on a counterparty, and the contacts with it."""
    yield TextLine(_called(found.party, known), "bold")
    if not found.bars:
        yield TextLine("  not barred")
    for bar in found.bars:
        yield TextLine(f"  {bar.case_id}: {_bar(bar)}")
        for later in bar.contacts:
            sure = "" if later.inside == "yes" else "indeterminate whether "
            when = _dated(later.occurred)
            where = f"#{later.position} ({later.case_id})"
            yield TextLine(f"    contact {when} {where}: {sure}inside the bar", "red")
    for contact in found.contacts:
        when = _dated(contact.occurred)
        stage = f", {contact.stage}" if contact.stage else ""
        where = f"#{contact.position} ({contact.case_id}){_by_then(contact.as_of)}"
        yield TextLine(f"  contact {when}{stage} {where}")
