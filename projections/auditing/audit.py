"""Lay out what backs each consequence: the matrix of an auditor, a row a sanction, bar or ending.

Its columns are the links that a chain of accountability must have, and whether the consequence was
carried out. A cell tells which events are the link, or what is missing. Nothing is judged here:
`grounds` says what is missing or wrong, and the obligations what was not carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.language.saying import say
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.accountability.sanctions import course
from answerable.projections.auditing.gist import gist
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.derivation import Resting, derive, reached
from answerable.projections.grounds.problems import Problem, holds, problems_of, steps_before
from answerable.projections.grounds.proposals import Proposed, proposed
from answerable.projections.grounds.required_links import hearings
from answerable.projections.wording.dates import as_recorded

Column = Literal["decision", "finding", "evidence", "authority", "clause", "hearing", "execution"]

COLUMNS: tuple[Column, ...] = (
    *("decision", "finding", "evidence", "authority"),
    *("clause", "hearing", "execution"),
)
"""The columns, in the order in which one follows a consequence back, and then forth."""

COLUMN_OF: Mapping[str, Column] = {
    "decision": "decision",
    "deciders": "decision",
    "finding": "finding",
    "evidence": "evidence",
    "collector": "evidence",
    "collected": "evidence",
    "authority": "authority",
    "coverage": "authority",
    "holder": "authority",
    "in force": "authority",
    "clause": "clause",
    "hearing": "hearing",
    "execution": "execution",
}
"""The column that each link belongs to."""

CONSEQUENCES = tuple(row.name for row in ROWS if "decision" in row.links)
"""The kinds that follow from a decision, and so have a row: sanctions, bars and endings."""

TO_EXECUTE = "sanction to execute"

KEPT = 32
"""The number of other cases, on which those looked at rest, in memory at a time."""

State = Literal["backed", "missing", "wrong", "untold", "pending", "not executed", "not asked"]


class Cell(NamedTuple):
    """One link behind a consequence.

    Attributes:
        state: `backed`; `missing` where it is not on record; `wrong` where what is on record cannot
            bear it; `untold` where it may be there, and is not told; `pending` where it is not due
            yet; `not executed` where the person resigned first, or another cause is on record: the
            sanction stands, and nothing of it is wanting; `not asked` where a consequence of this
            sort needs none.
        positions: of the events that are the link, whether or not they bear it.
        problems: what is missing or wrong, in sentences without their full stops.
    """

    state: State
    positions: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


@judging("backed")
class Row(NamedTuple):
    """A consequence, and what backs it.

    Attributes:
        about: whom it is against, by pseudonym; None of what has no such party.
        gist: what it is, in a line.
        as_of: whether it had happened by the moment asked about, and stood: `unknown` where dates
            do not tell.
        other_house: whether it is another house's, which this one need not back.
        cells: its links, by column.
        problems: what `grounds` tells of it and of what it rests on.
        proposed: what was proposed, and how this differs from it.
    """

    event_id: str
    case_id: str
    position: int
    kind: str
    about: str | None
    gist: str
    as_of: When
    other_house: bool
    cells: Mapping[Column, Cell]
    problems: tuple[Problem, ...] = ()
    proposed: Proposed | None = None

    @property
    def backed(self) -> When:
        """Tell whether it is fully backed; `unknown` where nothing is known to be missing."""
        states = {cell.state for cell in self.cells.values()}
        if states & {"missing", "wrong"}:
            return "no"
        return "unknown" if "untold" in states else "yes"


@judging("backed", "counted", "not_executed")
class CaseAudit(NamedTuple):
    """The consequences of a case, each with what backs it, in the order of the log.

    Attributes:
        fallen: how many were overturned, withdrawn or retracted, or are only alleged, and so need
            no backing.
    """

    case_id: str
    rows: tuple[Row, ...]
    fallen: int = 0

    @property
    def own(self) -> tuple[Row, ...]:
        """Return the rows that count: those of this house."""
        return tuple(row for row in self.rows if not row.other_house)

    @property
    def counted(self) -> int:
        """Return how many count."""
        return len(self.own)

    @property
    def backed(self) -> int:
        """Return how many of these are fully backed."""
        return sum(row.backed == "yes" for row in self.own)

    @property
    def not_executed(self) -> int:
        """Return how many of these are known not to be executed: they stand all the same."""
        return sum(row.cells["execution"].state == "not executed" for row in self.own)

    def as_dict(self) -> dict[str, Any]:
        """Return the audit as JSON has it."""
        return as_dict(self)


Chosen = Callable[[CaseView, FactInCase], bool]
"""Tells whether a consequence is asked about."""


def audit(
    reader: Reader,
    *,
    case: str | None = None,
    about: str | None = None,
    jurisdiction: str | None = None,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    known: Names | None = None,
) -> Iterator[tuple[CaseView, CaseAudit]]:
    """Audit one case or each in turn, with the view that it was looked at in.

    Cases that have no consequence are left out, but one that was named. One is in memory at a time.

    Args:
        reader: the record.
        case: only this one.
        about: only what is against this party.
        jurisdiction: only cases whose opening tells this one, or a part of it.
        as_of: leaves out what had not happened by then.
        known_by: reads the record as it was known by then.
        known: the registered parties, where they were read already.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by) if known is None else known
    record = RecordView(
        reader, as_of, known_by, name_of=known.called, type_of=known.type_of, keep=KEPT
    )
    views = record.each_case() if case is None else iter((record.recorded_case(case),))
    for view in views:
        if jurisdiction is not None and not lies_in(view, jurisdiction):
            continue
        found = audit_of(view, about=about)
        if found.rows or case is not None:
            yield view, found


