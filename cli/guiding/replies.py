"""Asking a question about one field, by the sort of answer that it takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answerable.cli.guiding.prompts import AGAIN, ask, choose_one, choose_some
from answerable.cli.guiding.questions import Question, same_question
from answerable.cli.guiding.spoken_dates import EXAMPLES, slashed_days, spoken_date
from answerable.cli.guiding.whom import ask_parties, ask_party
from answerable.cli.recording.given.options import SourceText
from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts

MOST_OTHERS = 50
"""The most events of other cases that are listed to choose from."""


def reply(drafts: Drafts, kind: str, question: Question) -> dict[str, Any]:
    """Ask about a field of a kind.

    Args:
        drafts: the steps so far.
        kind: the kind.
        question: the question.

    Returns:
        What the field says, under its name; nothing where that is not told.

    Raises:
        Left: the step is to be left out.
    """
    same = same_question(kind, question)
    kept = drafts.answers.get(same)
    before = None if kept is None else kept[1]
    told = _REPLIES[question.type](drafts, kind, question, before)
    if told is None or told == []:
        return {}
    if told == AGAIN and kept is not None:
        return {question.name: kept[0]}
    if isinstance(told, dict) and question.type == "file":
        return told
    drafts.answers[same] = (told, said(drafts, question, told))
    return {question.name: told}


def said(drafts: Drafts, question: Question, told: Any) -> str:
    """Say an answer in words, so that it can be told again with a sign."""
    if isinstance(told, list):
        return ", ".join(said(drafts, question, each) for each in told)
    if isinstance(told, dict):
        return str(told.get("title") or told.get("url") or "a source")
    if question.type == "party":
        return drafts.name_of(told)
    if question.type == "event":
        return _event_words(drafts, told)
    if question.type == "date":
        from answerable.projections.wording.dates import date

        return date(told)
    return str(told)


def _event_words(drafts: Drafts, event_id: str) -> str:
    from answerable.projections.following.steps import called

    fact = drafts.view.facts.get(event_id)
    return event_id[:8] if fact is None else called(drafts.view, fact)


def _party(drafts: Drafts, _: str, question: Question, before: str | None) -> Any:
    if question.many:
        return ask_parties(drafts, question.words, before)
    return ask_party(drafts, question.words, needed=question.needed, before=before)


def _event(drafts: Drafts, kind: str, question: Question, before: str | None) -> Any:
    from answerable.projections.grounds.candidates import candidates

    refers = question.refers
    kinds = (() if refers is None else refers.kinds) or _supporting(kind)
    here = [(each.event_id, each.text) for each in candidates(drafts.view, kinds)]
    if refers is not None and not refers.here and refers.kinds:
        here += _elsewhere(drafts, refers.kinds)
    if not here:
        return None
    texts = [text for _, text in here]
    if question.many:
        chosen = choose_some(f"{question.words} Numbers, or all.", texts, before=before)
        return AGAIN if isinstance(chosen, str) else [here[at][0] for at in chosen]
    one = choose_one(question.words, texts, needed=question.needed, before=before)
    return here[one][0] if isinstance(one, int) else one


def _supporting(kind: str) -> list[str]:
    """List the kinds that a step can rest on: those that support, and that it usually follows."""
    from answerable.domain.kinds.catalogue import ROWS

    return [
        each.name for each in ROWS if each.supports or each.linked_as or kind in each.followed_by
    ]


def _elsewhere(drafts: Drafts, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """List events of these kinds in other cases, as an authority on the house's registers."""
    from answerable.projections.wording.sentence import sentence

    found = [
        (each.event_id, sentence(each.kind, each.fields, drafts.name_of))
        for each in drafts.others(kinds)
    ]
    return found[-MOST_OTHERS:]


def _choice(_: Drafts, __: str, question: Question, before: str | None) -> Any:
    words = [each.replace("-", " ") for each in question.choices]
    if question.many:
        asked = f"{question.words} Numbers, between commas."
        chosen = choose_some(asked, words, before=before, whole=True)
        return AGAIN if isinstance(chosen, str) else [question.choices[at] for at in chosen]
    one = choose_one(question.words, words, needed=question.needed, before=before, whole=True)
    return question.choices[one] if isinstance(one, int) else one


def _date(drafts: Drafts, __: str, question: Question, before: str | None) -> Any:
    from answerable.domain.edtf import DateError
    from answerable.domain.zone.day_end import DayByNow, asked_by_now
    from answerable.ledger.system.clock import checked

    while True:
        told = ask(f"{question.words} As in {EXAMPLES}.", needed=question.needed, before=before)
        if told is None or told == AGAIN:
            return told
        if (by_now := asked_by_now(told, checked(None)())) and isinstance(by_now, DayByNow):
            return by_now.day(drafts.view.zone).isoformat()
        if days := slashed_days(told):
            meant = [f"{each.day} {each:%B} {each.year} ({each})" for each in days]
            one = choose_one("Which day is it?", meant)
            if isinstance(one, int):
                return days[one].isoformat()
            continue
        try:
            return spoken_date(told)
        except DateError as error:
            note(f"{error}. Once more:")


def _number(_: Drafts, __: str, question: Question, before: str | None) -> Any:
    while True:
        told = ask(question.words, needed=question.needed, before=before)
        if told is None or told == AGAIN:
            return told
        if told.isdecimal() and len(told) < 16:
            return int(told)
        note("Give a number in figures.")


def _source(_: Drafts, __: str, question: Question, before: str | None) -> Any:
    told = ask(question.words, before=before)
    if told is None or told == AGAIN:
        return told
    # What begins as JSON is a title here: nobody types JSON at a prompt.
    return [{"title": told} if told.startswith("{") else SourceText().convert(told, None, None)]


def _file(_: Drafts, __: str, question: Question, ___: str | None) -> Any:
    """Ask for an exhibit by its path; gives all that the file itself tells."""
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.evidence.files import take_in

    while True:
        told = ask("Which file is it? Its path; the file stays where it is.", needed=True)
        try:
            return dict(take_in(Path(str(told)).expanduser(), advance=lambda _: None).fields)
        except AnswerableError as error:
            note(f"{error.cli_text()} Once more:")


def _text(_: Drafts, __: str, question: Question, before: str | None) -> Any:
    told = ask(question.words, needed=question.needed, before=before)
    if told is None or told == AGAIN or not question.many:
        return told
    found = [told]
    while (more := ask("What else?")) is not None:
        found.append(more)
    return found


_REPLIES: dict[str, Callable[[Drafts, str, Question, str | None], Any]] = {
    "party": _party,
    "event": _event,
    "choice": _choice,
    "date": _date,
    "number": _number,
    "source": _source,
    "file": _file,
    "text": _text,
}
"""Map each sort of answer to how it is asked for."""
