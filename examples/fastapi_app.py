"""An application over a ledger, in FastAPI: record events, ask how a case stands.

    ANSWERABLE_LEDGER=incidents.db uvicorn examples.fastapi_app:app

Who records is taken from a header here. Put your own authentication in its place.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Body, FastAPI, Header, Request
from fastapi.responses import JSONResponse

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


@asynccontextmanager
async def with_ledger(app: FastAPI) -> AsyncIterator[None]:
    with Ledger.open(os.environ.get("ANSWERABLE_LEDGER", "answerable.db")) as ledger:
        app.state.ledger = ledger
        yield


app = FastAPI(title="Incidents", version=__version__, lifespan=with_ledger)


@app.exception_handler(AnswerableError)
def refuse(_: Request, error: Exception) -> JSONResponse:
    code = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    field = getattr(error, "field", None)
    return JSONResponse(
        {"error": type(error).__name__, "field": field, "message": str(error)}, code
    )


# Neither is `async`: FastAPI runs them in threads, which share the ledger.
@app.post("/events", status_code=201)
def record(
    request: Request, event: Annotated[dict[str, Any], Body()], x_user: Annotated[str, Header()]
) -> dict[str, Any]:
    receipt = request.app.state.ledger.append(event, recorded_by=x_user)
    return dict(receipt.as_dict())


@app.get("/cases/{case_id}")
def status(request: Request, case_id: str) -> dict[str, Any]:
    return overview_of(request.app.state.ledger, case_id).as_dict()


@app.get("/cases/{case_id}/report")
def report(request: Request, case_id: str) -> dict[str, Any]:
    return report_on(request.app.state.ledger, case_id, version=__version__).as_dict()
