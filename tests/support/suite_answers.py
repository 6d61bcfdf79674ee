"""Answer a case of the published suite by brute force: one world after another.

The definitions are slow and obvious, and share nothing with the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.support.suite_deadlines import Deadlines
from tests.support.suite_reading import Happening, Rule
from tests.support.suite_worlds import World


class Answers(Deadlines):
    """The answers to one case."""

    def values(self, rule_id: str) -> dict[int | None, set[str]]:
        """Return what becomes of each activation of a rule over all worlds, where it is one."""
        rules = [each for each in self.rules.get(rule_id, ()) if self._applies(each)]
        if not rules:
            return {}
        asking = [
            (event, leg)
            for event in self.events
            for leg in self._legs(rules[0])
            if self.match(rules[0], leg[0], event) is not False
        ]
        unknown = list(self._unknown(rules, asking))
        found: dict[int | None, set[str]] = {}
        whole = not self._legs(rules[0])
        for world in self.worlds(unknown):
            if whole:
                found.setdefault(None, set()).add(self._of_case(rules[0], world))
            for event, leg in asking:
                value = self._of_event(rules, leg, event, world)
                if value is not None:
                    found.setdefault(event.at, set()).add(value)
        return {at: values for at, values in found.items() if values != {"none"}}

    def _applies(self, rule: Rule) -> bool:
        codes = rule.policy["jurisdictions"]
        told = self.jurisdiction
        return "*" in codes or (told is not None and bool({told, told[:2]} & set(codes)))

    def _legs(self, rule: Rule) -> list[tuple[Any, Any, str]]:
        """List whom a rule asks something of: the selector, that of the answer, and what."""
        told = rule.told
        if rule.told["kind"] == "not-during":
            return [(told["forbidden"], told["interval"]["from"].partition(".")[0], "not-during")]
        template = told["template"]
        if "when" in told and "then" not in told:
            return []
        one, other = told.get("when", told.get("first")), told["then"]
        forward, backward = (one, other), (other, one)
        return {
            "response": [(*forward, "response")],
            "precedence": [(*backward, "precedence")],
            "succession": [(*forward, "response"), (*backward, "precedence")],
            "alternate-response": [(*forward, "alternate-response")],
            "alternate-precedence": [(*backward, "alternate-precedence")],
            "alternate-succession": [
                (*forward, "alternate-response"),
                (*backward, "alternate-precedence"),
            ],
            "chain-response": [(*forward, "chain-response")],
            "chain-precedence": [(*backward, "chain-precedence")],
            "chain-succession": [(*forward, "chain-response"), (*backward, "chain-precedence")],
            "responded-existence": [(*forward, "existence")],
            "co-existence": [(*forward, "existence"), (*backward, "existence")],
            "not-co-existence": [(*forward, "no-existence"), (*backward, "no-existence")],
            "not-succession": [(*forward, "no-response")],
            "not-chain-succession": [(*forward, "no-next")],
        }.get(template, [])

    def _unknown(self, rules: Sequence[Rule], asking: Sequence[Any]) -> Iterator[Any]:
        for event, leg in asking:
            if self.match(rules[0], leg[0], event) is None:
                yield event.at
            for other in self.events:
                matched = self.match(rules[0], leg[1], other)
                linked = rules[0].told["kind"] == "declare" and self.together(
                    rules[0], event, other
                )
                if other is not event and matched is not False and None in (matched, linked):
                    yield (event.at, other.at)

    def _of_event(
        self, rules: Sequence[Rule], leg: tuple[Any, Any, str], event: Happening, world: World
    ) -> str | None:
        """Return the value of an activation in a world; None: no version of the rule held."""
        at = world.times[event.at]
        rule: Rule | None = rules[0]
        if rules[0].begins is not None:
            held = [each for each in rules if each.begins and each.begins <= self.day_of(at)]
            rule = held[-1] if held else None
        if rule is None or at > self.moment or not world.unknown.get(event.at, True):
            return "none"
        if leg[2] == "not-during":
            return self.during(rule, event, world)
        answers = [
            other
            for other in self.events
            if other is not event
            and self._is(self.match(rule, leg[1], other), (event.at, other.at), world)
            and self._is(self._linked(rule, leg, event, other), (event.at, other.at), world)
        ]
        if {"within", "due"} & set(rule.told):
            return self.timed(rule, event, answers, world)
        seen = self._seen(world)
        here = next(n for n, each in enumerate(seen) if each is event)
        hits = [n for n, each in enumerate(seen) if each in answers]
        own = [
            n
            for n, each in enumerate(seen)
            if n != here and self.match(rule, leg[0], each) is not False
        ]
        return self._relation(leg[2], here, hits, own, len(seen), self._ended(rule, world))

    def _linked(
        self, rule: Rule, leg: tuple[Any, Any, str], event: Happening, other: Happening
    ) -> bool | None:
        backward = leg[2] in ("precedence", "alternate-precedence", "chain-precedence")
        return self.together(rule, *((other, event) if backward else (event, other)))

    @staticmethod
    def _is(answer: bool | None, which: Any, world: World) -> bool:
        return world.unknown[which] if answer is None else answer

    def _seen(self, world: World) -> list[Happening]:
        """List what had happened, in order; of what was at once, what was recorded first."""
        happened = [each for each in self.events if world.times[each.at] <= self.moment]
        return sorted(happened, key=lambda each: (world.times[each.at], each.at))

    def _ended(self, rule: Rule, world: World) -> bool:
        """Tell whether the time for an answer is over: the case is closed, or as the rule says."""
        closed = False
        for each in self.events:
            if world.times[each.at] <= self.moment:
                closed = {"case-closed": True, "case-reopened": False}.get(each.kind, closed)
        until = rule.told.get("until")
        return closed or (until is not None and any(e.kind == until for e in self._seen(world)))

    @staticmethod
    def _relation(
        relation: str, here: int, hits: Sequence[int], own: Sequence[int], size: int, ended: bool
    ) -> str:
        later, earlier = [n for n in hits if n > here], [n for n in hits if n < here]
        open_ = "failed" if ended else "pending"
        if relation == "response":
            return "answered" if later else open_
        if relation == "precedence":
            return "answered" if earlier else "failed"
        if relation == "existence":
            return "answered" if hits else open_
        if relation == "no-existence":
            return "failed" if hits else "answered"
        if relation == "no-response":
            return "failed" if later else "answered"
        if relation == "no-next":
            return "failed" if here + 1 in hits else "answered"
        if relation == "chain-response":
            if here + 1 == size:
                return open_
            return "answered" if here + 1 in hits else "failed"
        if relation == "chain-precedence":
            return "answered" if here - 1 in hits else "failed"
        again = [n for n in own if (n > here) == (relation == "alternate-response") and n != here]
        if relation == "alternate-response":
            if any(all(not here < n < hit for n in again) for hit in later):
                return "answered"
            return "failed" if again else open_
        assert relation == "alternate-precedence"
        met = any(all(not hit < n < here for n in again) for hit in earlier)
        return "answered" if met else "failed"

    def _of_case(self, rule: Rule, world: World) -> str:
        """Return the value of what a template asks of the case as a whole."""
        seen, told = self._seen(world), rule.told
        one = [each for each in seen if self.match(rule, told["when"], each)]
        other = [each for each in seen if "then" in told and self.match(rule, told["then"], each)]
        count = told.get("count", 1)
        open_ = "failed" if self._ended(rule, world) else "pending"
        template = told["template"]
        if template == "init":
            return "answered" if one and seen[0] is one[0] else "failed"
        if template == "end":
            return "answered" if one and seen[-1] is one[-1] else open_
        if template == "existence":
            return "answered" if len(one) >= count else open_
        if template == "absence":
            return "answered" if len(one) < count else "failed"
        if template == "exactly":
            return "failed" if len(one) > count else "answered" if len(one) == count else open_
        if template == "exclusive-choice" and one and other:
            return "failed"
        return "answered" if one or other else open_
