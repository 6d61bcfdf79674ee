"""Make the rules of several policies ready, so that what asks the same is judged once in a case.

A new version of a policy changes a few rules, and keeps the others. What they ask is then the same,
whichever version asks it, and whatever it is called there.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import to_json

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Rule
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged
from answerable.projections.conformance.rules.kinds import prepare
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.facts.case_view import CaseView

SAID = frozenset(("id", "text", "source", "severity"))
"""Name what a rule says of itself: it changes nothing of what the rule asks."""


def asked_by(rule: Rule, policy: Policy) -> bytes:
    """Return what a rule asks, as data: two that give the same judge every case alike.

    Beside its own fields that is what its policy selects by the names that rules use, and how it
    counts days. For which cases, and from when, is the policy's own.
    """
    return to_json((rule.model_dump(exclude=set(SAID)), policy.calendar, policy.select))


class Preparing:
    """Makes rules ready to judge cases; those that ask the same share what they find in a case."""

    def __init__(self) -> None:
        self._ready: dict[bytes, Prepared] = {}
        # A rule has no hash; it is held, so that no other has its identity.
        self._met: dict[int, tuple[Rule, Prepared]] = {}

    def __call__(self, rule: Rule, policy: Policy) -> Prepared:
        """Make a rule ready to judge cases."""
        if id(rule) not in self._met:
            self._met[id(rule)] = rule, self._made_ready(rule, policy)
        return self._met[id(rule)][1]

    def _made_ready(self, rule: Rule, policy: Policy) -> Prepared:
        asked = asked_by(rule, policy)
        found = self._ready.get(asked)
        if found is None:
            found = self._ready[asked] = _remembering(prepare(rule, policy))
        return found


def _remembering(prepared: Prepared) -> Prepared:
    """Have a rule remember what it found in the case that it judged last."""
    last: CaseView | None = None
    found: Sequence[Judged] = ()

    def judge(on: Situation) -> Sequence[Judged]:
        nonlocal last, found
        if on.view is not last:
            found = tuple(prepared.judge(on))
            last = on.view
        return found

    return prepared._replace(judge=judge)
