"""Who did something, and whom it is merely about.

Announcing is not deciding, and being accused is not acting: an event names its parties in fields
of their own, and each field tells in which role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

ANNOUNCER = "announcer"
PRINCIPAL = "principal"
"""In whose name another one spoke."""

ROLES: Mapping[str, Mapping[str, str]] = {
    "case-opened": {"owner": "owner"},
    "contact-made": {"initiators": "initiator"},
    "apology-issued": {"speaker": "speaker", "on_behalf_of": PRINCIPAL},
    "statement-published": {"speaker": "speaker", "on_behalf_of": PRINCIPAL},
    "engagement-terminated": {"announced_by": ANNOUNCER},
    "report-received": {"reporter": "reporter"},
    "report-acknowledged": {"acknowledged_by": "acknowledger"},
    "verification-completed": {"performer": "performer"},
    "investigation-opened": {"lead": "lead", "mandate_giver": "mandate-giver"},
    "evidence-registered": {"collected_by": "collector"},
    "custody-transferred": {"from": "former-keeper", "to": "keeper"},
    "decision-taken": {"deciders": "decider"},
    "conflict-declared": {"party": "declarant"},
    "recused": {"party": "recused"},
    "conflict-waived": {"waived_by": "waiver"},
    "sanction-imposed": {"announced_by": ANNOUNCER},
    "sanction-executed": {"executed_by": "executor"},
    "appeal-lodged": {"appellant": "appellant"},
    "appeal-decided": {"deciders": "decider"},
    "commitment-made": {"by": "promisor"},
    "remediation-opened": {"owner": "owner"},
    "remediation-verified": {"verified_by": "verifier"},
    "dispute": {"by": "disputant"},
}
"""Of each kind, the fields that name someone who did it, and in which role."""

ABOUT = ("subject", "counterparty", "party", "organisation", "reports_to", "to")
"""The fields that name, in every other kind, whom it is about."""


class PartyRole(NamedTuple):
    """A party that an event names: in which field, and in which role; None: it is about them."""

    field: str
    party: str
    role: str | None


def parts(kind: str, fields: Mapping[str, Any]) -> tuple[PartyRole, ...]:
    """The parties that an event names, each once a field."""
    return tuple(dict.fromkeys(_parts(kind, fields)))


def _parts(kind: str, fields: Mapping[str, Any]) -> Iterator[PartyRole]:
    roles = ROLES.get(kind, {})
    for field in dict.fromkeys((*roles, *ABOUT)):
        named = fields.get(field, ())
        for party in (named,) if isinstance(named, str) else named:
            yield PartyRole(field, party, roles.get(field))
