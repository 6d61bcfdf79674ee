"""Say what a sheet comes to: its rows as events in words, and what of them does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.head import head_line
from answerable.cli.shared.output import visible
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.ledger.tlog.checkpoint import Checkpoint
    from answerable.ledger.transfer.import_ import ImportTally
    from answerable.ledger.transfer.sheet.mapping import MappedRow
    from answerable.ledger.transfer.sheet.survey import Survey

REGISTERED = "party"
"""Name the registration of a party that a row names."""

MOST = 20
"""The most misfits that are told one by one."""

LONGEST = 120
"""The most characters of a text that are shown."""

MOST_WORDS = 10
"""The most words, or rows, that a sentence names."""


def misfit_words(found: Survey) -> str:
    """Say what does not fit: the first of it, and how much more there is."""
    lines = [f"{counted(found.misfit_count, 'thing does', 'things do')} not fit, in "
             f"{counted(len(found.unfit), 'row', 'rows')} of {found.rows:,}:"]  # fmt: skip
    lines += [f"  {visible(str(misfit))}" for misfit in found.misfits[:MOST]]
    if found.misfit_count > MOST:
        lines.append(f"  and {found.misfit_count - MOST:,} more")
    return "\n".join(lines)


def show_trial(found: Survey, tally: ImportTally | None, called: Callable[[str], str]) -> None:
    """Show what a sheet would come to.

    Args:
        found: the sheet, looked over.
        tally: what would be recorded; None where something does not fit.
        called: what to call a party.
    """
    if tally is None:
        click.echo(f"Nothing would be recorded: {misfit_words(found)}")
    else:
        click.echo(
            f"Nothing is recorded; it would be: {counted(tally.recorded, 'event')} from "
            f"{counted(found.rows, 'row')}; on record already: {tally.known:,}"
        )
    for line in kind_lines(found.kinds):
        click.echo(line)
    for row in found.first:
        for line in row_lines(row, called):
            click.echo(line)


def show_recorded(found: Survey, tally: ImportTally, head: TreeHead | Checkpoint) -> None:
    """Say what was recorded of a sheet."""
    click.echo(
        f"Recorded: {counted(tally.recorded, 'event')} from {counted(found.rows, 'row')}; on "
        f"record already: {tally.known:,}"
    )
    for line in kind_lines(found.kinds):
        click.echo(line)
    click.echo(f"  {head_line(head)}")


def kind_lines(kinds: Counter[str]) -> Iterator[str]:
    """Say how many events of each kind the rows tell."""
    width = max((len(f"{number:,}") for number in kinds.values()), default=0)
    for kind, number in kinds.items():
        yield f"  {number:{width},}  {kind}"


def row_lines(row: MappedRow, called: Callable[[str], str]) -> Iterator[str]:
    """Say a row as events, in words."""
    from answerable.projections.wording.sentence import sentence

    yield f"Row {row.row.number:,}:"
    for draft in row.drafts:
        fields = draft.fields
        said = visible(sentence(fields["kind"], fields, called))
        if draft.name == REGISTERED:
            yield f"  {said}"
            continue
        yield f"  {fields.get('occurred', 'date not told')}  {said}"
        for name in _texts(fields):
            yield f"    {name.replace('_', ' ')}: {_short(str(fields[name]))}"


def _short(text: str) -> str:
    squeezed = visible(" ".join(text.split()))
    return squeezed if len(squeezed) <= LONGEST else f"{squeezed[: LONGEST - 1]}…"


def _texts(fields: dict[str, Any]) -> list[str]:
    """Return the fields that a sentence leaves out, for they are sealed."""
    from answerable.domain.kinds import model

    sealed = model(fields["kind"]).sealed
    return [name for name in fields if name in sealed and name not in ("sources", "sealed_fields")]


def remarks_on(found: Survey, hidden: Sequence[str]) -> Iterator[str]:
    """Say what of a sheet is left out, or was guessed, though it fits: each sort once."""
    yield from hidden
    if found.unmentioned:
        columns = ", ".join(found.unmentioned)
        yield f"Not mapped, so not recorded: {columns}. (`ignore` in the map says so.)"
    if found.idle:
        yield f"No event, so not recorded: {_rows(found.idle)}."
    if found.comments:
        yield f"Passed over, as the map has it by `comment`: {counted(found.comments, 'row')}."
    if found.strange:
        called = [f"{name} ({party})" for party, name in found.strange]
        yield f"Names of parties on record that are not, and are not recorded: {_first(called)}."
    tables: dict[str, list[str]] = {}
    for (table, word), times in found.guessed.most_common():
        tables.setdefault(table, []).append(f"{word!r}" + (f" ({times:,})" if times > 1 else ""))
    for table, words in tables.items():
        yield f"Taken for `*` in [tables.{table}]: {_first(words)}."


def _rows(numbers: Sequence[int]) -> str:
    word = "row" if len(numbers) == 1 else "rows"
    return f"{word} {_first([f'{number:,}' for number in numbers])}"


def _first(things: Sequence[str]) -> str:
    """Say the first of some things, and how many more there are."""
    more = len(things) - MOST_WORDS
    told = visible(", ".join(things[:MOST_WORDS]))
    return f"{told} and {more:,} more" if more > 0 else told


def survey_json(found: Survey, hidden: Sequence[str]) -> dict[str, Any]:
    """Return what a sheet comes to as JSON values."""
    return {
        "rows": found.rows,
        "kinds": dict(found.kinds),
        "misfits": [misfit._asdict() for misfit in found.misfits],
        "misfit_count": found.misfit_count,
        "rows_that_do_not_fit": sorted(found.unfit),
        "rows_without_events": found.idle,
        "columns_not_mapped": found.unmentioned,
        "comments": found.comments,
        "guessed": [
            {"table": table, "word": word, "times": times}
            for (table, word), times in found.guessed.items()
        ],
        "names_not_on_record": [{"party": party, "name": name} for party, name in found.strange],
        "hidden": [*hidden],
        "events": [
            {"row": row.row.number, "events": [draft.fields for draft in row.drafts]}
            for row in found.first
        ],
    }
