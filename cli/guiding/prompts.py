"""Asking one question at a terminal: a text, one of several, some of several, yes or no.

Questions go to stderr, so that stdout has receipts alone. What is typed is a line; an empty one
means that it is not told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category

import click

from answerable.cli.shared.output import folded, note, visible
from answerable.domain.search.folding import plain_key

LEAVE = "<"
AGAIN = "="

MOST = 20
"""The most choices that are listed; the others are found by their words."""

NUMBERS = re.compile(r"#?([0-9]{1,4})")


KEYS = "That has signs that are no text, as arrow keys and tabs leave."
"""Refuse control characters, which nobody means to record."""


class Left(Exception):
    """Raised to leave out the step that is being asked about."""


NOT_TOLD = "not told"
"""Say what Enter means, unless something else is said."""


def ask(
    question: str, *, needed: bool = False, before: str | None = None, enter: str = NOT_TOLD
) -> str | None:
    """Ask for a text; None where it is not told.

    Args:
        question: the question.
        needed: whether it cannot be left out.
        before: what was answered before, which `=` repeats.
        enter: what Enter means.

    Raises:
        Left: the step is to be left out.
    """
    note(f"\n{visible(question)}")
    note(_how(needed=needed, before=before, enter=enter))
    while True:
        told = _line()
        if told == LEAVE:
            raise Left
        if told == AGAIN and before is not None:
            return AGAIN
        if told or not needed:
            return told or None
        note(f"This cannot be left out. {LEAVE} leaves out the whole step.")


def _how(*, needed: bool, before: str | None, enter: str) -> str:
    said = ["needed" if needed else f"Enter: {enter}"]
    if before is not None:
        said.append(f"{AGAIN}: {visible(before)}")
    return f"({'; '.join(said)})"


def _line() -> str:
    """Read a line; what a terminal cannot decode is asked for again."""
    while True:
        try:
            told: str = click.prompt(
                ">", default="", show_default=False, prompt_suffix=" ", err=True
            )
            told.encode()
        except UnicodeError:
            note("That is no text in UTF-8. Once more:")
            continue
        if any(category(sign) == "Cc" for sign in told):
            note(f"{KEYS} Once more:")
            continue
        return told.strip()


def choose(
    question: str,
    choices: Sequence[str],
    *,
    needed: bool = False,
    before: str | None = None,
    enter: str = NOT_TOLD,
    whole: bool = False,
) -> int | str | None:
    """Ask for one of several things, by its place in the list or by its words.

    Args:
        question: the question.
        choices: the things.
        needed: whether it cannot be left out.
        before: what was answered before, which `=` repeats.
        enter: what Enter means.
        whole: whether all are listed, however many.

    Returns:
        Its place in `choices`; what was typed, where that is none of them; None: not told.
    """
    show_list(choices, whole=whole)
    told = ask(question, needed=needed, before=before, enter=enter)
    return told if told in (None, AGAIN) else chosen(told, choices)


def choose_one(
    question: str,
    choices: Sequence[str],
    *,
    needed: bool = False,
    before: str | None = None,
    enter: str = NOT_TOLD,
    whole: bool = False,
) -> int | str | None:
    """Ask as `choose`, until it is one of them, `=` or nothing."""
    show_list(choices, whole=whole)
    while True:
        told = ask(question, needed=needed, before=before, enter=enter)
        found = told if told in (None, AGAIN) else chosen(told, choices)
        if found is None or found == AGAIN or isinstance(found, int):
            return found
        several = meant(str(found), choices)
        if not several:
            note(f"{found!r} is none of these: give its number, or words that only one has.")
            show_list(choices, whole=whole)
            continue
        note(f"{found!r} may mean:")
        for at in several:
            note(f"{at + 1:3}  {visible(choices[at])}")


def choose_some(
    question: str,
    choices: Sequence[str],
    *,
    before: str | None = None,
    enter: str = NOT_TOLD,
    whole: bool = False,
) -> list[int] | str:
    """Ask for some of several things: their numbers, between commas; `all`; `=`; or nothing."""
    show_list(choices, whole=whole)
    while True:
        told = ask(question, before=before, enter=enter)
        if told is None:
            return []
        if told == AGAIN:
            return AGAIN
        if told.casefold() == "all":
            return [*range(len(choices))]
        found = [chosen(each.strip(), choices) for each in told.split(",") if each.strip()]
        wrong = [each for each in found if isinstance(each, str)]
        if found and not wrong:
            return [*dict.fromkeys(each for each in found if isinstance(each, int))]
        for at in dict.fromkeys(at for each in wrong for at in meant(each, choices)):
            note(f"{at + 1:3}  {visible(choices[at])}")
        what = " and ".join(map(repr, wrong)) or "That"
        note(f"{what}: not one of these. Give numbers, or words that only one has, between commas.")


def yes(question: str) -> bool:
    """Ask yes or no; Enter means yes."""
    return click.confirm(f"\n{folded(question, None)}", default=True, err=True)


def show_list(choices: Sequence[str], *, whole: bool = False) -> None:
    """List things to choose from by their numbers; of many, the last, unless all are asked for."""
    note("")
    first = 0 if whole else max(0, len(choices) - MOST)
    for number, each in enumerate(choices[first:], first + 1):
        note(f"{number:3}  {visible(each)}")
    if first:
        note(f"     and {first} more: give words of it")


def chosen(told: str, choices: Sequence[str]) -> int | str:
    """Find the one thing that was meant: by its number, else by words that only one has."""
    number = NUMBERS.fullmatch(told)
    if number and 1 <= int(number[1]) <= len(choices):
        return int(number[1]) - 1
    found = meant(told, choices)
    return found[0] if len(found) == 1 else told


def meant(told: str, choices: Sequence[str]) -> list[int]:
    """List the things that words may mean: the one that is so called, or all that have them."""
    wanted = plain_key(told)
    keys = [*map(plain_key, choices)]
    same = [at for at, key in enumerate(keys) if key == wanted]
    begun = [at for at, key in enumerate(keys) if key.startswith(wanted)]
    held = [at for at, key in enumerate(keys) if wanted in key]
    for found in (same, begun, held):
        if len(found) == 1:
            return found
    return held if wanted else []
