"""Telling steps one after another: each is asked about, held against the ledger, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answerable.cli.guiding.happened import Happened, what_happened
from answerable.cli.guiding.prompts import Left, choose_some
from answerable.cli.guiding.questions import first_asked, more_asked, same_question
from answerable.cli.guiding.replies import reply, said
from answerable.cli.shared.output import note, visible
from answerable.domain.errors import AnswerableError

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts

MORE = "Is there more to tell of it? Numbers, between commas."


def tell_steps(drafts: Drafts) -> None:
    """Ask what happened, and about each step, until there is nothing more."""
    while True:
        try:
            happened = what_happened(drafts, first=not drafts.steps)
            if happened is None:
                return
            tell_step(drafts, happened)
        except Left:
            note("That is left out.")


def tell_step(drafts: Drafts, happened: Happened) -> None:
    """Ask about a step, and keep it.

    Raises:
        Left: it is left out.
    """
    kind, case, fields = happened
    questions = first_asked(kind)
    for question in questions:
        if question.name in fields:
            told = said(drafts, question, fields[question.name])
            note(f"\n{question.words.rstrip('?')}: {visible(told)}")
        else:
            fields |= reply(drafts, kind, question)
    more = more_asked(kind)
    chosen = choose_some(MORE, [each.words.rstrip("?") for each in more], enter="no")
    for at in chosen if isinstance(chosen, list) else ():
        fields |= reply(drafts, kind, more[at])
    _keep(drafts, kind, case, fields)


def _keep(drafts: Drafts, kind: str, case: str, fields: dict[str, Any]) -> None:
    """Keep a step; ask again about the field that the ledger would refuse.

    Raises:
        Left: it is refused for what no question is about.
        StorageFailed: nothing can be recorded at all, so there is no use in asking.
    """
    from answerable.ledger.errors import StorageFailed

    questions = {each.name: each for each in (*first_asked(kind), *more_asked(kind))}
    while True:
        try:
            fact = drafts.add(kind, fields, case)
        except StorageFailed:
            raise
        except AnswerableError as error:
            note(f"\n{visible(error.cli_text())}")
            question = questions.get((error.field or "").split(".")[0])
            if question is None:
                raise Left from None
            fields.pop(question.name, None)
            drafts.answers.pop(same_question(kind, question), None)
            fields |= reply(drafts, kind, question)
        else:
            if fact is not None:
                from answerable.projections.wording.sentence import sentence_in

                note(f"\n-> {visible(sentence_in(drafts.view, fact))}")
            return
