"""Listing the events that a missing option may be meant for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from answerable.cli.recording.given.referring import listing
from answerable.cli.shared.case_named import VARIABLE
from answerable.cli.shared.options import ledger_place
from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.catalogue import CATALOGUE


def events_wanted(ctx: click.Context, args: Sequence[str]) -> Iterator[str]:
    """Say which events of its case an event may act upon, where a command line names none.

    Where the case is not named either, or the ledger cannot be read, nothing is said: what is
    missing has been told.

    Args:
        ctx: the context of a kind's command.
        args: the command line.
    """
    kind = ctx.command.name or ""
    given, _, _ = ctx.command.make_parser(ctx).parse_args(args=list(args))
    case = given.get("case_id") or os.environ.get(VARIABLE)
    wanted = {
        refers.kinds
        for name, refers in (model(kind).references.items() if kind in FAMILY else ())
        if refers.here and refers.kinds and name not in given and _needs(kind, name)
    }
    if not case or not wanted:
        return
    with suppress(AnswerableError, OSError):
        from answerable.ledger.ledger import Ledger
        from answerable.projections.facts.names import names
        from answerable.projections.facts.record_view import RecordView
        from answerable.projections.grounds.candidates import candidates

        with Ledger.open(ledger_place(given.get("ledger"))) as opened:
            view = RecordView(opened, name_of=names(opened).called).case(case)
            for kinds in wanted:
                there = candidates(view, kinds, CATALOGUE[kind].not_after)
                yield listing(there, kinds, case)


def _needs(kind: str, name: str) -> bool:
    of_kind = model(kind)
    return of_kind.model_fields[of_kind.attributes[name]].is_required()
