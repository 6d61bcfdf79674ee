"""Say what another event acts upon: "the formal reprimand of Xu Fei", "the bar on the KOL"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import capital, listed
from answerable.projections.wording.lines.phrases import aside, joined, party, value
from answerable.projections.wording.vocabulary import (
    OTHER,
    Fields,
    agreement_words,
    measure,
    outcome_words,
    proceeding_words,
    term,
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
        against = find(fields["against"])
        return joined(
            "the appeal",
            party("of", fields.get("appellant"), name_of),
            None if against is None else f"against {thing(against, name_of, find)}",
        )
    said = THINGS.get(told.kind)
    return f"the {words(told.kind)}" if said is None else said(fields, name_of)


def acting(kind: str, line: str, what: str) -> str:
    """Say what was done to a thing, so that the line is understood alone.

    Args:
        kind: the kind of the event that acts upon it.
        line: what that event says by itself, as "Role ended (resigned)".
        what: the thing, as "the role of Xu Fei".
    """
    for head, verb in HEADS.get(kind, {}).items():
        if line.startswith(head):
            return f"{capital(what)} {verb}{line.removeprefix(head)}"
    return JOINED.get(kind, "{line}: {what}").format(line=line, what=what)


def _of(what: str, field: str, word: str = "of") -> Callable[[Fields, NameOf], str]:
    return lambda fields, name_of: joined(what, party(word, fields.get(field), name_of))


def _between(fields: Fields, name_of: NameOf) -> str:
    return f"the {agreement_words(fields['type'])} between {listed(fields['between'], name_of)}"


def _sanction(fields: Fields, name_of: NameOf) -> str:
    said = "measure" if fields["measure"] == OTHER else measure(fields)
    what, _, details = said.partition(", ")
    return joined(f"the {what}", aside(details), party("of", fields["subject"], name_of))


THINGS: Mapping[str, Callable[[Fields, NameOf], str]] = {
    "case-opened": lambda fields, name_of: "the opening of the case",
    "case-closed": lambda fields, name_of: "the closing of the case",
    "case-reopened": lambda fields, name_of: "the reopening of the case",
    "contact-made": _of("the contact", "counterparty", "with"),
    "backlash-observed": lambda fields, name_of: "the backlash",
    "apology-issued": _of("the apology", "speaker"),
    "statement-published": _of("the statement", "speaker"),
    "engagement-terminated": _of("the end of the engagement", "counterparty", "with"),
    "counterparty-barred": _of("the bar", "counterparty", "on"),
    "report-received": _of("the report", "reporter"),
    "verification-completed": _of("the verification", "performer", "by"),
    "investigation-opened": _of("the investigation", "lead", "led by"),
    "allegation-made": _of("the allegation", "subject", "against"),
    "subject-heard": _of("the hearing", "subject"),
    "evidence-registered": lambda fields, name_of: (
        f"the evidence {fields['digest'][: len('sha256:') + 12]}…"
    ),
    "finding-proposed": _of("the proposed finding", "subject", "about"),
    "finding-made": _of("the finding", "subject", "about"),
    "decision-taken": lambda fields, name_of: joined(
        f"the decision: {fields['outcome']}",
        value("under", fields.get("clause")),
    ),
    "conflict-declared": _of("the conflict of interest", "party"),
    "representatives-notified": _of("the notice", "body", "to"),
    "sanction-proposed": lambda fields, name_of: (
        f"the proposed {_sanction(fields, name_of).removeprefix('the ')}"
    ),
    "sanction-imposed": _sanction,
    "interim-measure-taken": lambda fields, name_of: joined(
        f"the interim measure for {name_of(fields['subject'])}: {term(fields['measure'])}"
    ),
    "commitment-made": _of("the commitment", "by"),
    "remediation-opened": _of("the remediation", "owner", "owed by"),
    "agreement-made": _between,
    "proceeding-opened": lambda fields, name_of: (
        f"the {proceeding_words(fields.get('type'))} against {name_of(fields['subject'])}"
    ),
    "proceeding-concluded": lambda fields, name_of: (
        f"the outcome of the proceedings: {outcome_words(fields['outcome'])}"
    ),
    "party-registered": _of("the registration", "party"),
    "role-assigned": lambda fields, name_of: joined(
        f"the role of {name_of(fields['party'])}",
        value("as", fields.get("role")),
        value("in", fields.get("area")),
    ),
    "authority-granted": _of("the authority", "party"),
    "legal-hold-set": _of("the legal hold", "subject", "on data of"),
    "correction": lambda fields, name_of: "a correction",
    "retraction": lambda fields, name_of: "a retraction",
    "dispute": _of("the dispute", "by", "by"),
}
"""What an event is called by others that act upon it."""

HEADS: Mapping[str, Mapping[str, str]] = {
    "bar-lifted": {"Bar lifted": "was lifted"},
    "report-acknowledged": {"Report acknowledged": "was acknowledged"},
    "investigation-concluded": {"Investigation concluded": "was concluded"},
    "decision-withdrawn": {"Decision withdrawn": "was withdrawn"},
    "conflict-waived": {"Conflict of interest waived": "was waived"},
    "sanction-executed": {"Sanction executed": "was executed"},
    "sanction-not-executed": {"Sanction not executed": "was not executed"},
    "sanction-suspended": {"Sanction suspended": "was suspended"},
    "sanction-lifted": {"Sanction lifted": "was lifted"},
    "interim-measure-ended": {"Interim measure ended": "ended"},
    "appeal-decided": {"Appeal decided": "was decided"},
    "commitment-fulfilled": {"Commitment fulfilled": "was fulfilled"},
    "commitment-breached": {"Commitment breached": "was breached"},
    "commitment-released": {"Commitment released": "was released"},
    "remediation-verified": {"Remediation verified": "was verified"},
    "agreement-accepted": {"Agreement accepted": "was accepted"},
    "agreement-rejected": {"Agreement rejected": "was rejected"},
    "agreement-breached": {"Agreement breached": "was breached"},
    "agreement-ended": {"Agreement ended": "ended"},
    "proceeding-concluded": {"Proceedings concluded": "were concluded"},
    "role-ended": {"Role ended": "ended"},
    "authority-revoked": {"Authority revoked": "was revoked"},
    "legal-hold-lifted": {"Legal hold lifted": "was lifted"},
}
"""How the line of a kind begins, and what is said of the thing in place of it."""

JOINED: Mapping[str, str] = {
    "feedback-given": "{line} on {what}",
    "subject-heard": "{line} on {what}",
    "finding-proposed": "{line}",
    "finding-made": "{line}",
    "step-taken": "{line} on {what}",
    "recused": "{line}",
    "representatives-notified": "{line} on {what}",
    "appeal-lodged": "{line} against {what}",
    "commitment-made": "{line} under {what}",
    "correction": "{line}, in {what}",
    "retraction": "{line} of {what}",
    "dispute": "{line} about {what}",
}
"""How the line of a kind and the thing go together, where the line goes on as it is."""
