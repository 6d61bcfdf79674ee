"""Say events of inquiries: reports, evidence, allegations and findings."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import say, say_count, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines.phrases import (
    BY,
    UNDER,
    Line,
    aside,
    by,
    day,
    ended,
    joined,
    parties,
    party,
    plain,
    says,
    term_of,
    value,
)
from answerable.projections.wording.vocabulary import Fields, as_term, found


def _verified(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say(
            "Verification: {result}", result=term_of(fields.get("result")) or say("result not told")
        ),
        party(BY, fields.get("performer"), name_of),
    )


def _investigation(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Investigation opened"),
        aside(
            party(to_say("led by {party}"), fields.get("lead"), name_of),
            party(to_say("ordered by {party}"), fields.get("mandate_giver"), name_of),
        ),
    )


def _evidence(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Evidence {digest}…", digest=fields["digest"][: len("sha256:") + 12]),
        party(to_say("collected by {party}"), fields.get("collected_by"), name_of),
        aside(fields.get("media_type")),
    )


def _custody(fields: Fields, name_of: NameOf) -> str:
    receiver, giver = name_of(fields["to"]), fields.get("from")
    if not giver:
        return say("Custody of evidence passed to {receiver}", receiver=receiver)
    return say(
        "Custody of evidence passed from {giver} to {receiver}",
        giver=name_of(giver),
        receiver=receiver,
    )


def _report(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Report received"),
        party(to_say("from {party}"), fields.get("reporter"), name_of),
        aside(
            value(to_say("about {value}"), fields.get("issue")),
            value(to_say("reporter: {value}"), fields.get("reporter_is")),
            term_of(fields.get("route")),
        ),
    )


def _contradicted(fields: Fields) -> str | None:
    """Say that public statements are contradicted: "contradicts 2 public statements"."""
    number = len(fields.get("contradicts", ()))
    if not number:
        return None
    return say_count(
        "contradicts {number} public statement", "contradicts {number} public statements", number
    )


def _proposed(fields: Fields, name_of: NameOf) -> str:
    return _finding_called(to_say("Proposed finding about {party}: {what}"), fields, name_of)


def _finding(fields: Fields, name_of: NameOf) -> str:
    return _finding_called(to_say("Finding about {party}: {what}"), fields, name_of)


def _finding_called(called: str, fields: Fields, name_of: NameOf) -> str:
    what = found(fields["outcome"], fields["responsibility"])
    return joined(
        say(called, party=name_of(fields["subject"]), what=what),
        aside(
            party(BY, fields.get("proposed_by"), name_of),
            term_of(fields.get("offence_class")),
            term_of(fields.get("severity")),
            value(to_say("grade: {value}"), fields.get("grade")),
            value(UNDER, fields.get("clause")),
            day(to_say("conduct of {date}"), fields.get("conduct_occurred")),
            _contradicted(fields),
        ),
    )


LINES: Mapping[str, Line] = {
    "report-received": _report,
    "report-acknowledged": by(to_say("Report acknowledged"), "acknowledged_by"),
    "feedback-given": plain(to_say("Feedback given to the reporter")),
    "verification-completed": _verified,
    "investigation-opened": _investigation,
    "allegation-made": lambda fields, name_of: joined(
        say("Allegation against {party}", party=name_of(fields["subject"])),
        party(BY, fields.get("made_by"), name_of),
        aside(
            value(UNDER, fields.get("clause")),
            day(to_say("conduct of {date}"), fields.get("conduct_occurred")),
        ),
    ),
    "subject-heard": lambda fields, name_of: joined(
        say("{party} was heard", party=name_of(fields["subject"])),
        aside(term_of(fields.get("form"))),
    ),
    "evidence-registered": _evidence,
    "custody-transferred": _custody,
    "finding-proposed": _proposed,
    "finding-made": _finding,
    "blame-withdrawn": ended(
        to_say("Blame withdrawn"), "withdrawn_by", says(to_say("reassigned"), "reassigned_to")
    ),
    "investigation-concluded": plain(to_say("Investigation concluded")),
    "step-taken": lambda fields, name_of: joined(
        say("Step taken: {step}", step=as_term(fields["term"])),
        parties(BY, fields.get("who", ()), name_of),
    ),
}
