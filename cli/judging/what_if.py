"""Judge history by another policy: `answerable what-if`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.judging.answer import write_text
from answerable.cli.judging.asked import as_of_now, check_cases, document_in, record_view, views
from answerable.cli.judging.every.answering import answers
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import EXISTING, Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import write_json
from answerable.cli.shared.zone.moments import asked_by_zone
from answerable.cli.suggestions import times_words

if TYPE_CHECKING:
    from answerable.cli.judging.every.questions import Between
    from answerable.cli.shared.text import TextLine
    from answerable.domain.policy.reading import Document
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judgement import Judged
    from answerable.projections.conformance.saying.comparing import Replaced, Switch
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.output.register import Row


@click.command("what-if", cls=PagedCommand)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@click.option(
    "--policy",
    "place",
    metavar="FILE",
    required=True,
    type=EXISTING,
    help="The policy that would have been in force.",
)
@click.option(
    "--instead-of",
    "replaced",
    metavar="POLICY",
    help="The policy in force that it replaces. [default: that of its id, else the likest]",
)
@times_options
@ledger_option
@answer_formats("differences", "measures")
def command(
    cases: tuple[str, ...],
    place: Path,
    replaced: str | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Replay history under another policy: which verdicts differ.

    Judges each case twice, by the policy in force and by the one in FILE as if it had always been,
    and shows what differs: what a rule comes to now, what it would come to, and why. Of guidelines,
    which measures leave what is allowed, and which come within it. Policies that FILE does not
    replace change nothing, and are left out. Nothing is recorded.

    CASE is a case; left out, all are judged: the rules first, then the cases in which most differs.
    With --json, a line for each case in which something does.

    \b
    Example:
      answerable what-if --policy conduct.toml
      answerable what-if acme --policy conduct.toml --as-of 2026-03-31
    """
    now = as_of is None
    times = Times(as_of_now(as_of), known_by)
    document = document_in(place)
    with open_to_ask(ledger, views=True) as opened:
        check_cases(opened, cases, known_by)
        record = record_view(opened, times, named=True)
        instead = _replaced(record, document, replaced)
        between = _between(record, instead, document, every=not cases, now=now)
        asked = _Asked(opened, record, between, instead, document, cases, times)
        if form.tabular:
            _write_tables(asked, form)
            return
        if form.name == "json":
            _write_json(asked)
            return
        again = ["--policy", str(place), *(("--instead-of", replaced) if replaced else ())]
        again += times_words(None if now else times.as_of, known_by, opened.zone)
        write_text(opened, cases, times, _lines(asked, again), now=now)


class _Asked(NamedTuple):
    """Tell what is asked: of which record, what is compared, in which cases, as of when."""

    opened: Ledger
    record: RecordView
    between: Between
    instead: Replaced
    document: Document
    cases: Sequence[str]
    times: Times

    def compared(self, cases: Sequence[str]) -> Iterator[tuple[CaseView, Sequence[Switch]]]:
        """Judge some cases by both policies, upon one fold of the events of each."""
        return self.between.begin(self.record, every=False)(views(self.record, cases))

    def leaving(self, case: str) -> list[Judged]:
        """List the measures of a case that leave what a guideline allows."""
        return [
            measure
            for _, found in self.compared((case,))
            for each in found
            for measure in each.leaves
        ]


def _replaced(record: RecordView, document: Document, policy: str | None) -> Replaced:
    """Find what the policy stands in for.

    Raises:
        UsageError: it is to stand in for one that is not in force.
    """
    from answerable.projections.conformance.in_force.versions import versions_of
    from answerable.projections.conformance.saying.comparing import instead_of, replaced_by

    versions = versions_of(record)
    if policy is None:
        return replaced_by(versions, document)
    found = instead_of(versions, policy)
    if found is None:
        from answerable.domain.mistyped.nearest import did_you_mean, nearest

        known = [*versions.by_policy()]
        meant = did_you_mean(nearest(policy, known)) or f"There are {', '.join(known)}."
        raise click.UsageError(f"no policy {policy!r:.80} is in force. {meant}")
    return found


def _between(
    record: RecordView, instead: Replaced, document: Document, *, every: bool, now: bool
) -> Between:
    """Tell what is compared. What finds comparators for every case is made once, here."""
    from answerable.cli.judging.every.questions import Between, comparing_for
    from answerable.projections.conformance.in_force.versions import alone
    from answerable.projections.conformance.saying.comparing import differing

    old, new = differing(instead.versions, alone(document))
    comparing = comparing_for(record, (old, new), now=now) if every else None
    return Between(old, new, comparing, now)


def _write_json(asked: _Asked) -> None:
    from answerable.cli.judging.every.questions import DifferencesAtLength
    from answerable.cli.judging.what_if_json import case_json

    times_in = asked_by_zone(*asked.times, asked.opened.head())
    said: dict[str, Any] = {"policy": asked.document.policy.name, "digest": asked.document.digest}
    said["instead_of"] = [each.document.policy.name for each in asked.instead.versions.readable]
    if asked.cases:
        for view, found in asked.compared(asked.cases):
            write_json({**times_in(view.zone), **said, **case_json(view.case_id, found)})
        return
    question = DifferencesAtLength(asked.times, asked.between)
    for zone, told in answers(asked.opened, question, told=False):
        write_json({**times_in(zone), **said, **told})


def _write_tables(asked: _Asked, form: Form) -> None:
    from answerable.cli.judging.every.questions import DifferencesAsRows
    from answerable.cli.shared.formats.writing import write_answer
    from answerable.projections.conformance.in_force.versions import alone
    from answerable.projections.registers.judging.what_if import case_rows, what_if_registers
    from answerable.projections.titles import Titles

    cases = asked.cases
    if cases:
        title_of = Titles(asked.opened, asked.times.known_by).of
        rows: Iterable[Iterable[Row]] = (
            case_rows(view, found, title_of(view.case_id)) for view, found in asked.compared(cases)
        )
    else:
        question = DifferencesAsRows(asked.times, asked.between)
        rows = answers(asked.opened, question, told=False)
    one = cases[0] if len(cases) == 1 else None
    made = what_if_registers(rows)
    write_answer(asked.opened, form, made, *asked.times, case=one, versions=alone(asked.document))


def _lines(asked: _Asked, again: Sequence[str]) -> Iterator[TextLine]:
    """Lay out what differs in words: in the cases asked about, or over all."""
    from answerable.cli.judging.every.questions import Differences
    from answerable.cli.judging.what_if_text import case_lines, header, register_lines
    from answerable.projections.titles import Titles

    title_of = Titles(asked.opened, asked.times.known_by).of
    yield from header(asked.document.policy, asked.instead)
    if asked.cases:
        for view, found in asked.compared(asked.cases):
            yield from case_lines(view.case_id, title_of(view.case_id), found)
        return
    found_in_short = answers(asked.opened, Differences(asked.times, asked.between), told=True)
    yield from register_lines(found_in_short, asked.leaving, title_of, again)
