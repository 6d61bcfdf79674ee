"""What an event rests on, down to the evidence, and which links of that chain are not on record.

Events name what they rest on: `basis`, and the typed fields (the allegation that a finding
answers, the authority of a decision …). The derivation of an event is the graph of these, as
corrected: measure <- sanction <- decision <- finding <- evidence. What is not there is named (see
`links`), and never inferred.

It is a graph and not a tree: one decision may carry seven sanctions, and is one node. `outline`
lays it out as a tree for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import TARGETS
from answerable.domain.recorded import Reader, RecordedEvent
from answerable.projections.appeals import AppealState, appeal_state
from answerable.projections.facts import CaseFacts, Fact, of_case
from answerable.projections.gist import Called, gist
from answerable.projections.ground import ground
from answerable.projections.links import Footing, Missing, Placed, missing, problems

HELD_AGAINST = {
    "sanction-imposed": "subject",
    "counterparty-barred": "counterparty",
    "finding-made": "subject",
}
"""What is held against a party, and so needs a derivation; and the field that names the party."""


class Rest(NamedTuple):
    """One thing that an event rests on: the field that names it, and its event id."""

    field: str
    event_id: str


class Node(NamedTuple):
    """An event in a derivation, as it stands.

    Attributes:
        gist: the event in one line, of its public fields.
        as_of: whether it had happened by the moment asked about; `unknown` where its date does
            not tell.
        rests_on: what it names; `Derivation.nodes` has each.
        missing: the links that are not on record.
        problems: what is on record, but cannot bear it: dated later, retracted, overturned.
    """

    event_id: str
    case_id: str
    position: int
    kind: str
    gist: str
    occurred: str | None
    recorded_at: str
    standing: str
    subject: str | None
    deciders: tuple[str, ...]
    authority: str | None
    clause: str | None
    announced_by: str | None
    appeal: AppealState
    corrected_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    retracted_by: str | None
    as_of: When
    rests_on: tuple[Rest, ...]
    missing: tuple[Missing, ...]
    problems: tuple[str, ...]


class Derivation(NamedTuple):
    """What was asked about, and all that it rests on.

    Attributes:
        roots: the ids of the events asked about.
        nodes: every event of the derivation by its id, in the order in which it is reached.
    """

    roots: tuple[str, ...]
    nodes: Mapping[str, Node]


class Line(NamedTuple):
    """One line of a derivation laid out as a tree.

    Attributes:
        depth: 0 for what was asked about.
        field: the field of the event above that names this one; empty at depth 0.
        node: the event.
        again: it was laid out further up, and what it rests on is not repeated.
    """

    depth: int
    field: str
    node: Node
    again: bool


def why_event(
    reader: Reader,
    event: RecordedEvent,
    *,
    known_by: datetime | None = None,
    as_of: datetime | None = None,
    called: Called = str,
) -> Derivation:
    """What an event rests on.

    Args:
        reader: the record.
        event: any event. One that was not recorded by `known_by` has no derivation.
        known_by: reads the record as it was known by then.
        as_of: leaves out of the grounds what had not happened by then.
        called: what to call a party in the sentences.
    """
    return _derive(_Record(reader, known_by), [event], as_of, called)


def why_person(
    reader: Reader,
    party: str,
    *,
    known_by: datetime | None = None,
    as_of: datetime | None = None,
    called: Called = str,
) -> Derivation:
    """What is held against a party, in every case, and what that rests on.

    Sanctions and bars come before the findings that they rest on; what was retracted comes last.
    """
    record = _Record(reader, known_by)
    held = [
        fact
        for case_id in _cases_about(reader, party, known_by)
        for fact in record.case(case_id).facts.values()
        if _against(fact.kind, fact.fields) == party and fact.when(as_of) != "no"
    ]
    held.sort(key=lambda fact: (not fact.stands, fact.kind == "finding-made", fact.event.position))
    return _derive(record, [fact.event for fact in held], as_of, called)


def outline(derivation: Derivation) -> Iterator[Line]:
    """The derivation as a tree, line by line, from the top. Nothing is laid out twice."""
    shown: set[str] = set()
    waiting = [(0, "", event_id) for event_id in reversed(derivation.roots)]
    while waiting:
        depth, field, event_id = waiting.pop()
        again = event_id in shown
        if again and depth == 0:
            continue
        shown.add(event_id)
        node = derivation.nodes[event_id]
        yield Line(depth, field, node, again)
        if not again:
            waiting.extend(
                (depth + 1, rest.field, rest.event_id) for rest in reversed(node.rests_on)
            )


class _Record:
    """The record as known by a moment. Each case is folded once."""

    def __init__(self, reader: Reader, known_by: datetime | None) -> None:
        self._reader = reader
        self._known_by = known_by
        self._cases: dict[str, CaseFacts] = {}

    def case(self, case_id: str) -> CaseFacts:
        """The facts of a case."""
        if case_id not in self._cases:
            self._cases[case_id] = of_case(self._reader, case_id, known_by=self._known_by)
        return self._cases[case_id]

    def find(self, event_id: str, near: CaseFacts) -> Placed | None:
        """The event with this id, in the case that is near or in any other."""
        if event_id in near.facts:
            return Placed(near, near.facts[event_id])
        fact = self.elsewhere(event_id)
        return None if fact is None else Placed(self.case(fact.event.case_id), fact)

    def elsewhere(self, event_id: str) -> Fact | None:
        """The event with this id, in whichever case."""
        event = self._reader.event(event_id)
        return None if event is None else self.case(event.case_id).facts.get(event_id)


class _Named(NamedTuple):
    """What one event names as its ground."""

    placed: Placed
    direct: tuple[tuple[str, Placed], ...]
    absent: tuple[str, ...]


def _against(kind: str, fields: Mapping[str, Any]) -> str | None:
    """The party against whom an event is held."""
    party: str | None = fields.get(HELD_AGAINST.get(kind, ""))
    return party


def _cases_about(reader: Reader, party: str, known_by: datetime | None) -> Iterable[str]:
    """The cases in which anything was ever held against a party."""
    cases: dict[str, None] = {}
    for event in reader.events(kinds=(*HELD_AGAINST, "correction"), known_by=known_by):
        corrected = event.fields.get("fields", {})
        named = (corrected.get(field) for field in set(HELD_AGAINST.values()))
        if _against(event.kind, event.fields) == party or party in named:
            cases[event.case_id] = None
    return cases


def _derive(
    record: _Record, asked: Iterable[RecordedEvent], as_of: datetime | None, called: Called
) -> Derivation:
    roots = [
        placed
        for event in asked
        if (placed := record.find(event.event_id, record.case(event.case_id))) is not None
    ]
    graph: dict[str, _Named] = {}
    waiting = roots[::-1]
    while waiting:
        placed = waiting.pop()
        if placed.fact.event_id not in graph:
            named = graph[placed.fact.event_id] = _named(record, placed, as_of)
            waiting.extend(other for _, other in reversed(named.direct))
    return Derivation(
        tuple(dict.fromkeys(placed.fact.event_id for placed in roots)),
        {event_id: _node(record, named, as_of, called) for event_id, named in graph.items()},
    )


def _named(record: _Record, placed: Placed, as_of: datetime | None) -> _Named:
    """What an event names as its ground, as far as that had or may have happened by a moment."""
    direct: list[tuple[str, Placed]] = []
    absent: list[str] = []
    for event_id, field in _references(placed.fact).items():
        other = record.find(event_id, placed.case)
        if other is None:
            absent.append(event_id)
        elif other.fact.when(as_of) != "no":
            direct.append((field, other))
    return _Named(placed, tuple(direct), tuple(absent))


def _references(fact: Fact) -> dict[str, str]:
    """The ids that an event names as its ground, each with the field that names it first."""
    fields = fact.fields
    named: dict[str, str] = {}
    for field in (TARGETS.get(fact.kind), "authority"):
        if field is not None and field in fields:
            named[fields[field]] = field
    for event_id in fields.get("basis", ()):
        named.setdefault(event_id, "basis")
    return named


def _node(record: _Record, named: _Named, as_of: datetime | None, called: Called) -> Node:
    placed = named.placed
    fact = placed.fact
    fields = fact.fields
    whole = ground(placed.case, fact, record.elsewhere, as_of=as_of)
    footing = Footing(named.direct, named.absent, whole)
    return Node(
        event_id=fact.event_id,
        case_id=fact.event.case_id,
        position=fact.event.position,
        kind=fact.kind,
        gist=gist(fact.kind, fields, called),
        occurred=fields.get("occurred"),
        recorded_at=fact.event.recorded_at,
        standing=fields["standing"],
        subject=fields.get("subject"),
        deciders=tuple(fields.get("deciders", ())),
        authority=fields.get("authority"),
        clause=fields.get("clause"),
        announced_by=fields.get("announced_by"),
        appeal=appeal_state(placed.case, fact, as_of),
        corrected_by=fact.corrections,
        disputed_by=fact.disputes,
        retracted_by=fact.retracted_by,
        as_of=fact.when(as_of),
        rests_on=tuple(Rest(field, other.fact.event_id) for field, other in named.direct),
        missing=tuple(missing(placed, footing, as_of, called)),
        problems=tuple(problems(placed, footing, as_of, called)),
    )
