"""An event in one line, made of its public fields alone.

Nothing sealed is needed for it, so a line reads the same when the text behind it is withheld or
erased. Parties stand there by their pseudonyms, unless the caller can tell their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from answerable.projections.facts.names import NameOf
from answerable.projections.wording.counts import listed
from answerable.projections.wording.dates import interval
from answerable.projections.wording.vocabulary import (
    Fields,
    found,
    interim_words,
    label,
    measure,
    term,
    words,
)


def sentence(kind: str, fields: Fields, name_of: NameOf = str) -> str:
    """Say what happened, in one line: "Sanction: dismissal of p-1 (announced by p-2)".

    Args:
        kind: the event's kind.
        fields: its public fields, as first recorded or as corrected.
        name_of: what to call a party.
    """
    return _LINES[kind](fields, name_of)


def _joined(what: str, *parts: str | None) -> str:
    return " ".join((what, *(part for part in parts if part)))


def _aside(*parts: str | None) -> str | None:
    said = "; ".join(part for part in parts if part)
    return f"({said})" if said else None


def _party(word: str, party: str | None, name_of: NameOf) -> str | None:
    return f"{word} {name_of(party)}" if party else None


def _parties(word: str, parties: Iterable[str], name_of: NameOf) -> str | None:
    named = tuple(parties)
    return f"{word} {listed(named, name_of)}" if named else None


def _value(word: str, value: Any) -> str | None:
    return None if value is None else f"{word} {value}"


def _case_opened(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        "Case opened",
        _aside(
            _party("organisation:", fields.get("organisation"), name_of),
            _value("jurisdiction:", fields.get("jurisdiction")),
            _party("owner:", fields.get("owner"), name_of),
        ),
    )


def _contact(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Contact with {name_of(fields['counterparty'])}",
        _parties("sought by", fields.get("initiators", ()), name_of),
        _aside(_value("stage:", fields.get("stage")), _value("via", fields.get("channel"))),
    )


def _backlash(fields: Fields, _: NameOf) -> str:
    size = fields.get("size")
    return _joined(
        "Backlash",
        _value("via", fields.get("channel")),
        None if size is None else _aside(_joined(f"{size:,}", fields.get("size_unit"))),
    )


def _spoken(what: str) -> Callable[[Fields, NameOf], str]:
    def line(fields: Fields, name_of: NameOf) -> str:
        acts = ", ".join(fields.get("acts", ()))
        return _joined(
            what,
            _party("by", fields.get("speaker"), name_of),
            _party("on behalf of", fields.get("on_behalf_of"), name_of),
            _aside(acts, _value("via", fields.get("channel"))),
        )

    return line


def _terminated(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Engagement with {name_of(fields['counterparty'])} terminated",
        _aside(_value("it had reached:", fields.get("stage_reached")), _announced(fields, name_of)),
    )


def _announced(fields: Fields, name_of: NameOf) -> str | None:
    how = (
        _party("by", fields.get("announced_by"), name_of),
        _value("on", fields.get("announced")),
    )
    return _joined("announced", *how) if any(how) else None


def _barred(fields: Fields, name_of: NameOf) -> str:
    lasting = interval(fields.get("from"), fields.get("until"))
    return f"{name_of(fields['counterparty'])} barred {lasting}"


def _verified(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Verification: {fields['result']}", _party("by", fields.get("performer"), name_of)
    )


def _investigation(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        "Investigation opened",
        _aside(
            _party("led by", fields.get("lead"), name_of),
            _party("ordered by", fields.get("mandate_giver"), name_of),
        ),
    )


def _evidence(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Evidence {fields['digest'][: len('sha256:') + 12]}…",
        _party("collected by", fields.get("collected_by"), name_of),
        _aside(fields.get("media_type")),
    )


def _custody(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        "Custody of evidence passed",
        _party("from", fields.get("from"), name_of),
        _party("to", fields["to"], name_of),
    )


def _finding(fields: Fields, name_of: NameOf) -> str:
    what = found(fields["outcome"], fields["responsibility"])
    return _joined(
        f"Finding about {name_of(fields['subject'])}: {what}",
        _aside(
            fields.get("offence_class"),
            fields.get("severity"),
            _value("grade:", fields.get("grade")),
            _value("under", fields.get("clause")),
        ),
    )


def _decision(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Decision: {fields['outcome']}",
        _parties("by", fields.get("deciders", ()), name_of),
        _aside(_value("under", fields.get("clause"))),
    )


def _sanction(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Sanction against {name_of(fields['subject'])}: {measure(fields)}",
        _aside(_announced(fields, name_of), _value("due", fields.get("due"))),
    )


def _interim(fields: Fields, name_of: NameOf) -> str:
    what = interim_words(fields["measure"], fields.get("until"))
    return f"Interim measure for {name_of(fields['subject'])}: {what}"


def _appeal_decided(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Appeal decided: {words(fields['outcome'])}",
        _parties("by", fields.get("deciders", ()), name_of),
    )


def _registered(fields: Fields, name_of: NameOf) -> str:
    named = name_of(fields["party"])
    return _joined(
        f"Registered {fields['party']}",
        None if named == fields["party"] else f"as {named}",
        _aside(fields["type"]),
    )


def _role(fields: Fields, name_of: NameOf) -> str:
    return _joined(
        f"Role given to {name_of(fields['party'])}",
        _aside(
            fields.get("raci"),
            _value("area:", fields.get("area")),
            _party("reports to", fields.get("reports_to"), name_of),
            _value("from", fields.get("from")),
        ),
    )


def _granted(fields: Fields, name_of: NameOf) -> str:
    measures = ", ".join(term(each) for each in fields.get("measures", ()))
    return _joined(
        f"Authority granted to {name_of(fields['party'])}",
        f"for {measures}" if measures else None,
        _aside(
            _value("under", fields.get("clause")),
            _value("from", fields.get("from")),
            _value("until", fields.get("until")),
        ),
    )


def _corrected(fields: Fields, _: NameOf) -> str:
    changed = fields.get("fields", {})
    return _joined("Correction", f"of {', '.join(changed)}" if changed else "of a sealed text")


def _erased(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    which = ", ".join(map(label, fields.get("fields", ()))) or "all texts"
    of_them = f", and of {events} {'event' if events == 1 else 'events'}: {which}" if events else ""
    under = f"(under {fields['legal_basis']})"
    return f"Personal data of {name_of(fields['subject'])} erased{of_them} {under}"


def _disclosed(fields: Fields, name_of: NameOf) -> str:
    events = len(fields.get("events", ()))
    return _joined(
        "Disclosure",
        _party("to", fields.get("to"), name_of),
        _aside(
            f"{events} {'event' if events == 1 else 'events'}" if events else None,
            _value("under", fields.get("legal_basis")),
        ),
    )


def _by(what: str, field: str, word: str = "by") -> Callable[[Fields, NameOf], str]:
    """Make a line that names one party, where the event does."""
    return lambda fields, name_of: _joined(what, _party(word, fields.get(field), name_of))


def _due(what: str, field: str) -> Callable[[Fields, NameOf], str]:
    return lambda fields, name_of: _joined(
        what, _party("by", fields.get(field), name_of), _value("due", fields.get("due"))
    )


def _keys(vkeys: Iterable[str]) -> str:
    """List keys by names and ids, without the keys themselves, which can be 1,800 letters long."""
    return ", ".join("+".join(vkey.split("+")[:2]) for vkey in vkeys)


def _plain(what: str) -> Callable[[Fields, NameOf], str]:
    return lambda fields, name_of: what


_LINES: Mapping[str, Callable[[Fields, NameOf], str]] = {
    "case-opened": _case_opened,
    "case-closed": lambda fields, name_of: f"Case closed: {words(fields['disposition'])}",
    "case-reopened": _plain("Case reopened"),
    "contact-made": _contact,
    "backlash-observed": _backlash,
    "apology-issued": _spoken("Apology"),
    "statement-published": _spoken("Statement"),
    "engagement-terminated": _terminated,
    "counterparty-barred": _barred,
    "bar-lifted": _plain("Bar lifted"),
    "report-received": _by("Report received", "reporter", "from"),
    "report-acknowledged": _by("Report acknowledged", "acknowledged_by"),
    "feedback-given": _plain("Feedback given to the reporter"),
    "verification-completed": _verified,
    "investigation-opened": _investigation,
    "allegation-made": lambda fields, name_of: _joined(
        f"Allegation against {name_of(fields['subject'])}",
        _aside(_value("under", fields.get("clause"))),
    ),
    "subject-heard": lambda fields, name_of: _joined(
        f"{name_of(fields['subject'])} was heard", _aside(fields.get("form"))
    ),
    "evidence-registered": _evidence,
    "custody-transferred": _custody,
    "finding-made": _finding,
    "investigation-concluded": _plain("Investigation concluded"),
    "decision-taken": _decision,
    "conflict-declared": lambda fields, name_of: _joined(
        f"{name_of(fields['party'])} declared a conflict of interest",
        _party("towards", fields.get("subject"), name_of),
    ),
    "recused": lambda fields, name_of: f"{name_of(fields['party'])} stood aside",
    "conflict-waived": _by("Conflict of interest waived", "waived_by"),
    "sanction-imposed": _sanction,
    "sanction-executed": _by("Sanction executed", "executed_by"),
    "sanction-suspended": lambda fields, name_of: _joined(
        "Sanction suspended", _value("until", fields.get("until"))
    ),
    "sanction-lifted": _plain("Sanction lifted"),
    "interim-measure-taken": _interim,
    "appeal-lodged": _by("Appeal lodged", "appellant"),
    "appeal-decided": _appeal_decided,
    "commitment-made": _due("Commitment made", "by"),
    "commitment-fulfilled": _plain("Commitment fulfilled"),
    "remediation-opened": _due("Remediation opened", "owner"),
    "remediation-verified": _by("Remediation verified", "verified_by"),
    "lesson-recorded": _plain("Lesson recorded"),
    "party-registered": _registered,
    "role-assigned": _role,
    "role-ended": _plain("Role ended"),
    "authority-granted": _granted,
    "authority-revoked": _plain("Authority revoked"),
    "policy-adopted": lambda fields, name_of: _joined(
        f"Policy {fields['policy']} {fields['policy_version']} adopted",
        _value("from", fields.get("from")),
    ),
    "correction": _corrected,
    "retraction": _plain("Retraction"),
    "dispute": _by("Dispute", "by"),
    "personal-data-erased": _erased,
    "legal-hold-set": _by("Legal hold set", "subject", "on data of"),
    "legal-hold-lifted": _plain("Legal hold lifted"),
    "disclosure-made": _disclosed,
    "key-rotated": lambda fields, name_of: _joined(
        "The ledger's keys rotated", _value("to", _keys(fields.get("adopted", ())))
    ),
}
