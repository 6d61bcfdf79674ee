"""Answers that the dates may leave open, in words.

Such an answer is called *indeterminate*, and it is said why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from answerable.domain.dates import When
from answerable.domain.language.saying import punctuation, say, say_as, to_say
from answerable.projections.accountability.hearsay import Hearsay
from answerable.projections.wording.dates import dated
from answerable.projections.wording.vocabulary import words

ITS_DATE = to_say("indeterminate: its date does not tell")
"""Said of what may or may not have happened by the moment asked about."""

Cited = Callable[[str], str]
"""The way to cite an event, by its id."""


def shown_answer(answer: When) -> str:
    """Say an answer in a word."""
    return say(ANSWERS[answer])


ANSWERS: Mapping[When, str] = {
    "yes": to_say("yes"),
    "no": to_say("no"),
    "unknown": to_say("indeterminate"),
}
"""Answers, each in a word."""


def whether(answer: When, yes: str, no: str = "") -> str:
    """Say what is so: "open"; what is not; or "indeterminate whether open"."""
    if answer == "unknown":
        return say("indeterminate whether {so}", so=yes)
    return yes if answer == "yes" else no


def by_the_day(so: str) -> str:
    """Say of what has a last day: "whether one person is barred depends on the day"."""
    return say("whether {so} depends on the day", so=so)


def by_then(as_of: When) -> str | None:
    """Say whether something had happened by the moment asked about; None: it had."""
    if as_of == "yes":
        return None
    return say("had not happened by then") if as_of == "no" else say(ITS_DATE)


def appeal_mark(appeal: str) -> str | None:
    """Say how an appeal stands: "appeal pending"; None: there is none."""
    return None if appeal == "none" else say("appeal {state}", state=words(appeal))


def withdrawal_mark(answer: When, from_: str | None, what: str | None = None) -> str | None:
    """Say that something was withdrawn, and when: "withdrawn 2026-01-05"; None: it was not."""
    if answer == "no":
        return None
    return whether(answer, dated(say("withdrawn") if what is None else what, from_))


def dispute_mark(standing: str, disputed_by: tuple[str, ...]) -> str | None:
    """Say that something is disputed, by its own standing or by a dispute; None: it is not."""
    return say("disputed") if disputed_by or standing == "disputed" else None


def alleged_mark(standing: str) -> str | None:
    """Say that something is merely alleged; None: it is more than that."""
    return say("alleged") if standing == "alleged" else None


def hearsay_mark(said: Iterable[Hearsay]) -> str | None:
    """Say what others say became of something: "said by others to have been lifted, #12"."""
    what = [
        say("{what}, #{position}", what=words(each.what), position=each.position) for each in said
    ]
    if not what:
        return None
    return say("said by others to have been {what}", what=say_as("list", ", and ").join(what))


def marked(what: str, marks: Iterable[str | None]) -> str:
    """Say something, and what is to be known of it beside: "fine (executed; disputed)"."""
    said = punctuation("; ").join(mark for mark in marks if mark)
    return say("{what} ({marks})", what=what, marks=said) if said else what
