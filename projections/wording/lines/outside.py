"""Say events outside of the house's own handling: incidents, agreements, other forums."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.dates import interval
from answerable.projections.wording.lines.phrases import (
    Line,
    aside,
    by,
    ended,
    joined,
    manner,
    parties,
    party,
    value,
)
from answerable.projections.wording.vocabulary import (
    Fields,
    agreement_words,
    amount,
    outcome_words,
    proceeding_words,
    size_words,
    words,
)


def _incident(fields: Fields, name_of: NameOf) -> str:
    counted = size_words(fields.get("size"))
    return joined(
        f"Incident: {words(fields['what'])}",
        parties("involving", fields.get("involving", ()), name_of),
        aside(
            fields.get("harm"),
            None if counted is None else joined(counted, fields.get("size_unit")),
            amount(fields),
        ),
    )


def _agreement(fields: Fields, name_of: NameOf) -> str:
    ends = (fields.get("from"), fields.get("until"))
    return joined(
        agreement_words(fields["type"]).capitalize(),
        parties("between", fields["between"], name_of),
        aside(
            interval(*ends) if any(ends) else None,
            party("monitor:", fields.get("monitor"), name_of),
        ),
    )


def _proceeding(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"{proceeding_words(fields.get('type')).capitalize()} against {name_of(fields['subject'])}",
        party("by", fields.get("accuser"), name_of),
        party("before", fields.get("forum"), name_of),
        aside(fields.get("charge"), value("under", fields.get("clause"))),
    )


def _concluded(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Proceedings concluded: {outcome_words(fields['outcome'])}",
        parties("by", fields.get("deciders", ()), name_of),
        aside(amount(fields)),
    )


LINES: Mapping[str, Line] = {
    "incident-occurred": _incident,
    "agreement-made": _agreement,
    "agreement-accepted": by("Agreement accepted", "accepted_by"),
    "agreement-rejected": by("Agreement rejected", "rejected_by"),
    "agreement-breached": lambda fields, name_of: joined(
        "Agreement breached",
        party("by", fields.get("breached_by"), name_of),
        aside(party("as found by", fields.get("found_by"), name_of)),
    ),
    "agreement-ended": ended("Agreement ended", "ended_by", manner),
    "proceeding-opened": _proceeding,
    "proceeding-concluded": _concluded,
}
