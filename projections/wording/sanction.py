"""A sanction in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from answerable.domain.language.saying import say
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.accountability.sanctions import Terms
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    appeal_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
)
from answerable.projections.wording.vocabulary import (
    cause_words,
    in_turn,
    indeterminate,
    measure,
    state_words,
)


def sanction_words(measure: str, marks: Iterable[str | None]) -> str:
    """Say a sanction, and what became of it: "bonus cancellation, 2025 (imposed)".

    Args:
        measure: what was imposed, in words.
        marks: what became of it, from `sanction_marks`.
    """
    return marked(measure, marks)


def sanction_marks(sanction: Sanction, name_of: NameOf = str) -> list[str]:
    """Say a sanction's state, and what else became of it: "imposed by a court", "appeal pending".

    Args:
        sanction: which.
        name_of: what to call who imposed it, where that is told.
    """
    by = (
        None
        if sanction.imposed_by is None
        else say("imposed by {party}", party=name_of(sanction.imposed_by))
    )
    marks = (
        by if by and sanction.state == "imposed" else sanction_state(sanction),
        None if sanction.state == "imposed" else by,
        alleged_mark(sanction.standing),
        None if sanction.appeal == "allowed" else appeal_mark(sanction.appeal),
        varied_mark(sanction),
        hearsay_mark(sanction.said_by_others),
        dispute_mark(sanction.standing, sanction.disputed_by),
        by_then(sanction.as_of),
    )
    return [mark for mark in marks if mark]


def varied_mark(sanction: Sanction) -> str | None:
    """Say what a sanction was before an appeal varied it: "first dismissal"; None: it was not.

    Where it is open whether it did: "indeterminate whether it became suspension, 30 days".
    """
    if sanction.varied == "no":
        return None
    if sanction.varied == "yes":
        return say("first {measure}", measure=terms_words(sanction, "first"))
    return say(
        "indeterminate whether it became {measure}", measure=terms_words(sanction, "perhaps")
    )


def terms_words(sanction: Sanction, which: Literal["first", "perhaps"]) -> str:
    """Say the terms of a sanction as first imposed, or as they may be."""
    fields = {name: getattr(sanction, f"{which}_{name}") for name in Terms._fields}
    return measure(fields)


def sanction_state(sanction: Sanction) -> str:
    """Say the state of a sanction: "executed", "not executed: resigned first".

    Where there may be several: "indeterminate: imposed or lifted, the dates do not tell".
    Where one ends with a day of its own: "executed or run out, depending on the day".
    """
    return course_words(sanction.state, sanction.may_be, sanction.cause)


def course_words(state: str, may_be: tuple[str, ...], cause: str | None) -> str:
    """Say the state that a sanction has come to, or those that it may have.

    Args:
        state: the state.
        may_be: the states that the dates allow, where they allow several.
        cause: what kept it from being executed, where something did, or may have.
    """
    why = None if cause is None else cause_words(cause)
    said = [
        say("not executed: {why}", why=why) if each == "not executed" and why else state_words(each)
        for each in may_be or (state,)
    ]
    if not may_be:
        return said[0]
    return in_turn(said) if len(said) == 2 and may_be[-1] == "run out" else indeterminate(said)
