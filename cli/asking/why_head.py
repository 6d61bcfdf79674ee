"""Lead a derivation with what was asked about, what it rests on, and how much is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.output import visible
from answerable.cli.shared.text import lines
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital, counted, listed
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.leading.told_once import numbers, repeated_among, without_aside
from answerable.projections.wording.lines.phrases import announced
from answerable.projections.wording.party import party_words
from answerable.projections.wording.vocabulary import words

if TYPE_CHECKING:
    from answerable.cli.asking.why_text import WhyAnswer
    from answerable.projections.why.node import Node
    from answerable.projections.why.why import Derivation

SOURCE = "source: "
"""Begin each line that tells a source."""


class ToldOnce(NamedTuple):
    """Hold what several events of a derivation share, and is said above them.

    Attributes:
        case: the case that all lie in; None where there are several.
        sources: the sources that several have, as lines.
        announcements: the same of who announced them, and when.
    """

    case: str | None
    sources: tuple[str, ...] = ()
    announcements: tuple[str, ...] = ()

    def gist(self, node: Node) -> str:
        """Say what an event was, but for what is said above."""
        said = node.gist
        for each in self.announcements:
            said = without_aside(said, each)
        return visible(said)


def told_once(answer: WhyAnswer) -> ToldOnce:
    """Find what holds of several events of a derivation."""
    nodes = answer.found.nodes.values()
    cases = {node.case_id for node in nodes}
    return ToldOnce(
        cases.pop() if len(cases) == 1 else None,
        repeated_among(source for node in nodes for source in _sources(node, answer)),
        repeated_among(_announced(node, answer) for node in nodes),
    )


def _sources(node: Node, answer: WhyAnswer) -> list[str]:
    told = lines(answer.texts[node.event_id])
    return list(dict.fromkeys(each for each in told if each.startswith(SOURCE)))


def _announced(node: Node, answer: WhyAnswer) -> str | None:
    fields = {"announced_by": node.announced_by, "announced": node.announced}
    return announced(fields, answer.known.called)


def leading(answer: WhyAnswer, once: ToldOnce, titles: Mapping[str, str | None]) -> Iterator[str]:
    """Say what was asked about, what it rests on, how much is missing; then what holds of several.

    Args:
        answer: the derivation.
        once: what holds of several of its events.
        titles: the title of each case that a root lies in.
    """
    found = answer.found
    if answer.about is not None:
        who = party_words(answer.known.of(answer.about))
        yield visible(f"{who}: {_held(found)}" if found.roots else who)
    else:
        root = found.nodes[found.roots[0]]
        yield f"{once.gist(root)} #{root.position}{_fallen(root)}"
        yield _grounds(root, found, once)
    if not found.roots:
        return
    missing, wrong = len([*found.lacking]), len([*found.flawed])
    if missing or wrong:
        counts = [f"Not on record: {missing}."] if missing else []
        yield " ".join([*counts, *([f"Problems: {wrong}."] if wrong else [])])
    if once.case is not None:
        yield visible(f"Case: {case_words(once.case, titles.get(once.case))}")
    for said in once.sources:
        own = [each.position for each in found.nodes.values() if said in _sources(each, answer)]
        yield f"{capital(said)} ({numbers(own)})"
    for said in once.announcements:
        own = [each.position for each in found.nodes.values() if _announced(each, answer) == said]
        yield f"{capital(visible(said))}: {numbers(own)}."


def _held(found: Derivation) -> str:
    """Say how many things of which kind are held against a party, and how many were retracted."""
    roots = [found.nodes[root] for root in found.roots]
    standing = [root for root in roots if root.retracted_by is None]
    retracted = [root for root in roots if root.retracted_by is not None]
    said = [_of_each_kind(standing)] if standing else []
    return "; ".join([*said, *([f"retracted: {_of_each_kind(retracted)}"] if retracted else [])])


def _of_each_kind(nodes: Iterable[Node]) -> str:
    kinds = Counter(node.kind for node in nodes)
    return listed(counted(number, _noun(kind)) for kind, number in kinds.items())


def _fallen(root: Node) -> str:
    """Say at once of what was asked about that it was retracted, or had not happened by then."""
    marks = ["retracted" if root.retracted_by is not None else None, by_then(root.as_of)]
    return "".join(f", {mark}" for mark in marks if mark)


def _noun(kind: str) -> str:
    """Say what sort of thing is held against somebody: `sanction-imposed` is a "sanction"."""
    return words(kind).rpartition(" ")[0] or words(kind)


def _grounds(root: Node, found: Derivation, once: ToldOnce) -> str:
    """Say what an event rests on by itself."""
    named = dict.fromkeys(each.event_id for each in root.rests_on)
    below = [found.nodes[each] for each in named if each in found.nodes]
    if not below and root.as_of == "no":
        return "It rests on nothing that had happened by then."
    if not below:
        return "It rests on nothing that is on record."
    said = [f"{once.gist(each)} #{each.position}" for each in below]
    return f"It rests on: {'; '.join(said)}."
