"""Make registers of what an event, or all that is held against a party, rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from answerable.domain.terms.several import several
from answerable.projections.output.register import Cell, Column, Party, Register, Registers, Row
from answerable.projections.registers.asking.said import CLAUSE
from answerable.projections.registers.asking.standing import PROBLEMS
from answerable.projections.registers.columns import (
    APPEAL,
    CASE,
    CORRECTED_BY,
    DISPUTED_BY,
    EVENT_ID,
    HAPPENED,
    KIND,
    OCCURRED,
    POSITION,
    RESTS_ON,
    RETRACTED,
    SAYS,
    STANDING,
    STATE,
    TITLE,
    called,
    numbers,
    party,
)
from answerable.projections.registers.judging.verdicts import VERDICTS, verdict_row
from answerable.projections.why.why import tree_lines

if TYPE_CHECKING:
    from answerable.projections.conformance.judgement import Verdict
    from answerable.projections.facts.names import NameOf
    from answerable.projections.why.node import Node
    from answerable.projections.why.why import Derivation

DERIVATION = Register(
    "derivation",
    "What it rests on",
    (
        Column("depth", "Depth", "whole"),
        Column("under", "Under", "event"),
        Column("link", "As its", "word"),
        *(POSITION, OCCURRED, SAYS),
        Column("was", "As first recorded"),
        *(KIND, CASE, TITLE),
        party("parties", "Parties", many=True),
        party("deciders", "Decided by", many=True),
        Column("authority", "Authority"),
        *(CLAUSE, STATE, APPEAL, RESTS_ON),
        Column("above", "What it rests on stands above", "truth"),
        Column("missing", "Not on record", many=True),
        Column("problems", "Cannot bear it", many=True),
        *(CORRECTED_BY, DISPUTED_BY, RETRACTED),
        Column("withdrawn", "Withdrawn", "truth"),
        *(STANDING, HAPPENED, EVENT_ID),
    ),
)

LACKING = Register(
    "lacking",
    "What is missing or wrong",
    tuple(each for each in PROBLEMS.columns if each.name != "against"),
)


class WhyWords(NamedTuple):
    """Hold what things are called, and where events lie.

    Attributes:
        name_of: what to call a party.
        title_of: tells the title of a case.
        positions: the numbers of events beside those of the derivation, by id.
        policies: the titles of the policies that judge, by their ids.
    """

    name_of: NameOf
    title_of: Callable[[str], str | None]
    positions: Mapping[str, int]
    policies: Mapping[str, str]


def why_registers(
    found: Derivation, judged: Mapping[str, Iterable[Verdict]], words: WhyWords
) -> Registers:
    """Make registers of a derivation: a row a line of its tree, one a thing lacking, one a verdict.

    Args:
        found: the derivation.
        judged: what the policies find of it, by case.
        words: what things are called.
    """
    rows = _rows(found, judged, words)
    return Registers((DERIVATION, LACKING, VERDICTS), rows)


def _rows(
    found: Derivation, judged: Mapping[str, Iterable[Verdict]], words: WhyWords
) -> Iterator[Row]:
    own = {event_id: node.position for event_id, node in found.nodes.items()}
    words = words._replace(positions={**words.positions, **own})
    above: list[int] = []
    for line in tree_lines(found):
        del above[line.depth :]
        place = (line.depth, above[-1] if above else None, line.field or None)
        yield Row(DERIVATION.name, (*place, *_node(line.node, words, again=line.again)))
        above.append(line.node.position)
    for node, link in found.lacking:
        yield _lacking(node, "missing", link.link, link.text, link.verdict)
    for node, text in found.flawed:
        yield _lacking(node, "wrong", None, text, "fail")
    for case, verdicts in judged.items():
        for verdict in verdicts:
            policy = words.policies.get(verdict.policy)
            yield verdict_row(verdict, policy, case, words.title_of(case), words.positions)


def _lacking(node: Node, *said: str | None) -> Row:
    return Row(LACKING.name, (node.case_id, node.position, *said, node.event_id))


def _node(each: Node, words: WhyWords, *, again: bool) -> tuple[Cell, ...]:
    def parties(pseudonyms: Iterable[str]) -> tuple[Party | None, ...]:
        return tuple(called(party, words.name_of) for party in dict.fromkeys(pseudonyms))

    positions = words.positions
    return (
        *(each.position, each.occurred, each.gist, each.was, each.kind),
        *(each.case_id, words.title_of(each.case_id)),
        *(parties(part.party for part in each.parties), parties(each.deciders)),
        *(each.authority, several(each.clause), each.state, each.appeal),
        *(numbers((rest.event_id for rest in each.rests_on), positions), again),
        *(tuple(link.text for link in each.missing), each.problems),
        *(numbers(each.corrected_by, positions), numbers(each.disputed_by, positions)),
        *(each.retracted_by is not None, each.withdrawn),
        *(each.standing, each.as_of, each.event_id),
    )
