"""`answerable timeline`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option, ledger_option, open_ledger, times_options
from answerable.cli.shared.output import console, visible, write_json
from answerable.cli.shared.zone.moments import asked_json, localised
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.timeline.order import Reason
    from answerable.projections.timeline.timeline import DateGap, Entry

INDENT = 6
"""The columns by which what is told of an event stands in from its first line."""


STANDS_HERE = {
    "rests on": "it stands here by what it rests on",
    "rested on": "it stands here by what rests on it",
    "recorded": "it stands here as it was recorded",
}
"""Why an undated event stands where it does."""


class TimelineAnswer(NamedTuple):
    """The timeline of a case: its events in the order asked for, and the dates it lacks.

    Attributes:
        placed: why each undated event stands where it does; nothing in the order of recording.
        roles: the roles that were given, as far as their texts are open, by the event that did so.
    """

    entries: Sequence[Entry]
    gaps: tuple[DateGap, ...]
    placed: Mapping[str, Reason]
    roles: Mapping[str, str]


@click.command("timeline", cls=Command)
@click.argument("case", metavar="CASE")
@click.option(
    "--by",
    "order",
    type=click.Choice(("occurred", "recorded")),
    default="occurred",
    show_default=True,
    help="In the order of happening, as far as it is told, or of recording.",
)
@times_options
@ledger_option
@json_option
def command(
    case: str,
    order: str,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Show what happened in a case, when, and when it was recorded.

    Nothing is left out: what was corrected shows how it read before, what was retracted is struck
    through. What has no date stands where what it rests on, or its recording, puts it, and says so.
    Below stand the dates that are not told, or open at one end. Where dates do not tell which came
    first, the order is only a way to write them down.

    \b
    Example:
      answerable timeline acme
      answerable timeline acme --by recorded
      answerable timeline acme --as-of 2026-01-31 --known-by 2026-03-31
    """
    from answerable.cli.shared.references import check_case
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.timeline.order import in_order
    from answerable.projections.timeline.timeline import date_gaps, timeline_of

    with open_ledger(ledger) as opened:
        check_case(opened, case, known_by)
        known = names(opened, known_by=known_by)
        view = RecordView(opened, as_of, known_by, name_of=known.called).case(case)
        gaps = date_gaps(view)
        roles = _roles(opened, view)
        answer = TimelineAnswer(timeline_of(view), gaps, {}, roles)
        if order == "occurred":
            ordered = in_order(view)
            answer = TimelineAnswer(ordered.entries, gaps, ordered.placed, roles)
        head = opened.head()
    if as_json:
        from answerable.domain.answers import json_value

        asked = {"case_id": case, **asked_json(as_of, known_by, head, view.zone)}
        told = json_value({"by": order, **answer._asdict()})
        write_json({**asked, **localised(told, view.zone)})
        return
    from answerable.cli.shared.text import holds_for

    out = console()
    out.print(f"Case {case}", style="bold")
    out.print(holds_for(as_of, known_by, head, view.zone), style="dim")
    for each in _drawn(answer, view.zone):
        out.print(each)


def _roles(opened: Ledger, view: CaseView) -> dict[str, str]:
    """Read which roles the events of a case gave."""
    given = [fact for fact in view.facts.values() if fact.kind == "role-assigned"]
    if not given:
        return {}
    from answerable.projections.facts.disclosed import disclose

    texts = {
        event_id: each.text("role") for event_id, each in disclose(opened, view.case, given).items()
    }
    return {event_id: each.value for event_id, each in texts.items() if each.state == "told"}


def _drawn(answer: TimelineAnswer, zone: Zone) -> Iterator[RenderableType]:
    from rich.padding import Padding

    if not answer.entries:
        yield "Nothing of it had happened by then."
        return
    positions = {entry.event_id: entry.position for entry in answer.entries}
    for entry in answer.entries:
        yield ""
        yield _heading(entry, zone, answer.placed.get(entry.event_id))
        for line in _below(entry, positions, answer.roles, zone):
            yield Padding(line, (0, 0, 0, INDENT), expand=False)
    yield ""
    yield from _gaps(answer)


