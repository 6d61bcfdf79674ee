"""Tell what an answer in registers holds for: what was asked, of which log, as of when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from answerable.cli.shared.zone.asked import zones_of
from answerable.domain.zone.day_end import DayEnd, moment_in

if TYPE_CHECKING:
    from answerable.cli.shared.formats.form import Form
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.output.register import About, Times

TOLD_APART = frozenset(
    ("form", "as_json", "register", "output", "force", "ledger", "as_of", "known_by", "language")
)
"""The parameters that are no part of the question, or that are told apart."""


def about_answer(
    opened: Ledger,
    form: Form,
    as_of: Asked | None,
    known_by: Asked | None,
    *,
    case: str | None = None,
    versions: Versions | None = None,
) -> About:
    """Tell what an answer holds for.

    Args:
        opened: the ledger.
        form: how it is written; only a workbook tells of policies.
        as_of: the moment asked about.
        known_by: the moment by which the record was asked about.
        case: the one case asked about, whose days are meant; None: those of who asks.
        versions: the policies that judged; left out, those that the record tells of.
    """
    from answerable.projections.output.register import About

    head = opened.head()
    zone_of = zones_of(opened, known_by)
    zone = opened.zone if case is None else zone_of(case)
    by_day = isinstance(as_of, DayEnd) or isinstance(known_by, DayEnd)

    def times_in(one: str) -> Times:
        there = zone_of(one)
        return moment_in(as_of, there), moment_in(known_by, there)

    policies: Sequence[str] = ()
    if form.name == "xlsx":
        found = versions or _versions(opened, as_of, known_by)
        policies = [each.name for each in found.readable]
    return About(
        " ".join(_question()),
        moment_in(as_of, zone),
        moment_in(known_by, zone),
        head.size,
        head.root,
        last_recorded(opened, head.size),
        program_version(),
        tuple(policies),
        times_in if case is None and by_day else None,
    )


def program_version() -> str:
    """Return the version of this program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("answerable")
    except PackageNotFoundError:
        return "of a checkout"


def _versions(opened: Ledger, as_of: Asked | None, known_by: Asked | None) -> Versions:
    from answerable.projections.conformance.in_force.versions import versions_of
    from answerable.projections.facts.record_view import RecordView

    return versions_of(RecordView(opened, as_of, known_by))


def last_recorded(opened: Ledger, size: int) -> datetime | None:
    """Tell when the last of so many entries was recorded; None: there is none."""
    last = next(iter(opened.events(since=size - 1)), None) if size else None
    return None if last is None else datetime.fromisoformat(last.recorded_at)


def _question() -> Iterator[str]:
    """Yield the words of the command line that say what is asked."""
    context = click.get_current_context()
    yield context.command_path.partition(" ")[2]
    for each in context.command.get_params(context):
        name = each.name or ""
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name in context.params and name not in TOLD_APART:
            yield from _words(each, context.params[name])


def _words(parameter: click.Parameter, value: Any) -> Iterator[str]:
    from shlex import quote

    flag = max(parameter.opts, key=len)
    for each in value if isinstance(value, list | tuple) else (value,):
        if isinstance(parameter, click.Argument):
            yield quote(str(each))
        elif isinstance(each, bool) or parameter.is_flag:  # type: ignore[attr-defined]
            yield flag
        else:
            yield f"{flag} {quote(str(each))}"
