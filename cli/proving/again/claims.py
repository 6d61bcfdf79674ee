"""Read what a page claims about itself: by whom it was written, for whom, as of when, of which log.

A page that claims what no page by answerable does was not written by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.projections.report.audience.audiences import AUDIENCES, Audience

if TYPE_CHECKING:
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.bundle.layout import Bundle

MADE = re.compile(r'<script type="application/json" id="made">([^<]*)</script>')
LANGUAGE = re.compile(r'<html lang="([^"]*)">')
VERSION = re.compile(r"of a checkout|[0-9]+(?:\.[0-9]+)*[0-9a-z.+!-]{0,40}")
ROOT = re.compile(r"[0-9a-f]{64}")

FIELDS = frozenset(
    ("version", "made_for", "subject", "as_of", "known_by", "zone", "size", "root", "closed")
)
"""The fields of what a page claims about itself."""

IN_PART: frozenset[Audience] = frozenset(("subject", "public"))
"""The audiences that are shown a part of a case."""


class ImpossibleClaimError(Exception):
    """Tells what a page claims about itself that no page by answerable does, in words."""


class Claims(NamedTuple):
    """Hold what a page claims about itself.

    Attributes:
        version: the version of answerable that wrote it.
        language: the tag of its language.
        audience: whom it was made for; None: whoever may see the whole.
        subject: the person concerned, by pseudonym, where it was made for that person.
        as_of: the day that it was asked about.
        known_by: the moment as known by which it was asked.
        zone: the zone that was asked for.
        size: the size of the log that it was made of, and `root`, its root.
        closed: the fields that are not carried, by position: each withheld or erased.
    """

    version: str
    language: str
    audience: Audience | None
    subject: str | None
    as_of: datetime | None
    known_by: datetime | None
    zone: Zone
    size: int
    root: bytes
    closed: Mapping[int, Mapping[str, str]]

    @property
    def in_part(self) -> bool:
        """Tell whether it claims to show a part of the case."""
        return self.audience in IN_PART


def told_in(page: str) -> dict[str, Any] | None:
    """Return what a page tells of its making; None where it does not, as one by a house's template.

    Raises:
        ImpossibleClaimError: it tells it twice, or in no form at all.
    """
    from answerable.ledger.bundle.bounded_json import bounded_json

    every = MADE.findall(page)
    if not every:
        return None
    try:
        told = bounded_json(every[0])
    except (ValueError, RecursionError):
        raise ImpossibleClaimError("it does not tell what it was asked for in JSON") from None
    if len(every) > 1 or not (told is None or isinstance(told, dict)):
        raise ImpossibleClaimError("it tells twice what it was asked for, or no fields")
    return told


def version_of(told: Mapping[str, Any]) -> str:
    """Return the version of answerable that wrote a page, as it tells.

    Raises:
        ImpossibleClaimError: no version is called so.
    """
    version = told.get("version")
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        raise ImpossibleClaimError(
            f"it claims to be by answerable {version!r:.40}, and no version is called so"
        )
    return version


def head_claimed(told: Mapping[str, Any], bundle: Bundle) -> tuple[int, bytes]:
    """Return the size and the root of the log that a page claims to be made of.

    Raises:
        ImpossibleClaimError: no log that has the head that it carries has had them.
    """
    size, root, head = told.get("size"), told.get("root"), bundle.head
    if head is None or type(size) is not int or not isinstance(root, str):
        raise ImpossibleClaimError("it claims a size or a root that no log has")
    if not ROOT.fullmatch(root):
        raise ImpossibleClaimError("it claims a root that no log has")
    if size < head.size:
        raise ImpossibleClaimError("it claims to be made of a smaller log than its head has")
    if size == head.size and root != head.root.hex():
        raise ImpossibleClaimError("it claims another root than the head that it carries")
    return size, bytes.fromhex(root)


def claims_of(page: str, told: Mapping[str, Any], bundle: Bundle) -> Claims:
    """Return what a page claims, where this version of answerable is said to have written it.

    Raises:
        ImpossibleClaimError: this version writes no such page.
    """
    if told.keys() != FIELDS:
        raise ImpossibleClaimError("it tells other things of its making than a page does")
    size, root = head_claimed(told, bundle)
    audience, subject = _audience(told, bundle), told["subject"]
    if (audience == "subject") != isinstance(subject, str):
        raise ImpossibleClaimError("it claims to be for a person, and not for whom")
    if bundle.in_part != (audience in IN_PART):
        whom = "whoever may see the whole" if audience is None else AUDIENCES[audience]
        part = "a part of the case" if bundle.in_part else "the whole case"
        raise ImpossibleClaimError(f"it claims to be made for {whom}, and carries {part}")
    try:
        return Claims(
            version_of(told),
            _language(page),
            audience,
            subject,
            _moment("as_of", told),
            _moment("known_by", told),
            _zone(told["zone"]),
            size,
            root,
            {int(position): dict(names) for position, names in told["closed"].items()},
        )
    except (ValueError, TypeError, AttributeError):
        raise ImpossibleClaimError("it tells of its making in no form that a page does") from None


def _audience(told: Mapping[str, Any], bundle: Bundle) -> Audience | None:
    from answerable.cli.proving.again.given_page import MADE_FOR

    made_for = told["made_for"]
    if made_for is None or (made_for == MADE_FOR and not bundle.in_page):
        return None
    for audience, words in AUDIENCES.items():
        if words == made_for and bundle.in_page:
            return audience
    raise ImpossibleClaimError(f"it claims to be made for {made_for!r:.60}, for whom no page is")


def _language(page: str) -> str:
    from answerable.domain.language.loading import languages

    tags = LANGUAGE.findall(page)
    tag = unescape(tags[0]) if len(tags) == 1 else ""
    if tag not in languages():
        raise ImpossibleClaimError(f"it claims to be in the language {tag!r:.40}, which none is")
    return tag


def _moment(field: str, told: Mapping[str, Any]) -> datetime | None:
    value = told[field]
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise ImpossibleClaimError(f"{field} is no moment: {value!r:.40}") from None
    if found.isoformat() != value or found.tzinfo is None:
        raise ImpossibleClaimError(f"{field} is no moment: {value!r:.40}")
    return found


def _zone(name: Any) -> Zone:
    from answerable.domain.zone.zone import UNTOLD, Zone, check_zone

    if name is None:
        return UNTOLD
    try:
        return Zone(check_zone(name), "asker")
    except (ValueError, TypeError, AttributeError):
        raise ImpossibleClaimError(
            f"it claims to be asked in the zone {name!r:.40}, which none is"
        ) from None
