"""Tell which steps usually follow those on record: the catalogue says which kinds do."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds import HOUSE_CASE
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.terms.outcome import blames
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import LIFECYCLE, case_status
from answerable.projections.following.steps import Known, Step, carried, place, proposes, step

OPENING = "case-opened"

SANCTIONED = "finding"
"""The link of a kind that is imposed for what was found of one person."""


def usual(view: CaseView) -> list[Step]:
    """List what usually follows what stands in a case and nothing follows yet, the latest first.

    Nothing follows upon the registers of the house.
    """
    if view.case_id == HOUSE_CASE:
        return []
    if case_status(view) is None:
        return [step("usual", "the opening of the case", OPENING, view, None, ())]
    found = [
        each
        for fact in reversed([*view.standing()])
        if not fact.alleged
        for each in _after(view, fact)
    ]
    return _together(found)


def _followed(view: CaseView, fact: Fact) -> bool:
    """Tell whether anything was recorded later that usually follows a fact.

    A case is often opened after its first events, so anything that stands follows its opening.
    """
    kinds = CATALOGUE[fact.kind].followed_by
    if fact.kind in LIFECYCLE:
        return any(each.kind not in LIFECYCLE for each in view.standing())
    later = (each.event.position > fact.event.position for each in view.standing(*kinds))
    return not kinds or any(later)


def _after(view: CaseView, fact: Fact) -> Iterator[Step]:
    """Yield what usually follows a fact: nothing after it was followed, but for who is left."""
    followed = _followed(view, fact)
    for kind in CATALOGUE[fact.kind].followed_by:
        if SANCTIONED in CATALOGUE[kind].links and not proposes(fact.kind, kind):
            fields = _for_each_person(view, fact, kind, followed=followed)
        else:
            fields = [] if followed else [tuple(carried(kind, fact))]
        for each in fields:
            yield step("usual", "what usually follows", kind, view, fact, each)


def _for_each_person(
    view: CaseView, fact: Fact, kind: str, *, followed: bool
) -> list[tuple[Known, ...]]:
    """List the fields of the sanctions that a decision may lead to: one a person blamed.

    Once some of them are sanctioned, the others are left.
    """
    link = CATALOGUE[fact.kind].linked_as
    own: tuple[Known, ...] = ((link, place(fact)),) if link else ()
    imposed = [each for each in view.standing(kind) if each.event.position > fact.event.position]
    done = {each.fields["subject"] for each in imposed}
    findings = view.basis(fact).of("finding-made")
    found = [
        (("subject", finding.fields["subject"]), *own, (SANCTIONED, place(finding)))
        for finding in sorted(findings, key=lambda each: each.event.position)
        if blames(finding.fields["outcome"], finding.fields["responsibility"])
        and finding.fields["subject"] not in done
    ]
    if followed:
        return found if imposed else []
    return found or [own]


def _together(found: list[Step]) -> list[Step]:
    """Join steps that are taken once for several events: one decision upon all findings."""
    joined: dict[object, Step] = {}
    for each in found:
        once = CATALOGUE[each.kind].carries and not CATALOGUE[each.kind].acts_upon
        key: object = each.kind if once else (each.kind, each.fields)
        before = joined.get(key)
        if before is None:
            joined[key] = each
        elif once:
            fields = dict.fromkeys((*each.fields, *before.fields))
            joined[key] = before._replace(fields=tuple(fields))
    return list(joined.values())
