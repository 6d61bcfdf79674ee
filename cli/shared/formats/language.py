"""The language of an answer: `--language`, else what the environment says, else English."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

WORDED = frozenset(("text", "markdown", "html", "pdf"))
"""The formats that are in words. Others are for programs, and the same in every language."""

language_option = click.option(
    "--language",
    metavar="TAG",
    help="In which language text, Markdown, HTML and PDF are: en, zh-Hans. "
    "[default: ANSWERABLE_LANGUAGE, else that of the locale, else English]",
)


def in_language_asked(name: str | None, form: str) -> AbstractContextManager[Any]:
    """Return what has answers given in the language asked for, where their format is in words.

    Args:
        name: the language that was asked for; None: none was.
        form: the format.

    Raises:
        UnknownLanguage: there are no answers in the language asked for.
    """
    if name is None and form not in WORDED:
        return nullcontext()
    from answerable.domain.language.asked import asked_for
    from answerable.domain.language.saying import in_language

    meant = asked_for(name, os.environ)
    return in_language(meant) if form in WORDED else nullcontext()
