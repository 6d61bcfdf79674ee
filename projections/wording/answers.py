"""Answers that the dates may leave open, in words.

Such an answer is called *indeterminate*, and it is said why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from answerable.domain.dates import When
from answerable.projections.accountability.hearsay import Hearsay
from answerable.projections.wording.dates import dated
from answerable.projections.wording.vocabulary import words

ITS_DATE = "indeterminate: its date does not tell"
"""Said of what may or may not have happened by the moment asked about."""

Cited = Callable[[str], str]
"""The way to cite an event, by its id."""


def shown_answer(answer: When) -> str:
    """Say an answer in a word."""
    return "indeterminate" if answer == "unknown" else answer


def whether(answer: When, yes: str, no: str = "") -> str:
    """Say what is so: "open"; what is not; or "indeterminate whether open"."""
    return {"yes": yes, "no": no, "unknown": f"indeterminate whether {yes}"}[answer]


def by_then(as_of: When) -> str | None:
    """Say whether something had happened by the moment asked about; None: it had."""
    return {"yes": None, "no": "had not happened by then", "unknown": ITS_DATE}[as_of]


def appeal_mark(appeal: str) -> str | None:
    """Say how an appeal stands: "appeal pending"; None: there is none."""
    return None if appeal == "none" else f"appeal {words(appeal)}"


def withdrawal_mark(answer: When, from_: str | None, what: str = "withdrawn") -> str | None:
    """Say that something was withdrawn, and when: "withdrawn 2026-01-05"; None: it was not."""
    return None if answer == "no" else whether(answer, dated(what, from_))


def dispute_mark(standing: str, disputed_by: tuple[str, ...]) -> str | None:
    """Say that something is disputed, by its own standing or by a dispute; None: it is not."""
    return "disputed" if disputed_by or standing == "disputed" else None


def alleged_mark(standing: str) -> str | None:
    """Say that something is merely alleged; None: it is more than that."""
    return "alleged" if standing == "alleged" else None


def hearsay_mark(said: Iterable[Hearsay]) -> str | None:
    """Say what others say became of something: "said by others to have been lifted, #12"."""
    what = [f"{words(each.what)}, #{each.position}" for each in said]
    return f"said by others to have been {', and '.join(what)}" if what else None


def marked(what: str, marks: Iterable[str | None]) -> str:
    """Say something, and what is to be known of it beside: "fine (executed; disputed)"."""
    said = "; ".join(mark for mark in marks if mark)
    return f"{what} ({said})" if said else what
