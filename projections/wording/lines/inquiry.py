"""Say events of inquiries: reports, evidence, allegations and findings."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import counted
from answerable.projections.wording.lines.phrases import (
    Line,
    aside,
    by,
    ended,
    joined,
    parties,
    party,
    plain,
    says,
    value,
)
from answerable.projections.wording.vocabulary import Fields, found


def _verified(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Verification: {fields.get('result', 'result not told')}",
        party("by", fields.get("performer"), name_of),
    )


def _investigation(fields: Fields, name_of: NameOf) -> str:
    return joined(
        "Investigation opened",
        aside(
            party("led by", fields.get("lead"), name_of),
            party("ordered by", fields.get("mandate_giver"), name_of),
        ),
    )


def _evidence(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Evidence {fields['digest'][: len('sha256:') + 12]}…",
        party("collected by", fields.get("collected_by"), name_of),
        aside(fields.get("media_type")),
    )


def _custody(fields: Fields, name_of: NameOf) -> str:
    return joined(
        "Custody of evidence passed",
        party("from", fields.get("from"), name_of),
        party("to", fields["to"], name_of),
    )


def _report(fields: Fields, name_of: NameOf) -> str:
    return joined(
        "Report received",
        party("from", fields.get("reporter"), name_of),
        aside(
            value("about", fields.get("issue")),
            value("reporter:", fields.get("reporter_is")),
            fields.get("route"),
        ),
    )


def _contradicted(fields: Fields) -> str | None:
    """Say that public statements are contradicted: "contradicts 2 public statements"."""
    number = len(fields.get("contradicts", ()))
    return f"contradicts {counted(number, 'public statement')}" if number else None


def _proposed(fields: Fields, name_of: NameOf) -> str:
    return _finding_called("Proposed finding", fields, name_of)


def _finding(fields: Fields, name_of: NameOf) -> str:
    return _finding_called("Finding", fields, name_of)


def _finding_called(called: str, fields: Fields, name_of: NameOf) -> str:
    what = found(fields["outcome"], fields["responsibility"])
    return joined(
        f"{called} about {name_of(fields['subject'])}: {what}",
        aside(
            party("by", fields.get("proposed_by"), name_of),
            fields.get("offence_class"),
            fields.get("severity"),
            value("grade:", fields.get("grade")),
            value("under", fields.get("clause")),
            value("conduct of", fields.get("conduct_occurred")),
            _contradicted(fields),
        ),
    )


LINES: Mapping[str, Line] = {
    "report-received": _report,
    "report-acknowledged": by("Report acknowledged", "acknowledged_by"),
    "feedback-given": plain("Feedback given to the reporter"),
    "verification-completed": _verified,
    "investigation-opened": _investigation,
    "allegation-made": lambda fields, name_of: joined(
        f"Allegation against {name_of(fields['subject'])}",
        party("by", fields.get("made_by"), name_of),
        aside(
            value("under", fields.get("clause")),
            value("conduct of", fields.get("conduct_occurred")),
        ),
    ),
    "subject-heard": lambda fields, name_of: joined(
        f"{name_of(fields['subject'])} was heard", aside(fields.get("form"))
    ),
    "evidence-registered": _evidence,
    "custody-transferred": _custody,
    "finding-proposed": _proposed,
    "finding-made": _finding,
    "blame-withdrawn": ended(
        "Blame withdrawn", "withdrawn_by", says("reassigned", "reassigned_to")
    ),
    "investigation-concluded": plain("Investigation concluded"),
    "step-taken": lambda fields, name_of: joined(
        f"Step taken: {fields['term']}", parties("by", fields.get("who", ()), name_of)
    ),
}
