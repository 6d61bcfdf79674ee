"""Name those whom a report can be for, and what each is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.language.saying import to_say
from answerable.domain.record import SEALED_BESIDE

Audience = Literal["board", "auditor", "subject", "regulator", "public"]

AUDIENCES: Mapping[Audience, str] = {
    "board": to_say("the board"),
    "auditor": to_say("an auditor"),
    "subject": to_say("the person concerned"),
    "regulator": to_say("a regulator"),
    "public": to_say("the public"),
}
"""Name whom a report is for, in words, to be said."""

PLACES = frozenset(("location",))
"""The sealed fields that tell where in the house something is kept."""

INSIDE = SEALED_BESIDE | PLACES
"""The sealed fields that are of use inside the house alone: who recorded, signatures, places."""

FIELDS: Mapping[Audience, frozenset[str]] = {"board": INSIDE}
"""The sealed fields that are withheld from those who are shown the whole case, in any event."""

PUBLIC_TEXTS: Mapping[str, frozenset[str]] = {
    "case-opened": frozenset(("title",)),
    "statement-published": frozenset(("statement",)),
    "apology-issued": frozenset(("statement", "admits", "commits_to")),
}
"""The texts that the public is shown, by the kind of event: what the house said to it."""

OFFICIAL = frozenset(
    ("decider", "lead", "mandate-giver", "imposer", "announcer", "executor", "judge", "forum")
)
"""The roles in which people act for the house, or for a forum: whom they judge is told of them."""

INFORMING = frozenset(("reporter", "accuser"))
"""The roles of those who told of something: who they are is never told to whom it is about."""

ABOUT_REPORTS = frozenset(row.name for row in ROWS if "report" in (row.thing, row.acts_upon))
"""The kinds of event between the house and who reported."""


class For(NamedTuple):
    """Hold whom a report is for.

    Attributes:
        subject: who it is about, by pseudonym, where it is for the person concerned.
    """

    audience: Audience
    subject: str | None = None
