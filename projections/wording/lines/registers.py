"""Say events of the house's own registers, and of what the record says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.lines.phrases import (
    Line,
    aside,
    by,
    ended,
    joined,
    manner,
    party,
    plain,
    value,
)
from answerable.projections.wording.vocabulary import Fields, label, size_words, term


def _registered(fields: Fields, name_of: NameOf) -> str:
    named = name_of(fields["party"])
    return joined(
        f"Registered {fields['party']}",
        None if named == fields["party"] else f"as {named}",
        aside(fields["type"], size_words(fields.get("size"))),
    )


def _role(fields: Fields, name_of: NameOf) -> str:
    return joined(
        f"Role given to {name_of(fields['party'])}",
        aside(
            fields.get("raci"),
            value("area:", fields.get("area")),
            party("reports to", fields.get("reports_to"), name_of),
            value("grade:", fields.get("grade")),
            value("from", fields.get("from")),
        ),
    )


def _granted(fields: Fields, name_of: NameOf) -> str:
    measures = ", ".join(term(each) for each in fields.get("measures", ()))
    return joined(
        f"Authority granted to {name_of(fields['party'])}",
        f"for {measures}" if measures else None,
        aside(
            f"over grades: {', '.join(fields['grades'])}" if fields.get("grades") else None,
            value("under", fields.get("clause")),
            value("from", fields.get("from")),
            value("until", fields.get("until")),
        ),
    )


def _corrected(fields: Fields, _: NameOf) -> str:
    changed = fields.get("fields", {})
    return joined("Correction", f"of {', '.join(changed)}" if changed else "of a sealed text")


def _erased(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    which = ", ".join(map(label, fields.get("fields", ()))) or "all texts"
    of_them = f", and of {events} {'event' if events == 1 else 'events'}: {which}" if events else ""
    under = f"(under {fields['legal_basis']})"
    return f"Personal data of {name_of(fields['subject'])} erased{of_them} {under}"


def _disclosed(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    return joined(
        "Disclosure",
        party("to", fields.get("to"), name_of),
        aside(
            f"{events} {'event' if events == 1 else 'events'}" if events else None,
            value("under", fields.get("legal_basis")),
        ),
    )


def _keys(vkeys: Iterable[str]) -> str:
    """List keys by names and ids, without the keys themselves, which can be 1,800 letters long."""
    return ", ".join("+".join(vkey.split("+")[:2]) for vkey in vkeys)


LINES: Mapping[str, Line] = {
    "party-registered": _registered,
    "role-assigned": _role,
    "role-ended": ended("Role ended", "ended_by", manner),
    "authority-granted": _granted,
    "authority-revoked": ended("Authority revoked", "revoked_by"),
    "policy-adopted": lambda fields, name_of: joined(
        f"Policy {fields['policy']} {fields['policy_version']} adopted",
        value("from", fields.get("from")),
    ),
    "correction": _corrected,
    "retraction": plain("Retraction"),
    "dispute": by("Dispute", "by"),
    "personal-data-erased": _erased,
    "legal-hold-set": by("Legal hold set", "subject", "on data of"),
    "legal-hold-lifted": plain("Legal hold lifted"),
    "disclosure-made": _disclosed,
    "key-rotated": lambda fields, name_of: joined(
        "The ledger's keys rotated", value("to", _keys(fields.get("adopted", ())))
    ),
}