def _heading(entry: Entry, zone: Zone, placed: Reason | None) -> Text:
    from rich.text import Text

    from answerable.projections.wording.answers import by_then
    from answerable.projections.wording.dates import date

    label = Text(f"#{entry.position}".ljust(INDENT - 1) + " ")
    label.append(date(entry.occurred, zone), "bold")
    if placed is not None:
        label.append(f" ({STANDS_HERE[placed]})")
    if entry.qualified:
        label.append(" (approximate or uncertain)")
    if entry.standing != "asserted":
        label.append(f" · {entry.standing}")
    doubt = by_then(entry.as_of)
    return label if doubt is None else label.append(f" · {doubt}", "yellow")


def _below(
    entry: Entry, positions: dict[str, int], roles: Mapping[str, str], zone: Zone
) -> Iterator[Text]:
    """Say what the record tells of an event, below its date."""
    from rich.text import Text

    from answerable.cli.shared.text import quoted
    from answerable.projections.wording.dates import bound, recorded_minute
    from answerable.projections.wording.vocabulary import field_words, label

    for told in entry.bounds:
        yield Text(f"happened {bound(told)}" if told.holds else bound(told))
    for line in (entry.gist, entry.now):
        if line is not None:
            old = entry.struck or line is not (entry.now or entry.gist)
            yield Text(visible(line), "strike dim" if old else "")
    for role in (entry.event_id, entry.upon or ""):
        if role in roles:
            yield Text(f"role: {visible(quoted(roles[role]))}")
    if entry.upon is not None:
        yield Text(f"upon {_number(entry.upon, positions)}")
    for each in entry.readings:
        before = Text(f"{label(each.field)} was ")
        before.append(visible(field_words(each.field, each.was)), "strike")
        yield before.append(f", is now {visible(field_words(each.field, each.now))}")
    for word, those in (
        ("corrected", entry.corrected_by),
        ("disputed", entry.disputed_by),
        ("retracted", (entry.retracted_by,) if entry.retracted_by else ()),
    ):
        if those:
            numbers = ", ".join(_number(each, positions) for each in those)
            yield Text(f"{word} by {numbers}", "red" if word == "retracted" else "magenta")
    yield Text(f"recorded {recorded_minute(entry.recorded_at, zone)}{_lag(entry)}", "dim")


def _number(event_id: str, positions: dict[str, int]) -> str:
    position = positions.get(event_id)
    return event_id if position is None else f"#{position}"


def _lag(entry: Entry) -> str:
    from answerable.domain import dates

    if entry.lag is None:
        return ""
    least, most = entry.lag
    if entry.lag == (0, 0):
        return ", the same day"
    if most is not None and most < 0:
        return f", {dates.describe(dates.Days(-most, None if least is None else -least))} before"
    return f", {dates.describe(entry.lag)} later"


def _gaps(answer: TimelineAnswer) -> Iterator[Text]:
    from rich.text import Text

    from answerable.projections.wording.counts import counted

    lacking: dict[str, list[str]] = {}
    for gap in answer.gaps:
        lacking.setdefault(gap.told, []).append(f"#{gap.position} {gap.kind}")
    if not lacking:
        undated = sum(entry.occurred is None for entry in answer.entries)
        but = "" if not undated else f", but of {counted(undated, 'event')} marked above"
        yield Text(f"Every date is told, and bounded{but}.", "bold green")
    for what, label in (
        ("nothing", "When it happened is not told"),
        ("only the latest", "Only the latest date is told"),
        ("only the earliest", "Only the earliest date is told"),
    ):
        if what in lacking:
            number = counted(len(lacking[what]), "event")
            yield Text(f"{label} ({number}):", "bold yellow").append(
                f" {', '.join(lacking[what])}.", "not bold"
            )
