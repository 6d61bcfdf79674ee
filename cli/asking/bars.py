"""`answerable bars`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.paging import PagedVerdict
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.options import ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import line_writer, visible, write_json
from answerable.cli.shared.terminal.screen import fold, screen_width
from answerable.cli.shared.text import TextLine
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_json, localised
from answerable.domain.language.saying import figures, say, say_count
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.projections.accountability.bars import Bar, Contact
    from answerable.projections.bar_register import BarEntry
    from answerable.projections.facts.names import Names
    from answerable.projections.titles import TitleOf


@click.command("bars", cls=PagedVerdict)
@click.option("--party", metavar="WHO", help="Only bars on this party.")
@click.option("--case", metavar="CASE", help="Only bars imposed in this case.")
@click.option("--in-force", is_flag=True, help="Only bars that are, or may be, in force.")
@click.option("--check", is_flag=True, help="End with exit code 1 if a contact is inside a bar.")
@times_options
@ledger_option
@answer_formats("bars", "contacts")
def command(
    party: str | None,
    case: str | None,
    in_force: bool,
    check: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> int:
    """Show who is barred from what, and who was contacted since.

    Each bar tells its interval, its scope where that is open to read, what it rests on, and every
    later contact with the party, in any case. An end that is not stated is not for ever. Contacts
    that may lie inside a bar, or may not, are marked as indeterminate; --check passes them.

    WHO is a pseudonym or a registered name.

    \b
    Example:
      answerable bars
      answerable bars --in-force --as-of 2026-03-31
      answerable bars --party org-7 --check
    """
    from answerable.cli.shared.references import asked_about, check_case, check_on_record
    from answerable.projections.bar_register import all_bars, bar_entries
    from answerable.projections.facts.names import names
    from answerable.projections.titles import Titles

    with open_to_ask(ledger, views=True, named=party is not None) as opened:
        known = names(opened, known_by=known_by)
        if case is not None:
            check_case(opened, case, known_by)
        zone = None if case is None else zones_of(opened, known_by)(case)
        who = None if party is None else asked_about(opened, known, party)
        found = all_bars(opened, case=case, party=who, as_of=as_of, known_by=known_by)
        if who is not None:
            check_on_record(known, who, named=bool(found))
        chosen = [bar for bar in found if not in_force or bar.may_hold]
        entries = list(bar_entries(opened, chosen, known_by=known_by, name_of=known.called))
        head = opened.head()
        zone_of = zones_of(opened, known_by)
        if form.tabular:
            from answerable.cli.shared.formats.writing import write_answer
            from answerable.projections.registers.asking.bars import bars_registers
            from answerable.projections.registers.asking.said import Naming

            made = bars_registers(entries, Naming(known, Titles(opened, known_by).of))
            write_answer(opened, form, made, as_of, known_by, case=case)
        elif form.name == "json":
            asked = asked_json(as_of, known_by, head, zone or opened.zone)
            told = {"bars": [_json(entry, known) for entry in entries]}
            write_json({**asked, **localised(told, opened.zone, zone_of)})
        else:
            _show(
                _drawn(
                    entries,
                    known,
                    Titles(opened, known_by).of,
                    zone_of,
                    narrowed=in_force or bool(case or who),
                ),
                asked_line(as_of, known_by, zone),
                head,
            )
    return 1 if check and any(entry.breached for entry in entries) else 0


def _json(entry: BarEntry, known: Names) -> dict[str, Any]:
    from answerable.domain.answers import json_value

    value: dict[str, Any] = json_value(entry.bar)
    value["party"] = json_value(known.of(entry.bar.counterparty))
    value["scope"] = json_value(entry.scope)
    value["rests_on"] = json_value(entry.rests_on)
    value["breached"] = entry.breached
    return value


def _show(answer: Iterator[TextLine], asked: str, head: TreeHead) -> None:
    """Write the times asked about, if any, the answer, and the log that it is from."""
    from answerable.projections.wording.counts import capital

    write, width = line_writer(), screen_width()
    if asked:
        write(capital(asked), "dim")
    for line in answer:
        for text in fold(line.text, width):
            write(text, line.style or None)
    write("", None)
    write(head_line(head), "dim")


def _drawn(
    entries: list[BarEntry],
    known: Names,
    title_of: TitleOf,
    zone_of: Callable[[str], Zone],
    *,
    narrowed: bool,
) -> Iterator[TextLine]:
    """Say how many bars and contacts there are, and then each bar."""
    if not entries:
        none = say("There is no such bar.") if narrowed else say("No bar is on record.")
        yield TextLine(none)
        return
    contacts = [contact for entry in entries for contact in entry.bar.contacts]
    breaches = [contact.breach for contact in contacts]
    inside, unsure = breaches.count("yes"), breaches.count("unknown")
    others = sum(contact.other_house for contact in contacts)
    said = say_count(
        "{number} bar. Contacts inside a bar: {inside}; indeterminate: {unsure}.",
        "{number} bars. Contacts inside a bar: {inside}; indeterminate: {unsure}.",
        len(entries),
        inside=figures(inside),
        unsure=figures(unsure),
    )
    if others:
        elsewhere = say(
            "Contacts that are or may be inside another house's bar: {number}.",
            number=figures(others),
        )
        said = say("{first} {then}", first=said, then=elsewhere)
    yield TextLine(said, "bold red" if inside else "bold yellow" if unsure else "bold green")
    for entry in entries:
        yield TextLine("")
        yield TextLine(_heading(entry.bar, known), "bold")
        for line in _below(entry, zone_of(entry.bar.case_id), title_of):
            yield line._replace(text=f"  {line.text}")


def _heading(bar: Bar, known: Names) -> str:
    from answerable.projections.wording.bar import bar_words
    from answerable.projections.wording.party import party_words

    who = party_words(known.of(bar.counterparty))
    barred = bar_words(bar, known.called)
    return visible(say("{party}: {what}", party=who, what=barred))


def _below(entry: BarEntry, zone: Zone, title_of: TitleOf) -> Iterator[TextLine]:
    from answerable.cli.shared.text import quoted
    from answerable.projections.wording.dates import dated
    from answerable.projections.wording.vocabulary import state_words

    told = entry.scope.state == "told"
    scope = quoted(entry.scope.value) if told else state_words(entry.scope.state)
    yield TextLine(say("scope: {scope}", scope=scope))
    if entry.bar.notice_date is not None:
        yield TextLine(dated(say("told to them"), entry.bar.notice_date, zone))
    yield TextLine(_facts(entry.bar, zone, title_of), "dim")
    for ground in entry.rests_on:
        said = say(
            "rests on: {what} #{position}", what=visible(ground.gist), position=ground.position
        )
        if not ground.stands:
            said = say("{what}, retracted", what=said)
        yield TextLine(said, "" if ground.stands else "strike")
    if not entry.rests_on:
        yield TextLine(say("rests on: nothing on record"), "yellow")
    for contact in entry.bar.contacts:
        yield _contact(contact, entry.bar.case_id, title_of)


def _facts(bar: Bar, zone: Zone, title_of: TitleOf) -> str:
    from answerable.projections.wording.answers import appeal_mark, by_then
    from answerable.projections.wording.dates import date
    from answerable.projections.wording.leading.case import case_words
    from answerable.projections.wording.vocabulary import state_words

    marks = [
        f"#{bar.position}",
        visible(case_words(bar.case_id, title_of(bar.case_id))),
        date(bar.occurred, zone),
        None if bar.standing == "asserted" else state_words(bar.standing),
        by_then(bar.as_of),
        appeal_mark(bar.appeal),
        say("disputed") if bar.disputed_by else None,
        say("corrected") if bar.corrected_by else None,
    ]
    return " · ".join(mark for mark in marks if mark)


def _contact(contact: Contact, case_id: str, title_of: TitleOf) -> TextLine:
    from answerable.projections.wording.bar import contact_words
    from answerable.projections.wording.leading.case import case_words

    style = "bold red" if contact.breach == "yes" else "yellow"
    said = say("{what} #{position}", what=contact_words(contact), position=contact.position)
    if contact.case_id != case_id:
        where = visible(case_words(contact.case_id, title_of(contact.case_id)))
        said = say("{what}, {case}", what=said, case=where)
    return TextLine(said, style)
