"""A line of a register: who it is about, what they are accountable for, under which measures.

What holds of most is not said of each: a finding that stands is cited, and a measure that is
imposed, and of which no more is known, is said without a mark. What differs is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from answerable.domain.reader import Reader
from answerable.projections.accountability.accountability import Finding, Person, Sanction
from answerable.projections.facts.disclosed import chain
from answerable.projections.facts.names import NameOf, TypeOf
from answerable.projections.wording.finding import finding_marks, finding_words
from answerable.projections.wording.measures import Measured, totals_words
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words

LONGEST = 80
"""The most characters of a conduct that are shown. `answerable show` has all of them."""

PLAIN = ["imposed"]
"""Name what became of a sanction of which no more is known."""

Conducts = Callable[[Finding], str | None]
"""Tells what a finding says that somebody did; None where it is not told, or not open to read."""


def conducts(reader: Reader, findings: Iterable[Finding]) -> Conducts:
    """Return what some findings say that somebody did, as corrected; it is read in one go."""
    places: dict[str, tuple[int, ...]] = {}
    for each in findings:
        corrections = map(reader.event, each.corrected_by)
        places[each.event_id] = (
            each.position,
            *(event.position for event in corrections if event is not None),
        )
    opened = reader.opened([at for own in places.values() for at in own]) if places else {}

    def conduct(finding: Finding) -> str | None:
        text = chain(*places[finding.event_id], opened=opened).text("conduct").value
        said = " ".join(str(text or "").split())
        return (f"{said[: LONGEST - 1]}…" if len(said) > LONGEST else said) or None

    return conduct


def register_entry(
    person: Person, type_of: TypeOf, name_of: NameOf, measure_of: Measured, conduct_of: Conducts
) -> str:
    """Say what there is to say of a party in one line.

    For example "accountable as a manager: management failure #16; formal reprimand #21".

    Args:
        person: the party, in the case.
        type_of: what a party is.
        name_of: what to call a party.
        measure_of: what to call the measure of a sanction.
        conduct_of: tells what a finding says that they did.
    """
    plain = [each for each in person.findings if is_plain(each)]
    others = [each for each in person.findings if not is_plain(each)]
    cited = "; ".join(_found(each, conduct_of) for each in plain)
    accountable = accountable_words(person, type_of)
    return "; ".join(
        (
            f"{accountable}{_joint(cited)}{cited}",
            *(f"finding {finding_line(each, person, name_of)}" for each in others),
            *_sanctioned(person.sanctions, name_of, measure_of),
            *_rest(person, name_of),
        )
    )


def is_plain(finding: Finding) -> bool:
    """Tell whether a finding blames somebody, and there is no more to know of it."""
    return finding.blames == "yes" and not finding_marks(finding, str)


def _found(finding: Finding, conduct_of: Conducts) -> str:
    """Cite a finding with what it says that they did: "management failure #16"; "#15"."""
    conduct = conduct_of(finding)
    return f"#{finding.position}" if conduct is None else f"{conduct} #{finding.position}"


def _joint(cited: str) -> str:
    if not cited:
        return ""
    return " " if cited.startswith("#") else ": "


def finding_line(finding: Finding, person: Person, name_of: NameOf) -> str:
    """Say a finding of those about a person, and cite it."""
    numbers = {each.event_id: f"#{each.position}" for each in person.findings}
    said = finding_words(finding, numbers.__getitem__, name_of=name_of)
    return f"{said} #{finding.position}"


def _sanctioned(
    sanctions: Iterable[Sanction], name_of: NameOf, measure_of: Measured
) -> Iterator[str]:
    """Say sanctions, and once of those in a row what else became of them than being imposed."""
    for marks, own in groupby(sanctions, lambda each: sanction_marks(each, name_of)):
        said = [f"{measure_of(each)} #{each.position}" for each in own]
        if marks == PLAIN:
            yield from said
        elif len(said) == 1:
            measure, _, number = said[0].rpartition(" ")
            yield f"{sanction_words(measure, marks)} {number}"
        else:
            yield sanction_words("; ".join(said), (f"each {marks[0]}", *marks[1:]))


def _rest(person: Person, name_of: NameOf) -> Iterator[str]:
    if together := totals_words(person.amounts):
        yield f"together: {together}"
    for interim in person.interim:
        yield f"interim measure: {interim_line(interim, name_of)} #{interim.position}"
    for each in person.proceedings:
        yield f"outside: {proceeding_line(each, name_of)} #{each.position}"
