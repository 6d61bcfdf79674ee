"""Judge that the record shows what it must: corrections, entries under its head, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Held, RecordHeld
from answerable.domain.record import SIGNATURE
from answerable.domain.signature_demands import any_requires_signature, requiring_signature
from answerable.projections.conformance.house import House, Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.rules.naming import numbered
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN

STILL_ON_RECORD = to_say("Every earlier value is still on record")

UNDER_THE_HEAD = to_say("Every entry of the case is under the head of the log")


def prepare(rule: RecordHeld, policy: Policy) -> Prepared:
    """Make a rule on the record itself ready to judge cases."""

    def judge(on: Situation) -> Iterator[Judged]:
        for held in rule.holds:
            yield from JUDGES[held](on)

    only_signed = set(rule.holds) == {"signed-where-demanded"}
    nothing = say("no policy demanded a signature") if only_signed else say("nothing is on record")
    return Prepared(None, judge, nothing)


def _corrections_visible(on: Situation) -> Iterator[Judged]:
    """Judge that what was corrected or retracted is still there, as it was first recorded."""
    facts = on.view.facts
    amended = [each for each in facts.values() if each.corrections or each.retracted_by]
    events = tuple([each.event_id for each in amended])
    if facts:
        yield Judged(ANSWERED, events, lambda: Telling(say(STILL_ON_RECORD)), whole=True)


def _chain_verifies(on: Situation) -> Iterator[Judged]:
    """Judge that every entry of the case is under the head of the log."""
    if not on.view.facts:
        return
    altered = on.house.altered(on.view.case)
    if altered:
        items = punctuation(", ").join(f"#{each}" for each in altered)
        said = say("Not what the tree was made of")
        yield Judged(FAILED, (), Telling(said, items), whole=True)
    else:
        yield Judged(ANSWERED, (), lambda: Telling(say(UNDER_THE_HEAD)), whole=True)


def _signed_where_demanded(on: Situation) -> Iterator[Judged]:
    """Judge that each event has the signature that a policy demanded when it was recorded."""
    if not on.house.answer(_ever_demanded):
        return
    epochs = on.house.signature_demands
    for fact in on.view.facts.values():
        event = fact.event
        demanding = requiring_signature(epochs, event.position, event.recorded_at)
        if not demanding:
            continue
        state = on.house.texts(on.view.case, fact).text(SIGNATURE).state
        events = (fact.event_id,)
        missing = say("a signature of {event}", event=numbered(fact))
        if state in ("told", "erased"):
            told = Telling(say("Signed, as demanded"), numbered(fact))
            yield Judged(ANSWERED, events, told)
        elif state == "withheld":
            said = say("Some of its texts are withheld, so whether it is signed cannot be told")
            told = Telling(said, numbered(fact), (missing,), missing)
            yield Judged(OPEN, events, told)
        else:
            names = punctuation(", ").join(each.name for each in demanding)
            said = say("Recorded without a signature while {policies} demanded one", policies=names)
            told = Telling(said, numbered(fact), (missing,))
            yield Judged(FAILED, events, told)


def _ever_demanded(house: House) -> bool:
    return any_requires_signature(house.signature_demands)


JUDGES: Mapping[Held, Callable[[Situation], Iterator[Judged]]] = {
    "corrections-visible": _corrections_visible,
    "chain-verifies": _chain_verifies,
    "signed-where-demanded": _signed_where_demanded,
}
"""Tell what judges each thing that can be held of the record."""
