"""Tell programs what a policy holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answerable.domain.answers import json_value
from answerable.projections.conformance.saying.rule_words import rule_words

if TYPE_CHECKING:
    from answerable.cli.judging.policies.finding import Found
    from answerable.projections.conformance.in_force.versions import Version, Versions


def policy_json(found: Found) -> dict[str, Any]:
    """Return a policy as JSON values: the document, and each rule in words beside it."""
    document = found.document
    policy = document.policy
    told: dict[str, Any] = policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    words = {rule.id: [*rule_words(policy, rule)] for rule in policy.rule}
    return {
        "digest": document.digest,
        "shipped": document.shipped,
        "where": found.where,
        **({} if found.version is None else _force(found.version)),
        "policy": told,
        "words": words,
    }


def register_json(versions: Versions) -> dict[str, Any]:
    """Return the versions that judge a record as JSON values."""
    return {
        "policies": [
            {
                "policy": each.document.policy.id,
                "version": each.document.policy.version,
                "title": each.document.policy.title,
                "digest": each.document.digest,
                "jurisdictions": [*each.document.policy.jurisdictions],
                "rules": len(each.document.policy.rule),
                **_force(each),
            }
            for each in versions.readable
        ],
        "unreadable": json_value(versions.unreadable),
    }


def _force(version: Version) -> dict[str, Any]:
    return {
        "adopted": version.adopted,
        "event_id": version.event_id,
        "position": version.position,
        "begins": None if version.begins is None else version.begins.text,
        "ends": None if version.ends is None else version.ends.text,
    }
