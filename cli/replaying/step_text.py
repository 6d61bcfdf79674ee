"""A step of a case in lines, and where the case stands after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from answerable.cli.shared.output import visible
from answerable.cli.shared.text import (
    by_then,
    date,
    recorded_by,
)

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.ledger.ledger import Ledger
    from answerable.projections.accountability.accountability import (
        Accountability,
        Person,
    )
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.replay import ReplayStep
    from answerable.projections.wording.measures import Measured

Section = tuple[str, list[str]]
"""A line that says what follows, and what follows."""


def opened(ledger: Ledger, step: ReplayStep) -> DisclosedTexts:
    """What is sealed in the event itself: as it was first told, before any correction of it."""
    from answerable.projections.facts.disclosed import disclose
    from answerable.projections.facts.facts import fold

    facts = fold(step.event.case_id, [step.event])
    return disclose(ledger, facts, facts.facts.values())[step.event.event_id]


def heading(step: ReplayStep) -> str:
    """Where the event lies, when it happened, and how far it is asserted."""
    event = step.event
    marks = [f"#{event.position}", date(event.occurred)]
    if event.fields["standing"] != "asserted":
        marks.append(event.fields["standing"])
    doubt = by_then(step.as_of)
    return " · ".join(marks if doubt is None else [*marks, doubt])


def recorded(step: ReplayStep, sealed: DisclosedTexts) -> str:
    """When it was recorded, and by whom."""
    at = step.event.recorded_at
    return f"recorded {at[:10]} {at[11:16]} UTC by {recorded_by(sealed)}"


def changed(step: ReplayStep, known: Names) -> Iterator[str]:
    """What changed in who is accountable, and in what else the event's own line does not say."""
    from answerable.projections.replay.changes import sentence
    from answerable.projections.replay.effects import effect_sentence

    own = step.event.event_id
    for change in step.changes:
        said = sentence(change, known.called)
        if said is not None:
            yield said
    for effect in step.effects:
        if effect.event_id != own:
            yield effect_sentence(effect)


def opens(step: ReplayStep, known: Names) -> str | None:
    """How much is open after it, what it began and what it ended; None where it did neither."""
    duties = [f"+ {duty(each, known)}" for each in step.begun]
    duties += [f"- {duty(each, known)}" for each in step.ended]
    return f"open now: {step.open} ({'; '.join(duties)})" if duties else None


def duty(obligation: Obligation, known: Names) -> str:
    """One thing that is open: what, whose, by when, since which event."""
    party = "" if obligation.party is None else f", {known.called(obligation.party)}"
    due = "" if obligation.due is None else f", due {obligation.due}"
    return visible(f"{obligation.what}{party}{due}, #{obligation.position}")


def answerable(
    state: Accountability, known: Names, *, reader: Reader | None = None, then: bool = False
) -> Section:
    """Who is accountable, and for what; measures in their own words, if they are to be read."""
    from answerable.projections.wording.measures import (
        measured,
        worded,
    )

    sanctions = [each for person in state.people for each in person.sanctions]
    called = worded if reader is None else measured(reader, sanctions)
    number = sum(person.accountable == "yes" for person in state.people)
    one, many = ("was", "were") if then else ("is", "are")
    who = {0: f"Nobody {one}", 1: f"One person {one}"}.get(number, f"{number} people {many}")
    people = sorted(state.people, key=lambda person: person.accountable == "no")
    numbers = {each.event_id: f"#{each.position}" for person in people for each in person.findings}
    return f"{who} accountable.", [
        visible(f"{known.called(person.party)}: {'; '.join(_stands(person, numbers, called))}")
        for person in people
    ]


def still(due: Iterable[Obligation], known: Names) -> Section:
    """What is open."""
    each = [duty(one, known) for one in due]
    return f"Open: {len(each) or 'nothing'}.", each


def _stands(person: Person, numbers: Mapping[str, str], called: Measured) -> Iterator[str]:
    from answerable.projections.wording.answers import (
        finding_marks,
        sanction_marks,
    )
    from answerable.projections.wording.sentence import term

    if person.accountable != "yes":
        doubt = "indeterminate whether" if person.accountable == "unknown" else "not"
        yield f"{doubt} accountable"
    for finding in person.findings:
        blame = "no" if finding.responsibility == "none" else finding.responsibility
        marks = finding_marks(finding, numbers.__getitem__)
        yield ", ".join((finding.outcome, f"{blame} responsibility", *marks))
    for sanction in person.sanctions:
        yield f"{called(sanction)}: {', '.join(sanction_marks(sanction))}"
    for interim in person.interim:
        yield f"{term(interim.measure)} (not a sanction)"
