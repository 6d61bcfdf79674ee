"""Read what a provision cites: a policy on the register, in a version or in any.

A provision is an object that names its policy, or a text as it is cited. A text names a policy of
the register where it begins with its id, as `conduct 4.2` does; of a version it cannot tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.terms.several import cited

BOUNDARIES = frozenset(" §/:,;.(")
"""Tell what may follow a policy's id in a citation."""


class Provision(NamedTuple):
    """A provision that is cited.

    Attributes:
        text: it, as it is cited.
        policy: the policy's id; None: the text names none of the register.
        version: the policy's version; None: not told.
    """

    text: str
    policy: str | None
    version: str | None = None


def provisions(told: Any, policies: Collection[str]) -> Iterator[Provision]:
    """Read the provisions that a field cites.

    Args:
        told: what the field tells: one provision, or several; None: nothing.
        policies: the ids of the policies on the register.
    """
    several = told if isinstance(told, list | tuple) else () if told is None else (told,)
    for each in several:
        if isinstance(each, Mapping):
            yield Provision(cited(each), each["policy"], each.get("version"))
        else:
            yield _read(str(each), policies)


def _read(text: str, policies: Collection[str]) -> Provision:
    fitting = (each for each in policies if _begins(text, each))
    return Provision(text, max(fitting, key=len, default=None))


def _begins(text: str, policy: str) -> bool:
    if not text.lower().startswith(policy.lower()):
        return False
    return len(text) == len(policy) or text[len(policy)] in BOUNDARIES
