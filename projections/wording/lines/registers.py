"""Say events of the house's own registers, and of what the record says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.domain.language.saying import punctuation, say, say_count, spoken, to_say
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines.phrases import (
    UNDER,
    Line,
    aside,
    by,
    day,
    ended,
    joined,
    manner,
    party,
    plain,
    term_of,
    value,
)
from answerable.projections.wording.vocabulary import Fields, as_term, label, size_words, term


def _registered(fields: Fields, name_of: NameOf) -> str:
    named = name_of(fields["party"])
    return joined(
        say("Registered {party}", party=fields["party"]),
        None if named == fields["party"] else say("as {name}", name=named),
        aside(as_term(fields["type"]), size_words(fields.get("size"))),
    )


def _role(fields: Fields, name_of: NameOf) -> str:
    return joined(
        say("Role given to {party}", party=name_of(fields["party"])),
        aside(
            term_of(fields.get("raci")),
            value(to_say("area: {value}"), fields.get("area")),
            party(to_say("reports to {party}"), fields.get("reports_to"), name_of),
            value(to_say("grade: {value}"), fields.get("grade")),
            day(to_say("from {date}"), fields.get("from")),
        ),
    )


def _granted(fields: Fields, name_of: NameOf) -> str:
    comma = punctuation(", ")
    measures = comma.join(term(each) for each in fields.get("measures", ()))
    return joined(
        say("Authority granted to {party}", party=name_of(fields["party"])),
        say("for {measures}", measures=measures) if measures else None,
        aside(
            say("over grades: {grades}", grades=comma.join(fields["grades"]))
            if fields.get("grades")
            else None,
            value(UNDER, fields.get("clause")),
            day(to_say("from {date}"), fields.get("from")),
            day(to_say("until {date}"), fields.get("until")),
        ),
    )


def _corrected(fields: Fields, _: NameOf) -> str:
    changed = fields.get("fields", {})
    if not changed:
        return say("Correction of a sealed text")
    # Fields are called by their names here, as programs call them, in English alone.
    called = changed if spoken() is None else map(label, changed)
    return say("Correction of {fields}", fields=punctuation(", ").join(called))


def _erased(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    which = punctuation(", ").join(map(label, fields.get("fields", ()))) or say("all texts")
    told = {"party": name_of(fields["subject"]), "basis": fields["legal_basis"]}
    if not events:
        return say("Personal data of {party} erased (under {basis})", **told)
    return say_count(
        "Personal data of {party} erased, and of {number} event: {texts} (under {basis})",
        "Personal data of {party} erased, and of {number} events: {texts} (under {basis})",
        events,
        texts=which,
        **told,
    )


def _disclosed(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    return joined(
        say("Disclosure"),
        party(to_say("to {party}"), fields.get("to"), name_of),
        aside(
            say_count("{number} event", "{number} events", events) if events else None,
            value(UNDER, fields.get("legal_basis")),
        ),
    )


def _keys(vkeys: Iterable[str]) -> str:
    """List keys by names and ids, without the keys themselves, which can be 1,800 letters long."""
    return ", ".join("+".join(vkey.split("+")[:2]) for vkey in vkeys)


LINES: Mapping[str, Line] = {
    "party-registered": _registered,
    "role-assigned": _role,
    "role-ended": ended(to_say("Role ended"), "ended_by", manner),
    "authority-granted": _granted,
    "authority-revoked": ended(to_say("Authority revoked"), "revoked_by"),
    "policy-adopted": lambda fields, name_of: joined(
        say(
            "Policy {policy} {version} adopted",
            policy=fields["policy"],
            version=fields["policy_version"],
        ),
        day(to_say("from {date}"), fields.get("from")),
    ),
    "correction": _corrected,
    "retraction": plain(to_say("Retraction")),
    "dispute": by(to_say("Dispute"), "by"),
    "personal-data-erased": _erased,
    "legal-hold-set": by(to_say("Legal hold set"), "subject", to_say("on data of {party}")),
    "legal-hold-lifted": plain(to_say("Legal hold lifted")),
    "disclosure-made": _disclosed,
    "key-rotated": lambda fields, name_of: joined(
        say("The ledger's keys rotated"),
        say("to {keys}", keys=_keys(fields.get("adopted", ()))),
    ),
}