def lies_in(view: CaseView, jurisdiction: str) -> bool:
    """Tell whether the opening of a case tells a jurisdiction, or a part of it."""
    opening = next(view.standing("case-opened"), None)
    told = () if opening is None else opening.fields.get("jurisdiction") or ()
    codes = (told,) if isinstance(told, str) else tuple(told)
    return any(code == jurisdiction or code.startswith(f"{jurisdiction}-") for code in codes)


def audit_of(view: CaseView, *, about: str | None = None) -> CaseAudit:
    """Lay out what backs each consequence of a case.

    Args:
        view: the case.
        about: only what is against this party.
    """
    placed = [
        FactInCase(view, fact)
        for fact in view.facts.values()
        if fact.kind in CONSEQUENCES and about in (None, _about(fact.fields, fact.kind))
    ]
    held = [each for each in placed if each.fact.stands and view.when(each.fact) != "no"]
    standing = [each for each in held if not each.fact.alleged and holds(each) != "no"]
    fallen = sum(view.when(each.fact) != "no" for each in placed) - len(standing)
    graph = derive(standing)
    problems: dict[str, list[Problem]] = {}
    for problem in problems_of(view):
        problems.setdefault(problem.event_id, []).append(problem)
    owed = {each.event_id: each for each in obligations_of(view) if each.what == TO_EXECUTE}
    rows = (_row(each, graph, problems, owed.get(each.fact.event_id)) for each in standing)
    return CaseAudit(view.case_id, tuple(rows), fallen)


def _about(fields: Mapping[str, Any], kind: str) -> str | None:
    party: str | None = next(
        (fields[field] for field in CATALOGUE[kind].about if isinstance(fields.get(field), str)),
        None,
    )
    return party


