"""Where templates and assets lie, and how templates are read: with every text escaped.

What cannot be seen in a text, or turns the direction of writing round, is spelled out.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from answerable.domain.language.saying import punctuation, say
from answerable.projections.output.markdown_text import lines_seen

FOLDER = files(__package__)


@cache
def environment() -> Environment:
    """Return the environment of the shipped templates, where an unknown name is an error."""
    made = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        finalize=spelled,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["_"] = say
    made.globals["punctuation"] = punctuation
    return made


def spelled(value: Any) -> Any:
    """Spell out what cannot be seen in a text that is no HTML; leave all else as it is."""
    if type(value) is not str or value.isprintable():
        return value
    return "\n".join(lines_seen(value))


def template_text(name: str) -> str:
    """Return the text of a shipped template."""
    return FOLDER.joinpath("templates", name).read_text(encoding="utf-8")


def asset(name: str) -> str:
    """Return the text of a shipped style or script."""
    return FOLDER.joinpath("assets", name).read_text(encoding="utf-8")
