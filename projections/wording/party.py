"""A party in words."""

from __future__ import annotations

from answerable.projections.facts.names import Name


def party_words(name: Name) -> str:
    """Say who a party is: "Xu Fei (person-2)"; "person-4 (name erased)"; "person-5"."""
    if name.name is not None:
        return f"{name.name} ({name.party})"
    gone = name.state in ("erased", "withheld")
    return f"{name.party} (name {name.state})" if gone else name.party
