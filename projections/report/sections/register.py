"""The accountability register: who is accountable, by what was found, under which measures."""

from __future__ import annotations

from answerable.projections.accountability.accountability import Finding, Person
from answerable.projections.accountability.interim import Interim
from answerable.projections.blocks.blocks import Cell, Section, cell, row, table
from answerable.projections.blocks.spans import Line, line
from answerable.projections.report.lookup import Lookup, text_words
from answerable.projections.report.sanctions import sanction_line
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.vocabulary import NOT_TOLD, value_words


def register(lookup: Lookup) -> Section | None:
    """Write the register, where anybody is accused or sanctioned."""
    people = lookup.report.accountability.people
    if not people:
        return None
    heads = ("Who", "Post then", "Accountable", "Findings", "Sanctions", "Interim measures")
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
    return Section("register", "Accountability register", (table(heads, rows),))


def _cell(lines: list[Line]) -> Cell:
    return cell(*lines) if lines else cell("none")


def _posts(lookup: Lookup, person: Person) -> Cell:
    posts = [lookup.text(each.event_id, "role_then") for each in person.sanctions]
    shown = dict.fromkeys(text_words(post) for post in posts if post.state != "not told")
    return cell(*shown) if shown else cell(NOT_TOLD)


def _finding(lookup: Lookup, finding: Finding) -> Line:
    details = (
        finding.offence_class,
        finding.severity,
        f"clause {value_words(finding.clause)}",
        None if finding.standing in ("asserted", "disputed", "alleged") else finding.standing,
    )
    said = finding_words(finding, lookup.cited, details, lookup.called)
    return line(lookup.said(said), " ", lookup.cite(finding.event_id, *finding.disputed_by))


def _interim(lookup: Lookup, interim: Interim) -> Line:
    cited = lookup.cite(interim.event_id, interim.ended_by, *interim.disputed_by)
    return line(lookup.said(interim_line(interim, lookup.called)), " ", cited)
