"""The texts of a bundle: each held against its commitment, and opened."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, NamedTuple

from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle import layout
from answerable.ledger.bundle.bounded_json import bounded_json
from answerable.ledger.bundle.errors import MalformedBundle, TextAltered
from answerable.ledger.bundle.layout import Bundle
from answerable.ledger.entry.disclosure import commitment, open_disclosure
from answerable.ledger.entry.seals import texts_problem
from answerable.ledger.errors import NotVerified

Texts = dict[int, dict[str, Any]]
"""The sealed fields that are open, by position."""


class BundleProblem(NamedTuple):
    """Something wrong in a bundle: in which file, at which position, and what."""

    file: str
    position: int | None
    error: NotVerified


def open_texts(bundle: Bundle) -> tuple[Texts, int, list[BundleProblem]]:
    """Hold each text against its commitment, and open it; count those that are not here.

    Returns:
        The fields that are open, how many texts are withheld or erased, and what is wrong.
    """
    name = layout.DISCLOSURES
    texts: Texts = {}
    closed = 0
    problems: list[BundleProblem] = []
    try:
        given_texts = layout.read_object(name, bundle.file(name))
    except MalformedBundle as error:
        return {}, 0, [BundleProblem(name, None, error)]
    for event in bundle.entries:
        given = given_texts.pop(str(event.position), None)
        try:
            texts[event.position] = _opened(event, given)
            closed += given.count(None)
        except NotVerified as error:
            problems.append(BundleProblem(name, event.position, error))
    if given_texts:
        strange = MalformedBundle(
            f"it has texts of {min(given_texts)!r:.40}, which is no entry here."
        )
        problems.append(BundleProblem(name, None, strange))
    return texts, closed, problems


def _opened(event: RecordedEvent, given: Any) -> dict[str, Any]:
    """Return the fields behind the commitments of an entry, as far as their texts are given."""
    committed = event.fields["_sd"]
    if not isinstance(given, list) or len(given) != len(committed):
        raise TextAltered(f"the entry commits to {len(committed)} texts, and here are others.")
    opened: dict[str, Any] = {}
    names: list[str] = []
    for number, (text, there) in enumerate(zip(given, committed, strict=True), 1):
        if text is None:
            continue
        if not isinstance(text, str) or not _is_base64url(text):
            raise TextAltered(f"text {number} of the entry is not base64url.")
        if commitment(text.encode()).decode() != there:
            raise TextAltered(f"text {number} is not what the entry commits to.")
        try:
            field, opened_value = open_disclosure(text.encode(), bounded_json)
        except (ValueError, RecursionError):
            raise TextAltered(f"text {number} cannot be read.") from None
        names.append(field)
        opened[field] = opened_value
    if problem := texts_problem(event.kind, names):
        raise TextAltered(f"the entry {problem}.")
    return opened


def _is_base64url(text: str) -> bool:
    """Tell whether a text is the one form of some bytes in base64url, without padding."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return False
    return urlsafe_b64encode(data).decode().rstrip("=") == text
