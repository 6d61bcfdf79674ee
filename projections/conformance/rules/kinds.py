"""Map each kind of rule to what makes it ready to judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.rules import (
    chain,
    complete,
    custody,
    declare,
    not_during,
    record,
)
from answerable.projections.conformance.rules.measures import comparators, guideline
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.rules.registers import authority, in_force
from answerable.projections.conformance.rules.separation import judging as separation

JUDGES: Mapping[str, Callable[[Any, Policy], Prepared]] = {
    "declare": declare.prepare,
    "chain": chain.prepare,
    "separation": separation.prepare,
    "authority": authority.prepare,
    "guideline": guideline.prepare,
    "comparators": comparators.prepare,
    "complete": complete.prepare,
    "in-force": in_force.prepare,
    "not-during": not_during.prepare,
    "custody": custody.prepare,
    "record": record.prepare,
}
"""Tell what makes a rule ready, by its kind."""


def prepare(rule: Rule, policy: Policy) -> Prepared:
    """Make a rule ready to judge cases."""
    return JUDGES[rule.kind](rule, policy)
