"""Hold the names in a policy against the kinds of events and their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from answerable.domain.kinds import FAMILY, TARGETS, model
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.domain.parsing import allowed_values
from answerable.domain.policy.document import Policy
from answerable.domain.policy.faults import Fault
from answerable.domain.policy.rules import (
    Authority,
    Chain,
    Comparators,
    Complete,
    Declare,
    Guideline,
    InForce,
    NotDuring,
    Rule,
    Separation,
)
from answerable.domain.policy.selector import Choice, Not, Selector, parts, resolve
from answerable.domain.terms.measure import Measure

MEASURES = frozenset(get_args(Measure))

DATED = frozenset(("due.field", "unless.until", "interval"))
"""The places of a rule that name a field with a date."""

NAMING = frozenset(("link", "via"))
"""The places of a rule that name a field with the id of an event."""


def faults_of(policy: Policy) -> Iterator[Fault]:
    """Yield each name in a policy that nothing has: kinds, fields, values, measures, ids."""
    for name, choice in policy.select.items():
        if name in FAMILY:
            yield Fault(f"select.{name}", "a selection may not have the name of a kind of event")
        yield from _of_choice(policy, f"select.{name}", choice)
    for name, number in Counter(rule.id for rule in policy.rule).items():
        if number > 1:
            yield Fault("rule", f"{number} rules have the id {name}: each has one of its own", name)
    for at, rule in enumerate(policy.rule):
        for fault in _of_rule(policy, rule):
            yield fault._replace(path=f"rule.{at}.{fault.path}", rule=rule.id)


def _of_rule(policy: Policy, rule: Rule) -> Iterator[Fault]:
    for path, selector in _selectors(rule):
        yield from _of_selector(policy, path, selector)
    for path, names in _fields(rule):
        for name in names:
            yield from _of_kind_field(path, name)
            kind, _, field = name.partition(".")
            yield from _of_use(path, (field,), (kind,))
    for path, selectors, names in _fields_of_selected(rule):
        kinds = _kinds(policy, selectors)
        for name in names:
            yield from _of_field(path, name, kinds, some=path in ("link", "same", "via"))
        yield from _of_use(path, names, kinds)
    for path, kind in _kinds_named(rule):
        yield from _of_kind(path, kind)
    yield from _of_ends(rule)
    if isinstance(rule, Guideline):
        yield from _of_guideline(rule)


def _selectors(rule: Rule) -> Iterator[tuple[str, Selector]]:
    """Yield the selectors of a rule, each with its path."""
    if isinstance(rule, Declare):
        found = {name: getattr(rule, name) for name in ("when", "then", "first", "until")}
        yield from ((name, each) for name, each in found.items() if each is not None)
    elif isinstance(rule, Chain):
        yield from ((f"steps.{at}", each) for at, each in enumerate(rule.steps))
    elif isinstance(rule, Authority):
        yield "act", rule.act
    elif isinstance(rule, Complete):
        yield "of", rule.of
    elif isinstance(rule, NotDuring):
        yield "forbidden", rule.forbidden


def _fields(rule: Rule) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the fields that a rule names with their kind, each with its path."""
    if isinstance(rule, Declare) and rule.unless and rule.unless.until:
        yield "unless.until", (f"{rule.unless.during}.{rule.unless.until}",)
    elif isinstance(rule, Separation):
        yield from ((name, getattr(rule, name)) for name in ("acts", "of", "about", "near"))
    elif isinstance(rule, Authority):
        yield "by", (rule.by,)
    elif isinstance(rule, Comparators):
        yield "reason", (rule.reason,)
    elif isinstance(rule, InForce):
        yield "clause", (rule.clause,)
    elif isinstance(rule, NotDuring):
        told = (rule.interval.from_, rule.interval.until)
        yield "interval", tuple(each for each in told if each)


def _fields_of_selected(rule: Rule) -> Iterator[tuple[str, list[Selector], Iterable[str]]]:
    """Yield the fields that selected events must have, with the selectors, each with its path."""
    if isinstance(rule, Declare):
        both = [each for each in (rule.when, rule.then, rule.first) if each is not None]
        for each in both if rule.same else ():
            yield "same", [each], rule.same
        if rule.link:
            yield "link", both, (rule.link,)
        if rule.via and rule.via != "basis" and rule.when is not None:
            yield "via", [rule.when], (rule.via,)
        if rule.due and rule.when is not None:
            yield "due.field", [rule.when], (rule.due.field,)
    elif isinstance(rule, Complete):
        yield "known", [rule.of], rule.known


def _of_ends(rule: Rule) -> Iterator[Fault]:
    """Yield what could never end what it is to end: a kind that does not act upon the other."""
    if isinstance(rule, Declare) and rule.unless:
        during, ends, path = rule.unless.during, rule.unless.ends, "unless"
        if ends is None and rule.unless.until is None:
            yield Fault(path, "a hold ends: tell `ends`, a kind of event, or `until`, a field")
    elif isinstance(rule, NotDuring):
        during, ends, path = rule.interval.kind, rule.interval.ended_by, "interval"
    else:
        return
    if ends is None or not {during, ends} <= FAMILY.keys():
        return
    target = TARGETS.get(ends)
    upon = model(ends).references[target].kinds if target else None
    if upon is None or (upon and during not in upon):
        ending = [each for each in TARGETS if during in model(each).references[TARGETS[each]].kinds]
        other = f", as {' or '.join(ending)} does" if ending else ""
        name = "ends" if path == "unless" else "ended_by"
        yield Fault(f"{path}.{name}", f"{ends} does not act upon a {during}{other}")


