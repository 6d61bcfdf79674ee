"""Judge that the record shows what it must: corrections, entries under its head, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Held, RecordHeld
from answerable.domain.record import SIGNATURE
from answerable.domain.signature_demands import any_requires_signature, requiring_signature
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged
from answerable.projections.conformance.rules.naming import numbered
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN


def prepare(rule: RecordHeld, policy: Policy) -> Prepared:
    """Make a rule on the record itself ready to judge cases."""

    def judge(on: Situation) -> Iterator[Judged]:
        for held in rule.holds:
            yield from JUDGES[held](on)

    only_signed = set(rule.holds) == {"signed-where-demanded"}
    nothing = "no policy demanded a signature" if only_signed else "nothing is on record"
    return Prepared(None, judge, nothing)


def _corrections_visible(on: Situation) -> Iterator[Judged]:
    """Judge that what was corrected or retracted is still there, as it was first recorded."""
    amended = [fact for fact in on.view.facts.values() if fact.corrections or not fact.stands]
    events = tuple(each.event_id for each in amended)
    if on.view.facts:
        yield Judged(ANSWERED, events, "Every earlier value is still on record")


def _chain_verifies(on: Situation) -> Iterator[Judged]:
    """Judge that every entry of the case is under the head of the log."""
    facts = on.view.facts
    if not facts:
        return
    altered = on.house.altered([fact.event for fact in facts.values()])
    if altered:
        items = ", ".join(f"#{each}" for each in altered)
        yield Judged(FAILED, (), "Not what the tree was made of", items)
    else:
        yield Judged(ANSWERED, (), "Every entry of the case is under the head of the log")


def _signed_where_demanded(on: Situation) -> Iterator[Judged]:
    """Judge that each event has the signature that a policy demanded when it was recorded."""
    epochs = on.house.signature_demands
    if not any_requires_signature(epochs):
        return
    for fact in on.view.facts.values():
        event = fact.event
        demanding = requiring_signature(epochs, event.position, event.recorded_at)
        if not demanding:
            continue
        state = on.house.texts(on.view.case, fact).text(SIGNATURE).state
        names = ", ".join(each.name for each in demanding)
        events = (fact.event_id,)
        missing = (f"a signature of {numbered(fact)}",)
        if state in ("told", "erased"):
            yield Judged(ANSWERED, events, "Signed, as demanded", numbered(fact))
        elif state == "withheld":
            said = "Some of its texts are withheld, so whether it is signed cannot be told"
            yield Judged(OPEN, events, said, numbered(fact), missing, missing[0])
        else:
            said = f"Recorded without a signature while {names} demanded one"
            yield Judged(FAILED, events, said, numbered(fact), missing)


JUDGES: Mapping[Held, Callable[[Situation], Iterator[Judged]]] = {
    "corrections-visible": _corrections_visible,
    "chain-verifies": _chain_verifies,
    "signed-where-demanded": _signed_where_demanded,
}
"""Tell what judges each thing that can be held of the record."""
