"""Terms of the vocabulary, and the values of fields, as one says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from answerable.domain.language.saying import (
    figures,
    label_words,
    punctuation,
    say,
    say_as,
    say_count,
    spoken,
    term_words,
    to_say,
)
from answerable.domain.terms.several import cited
from answerable.domain.terms.vocabulary import HYPHENATED
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.dates import as_recorded, date

Fields = Mapping[str, Any]

DATES = frozenset(
    (
        *("announced", "conduct_occurred", "due", "earliest", "effective", "from", "notice_date"),
        *("occurred", "period", "retain_until", "until"),
    )
)
"""The public fields that hold a date (EDTF)."""

NOT_TOLD = to_say("not told")
"""Said where the record has nothing: by `not_told`."""

OTHER = "other"
"""The measure that is none of the vocabulary's. Its words are sealed."""


def words(term: str) -> str:
    """Say a term of the vocabulary: `formal-reprimand` is "formal reprimand"."""
    return term_words(term)


def label(field: str) -> str:
    """Say the name of a field: `offence_class` is "offence class"."""
    return label_words(field)


def not_told() -> str:
    """Say that the record has nothing."""
    return say(NOT_TOLD)


def as_term(value: Any) -> str:
    """Say the value of a field of terms as it stands; in another language, as one says the term.

    A term of the house's own is said as it stands in any language.
    """
    if value and isinstance(value, list | tuple):
        return punctuation("; ").join(map(as_term, value))
    if isinstance(value, str) and value in HYPHENATED:
        return words(value)
    said, language = value_words(value), spoken()
    return said if language is None else language.term(said) or said


def value_words(value: Any) -> str:
    """Say the value of a public field: a text, several of them, or that there is none.

    A provision that is told by its parts is said as one cites it.
    """
    if value is None or value == () or value == []:
        return not_told()
    if isinstance(value, list | tuple):
        return punctuation("; ").join(map(value_words, value))
    return cited(value)


def reading(field: str, was: Any, now: Any) -> str:
    """Say how a field reads now and read before: "offence class was fraud, is now bribery"."""
    before, after = (field_words(field, each) for each in (was, now))
    if not field:
        return say("was {before}, is now {after}", before=before, after=after)
    return say(
        "{field} was {before}, is now {after}", field=label(field), before=before, after=after
    )


def field_words(field: str, value: Any) -> str:
    """Say the value of a public field by its name: amounts of money and dates as such."""
    if field.endswith("amount") and isinstance(value, str):
        return amount_words(value)
    if field in DATES and isinstance(value, str):
        return date(value)
    return as_term(value)


def term(measure: str) -> str:
    """Say a measure of the vocabulary."""
    return say("another measure") if measure == OTHER else words(measure)


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
        as_recorded(fields.get("period")),
        amount(fields),
        None if days is None else say_count("{days} day", "{days} days", days, days=days),
        None if until is None else say("until {end}", end=date(until)),
    )
    what = own_words or (term(fields["measure"]) if fields["measure"] else "")
    return punctuation(", ").join(each for each in (what, *details) if each)


def becomes_words(fields: Fields) -> str | None:
    """Say what a sanction becomes on appeal: "suspension, 30 days"; None where nothing is told."""
    told = {
        name: fields.get(f"becomes_{name}")
        for name in ("measure", "amount", "days")
        if fields.get(f"becomes_{name}") is not None
    }
    if not told:
        return None
    return measure({"measure": "", **told})


def found(outcome: str, responsibility: str) -> str:
    """Say what was found: "substantiated, managerial responsibility"."""
    return say(
        "{outcome}, {responsibility}",
        outcome=words(outcome),
        responsibility=responsibility_words(responsibility),
    )


def responsibility_words(responsibility: str) -> str:
    """Say in which way somebody is responsible: "managerial responsibility"."""
    if responsibility == "none":
        return say("no responsibility")
    how = as_term(responsibility)
    return say("{how} responsibility", how=how)


def interim_words(measure: str, until: str | None = None) -> str:
    """Say an interim measure: "leave until 2026-03-31 (not a sanction)".

    Args:
        measure: the term of the vocabulary.
        until: its end in words; None where none is told.
    """
    if until is None:
        return say("{measure} (not a sanction)", measure=term(measure))
    return say("{measure} until {end} (not a sanction)", measure=term(measure), end=until)


def size_words(told: str | None) -> str | None:
    """Say how many: "346", or "about 5,300" for `5300~`; None where that is not told."""
    if told is None:
        return None
    number = figures(int(told.removesuffix("~")))
    return say("about {number}", number=number) if told.endswith("~") else number


def cause_words(cause: str) -> str | None:
    """Say what kept a sanction from being executed: "resigned first"; None for `other`."""
    return None if cause == OTHER else words(cause)


def agreement_words(type_: str) -> str:
    """Say what an agreement is: "deferred prosecution agreement", "consent order"."""
    if type_ == OTHER:
        return say("agreement")
    if type_ in ("deferred-prosecution", "plea"):
        return say("{type} agreement", type=words(type_))
    return words(type_)


def proceeding_words(type_: str | None) -> str:
    """Say what a proceeding is: "criminal proceedings"; "proceedings" where that is not told."""
    if type_ is None or type_ == OTHER:
        return say("proceedings")
    return say("{type} proceedings", type=as_term(type_))


def outcome_words(outcome: str) -> str:
    """Say what became of a proceeding: "acquitted"; "in another way" for `other`."""
    return say("in another way") if outcome == OTHER else as_term(outcome)


def stated(state: str, may_be: tuple[str, ...]) -> str:
    """Say a state; of several, "indeterminate: in force or ended, the dates do not tell"."""
    if not may_be:
        return state_words(state)
    return indeterminate(map(state_words, may_be))


def state_words(state: str) -> str:
    """Say how something stands, in a word of ours: "executed"; "overturned on appeal"."""
    if state == "overturned":
        return say("overturned on appeal")
    language = spoken()
    return state if language is None else language.term(state) or state


def in_turn(states: Iterable[str]) -> str:
    """Say of two states that the second begins when a last day is over: "executed or run out"."""
    either = say_as("list", " or ").join(states)
    return say("{states}, depending on the day", states=either)


def indeterminate(states: Iterable[str]) -> str:
    """Say between which states the dates leave it open."""
    either = say_as("list", " or ").join(states)
    return say("indeterminate: {states}, the dates do not tell", states=either)
