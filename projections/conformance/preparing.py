"""Make the rules of several policies ready, so that what asks the same is judged once in a case.

A new version of a policy changes a few rules, and keeps the others. What they ask is then the same,
whichever version asks it, and whatever it is called there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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
    """Makes rules ready to judge cases; those that ask the same share what they find in a case.

    So do those that choose alike share what they choose, whatever policies they are in. What they
    find and choose is remembered of the cases at hand alone (`turn_to`).
    """

    def __init__(self) -> None:
        self._found: dict[CaseView, dict[int, tuple[Sequence[Judged], int]]] = {}
        self._chosen: dict[CaseView, dict[object, Any]] = {}
        self._ready: dict[bytes, Prepared] = {}
        # A rule has no hash; it is held, so that no other has its identity.
        self._met: dict[int, tuple[Rule, Prepared]] = {}

    def __call__(self, rule: Rule, policy: Policy) -> Prepared:
        """Make a rule ready to judge cases."""
        if id(rule) not in self._met:
            self._met[id(rule)] = rule, self._made_ready(rule, policy)
        return self._met[id(rule)][1]

    def turn_to(self, views: Iterable[CaseView]) -> None:
        """Remember what rules find in these cases, and forget what they found in others."""
        at_hand = tuple(views)
        self._found = {view: self._found.get(view, {}) for view in at_hand}
        self._chosen = {view: self._chosen.get(view, {}) for view in at_hand}

    def chosen(self, view: CaseView) -> dict[object, Any]:
        """Return what was chosen so far in a case, by what chose it; kept of those at hand."""
        return self._chosen.get(view, {})

    def _made_ready(self, rule: Rule, policy: Policy) -> Prepared:
        asked = asked_by(rule, policy)
        found = self._ready.get(asked)
        if found is None:
            found = self._ready[asked] = self._remembering(prepare(rule, policy))
        return found

    def _remembering(self, prepared: Prepared) -> Prepared:
        """Have a rule remember what it found in the cases at hand."""
        number = len(self._ready)

        def judge(on: Situation) -> Sequence[Judged]:
            known = self._found.get(on.view)
            if known is None:
                return tuple(prepared.judge(on))
            if number not in known:
                before = on.house.consulted
                judged = tuple(prepared.judge(on))
                known[number] = judged, on.house.consulted - before
                return judged
            found, consulted = known[number]
            on.house.consulted += consulted
            return found

        return prepared._replace(judge=judge)
