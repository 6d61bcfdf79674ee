"""Begin a policy: a profile's document, with how to go on written at its top."""

from __future__ import annotations

import re

import click

HEAD = """\
# A policy to begin with, from {profile} {version} as it comes with this program. Change what it
# says, take rules out, write others: `answerable policy show FILE` says in words what it asks,
# `policy validate FILE` what is wrong with it, `check --policy FILE` what it would find, and
# `policy adopt FILE` puts it in force. A document that was adopted stays as it is: what comes after
# it has a new `version`.
"""

_ID = re.compile(r'^id = "[^"\n]*"', re.MULTILINE)


def begun(profile: str, policy_id: str | None) -> bytes:
    """Return the document of a policy to begin with.

    Args:
        profile: the id of the profile that it begins as.
        policy_id: the id that it is to have; None: the profile's.

    Raises:
        UsageError: there is no such profile, or the id is none.
    """
    from answerable.domain.mistyped.nearest import did_you_mean, nearest
    from answerable.domain.policy.shipped import PROFILES, profile_text

    if profile not in PROFILES:
        meant = did_you_mean(nearest(profile, PROFILES))
        raise click.UsageError(
            f"there is no profile {profile!r:.80}. {meant or 'There are ' + ', '.join(PROFILES)}"
            f"{'' if meant else '.'}"
        )
    if policy_id is not None:
        check_id(policy_id)
    text = profile_text(profile).decode()
    version = re.search(r'^version = "([^"\n]*)"', text, re.MULTILINE)
    head = HEAD.format(profile=profile, version=version[1] if version else "")
    if policy_id is not None:
        text = _ID.sub(f'id = "{policy_id}"', text, count=1)
    return f"{head}\n{text}".encode()


def check_id(policy_id: str) -> None:
    """Check that a text can be the id of a policy.

    Raises:
        UsageError: it cannot.
    """
    from answerable.domain.policy.form import SLUG

    if not re.fullmatch(SLUG, policy_id):
        raise click.BadParameter(
            f"{policy_id!r:.80} is no id: lower-case letters, digits and hyphens, at most 64.",
            param_hint="'--id'",
        )
