"""Judge that the custody of every exhibit has no gaps (ISO/IEC 27037:2012)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from answerable.domain.language.saying import say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import CustodyKept
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.rules.naming import Named
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.evidence.custody import SAID, CustodyGap
from answerable.projections.evidence.custody import custody as chain_of
from answerable.projections.facts.facts import Fact

EXHIBIT = "evidence-registered"


def prepare(rule: CustodyKept, policy: Policy) -> Prepared:
    """Make a rule on custody ready to judge cases."""
    return Prepared(frozenset((EXHIBIT,)), _judge, say("no evidence is on record"))


def _judge(on: Situation) -> Iterator[Judged]:
    for exhibit in on.view.standing(EXHIBIT):
        if not exhibit.alleged:
            yield from _judged(on, exhibit)


def _judged(on: Situation, exhibit: Fact) -> Iterator[Judged]:
    if _never_passed(exhibit):
        yield Judged(ANSWERED, (exhibit.event_id,), lambda: _unbroken(on, exhibit))
        return
    kept = chain_of(on.view, exhibit)
    for gap in kept.gaps:
        events = tuple(dict.fromkeys((exhibit.event_id, gap.event_id)))
        values = FAILED if gap.verdict == "fail" else OPEN
        yield Judged(values, events, partial(_broken, on, exhibit, gap))
    if not kept.gaps:
        events = (exhibit.event_id, *(link.step.event_id for link in kept.links))
        yield Judged(ANSWERED, events, lambda: _unbroken(on, exhibit))


def _never_passed(exhibit: Fact) -> bool:
    """Tell at a glance whether all is told of a collection, and nothing came after it."""
    told = exhibit.fields
    return (
        not exhibit.upon
        and told.get("collected_by") is not None
        and told.get("occurred") is not None
    )


def _unbroken(on: Situation, exhibit: Fact) -> Telling:
    return Telling(say("Custody has no gaps"), Named(on, exhibit))


def _broken(on: Situation, exhibit: Fact, gap: CustodyGap) -> Telling:
    at = "" if gap.event_id == exhibit.event_id else say(" at #{position}", position=gap.position)
    detail = say("{at} ({detail})", at=at, detail=gap.detail) if gap.detail else at
    item = Named(on, exhibit, detail)
    return Telling(say(SAID[gap.what]), item, (gap.missing,), gap.missing)
