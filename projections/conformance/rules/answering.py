"""Say what became of an activation of a template, in words."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import kept_words
from answerable.projections.conformance.worlds import Value, judgement_of
from answerable.projections.wording.counts import capital
from answerable.projections.wording.lines.nouns import any_of_kinds

WHERE: Mapping[str, str] = {
    "response": "after",
    "precedence": "before",
    "responded_existence": "in the same case as",
    "not_response": "after",
    "not_responded_existence": "in the same case as",
    "chain_response": "directly after",
    "chain_precedence": "directly before",
    "not_chain_response": "directly after",
    "alternate_response": "after, and before the next such event, of",
    "alternate_precedence": "before, and after the last such event before, of",
}
"""Where a relation asks for its target, seen from the activation."""


@kept_words(most=1_000)
def answer_words(
    relation: str, kinds: frozenset[str], values: frozenset[Value], *, alike: bool = False
) -> str:
    """Say what became of an activation, for "…: the finding about Ann (#15)".

    Args:
        relation: the name of what its template asks of it.
        kinds: the kinds of events that answer it.
        values: what becomes of it over all worlds.
        alike: whether it is of one of these kinds itself, and something tells its answer from it.
    """
    what, where = any_of_kinds(sorted(kinds)), WHERE[relation]
    if alike:
        what += " as asked for"
    forbidden = relation.startswith("not_")
    judgement = judgement_of(values)
    if judgement == "fail":
        return f"{capital(what)} on record {where}" if forbidden else f"No {what} {where}"
    if judgement == "pass":
        return f"No {what} {where}" if forbidden else f"{capital(what)} {where}"
    if judgement == "pending":
        return f"No {what} yet {where}"
    if judgement == "not-applicable":
        return "Nothing to judge"
    return f"Whether there is {what} {where} is not told"


def case_words(template: str, kinds: frozenset[str], values: frozenset[Value], times: int) -> str:
    """Say what became of what a template asks of a case as a whole."""
    what = any_of_kinds(sorted(kinds))
    asked = {
        "existence": f"{what}, {_times(times)} or more",
        "absence": f"{what}, fewer than {_times(times)}",
        "exactly": f"{what}, {_times(times)}",
        "init": f"{what} at the beginning",
        "end": f"{what} at the end",
        "choice": f"{what}",
        "exclusive-choice": f"{what}, and never both",
    }[template]
    judgement = judgement_of(values)
    if judgement == "pass":
        return f"As asked for: {asked}"
    if judgement in ("fail", "pending"):
        return f"Not {'yet ' if judgement == 'pending' else ''}as asked for: {asked}"
    return f"Whether it is as asked for is not told: {asked}"


def _times(times: int) -> str:
    return "once" if times == 1 else f"{times} times"
