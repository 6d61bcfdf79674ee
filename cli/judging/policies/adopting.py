"""Adopt a policy: its document goes on record, and says what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.judging.policies.finding import versions_in
from answerable.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from answerable.domain.policy.document import Policy
    from answerable.domain.policy.reading import Document
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.conformance.saying.changes import Changed


class Step(NamedTuple):
    """Tell what an adoption changes.

    Attributes:
        before: the policy that held before: the version adopted last; else, where nothing was
            adopted, the profile of this id; None: there was none.
        changes: what differs from that.
        first: whether it is the first policy that the house adopts, so that what comes with this
            program judges no longer.
        until: the date from which a version holds again that was adopted before, and is in force
            from a later day; None: there is none.
    """

    before: Policy | None
    changes: Sequence[Changed]
    first: bool
    until: str | None


def fields_of(document: Document, start: str, case: str) -> dict[str, Any]:
    """Return the fields of the event that adopts a policy.

    Args:
        document: the policy, and its bytes.
        start: from when it is in force (EDTF).
        case: the case that the event lies in.
    """
    policy = document.policy
    return {
        "kind": "policy-adopted",
        "case_id": case,
        "policy": policy.id,
        "policy_version": policy.version,
        "text": document.text.decode(),
        "digest": document.digest,
        "format": policy.format,
        "from": start,
    }


def step_to(opened: Ledger, document: Document, start: str) -> Step:
    """Tell what the adoption of a policy would change.

    Args:
        opened: the ledger.
        document: the policy.
        start: from when it is to be in force (EDTF).

    Raises:
        Refused: this version of the policy was adopted already, or another document as it.
    """
    from answerable.projections.conformance.in_force.versions import beside
    from answerable.projections.conformance.saying.changes import changes
    from answerable.projections.facts.time import read

    versions = versions_in(opened)
    policy = document.policy
    _check_new(versions, document)
    own = [each for each in versions.readable if each.document.policy.id == policy.id]
    before = own[-1].document.policy if own else None
    first = not versions.unreadable and not any(each.adopted for each in versions.readable)
    ends = beside(versions, document, read(start), len(opened)).ends
    found = () if before is None else changes(before, policy)
    return Step(before, found, first, None if ends is None else ends.text)


def _check_new(versions: Versions, document: Document) -> None:
    policy = document.policy
    for each in versions.readable:
        told = each.document.policy
        if not each.adopted or (told.id, told.version) != (policy.id, policy.version):
            continue
        same = each.document.digest == document.digest
        said = "it is adopted already" if same else "another document was adopted as it"
        raise Refused(
            f"{policy.id} {policy.version}: {said}, by #{each.position}.",
            field="version",
            hint="A document that differs needs a version of its own, and so does one without "
            "rules (`rule = []`), which ends a policy. One that never held is retracted.",
        )
    for shut in versions.unreadable:
        if (shut.policy, shut.version) == (policy.id, policy.version):
            raise Refused(
                f"{policy.id} {policy.version}: a document was adopted as it, by "
                f"#{shut.position}, that cannot be read: {shut.why}.",
                field="version",
                hint="Give the document a version of its own.",
            )
