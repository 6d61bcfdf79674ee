"""Who is accountable for what, and under which sanctions, in short."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.accountability import Person
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, joined, line, strong
from answerable.projections.extents import amounts_words
from answerable.projections.report.lookup import Lookup, text_words
from answerable.projections.report.sanctions import measure_words, state_marks
from answerable.projections.wording.answers import whether
from answerable.projections.wording.counts import capital
from answerable.projections.wording.finding import blame_withdrawn, finding_marks
from answerable.projections.wording.measures import totals_words
from answerable.projections.wording.person import accountable_words, those_accountable, ways_of_all


def people(lookup: Lookup) -> Iterator[Block]:
    """Say who is accountable, who may be, who is only alleged to be, and who no longer is."""
    yield from _accountable(lookup)
    yield from _only_alleged(lookup)
    cleared = tuple(_cleared(lookup))
    if cleared:
        yield paragraph(strong("Blame was withdrawn:"))
        yield bullets(cleared)


def _accountable(lookup: Lookup) -> Iterator[Block]:
    accountable = lookup.report.accountability.accountable
    sure = tuple(person for person in accountable if person.accountable == "yes")
    if sure:
        who = capital(those_accountable(lookup.name(each.party) for each in sure))
        ways = ways_of_all(sure, lookup.type_of)
        yield paragraph(strong(who), f", {ways}.") if ways else paragraph(strong(f"{who}."))
    elif not accountable:
        yield paragraph(strong(f"On this record, {those_accountable(())}."))
    perhaps = tuple(lookup.name(each.party) for each in accountable if each.accountable != "yes")
    if perhaps:
        doubt = whether("unknown", those_accountable(perhaps))
        yield paragraph(strong(capital(doubt)), "; the dates do not tell.")
    if accountable:
        yield bullets(_person(lookup, person) for person in accountable)
    if summed := amounts_words(lookup.report.amounts):
        yield paragraph(strong("Amounts:"), f" {summed}.")


def _only_alleged(lookup: Lookup) -> Iterator[Block]:
    """Tell of those who are, or may be, accountable by nothing but what is alleged."""
    alleged = tuple(
        person
        for person in lookup.report.accountability.people
        if person.accountable == "no" and person.accountable_as_alleged != "no"
    )
    if alleged:
        who = those_accountable(lookup.name(each.party) for each in alleged)
        yield paragraph(strong(f"It is only alleged that {who}:"))
        yield bullets(_person(lookup, person) for person in alleged)


def _cleared(lookup: Lookup) -> Iterator[Line]:
    """Yield those whom nothing blames any more, because blame was withdrawn, and since when."""
    for person in lookup.report.accountability.people:
        if person.accountable == "no":
            for finding in person.findings:
                if said := blame_withdrawn(finding, lookup.called):
                    who, cited = lookup.party(person.party), lookup.cite(finding.event_id)
                    yield line(who, ": ", lookup.said(said), " (", cited, ").")


def _person(lookup: Lookup, person: Person) -> Line:
    parts: list[Line | str] = [
        strong(lookup.party(person.party)),
        f": {accountable_words(person, lookup.type_of)}",
    ]
    for finding in person.findings:
        if (finding.blames, finding.blames_as_alleged) != ("no", "no"):
            conduct = lookup.text(finding.event_id, "conduct")
            if conduct.state == "told":
                parts += " for: ", text_words(conduct)
            marks = finding_marks(finding, lookup.cited, lookup.called)
            cited = (lookup.cite(finding.event_id), *map(lookup.said, marks))
            parts += " (", joined("; ", cited), ")"
    return line(*parts, ". ", _sanctions(lookup, person))


def _sanctions(lookup: Lookup, person: Person) -> Line:
    """Say the sanctions in sentences, those in one state together."""
    states: dict[str, list[Line]] = {}
    for each in person.sanctions:
        measure = lookup.said(measure_words(lookup, each))
        states.setdefault("; ".join(state_marks(lookup, each)), []).append(
            line(measure, " ", lookup.cite(each.event_id))
        )
    if not states:
        return line("No sanction is on record.")
    said = [
        line("Sanctions (", lookup.said(state), "): ", joined("; ", listing), ".")
        for state, listing in states.items()
    ]
    if together := totals_words(person.amounts):
        said.append(line(f"Together: {together}."))
    return joined(" ", said)
