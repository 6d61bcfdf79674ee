"""Say the DECLARE part of a policy as a model of pm4py.

pm4py's model is a dictionary of its names of templates, each with the constraints of that template
by their activities: `{"response": {("A", "B"): {"support": 1, "confidence": 1}}}`. JSON has no
tuples for keys, and pm4py no form of its own for files; so the constraints of a template are a
list here, of pairs of activities and numbers. In Python:

    {name: {tuple(key) if isinstance(key, list) else key: value for key, value in constraints}
     for name, constraints in document["model"].items()}

An activity is a kind of event, as in the logs of `export --format xes` and `ocel`.

Such a model knows no deadlines, no correlation, no conditions on fields and no choices. A rule that
has these is left out, and named with all that could not be said; or, loosely, said without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import PAST, Declare, Template
from answerable.domain.policy.selector import Choice, Selector
from answerable.projections.interchange.declare_names import NAMES, OTHERWISE

FORMAT = "pm4py-declare/1"

EITHER: Mapping[Template, frozenset[str]] = MappingProxyType(
    {
        "response": frozenset(("when",)),
        "responded-existence": frozenset(("when",)),
        "precedence": frozenset(("then",)),
        "not-co-existence": frozenset(("when", "then")),
        "absence": frozenset(("when",)),
    }
)
"""The selectors that may be several kinds: the constraint of each holds where that of all does."""

CONFIDENT = MappingProxyType({"support": 1, "confidence": 1})


class LeftOut(NamedTuple):
    """A rule that a model of pm4py does not say, or does not say wholly.

    Attributes:
        rule: its id.
        parts: what cannot be said, each with why.
        said: whether it is in the model without that.
    """

    rule: str
    parts: tuple[str, ...]
    said: bool


class DeclareModel(NamedTuple):
    """The DECLARE part of a policy, as pm4py takes it.

    Attributes:
        policy: the policy and its version: `generic@1`.
        model: of each template, by pm4py's name, the constraints: their activities - a text, or
            two - and their numbers.
        left_out: the rules that it does not say, or not wholly.
        warnings: the templates in it that mean something else to pm4py, and what.
    """

    policy: str
    model: Mapping[str, list[tuple[str | tuple[str, str], Mapping[str, float]]]]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]

    @property
    def document(self) -> dict[str, Any]:
        """Return the model as values of JSON."""
        return {
            "format": FORMAT,
            "policy": self.policy,
            "model": {
                name: [
                    [key if isinstance(key, str) else [*key], dict(value)] for key, value in all_
                ]
                for name, all_ in self.model.items()
            },
            "left_out": [each._asdict() | {"parts": [*each.parts]} for each in self.left_out],
            "warnings": [*self.warnings],
        }


def declare_model(policy: Policy, *, loosely: bool = False) -> DeclareModel:
    """Say the DECLARE part of a policy as pm4py's model.

    Args:
        policy: the policy.
        loosely: whether rules are said, too, of which a part cannot be.
    """
    model: dict[str, list[tuple[str | tuple[str, str], Mapping[str, float]]]] = {}
    left_out: list[LeftOut] = []
    for rule in policy.rule:
        if not isinstance(rule, Declare):
            left_out.append(LeftOut(rule.id, (f"{rule.kind}: no rule of DECLARE",), said=False))
            continue
        unsaid = (*_unsaid(rule), *_unsaid_of_selectors(rule, policy))
        name = NAMES.get(rule.template)
        keys = dict.fromkeys(_keys(rule, policy))
        said = name is not None and (not unsaid or loosely)
        if unsaid:
            left_out.append(LeftOut(rule.id, unsaid, said=said))
        if name is not None and said:
            known = model.setdefault(name, [])
            told = {key for key, _ in known}
            known.extend((key, CONFIDENT) for key in keys if key not in told)
    warnings = tuple(f"{name}: {why}" for name, why in OTHERWISE.items() if name in model)
    return DeclareModel(policy.name, model, tuple(left_out), warnings)


def _unsaid(rule: Declare) -> Iterator[str]:
    """Yield what pm4py has no words for in a rule, its selectors apart."""
    if rule.template not in NAMES:
        yield f"template {rule.template}: pm4py has none"
    if rule.count != 1:
        yield f"count {rule.count}: pm4py counts to one"
    correlated = [
        *((f"same {', '.join(rule.same)}",) if rule.same else ()),
        *((f"link {rule.link}",) if rule.link else ()),
        *((f"via {rule.via}",) if rule.via else ()),
    ]
    for each in correlated:
        yield f"{each}: which event answers which is not told apart"
    if rule.within is not None:
        yield "within: there is no time in it"
    if rule.due is not None:
        yield f"due {rule.due.field}: there is no time in it"
    if rule.until is not None:
        yield "until: every case is read as closed"
    if rule.unless is not None:
        yield f"unless {rule.unless.during}: a duty never stands still"


def _unsaid_of_selectors(rule: Declare, policy: Policy) -> Iterator[str]:
    for name, selector in _selectors(rule):
        choices = policy.selected(selector)
        fields = sorted({field for each in choices for field in each.where})
        if fields:
            yield f"{name}: an activity has no fields, and it asks for {', '.join(fields)}"
        kinds = _kinds(choices)
        if len(kinds) > 1 and name not in EITHER.get(rule.template, frozenset()):
            yield f"{name}: any of {', '.join(kinds)}, and an activity is one"


def _selectors(rule: Declare) -> Iterator[tuple[str, Selector]]:
    """Yield the selectors of a rule, in the order of pm4py's activities."""
    for name in ("first", "then") if rule.template in PAST else ("when", "then"):
        selector: Selector | None = getattr(rule, name)
        if selector is not None:
            yield name, selector


def _kinds(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for each in choices for kind in each.kinds))


def _keys(rule: Declare, policy: Policy) -> Iterator[str | tuple[str, str]]:
    each = [_kinds(policy.selected(selector)) for _, selector in _selectors(rule)]
    if len(each) == 1:
        yield from each[0]
    else:
        yield from ((first, second) for first in each[0] for second in each[1])
