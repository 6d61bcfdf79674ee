"""An application over a ledger, in Flask: record events, ask how a case stands.

    ANSWERABLE_LEDGER=incidents.db flask --app examples/flask_app.py run

Who records is taken from a header here. Put your own authentication in its place.
"""

import os
from typing import Any

from flask import Flask, request

from answerable import AnswerableError, Ledger, __version__
from answerable.domain import InvalidEvent, Refused
from answerable.ledger import BytesRemain, StorageFailed
from answerable.projections import NotFound, overview_of, report_on

STATUS: dict[type[AnswerableError], int] = {
    NotFound: 404,
    Refused: 409,
    InvalidEvent: 422,
    BytesRemain: 500,  # the erasure is recorded: to send it again would record another
    StorageFailed: 503,
}


def create_app(ledger: Ledger | None = None) -> Flask:
    app = Flask(__name__)
    opened = ledger or Ledger.open(os.environ.get("ANSWERABLE_LEDGER", "answerable.db"))

    @app.errorhandler(AnswerableError)
    def refuse(error: AnswerableError) -> tuple[dict[str, Any], int]:
        code = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        return {"error": type(error).__name__, "field": error.field, "message": str(error)}, code

    @app.post("/events")
    def record() -> tuple[dict[str, Any], int]:
        user = request.headers.get("X-User", "")
        return opened.append(request.get_json(), recorded_by=user).as_dict(), 201

    @app.get("/cases/<case_id>")
    def status(case_id: str) -> dict[str, Any]:
        return overview_of(opened, case_id).as_dict()

    @app.get("/cases/<case_id>/report")
    def report(case_id: str) -> dict[str, Any]:
        return report_on(opened, case_id, version=__version__).as_dict()

    return app
