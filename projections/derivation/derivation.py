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

from answerable.domain.kinds import (
    FAMILY,
    TARGETS,
)
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.authority import (
    AuthorityHeld,
    authority_held,
)
from answerable.projections.derivation.node import (
    InCase,
    Node,
    in_case,
    node,
)
from answerable.projections.derivation.required_links import (
    FactInCase,
    Missing,
    Support,
)
from answerable.projections.documents import cases_naming
from answerable.projections.facts.basis import (
    full_basis,
    registered,
)
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
    of_case,
)
from answerable.projections.wording.sentence import NameOf

HELD_AGAINST = {row.name: row.about[0] for row in ROWS if row.held_against}
"""What is held against a party, and so needs a derivation; and the field that names the party."""


class Derivation(NamedTuple):
    """What was asked about, and all that it rests on.

    Attributes:
        roots: the ids of the events asked about.
        nodes: every event of the derivation by its id, in the order in which it is reached.
        cases: the cases in which these lie, by slug: where each chain ends. Of the house's
            registers only the entries concerned are read, so of a case of which nothing else is
            named it is not told whether it was opened.
        facts: the facts that these were read from.
    """

    roots: tuple[str, ...]
    nodes: Mapping[str, Node]
    cases: Mapping[str, InCase]
    facts: tuple[CaseFacts, ...] = ()

    @property
    def lacking(self) -> Iterator[tuple[Node, Missing]]:
        """Every link that is not on record, with the event that lacks it."""
        return ((node, each) for node in self.nodes.values() for each in node.missing)

    @property
    def flawed(self) -> Iterator[tuple[Node, str]]:
        """Every problem, with the event that has it."""
        return ((node, each) for node in self.nodes.values() for each in node.problems)


class TreeLine(NamedTuple):
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
    called: NameOf = str,
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
    called: NameOf = str,
) -> Derivation:
    """What is held against a party, in every case, and what that rests on.

    Sanctions and bars come before the findings that they rest on; what was retracted comes last.
    """
    record = _Record(reader, known_by)
    held: list[Fact] = []
    for case_id in _cases_about(reader, party, known_by):
        facts = of_case(reader, case_id, known_by=known_by)
        against = [
            fact
            for fact in facts.facts.values()
            if _against(fact.kind, fact.fields) == party and fact.when(as_of) != "no"
        ]
        if against:
            # Of no other case is more told for having been looked at here.
            record.keep(facts)
            held.extend(against)
    held.sort(key=lambda fact: (not fact.stands, fact.kind == "finding-made", fact.event.position))
    return _derive(record, [fact.event for fact in held], as_of, called)


def tree_lines(derivation: Derivation) -> Iterator[TreeLine]:
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
        yield TreeLine(depth, field, node, again)
        if not again:
            waiting.extend(
                (depth + 1, rest.field, rest.event_id) for rest in reversed(node.rests_on)
            )


class _Record:
    """The record as known by a moment. Each case is folded once.

    Of the house's registers only the entry that is wanted is read, with what amends or ends it: the
    case that they lie in can be as large as the house.
    """

    def __init__(self, reader: Reader, known_by: datetime | None) -> None:
        self._reader = reader
        self._known_by = known_by
        self._cases: dict[str, CaseFacts] = {}
        self._entries: dict[str, CaseFacts] = {}

    def case(self, case_id: str) -> CaseFacts:
        """The facts of a case."""
        if case_id not in self._cases:
            self._cases[case_id] = of_case(self._reader, case_id, known_by=self._known_by)
        return self._cases[case_id]

    def keep(self, facts: CaseFacts) -> None:
        """Take in the facts of a case that were read already."""
        self._cases[facts.case_id] = facts

    def find(self, event_id: str, near: CaseFacts | None = None) -> FactInCase | None:
        """The event with this id, in the case that is near or in any other."""
        if near is not None and event_id in near.facts:
            return FactInCase(near, near.facts[event_id])
        event = self._reader.event(event_id)
        return None if event is None else self.placed(event)

    def placed(self, event: RecordedEvent) -> FactInCase | None:
        """An event as it was known to stand; None where it was not on record by then."""
        house = FAMILY[event.kind] == "house"
        facts = self._entry(event) if house else self.case(event.case_id)
        fact = facts.facts.get(event.event_id)
        return None if fact is None else FactInCase(facts, fact)

    def elsewhere(self, event_id: str) -> Fact | None:
        """The event with this id, in whichever case."""
        placed = self.find(event_id)
        return None if placed is None else placed.fact

    def read(self) -> tuple[CaseFacts, ...]:
        """All that was read."""
        return (*self._cases.values(), *self._entries.values())

    def short(self, case_id: str, as_of: datetime | None) -> InCase:
        """A case in short, by what was read of it."""
        facts = self._cases.get(case_id)
        if facts is None:
            return InCase(case_id, None, read=False)
        return in_case(facts, as_of=as_of)

    def _entry(self, event: RecordedEvent) -> CaseFacts:
        if event.event_id not in self._entries:
            facts = registered(self._reader, event, known_by=self._known_by)
            self._entries[event.event_id] = facts
        return self._entries[event.event_id]


