"""The derivation of an event, down to the evidence, and the links of it that are not on record.

The derivation of an event is the graph of what events name as their basis, as corrected (see
`grounds.derivation`): measure <- sanction <- decision <- finding <- evidence. What is not there is
named (see `grounds.required_links`), and never inferred.

It is a graph and not a tree: one decision may carry seven sanctions, and is one node. `tree_lines`
lays it out as a tree for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.alleged.allegations import MADE, allegations_of
from answerable.projections.accountability.outside.agreements import AGREEMENT
from answerable.projections.documents import cases_naming
from answerable.projections.facts.case_view import CaseView, FactInCase, once
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.derivation import derive, support
from answerable.projections.grounds.problems import steps_before
from answerable.projections.grounds.required_links import Missing
from answerable.projections.why.node import InCase, Node, in_case, node

TOLD_OF = {
    row.name: row.about[0] for row in ROWS if row.held_against or row.accountability or row.accuses
}
"""The kinds held against a party, done to it or alleged; each with the field naming the party.

Agreements are told of each of their parties, too.
"""


class Derivation(NamedTuple):
    """The events asked about, and all that they rest on.

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
        """Iterate over every link that is not on record, with the event that lacks it."""
        return ((node, each) for node in self._to_explain for each in node.missing)

    @property
    def flawed(self) -> Iterator[tuple[Node, str]]:
        """Iterate over every problem, with the event that has it."""
        return ((node, each) for node in self._to_explain for each in node.problems)

    @property
    def _to_explain(self) -> Iterator[Node]:
        """Iterate over what stands, and what was asked about: of what fell, none need explain."""
        for event_id, each in self.nodes.items():
            overturned = each.appeal == "allowed"
            if event_id in self.roots or not (
                each.retracted_by or overturned or each.withdrawn == "yes"
            ):
                yield each

    @property
    def parties(self) -> tuple[str, ...]:
        """List the parties that the derivation names, by pseudonym, each once."""
        nodes = self.nodes.values()
        named = [part.party for node in nodes for part in node.parties]
        named += [each.by for node in nodes for each in node.amendments if each.by is not None]
        return tuple(dict.fromkeys(named))

    def as_dict(self) -> dict[str, Any]:
        """Return the derivation as JSON has it."""
        return as_dict(self)


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
    known_by: Asked | None = None,
    as_of: Asked | None = None,
    name_of: NameOf = str,
) -> Derivation:
    """Find what an event rests on.

    Args:
        reader: the record.
        event: any event. One that was not recorded by `known_by` has no derivation.
        known_by: reads the record as it was known by then.
        as_of: leaves out what had not happened by then.
        name_of: what to call a party in the sentences.
    """
    return _derive(RecordView(reader, as_of, known_by, name_of=name_of), [event])


def why_person(
    reader: Reader,
    party: str,
    *,
    known_by: Asked | None = None,
    as_of: Asked | None = None,
    name_of: NameOf = str,
) -> Derivation:
    """Find what is held against a party, done to it, alleged or agreed, and what that rests on.

    Sanctions and bars come before the findings that they rest on, interim measures and
    allegations that are not disposed of after these; what was retracted comes last.
    """
    record = RecordView(reader, as_of, known_by, name_of=name_of)
    held: list[Fact] = []
    for view in record.each_of(_cases_about(record, party)):
        against = list(_told_of(view, party))
        if against:
            # Of no other case is more told for having been looked at here.
            record.keep(view)
            held.extend(against)
    held.sort(key=lambda fact: (not fact.stands, _rank(fact.kind), fact.event.position))
    return _derive(record, [fact.event for fact in held])


def why_each_in_case(
    record: RecordView, view: CaseView, parties: Iterable[str]
) -> Iterator[tuple[str, Derivation]]:
    """Find what one case holds against each of some parties, or did to it, and what that rests on.

    Args:
        record: what the case was read from.
        view: the case.
        parties: the parties, by their pseudonyms.
    """
    nodes: dict[str, Node] = {}  # Many rest on the same decisions.
    for party in parties:
        yield party, _derive(record, [fact.event for fact in _told_of(view, party)], nodes)


def tree_lines(derivation: Derivation) -> Iterator[TreeLine]:
    """Lay the derivation out as a tree, line by line, from the top. Nothing is laid out twice.

    What acts upon one of its events before that happened comes last: nothing rests on it.
    """
    shown: set[str] = set()
    waiting = [(0, "", each) for each in reversed((*derivation.roots, *derivation.nodes))]
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


def _parties_of(kind: str, fields: Mapping[str, Any]) -> Iterable[str]:
    """List the parties that an event is held against, or that made it with each other."""
    if kind == AGREEMENT:
        return dict.fromkeys(fields["between"])
    party = fields.get(TOLD_OF.get(kind, ""))
    return () if party is None else (party,)


def _told_of(view: CaseView, party: str) -> Sequence[Fact]:
    """List what is told of a party; of allegations, those that are not disposed of."""
    return _told_of_each(view).get(party, ())


@once
def _told_of_each(view: CaseView) -> Mapping[str, Sequence[Fact]]:
    open_ = {each.event_id for each in allegations_of(view) if each.open != "no"}
    found: dict[str, list[Fact]] = {}
    for fact in view.happened():
        if fact.kind != MADE or fact.event_id in open_:
            for party in _parties_of(fact.kind, fact.fields):
                found.setdefault(party, []).append(fact)
    return found


def _rank(kind: str) -> int:
    """Rank what is held against a party: findings after what rests on them, then the rest."""
    if not CATALOGUE[kind].held_against:
        return 2
    return 1 if kind == "finding-made" else 0


def _cases_about(record: RecordView, party: str) -> Iterable[str]:
    """Find the cases in which anything was ever held against a party."""
    kept = cases_naming(record.reader, "person", party)
    if kept is not None:
        return kept
    cases: set[str] = set()
    for event in record.events(kinds=(*TOLD_OF, AGREEMENT, "correction")):
        corrected = event.fields.get("fields", {})
        named = (corrected.get(field) for field in set(TOLD_OF.values()))
        agreed = corrected.get("between") or ()
        if party in (*_parties_of(event.kind, event.fields), *named, *agreed):
            cases.add(event.case_id)
    return sorted(cases)


def _derive(
    record: RecordView, asked: Iterable[RecordedEvent], known: dict[str, Node] | None = None
) -> Derivation:
    """Derive events; nodes that are `known` of the same record are not made again."""
    known = {} if known is None else known
    roots = [placed for event in asked if (placed := record.placed(event)) is not None]
    resting = derive(roots)
    # What acts upon one of these before it happened is wrong about it, though nothing rests on it.
    early = [*steps_before(each.placed for each in resting.values())]
    steps = [FactInCase(placed.view, step) for placed, step in early]
    whole = derive([*roots, *steps]) if steps else resting
    for event_id, each in whole.items():
        if event_id not in known:
            known[event_id] = node(each.placed, support(each))
    nodes = {event_id: known[event_id] for event_id in whole}
    return Derivation(
        tuple(dict.fromkeys(placed.fact.event_id for placed in roots)),
        nodes,
        {
            case_id: _in_short(record, case_id)
            for case_id in dict.fromkeys(each.case_id for each in nodes.values())
        },
        tuple(view.case for view in (*record.cases.values(), *record.entries.values())),
    )


def _in_short(record: RecordView, case_id: str) -> InCase:
    """Tell of a case in short, by what was read of it."""
    view = record.cases.get(case_id)
    return InCase(case_id, None, read=False) if view is None else in_case(view)
