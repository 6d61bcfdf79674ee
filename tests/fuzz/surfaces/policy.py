"""Policies: what is taken is TOML, and means the same however it is written down."""

from __future__ import annotations

import tomllib

from answerable.domain.policy.document import Policy
from answerable.domain.policy.faults import InvalidPolicy
from answerable.domain.policy.reading import read_document

LONGEST = 16_384


def take(data: bytes) -> None:
    """Read a policy."""
    try:
        document = read_document(data)
    except InvalidPolicy:
        return
    assert tomllib.loads(data.decode())
    assert document.text == data
    told = document.policy.model_dump_json(exclude_unset=True, by_alias=True)
    assert Policy.model_validate_json(told) == document.policy
