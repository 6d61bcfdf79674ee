"""The first page: how the cases stand, what falls due, what was recorded last, and the head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from answerable.domain.language.saying import figures, say, say_count, to_say, to_say_count
from answerable.domain.record import RecordedEvent, TreeHead
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.listing.cases import Counts
from answerable.projections.listing.due import Due
from answerable.projections.listing.record import Listed
from answerable.projections.log import LoggedEvent
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame, Page, framed
from answerable.projections.pages.browsing.framing.parts import link, said
from answerable.projections.pages.browsing.framing.times import NOW
from answerable.projections.pages.browsing.tables import register_table
from answerable.projections.pages.browsing.verification import Signed, signed_words
from answerable.projections.pages.sections import Shown
from answerable.projections.registers.asking.said import Naming
from answerable.projections.registers.asking.standing import OPEN, open_row
from answerable.projections.registers.reading.log import LOG, log_register
from answerable.projections.wording.dates import date as date_words

FIGURE = Markup('<li><a href="{}"><strong>{}</strong> {}</a></li>')

NEVER_SHOWN = ("occurred_as_corrected", "happened", "standing")
"""Name the columns of the log that tell nothing of what was just recorded."""


class Home(NamedTuple):
    """Hold what the first page shows.

    Attributes:
        counts: how the cases stand; None where no views can be kept.
        due: what falls due; None where no views can be kept.
        today: the day on which that is asked.
        latest: the events that were recorded last, the last first.
        head: the head of the log.
        signed: what was signed of it.
    """

    counts: Counts | None
    due: Due | None
    today: date
    latest: Sequence[RecordedEvent]
    head: TreeHead
    signed: Signed | None


def home_page(home: Home, listed: Listed, frame: Frame) -> str:
    """Write the first page.

    Args:
        home: what it shows.
        listed: the record, which tells what things are called.
        frame: what all pages share.
    """
    title = _title(home)
    page = Page(
        at=addresses.HOME,
        kind=say("What is on record"),
        title=Markup.escape(title),
        title_text=title,
        sections=[*_sections(home, listed)],
        times=NOW,
    )
    return framed(page, frame)


def _title(home: Home) -> str:
    if home.head.size == 0:
        return say("Nothing is on record yet.")
    if home.counts is None:
        return say_count(
            "{number} entry is on record.", "{number} entries are on record.", home.head.size
        )
    if home.counts.cases == 0:
        return say("No case is on record yet.")
    if not home.counts.open:
        one, several = to_say_count("The only case is closed.", "All {number} cases are closed.")
        return say_count(one, several, home.counts.cases)
    return say_count(
        "{open} of {number} case is open.",
        "{open} of {number} cases are open.",
        home.counts.cases,
        open=figures(home.counts.open),
    )


def _sections(home: Home, listed: Listed) -> Iterator[Shown]:
    if home.counts is None and home.head.size:
        yield Shown("standing", say("How cases stand"), said(say(UNKEPT)))
    if home.counts is not None and home.counts.cases:
        yield Shown("standing", say("How cases stand"), _figures(home.counts))
    if home.due is not None:
        *others, last = _due(home.due, home.today, listed)
        yield from others
        by_rules = link(addresses.DUE, say("What rules of policies ask for by a day, too"))
        yield last._replace(body=last.body + Markup("<p>{}</p>").format(by_rules))
    if home.latest:
        yield Shown("latest", say("What was recorded last"), _latest(home.latest, listed))
    yield Shown("head", say("The head of the log"), signed_words(home.head, home.signed))


UNKEPT = to_say(
    "How many cases stand how is not told: it is kept in the ledger's file, and that cannot be "
    "written just now. `answerable status` reads the record itself, which takes longer."
)


def _figures(counts: Counts) -> Markup:
    told = (
        ("open", counts.open, say("that are or may be open")),
        ("closed", counts.closed, say("that are or may be closed")),
        ("accountable", counts.accountable, say("in which somebody is or may be accountable")),
        ("owing", counts.owing, say("in which something is or may be open")),
        ("barred", counts.barred, say("in which somebody is or may be barred")),
    )
    made = (
        FIGURE.format(addresses.asking(addresses.CASES, which=which), figures(number), words)
        for which, number, words in told
    )
    return Markup('<ul class="figures">{}</ul>').format(Markup("").join(made))


def _due(due: Due, today: date, listed: Listed) -> Iterator[Shown]:
    day = date_words(today.isoformat())
    if due.overdue:
        told = say("Due before {day}, the longest ago first.", day=day)
        yield _open("overdue", say("Overdue"), told, due.overdue, listed, more=due.more_overdue)
    if due.next:
        told = say("Due on {day} or later, the soonest first.", day=day)
        yield _open("due", say("What falls due"), told, due.next, listed, more=due.more_next)
    if not due.overdue and not due.next:
        yield Shown("due", say("What falls due"), said(say(NOTHING_DUE)))


NOTHING_DUE = to_say("Nothing that is open has a due date on record.")


def _open(
    name: str, title: str, told: str, open_: Sequence[Obligation], listed: Listed, *, more: bool
) -> Shown:
    naming = Naming(listed.known, listed.titles.of)
    listed.known.read(each.party for each in open_ if each.party is not None)
    rows = [open_row(each, naming) for each in open_]
    sure = all(each.open == "yes" for each in open_)
    without = ("overdue", "breached", *(("open",) if sure else ()))
    table = register_table(OPEN, rows, without=without, leading=True)
    there_is_more = said(say(MORE_DUE)) if more else Markup()
    return Shown(name, title, said(told) + table + there_is_more)


MORE_DUE = to_say("There is more: `answerable gaps` lists all of it.")


def _latest(latest: Sequence[RecordedEvent], listed: Listed) -> Markup:
    told = (LoggedEvent(each, each.occurred, "yes") for each in latest)
    rows = log_register(told, listed.said).rows
    table = register_table(LOG, rows, without=NEVER_SHOWN, title_of=listed.titles.of)
    return table + Markup("<p>{}</p>").format(link(addresses.CASES, say("All cases")))
