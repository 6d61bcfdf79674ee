"""Writing an event's narratives in an editor: a template out, the fields back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import click

from answerable.cli.shared.output import note
from answerable.domain.errors import InvalidEvent

INSTRUCTIONS = """\
# Write under the headings what the {kind} should say, and save. Leave empty what is
# not known. A field that may be told more than once: repeat its heading.
# Nothing is recorded if you leave without saving. These lines are not recorded either.
"""

HEADING = re.compile(r"^== ([a-z_]+) ==[ \t]*$", re.MULTILINE)


def template(kind: str, fields: Iterable[str], given: Mapping[str, Any]) -> str:
    """Return the text to edit: a heading a field, and under it what was given already."""
    parts = [INSTRUCTIONS.format(kind=kind)]
    for name in fields:
        values = given.get(name, "")
        under = values if isinstance(values, list) else [values]
        parts.extend(f"== {name} ==\n{value}\n" for value in under)
    return "\n".join(parts)


def edited(text: str) -> str | None:
    """Return a text as the user's editor left it; None where nothing was saved.

    Raises:
        InvalidEvent: what was saved is no text in UTF-8. It is shown, so that it is not lost.
    """
    try:
        return click.edit(text, extension=".txt")
    except UnicodeDecodeError as error:
        saved, line = error.object, error.object.count(b"\n", 0, error.start) + 1
        note(f"You wrote:\n{saved.decode(errors='backslashreplace')}")
        raise InvalidEvent(
            f"line {line} of what was saved is no text in UTF-8: it holds the byte "
            f"0x{saved[error.start]:02x}.",
            hint="Have the editor save UTF-8. Nothing is recorded.",
        ) from None


def written(text: str, fields: Iterable[str], many: Iterable[str]) -> dict[str, Any]:
    """Read the fields as they were written; what was left empty is left out.

    A line that looks like a heading, but names none of the fields, is part of the text.

    Args:
        text: the template as it was saved.
        fields: the names that headings may have.
        many: those among them that hold a list.

    Raises:
        ValueError: there is text before the first heading, or a heading is repeated that must
            not be.
    """
    known = set(fields)
    headings = [found for found in HEADING.finditer(text) if found[1] in known]
    before = text[: headings[0].start()] if headings else text
    stray = [line for line in before.splitlines() if line.strip() and not line.startswith("#")]
    if stray:
        raise ValueError(f"{stray[0]!r:.60} stands before the first heading")
    ends = [*(each.start() for each in headings), len(text)][1:]
    found: dict[str, list[str]] = {}
    for heading, end in zip(headings, ends, strict=True):
        body = text[heading.end() : end].strip()
        if body:
            found.setdefault(heading[1], []).append(body)
    lists = set(many)
    for name, bodies in found.items():
        if name not in lists and len(bodies) > 1:
            raise ValueError(f"{name} can be told only once")
    return {name: bodies if name in lists else bodies[0] for name, bodies in found.items()}


def edited_narratives(kind: str, fields: dict[str, Any]) -> dict[str, Any] | None:
    """Return the narratives as the user's editor left them; None where nothing was saved."""
    from answerable.domain.event import many_and_type
    from answerable.domain.kinds import model

    kind_model = model(kind)
    many = [
        name
        for name in kind_model.long
        if many_and_type(kind_model.model_fields[name].annotation)[0]
    ]
    text = edited(template(kind, kind_model.long, fields))
    if text is None:
        return None
    try:
        return written(text, kind_model.long, many)
    except ValueError as error:
        note(f"You wrote:\n{text}")
        raise InvalidEvent(f"{error}.", hint="Write under the headings.") from None
