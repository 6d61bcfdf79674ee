"""`answerable next`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.case_named import case_argument
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.domain.language.saying import say, say_as, say_count, to_say, to_say_count

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.following.following import Pile
    from answerable.projections.following.steps import Step

HEADS = {
    "usual": to_say("Usually next"),
    "open": to_say("Open"),
    "wrong": to_say("Wrong"),
    "missing": to_say("Not on record"),
    "undated": to_say("Not dated"),
}

NUMBERS = {
    "usual": to_say_count("{number} step usually follows", "{number} steps usually follow"),
    "open": to_say_count("{number} thing is open", "{number} things are open"),
    "wrong": to_say_count("{number} thing is wrong", "{number} things are wrong"),
    "missing": to_say_count("{number} thing is not on record", "{number} things are not on record"),
    "undated": to_say_count("{number} event is not dated", "{number} events are not dated"),
}
"""Says how many steps there are of each sort."""

SHOWN = 4
"""The most events of a pile that are named by their numbers."""


@click.command("next", cls=PagedCommand)
@case_argument
@click.option("--all", "each", is_flag=True, help="Every step with a command of its own.")
@ledger_option
@answer_formats("next")
def command(case: str, each: bool, ledger: str | None, form: Form) -> None:
    """Show what usually follows in a case, and what is missing or wrong, as commands.

    What is usual next is told by what stands last; what is open, by what has no end on record;
    what is missing or wrong, by what each act must rest on. Each comes with the command that
    records it, complete but for what only you know: that stands as an ellipsis, or in capitals.
    What no event mends has the command that tells what is behind it. A closed case is reopened
    first. Where several steps ask for the same thing, the first has its command; --all gives each
    its own.

    \b
    Example:
      answerable next acme
      answerable next acme --all
    """
    with open_to_ask(ledger) as opened:
        from answerable.projections.facts.names import names
        from answerable.projections.facts.record_view import RecordView
        from answerable.projections.following.following import following, granted, piles
        from answerable.projections.titles import title_of

        known = names(opened)
        record = RecordView(opened, name_of=known.called, type_of=known.type_of)
        steps = following(record.recorded_case(case), granted(opened))
        title = title_of(opened, case)
        if form.tabular:
            from answerable.cli.shared.drafts import command_line
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.asking.next import next_register

            made = next_register(steps, lambda step: command_line(opened, known, step)[1:-1])
            write_answer(opened, form, made, None, None, case=case)
            return
        if form.name == "json":
            write_json(
                {
                    "case_id": case,
                    "title": None if title == case else title,
                    "next": [_json(opened, known, step) for step in steps],
                }
            )
            return
        write = line_writer()
        for text, style in _lines(opened, known, title, list(piles(steps)), each=each):
            write(visible(text), style)


def _json(opened: Ledger, known: Names, step: Step) -> dict[str, object]:
    from answerable.cli.shared.drafts import command_words
    from answerable.projections.following.steps import whole

    fields = [{"field": name, "value": value} for name, value in whole(step)]
    words = command_words(opened, known, step)
    return {**step.as_dict(), "fields": fields, "command": ["answerable", *words]}


def _lines(
    opened: Ledger, known: Names, title: str, piles: list[Pile], *, each: bool
) -> Iterator[tuple[str, str | None]]:
    if not piles:
        yield say("{title}: nothing is open, and nothing is missing.", title=title), "bold"
        return
    yield say("{title}: {told}", title=title, told=_answer(piles)), "bold"
    head = ""
    for pile in piles:
        if pile.steps[0].sort != head:
            head = pile.steps[0].sort
            yield "", None
            yield say(HEADS[head]), "bold"
        yield from _pile(opened, known, pile, each=each)


def _answer(piles: list[Pile]) -> str:
    """Say what there is of each sort: "two steps are usual next, seven things are open"."""
    from answerable.projections.wording.counts import listed

    number: dict[str, int] = {}
    for pile in piles:
        sort = pile.steps[0].sort
        number[sort] = number.get(sort, 0) + len(pile.steps)
    told = listed(say_count(*NUMBERS[sort], count) for sort, count in number.items())
    return say("{sentence}.", sentence=told)


def _pile(
    opened: Ledger, known: Names, pile: Pile, *, each: bool
) -> Iterator[tuple[str, str | None]]:
    from answerable.cli.shared.drafts import command_line

    if each or len(pile.steps) == 1:
        for step in pile.steps:
            yield f"  {_of(step)}", None
            yield f"    {command_line(opened, known, step)}", "cyan"
        return
    first = pile.steps[0]
    others = [f"#{step.position}" for step in pile.steps[1:]]
    said = say("{number} × {what}", number=len(pile.steps), what=_of(first))
    if first.position is not None:
        also = say_as("list", ", ").join(others[:SHOWN])
        if len(others) > SHOWN:
            also = say("{events}, …", events=also)
        said = say("{what}; also {events}", what=said, events=also)
    yield f"  {said}", None
    yield f"    {command_line(opened, known, first)}", "cyan"


def _of(step: Step) -> str:
    """Say what a step is for: "the evidence behind it: the finding about Xu Fei, #16"."""
    if step.sort == "usual":
        from answerable.projections.wording.vocabulary import words

        kind = words(step.kind)
        return say("{kind}, after {event}", kind=kind, event=step.about) if step.about else kind
    if step.sort == "wrong":
        said = step.about
        if step.position is not None:
            said = say("{what}, #{position}", what=said, position=step.position)
        return say("{what}: {detail}", what=said, detail=step.what)
    said = say(step.what)
    if step.about:
        said = say("{what}: {detail}", what=said, detail=step.about)
    if step.position is None:
        return said
    return say("{what}, #{position}", what=said, position=step.position)
