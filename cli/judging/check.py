"""Judge cases by policies: `answerable check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

import click

from answerable.cli.judging.answer import write_text
from answerable.cli.judging.asked import as_of_now, check_cases, judges_for, record_view, views
from answerable.cli.judging.every.answering import answers
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import EXISTING, Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import note, visible, write_json
from answerable.cli.shared.zone.moments import asked_by_zone
from answerable.cli.suggestions import times_words

if TYPE_CHECKING:
    from answerable.cli.judging.every.adding_up import Checked
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judging import Judges
    from answerable.projections.conformance.output.judged_case import JudgedCase
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.like_findings import Comparing

OTHERS = {"junit": "JUnit XML", "sarif": "SARIF 2.1.0"}
"""The formats of programs that gate on verdicts."""

NAMED = ("text", "markdown", "json", "html", "pdf")
"""The formats that call parties by their names; the others are for machines, and tell none."""


@click.command("check", cls=PagedVerdict)
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@click.option(
    "--policy",
    "policies",
    metavar="FILE",
    multiple=True,
    type=EXISTING,
    help="Judge by this document, as if it had always been in force. May be given several times.",
)
@click.option(
    "--fail-on",
    type=Choice(("fail", "indeterminate")),
    default="fail",
    show_default=True,
    help="What ends with exit code 1; indeterminate: what cannot be told, too.",
)
@click.option("--sarif-all", is_flag=True, help="In SARIF, list what does not fail, too.")
@times_options
@ledger_option
@answer_formats("verdicts", "judged", others=OTHERS, usual="verdicts")
def command(
    cases: tuple[str, ...],
    policies: tuple[Path, ...],
    fail_on: str,
    sarif_all: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> int:
    """Judge cases by the policies in force, and end with 1 if a rule fails.

    Was it decided as it should have been?

    What fails comes first, and why; then what cannot be told, with what would settle it, what is
    pending, and by when. Each thing is judged by the policy that was in force when it happened;
    where the house adopted none, by those that come with this program: `answerable policy show`
    lists them. A rule that only warns ends no check.

    CASE is a case; left out, every case is judged, the worst shown first. Deadlines are judged as
    of now, or of the date that --as-of gives. CSV, XLSX, JUnit and SARIF tell pseudonyms.

    \b
    Exit codes:
      0  no rule fails
      1  one fails; with --fail-on indeterminate: or cannot be told, or a policy not read

    \b
    Example:
      answerable check
      answerable check acme --as-of 2026-03-31
      answerable check --policy draft.toml --fail-on indeterminate
      answerable check --format sarif > verdicts.sarif
    """
    if sarif_all and form.name != "sarif":
        raise click.UsageError("--sarif-all needs --format sarif.")
    asked_now = as_of is None
    times = Times(as_of_now(as_of), known_by)
    with open_to_ask(ledger, views=True) as opened:
        check_cases(opened, cases, known_by)
        record = record_view(opened, times, named=form.name in NAMED)
        judges = judges_for(record, policies, every=not cases, now=asked_now)
        asked = _Asked(opened, record, judges, cases, times, asked_now)
        tally = _Tally(asked.judged(named=form.name in NAMED, told=form.name == "junit"))
        short = _Tally(asked.in_short())
        if form.name == "text":
            again = [word for place in policies for word in ("--policy", str(place))]
            again += times_words(None if asked_now else times.as_of, known_by, opened.zone)
            _write_text(asked, tally, short, again)
        elif form.name == "json":
            _write_json(opened, judges, tally, times)
        elif form.tabular:
            _write_tables(opened, judges, tally, cases, times, form)
        else:
            from answerable.cli.judging.check_formats import write
            from answerable.cli.judging.check_text import unreadable_lines

            for line in unreadable_lines(judges.versions.unreadable):
                note(visible(line.text))
            strict = fail_on == "indeterminate"
            name = cases[0] if len(cases) == 1 else "cases" if cases else "all"
            how = form.name
            write(opened, judges, tally, how, times, name=name, strict=strict, whole=sarif_all)
    unsure = tally.unsure or short.unsure or bool(judges.versions.unreadable)
    return 1 if tally.faults or short.faults or (fail_on == "indeterminate" and unsure) else 0


class _Judged(Protocol):
    """A case as judged, or several: whether something fails, or cannot be told."""

    @property
    def fails(self) -> int: ...

    @property
    def unsure(self) -> bool: ...


Case = TypeVar("Case", bound=_Judged)


class _Tally(Generic[Case]):
    """Cases as they are judged, and whether something in them fails, or cannot be told."""

    def __init__(self, found: Iterator[Case]) -> None:
        self._found = found
        self.faults = self.unsure = False

    def __iter__(self) -> Iterator[Case]:
        for each in self._found:
            self.faults = self.faults or each.fails > 0
            self.unsure = self.unsure or each.unsure
            yield each


class _Asked(NamedTuple):
    """Tell what is asked: of which record, by which judges, of which cases, as of when.

    Attributes:
        now: whether no moment was told, so that it is as of now.
    """

    opened: Ledger
    record: RecordView
    judges: Judges
    cases: Sequence[str]
    times: Times
    now: bool

    def judged(self, *, named: bool, told: bool) -> Iterator[JudgedCase]:
        """Judge the cases asked about.

        Args:
            named: whether they are called by their titles.
            told: whether how far it has come is told on the way.
        """
        from answerable.cli.judging.every.questions import AtLength

        versions = self.judges.versions
        if self.cases:
            question = AtLength(self.times, versions, None, self.now, named)
            answer = question.answering(self.opened, self.judges)
            yield from answer(views(self.record, self.cases))
            return
        yield from answers(
            self.opened,
            AtLength(self.times, versions, self._comparing(), self.now, named),
            told=told,
        )

    def in_short(self) -> Iterator[Checked]:
        """Judge every case, a stretch at a time, and put nothing into words."""
        from answerable.cli.judging.every.questions import AtAGlance

        question = AtAGlance(self.times, self.judges.versions, self._comparing(), self.now)
        yield from answers(self.opened, question, told=True)

    def _comparing(self) -> Comparing | None:
        from answerable.cli.judging.every.questions import comparing_for

        return comparing_for(self.record, (self.judges.versions,), now=self.now)


def _write_text(
    asked: _Asked, tally: _Tally[JudgedCase], short: _Tally[Checked], again: Sequence[str]
) -> None:
    from answerable.cli.judging.check_text import (
        case_lines,
        policies_called,
        register_lines,
        separated,
        unreadable_lines,
    )
    from answerable.projections.titles import Titles

    opened, cases, times = asked.opened, asked.cases, asked.times
    unreadable = unreadable_lines(asked.judges.versions.unreadable)
    called = policies_called(asked.judges.versions)
    if cases:
        shown = separated(case_lines(each, called) for each in tally)
    else:
        title_of = Titles(opened, times.known_by).of
        shown = register_lines(asked.judges.rules, called, short, title_of, again)
    write_text(opened, cases, times, chain(unreadable, shown), now=asked.now)


def _write_json(
    opened: Ledger,
    judges: Judges,
    tally: _Tally[JudgedCase],
    times: Times,
) -> None:
    from answerable.domain.answers import json_value

    asked = asked_by_zone(*times, opened.head())
    unreadable: Any = json_value(judges.versions.unreadable)
    for case in tally:
        write_json({**asked(case.zone), **case.as_dict(), "unreadable": unreadable})


def _write_tables(
    opened: Ledger,
    judges: Judges,
    tally: _Tally[JudgedCase],
    cases: Sequence[str],
    times: Times,
    form: Form,
) -> None:
    from answerable.cli.judging.check_text import unreadable_lines
    from answerable.cli.shared.formats.writing import write_answer
    from answerable.projections.registers.judging.verdicts import verdict_registers

    for line in unreadable_lines(judges.versions.unreadable):
        note(visible(line.text))
    case = cases[0] if len(cases) == 1 else None
    made = verdict_registers(tally, judges.versions.titles)
    write_answer(opened, form, made, *times, case=case, versions=judges.versions)
