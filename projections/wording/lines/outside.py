"""Say events outside of the house's own handling: incidents, agreements, other forums."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import say, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import capital
from answerable.projections.wording.dates import as_recorded, interval
from answerable.projections.wording.lines.phrases import (
    BY,
    UNDER,
    Line,
    aside,
    by,
    ended,
    joined,
    manner,
    parties,
    party,
    term_of,
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
        say("Incident: {what}", what=words(fields["what"])),
        parties(to_say("involving {party}"), fields.get("involving", ()), name_of),
        aside(
            term_of(fields.get("harm")),
            None if counted is None else joined(counted, term_of(fields.get("size_unit"))),
            amount(fields),
        ),
    )


def _agreement(fields: Fields, name_of: NameOf) -> str:
    ends = (as_recorded(fields.get("from")), as_recorded(fields.get("until")))
    return joined(
        capital(agreement_words(fields["type"])),
        parties(to_say("between {party}"), fields["between"], name_of),
        aside(
            interval(*ends) if any(ends) else None,
            party(to_say("monitor: {party}"), fields.get("monitor"), name_of),
        ),
    )


def _proceeding(fields: Fields, name_of: NameOf) -> str:
    return joined(
        capital(
            say(
                "{proceedings} against {party}",
                proceedings=proceeding_words(fields.get("type")),
                party=name_of(fields["subject"]),
            )
        ),
        party(BY, fields.get("accuser"), name_of),
        party(to_say("before {party}"), fields.get("forum"), name_of),
        aside(fields.get("charge"), value(UNDER, fields.get("clause"))),
    )


def _concluded(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Proceedings concluded: {outcome}", outcome=outcome_words(fields["outcome"])),
        parties(BY, fields.get("deciders", ()), name_of),
        aside(amount(fields)),
    )


LINES: Mapping[str, Line] = {
    "incident-occurred": _incident,
    "agreement-made": _agreement,
    "agreement-accepted": by(to_say("Agreement accepted"), "accepted_by"),
    "agreement-rejected": by(to_say("Agreement rejected"), "rejected_by"),
    "agreement-breached": lambda fields, name_of: joined(
        say("Agreement breached"),
        party(BY, fields.get("breached_by"), name_of),
        aside(party(to_say("as found by {party}"), fields.get("found_by"), name_of)),
    ),
    "agreement-ended": ended(to_say("Agreement ended"), "ended_by", manner),
    "proceeding-opened": _proceeding,
    "proceeding-concluded": _concluded,
}
