"""Who is accountable for what, and under which sanctions, in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answerable.domain.language.saying import punctuation, say, say_as, to_say
from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.numbers import THING
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import (
    Line,
    Words,
    joined,
    line,
    lines_in_a_row,
    say_line,
    strong,
)
from answerable.projections.extents import amounts_words
from answerable.projections.report.lookup import CONDUCT, Lookup, gist, value
from answerable.projections.report.sanctions import measure_words, state_marks
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import capital
from answerable.projections.wording.finding import blame_withdrawn, finding_marks
from answerable.projections.wording.measures import totals_words
from answerable.projections.wording.person import (
    ACCOUNTABLE,
    accountable_words,
    those_accountable,
    way_words,
    ways_of_all,
)

CONDUCTS = {
    ("conduct",): to_say(" for “{conduct}”"),
    ("clause",): to_say(" under {clause}"),
    ("conduct", "clause"): to_say(" for “{conduct}” under {clause}"),
}
"""Says what somebody is accountable for, by what of it is told."""


def people(lookup: Lookup) -> Iterator[Block]:
    """Say who is accountable, who may be, who is only alleged to be, and who no longer is."""
    yield from _accountable(lookup)
    yield from _only_alleged(lookup)
    cleared = tuple(_cleared(lookup))
    if cleared:
        yield paragraph(strong(say("Blame was withdrawn:")))
        yield bullets(cleared)


def _accountable(lookup: Lookup) -> Iterator[Block]:
    accountable = lookup.report.accountability.accountable
    header = lookup.report.header
    if header.withheld.people is not None:
        people = say("{people} are accountable", people=capital(header.withheld.people))
        yield paragraph(say_line("{what}; who they are is withheld.", what=strong(people)))
    sure = tuple(person for person in accountable if person.accountable == "yes")
    if sure:
        who = capital(those_accountable(lookup.name(each.party) for each in sure))
        if header.subject is not None:
            who = say("You are accountable")
        if ways := ways_of_all(sure, lookup.type_of):
            yield paragraph(say_line("{who}, {ways}.", who=strong(who), ways=ways))
        else:
            yield paragraph(strong(say("{sentence}.", sentence=who)))
    elif not accountable and header.subject is not None:
        yield paragraph(strong(say("On this record, you are not accountable.")))
    elif not accountable and header.withheld.people is None:
        yield paragraph(strong(say("On this record, {what}.", what=those_accountable(()))))
    perhaps = tuple(lookup.name(each.party) for each in accountable if each.accountable != "yes")
    if perhaps:
        doubt = whether("unknown", those_accountable(perhaps))
        yield paragraph(say_line("{doubt}; the dates do not tell.", doubt=strong(capital(doubt))))
    if accountable:
        yield bullets(_person(lookup, person) for person in accountable)
    if summed := amounts_words(lookup.report.amounts):
        head = strong(say("Amounts:"))
        yield paragraph(say_line("{head} {amounts}.", head=head, amounts=summed))


def _only_alleged(lookup: Lookup) -> Iterator[Block]:
    """Tell of those who are, or may be, accountable by nothing but what is alleged."""
    alleged = tuple(
        person
        for person in lookup.report.accountability.people
        if person.accountable == "no" and person.accountable_as_alleged != "no"
    )
    if alleged:
        who = those_accountable(lookup.name(each.party) for each in alleged)
        yield paragraph(strong(say("It is only alleged that {who}:", who=who)))
        yield bullets(_person(lookup, person) for person in alleged)


def _cleared(lookup: Lookup) -> Iterator[Line]:
    """Yield those whom nothing blames any more, because blame was withdrawn, and since when."""
    for person in lookup.report.accountability.people:
        if person.accountable == "no":
            for finding in person.findings:
                if said := blame_withdrawn(finding, lookup.called):
                    who, cited = lookup.party(person.party), lookup.cite(finding.event_id)
                    what = lookup.said(said)
                    yield say_line(
                        "{party}: {what} ({events}).", party=who, what=what, events=cited
                    )


def _person(lookup: Lookup, person: Person) -> Line:
    who = strong(lookup.party(person.party))
    how = say_line("{who}: {how}.", who=who, how=_how(lookup, person))
    return say_line("{first} {then}", first=how, then=_sanctions(lookup, person))


def _how(lookup: Lookup, person: Person) -> Line:
    """Say in which way someone is accountable, for what, and by which findings."""
    blaming = [
        each for each in person.findings if (each.blames, each.blames_as_alleged) != ("no", "no")
    ]
    sure = person.accountable == "yes" and all(each.blames == "yes" for each in blaming)
    if not blaming or not sure or lookup.type_of(person.party) == THING:
        said = line(accountable_words(person, lookup.type_of))
        return line(said, _for(lookup, blaming)) if blaming else said
    ways: dict[str, list[Finding]] = {}
    for each in blaming:
        ways.setdefault(each.responsibility, []).append(each)
    said_of = (
        line(way_words(way, person, lookup.type_of), _for(lookup, findings))
        for way, findings in ways.items()
    )
    return say_line(ACCOUNTABLE, how=joined(say_as("list", ", and "), said_of))


def _for(lookup: Lookup, findings: Iterable[Finding]) -> Line:
    """Say for what, under which clause, and by which findings, those that say the same at once."""
    alike: dict[tuple[Line, Line], list[str]] = {}
    for each in findings:
        marks = finding_marks(each, lookup.cited, lookup.called)
        apart = punctuation("; ")
        said = (_conduct(lookup, each), lookup.said("".join(f"{apart}{mark}" for mark in marks)))
        alike.setdefault(said, []).append(each.event_id)
    return joined(
        say_as("findings", ","),
        (
            say_line("{what} ({marks})", what=what, marks=line(lookup.cite(*events), marks))
            for (what, marks), events in alike.items()
        ),
    )


def _conduct(lookup: Lookup, finding: Finding) -> Line:
    conduct = lookup.text(finding.event_id, "conduct")
    told: dict[str, Words] = {}
    if conduct.state == "told":
        told["conduct"] = gist(conduct, CONDUCT)
    if finding.clause is not None:
        told["clause"] = value(finding.clause)
    return say_line(CONDUCTS[tuple(told)], **told) if told else ()


def _sanctions(lookup: Lookup, person: Person) -> Line:
    """Say the sanctions in sentences, those in one state together."""
    states: dict[str, list[Line]] = {}
    for each in person.sanctions:
        measure = lookup.said(measure_words(lookup, each))
        cited = say_line("{what} {cited}", what=measure, cited=lookup.cite(each.event_id))
        states.setdefault(punctuation("; ").join(state_marks(lookup, each)), []).append(cited)
    if not states:
        return line(say("No sanction is on record."))
    apart = punctuation("; ")
    said = [
        say_line(
            "Sanctions ({state}): {measures}.",
            state=lookup.said(state),
            measures=joined(apart, listing),
        )
        for state, listing in states.items()
    ]
    if together := totals_words(person.amounts):
        said.append(line(say("Together: {amounts}.", amounts=together)))
    return lines_in_a_row(said)