class _Named(NamedTuple):
    """What one event names as its ground."""

    placed: FactInCase
    direct: tuple[tuple[str, FactInCase], ...]
    absent: tuple[str, ...]


def _against(kind: str, fields: Mapping[str, Any]) -> str | None:
    """The party against whom an event is held."""
    party: str | None = fields.get(HELD_AGAINST.get(kind, ""))
    return party


def _cases_about(reader: Reader, party: str, known_by: datetime | None) -> Iterable[str]:
    """The cases in which anything was ever held against a party."""
    kept = cases_naming(reader, "person", party)
    if kept is not None:
        return kept
    cases: set[str] = set()
    for event in reader.events(kinds=(*HELD_AGAINST, "correction"), known_by=known_by):
        corrected = event.fields.get("fields", {})
        named = (corrected.get(field) for field in set(HELD_AGAINST.values()))
        if _against(event.kind, event.fields) == party or party in named:
            cases.add(event.case_id)
    return sorted(cases)


def _derive(
    record: _Record, asked: Iterable[RecordedEvent], as_of: datetime | None, called: NameOf
) -> Derivation:
    roots = [placed for event in asked if (placed := record.placed(event)) is not None]
    graph: dict[str, _Named] = {}
    waiting = roots[::-1]
    while waiting:
        placed = waiting.pop()
        if placed.fact.event_id not in graph:
            named = graph[placed.fact.event_id] = _named(record, placed, as_of)
            waiting.extend(other for _, other in reversed(named.direct))
    nodes = {each: _node(record, named, as_of, called) for each, named in graph.items()}
    return Derivation(
        tuple(dict.fromkeys(placed.fact.event_id for placed in roots)),
        nodes,
        {
            case_id: record.short(case_id, as_of)
            for case_id in dict.fromkeys(each.case_id for each in nodes.values())
        },
        record.read(),
    )


def _named(record: _Record, placed: FactInCase, as_of: datetime | None) -> _Named:
    """What an event names as its ground, as far as that had or may have happened by a moment."""
    direct: list[tuple[str, FactInCase]] = []
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


def _node(record: _Record, named: _Named, as_of: datetime | None, called: NameOf) -> Node:
    placed = named.placed
    whole = full_basis(placed.case, placed.fact, record.elsewhere, as_of=as_of)
    powers = tuple(_powers(record, named, as_of))
    return node(placed, Support(named.direct, named.absent, whole, powers), as_of, called)


def _powers(record: _Record, named: _Named, as_of: datetime | None) -> Iterator[AuthorityHeld]:
    """The authority that an event was decided under: its own, or that of the decisions it names."""
    fact = named.placed.fact
    near = (named.placed, *(other for _, other in named.direct if fact.kind == "sanction-imposed"))
    for placed in near:
        decision = placed.fact
        if decision.kind == "decision-taken" and decision.stands and "authority" in decision.fields:
            grant = record.find(decision.fields["authority"], placed.case)
            if grant is not None and grant.fact.when(as_of) != "no":
                measure = fact.fields.get("measure")
                yield authority_held(decision, grant.case, grant.fact, measure, as_of=as_of)
