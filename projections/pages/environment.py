"""Where templates and assets lie, and how templates are read: with every text escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from answerable.domain.language.saying import punctuation, say

FOLDER = files(__package__)


@cache
def environment() -> Environment:
    """Return the environment of the shipped templates, where an unknown name is an error."""
    made = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["_"] = say
    made.globals["punctuation"] = punctuation
    return made


def template_text(name: str) -> str:
    """Return the text of a shipped template."""
    return FOLDER.joinpath("templates", name).read_text(encoding="utf-8")


def asset(name: str) -> str:
    """Return the text of a shipped style or script."""
    return FOLDER.joinpath("assets", name).read_text(encoding="utf-8")
