"""A line of a register: who it is about, what they are accountable for, under which measures.

What holds of most is not said of each: a finding that stands is cited, and a measure that is
imposed, and of which no more is known, is said without a mark. What differs is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from answerable.domain.language.saying import punctuation, say
from answerable.domain.reader import Reader
from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.facts.disclosed import chain
from answerable.projections.facts.names import NameOf, TypeOf
from answerable.projections.wording.finding import finding_marks, finding_words
from answerable.projections.wording.measures import Measured, totals_words
from answerable.projections.wording.outside.proceeding import proceeding_line
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words
from answerable.projections.wording.vocabulary import state_words

LONGEST = 80
"""The most characters of a conduct that are shown. `answerable show` has all of them."""

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
    cited = punctuation("; ").join(_found(each, conduct_of) for each in plain)
    accountable = accountable_words(person, type_of)
    finding = [finding_line(each, person, name_of) for each in others]
    return punctuation("; ").join(
        (
            _joint(accountable, cited),
            *(say("finding {finding}", finding=each) for each in finding),
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
    return f"#{finding.position}" if conduct is None else _cited(conduct, finding.position)


def _joint(accountable: str, cited: str) -> str:
    if not cited:
        return accountable
    if cited.startswith("#"):
        return say("{what} {cited}", what=accountable, cited=cited)
    return punctuation(": ").join((accountable, cited))


def finding_line(finding: Finding, person: Person, name_of: NameOf) -> str:
    """Say a finding of those about a person, and cite it."""
    numbers = {each.event_id: f"#{each.position}" for each in person.findings}
    said = finding_words(finding, numbers.__getitem__, name_of=name_of)
    return _cited(said, finding.position)


def _sanctioned(
    sanctions: Iterable[Sanction], name_of: NameOf, measure_of: Measured
) -> Iterator[str]:
    """Say sanctions, and once of those in a row what else became of them than being imposed."""
    for marks, alike in groupby(sanctions, lambda each: sanction_marks(each, name_of)):
        own = list(alike)
        said = [_cited(measure_of(each), each.position) for each in own]
        if marks == [state_words("imposed")]:
            yield from said
        elif len(own) == 1:
            yield _cited(sanction_words(measure_of(own[0]), marks), own[0].position)
        else:
            first = say("each {state}", state=marks[0])
            yield sanction_words(punctuation("; ").join(said), (first, *marks[1:]))


def _cited(what: str, position: int) -> str:
    return say("{what} #{position}", what=what, position=position)


def _rest(person: Person, name_of: NameOf) -> Iterator[str]:
    if together := totals_words(person.amounts):
        yield say("together: {amounts}", amounts=together)
    for interim in person.interim:
        what = say("interim measure: {measure}", measure=interim_line(interim, name_of))
        yield _cited(what, interim.position)
    for each in person.proceedings:
        what = say("outside: {proceedings}", proceedings=proceeding_line(each, name_of))
        yield _cited(what, each.position)
