"""Narrow a report to what its readers are concerned with."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from answerable.domain.language.saying import say, to_say
from answerable.projections.accountability.numbers import (
    AccountableNumbers,
    PartyNumbers,
    coarse_words,
)
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.report.audience.matter import Matter
from answerable.projections.report.audience.scrubbed import scrubbed
from answerable.projections.report.report import Report
from answerable.projections.wording.counts import in_a_row
from answerable.projections.wording.leading.drawn_together import sentences

PROTECTED = to_say("someone who is not named")
"""Said in place of the pseudonym of somebody who is protected."""


def for_the_subject(report: Report, matter: Matter, party: str) -> Report:
    """Leave of a report what concerns one party: what is said of them, and what it rests on."""
    accountability = report.accountability
    own = tuple(each for each in accountability.people if each.party == party)
    verdicts = (_narrowed(each, matter.concerned) for each in report.checks)
    narrowed = report._replace(
        accountability=accountability._replace(people=own),
        bars=tuple(each for each in report.bars if each.counterparty == party),
        durations=(),
        checks=tuple(each for each in verdicts if each is not None),
        allegations=tuple(each for each in report.allegations if each.subject == party),
        agreements=tuple(each for each in report.agreements if party in each.between),
        promises=tuple(each for each in report.promises if each.by == party),
        amounts=(),
        accountable_by_type=AccountableNumbers(PartyNumbers(), PartyNumbers()),
        audit=report.audit._replace(
            rows=tuple(each for each in report.audit.rows if each.about == party), fallen=0
        ),
    )
    return _shown(narrowed, matter)


def for_the_public(report: Report, matter: Matter) -> Report:
    """Leave of a report what is about no natural person; rules keep their verdict, not its why."""
    accountability = report.accountability
    people = (each for each in accountability.people if each.party in matter.named)
    verdicts = (
        each._replace(
            witnesses=(), missing=(), settles=(), explanation="", warnings=(), activations=()
        )
        if each.applies
        else each
        for each in report.checks
    )
    numbers = (each._replace(people=0, groups=0, type_not_told=0) for each in _numbers(report))
    narrowed = report._replace(
        accountability=accountability._replace(people=tuple(people)),
        bars=tuple(each for each in report.bars if each.counterparty in matter.named),
        durations=(),
        checks=tuple(verdicts),
        problems=(),
        allegations=tuple(each for each in report.allegations if each.subject in matter.named),
        agreements=tuple(each for each in report.agreements if matter.named >= {*each.between}),
        promises=tuple(each for each in report.promises if each.by in matter.named),
        amounts=tuple(each for each in report.amounts if each.of == "organisations"),
        accountable_by_type=AccountableNumbers(*numbers),
        audit=report.audit._replace(
            rows=tuple(each for each in report.audit.rows if each.about in matter.named), fallen=0
        ),
        changes=(),
        exhibits=(),
    )
    return _shown(narrowed, matter)


def people_words(report: Report) -> str | None:
    """Say in how coarse a number people are accountable; None where nobody is."""
    sure = report.accountable_by_type.certain
    return coarse_words(sure.people + sure.groups + sure.type_not_told)


def _numbers(report: Report) -> Iterable[PartyNumbers]:
    return report.accountable_by_type


def _narrowed(verdict: Verdict, events: Collection[str]) -> Verdict | None:
    """Judge by what a rule asks of some events alone; None where it asks nothing of them."""
    own = tuple(
        each
        for each in verdict.activations
        if each.events and not each.whole and each.events[0] in events
    )
    if not own:
        return None
    told = [each for each in own if each.verdict != "pass"] or own
    return verdict._replace(
        verdict=own[0].verdict,
        late=None,
        witnesses=tuple(dict.fromkeys(event for each in told for event in each.events)),
        missing=tuple(dict.fromkeys(what for each in told for what in each.missing)),
        settles=tuple(dict.fromkeys(each.settles for each in told if each.settles)),
        explanation=in_a_row(sentences(each.text for each in told)),
        warnings=(),
        warning=False,
        activations=own,
    )


def _shown(report: Report, matter: Matter) -> Report:
    """Leave of a report the events that are shown, wherever they stand."""
    shown = matter.concerned
    hidden = {each.event_id for each in report.timeline} - shown
    kept = report._replace(
        timeline=tuple(each for each in report.timeline if each.event_id in shown),
        gaps=tuple(each for each in report.gaps if each.event_id in shown),
        decisions=tuple(each for each in report.decisions if each.event_id in shown),
        open=tuple(each for each in report.open if each.event_id in shown),
        problems=tuple(each for each in report.problems if each.event_id in shown),
        texts={event_id: each for event_id, each in report.texts.items() if event_id in shown},
        parties=tuple(
            each for each in report.parties if each.party in matter.involved - matter.protected
        ),
        changes=tuple(each for each in report.changes if {each.event_id, each.target} & shown),
        exhibits=tuple(each for each in report.exhibits if each.event_id in shown),
    )
    cleaned: Report = scrubbed(kept, hidden, matter.protected, say(PROTECTED))
    return cleaned
