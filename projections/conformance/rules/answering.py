"""Say what became of an activation of a template, in words."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import kept_words, say, say_as, say_count, to_say, to_say_as
from answerable.projections.conformance.worlds import Judgement, Value, judgement_of
from answerable.projections.wording.counts import capital
from answerable.projections.wording.lines.nouns import any_of_kinds

WHERE: Mapping[str, str] = {
    "response": to_say_as("rule", "after"),
    "precedence": to_say_as("rule", "before"),
    "responded_existence": to_say_as("rule", "in the same case as"),
    "not_response": to_say_as("rule", "after"),
    "not_responded_existence": to_say_as("rule", "in the same case as"),
    "chain_response": to_say_as("rule", "directly after"),
    "chain_precedence": to_say_as("rule", "directly before"),
    "not_chain_response": to_say_as("rule", "directly after"),
    "alternate_response": to_say_as("rule", "after, and before the next such event, of"),
    "alternate_precedence": to_say_as("rule", "before, and after the last such event before, of"),
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
    what, where = any_of_kinds(sorted(kinds)), say_as("rule", WHERE[relation])
    if alike:
        what = say("{what} as asked for", what=what)
    forbidden = relation.startswith("not_")
    judgement = judgement_of(values)
    if judgement == "fail":
        if forbidden:
            return say("{what} on record {where}", what=capital(what), where=where)
        return say("No {what} {where}", what=what, where=where)
    if judgement == "pass":
        if forbidden:
            return say("No {what} {where}", what=what, where=where)
        return say_as("rule", "{what} {where}", what=capital(what), where=where)
    if judgement == "pending":
        return say("No {what} yet {where}", what=what, where=where)
    if judgement == "not-applicable":
        return say("Nothing to judge")
    return say("Whether there is {what} {where} is not told", what=what, where=where)


def case_words(template: str, kinds: frozenset[str], values: frozenset[Value], times: int) -> str:
    """Say what became of what a template asks of a case as a whole."""
    what = any_of_kinds(sorted(kinds))
    if template == "absence" and times == 1:
        asked = say("no {what}", what=what)
    else:
        asked = say(ASKED[template], what=what, times=_times(times))
    return say(AS_ASKED.get(judgement_of(values), UNTOLD), asked=asked)


ASKED: Mapping[str, str] = {
    "existence": to_say("{what}, {times} or more"),
    "absence": to_say("{what}, fewer than {times}"),
    "exactly": to_say("{what}, {times}"),
    "init": to_say("{what} at the beginning"),
    "end": to_say("{what} at the end"),
    "choice": "{what}",
    "exclusive-choice": to_say("{what}, and never both"),
}
"""Says what each template asks of a case as a whole."""

AS_ASKED: Mapping[Judgement, str] = {
    "pass": to_say("As asked for: {asked}"),
    "fail": to_say("Not as asked for: {asked}"),
    "pending": to_say("Not yet as asked for: {asked}"),
}
UNTOLD = to_say("Whether it is as asked for is not told: {asked}")
"""Says what became of what is asked of a case."""


def _times(times: int) -> str:
    return say_count("once", "{times} times", times, times=times)
