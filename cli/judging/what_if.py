"""Judge history by another policy: `answerable what-if`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from answerable.cli.judging.answer import json_head, write_text
from answerable.cli.judging.asked import as_of_now, check_cases, document_in, record_view, views
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.options import Form, answer_formats
from answerable.cli.shared.options import EXISTING, Times, ledger_option, open_ledger, times_options
from answerable.cli.shared.output import write_json
from answerable.cli.suggestions import times_words

if TYPE_CHECKING:
    from answerable.cli.shared.text import TextLine
    from answerable.domain.policy.reading import Document
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.saying.comparing import Replaced, Switch
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView


class Compared(NamedTuple):
    """A case, and the rules whose verdicts on it differ."""

    view: CaseView
    switches: tuple[Switch, ...]


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
    with open_ledger(ledger) as opened:
        check_cases(opened, cases, known_by)
        record = record_view(opened, times, named=True)
        instead = _replaced(record, document, replaced)
        found = _compared(record, instead, document, cases, now=now)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.conformance.in_force.versions import alone
            from answerable.projections.registers.judging.what_if import what_if_registers
            from answerable.projections.titles import Titles

            made = what_if_registers(found, Titles(opened, known_by).of)
            one = cases[0] if len(cases) == 1 else None
            write_answer(opened, form, made, *times, case=one, versions=alone(document))
            return
        if form.name == "json":
            _write_json(opened, found, instead, document, cases, times)
            return
        again = ("--policy", str(place), *(("--instead-of", replaced) if replaced else ()))
        options = times_words(None if now else times.as_of, known_by, opened.zone)
        _write_text(opened, found, instead, document, cases, times, (*again, *options), now=now)


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


def _compared(
    record: RecordView, instead: Replaced, document: Document, cases: Sequence[str], *, now: bool
) -> Iterator[Compared]:
    """Judge each case by both policies, upon one fold of its events."""
    from answerable.projections.conformance.in_force.versions import alone
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.conformance.saying.comparing import switches

    every = not cases
    old = Judges(record, instead.versions, every=every, now=now)
    new = Judges(record, alone(document), every=every, now=now)
    for view in views(record, cases):
        yield Compared(view, switches(old.outcomes(view), new.outcomes(view)))


def _write_json(
    opened: Ledger,
    found: Iterator[Compared],
    instead: Replaced,
    document: Document,
    cases: Sequence[str],
    times: Times,
) -> None:
    from answerable.cli.judging.what_if_json import case_json

    said: dict[str, Any] = json_head(opened, cases, times)
    said |= {"policy": document.policy.name, "digest": document.digest}
    said["instead_of"] = [each.document.policy.name for each in instead.versions.readable]
    for each in found:
        if each.switches or cases:
            write_json({**said, **case_json(each.view.case_id, each.switches)})


def _write_text(
    opened: Ledger,
    found: Iterator[Compared],
    instead: Replaced,
    document: Document,
    cases: Sequence[str],
    times: Times,
    again: Sequence[str],
    *,
    now: bool,
) -> None:
    from answerable.cli.judging.what_if_text import case_lines, header, register_lines
    from answerable.projections.titles import Titles

    title_of = Titles(opened, times.known_by).of
    told = ((each.view.case_id, each.switches) for each in found)
    shown: Iterable[TextLine] = (
        chain.from_iterable(case_lines(case, title_of(case), each) for case, each in told)
        if cases
        else register_lines(told, title_of, again)
    )
    write_text(opened, cases, times, chain(header(document.policy, instead), shown), now=now)