def _of_use(path: str, names: Iterable[str], kinds: Iterable[str]) -> Iterator[Fault]:
    """Yield the fault that a field holds no date, or names no event, where it has to."""
    wanted = "date" if path in DATED else "event" if path in NAMING else None
    having = [kind for kind in kinds if kind in FAMILY]
    for name in names if wanted else ():
        of = [kind for kind in having if name in model(kind).attributes]
        held = [model(each).dates if wanted == "date" else model(each).references for each in of]
        if of and not any(name in each for each in held):
            verb = "holds no date" if wanted == "date" else "names no event"
            meant = nearest(name, [each for one in held for each in one], 3)
            yield Fault(path, f"{name} of {of[0]} {verb}. {did_you_mean(meant)}".rstrip(" ."))


def _kinds_named(rule: Rule) -> Iterator[tuple[str, str]]:
    if isinstance(rule, Declare):
        if rule.unless:
            yield "unless.during", rule.unless.during
            if rule.unless.ends:
                yield "unless.ends", rule.unless.ends
        if rule.within and rule.within.start:
            told = rule.within.start.event
            for each in (told,) if isinstance(told, str) else told:
                yield "within.from.event", each
    elif isinstance(rule, NotDuring) and rule.interval.ended_by:
        yield "interval.ended_by", rule.interval.ended_by


def _of_selector(policy: Policy, path: str, selector: Selector) -> Iterator[Fault]:
    for each in parts(selector):
        if isinstance(each, Choice):
            yield from _of_choice(policy, path, each)
        elif each.name not in policy.select:
            yield from _of_kind(path, each.name, policy.select)


def _of_choice(policy: Policy, path: str, choice: Choice) -> Iterator[Fault]:
    wrong = [fault for kind in choice.kinds for fault in _of_kind(f"{path}.event", kind)]
    yield from wrong
    if wrong:
        return
    for name, test in choice.where.items():
        at = f"{path}.where.{name}"
        yield from _of_field(at, name, choice.kinds)
        if isinstance(test, Choice):
            yield from _of_choice(policy, at, test)
        elif isinstance(test, str | tuple | Not):
            wanted = test.not_ if isinstance(test, Not) else test
            for value in wanted if isinstance(wanted, tuple) else (wanted,):
                yield from _of_value(at, name, choice.kinds, value)
    for name in choice.same:
        yield from _of_field(f"{path}.same", name, choice.kinds)


def _of_kind(path: str, kind: str, named: Mapping[str, Choice] | None = None) -> Iterator[Fault]:
    if kind not in FAMILY:
        near = did_you_mean(nearest(kind, (*FAMILY, *(named or ())), 3))
        what = "a kind of event or a selection" if named is not None else "a kind of event"
        yield Fault(path, f"{kind!r:.80} is not {what}. {near}".rstrip(" ."))


def _of_kind_field(path: str, told: str) -> Iterator[Fault]:
    kind, _, name = told.partition(".")
    wrong = list(_of_kind(path, kind))
    yield from wrong or _of_field(path, name, (kind,))


def _of_field(path: str, name: str, kinds: Iterable[str], *, some: bool = False) -> Iterator[Fault]:
    """Yield the fault that a field is none of some kinds: of any of them, or, of some, of all."""
    known = [kind for kind in kinds if kind in FAMILY]
    lacking = [kind for kind in known if name not in model(kind).attributes]
    if lacking and not (some and len(lacking) < len(known)):
        near = did_you_mean(nearest(name, model(lacking[0]).attributes, 3))
        yield Fault(path, f"{lacking[0]} has no field {name!r:.80}. {near}".rstrip(" ."))


def _of_value(path: str, name: str, kinds: Iterable[str], value: object) -> Iterator[Fault]:
    """Yield the fault that a field can hold no such value in any of some kinds."""
    allowed = {each for kind in kinds for each in allowed_values(kind, [name])}
    if allowed and value not in allowed:
        near = did_you_mean(nearest(str(value), allowed, 3))
        yield Fault(path, f"{value!r:.80} is no value of {name}. {near}".rstrip(" ."))


def _of_guideline(rule: Guideline) -> Iterator[Fault]:
    for at, row in enumerate(rule.row):
        for name in ("permitted", "excluded", "unless_aggravated", "unless_mitigated"):
            for measure in getattr(row, name):
                if measure not in MEASURES:
                    near = did_you_mean(nearest(measure, MEASURES, 3))
                    text = f"{measure!r:.80} is no measure. {near}".rstrip(" .")
                    yield Fault(f"row.{at}.{name}", text)
        yield from (
            Fault(f"row.{at}.{name}", f"{each} is not among the {of}")
            for name, of in (("unless_aggravated", "excluded"), ("unless_mitigated", "permitted"))
            for each in getattr(row, name)
            if each not in getattr(row, of)
        )
        both = set(row.permitted).intersection(row.excluded)
        if both:
            yield Fault(f"row.{at}", f"{min(both)} is both permitted and excluded")


def _kinds(policy: Policy, selectors: Iterable[Selector]) -> list[str]:
    return [
        kind
        for selector in selectors
        for choice in resolve(selector, policy.select)
        for kind in choice.kinds
    ]
