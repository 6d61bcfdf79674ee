"""Tell what a rule sees of a case: the events that may move its verdict.

A rule sees the kinds that its policy names for it, and those that its judge asks for by itself.
What bears upon events of any kind - a correction, an appeal, an opening - is told of the event
(`moved`), and not of each rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from answerable.domain.kinds import FAMILIES
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Declare, RecordHeld, Rule

ACTS = frozenset(row.name for row in ROWS if row.act or row.accuses)
"""The kinds of what is done to parties, or said of them."""

ASKED_FOR: Mapping[str, frozenset[str]] = {
    "separation": ACTS | {"decision-taken", "statement-published", "report-received"},
    "authority": frozenset(("decision-taken", *FAMILIES["sanction"])),
    "guideline": ACTS | {"decision-taken", *FAMILIES["sanction"]},
    "comparators": ACTS | {"decision-taken", *FAMILIES["sanction"]},
    "custody": frozenset(("evidence-registered", "custody-transferred")),
}
"""The kinds that judges ask for by themselves, by the kind of the rule."""

LOOKING_OUT = frozenset(("separation", "authority", "in-force", "comparators", "record"))
"""The kinds of rules whose judges ask the registers of the house, or other cases."""

EACH_ALONE = frozenset(("corrections-visible", "chain-verifies"))
"""Names the checks of the record that tell of each entry by itself, without its kind."""

SAID = frozenset(("id", "text", "source", "severity"))


class Sight(NamedTuple):
    """Tell what a rule sees of a case.

    Attributes:
        kinds: the kinds of events that may move its verdict; None: any may.
        timed: whether time alone may move it, while it is open.
        outside: whether what is on record outside of the case may.
    """

    kinds: frozenset[str] | None
    timed: bool
    outside: bool


def sight_of(rule: Rule, policy: Policy, asking: frozenset[str] | None) -> Sight:
    """Tell what a rule sees.

    Args:
        rule: the rule.
        policy: its policy, which has the selections that it names.
        asking: the kinds of which it finds something to judge; None: it judges any case.
    """
    timed = isinstance(rule, Declare) and (rule.within is not None or rule.due is not None)
    return Sight(_kinds(rule, policy, asking), timed, rule.kind in LOOKING_OUT)


def _kinds(rule: Rule, policy: Policy, asking: frozenset[str] | None) -> frozenset[str] | None:
    if isinstance(rule, RecordHeld):
        return frozenset() if EACH_ALONE.issuperset(rule.holds) else None
    # What comes directly before or after something is told by all events between.
    if asking is None or (isinstance(rule, Declare) and "chain" in rule.template):
        return None
    named = _named(rule.model_dump(exclude=set(SAID)), policy, set())
    return asking.union(named, ASKED_FOR.get(rule.kind, ()))


def _named(told: Any, policy: Policy, seen: set[str]) -> Iterator[str]:
    """Yield the kinds that are named in some part of a rule, in its selections too."""
    if isinstance(told, str):
        kind = told.partition(".")[0]  # also in the name of a field: `decision-taken.deciders`
        if kind in CATALOGUE:
            yield kind
        if told in policy.select and told not in seen:
            seen.add(told)
            yield from _named(policy.select[told].model_dump(), policy, seen)
    elif isinstance(told, Mapping):
        for each in told.values():
            yield from _named(each, policy, seen)
    elif isinstance(told, Iterable):
        for each in told:
            yield from _named(each, policy, seen)
