"""The verifier that a page carries beside its bundle: one classic script, without dependencies.

Its parts lie in `browser/`, each a script of its own; in a page they stand one behind the other in
one element, which a content security policy names by its hash.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("browser")

CHECKS = ("reading", "log", "recorders", "kinds", "forms", "checking", "verifying")
"""The parts that check, in the order in which they need each other."""


MARKS = ("shown", "quoted", "values", "quoting", "rows", "marking")
"""The parts that read the page that they stand in, and show in it what was found."""


@cache
def checks() -> str:
    """Return the script that defines `answerable.verifyBundle`, and touches nothing of the page."""
    return _joined(CHECKS)


@cache
def verifier() -> str:
    """Return the whole script: it checks the page that it stands in, and shows what it found.

    It has to stand behind all that the page shows, and before any other script.
    """
    return _joined((*CHECKS, *MARKS))


def _joined(parts: tuple[str, ...]) -> str:
    return "".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in parts)
