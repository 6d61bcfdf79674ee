"""Built-in checks of a case: what the record lets one say of how it was handled.

They stand in for the versioned policy, which is a later piece of work: their rules are fixed,
hold for every case, and know no deadlines but those that are on record.

A verdict is `pass`, `fail`, `indeterminate` (what is missing is named), `pending` (it is too early
to tell) or `not-applicable`: there is nothing to judge, and its explanation begins with "Nothing to
judge".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from answerable.domain.dates import When
from answerable.domain.terms.outcome import BLAMING, blames
from answerable.projections.accountability.accountability import ALLEGED, Finding, accountability_of
from answerable.projections.accountability.obligations import open_investigations
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.accountability.withdrawals import undone
from answerable.projections.conformance.deadlines import deadlines, execution
from answerable.projections.conformance.grounds import grounds
from answerable.projections.conformance.independence import conflict
from answerable.projections.conformance.verdict import (
    Point,
    Verdict,
    nothing,
    numbered,
    sanction_named,
    unless_told,
    verdict,
)
from answerable.projections.evidence.custody import SAID, Custody, CustodyGap
from answerable.projections.evidence.custody import custody as chain_of
from answerable.projections.facts.basis import Basis, direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of, opposite
from answerable.projections.wording.vocabulary import words

Check = Callable[[CaseView], Verdict]


def checks(view: CaseView) -> tuple[Verdict, ...]:
    """Judge a case by the built-in checks.

    Deadlines are judged as of the moment asked about; without one, none is. A party of which it is
    not known what it is (`CaseView.type_of`) is taken for a person.
    """
    return tuple(check(view) for check in CHECKS.values())


def evidence(view: CaseView) -> Verdict:
    """Check that every substantiated finding rests on evidence on record, no later than it.

    US DOJ OIG I-2001-11: a finding is traced to its evidence.
    """
    rule = "evidence"
    found = [
        each for each in _findings(view) if each.outcome in BLAMING and each.superseded != "yes"
    ]
    if not found:
        return nothing(rule, "no finding is substantiated.")
    witnesses = (
        event_id for each in found for event_id in (each.event_id, *_exhibits(view, each.event_id))
    )
    points = _without_evidence(view, found)
    return verdict(rule, points, "Every finding that stands rests on evidence.", witnesses)


def managerial(view: CaseView) -> Verdict:
    """Check that, where someone is directly responsible, responsibility above them is considered.

    A finding on a manager says so, whatever its outcome (US DOJ, Evaluation of Corporate
    Compliance Programs).
    """
    rule = "managerial"
    found = _findings(view)
    direct = [each for each in found if each.responsibility == "direct" and each.blames != "no"]
    above = [each for each in found if each.responsibility in ("managerial", "executive")]
    if not direct:
        return nothing(rule, "nobody is found directly responsible.")
    witnesses = tuple(each.event_id for each in (*direct, *above))
    if any(each.as_of == "yes" for each in above):
        said = "Managerial responsibility was considered: "
        said += ", ".join(f"#{each.position} ({words(each.outcome)})" for each in above) + "."
        return Verdict(rule, "pass", False, witnesses, (), said)
    under_way = open_investigations(view)
    missing = "a finding on managerial or executive responsibility"
    said = "Someone is found directly responsible, and no finding is on record on anyone above. "
    if above:
        said = "Someone is found directly responsible; whether a finding on anyone above had been "
        said += "made by then, its date does not tell. "
    if "yes" in under_way.values():
        said += "An investigation is not concluded yet."
        return Verdict(rule, "pending", False, witnesses, (missing,), said)
    if under_way:
        said += "Whether the investigation is concluded is not told."
        return Verdict(rule, "indeterminate", False, witnesses, (missing,), said)
    if above or all(each.blames == "unknown" for each in direct):
        if not above:
            said += "Whether anyone was by then, a date does not tell."
        said = said.rstrip()
        return Verdict(rule, "indeterminate", False, witnesses, (missing,), said)
    return Verdict(rule, "fail", False, witnesses, (missing,), said.rstrip())


def traceability(view: CaseView) -> Verdict:
    """Check that every sanction rests on a decision, and on a finding that blames the person.

    One that was overturned on appeal, or withdrawn, or is only alleged, asks for nothing more, and
    what another house imposed rests on decisions of its own.
    """
    rule = "traceability"
    imposed = [
        (fact, stands)
        for fact in view.standing("sanction-imposed")
        if not fact.alleged
        and (stands := opposite(undone(view, fact))) != "no"
        and other_house(view, fact) is None
    ]
    if not imposed:
        return nothing(rule, "no sanction of this house is imposed, or none stands.")
    blaming = {each.event_id: each.blames for each in _findings(view)}
    points = (
        unless_told(point, view.when(fact), stands)
        for fact, stands in imposed
        for point in _untraced(view, fact, blaming)
    )
    witnesses = (
        event_id for fact, _ in imposed for event_id in (fact.event_id, *direct_basis(fact))
    )
    said = "Every sanction rests on a decision and on a finding about the person."
    return verdict(rule, points, said, witnesses)


def custody(view: CaseView) -> Verdict:
    """Check that each exhibit has a collector, a time, and no gaps in custody (ISO/IEC 27037)."""
    rule = "custody"
    exhibits = list(view.standing("evidence-registered"))
    if not exhibits:
        return nothing(rule, "no evidence is on record.")
    kept = [chain_of(view, exhibit) for exhibit in exhibits]
    points = (_gap(each, gap) for each in kept for gap in each.gaps)
    witnesses = (
        step.event_id
        for each in kept
        for step in (each.collection, *(link.step for link in each.links))
    )
    return verdict(rule, points, "The custody of every exhibit has no gaps.", witnesses)


CHECKS: Mapping[str, Check] = {
    "conflict": conflict,
    "evidence": evidence,
    "managerial": managerial,
    "execution": execution,
    "deadlines": deadlines,
    "traceability": traceability,
    "grounds": grounds,
    "custody": custody,
}
"""The built-in checks by their names, in the order in which they are reported."""


def _findings(view: CaseView) -> list[Finding]:
    """List the findings that stand, neither alleged, overturned nor withdrawn, as recorded."""
    found = [each for person in accountability_of(view).people for each in person.findings]
    return sorted(
        (
            each
            for each in found
            if each.standing != ALLEGED and "yes" not in (each.overturned, each.withdrawn)
        ),
        key=lambda each: each.position,
    )


def _exhibits(view: CaseView, finding: str) -> list[str]:
    basis = view.basis(view.facts[finding])
    return [exhibit.event_id for exhibit in basis.of("evidence-registered")]


def _without_evidence(view: CaseView, findings: list[Finding]) -> Iterator[Point]:
    for each in findings:
        fact = view.facts[each.event_id]
        about = f"the finding about {view.name_of(fact.fields['subject'])} ({numbered(fact)})"
        basis = view.basis(fact)
        exhibits = basis.of("evidence-registered")
        if any(view.precedes(exhibit, fact) != "no" for exhibit in exhibits):
            continue
        if exhibits:
            events = (each.event_id, *(exhibit.event_id for exhibit in exhibits))
            text = "All evidence is dated later than what rests on it"
            point = Point("fail", events, text, about, f"earlier evidence behind {about}")
        else:
            point = _lost(basis, fact, "evidence", about)
        still = (opposite(each.undone),)
        yield unless_told(point, each.as_of, *still)


def _gap(kept: Custody, gap: CustodyGap) -> Point:
    exhibit = kept.collection
    events = (exhibit.event_id, gap.event_id)
    about = f"#{exhibit.position}"
    if gap.event_id != exhibit.event_id:
        about += f" at #{gap.position}"
    detail = f" ({gap.detail})" if gap.detail else ""
    return Point(gap.verdict, events, SAID[gap.what], f"{about}{detail}", gap.missing)


def _untraced(view: CaseView, fact: Fact, blaming: Mapping[str, When]) -> Iterator[Point]:
    subject = fact.fields["subject"]
    about = sanction_named(view, fact)
    basis = view.basis(fact)
    if not basis.of("decision-taken"):
        yield _lost(basis, fact, "decision", about)
    found = [each for each in basis.of("finding-made") if each.fields["subject"] == subject]
    if not found:
        yield _lost(basis, fact, "finding about the person", about)
        return
    supported = any_of(_holds_responsible(view, each, blaming) for each in found)
    if supported != "yes":
        events = (fact.event_id, *(each.event_id for each in found))
        missing = f"a finding that supports {about}"
        text = "No finding behind it holds the person responsible"
        point = Point("fail", events, text, about, missing)
        yield unless_told(point, opposite(supported))


def _holds_responsible(view: CaseView, finding: Fact, blaming: Mapping[str, When]) -> When:
    """Tell whether a finding blames its subject; one of another case is read by its fields."""
    if finding.event_id in view.facts:
        return blaming.get(finding.event_id, "no")
    fields = finding.fields
    return "yes" if blames(fields["outcome"], fields["responsibility"]) else "no"


def _lost(basis: Basis, fact: Fact, what: str, about: str) -> Point:
    """Make the point that nothing of a kind is in a basis; no failure, if part is out of sight."""
    if basis.absent:
        text = f"Part of the ground is out of sight, so whether there is {what} cannot be told"
        return Point("indeterminate", (fact.event_id,), text, about, ", ".join(basis.absent))
    text = f"There is no {what} on record behind"
    return Point("fail", (fact.event_id,), text, about, f"{what} behind {about}")
