"""Find the policy that is meant on a command line: a file, an id, or an id and a version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.judging.asked import document_in
from answerable.cli.shared.options import ledger_place, open_to_ask
from answerable.domain.language.saying import say

if TYPE_CHECKING:
    from answerable.domain.policy.reading import Document
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Version, Versions

ENDING = ".toml"


class Found(NamedTuple):
    """A policy that was found.

    Attributes:
        document: what it says.
        where: where it was found, in words: a file, the event that adopted it, or this program.
        version: that it has on the record; None: it is in a file.
    """

    document: Document
    where: str
    version: Version | None = None


def find(text: str, ledger: str | None) -> Found:
    """Find the policy that a text means.

    Args:
        text: a file; else the id of a policy, with or without its version: `generic@1`. Of several
            versions the one adopted last is meant. What the house adopted comes before what comes
            with this program.
        ledger: the ledger, as `--ledger` says. It need not be there.

    Raises:
        UsageError: the file cannot be read.
        InvalidPolicy: the file holds no policy.
        NotFound: no such policy was adopted, and none comes with this program.
    """
    place = Path(text)
    if place.suffix == ENDING or place.parent != Path() or place.is_file():
        return Found(document_in(place), text)
    policy, _, version = text.partition("@")
    versions = on_record(ledger)
    for each in (*reversed(versions.readable), *_shipped()):
        told = each.document.policy
        if told.id == policy and version in ("", told.version):
            return Found(each.document, where_words(each), each)
    raise _unknown(text, versions)


def on_record(ledger: str | None) -> Versions:
    """Return the versions that judge a ledger; where there is no ledger, the profiles."""
    from answerable.projections.conformance.in_force.versions import Versions

    place = ledger_place(ledger)
    if isinstance(place, Path) and not place.exists():
        return Versions(tuple(_shipped()))
    with open_to_ask(ledger) as opened:
        return versions_in(opened)


def versions_in(opened: Ledger) -> Versions:
    """Return the versions that judge an open ledger."""
    from answerable.projections.conformance.in_force.versions import versions_of
    from answerable.projections.facts.record_view import RecordView

    return versions_of(RecordView(opened))


def _shipped() -> Iterator[Version]:
    from answerable.domain.policy.shipped import profiles
    from answerable.projections.conformance.in_force.versions import Version

    return map(Version, profiles())


def where_words(version: Version) -> str:
    """Say where a policy is from: "adopted by #31", "comes with this program"."""
    if version.position is None:
        return say("comes with this program")
    return say("adopted by #{position}", position=version.position)


def _unknown(text: str, versions: Versions) -> Exception:
    from answerable.domain.mistyped.nearest import did_you_mean, nearest
    from answerable.projections.errors import NotFound

    shut = [each for each in versions.unreadable if each.policy == text.partition("@")[0]]
    if shut:
        return NotFound(
            f"the policy {shut[-1].policy} {shut[-1].version} (#{shut[-1].position}) cannot be "
            f"read: {shut[-1].why}."
        )
    told = [each.document.policy for each in (*versions.readable, *_shipped())]
    known = [*dict.fromkeys(name for each in told for name in (each.id, each.name))]
    meant = did_you_mean(nearest(text, known))
    ids = ", ".join(dict.fromkeys(each.id for each in told))
    return NotFound(
        f"there is no policy {text!r:.80}, and no file of this name.",
        hint=meant or f"There are {ids}; a file has a name that ends in {ENDING}.",
    )
