"""Begin a policy from a model of pm4py, as `policy show --format pm4py` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from answerable.cli.shared.options import read_file
from answerable.projections.interchange.declare_rules import InvalidModel, document_of, rules_from

LARGEST = 10_000_000
"""The most bytes that a model is read of."""


class Begun(NamedTuple):
    """The document of a policy, and what is to be known of its rules."""

    text: bytes
    warnings: tuple[str, ...]


def begun_from(place: Path, policy_id: str) -> Begun:
    """Read a model, and write the document of a policy of its rules.

    Args:
        place: the file that holds the model: JSON.
        policy_id: the id of the policy.

    Raises:
        InvalidModel: it holds none.
        UsageError: it cannot be read.
    """
    content = read_file(place, LARGEST)
    if len(content) > LARGEST:
        raise InvalidModel(f"{place} has more than {LARGEST:,} bytes, and a model has fewer.")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidModel(
            f"{place} is not JSON: {error}.",
            hint="Of a model in Python, `docs/interchange.md` says how it is written.",
        ) from None
    read = rules_from(told)
    return Begun(document_of(read, policy_id, f"Read from {place.name}"), read.warnings)
