"""The texts that a derivation opens."""

from __future__ import annotations

from answerable.domain.reader import Reader
from answerable.projections.facts.disclosed import DisclosedTexts, disclose
from answerable.projections.why.why import Derivation


def disclosed(reader: Reader, derivation: Derivation) -> dict[str, DisclosedTexts]:
    """Open what is sealed in the events of a derivation, and in what opened their cases.

    Returns:
        The texts, by event id.
    """
    nodes, cases = derivation.nodes, derivation.cases
    amendments = [each.event_id for node in nodes.values() for each in node.amendments]
    openings = [case.opened_by for case in cases.values() if case.opened_by]
    asked_for = dict.fromkeys((*nodes, *amendments, *openings))
    texts: dict[str, DisclosedTexts] = {}
    for facts in derivation.facts:
        own = [facts.facts[each] for each in asked_for if each in facts.facts]
        texts.update(disclose(reader, facts, own))
    return texts
