"""Answer those who may see a part of a case: with its report, and nothing beside it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from answerable.cli.browsing.answers import MOST_FOLDED, Answers, case_asked, sought_in
from answerable.cli.browsing.responses import html
from answerable.domain.documents import DocumentRows, beyond
from answerable.domain.record import Page
from answerable.projections import documents as views
from answerable.projections.listing.paged import stretch
from answerable.projections.pages.browsing import case as case_pages
from answerable.projections.pages.browsing.framing import addresses
from answerable.projections.pages.browsing.refusal import in_part_page
from answerable.projections.pages.browsing.slugs import slugs_page
from answerable.projections.pages.scrubber import replay_of


class PartAnswers(Answers):
    """Answer to the person concerned, or to the public."""

    def home(self, request: Request) -> Response:
        """Lead to the cases."""
        return RedirectResponse(addresses.CASES, status_code=303)

    def cases(self, request: Request) -> Response:
        """Answer with a page of the cases, by their slugs alone."""
        sought = sought_in(request)
        found = stretch(self._slugs, str, sought)
        return html(slugs_page(found, sought, self.frame()))

    def _slugs(self, page: Page) -> list[str]:
        """List cases: of a person, those that hold something against them or owe them something."""
        whom = self.audience.whom
        if whom is None or whom.subject is None:
            return [each.case_id for each in self.ledger.cases_page(page)]
        found: set[str] = set()
        for view in ("person", "party"):
            rows = DocumentRows(view, whom.subject, beyond(whom.subject))
            told = self.ledger.rows_page(views.VIEWS, rows, page) or ()
            found.update(case_id for _, case_id, _ in told)
        return sorted(found, reverse=page.backwards)[: page.limit]

    def replay(self, request: Request) -> Response:
        """Answer with the replay of the part of a case."""
        case_id = case_asked(request)
        times = self.times(request)
        told = self._report(request, times, MOST_FOLDED)
        replay = replay_of(told.looked, told.part)
        title = told.report.header.title.value
        of = case_pages.Of(case_id, None if title is None else str(title), whole=False, times=times)
        return html(case_pages.replay_page(of, replay, self.frame(), judged=False))

    def _not_for_them(self, request: Request) -> Response:
        return html(in_part_page(self.frame(head=False)), 403)

    due = events = event = parties = party = search = verification = check = _not_for_them