def _row(
    placed: FactInCase,
    graph: Mapping[str, Resting],
    problems: Mapping[str, list[Problem]],
    owed: Obligation | None,
) -> Row:
    view, fact = placed
    event = fact.event
    chain = _chain(placed, graph)
    behind = [each.fact.event_id for each in chain]
    behind += [step.event_id for _, step in steps_before(chain)]
    found = tuple(problem for each in behind for problem in problems.get(each, ()))
    foreign = other_house(view, fact) is not None
    by_column: dict[Column, list[Problem]] = {}
    for problem in found:
        by_column.setdefault(COLUMN_OF[problem.of], []).append(problem)
    links = _links(placed, chain)
    cells: dict[Column, Cell] = {
        column: _cell(by_column.get(column, ()), links[column]) for column in COLUMNS[:-1]
    }
    cells["execution"] = Cell("not asked") if foreign else _execution(placed, owed)
    if (untimely := by_column.get("execution")) is not None:
        cells["execution"] = _cell(untimely, cells["execution"].positions)
    return Row(
        fact.event_id,
        event.case_id,
        event.position,
        fact.kind,
        _about(fact.fields, fact.kind),
        gist(fact, view.name_of),
        "yes" if view.when(fact) == holds(placed) == "yes" else "unknown",
        foreign,
        cells,
        found,
        proposed(placed),
    )


def _chain(placed: FactInCase, graph: Mapping[str, Resting]) -> list[FactInCase]:
    """Find what a consequence rests on, in the order of the log; itself among it.

    One decision can settle what becomes of several people. What was found of others is
    no ground of what is done to this one, so findings about them are left out.
    """
    subject = placed.fact.fields.get("subject")

    def concerns(fact: Fact) -> bool:
        return fact.kind != "finding-made" or subject in (None, fact.fields["subject"])

    found = reached(graph, [placed.fact.event_id], concerns)
    return sorted((graph[each].placed for each in found), key=lambda each: each.fact.event.position)


def _links(placed: FactInCase, chain: list[FactInCase]) -> dict[Column, tuple[int, ...]]:
    """Find the events of a derivation that are each link, by their positions."""
    subject = placed.fact.fields.get("subject")
    bearing = [each for each in chain if each.fact.stands and holds(each) != "no"]

    def of(kind: str) -> list[FactInCase]:
        return [each for each in bearing if each.fact.kind == kind]

    findings = of("finding-made")
    if subject is not None:
        findings = [each for each in findings if each.fact.fields["subject"] == subject]
    heard = (fact for each in findings for fact in hearings(each))
    return {
        "decision": _positions(of("decision-taken")),
        "finding": _positions(findings),
        "evidence": _positions(of("evidence-registered")),
        "authority": _positions(of("authority-granted")),
        "clause": _positions([each for each in findings if "clause" in each.fact.fields]),
        "hearing": tuple(sorted({fact.event.position for fact in heard})),
    }


def _positions(found: list[FactInCase]) -> tuple[int, ...]:
    return tuple(sorted({each.fact.event.position for each in found}))


def _cell(problems: list[Problem] | tuple[()], positions: tuple[int, ...]) -> Cell:
    texts = tuple(dict.fromkeys(each.text for each in problems))
    failed = {each.sort for each in problems if each.verdict == "fail"}
    if failed:
        return Cell("missing" if "missing" in failed else "wrong", positions, texts)
    if problems:
        return Cell("untold", positions, texts)
    return Cell("backed" if positions else "not asked", positions)


def _execution(placed: FactInCase, owed: Obligation | None) -> Cell:
    """Tell whether a sanction was carried out, or ended without; a bar or an ending holds alone."""
    view, fact = placed
    if fact.kind != "sanction-imposed":
        return Cell("not asked")
    found = course(view, fact)
    by = found.executed_by or found.ended_by
    ended = None if by is None else view.facts.get(by)
    positions = () if ended is None else (ended.event.position,)
    if owed is None:
        return Cell("not executed" if found.state == "not executed" else "backed", positions)
    if owed.suspended == "yes" and owed.overdue != "yes":
        return Cell("pending", positions, (say("it is suspended"),))
    if owed.overdue == "no" and owed.due is not None:
        return Cell("pending", positions, (say("it is due {date}", date=as_recorded(owed.due)),))
    if owed.open == "unknown":
        return Cell("untold", positions, (say("whether it was executed by then is not told"),))
    if owed.overdue == "yes":
        date = as_recorded(owed.due)
        said = say("no execution on record, and it was due {date}", date=date)
        return Cell("missing", positions, (said,))
    return Cell("untold", positions, (say("no execution on record"),))
