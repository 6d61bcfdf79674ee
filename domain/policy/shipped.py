"""Read what comes with this program: profiles, for houses that adopted no policy, and calendars."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.reading import Document, read_document

PROFILES = ("generic", "eu-whistleblowing", "uk-smcr", "prc-labour")
"""The ids of the profiles, in the order in which they are reported."""

CALENDARS = ("eu", "cn-2026", "gb-eaw-2025-2027")
"""The names of the calendars, to be copied into a policy: it holds its calendar itself."""


def profile_text(policy_id: str) -> bytes:
    """Return the bytes of a profile's document.

    Args:
        policy_id: one of `PROFILES`.
    """
    return _shipped("profiles", policy_id)


@cache
def profile(policy_id: str) -> Document:
    """Read a profile; each is read once."""
    return read_document(profile_text(policy_id), shipped=True)


def profiles() -> tuple[Document, ...]:
    """Read every profile."""
    return tuple(map(profile, PROFILES))


def calendar_text(name: str) -> bytes:
    """Return a calendar as a policy holds it: TOML, with its source.

    Args:
        name: one of `CALENDARS`.
    """
    return _shipped("calendars", name)


def calendar(name: str) -> Calendar:
    """Read a calendar.

    Args:
        name: one of `CALENDARS`.
    """
    return Calendar.model_validate(tomllib.loads(calendar_text(name).decode())["calendar"])


def _shipped(folder: str, name: str) -> bytes:
    return files("answerable.domain.policy").joinpath(folder, f"{name}.toml").read_bytes()
