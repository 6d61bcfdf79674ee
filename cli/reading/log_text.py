"""Events of the log in a terminal: a line each, below the case and the day that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.output import cut, visible
from answerable.cli.shared.terminal.screen import ASIDE, columns, fold
from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import punctuation, say
from answerable.projections.wording.dates import date, recorded_day, recorded_minute
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from answerable.domain.zone.zone import Zone
    from answerable.projections.log import LoggedEvent
    from answerable.projections.titles import TitleOf

DATES = 23
"""The columns of "on or before 2026-01-05"."""


class Showing(NamedTuple):
    """Hold how events are shown.

    Attributes:
        say: says an event in one line.
        title_of: tells the title of a case.
        zone_of: tells the zone of a case.
        width: the columns of the screen.
        at_length: whether lines are folded instead of cut, and id, kind and minute are said.
    """

    say: Callable[[LoggedEvent], str]
    title_of: TitleOf
    zone_of: Callable[[str], Zone]
    width: int
    at_length: bool


def log_lines(logged: Iterable[LoggedEvent], how: Showing) -> Iterator[TextLine]:
    """Say each event; its case and the day of its recording where these change."""
    above: tuple[str, str] | None = None
    for each in logged:
        zone = how.zone_of(each.event.case_id)
        shared = (each.event.case_id, recorded_day(each.event.recorded_at, zone))
        if shared != above:
            case = visible(case_words(shared[0], how.title_of(shared[0])))
            said = say("{case}, recorded {day}", case=case, day=shared[1])
            for line in fold(said, how.width):
                yield TextLine(line, "bold")
            above = shared
        yield from map(TextLine, _event(each, zone, how))


def _event(logged: LoggedEvent, zone: Zone, how: Showing) -> Iterator[str]:
    event = logged.event
    when = _when(logged, zone)
    number = f"  {f'#{event.position}':<7}"
    if how.width < ASIDE:
        yield f"{number}{when}"
        lead = "    "
    elif columns(when) > DATES:
        yield f"{number}{when}"
        lead = " " * (len(number) + DATES + 2)
    else:
        lead = f"{number}{when}{' ' * (DATES + 2 - columns(when))}"
    said = how.say(logged)
    if how.at_length or how.width < ASIDE:
        yield from fold(f"{lead}{said}", how.width, hang=len(lead))
    else:
        yield f"{lead}{cut(said, max(how.width - columns(lead), 1))}"
    if how.at_length:
        recorded = recorded_minute(event.recorded_at, zone)
        told = punctuation(", ").join((words(event.kind), recorded, event.event_id))
        yield from fold(f"{' ' * 9}{told}", how.width, hang=9)


def _when(logged: LoggedEvent, zone: Zone) -> str:
    """Say when an event happened, as first recorded, and as corrected where that differs."""
    first, now = (date(each, zone) for each in (logged.event.occurred, logged.occurred))
    return first if now == first else f"{first}→{now}"
