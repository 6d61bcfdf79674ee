"""Read the profiles that come with this program, for houses that adopted no policy."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from answerable.domain.policy.reading import Document, read_document

PROFILES = ("generic", "eu-whistleblowing")
"""The ids of the profiles, in the order in which they are reported."""


def profile_text(policy_id: str) -> bytes:
    """Return the bytes of a profile's document.

    Args:
        policy_id: one of `PROFILES`.
    """
    return files("answerable.domain.policy").joinpath("profiles", f"{policy_id}.toml").read_bytes()


@cache
def profile(policy_id: str) -> Document:
    """Read a profile; each is read once."""
    return read_document(profile_text(policy_id), shipped=True)


def profiles() -> tuple[Document, ...]:
    """Read every profile."""
    return tuple(map(profile, PROFILES))
