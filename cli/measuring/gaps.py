"""`answerable gaps`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.options import json_option, ledger_option, open_ledger, times_options
from answerable.cli.shared.output import line_writer, note, visible, write_json
from answerable.cli.shared.signed.verdict import Verdict
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_json

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.gaps import ByOwner, Need, OpenItems

SHOWN = 8
"""The most things of one kind, over all cases, of which the places are told."""


@click.command("gaps", cls=Verdict)
@click.option("--case", metavar="CASE", help="Only this case, with everything at length.")
@click.option(
    "--consistency",
    is_flag=True,
    help="Also what is unusual among like findings, and has no reason on record.",
)
@click.option("--check", is_flag=True, help="End with exit code 1 if anything is overdue.")
@times_options
@ledger_option
@json_option
def command(
    case: str | None,
    consistency: bool,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    as_json: bool,
) -> int:
    """Show what is open, overdue or unexplained, and from whom it is needed.

    What was imposed, promised or begun and has no end on record; which links are missing behind a
    sanction, a bar, a decision or a finding; which dates are not told; which built-in checks fail
    or cannot tell. Each under whom it is needed from, where the record names them: who promised
    it, who leads the investigation, else who owns the case. What is overdue comes first.

    Deadlines are judged as of the date that --as-of gives; without one, none is. With --json, each
    thing takes a line, case by case.

    \b
    Example:
      answerable gaps --as-of 2026-03-31
      answerable gaps --case acme
      answerable gaps --as-of 2026-03-31 --check --json
      answerable gaps --consistency
    """
    if check and as_of is None:
        raise click.UsageError("--check judges deadlines, and needs --as-of to judge them by.")
    with open_ledger(ledger) as opened:
        known, found = _needs(opened, case, consistency, as_of, known_by)
        head = opened.head()
        zone = None if case is None else zones_of(opened, known_by)(case)
        if as_json:
            overdue = False
            asked = asked_json(as_of, known_by, head, zone or opened.zone)
            for each in found:
                overdue = overdue or each.overdue == "yes"
                write_json(_value(each, asked, known))
        else:
            from answerable.cli.shared.text import holds_for
            from answerable.projections.gaps import by_owner

            listed = by_owner(found, keep=None if case else SHOWN)
            overdue = any(pile.rank == 0 for heap in listed for pile in heap.piles)
            write = line_writer()
            write(holds_for(as_of, known_by, head, zone), "dim")
            for text, style in _lines(listed, known, at_length=case is not None):
                write(visible(text), style)
    if as_of is None and not as_json:
        note("Nothing is judged to be overdue: --as-of gives the date to judge by.")
    return 1 if check and overdue else 0


def _needs(
    opened: Ledger,
    case: str | None,
    consistency: bool,
    as_of: Asked | None,
    known_by: Asked | None,
) -> tuple[Names, Iterator[Need]]:
    from answerable.projections.facts.names import names
    from answerable.projections.gaps import needs

    known = names(opened, known_by=known_by)
    return known, needs(
        opened, case=case, consistency=consistency, as_of=as_of, known_by=known_by, known=known
    )


def _value(need: Need, asked: dict[str, Any], known: Names) -> Any:
    """Write one thing for programs."""
    from answerable.domain.answers import json_value

    name = None if need.whom is None else known.called(need.whom)
    return json_value({**asked, **need._asdict(), "needed_from": name})


def _lines(
    heaps: tuple[ByOwner, ...], known: Names, *, at_length: bool
) -> Iterator[tuple[str, str | None]]:
    for heap in heaps:
        yield "", None
        yield _asked(heap, known), "bold"
        for pile in heap.piles:
            yield from _pile(pile, at_length=at_length)
    if not heaps:
        yield "Nothing is open, and nothing is unexplained.", None


def _asked(heap: ByOwner, known: Names) -> str:
    """Say whom things are needed from: "Jane Doe (p-7), who owns the case"."""
    from answerable.projections.wording.party import party_words

    if heap.whom is None:
        return "From whom is not told"
    return f"From {party_words(known.of(heap.whom))}, who {heap.role}"


def _pile(pile: OpenItems, *, at_length: bool) -> Iterator[tuple[str, str | None]]:
    """Say how many things of one kind there are, and where; at length, what each is."""
    from answerable.projections.wording.answers import marked, whether
    from answerable.projections.wording.counts import repeated
    from answerable.projections.wording.obligation import OVERDUE, open_words

    mark, style = {
        0: (f"{OVERDUE}: ", "bold red"),
        1: (f"{whether('unknown', 'overdue')}: ", "yellow"),
        2: ("open: ", "yellow"),
    }.get(pile.rank, ("", None))
    what = repeated(pile.number, pile.what)
    if not at_length:
        whole = pile.number == len(pile.first) > 1
        alike = whole and all(each.open == "unknown" for each in pile.first)
        doubt = f"each {open_words('unknown')}" if alike else None
        where = ", ".join(
            marked(f"{each.case_id}{_at(each)}", _marks(each, doubted=not alike))
            for each in pile.first
        )
        more = ", …" if pile.number > len(pile.first) else ""
        yield f"  {mark}{marked(what, (doubt,))}: {where}{more}", style
        return
    yield f"  {mark}{what}", style
    for each in pile.first:
        yield marked(f"   {_at(each)} {each.text}", _marks(each)), None


def _at(need: Need) -> str:
    return "" if need.position is None else f" #{need.position}"


def _marks(need: Need, *, doubted: bool = True) -> Iterator[str]:
    """Say by when something is needed, and whether it is open at all."""
    from answerable.projections.wording.obligation import due_words, open_words

    if need.due is not None:
        yield due_words(need.due)
    if doubted and need.open == "unknown":
        yield open_words(need.open)
