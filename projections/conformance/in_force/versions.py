"""Find the versions of policies that judge a record: what the house adopted, else the profiles.

A version is in force from its `from`, else from its adoption, until the next version of the same
policy is, though that one cannot be read. What was retracted never was. A house that adopted no
document of rules is judged by the profiles that come with this program, which hold at all times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from answerable.domain.dates import Span, When, wholly_before
from answerable.domain.errors import AnswerableError
from answerable.domain.policy.document import FORMAT
from answerable.domain.policy.reading import Document, read_document
from answerable.domain.policy.shipped import profiles
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.disclosed import disclose
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import all_of, opposite

ADOPTION = "policy-adopted"


class Version(NamedTuple):
    """A version of a policy that judges a record.

    Attributes:
        document: the policy, and its bytes.
        event_id: the event that adopted it; None: it is a profile, in force at all times.
        position: the position of that event.
        begins: from when it is in force.
        ends: from when the next version is.
    """

    document: Document
    event_id: str | None = None
    position: int | None = None
    begins: Span | None = None
    ends: Span | None = None

    @property
    def name(self) -> str:
        """Name the policy and its version: `generic@1`."""
        return self.document.policy.name

    @property
    def adopted(self) -> bool:
        """Tell whether the house adopted it."""
        return self.event_id is not None

    def in_force(self, when: Span | None) -> When:
        """Tell whether it was in force when something happened."""
        if not self.adopted:
            return "yes"
        begun = _begun(self.begins, when)
        return begun if self.ends is None else all_of((begun, opposite(_begun(self.ends, when))))


def uncovered(versions: Sequence[Version], when: Span | None) -> tuple[bool, bool]:
    """Tell whether something may have happened when none of some versions was in force.

    Args:
        versions: of one policy, in their order; each was in force then, or may have been.
        when: when it happened.

    Returns:
        Whether it may have been before the first was, and whether once one of them no longer was.
    """
    first, last = versions[0], versions[-1]
    before = first._replace(ends=None).in_force(when) != "yes"
    ended = last.ends is not None and _begun(last.ends, when) != "no"
    meet = all(one.ends == other.begins for one, other in pairwise(versions))
    return before, ended or not meet


class Unreadable(NamedTuple):
    """An adopted document that cannot judge: its text is not at hand, or is no policy.

    Attributes:
        policy: the policy's id.
        version: its version.
        event_id: the event that adopted it.
        position: the position of that event.
        why: why it cannot, in a sentence without its full stop.
    """

    policy: str
    version: str
    event_id: str
    position: int
    why: str


class Beginning(NamedTuple):
    """When a version of a policy that cannot be read came into force: it ended the one before.

    Attributes:
        policy: the policy's id.
        position: the position of the event that adopted it.
        begins: from when it is in force.
    """

    policy: str
    position: int | None
    begins: Span | None


class Versions(NamedTuple):
    """The versions that judge a record, and those that cannot.

    Attributes:
        shut: when those that cannot came into force.
    """

    readable: tuple[Version, ...]
    unreadable: tuple[Unreadable, ...] = ()
    shut: tuple[Beginning, ...] = ()

    def by_policy(self) -> dict[str, list[Version]]:
        """Group the versions by their policy, in order."""
        found: dict[str, list[Version]] = {}
        for each in self.readable:
            found.setdefault(each.document.policy.id, []).append(each)
        return found

    @property
    def titles(self) -> dict[str, str]:
        """Map the policies that can judge, by their ids, to what the latest version is called."""
        return {each.document.policy.id: each.document.policy.title for each in self.readable}


def alone(document: Document) -> Versions:
    """Judge by one document, at all times: as if it had always been in force."""
    return Versions((Version(document),))


def versions_of(record: RecordView) -> Versions:
    """Find the versions that judge a record, as it was known by the moment asked about."""
    adopted = list(_adoptions(record))
    if not adopted:
        return Versions(tuple(map(Version, profiles())))
    readable: list[Version] = []
    unreadable: list[Unreadable] = []
    shut: list[Beginning] = []
    for placed in adopted:
        found = _read(record, placed)
        if isinstance(found, Version):
            readable.append(found)
        else:
            unreadable.append(found)
            shut.append(Beginning(found.policy, found.position, _begins(placed)))
    return Versions(tuple(_succeeding(readable, shut)), tuple(unreadable), tuple(shut))


def beside(versions: Versions, document: Document, begins: Span | None, position: int) -> Version:
    """Return a version of a policy as it would be in force beside those that were adopted.

    Args:
        versions: those that judge.
        document: the policy.
        begins: from when it would be in force.
        position: where its adoption would be recorded.
    """
    every = [each for each in versions.readable if each.adopted]
    every.append(Version(document, position=position, begins=begins))
    succeeding = _succeeding(every, versions.shut)
    return next(each for each in succeeding if each.document is document)


def _adoptions(record: RecordView) -> Iterator[FactInCase]:
    """Yield the adoptions of documents of rules that stand, in the order of their recording."""
    for event in record.events(kinds=(ADOPTION,)):
        placed = record.placed(event)
        if placed is None or not placed.fact.stands or placed.fact.alleged:
            continue
        if placed.fact.fields.get("format") == FORMAT:
            yield placed


def _read(record: RecordView, placed: FactInCase) -> Version | Unreadable:
    fact = placed.fact
    policy, version = fact.fields["policy"], fact.fields["policy_version"]
    head = (policy, version, fact.event_id, fact.event.position)
    text = disclose(record.reader, placed.view.case, (fact,))[fact.event_id].text("text")
    if text.value is None:
        return Unreadable(*head, f"its text is {text.state}")
    try:
        document = read_document(str(text.value).encode())
    except AnswerableError as error:
        return Unreadable(*head, f"its text is no policy: {error.message.rstrip('.')}")
    if fact.fields.get("digest") not in (None, document.digest):
        return Unreadable(*head, "its text is not the one that was adopted: the digests differ")
    return Version(document, fact.event_id, fact.event.position, _begins(placed))


def _begins(placed: FactInCase) -> Span | None:
    """Tell from when an adopted version is in force."""
    fact, view = placed.fact, placed.view
    return fact.span("from", margins=view.margins) or view.span(fact)


def _succeeding(found: Sequence[Version], shut: Sequence[Beginning]) -> Iterator[Version]:
    """Have each version end when the next one of its policy begins, by their dates."""
    ordered = sorted(found, key=_began)
    every = [Beginning(each.document.policy.id, each.position, each.begins) for each in ordered]
    every = sorted((*every, *shut), key=_began)
    for version in ordered:
        own = Beginning(version.document.policy.id, version.position, version.begins)
        later = (each.begins for each in every[every.index(own) + 1 :] if each.policy == own.policy)
        yield version._replace(ends=next((each for each in later if each is not None), None))


def _began(version: Version | Beginning) -> tuple[datetime, int]:
    """Order versions by when each began at the latest; of equal dates, as they were recorded."""
    begins = version.begins
    at = None if begins is None else begins.latest or begins.earliest
    return at or datetime.min.replace(tzinfo=UTC), version.position or 0


def _begun(start: Span | None, when: Span | None) -> When:
    """Tell whether something had begun when another thing happened; its first day belongs to it."""
    if start is None or when is None:
        return "unknown"
    if wholly_before(when, start):
        return "no"
    if wholly_before(start, when):
        return "yes"
    first, then = start.last_day, when.first_day
    if start.precision == "instant" or first is None or then is None:
        return "unknown"
    return "yes" if first <= then else "unknown"
