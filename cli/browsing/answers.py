"""Answer each address: read the record a page at a time, and write it as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from answerable.cli.browsing.asked import times_asked
from answerable.cli.browsing.audience import Audience
from answerable.cli.browsing.checking import Checks
from answerable.cli.browsing.errors import NoMoment
from answerable.cli.browsing.responses import html, streamed
from answerable.cli.browsing.searching import searched
from answerable.cli.shared.references import find_event
from answerable.domain.errors import AnswerableError
from answerable.domain.record import Page
from answerable.ledger.checkpoints.last_signed import last_signed
from answerable.ledger.tlog.merkle import leaf_hash
from answerable.projections.errors import NotFound, no_case
from answerable.projections.listing.cases import CHOSEN, Which, cases_listed, counts
from answerable.projections.listing.deadlines import Among, deadlines
from answerable.projections.listing.due import due_by_events
from answerable.projections.listing.paged import Sought, stretch
from answerable.projections.listing.parties import parties_listed, party_page
from answerable.projections.listing.record import Listed, listed_by
from answerable.projections.pages.browsing import case as case_pages
from answerable.projections.pages.browsing import parties as party_pages
from answerable.projections.pages.browsing.cases import cases_page
from answerable.projections.pages.browsing.deadlines import AMONG, deadlines_page
from answerable.projections.pages.browsing.event import EventShown, event_page
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.framing.frame import Frame
from answerable.projections.pages.browsing.home import Home, home_page
from answerable.projections.pages.browsing.refusal import (
    broken_page,
    busy_page,
    failed_page,
    missing_page,
    no_moment_page,
    not_there_page,
)
from answerable.projections.pages.browsing.search import search_page
from answerable.projections.pages.browsing.verification import Signed, check_page, verification_page
from answerable.projections.pages.scrubber import replay_of
from answerable.projections.report.tables import report_registers
from answerable.projections.show.show import show
from answerable.projections.titles import title_in

if TYPE_CHECKING:
    from answerable.domain.record import RecordedEvent
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.pages.browsing.framing.times import Times
    from answerable.projections.report.audience.report_for import Gated

MOST_FOLDED = 32
"""The most times that a page folds another case, to tell how like findings were answered: a page
takes as long as reading it does, and the file of a report as long as it must."""

LATEST = 10
"""The number of events that the first page shows of those that were recorded last."""


class Answers:
    """Answer what is asked at each address, to those who may see whole cases.

    Args:
        ledger: open, to be read.
        audience: for whom it is shown.
        checks: the checks of the whole record.
        version: of this program.
        now: tells what time it is, where days are days for who asks.
    """

    def __init__(
        self,
        ledger: Ledger,
        audience: Audience,
        checks: Checks,
        version: str,
        now: Callable[[], datetime],
    ) -> None:
        self.ledger, self.audience, self.version = ledger, audience, version
        self._checks, self.now = checks, now

    def home(self, request: Request) -> Response:
        """Answer with the first page."""
        listed, head = self._listed(), self.ledger.head()
        latest = self.ledger.events_at(range(max(0, head.size - LATEST), head.size))
        today = self.now().date()
        home = Home(
            counts(listed),
            due_by_events(listed, today),
            today,
            latest[::-1],
            head,
            _signed(self.ledger),
        )
        return html(home_page(home, listed, self.frame(head=False)))

    def cases(self, request: Request) -> Response:
        """Answer with a page of the cases."""
        asked = request.query_params.get("which")
        which: Which = next((each for each in CHOSEN if each == asked), "all")
        listed, sought = self._listed(), sought_in(request)
        found = cases_listed(listed, which, sought)
        return html(cases_page(found, which, sought, listed, self.frame()))

    def due(self, request: Request) -> Response:
        """Answer with what falls due in a page of the cases."""
        times = self.times(request)
        asked = request.query_params.get("among")
        # How cases stand is kept as it is now: of another day, any of them may tell something.
        usual: Among = "unsettled" if times.as_of is None else "all"
        among: Among = usual if asked not in AMONG else "all" if asked == "all" else "unsettled"
        listed, sought = self._listed(), sought_in(request)
        found = deadlines(listed, among, sought, times.as_of or self.now())
        return html(deadlines_page(found, among, sought, times, listed, self.frame()))

    def report(self, request: Request) -> Response:
        """Answer with the report on a case."""
        times = self.times(request)
        told = self._report(request, times, MOST_FOLDED)
        return html(case_pages.report_page(told, self.frame(), times))

    def replay(self, request: Request) -> Response:
        """Answer with the replay of a case."""
        times = self.times(request)
        looked = self.audience.look(self.ledger, case_asked(request))
        judged = request.query_params.get("rules") == "yes"
        replay = replay_of(looked, judged=judged)
        case_id = looked.view.case_id
        of = case_pages.Of(case_id, title_in(looked.reader, looked.view), times=times)
        return html(case_pages.replay_page(of, replay, self.frame(), judged=judged))

    def events(self, request: Request) -> Response:
        """Answer with a page of the events of a case, in the order of recording."""
        listed, case_id = self._listed(), self._case_there(request)
        found = stretch(
            lambda page: self.ledger.case_events_page(case_id, page),
            lambda event: str(event.version),
            _numbered(request),
        )
        of = case_pages.Of(case_id, listed.titles.of(case_id), times=self.times(request))
        return html(case_pages.events_page(of, found, listed, self.frame()))

    def tables(self, request: Request) -> Response:
        """Answer with what is said of a case, as tables."""
        times = self.times(request)
        told = self._report(request, times, MOST_FOLDED)
        header = told.report.header
        title = _title(header.title.value)
        of = case_pages.Of(header.case_id, title, self.audience.whole, times)
        registers = report_registers(told.report)
        return html(case_pages.tables_page(of, registers, self.frame()))

    def file(self, request: Request) -> Response:
        """Answer with the report on a case as one file, which verifies itself."""
        from answerable.cli.reporting.html import html as written
        from answerable.cli.reporting.made import Made

        told = self._report(request, self.times(request), None)
        made = Made(told.report, self.ledger, told.looked, self.audience.withheld, told.part)
        return html(written(made).decode())

    def event(self, request: Request) -> Response:
        """Answer with one event; by its id, lead to its number."""
        asked, times = request.path_params["event"], self.times(request)
        event = find_event(self.ledger, asked)
        if asked != str(event.position):
            return RedirectResponse(times.at(addresses.event(event.position)), status_code=303)
        listed = self._listed(times.known_by)
        shown = show(
            listed.reader,
            event,
            as_of=times.as_of,
            known_by=times.known_by,
            name_of=listed.known.called,
        )
        entry = self.ledger.entry(event.position) or b""
        told = EventShown(
            shown,
            listed.titles.of(event.case_id),
            len(self.ledger),
            leaf_hash(entry),
            bool(self.ledger.altered([event.position])),
            self._beside(event, backwards=True),
            self._beside(event, backwards=False),
            times,
        )
        return html(event_page(told, listed.known.of, self.frame()))

    def _beside(self, event: RecordedEvent, *, backwards: bool) -> int | None:
        page = Page(1, str(event.version), backwards=backwards)
        found = self.ledger.case_events_page(event.case_id, page)
        return found[0].position if found else None

    def parties(self, request: Request) -> Response:
        """Answer with a page of people and parties."""
        listed, sought = self._listed(), sought_in(request)
        found = parties_listed(listed, sought)
        return html(party_pages.parties_page(found, sought, listed, self.frame()))

    def party(self, request: Request) -> Response:
        """Answer with what is said of one party."""
        times, party = self.times(request), request.path_params["party"]
        listed = self._listed(times.known_by)
        found = party_page(listed, party, sought_in(request), times.as_of, times.known_by)
        if found.name.state == "unregistered" and not found.cases.items:
            raise NotFound(
                f"nobody is registered as {party!r:.80}, and no case says anything of them.",
                hint="Search for the name, or look through people and parties.",
            ).seeking("party", party)
        size = len(self.ledger)
        return html(party_pages.party_page(found, size, listed, self.frame(), times))

    def search(self, request: Request) -> Response:
        """Answer with what a search found."""
        listed = self._listed()
        found = searched(
            self.ledger,
            listed.reader,
            request.query_params.get("q", ""),
            request.query_params.get("from", ""),
            self.audience.withheld,
        )
        return html(search_page(found, listed, self.frame()))

    def verification(self, request: Request) -> Response:
        """Answer with what vouches for the record."""
        frame = self.frame(head=False)
        return html(verification_page(self.ledger.head(), _signed(self.ledger), frame))

    def check(self, request: Request) -> Response:
        """Answer with a check of the whole record, told while it goes on."""
        told = self._checks.check()
        if told is None:
            return html(busy_page(self.frame(head=False)), 503)
        before, after = check_page(self.frame(head=False))
        return streamed(before, (each for piece in (told, iter((after,))) for each in piece))

    def not_there(self, request: Request) -> Response:
        """Answer that there is no such page."""
        return html(not_there_page(request.url.path, self.frame(head=False)), 404)

    def said(self, error: AnswerableError) -> Response:
        """Answer with what is wrong, and what to do next."""
        frame = self.frame(head=False)
        if isinstance(error, NotFound) and error.sought is not None:
            return html(missing_page(error.sought, frame), 404)
        if isinstance(error, NoMoment):
            return html(no_moment_page(error.message, error.hint or "", frame), 400)
        page = failed_page(error.message, error.cli_hint or error.hint or "", frame)
        return html(page, 404 if isinstance(error, NotFound) else 500)

    def broken(self) -> Response:
        """Answer that this program failed; it says how where it was started."""
        return html(broken_page(self.frame(head=False)), 500)

    def times(self, request: Request) -> Times:
        """Return the two times that are asked about.

        Raises:
            NoMoment: one of them is none.
        """
        return times_asked(request, self.now)

    def _report(self, request: Request, times: Times, most: int | None) -> Gated:
        case_id, asked = case_asked(request), (times.as_of, times.known_by)
        return self.audience.report(self.ledger, case_id, self.version, *asked, most=most)

    def _listed(self, known_by: Asked | None = None) -> Listed:
        return listed_by(self.audience.reader(self.ledger), self.ledger, known_by)

    def frame(self, *, head: bool = True) -> Frame:
        """Return what all pages share."""
        told = self.ledger.head() if head else None
        return Frame(self.version, told, self.audience.words, self.audience.whole)

    def _case_there(self, request: Request) -> str:
        """Return the case that is asked for.

        Raises:
            NotFound: nothing is recorded of it.
        """
        case_id = case_asked(request)
        if not self.ledger.case_events_page(case_id, Page(1)):
            raise no_case(case_id, None)
        return case_id


def _signed(ledger: Ledger) -> Signed | None:
    told = last_signed(ledger)
    return None if told is None else Signed(*told)


def case_asked(request: Request) -> str:
    """Return the case that an address names."""
    asked: str = request.path_params["case"]
    return asked


def _title(value: object) -> str | None:
    return None if value is None else str(value)


def sought_in(request: Request) -> Sought:
    """Return which page of a list is asked for."""
    asked = request.query_params
    return Sought(
        asked.get("after") or None,
        asked.get("before") or None,
        asked.get("begins", "").strip().lower(),
        asked.get("order") == "descending",
    )


def _numbered(request: Request) -> Sought:
    """Return which page of a list is asked for whose keys are numbers."""
    asked = request.query_params
    after, before = (_number(asked.get(name)) for name in ("after", "before"))
    return Sought(after, before)


def _number(text: str | None) -> str | None:
    told = text is not None and len(text) <= 15 and text.isascii() and text.isdigit()
    return text if told else None
