"""`answerable compare`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import console, folded, visible, write_json
from answerable.cli.shared.zone.moments import asked_json
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.cli.shared.text import TextLine
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.consistency.compare import Alike, Group, GroupFilter
    from answerable.projections.output.register import Registers

    Answer = Iterator[TextLine | dict[str, Any]]
    """Lines of text, or JSON values."""

HINT = "Give a label, or an empty text for: not told."


@click.command("compare", cls=PagedCommand)
@click.option("--offence", metavar="CLASS", help=f"Only this class of offence. {HINT}")
@click.option("--responsibility", metavar="HOW", help="Only this responsibility: direct.")
@click.option("--grade", metavar="GRADE", help="Only this grade of post, or an empty text.")
@click.option("--like", metavar="EVENT", help="Only what this finding is compared with.")
@click.option(
    "--outside", is_flag=True, help="For readers outside the house: nothing leads to a person."
)
@click.option("--amounts", is_flag=True, help="With --format csv: short for --register amounts.")
@times_options
@ledger_option
@answer_formats("groups", "findings", "amounts", "outliers", usual="groups")
def command(
    offence: str | None,
    responsibility: str | None,
    grade: str | None,
    like: str | None,
    outside: bool,
    amounts: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show whether like findings were answered alike.

    Findings that hold someone responsible are alike where the class of the offence, the
    responsibility and the grade of the post are the same. Of each group: how grave the gravest
    measure in force is, how much money was lost, and which findings lie outside what is usual among
    the others, by either, with the reasons on record, or that there are none.

    --outside leaves out every person, case, event and reason, and every group of fewer than five.
    EVENT is an event id, at least the first 8 letters of it, or its position.

    \b
    Example:
      answerable compare
      answerable compare --offence "unapproved contact" --grade executive
      answerable compare --like 15
      answerable compare --outside --format csv > discipline.csv
      answerable compare --amounts --format csv > amounts.csv
    """
    if like is not None and (outside or (offence, responsibility, grade) != (None, None, None)):
        raise click.UsageError(
            "--like tells of one finding: it goes with neither --outside nor a filter."
        )
    if amounts and form.name != "csv":
        raise click.UsageError(
            "--amounts goes with --format csv: text and JSON tell amounts anyway."
        )
    if amounts:
        form = form._replace(register="amounts")
    from answerable.projections.consistency.compare import GroupFilter

    asked = GroupFilter(offence, responsibility, grade)
    times = Times(as_of, known_by)
    with open_to_ask(ledger, views=True) as opened:
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer

            made = _registers(opened, asked, like, outside, times, form)
            write_answer(opened, form, made, *times)
            return
        as_json = form.name == "json"
        if like is not None:
            answer = _of_one(opened, like, times, as_json)
        elif outside:
            answer = _outside(opened, asked, times, as_json)
        else:
            answer = _inside(opened, asked, times, as_json)
        out = console()
        for each in answer:
            if isinstance(each, dict):
                write_json(each)
            else:
                text = folded(visible(each.text), sys.stdout)
                out.print(text, style=each.style or None, soft_wrap=True)


def _registers(
    opened: Ledger,
    asked: GroupFilter,
    like: str | None,
    outside: bool,
    times: Times,
    form: Form,
) -> Registers:
    from answerable.projections.consistency import compare as comparing
    from answerable.projections.registers.measuring.compare import (
        OUTLIERS,
        Unusual,
        group_registers,
        released_registers,
    )

    if like is not None:
        return group_registers((_like(opened, like, times).group,), None)
    groups = comparing.compare(opened, asked, **times._asdict())
    if outside:
        from answerable.projections.consistency.public_release import released_groups

        return released_registers(released_groups(groups))
    if form.register not in (None, OUTLIERS.name):
        return group_registers(groups, None)
    from answerable.projections.consistency.wording import measure_words
    from answerable.projections.facts.names import names

    return group_registers(
        groups,
        Unusual(
            lambda group: comparing.outliers(opened, group, **times._asdict()),
            lambda group: comparing.amount_outliers(opened, group, **times._asdict()),
            measure_words,
            names(opened, known_by=times.known_by).called,
        ),
    )


def _inside(opened: Ledger, asked: GroupFilter, times: Times, as_json: bool) -> Answer:
    from answerable.domain.answers import json_value
    from answerable.projections.consistency.compare import amount_outliers, compare, outliers

    head = opened.head()
    groups = compare(opened, asked, **times._asdict())
    if as_json:
        for group in groups:
            found = json_value([*outliers(opened, group, **times._asdict())])
            lost = json_value([*amount_outliers(opened, group, **times._asdict())])
            yield {
                **_asked(times, head, opened.zone),
                **_value(group),
                "outliers": found,
                "amount_outliers": lost,
            }
    else:
        from answerable.cli.measuring import compare_text

        called = compare_text.called(opened, times)
        yield compare_text.in_all(groups)
        yield from compare_text.asked(*times)
        for group in groups:
            yield from compare_text.group_lines(group)
            for each in outliers(opened, group, **times._asdict()):
                yield from compare_text.unusual_lines(each, called)
            told = set[str]()
            for lost in amount_outliers(opened, group, **times._asdict()):
                # What is unusual as a whole is not told again of the kind of measure.
                if lost.unit.event_id not in told:
                    yield from compare_text.unusual_amount_lines(lost, called)
                told.add(lost.unit.event_id)
        yield from compare_text.footer(head)


def _outside(opened: Ledger, asked: GroupFilter, times: Times, as_json: bool) -> Answer:
    from answerable.domain.answers import json_value
    from answerable.projections.consistency.compare import compare
    from answerable.projections.consistency.public_release import released_groups

    head = opened.head()
    groups = released_groups(compare(opened, asked, **times._asdict()))
    if as_json:
        for each in groups:
            yield {**_asked(times, head, opened.zone), **json_value(each)}
    else:
        from answerable.cli.measuring import compare_text

        yield from compare_text.asked(*times)
        yield from compare_text.outside_lines(groups)
        yield from compare_text.footer(head)


def _of_one(opened: Ledger, text: str, times: Times, as_json: bool) -> Answer:
    from answerable.domain.answers import json_value

    head = opened.head()
    found = _like(opened, text, times)
    if as_json:
        value = {"finding": found.unit, "place": found.place, "comparators": found.comparators}
        yield {
            **_asked(times, head, opened.zone),
            **json_value(value),
            "group": _value(found.group),
        }
    else:
        from answerable.cli.measuring import compare_text

        yield from compare_text.alike_lines(
            found, compare_text.called(opened, times), compare_text.asked(*times)
        )
        yield from compare_text.footer(head)


def _like(opened: Ledger, text: str, times: Times) -> Alike:
    from answerable.cli.shared.references import find_event
    from answerable.projections.consistency.compare import like

    event = find_event(opened, text)
    return like(opened, event.case_id, event.event_id, **times._asdict())


def _asked(times: Times, head: TreeHead, zone: Zone) -> dict[str, Any]:
    return asked_json(*times, head, zone)


def _value(group: Group) -> dict[str, Any]:
    """Write a group for programs. Where a finding stands, its outliers tell."""
    from answerable.domain.answers import json_value

    value: dict[str, Any] = json_value(group)
    del value["places"]
    return value
