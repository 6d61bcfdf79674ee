"""Name the templates of DECLARE as pm4py does, and those that it means otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from answerable.domain.policy.rules import Template

NAMES: Mapping[Template, str] = MappingProxyType(
    {
        "response": "response",
        "precedence": "precedence",
        "succession": "succession",
        "alternate-response": "altresponse",
        "alternate-precedence": "altprecedence",
        "alternate-succession": "altsuccession",
        "chain-response": "chainresponse",
        "chain-precedence": "chainprecedence",
        "chain-succession": "chainsuccession",
        "responded-existence": "responded_existence",
        "co-existence": "coexistence",
        "not-co-existence": "noncoexistence",
        "not-succession": "nonsuccession",
        "not-chain-succession": "nonchainsuccession",
        "existence": "existence",
        "absence": "absence",
        "exactly": "exactly_one",
        "init": "init",
    }
)
"""Tell what pm4py calls each template. It has no end, no choice and no exclusive choice."""

OURS: Mapping[str, Template] = MappingProxyType({name: ours for ours, name in NAMES.items()})

OTHERWISE: Mapping[str, str] = MappingProxyType(
    {
        "nonsuccession": "pm4py negates `succession` for it, so that a case fails which satisfies "
        "`succession`; `not-succession` is that no first is ever followed by a second",
        "nonchainsuccession": "pm4py negates `chainsuccession` for it, so that a case fails which "
        "satisfies that; `not-chain-succession` is that no first is directly followed by a second",
    }
)
"""The templates that mean something else to pm4py, and what (2.7.23)."""
