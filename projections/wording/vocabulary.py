"""Terms of the vocabulary, and the values of fields, as one says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answerable.domain.terms.several import cited
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.dates import date

Fields = Mapping[str, Any]

NOT_TOLD = "not told"
"""Said where the record has nothing."""

OTHER = "other"
"""The measure that is none of the vocabulary's. Its words are sealed."""


def words(term: str) -> str:
    """Say a term of the vocabulary: `formal-reprimand` is "formal reprimand"."""
    return term.replace("-", " ")


def label(field: str) -> str:
    """Say the name of a field: `offence_class` is "offence class"."""
    return field.replace("_", " ")


def value_words(value: Any) -> str:
    """Say the value of a public field: a text, several of them, or that there is none.

    A provision that is told by its parts is said as one cites it.
    """
    if value is None or value == () or value == []:
        return NOT_TOLD
    if isinstance(value, list | tuple):
        return "; ".join(map(value_words, value))
    return cited(value)


def reading(field: str, was: Any, now: Any) -> str:
    """Say how a field reads now and read before: "offence class was fraud, is now bribery"."""
    name = f"{label(field)} " if field else ""
    before, after = (field_words(field, each) for each in (was, now))
    return f"{name}was {before}, is now {after}"


def field_words(field: str, value: Any) -> str:
    """Say the value of a public field by its name: an amount of money as one."""
    if field.endswith("amount") and isinstance(value, str):
        return amount_words(value)
    return value_words(value)


def term(measure: str) -> str:
    """Say a measure of the vocabulary."""
    return "another measure" if measure == OTHER else words(measure)


def amount(fields: Fields) -> str | None:
    """Say the amount of money that an event tells; None where it tells none."""
    told = fields.get("amount")
    return None if told is None else amount_words(told)


def measure(fields: Fields, own_words: str | None = None) -> str:
    """Say a sanction's measure with what it bears on: "bonus cancellation, 2025".

    Args:
        fields: the sanction's.
        own_words: the measure in words, where it is none of the vocabulary's, and they can be read.
    """
    days, until = fields.get("days"), fields.get("until")
    details = (
        fields.get("period"),
        amount(fields),
        None if days is None else f"{days} {'day' if days == 1 else 'days'}",
        None if until is None else f"until {date(until)}",
    )
    what = own_words or term(fields["measure"])
    return ", ".join((what, *(each for each in details if each)))


def becomes_words(fields: Fields) -> str | None:
    """Say what a sanction becomes on appeal: "suspension, 30 days"; None where nothing is told."""
    told = {
        name: fields.get(f"becomes_{name}")
        for name in ("measure", "amount", "days")
        if fields.get(f"becomes_{name}") is not None
    }
    if not told:
        return None
    return measure({"measure": "", **told}).removeprefix(", ")


def found(outcome: str, responsibility: str) -> str:
    """Say what was found: "substantiated, managerial responsibility"."""
    return (
        f"{words(outcome)}, {'no' if responsibility == 'none' else responsibility} responsibility"
    )


def interim_words(measure: str, until: str | None = None) -> str:
    """Say an interim measure: "leave until 2026-03-31 (not a sanction)".

    Args:
        measure: the term of the vocabulary.
        until: its end in words; None where none is told.
    """
    end = "" if until is None else f" until {until}"
    return f"{term(measure)}{end} (not a sanction)"


def size_words(told: str | None) -> str | None:
    """Say how many: "346", or "about 5,300" for `5300~`; None where that is not told."""
    if told is None:
        return None
    return f"{'about ' if told.endswith('~') else ''}{int(told.removesuffix('~')):,}"


def cause_words(cause: str) -> str | None:
    """Say what kept a sanction from being executed: "resigned first"; None for `other`."""
    return None if cause == OTHER else words(cause)


def agreement_words(type_: str) -> str:
    """Say what an agreement is: "deferred prosecution agreement", "consent order"."""
    if type_ == OTHER:
        return "agreement"
    named = words(type_)
    return f"{named} agreement" if type_ in ("deferred-prosecution", "plea") else named


def proceeding_words(type_: str | None) -> str:
    """Say what a proceeding is: "criminal proceedings"; "proceedings" where that is not told."""
    return "proceedings" if type_ in (None, OTHER) else f"{type_} proceedings"


def outcome_words(outcome: str) -> str:
    """Say what became of a proceeding: "acquitted"; "in another way" for `other`."""
    return "in another way" if outcome == OTHER else outcome


def stated(state: str, may_be: tuple[str, ...]) -> str:
    """Say a state; of several, "indeterminate: in force or ended, the dates do not tell"."""
    if not may_be:
        return state
    return f"indeterminate: {' or '.join(may_be)}, the dates do not tell"
