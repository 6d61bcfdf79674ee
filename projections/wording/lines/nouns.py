"""Say kinds of events, and their fields, as nouns: "no hearing is on record"; "the due date"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.projections.wording.vocabulary import label, words

NOUNS: Mapping[str, str] = {
    "case-opened": "opening of the case",
    "case-closed": "closing of the case",
    "case-reopened": "reopening of the case",
    "contact-made": "contact",
    "backlash-observed": "backlash",
    "apology-issued": "apology",
    "statement-published": "public statement",
    "engagement-terminated": "end of an engagement",
    "counterparty-barred": "bar",
    "bar-lifted": "lifting of a bar",
    "report-received": "report",
    "report-acknowledged": "acknowledgement",
    "feedback-given": "feedback",
    "verification-completed": "verification",
    "investigation-opened": "investigation",
    "allegation-made": "allegation",
    "subject-heard": "hearing",
    "evidence-registered": "evidence",
    "custody-transferred": "transfer of custody",
    "finding-made": "finding",
    "finding-proposed": "proposed finding",
    "blame-withdrawn": "withdrawal of blame",
    "investigation-concluded": "conclusion of an investigation",
    "representatives-notified": "notice to the employees' representatives",
    "step-taken": "step",
    "decision-taken": "decision",
    "decision-withdrawn": "withdrawal of a decision",
    "conflict-declared": "declaration of a conflict of interest",
    "recused": "recusal",
    "conflict-waived": "waiver of a conflict",
    "sanction-proposed": "proposed sanction",
    "sanction-imposed": "sanction",
    "sanction-executed": "execution",
    "sanction-not-executed": "non-execution",
    "sanction-suspended": "suspension of a sanction",
    "sanction-lifted": "lifting of a sanction",
    "interim-measure-taken": "interim measure",
    "interim-measure-ended": "end of an interim measure",
    "appeal-lodged": "appeal",
    "appeal-decided": "decision on an appeal",
    "commitment-made": "commitment",
    "commitment-fulfilled": "fulfilment",
    "commitment-breached": "breach of a commitment",
    "commitment-released": "release",
    "remediation-opened": "remediation",
    "remediation-verified": "verification of a remediation",
    "lesson-recorded": "lesson",
    "incident-occurred": "incident",
    "agreement-made": "agreement",
    "agreement-accepted": "acceptance",
    "agreement-rejected": "rejection",
    "agreement-breached": "breach of an agreement",
    "agreement-ended": "end of an agreement",
    "proceeding-opened": "proceedings",
    "proceeding-concluded": "end of the proceedings",
    "party-registered": "registration",
    "role-assigned": "role",
    "role-ended": "end of a role",
    "authority-granted": "authority",
    "authority-revoked": "revocation of an authority",
    "policy-adopted": "adoption of a policy",
    "correction": "correction",
    "retraction": "retraction",
    "dispute": "dispute",
    "personal-data-erased": "erasure of personal data",
    "legal-hold-set": "legal hold",
    "legal-hold-lifted": "lifting of a legal hold",
    "disclosure-made": "disclosure",
    "key-rotated": "rotation of a key",
}
"""Tell what an event of each kind is, by a noun."""

FIELDS: Mapping[str, str] = {
    "from": "beginning",
    "until": "end",
    "occurred": "date",
    "due": "due date",
    "to": "receiver",
    "retain_until": "date until which it is kept",
    "conduct_occurred": "date of the conduct",
    "upon": "event that it belongs to",
    "by": "party that owes it",
    "on_behalf_of": "party on whose behalf it was",
    "addressed_to": "addressee",
    "commits_to": "undertaking",
    "reassigned_to": "party blamed instead",
    "reports_to": "superior",
}
"""Fields whose names say little by themselves."""

BY = "_by"
"""Ends the name of a field that tells who did something."""


def noun(kind: str) -> str:
    """Say an event of a kind by a noun: "hearing"."""
    return NOUNS.get(kind) or words(kind)


def any_of_kinds(kinds: Iterable[str]) -> str:
    """Say any event of some kinds: "execution or lifting of a sanction"."""
    *first, last = dict.fromkeys(map(noun, kinds))
    return f"{', '.join(first)} or {last}" if first else last


def field_noun(field: str) -> str:
    """Say what a field holds by a noun: "due date"."""
    return FIELDS.get(field) or label(field)


def field_of_it(field: str) -> str:
    """Say what a field of something tells of it: "the due date"; "who collected it"."""
    return f"{_who(field)} it" if field.endswith(BY) else f"the {field_noun(field)}"


def field_of_thing(field: str, thing: str) -> str:
    """Say what a field tells of a thing: "the due date of the bar"; "who collected the phone"."""
    return f"{_who(field)} {thing}" if field.endswith(BY) else f"the {field_noun(field)} of {thing}"


def _who(field: str) -> str:
    return f"who {label(field.removesuffix(BY))}"
