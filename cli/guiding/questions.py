"""Choose what is asked of a kind, in which order and in which words: from its model and its row."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple, get_args, get_origin

from answerable.domain.event import Source, many_and_type, producer_fields
from answerable.domain.fields import DATE, PARTY, Refers, markers
from answerable.domain.kinds import model
from answerable.domain.kinds.catalogue import CATALOGUE

LAST = ("basis", "occurred", "sources")
"""The common fields that are asked after a kind's own: what it rests on, when, and whence."""

NEVER = ("case_id", "event_id")
"""The fields that nobody is asked for: the case is known, and the ledger makes the id."""

WORDS = {
    "basis": "What does it rest on?",
    "occurred": "What is known of the date?",
    "sources": "Where does it come from? A title, or a URL.",
}

TECHNICAL = re.compile(r"(?:, by (?:its|their) (?:event )?ids?| ?\(EDTF\)|: sha256:.*)")


class Question(NamedTuple):
    """A question about one field of a kind.

    Attributes:
        name: the field.
        words: the question.
        needed: whether it cannot be left out.
        many: whether it takes several answers.
        type: what sort of answer it takes.
        choices: the values that it takes, where they are listed.
        refers: of a reference, to what.
    """

    name: str
    words: str
    needed: bool
    many: bool
    type: str
    choices: tuple[str, ...] = ()
    refers: Refers | None = None


def first_asked(kind: str) -> list[Question]:
    """List what is asked of every step of a kind: who, what it cannot do without, its narratives.

    Whom it is about comes first; what it rests on, when it was and where it comes from, last.
    """
    row = CATALOGUE[kind]
    own = [each for each in _questions(kind) if each.name not in (*LAST, "standing")]
    chosen = [
        each
        for each in own
        if each.needed
        or each.type in ("party", "event")
        or (not each.many and each.name in (*row.quoted, *model(kind).long))
    ]
    chosen.sort(key=lambda each: not (each.needed and each.type == "party"))
    rests = bool(row.links or row.act or row.decides or row.accuses or row.supports)
    last = [each for each in _questions(kind) if each.name in LAST]
    last.sort(key=lambda each: LAST.index(each.name))
    return [*chosen, *(each for each in last if each.name != "basis" or rests)]


def more_asked(kind: str) -> list[Question]:
    """List what else can be told of a kind, and is asked for only if there is more to tell."""
    asked = {each.name for each in first_asked(kind)}
    return [each for each in _questions(kind) if each.name not in asked]


def same_question(kind: str, question: Question) -> tuple[str, ...]:
    """Return what questions have in common of which one answer can repeat another.

    A word is repeated where it is asked of the same kind, or of the same list: the outcome of a
    finding is none of a decision. Who, when and whence are repeated whatever they are asked of.
    """
    of = (kind,) if question.type in ("text", "number") else question.choices
    return (question.name, question.type, *of)


def _questions(kind: str) -> list[Question]:
    return [
        _question(kind, name, info)
        for name, info in producer_fields(model(kind)).items()
        if name not in NEVER
    ]


def _question(kind: str, name: str, info: Any) -> Question:
    many, held = many_and_type(info.annotation)
    marks = [*info.metadata, *markers(info.annotation)]
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    words = WORDS.get(name) or _words(info.description or name)
    listed = tuple(map(str, get_args(held))) if get_origin(held) is Literal else ()
    return Question(
        name, words, info.is_required(), many, _type(name, held, marks, refers), listed, refers
    )


def _type(name: str, held: Any, marks: list[Any], refers: Refers | None) -> str:
    if refers is not None:
        return "event"
    if PARTY in marks:
        return "party"
    if DATE in marks:
        return "date"
    if held is Source:
        return "source"
    if held is int:
        return "number"
    if name == "digest":
        return "file"
    return "choice" if get_origin(held) is Literal else "text"


def _words(description: str) -> str:
    """Make a question of what is said of a field: "Against whom." is "Against whom?"."""
    told = TECHNICAL.sub("", description).strip().rstrip(".")
    return f"{told}?"
