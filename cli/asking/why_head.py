"""Lead a derivation with what was asked about, what it rests on, and how much is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.output import visible
from answerable.cli.shared.text import source_lines
from answerable.domain.language.saying import punctuation, say, say_count
from answerable.projections.wording.answers import by_then
from answerable.projections.wording.counts import capital, in_a_row, listed
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.leading.told_once import numbers, repeated_among, without_aside
from answerable.projections.wording.lines.nouns import noun
from answerable.projections.wording.lines.phrases import announced
from answerable.projections.wording.party import party_words

if TYPE_CHECKING:
    from answerable.cli.asking.why_answer import WhyAnswer
    from answerable.projections.why.node import Node
    from answerable.projections.why.why import Derivation


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
    told = source_lines(answer.texts[node.event_id])
    return list(dict.fromkeys(told))


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
        if found.roots:
            who = say("{party}: {what}", party=who, what=_held(found))
        yield visible(who)
    else:
        root = found.nodes[found.roots[0]]
        asked = say("{what} #{position}", what=once.gist(root), position=root.position)
        yield punctuation(", ").join((asked, *_fallen(root)))
        yield _grounds(root, found, once)
    if not found.roots:
        return
    missing, wrong = len([*found.lacking]), len([*found.flawed])
    if missing or wrong:
        counts = [say("Not on record: {number}.", number=missing)] if missing else []
        counts += [say("Problems: {number}.", number=wrong)] if wrong else []
        yield in_a_row(counts)
    if once.case is not None:
        case = case_words(once.case, titles.get(once.case))
        yield visible(say("Case: {case}", case=case))
    for said in once.sources:
        own = [each.position for each in found.nodes.values() if said in _sources(each, answer)]
        yield say("{what} ({events})", what=capital(said), events=numbers(own))
    for said in once.announcements:
        own = [each.position for each in found.nodes.values() if _announced(each, answer) == said]
        yield say("{what}: {events}.", what=capital(visible(said)), events=numbers(own))


def _held(found: Derivation) -> str:
    """Say how many things of which kind are held against a party, and how many were retracted."""
    roots = [found.nodes[root] for root in found.roots]
    standing = [root for root in roots if root.retracted_by is None]
    retracted = [root for root in roots if root.retracted_by is not None]
    said = [_of_each_kind(standing)] if standing else []
    if retracted:
        said.append(say("retracted: {what}", what=_of_each_kind(retracted)))
    return punctuation("; ").join(said)


def _of_each_kind(nodes: Iterable[Node]) -> str:
    kinds = Counter(node.kind for node in nodes)
    return listed(_several(noun(kind), number) for kind, number in kinds.items())


def _several(what: str, number: int) -> str:
    """Say how many things of a sort there are: "4 sanctions"."""
    each = {"noun": what, "nouns": what if what.endswith("s") else f"{what}s"}
    return say_count("{number} {noun}", "{number} {nouns}", number, **each)


def _fallen(root: Node) -> Iterator[str]:
    """Say at once of what was asked about that it was retracted, or had not happened by then."""
    if root.retracted_by is not None:
        yield say("retracted")
    if doubt := by_then(root.as_of):
        yield doubt


def _grounds(root: Node, found: Derivation, once: ToldOnce) -> str:
    """Say what an event rests on by itself."""
    named = dict.fromkeys(each.event_id for each in root.rests_on)
    below = [found.nodes[each] for each in named if each in found.nodes]
    if not below and root.as_of == "no":
        return say("It rests on nothing that had happened by then.")
    if not below:
        return say("It rests on nothing that is on record.")
    said = punctuation("; ").join(
        say("{what} #{position}", what=once.gist(each), position=each.position) for each in below
    )
    return say("It rests on: {what}.", what=said)
