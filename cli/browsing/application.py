"""The application: which address is answered by what, behind the gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answerable.cli.browsing.answers import Answers
from answerable.cli.browsing.gate import ELSEWHERE, HEADERS, READING, TOKEN, Door, turned_away
from answerable.cli.browsing.responses import html
from answerable.cli.shared.options import at_one_moment
from answerable.domain.errors import AnswerableError
from answerable.domain.language.language import Language
from answerable.domain.language.saying import in_language
from answerable.projections.pages.browsing.refusal import Reason, closed_page, onward_page


def application(answers: Answers, door: Door, language: Language | None = None) -> ASGIApp:
    """Return the application: a pure function of what is asked, and of the record.

    Args:
        answers: what answers.
        door: by what one is let in.
        language: that of the pages; None: English.
    """

    def route(path: str, answer: Callable[[Request], Response], *, texts: bool = False) -> Route:
        def at_once(request: Request) -> Response:
            with at_one_moment(answers.ledger, views=True, named=True, texts=texts):
                return answer(request)

        return Route(path, at_once, methods=["GET"])

    routes = [
        route("/", answers.home),
        route("/cases", answers.cases),
        route("/due", answers.due),
        route("/case/{case}", answers.report),
        route("/case/{case}/replay", answers.replay),
        route("/case/{case}/events", answers.events),
        route("/case/{case}/tables", answers.tables),
        route("/case/{case}/report.html", answers.file),
        route("/event/{event}", answers.event),
        route("/parties", answers.parties),
        route("/party/{party}", answers.party),
        route("/search", answers.search, texts=True),
        route("/verification", answers.verification),
        Route("/verification/check", answers.check, methods=["GET"]),
        Route("/favicon.ico", lambda _: Response(status_code=204), methods=["GET"]),
    ]

    def not_there(request: Request, _: Exception) -> Response:
        return answers.not_there(request)

    def said(_: Request, error: Exception) -> Response:
        return answers.said(cast("AnswerableError", error))

    def broken(_: Request, __: Exception) -> Response:
        return answers.broken()

    made = Starlette(
        routes=routes,
        exception_handlers={HTTPException: not_there, AnswerableError: said, Exception: broken},
    )
    return Gate(made, door, answers.version, language)


class Gate:
    """The gate before an application: turns away who may not ask, and heads every answer.

    Args:
        app: the application.
        door: by what one is let in.
        version: of this program.
        language: that of the pages; None: English.
    """

    def __init__(
        self, app: ASGIApp, door: Door, version: str, language: Language | None = None
    ) -> None:
        self._app, self._door, self._version, self._language = app, door, version, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            return
        with in_language(self._language):
            answer = self._kept_out(Request(scope)) or self._app
            await self._answered(answer, scope, receive, send)

    async def _answered(self, answer: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await answer(scope, receive, headed)

    def _kept_out(self, request: Request) -> Response | None:
        """Return what is answered in place of a page; None where the page is."""
        headers: dict[str, list[str]] = {}
        for name, value in request.headers.items():
            headers.setdefault(name, []).append(value)
        away = turned_away(self._door, request.method, headers)
        if away is not None:
            return self._closed(away)
        given = request.query_params.getlist(TOKEN)
        if given:
            known = len(given) == 1 and self._door.knows(given[0])
            return self._let_in(request) if known else self._closed("token")
        if self._door.has_been_let_in(request.cookies):
            return None
        return self._closed("token")

    def _let_in(self, request: Request) -> Response:
        """Give the cookie, and lead to the same page by an address without the token."""
        rest = [each for each in request.query_params.multi_items() if each[0] != TOKEN]
        # Only a path of ours: two slashes at its beginning would name another server.
        path = f"/{request.url.path.lstrip('/')}"
        address = f"{path}?{urlencode(rest)}" if rest else path
        if ELSEWHERE.intersection(request.headers.getlist("sec-fetch-site")):
            # To what another page leads to, and on from there, a browser gives no strict cookie.
            answer = html(onward_page(address, self._version))
        else:
            answer = RedirectResponse(address, status_code=303)
        answer.set_cookie(
            self._door.cookie, self._door.pass_, httponly=True, samesite="strict", path="/"
        )
        return answer

    def _closed(self, reason: Reason) -> Response:
        answer = html(closed_page(reason, self._version), 405 if reason == "method" else 403)
        if reason == "method":
            answer.headers["allow"] = ", ".join(READING)
        return answer
