"""Define what every part of a policy document is: closed, and never changed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"

Slug = Annotated[str, StringConstraints(pattern=SLUG)]
"""An id of a policy or a rule: lower-case letters, digits and hyphens."""

VersionText = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$")]

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]

KindField = Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.[a-z_]+$")]
"""A field of a kind of event: `decision-taken.deciders`."""

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]


class Form(BaseModel):
    """A part of a policy document. What it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
