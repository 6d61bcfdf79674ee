"""Say what is provisional in words: allegations, which are no findings, and interim measures."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.accountability.alleged.allegations import Allegation
from answerable.projections.accountability.interim import Interim, InterimState
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
    whether,
)
from answerable.projections.wording.dates import date
from answerable.projections.wording.vocabulary import term, value_words

NO_SANCTION = "not a sanction"

INTERIM_STATES: Mapping[InterimState, str] = {
    "running": "running",
    "ended": "ended",
    "unknown": whether("unknown", "running"),
}


def interim_line(interim: Interim, name_of: NameOf = str) -> str:
    """Say an interim measure, and whether it runs.

    For example "leave until 2026-03-31, running (not a sanction; disputed)", "leave, lifted …".

    Args:
        interim: which.
        name_of: what to call who took it, where that is told.
    """
    by = "" if interim.imposed_by is None else f" by {name_of(interim.imposed_by)}"
    end = "" if interim.until is None else f" until {date(interim.until)}"
    what = f"{term(interim.measure)}{by}{end}, {interim_state(interim)}"
    marks = (
        NO_SANCTION,
        alleged_mark(interim.standing),
        hearsay_mark(interim.said_by_others),
        dispute_mark(interim.standing, interim.disputed_by),
        by_then(interim.as_of),
    )
    return marked(what, marks)


def interim_state(interim: Interim) -> str:
    """Say whether an interim measure runs, or in which manner it ended: "running"; "lifted"."""
    return (interim.state == "ended" and interim.manner) or INTERIM_STATES[interim.state]


def allegation_words(allegation: Allegation, name_of: NameOf) -> str:
    """Say an allegation, who makes it, and whether it is disposed of.

    For example "alleged by the regulator under code-of-conduct 4.2, not disposed of (disputed)".

    Args:
        allegation: as it stands.
        name_of: what to call a party.
    """
    by = "" if allegation.made_by is None else f" by {name_of(allegation.made_by)}"
    under = "" if allegation.clause is None else f" under {value_words(allegation.clause)}"
    ended = "withdrawn" if allegation.withdrawn == "yes" else "disposed of"
    open_ = whether(allegation.open, "not disposed of", ended)
    marks = (dispute_mark(allegation.standing, allegation.disputed_by), by_then(allegation.as_of))
    return marked(f"alleged{by}{under}, {open_}", marks)
