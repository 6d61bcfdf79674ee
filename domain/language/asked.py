"""Tell in which language an answer is asked for: by name, by the environment, else in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from answerable.domain.language.loading import ENGLISH, language, languages

if TYPE_CHECKING:
    from answerable.domain.language.language import Language

OWN = "ANSWERABLE_LANGUAGE"
"""The variable that names the language of answers, and nothing else."""

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the locale of messages; the first that is set tells it (POSIX.1, 8.2)."""

IN_ENGLISH = ("", "c", "posix", "en")

SCRIPTS: Mapping[str, str] = {"zh": "zh-hans"}
"""The languages that are meant where a locale names no script (CLDR, likely subtags)."""

TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
"""The parts of a locale that tell of a Chinese that is written otherwise."""


def asked_for(name: str | None, environment: Mapping[str, str]) -> Language | None:
    """Return the language that an answer is to be given in; None: English.

    Args:
        name: what was asked for; None: nothing was.
        environment: the variables of the process. A locale that there are no answers in is no
            error: they are in English.

    Raises:
        UnknownLanguage: what was asked for by name is not there.
    """
    return language(name or environment.get(OWN) or of_locale(environment))


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the locale of messages, by its tag; English, where there is none."""
    locale = next((environment[each] for each in LOCALES if environment.get(each)), "")
    first, *others = re.split(r"[-_]", re.split("[.@]", locale)[0].lower())
    if first in IN_ENGLISH or (first == "zh" and TRADITIONAL & set(others)):
        return ENGLISH
    there = {each.lower(): each for each in languages()}
    tags = ("-".join((first, *others)), "-".join((first, *others[:1])), first, SCRIPTS.get(first))
    return next((there[tag] for tag in tags if tag in there), ENGLISH)
