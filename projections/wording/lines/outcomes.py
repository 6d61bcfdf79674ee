"""Say events of decisions, sanctions, appeals and promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines.phrases import (
    Line,
    announced,
    aside,
    by,
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
    becomes_words,
    cause_words,
    interim_words,
    measure,
    words,
)


def _decision(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Decision: {fields['outcome']}",
        parties("by", fields.get("deciders", ()), name_of),
        aside(
            value("under", fields.get("clause")),
            _factors("mitigating:", fields.get("mitigating_factors")),
            _factors("aggravating:", fields.get("aggravating_factors")),
        ),
    )


def _factors(word: str, coded: Iterable[str] | None) -> str | None:
    return f"{word} {', '.join(coded)}" if coded else None


def _proposed(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Proposed sanction against {name_of(fields['subject'])}: {measure(fields)}",
        aside(party("by", fields.get("proposed_by"), name_of)),
    )


def _notified(fields: Fields, name_of: NameOf) -> str:
    representing = fields.get("representing")
    return joined(
        f"Notice to {name_of(fields['body'])}",
        party("about", fields.get("subject"), name_of),
        aside(None if representing in (None, OTHER) else words(representing)),
    )


def _sanction(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Sanction against {name_of(fields['subject'])}: {measure(fields)}",
        aside(
            party("imposed by", fields.get("imposed_by"), name_of),
            announced(fields, name_of),
            value("due", fields.get("due")),
        ),
    )


def _commitment(fields: Fields, name_of: NameOf) -> str:
    return joined(
        "Commitment made",
        party("by", fields.get("by"), name_of),
        value("of", amount(fields)),
        value("due", fields.get("due")),
    )


def _interim(fields: Fields, name_of: NameOf) -> str:
    what = interim_words(fields["measure"], fields.get("until"))
    return joined(
        f"Interim measure for {name_of(fields['subject'])}: {what}",
        aside(party("imposed by", fields.get("imposed_by"), name_of)),
    )


def _appeal_decided(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Appeal decided: {words(fields['outcome'])}",
        parties("by", fields.get("deciders", ()), name_of),
        aside(value("now", becomes_words(fields))),
    )


LINES: Mapping[str, Line] = {
    "decision-taken": _decision,
    "decision-withdrawn": ended(
        "Decision withdrawn", "withdrawn_by", says("replaced", "replaced_by")
    ),
    "conflict-declared": lambda fields, name_of: joined(
        f"{name_of(fields['party'])} declared a conflict of interest",
        party("towards", fields.get("subject"), name_of),
    ),
    "recused": lambda fields, name_of: f"{name_of(fields['party'])} stood aside",
    "conflict-waived": by("Conflict of interest waived", "waived_by"),
    "representatives-notified": _notified,
    "sanction-proposed": _proposed,
    "sanction-imposed": _sanction,
    "sanction-executed": by("Sanction executed", "executed_by"),
    "sanction-not-executed": lambda fields, name_of: joined(
        "Sanction not executed", aside(cause_words(fields["cause"]))
    ),
    "sanction-suspended": lambda fields, name_of: joined(
        "Sanction suspended", value("until", fields.get("until"))
    ),
    "sanction-lifted": plain("Sanction lifted"),
    "interim-measure-taken": _interim,
    "interim-measure-ended": ended("Interim measure ended", "ended_by", manner),
    "appeal-lodged": by("Appeal lodged", "appellant"),
    "appeal-decided": _appeal_decided,
    "commitment-made": _commitment,
    "commitment-fulfilled": plain("Commitment fulfilled"),
    "commitment-breached": ended("Commitment breached", "found_by", word=", found by"),
    "commitment-released": ended(
        "Commitment released", "released_by", says("replaced", "replaced_by")
    ),
    "remediation-opened": due("Remediation opened", "owner"),
    "remediation-verified": by("Remediation verified", "verified_by"),
    "lesson-recorded": plain("Lesson recorded"),
}
