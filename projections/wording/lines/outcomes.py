"""Say events of decisions, sanctions, appeals and promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.dates import DUE, as_recorded
from answerable.projections.wording.lines.phrases import (
    BY,
    UNDER,
    Line,
    announced,
    aside,
    by,
    day,
    due,
    ended,
    joined,
    manner,
    parties,
    party,
    plain,
    says,
    value,
)
from answerable.projections.wording.vocabulary import (
    OTHER,
    Fields,
    amount,
    as_term,
    becomes_words,
    cause_words,
    interim_words,
    measure,
    words,
)


def _decision(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Decision: {outcome}", outcome=as_term(fields["outcome"])),
        parties(BY, fields.get("deciders", ()), name_of),
        aside(
            value(UNDER, fields.get("clause")),
            _factors(to_say("mitigating: {factors}"), fields.get("mitigating_factors")),
            _factors(to_say("aggravating: {factors}"), fields.get("aggravating_factors")),
        ),
    )


def _factors(word: str, coded: Iterable[str] | None) -> str | None:
    return say(word, factors=punctuation(", ").join(map(as_term, coded))) if coded else None


def _proposed(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say(
            "Proposed sanction against {party}: {measure}",
            party=name_of(fields["subject"]),
            measure=measure(fields),
        ),
        aside(party(BY, fields.get("proposed_by"), name_of)),
    )


def _notified(fields: Fields, name_of: NameOf) -> str:
    representing = fields.get("representing")
    return joined(
        say("Notice to {party}", party=name_of(fields["body"])),
        party(to_say("about {party}"), fields.get("subject"), name_of),
        aside(None if representing in (None, OTHER) else words(representing)),
    )


def _sanction(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say(
            "Sanction against {party}: {measure}",
            party=name_of(fields["subject"]),
            measure=measure(fields),
        ),
        aside(
            party(to_say("imposed by {party}"), fields.get("imposed_by"), name_of),
            announced(fields, name_of),
            day(DUE, fields.get("due")),
        ),
    )


def _commitment(fields: Fields, name_of: NameOf) -> str:
    told = amount(fields)
    return joined(
        say("Commitment made"),
        party(BY, fields.get("by"), name_of),
        None if told is None else say("of {amount}", amount=told),
        day(DUE, fields.get("due")),
    )


def _interim(fields: Fields, name_of: NameOf) -> str:
    what = interim_words(fields["measure"], as_recorded(fields.get("until")))
    return joined(
        say(
            "Interim measure for {party}: {measure}", party=name_of(fields["subject"]), measure=what
        ),
        aside(party(to_say("imposed by {party}"), fields.get("imposed_by"), name_of)),
    )


def _appeal_decided(fields: Fields, name_of: NameOf) -> str:
    becomes = becomes_words(fields)
    return joined(
        say("Appeal decided: {outcome}", outcome=words(fields["outcome"])),
        parties(BY, fields.get("deciders", ()), name_of),
        aside(None if becomes is None else say("now {measure}", measure=becomes)),
    )


def _breached(fields: Fields, name_of: NameOf) -> str:
    found = party(to_say("found by {party}"), fields.get("found_by"), name_of)
    said = punctuation(", ").join(filter(None, (say("Commitment breached"), found)))
    return joined(said, aside(day(to_say("with effect from {date}"), fields.get("effective"))))


LINES: Mapping[str, Line] = {
    "decision-taken": _decision,
    "decision-withdrawn": ended(
        to_say("Decision withdrawn"), "withdrawn_by", says(to_say("replaced"), "replaced_by")
    ),
    "conflict-declared": lambda fields, name_of: joined(
        say("{party} declared a conflict of interest", party=name_of(fields["party"])),
        party(to_say("towards {party}"), fields.get("subject"), name_of),
    ),
    "recused": lambda fields, name_of: say("{party} stood aside", party=name_of(fields["party"])),
    "conflict-waived": by(to_say("Conflict of interest waived"), "waived_by"),
    "representatives-notified": _notified,
    "sanction-proposed": _proposed,
    "sanction-imposed": _sanction,
    "sanction-executed": by(to_say("Sanction executed"), "executed_by"),
    "sanction-not-executed": lambda fields, name_of: joined(
        say("Sanction not executed"), aside(cause_words(fields["cause"]))
    ),
    "sanction-suspended": lambda fields, name_of: joined(
        say("Sanction suspended"), day(to_say("until {date}"), fields.get("until"))
    ),
    "sanction-lifted": plain(to_say("Sanction lifted")),
    "interim-measure-taken": _interim,
    "interim-measure-ended": ended(to_say("Interim measure ended"), "ended_by", manner),
    "appeal-lodged": by(to_say("Appeal lodged"), "appellant"),
    "appeal-decided": _appeal_decided,
    "commitment-made": _commitment,
    "commitment-fulfilled": plain(to_say("Commitment fulfilled")),
    "commitment-breached": _breached,
    "commitment-released": ended(
        to_say("Commitment released"), "released_by", says(to_say("replaced"), "replaced_by")
    ),
    "remediation-opened": due(to_say("Remediation opened"), "owner"),
    "remediation-verified": by(to_say("Remediation verified"), "verified_by"),
    "lesson-recorded": plain(to_say("Lesson recorded")),
}
