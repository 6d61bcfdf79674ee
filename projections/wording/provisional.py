"""Interim measures in words: what is done for the time of the inquiry, and is no sanction."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.accountability.interim import Interim, InterimState
from answerable.projections.wording.answers import by_then, dispute_mark, marked, whether
from answerable.projections.wording.dates import date
from answerable.projections.wording.vocabulary import term

NO_SANCTION = "not a sanction"

INTERIM_STATES: Mapping[InterimState, str] = {
    "running": "running",
    "ended": "ended",
    "unknown": whether("unknown", "running"),
}


def interim_line(interim: Interim) -> str:
    """Say an interim measure, and whether it runs.

    For example "leave until 2026-03-31, running (not a sanction; disputed)", "leave, lifted …".
    """
    end = "" if interim.until is None else f" until {date(interim.until)}"
    state = (interim.state == "ended" and interim.manner) or INTERIM_STATES[interim.state]
    what = f"{term(interim.measure)}{end}, {state}"
    marks = (
        NO_SANCTION,
        dispute_mark(interim.standing, interim.disputed_by),
        by_then(interim.as_of),
    )
    return marked(what, marks)
