"""Every kind of event, by family: one module a family, loaded when it is asked for.

A kind's name is what is stored, never a Python path, so that code can move without touching
history.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from answerable.domain.errors import InvalidEvent

if TYPE_CHECKING:
    from answerable.domain.event import Event

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "case": ("case-opened", "case-closed", "case-reopened"),
        "contact": ("contact-made",),
        "backlash": ("backlash-observed",),
        "apology": ("apology-issued", "statement-published"),
        "termination": ("engagement-terminated", "counterparty-barred", "bar-lifted"),
        "investigation": (
            "report-received",
            "report-acknowledged",
            "feedback-given",
            "verification-completed",
            "investigation-opened",
            "allegation-made",
            "subject-heard",
            "evidence-registered",
            "custody-transferred",
            "finding-made",
            "investigation-concluded",
        ),
        "decision": ("decision-taken", "conflict-declared", "recused", "conflict-waived"),
        "sanction": (
            "sanction-imposed",
            "sanction-executed",
            "sanction-suspended",
            "sanction-lifted",
            "interim-measure-taken",
        ),
        "appeal": ("appeal-lodged", "appeal-decided"),
        "remedy": (
            "commitment-made",
            "commitment-fulfilled",
            "remediation-opened",
            "remediation-verified",
            "lesson-recorded",
        ),
        "house": (
            "party-registered",
            "role-assigned",
            "role-ended",
            "authority-granted",
            "authority-revoked",
            "policy-adopted",
        ),
        "record": (
            "correction",
            "retraction",
            "dispute",
            "personal-data-erased",
            "legal-hold-set",
            "legal-hold-lifted",
            "disclosure-made",
            "key-rotated",
        ),
    }
)

FAMILY: Mapping[str, str] = MappingProxyType(
    {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
)

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "contact": "contact-made",
        "backlash": "backlash-observed",
        "apology": "apology-issued",
        "termination": "engagement-terminated",
        "investigation": "investigation-opened",
        "sanction": "sanction-imposed",
    }
)
"""The six steps of an incident by their everyday words, and the kind that each word means."""


HOUSE_CASE = "house"
"""The case that the house's own registers belong to, unless another is named."""


TARGETS: Mapping[str, str] = MappingProxyType(
    {
        "bar-lifted": "bar",
        "report-acknowledged": "report",
        "feedback-given": "report",
        "subject-heard": "allegation",
        "custody-transferred": "evidence",
        "finding-made": "allegation",
        "investigation-concluded": "investigation",
        "recused": "conflict",
        "conflict-waived": "conflict",
        "sanction-executed": "sanction",
        "sanction-suspended": "sanction",
        "sanction-lifted": "sanction",
        "appeal-lodged": "against",
        "appeal-decided": "appeal",
        "commitment-fulfilled": "commitment",
        "remediation-verified": "remediation",
        "role-ended": "assignment",
        "authority-revoked": "authority",
        "correction": "target",
        "retraction": "target",
        "dispute": "target",
        "legal-hold-lifted": "hold",
    }
)
"""The field by which a kind acts upon another event of its case, as its model declares it."""


def kind_named(word: str) -> str:
    """The kind that a word means: a kind's own name, or one of the six steps.

    Raises:
        InvalidEvent: there is no such kind; the nearest ones are named.
    """
    kind = STEPS.get(word, word)
    if kind in FAMILY:
        return kind
    from difflib import get_close_matches

    near = get_close_matches(word, [*FAMILY, *STEPS], n=3, cutoff=0.5)
    raise InvalidEvent(
        f"there is no kind {word!r}.",
        field="kind",
        hint=f"Did you mean {', '.join(near)}?" if near else "`answerable append --help` has them.",
    )


@cache
def model(kind: str) -> type[Event]:
    """The model of a kind.

    Raises:
        InvalidEvent: there is no such kind.
    """
    family = FAMILY.get(kind)
    if family is None:
        kind_named(kind)
        raise InvalidEvent(f"there is no kind {kind!r}.", field="kind")
    module = import_module(f"answerable.domain.kinds.{family}")
    name = "".join(part.capitalize() for part in kind.split("-"))
    found: type[Event] = getattr(module, name)
    return found
