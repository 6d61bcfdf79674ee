"""The accountability register: who is accountable, by what was found, under which measures."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.interim import Interim
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.blocks.blocks import Cell, Section, cell, row, table
from answerable.projections.blocks.spans import Line, say_line
from answerable.projections.report.lookup import Lookup, text_words
from answerable.projections.report.sanctions import sanction_line
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.vocabulary import as_term, not_told, value_words


def register(lookup: Lookup) -> Section | None:
    """Write the register, where anybody is accused or sanctioned.

    A post that nobody had, and measures that nobody was under, have no column.
    """
    people = lookup.report.accountability.people
    if not people:
        return None
    heads = (
        *(say("Who"), say("Post then"), say("Accountable")),
        *(say("Findings"), say("Sanctions"), say("Interim measures")),
    )
    rows = [
        row(
            lookup.party(person.party),
            _posts(lookup, person),
            accountable_words(person, lookup.type_of),
            _cell([_finding(lookup, each) for each in person.findings]),
            _cell([sanction_line(lookup, each) for each in person.sanctions]),
            _cell([_interim(lookup, each) for each in person.interim]),
        )
        for person in people
    ]
    empty = (None, cell(not_told()), None, *(cell(say("none")),) * 3)
    kept = [at for at, none in enumerate(empty) if any(each.cells[at] != none for each in rows)]
    told = table(
        [heads[at] for at in kept], (row(*(each.cells[at] for at in kept)) for each in rows)
    )
    return Section("register", say("Accountability register"), (told,))


def _cell(lines: list[Line]) -> Cell:
    return cell(*lines) if lines else cell(say("none"))


def _posts(lookup: Lookup, person: Person) -> Cell:
    posts = [lookup.text(each.event_id, "role_then") for each in person.sanctions]
    shown = dict.fromkeys(text_words(post) for post in posts if post.state != "not told")
    return cell(*shown) if shown else cell(not_told())


def _finding(lookup: Lookup, finding: Finding) -> Line:
    details = (
        *(as_term(each) for each in (finding.offence_class, finding.severity) if each),
        say("clause {clause}", clause=value_words(finding.clause)),
        None
        if finding.standing in ("asserted", "disputed", "alleged")
        else as_term(finding.standing),
    )
    said = finding_words(finding, lookup.cited, details, lookup.called)
    cited = lookup.cite(finding.event_id, *finding.disputed_by)
    return say_line("{what} {cited}", what=lookup.said(said), cited=cited)


def _interim(lookup: Lookup, interim: Interim) -> Line:
    cited = lookup.cite(interim.event_id, interim.ended_by, *interim.disputed_by)
    said = lookup.said(interim_line(interim, lookup.called))
    return say_line("{what} {cited}", what=said, cited=cited)
