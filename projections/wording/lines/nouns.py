"""Say kinds of events, and their fields, as nouns: "no hearing is on record"; "the due date"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.domain.language.saying import say, say_as, spoken, to_say_as
from answerable.projections.wording.vocabulary import label, words

NOUNS: Mapping[str, str] = {
    "case-opened": to_say_as("noun", "opening of the case"),
    "case-closed": to_say_as("noun", "closing of the case"),
    "case-reopened": to_say_as("noun", "reopening of the case"),
    "contact-made": to_say_as("noun", "contact"),
    "backlash-observed": to_say_as("noun", "backlash"),
    "apology-issued": to_say_as("noun", "apology"),
    "statement-published": to_say_as("noun", "public statement"),
    "engagement-terminated": to_say_as("noun", "end of an engagement"),
    "counterparty-barred": to_say_as("noun", "bar"),
    "bar-lifted": to_say_as("noun", "lifting of a bar"),
    "report-received": to_say_as("noun", "report"),
    "report-acknowledged": to_say_as("noun", "acknowledgement"),
    "feedback-given": to_say_as("noun", "feedback"),
    "verification-completed": to_say_as("noun", "verification"),
    "investigation-opened": to_say_as("noun", "investigation"),
    "allegation-made": to_say_as("noun", "allegation"),
    "subject-heard": to_say_as("noun", "hearing"),
    "evidence-registered": to_say_as("noun", "evidence"),
    "custody-transferred": to_say_as("noun", "transfer of custody"),
    "finding-made": to_say_as("noun", "finding"),
    "finding-proposed": to_say_as("noun", "proposed finding"),
    "blame-withdrawn": to_say_as("noun", "withdrawal of blame"),
    "investigation-concluded": to_say_as("noun", "conclusion of an investigation"),
    "representatives-notified": to_say_as("noun", "notice to the employees' representatives"),
    "step-taken": to_say_as("noun", "step"),
    "decision-taken": to_say_as("noun", "decision"),
    "decision-withdrawn": to_say_as("noun", "withdrawal of a decision"),
    "conflict-declared": to_say_as("noun", "declaration of a conflict of interest"),
    "recused": to_say_as("noun", "recusal"),
    "conflict-waived": to_say_as("noun", "waiver of a conflict"),
    "sanction-proposed": to_say_as("noun", "proposed sanction"),
    "sanction-imposed": to_say_as("noun", "sanction"),
    "sanction-executed": to_say_as("noun", "execution"),
    "sanction-not-executed": to_say_as("noun", "non-execution"),
    "sanction-suspended": to_say_as("noun", "suspension of a sanction"),
    "sanction-lifted": to_say_as("noun", "lifting of a sanction"),
    "interim-measure-taken": to_say_as("noun", "interim measure"),
    "interim-measure-ended": to_say_as("noun", "end of an interim measure"),
    "appeal-lodged": to_say_as("noun", "appeal"),
    "appeal-decided": to_say_as("noun", "decision on an appeal"),
    "commitment-made": to_say_as("noun", "commitment"),
    "commitment-fulfilled": to_say_as("noun", "fulfilment"),
    "commitment-breached": to_say_as("noun", "breach of a commitment"),
    "commitment-released": to_say_as("noun", "release"),
    "remediation-opened": to_say_as("noun", "remediation"),
    "remediation-verified": to_say_as("noun", "verification of a remediation"),
    "lesson-recorded": to_say_as("noun", "lesson"),
    "incident-occurred": to_say_as("noun", "incident"),
    "agreement-made": to_say_as("noun", "agreement"),
    "agreement-accepted": to_say_as("noun", "acceptance"),
    "agreement-rejected": to_say_as("noun", "rejection"),
    "agreement-breached": to_say_as("noun", "breach of an agreement"),
    "agreement-ended": to_say_as("noun", "end of an agreement"),
    "proceeding-opened": to_say_as("noun", "proceedings"),
    "proceeding-concluded": to_say_as("noun", "end of the proceedings"),
    "party-registered": to_say_as("noun", "registration"),
    "role-assigned": to_say_as("noun", "role"),
    "role-ended": to_say_as("noun", "end of a role"),
    "authority-granted": to_say_as("noun", "authority"),
    "authority-revoked": to_say_as("noun", "revocation of an authority"),
    "policy-adopted": to_say_as("noun", "adoption of a policy"),
    "correction": to_say_as("noun", "correction"),
    "retraction": to_say_as("noun", "retraction"),
    "dispute": to_say_as("noun", "dispute"),
    "personal-data-erased": to_say_as("noun", "erasure of personal data"),
    "legal-hold-set": to_say_as("noun", "legal hold"),
    "legal-hold-lifted": to_say_as("noun", "lifting of a legal hold"),
    "disclosure-made": to_say_as("noun", "disclosure"),
    "key-rotated": to_say_as("noun", "rotation of a key"),
}
"""Tell what an event of each kind is, by a noun."""

FIELDS: Mapping[str, str] = {
    "from": to_say_as("noun", "beginning"),
    "until": to_say_as("noun", "end"),
    "occurred": to_say_as("noun", "date"),
    "due": to_say_as("noun", "due date"),
    "to": to_say_as("noun", "receiver"),
    "retain_until": to_say_as("noun", "date until which it is kept"),
    "conduct_occurred": to_say_as("noun", "date of the conduct"),
    "upon": to_say_as("noun", "event that it belongs to"),
    "by": to_say_as("noun", "party that owes it"),
    "on_behalf_of": to_say_as("noun", "party on whose behalf it was"),
    "addressed_to": to_say_as("noun", "addressee"),
    "commits_to": to_say_as("noun", "undertaking"),
    "reassigned_to": to_say_as("noun", "party blamed instead"),
    "reports_to": to_say_as("noun", "superior"),
}
"""Fields whose names say little by themselves."""

BY = "_by"
"""Ends the name of a field that tells who did something: who "collected" it, in English."""


def noun(kind: str) -> str:
    """Say an event of a kind by a noun: "hearing"."""
    said = NOUNS.get(kind)
    return words(kind) if said is None else say_as("noun", said)


def any_of_kinds(kinds: Iterable[str]) -> str:
    """Say any event of some kinds: "execution or lifting of a sanction"."""
    *first, last = dict.fromkeys(map(noun, kinds))
    if not first:
        return last
    return say("{others} or {last}", others=say_as("list", ", ").join(first), last=last)


def field_noun(field: str) -> str:
    """Say what a field holds by a noun: "due date"."""
    said = FIELDS.get(field)
    return label(field) if said is None else say_as("noun", said)


def field_of_it(field: str) -> str:
    """Say what a field of something tells of it: "the due date"; "who collected it"."""
    if field.endswith(BY) and spoken() is None:
        return say("who {did} it", did=label(field.removesuffix(BY)))
    return say("the {field}", field=field_noun(field))


def field_of_thing(field: str, thing: str) -> str:
    """Say what a field tells of a thing: "the due date of the bar"; "who collected the phone"."""
    if field.endswith(BY) and spoken() is None:
        return say("who {did} {thing}", did=label(field.removesuffix(BY)), thing=thing)
    return say("the {field} of {thing}", field=field_noun(field), thing=thing)
