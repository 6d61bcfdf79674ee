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

NO_LANGUAGE = ("c", "posix")
"""The locales of no language."""

SCRIPTS: Mapping[str, str] = {"zh": "zh-hans"}
"""The languages that are meant where a locale names no script (CLDR, likely subtags)."""

TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))
"""The parts of a locale that tell of a Chinese that is written otherwise."""


def asked_for(name: str | None, environment: Mapping[str, str]) -> Language | None:
    """Return the language that an answer is to be given in; None: English.

    Args:
        name: what was asked for, by its tag (BCP 47); None: nothing was.
        environment: the variables of the process. A locale that there are no answers in is no
            error: they are in English.

    Raises:
        UnknownLanguage: what was asked for by name is not there.
    """
    if asked := name or environment.get(OWN):
        return language(meant_by(asked) or asked)
    return language(of_locale(environment))


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the locale of messages, by its tag; English, where there is none."""
    locale = next((environment[each] for each in LOCALES if environment.get(each)), "")
    named = re.split("[.@]", locale)[0]
    return ENGLISH if named.lower() in NO_LANGUAGE else meant_by(named) or ENGLISH


def meant_by(name: str) -> str | None:
    """Find the language that a tag or a locale means: `zh-CN` is `zh-Hans`; None: there is none.

    Parts of it are left out from its end until one is there (RFC 4647, 3.4).
    """
    first, *others = re.split(r"[-_]", name.lower())
    if first == "zh" and TRADITIONAL & set(others):
        return None
    there = {each.lower(): each for each in languages()}
    tags = ("-".join((first, *others)), "-".join((first, *others[:1])), first, SCRIPTS.get(first))
    return next((there[tag] for tag in tags if tag in there), None)
