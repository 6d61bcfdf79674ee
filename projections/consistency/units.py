"""Find what was imposed for each finding that holds a person responsible: the unit of comparison.

A measure belongs to a finding about the same person in the same case:

- to those findings that it names in its basis, if it names any;
- else to those that its basis leads to (sanction <- decision <- finding);
- else, where its basis leads to no finding about the person and to no event of another case, to
  every finding of the case that holds the person responsible and that it is not dated before.
  What came before a finding does not answer it; where the dates do not tell, it may.

So a measure may belong to several findings, and one that rests only on findings that were
overturned belongs to none. See docs/decisions/0018 and 0036.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.accountability import said_of_each
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.accountability.said.finding import blame_of
from answerable.projections.accountability.sanctions import course, variation
from answerable.projections.consistency.gravity import GRAVITY, NONE
from answerable.projections.consistency.outliers import Shape
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of

FINDING = "finding-made"

SANCTION = "sanction-imposed"

Link = Literal["basis", "case"]
"""The ground for giving a measure to a finding: its basis, or person and case alone."""


class Likeness(NamedTuple):
    """The properties by which findings are alike. One not told (None) is alike to one not told."""

    offence: str | None
    responsibility: str
    grade: str | None


class Measure(NamedTuple):
    """A measure that belongs to a finding.

    Attributes:
        held: whether it answers the finding and is in force: imposed by then, and neither lifted
            nor overturned.
        link: how it is known to belong to the finding.
        perhaps_measure: what it may be instead: an appeal may have varied it by then.
        cause: what kept it from being executed, in a word, where it is not executed, or may not be.
    """

    event_id: str
    position: int
    measure: str
    state: str
    held: When
    period: str | None
    amount: str | None
    days: int | None
    link: Link
    standing: str = "asserted"
    perhaps_measure: str | None = None
    perhaps_amount: str | None = None
    perhaps_days: int | None = None
    cause: str | None = None

    @property
    def in_force_as_alleged(self) -> When:
        """Tell whether it is in force as alleged: what is only alleged answers no finding."""
        return "no"

    @property
    def in_force(self) -> When:
        """Tell whether it answers the finding and is in force."""
        return self.held

    @property
    def named(self) -> tuple[str, ...]:
        """List the measures that it may be."""
        return tuple(filter(None, (self.measure, self.perhaps_measure)))


class DecidedFinding(NamedTuple):
    """A finding that holds a person responsible, and what was imposed for it.

    Attributes:
        as_of: whether, at the moment asked about, the finding held the person responsible.
        steps: the steps of gravity that the gravest measure in force can have, lowest first;
            several, where it is unknown what was in force; none, where `other` alone was.
        type: what the subject is, where a measure was imposed on it and that is told.
    """

    case_id: str
    event_id: str
    position: int
    subject: str
    key: Likeness
    as_of: When
    measures: tuple[Measure, ...]
    steps: tuple[int, ...]
    type: str | None = None

    @property
    def ranked(self) -> bool:
        """Tell whether the finding has a place on the scale."""
        return bool(self.steps)

    @property
    def shape(self) -> Shape | None:
        """Tell between which steps its gravest measure lies, and whether the finding is certain."""
        return (self.steps[0], self.steps[-1], self.as_of == "yes") if self.steps else None


def units(view: CaseView) -> Iterator[DecidedFinding]:
    """Yield the findings of a case that hold a person responsible, with their measures."""
    about, acquitting = said_of_each(view)
    for party, said in about.items():
        findings = (fact for fact in said if fact.event.kind == FINDING)
        answers = ((fact, blame_of(view, fact, acquitting)) for fact in findings)
        blaming = [(fact, blames) for fact, blames in answers if blames != "no"]
        if not blaming:
            continue
        imposed = (fact for fact in said if fact.event.kind == SANCTION)
        belonging = _belonging(view, party, [fact for fact, _ in blaming], imposed)
        for fact, blames in blaming:
            measures = tuple(belonging[fact.event_id])
            told = fact.fields.get
            yield DecidedFinding(
                view.case_id,
                fact.event_id,
                fact.event.position,
                party,
                Likeness(told("offence_class"), fact.fields["responsibility"], told("grade")),
                blames,
                measures,
                _steps(measures),
                view.type_of(party) if measures else None,
            )


@once
def decided(view: CaseView) -> tuple[DecidedFinding, ...]:
    """List the findings of a case that hold a person responsible; they are worked out once."""
    return tuple(units(view))


def _belonging(
    view: CaseView, party: str, blaming: Iterable[Fact], sanctions: Iterable[Fact]
) -> dict[str, list[Measure]]:
    """Gather the measures against one person, by the finding that each belongs to."""
    found: dict[str, list[Measure]] = {finding.event_id: [] for finding in blaming}
    for imposed in sanctions:
        if imposed.alleged:
            continue
        rests_on = _rests_on(view, party, imposed)
        if rests_on is not None:
            named = [event_id for event_id in dict.fromkeys(rests_on) if event_id in found]
            if named:
                measure = _measure(view, imposed)
                for event_id in named:
                    found[event_id].append(measure)
            continue
        if other_house(view, imposed) is not None:
            continue  # It answers what that house found.
        measure = _measure(view, imposed)
        for event_id, measures in found.items():
            answers = _may_answer(view, imposed, view.facts[event_id])
            if answers != "no":
                held = all_of((answers, measure.held))
                measures.append(measure._replace(link="case", held=held))
    return found


def _rests_on(view: CaseView, party: str, sanction: Fact) -> list[str] | None:
    """Find the findings about the person that a sanction rests on; None where it tells of none."""
    named = [
        event_id for event_id in sanction.fields.get("basis", ()) if _about(view, event_id, party)
    ]
    if named:
        return named
    below = view.basis_in_case(sanction)
    reached = [event_id for event_id in below.facts if _about(view, event_id, party)]
    if reached or below.absent:
        return reached
    return None


def _may_answer(view: CaseView, imposed: Fact, finding: Fact) -> When:
    """Tell whether a measure that names no finding may answer one: it does not, dated before it.

    By days, and by whatever bounds these: what is imposed on the day of the finding answers it.
    Where either has no date, and no moment is asked about, a finding that was recorded first came
    first; that a measure came first, no order can tell.
    """
    when, found = view.span(imposed), view.span(finding)
    if when is not None and found is not None:
        if when.last_day and found.first_day and when.last_day < found.first_day:
            return "no"
        if when.first_day and found.last_day and found.last_day <= when.first_day:
            return "yes"
    if imposed.fields.get("occurred") and finding.fields.get("occurred"):
        return "unknown"
    return "yes" if view.no_later(finding, imposed) == "yes" else "unknown"


def _about(view: CaseView, event_id: str, party: str) -> bool:
    fact = view.facts.get(event_id)
    return fact is not None and fact.kind == FINDING and fact.fields["subject"] == party


def _measure(view: CaseView, imposed: Fact) -> Measure:
    """Tell what a sanction is by then, as it belongs to a finding that it rests on."""
    became, varied = course(view, imposed), variation(view, imposed)
    perhaps = varied.perhaps
    return Measure(
        imposed.event_id,
        imposed.event.position,
        varied.now.measure,
        became.state,
        became.in_force(view.when(imposed)),
        imposed.fields.get("period"),
        varied.now.amount,
        varied.now.days,
        "basis",
        imposed.fields["standing"],
        perhaps and perhaps.measure,
        perhaps and perhaps.amount,
        perhaps and perhaps.days,
        became.cause,
    )


def _steps(measures: Iterable[Measure]) -> tuple[int, ...]:
    """List the steps that the gravest measure in force can have. `other` alone has no place."""
    sure: list[int | None] = []
    perhaps: list[int | None] = []
    for each in measures:
        milder, *others = sorted(map(GRAVITY.get, each.named), key=lambda step: step or NONE)
        if each.held == "yes":
            sure.append(milder)
            perhaps += others
        elif each.held == "unknown":
            perhaps += (milder, *others)
    ranked = [step for step in sure if step is not None]
    graver = {step for step in perhaps if step is not None and step > max(ranked, default=NONE)}
    if not ranked and not graver and None in (*sure, *perhaps):
        return ()
    return tuple(sorted({max(ranked, default=NONE), *graver}))
