"""Say what another event acts upon: "the formal reprimand of Xu Fei", "the bar on the KOL"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import capital, listed
from answerable.projections.wording.vocabulary import (
    OTHER,
    Fields,
    agreement_words,
    as_term,
    measure,
    outcome_words,
    proceeding_words,
    term,
    value_words,
    words,
)


class Told(NamedTuple):
    """An event, as far as a line tells of it: its kind, and its public fields."""

    kind: str
    fields: Fields


Find = Callable[[str], Told | None]
"""Finds an event by its id; None where it cannot be read."""


def thing(told: Told, name_of: NameOf, find: Find) -> str:
    """Say an event as a thing."""
    fields = told.fields
    if told.kind == "appeal-lodged":
        return _appeal(fields, name_of, find)
    said = THINGS.get(told.kind)
    return say("the {kind}", kind=words(told.kind)) if said is None else said(fields, name_of)


def has_thing(kind: str) -> bool:
    """Tell whether an event of a kind is called by more than its kind."""
    return kind == "appeal-lodged" or kind in THINGS


def _appeal(fields: Fields, name_of: NameOf, find: Find) -> str:
    against, by = find(fields["against"]), fields.get("appellant")
    appeal = say("the appeal of {party}", party=name_of(by)) if by else say("the appeal")
    if against is None:
        return appeal
    what = thing(against, name_of, find)
    return say("{appeal} against {what}", appeal=appeal, what=what)


def acting(kind: str, line: str, what: str) -> str:
    """Say what was done to a thing, so that the line is understood alone.

    Args:
        kind: the kind of the event that acts upon it.
        line: what that event says by itself, as "Role ended (resigned)".
        what: the thing, as "the role of Xu Fei".
    """
    alone, of_it = HEADS.get(kind, ("", ""))
    if alone and line.startswith(say(alone)):
        return f"{capital(say(of_it, thing=what))}{line.removeprefix(say(alone))}"
    return say(JOINED.get(kind, BESIDE), line=line, thing=what)


def _of(what: str, of: str, field: str) -> Callable[[Fields, NameOf], str]:
    """Make a thing that names a party, where its event tells one."""

    def said(fields: Fields, name_of: NameOf) -> str:
        who = fields.get(field)
        return say(of, party=name_of(who)) if who else say(what)

    return said


def _plain(what: str) -> Callable[[Fields, NameOf], str]:
    return lambda fields, name_of: say(what)


def _between(fields: Fields, name_of: NameOf) -> str:
    return say(
        "the {agreement} between {parties}",
        agreement=agreement_words(fields["type"]),
        parties=listed(fields["between"], name_of),
    )


def _sanction(of: str) -> Callable[[Fields, NameOf], str]:
    def said(fields: Fields, name_of: NameOf) -> str:
        told = say("measure") if fields["measure"] == OTHER else measure(fields)
        what, _, details = told.partition(punctuation(", "))
        if details:
            what = say("{what} ({marks})", what=what, marks=details)
        return say(of, measure=what, party=name_of(fields["subject"]))

    return said


def _decision(fields: Fields, name_of: NameOf) -> str:
    outcome, clause = as_term(fields["outcome"]), fields.get("clause")
    if clause is None:
        return say("the decision: {outcome}", outcome=outcome)
    return say(
        "the decision: {outcome} under {clause}", outcome=outcome, clause=value_words(clause)
    )


def _role(fields: Fields, name_of: NameOf) -> str:
    said = say("the role of {party}", party=name_of(fields["party"]))
    if fields.get("role") is not None:
        said = say("{role} as {post}", role=said, post=value_words(fields["role"]))
    if fields.get("area") is not None:
        said = say("{role} in {area}", role=said, area=as_term(fields["area"]))
    return said


THINGS: Mapping[str, Callable[[Fields, NameOf], str]] = {
    "case-opened": _plain(to_say("the opening of the case")),
    "case-closed": _plain(to_say("the closing of the case")),
    "case-reopened": _plain(to_say("the reopening of the case")),
    "contact-made": _of(to_say("the contact"), to_say("the contact with {party}"), "counterparty"),
    "backlash-observed": _plain(to_say("the backlash")),
    "apology-issued": _of(to_say("the apology"), to_say("the apology of {party}"), "speaker"),
    "statement-published": _of(
        to_say("the statement"), to_say("the statement of {party}"), "speaker"
    ),
    "engagement-terminated": _of(
        to_say("the end of the engagement"),
        to_say("the end of the engagement with {party}"),
        "counterparty",
    ),
    "counterparty-barred": _of(to_say("the bar"), to_say("the bar on {party}"), "counterparty"),
    "report-received": _of(to_say("the report"), to_say("the report of {party}"), "reporter"),
    "verification-completed": _of(
        to_say("the verification"), to_say("the verification by {party}"), "performer"
    ),
    "investigation-opened": _of(
        to_say("the investigation"), to_say("the investigation led by {party}"), "lead"
    ),
    "allegation-made": _of(
        to_say("the allegation"), to_say("the allegation against {party}"), "subject"
    ),
    "subject-heard": _of(to_say("the hearing"), to_say("the hearing of {party}"), "subject"),
    "evidence-registered": lambda fields, name_of: say(
        "the evidence {digest}…", digest=fields["digest"][: len("sha256:") + 12]
    ),
    "finding-proposed": _of(
        to_say("the proposed finding"), to_say("the proposed finding about {party}"), "subject"
    ),
    "finding-made": _of(to_say("the finding"), to_say("the finding about {party}"), "subject"),
    "decision-taken": _decision,
    "conflict-declared": _of(
        to_say("the conflict of interest"), to_say("the conflict of interest of {party}"), "party"
    ),
    "representatives-notified": _of(to_say("the notice"), to_say("the notice to {party}"), "body"),
    "sanction-proposed": _sanction(to_say("the proposed {measure} of {party}")),
    "sanction-imposed": _sanction(to_say("the {measure} of {party}")),
    "interim-measure-taken": lambda fields, name_of: say(
        "the interim measure for {party}: {measure}",
        party=name_of(fields["subject"]),
        measure=term(fields["measure"]),
    ),
    "commitment-made": _of(to_say("the commitment"), to_say("the commitment of {party}"), "by"),
    "remediation-opened": _of(
        to_say("the remediation"), to_say("the remediation owed by {party}"), "owner"
    ),
    "agreement-made": _between,
    "proceeding-opened": lambda fields, name_of: say(
        "the {proceedings} against {party}",
        proceedings=proceeding_words(fields.get("type")),
        party=name_of(fields["subject"]),
    ),
    "proceeding-concluded": lambda fields, name_of: say(
        "the outcome of the proceedings: {outcome}", outcome=outcome_words(fields["outcome"])
    ),
    "party-registered": _of(
        to_say("the registration"), to_say("the registration of {party}"), "party"
    ),
    "role-assigned": _role,
    "authority-granted": _of(to_say("the authority"), to_say("the authority of {party}"), "party"),
    "legal-hold-set": _of(
        to_say("the legal hold"), to_say("the legal hold on data of {party}"), "subject"
    ),
    "correction": _plain(to_say("a correction")),
    "retraction": _plain(to_say("a retraction")),
    "dispute": _of(to_say("the dispute"), to_say("the dispute by {party}"), "by"),
}
"""What an event is called by others that act upon it."""

HEADS: Mapping[str, tuple[str, str]] = {
    "bar-lifted": (to_say("Bar lifted"), to_say("{thing} was lifted")),
    "report-acknowledged": (to_say("Report acknowledged"), to_say("{thing} was acknowledged")),
    "investigation-concluded": (to_say("Investigation concluded"), to_say("{thing} was concluded")),
    "decision-withdrawn": (to_say("Decision withdrawn"), to_say("{thing} was withdrawn")),
    "conflict-waived": (to_say("Conflict of interest waived"), to_say("{thing} was waived")),
    "sanction-executed": (to_say("Sanction executed"), to_say("{thing} was executed")),
    "sanction-not-executed": (to_say("Sanction not executed"), to_say("{thing} was not executed")),
    "sanction-suspended": (to_say("Sanction suspended"), to_say("{thing} was suspended")),
    "sanction-lifted": (to_say("Sanction lifted"), to_say("{thing} was lifted")),
    "interim-measure-ended": (to_say("Interim measure ended"), to_say("{thing} ended")),
    "appeal-decided": (to_say("Appeal decided"), to_say("{thing} was decided")),
    "commitment-fulfilled": (to_say("Commitment fulfilled"), to_say("{thing} was fulfilled")),
    "commitment-breached": (to_say("Commitment breached"), to_say("{thing} was breached")),
    "commitment-released": (to_say("Commitment released"), to_say("{thing} was released")),
    "remediation-verified": (to_say("Remediation verified"), to_say("{thing} was verified")),
    "agreement-accepted": (to_say("Agreement accepted"), to_say("{thing} was accepted")),
    "agreement-rejected": (to_say("Agreement rejected"), to_say("{thing} was rejected")),
    "agreement-breached": (to_say("Agreement breached"), to_say("{thing} was breached")),
    "agreement-ended": (to_say("Agreement ended"), to_say("{thing} ended")),
    "proceeding-concluded": (to_say("Proceedings concluded"), to_say("{thing} were concluded")),
    "role-ended": (to_say("Role ended"), to_say("{thing} ended")),
    "authority-revoked": (to_say("Authority revoked"), to_say("{thing} was revoked")),
    "legal-hold-lifted": (to_say("Legal hold lifted"), to_say("{thing} was lifted")),
}
"""How the line of a kind begins, and what is said of the thing in place of it."""

BESIDE = to_say("{line}: {thing}")

JOINED: Mapping[str, str] = {
    "feedback-given": to_say("{line} on {thing}"),
    "subject-heard": to_say("{line} on {thing}"),
    "finding-proposed": "{line}",
    "finding-made": "{line}",
    "step-taken": to_say("{line} on {thing}"),
    "recused": "{line}",
    "representatives-notified": to_say("{line} on {thing}"),
    "appeal-lodged": to_say("{line} against {thing}"),
    "commitment-made": to_say("{line} under {thing}"),
    "correction": to_say("{line}, in {thing}"),
    "retraction": to_say("{line} of {thing}"),
    "dispute": to_say("{line} about {thing}"),
}
"""How the line of a kind and the thing go together, where the line goes on as it is."""
