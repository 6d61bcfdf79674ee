"""`answerable search`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import console, line_writer, note, visible, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_json, localised
from answerable.domain.language.saying import figures, punctuation, say, say_count
from answerable.domain.zone.zone import Zone
from answerable.projections.search.unsearched import unsearched_words
from answerable.projections.wording.counts import capital
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from rich.text import Text

    from answerable.domain.search.request import SearchRequest
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.search.search import Result, SearchAnswer

INDENT = 5
"""Columns that what is said of a text stands in from its first line."""


@click.command("search", cls=PagedCommand)
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@click.option("--case", metavar="CASE", help="Only in this case.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only in events of this kind. Repeatable.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD",
    help="Only in this field: reasons, conduct, name … Repeatable.",
)
@click.option("--about", metavar="WHO", help="Only in texts about this party.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="NUMBER",
    help="Show so many at most.",
)
@times_options
@ledger_option
@answer_formats("search")
def command(
    words: tuple[str, ...],
    case: str | None,
    kinds: tuple[str, ...],
    fields: tuple[str, ...],
    about: str | None,
    limit: int,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Search the names and narratives that are open to read.

    A text is found if it has all the words of the QUERY, in any order, whatever their case and
    accents. In QUERY, "..." holds words in a row, * at a word's end stands for any ending, OR
    stands between two of which one will do, and - before a word keeps out the texts that have it.
    Put the whole in single quotes. WHO is a pseudonym or a registered name.

    Withheld and erased texts cannot be searched; how many there are is told.

    \b
    Example:
      answerable search apology
      answerable search '"bonus cancel*" OR reprimand -draft' --case acme
      answerable search 道歉 --known-by 2026-01-31 --json
    """
    with open_to_ask(ledger, named=bool(about), texts=True) as opened:
        from answerable.projections.facts.names import names
        from answerable.projections.search.search import search

        request = _request(opened, " ".join(words), case, kinds, fields, about)
        answer = search(opened, request, as_of=as_of, known_by=known_by, limit=limit)
        known = names(opened, known_by=known_by)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.reading.search import search_register
            from answerable.projections.titles import Titles

            made = search_register(answer, known.called, Titles(opened, known_by).of)
            write_answer(opened, form, made, as_of, known_by, case=case)
            for said in _summary(answer):
                note(said)
            return
        if form.name == "json":
            zone_of = zones_of(opened, known_by)
            value = _json(opened, answer, known, as_of, known_by)
            write_json(localised(value, opened.zone, zone_of))
            return
        _show(opened, answer, known, as_of, known_by)
    if not answer.ranked:
        note(say("The index could not be used, so every text was read; the oldest come first."))
    if not answer.total:
        note(
            say(
                "Words are found whole: {example} finds what begins so. "
                "Public fields are in {log}.",
                example="`apolog*`",
                log="`log`",
            )
        )


def _request(
    opened: Ledger,
    text: str,
    case: str | None,
    words: tuple[str, ...],
    fields: tuple[str, ...],
    about: str | None,
) -> SearchRequest:
    from answerable.cli.shared.references import check_case, party
    from answerable.domain.kinds import kind_named
    from answerable.domain.search.query import query
    from answerable.domain.search.request import SearchRequest, searched_field

    asked = query(text)
    if case is not None:
        check_case(opened, case)
    return SearchRequest(
        asked,
        case,
        frozenset(map(kind_named, words)) or None,
        frozenset(map(searched_field, fields)) or None,
        None if about is None else party(opened, about),
    )


def _json(
    opened: Ledger,
    answer: SearchAnswer,
    known: Names,
    as_of: Asked | None,
    known_by: Asked | None,
) -> dict[str, Any]:
    from answerable.domain.answers import json_value

    parties = dict.fromkeys(party for each in answer.results for party in each.about)
    return {
        **asked_json(as_of, known_by, opened.head(), opened.zone),
        **json_value(answer),
        "parties": json_value([known.of(party) for party in parties]),
    }


def _show(
    opened: Ledger,
    answer: SearchAnswer,
    known: Names,
    as_of: Asked | None,
    known_by: Asked | None,
) -> None:
    from rich.padding import Padding

    from answerable.projections.titles import Titles

    out = console()
    write = line_writer()
    folds = sys.stdout.isatty()
    for said in _summary(answer):
        write(said, None)
    if asked := asked_line(as_of, known_by):
        write(capital(asked), "dim")
    zone_of = zones_of(opened, known_by)
    titles = Titles(opened, known_by)
    for each in answer.results:
        title = case_words(each.case_id, titles.of(each.case_id))
        write("", None)
        write(_heading(each, title, zone_of(each.case_id)), "bold")
        for line in _below(each, known):
            if folds:
                out.print(Padding(line, (0, 0, 0, INDENT), expand=False))
            else:
                out.print(" " * INDENT, line, sep="", soft_wrap=True)
    write("", None)
    write(head_line(opened.head()), "dim")


def _heading(result: Result, case: str, zone: Zone) -> str:
    """Say where a text stands: in which event, in which of its fields, and in which case."""
    from answerable.projections.wording.dates import date
    from answerable.projections.wording.lines.nouns import noun
    from answerable.projections.wording.vocabulary import label

    field = label(result.field)
    said = say(
        "#{position}  {field} of {kind}, {date}, in {case}",
        position=result.position,
        field=say("{field} (correction)", field=field) if result.corrects else field,
        kind=noun(result.kind),
        date=date(result.occurred, zone),
        case=case,
    )
    return visible(said)


def _below(result: Result, known: Names) -> Iterator[Text]:
    from rich.text import Text

    marked = ((visible(piece.text), "bold" if piece.hit else "") for piece in result.excerpt)
    yield Text.assemble(*marked)
    about = punctuation(", ").join(visible(known.called(party)) for party in result.about)
    said = [say("about {parties}", parties=about)] if about else []
    said.extend(_marks(result))
    if said:
        yield Text(" · ".join(said), style="dim")


def _marks(result: Result) -> Iterator[str]:
    """Say how the text stands."""
    from answerable.projections.wording.answers import by_then

    if doubt := by_then(result.happened):
        yield doubt
    if result.corrected == "yes":
        yield say("later corrected")
    if result.corrected == "unknown":
        yield say("indeterminate: a correction of it is not at hand")
    if result.retracted_by:
        yield say("retracted")
    if result.disputed_by:
        yield say("disputed")


def _summary(answer: SearchAnswer) -> Iterator[str]:
    """Say how much was found, and how much could not be looked into."""
    found = say_count("{number} text found", "{number} texts found", answer.total)
    if answer.indeterminate:
        unsure = figures(answer.indeterminate)
        found = say("{found}, {number} of them indeterminate", found=found, number=unsure)
    if len(answer.results) < answer.total:
        found = say(
            "{found}; the first {number} are shown (--limit shows more)",
            found=found,
            number=figures(len(answer.results)),
        )
    yield say("{sentence}.", sentence=found)
    if gone := unsearched_words(answer.erased, answer.withheld):
        yield gone
