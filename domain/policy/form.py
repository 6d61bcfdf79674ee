"""Define what every part of a policy document is: closed, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"

Slug = Annotated[str, StringConstraints(pattern=SLUG)]
"""An id of a policy or a rule: lower-case letters, digits and hyphens."""

VERSION = r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$"

VersionText = Annotated[str, StringConstraints(pattern=VERSION)]

SAYING = r"\S"

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=SAYING)]

KIND_FIELD = r"^[a-z-]+\.[a-z_]+$"

KindField = Annotated[str, StringConstraints(pattern=KIND_FIELD)]
"""A field of a kind of event: `decision-taken.deciders`."""

FIELD = r"^[a-z_]+$"

FieldName = Annotated[str, StringConstraints(pattern=FIELD)]

NAME = r"^[a-z][a-z0-9_-]{0,63}$"

Name = Annotated[str, StringConstraints(pattern=NAME)]
"""A kind of event, a named selector, or a field."""

PATTERNS: Mapping[str, str] = {
    SLUG: "an id: lower-case letters, digits and hyphens, at most 64",
    VERSION: "a version: letters, digits, dots, pluses and hyphens, at most 32, as 2026.1",
    SAYING: "a text that says anything",
    KIND_FIELD: "a field with its kind of event, as decision-taken.deciders",
    FIELD: "the name of a field: lower-case letters and underscores, as conduct_occurred",
    NAME: "the name of a kind of event, a selection or a field, in lower-case letters",
}
"""Say in words what has each pattern, after "is not"."""


class Form(BaseModel):
    """A part of a policy document. What it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
