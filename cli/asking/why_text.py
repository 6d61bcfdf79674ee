"""The derivation of an answer on a terminal: a tree, and what is missing in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.answering.rules import rule_lines
from answerable.cli.shared.output import visible
from answerable.cli.shared.terminal.screen import fold, screen_width
from answerable.cli.shared.zone.asked import zone_asked
from answerable.cli.suggestions import suggested, times_words
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import label_words, punctuation, say, spoken
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.leading.told_once import numbers

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text
    from rich.tree import Tree

    from answerable.cli.asking.why_answer import WhyAnswer
    from answerable.cli.asking.why_head import ToldOnce
    from answerable.projections.grounds.proposals import Proposed
    from answerable.projections.why.node import Amendment, InCase, Node
    from answerable.projections.why.why import Derivation, TreeLine

DEEPEST = 12
"""The number of levels drawn. Further down, an event is asked about by itself."""


def drawn(answer: WhyAnswer) -> Iterator[RenderableType]:
    """Draw the answer: what it comes to, a tree for each root, and then what is missing."""
    from rich.text import Text

    from answerable.cli.asking.why_head import leading, told_once

    about, found = answer.about, answer.found
    once = told_once(answer)
    width = screen_width()
    for number, line in enumerate(leading(answer, once, _titles(answer))):
        for text in fold(line, width):
            yield Text(text, "" if number else "bold", no_wrap=True, overflow="ignore")
    if about is not None:
        if not found.roots:
            yield Text(say("Nothing is held against them: no finding, sanction or bar."))
            return
        if not any(CATALOGUE[found.nodes[each].kind].held_against for each in found.roots):
            yield Text(
                say("No finding, sanction or bar: what follows is alleged, agreed or provisional.")
            )
    for tree in _trees(answer, once):
        yield ""
        yield tree
    yield ""
    for each in _cut_off(found):
        command = suggested("why", each.position, *times_words(*answer.times, zone_asked()))
        below = say("Below #{position}: {command}", position=each.position, command=command)
        yield _unbroken(below)
    lacking = [(node, each.text) for node, each in found.lacking]
    yield from _listed(say("Not on record: {number}.", number=len(lacking)), lacking)
    flawed = list(found.flawed)
    yield from _listed(say("Problems: {number}.", number=len(flawed)), flawed, "bold red")
    if not any(found.lacking) and not any(found.flawed):
        yield Text(say("Nothing is missing."), "bold green")
    yield from _comparators(answer)
    yield from _rules(answer)


def _rules(answer: WhyAnswer) -> Iterator[RenderableType]:
    """Say which rules fail of what was asked about, case by case."""
    from rich.text import Text

    times = list(times_words(*answer.times, zone_asked()))
    for case, verdicts in answer.judged.items():
        for line in rule_lines(case, verdicts, times, now=answer.times.as_of is None):
            yield _unbroken(line.text) if line.style == "dim" else Text(line.text, line.style)


def _titles(answer: WhyAnswer) -> dict[str, str | None]:
    """Tell the titles of the cases, as far as their openings are in the derivation."""
    return {
        case.case_id: answer.texts[case.opened_by].text("title").value
        for case in answer.found.cases.values()
        if case.opened_by is not None
    }


def _cut_off(found: Derivation) -> Iterator[Node]:
    """Yield the events of which it is not drawn what they rest on."""
    from answerable.projections.why.why import tree_lines

    for line in tree_lines(found):
        if line.depth == DEEPEST and line.node.rests_on and not line.again:
            yield line.node


def _unbroken(text: str) -> Text:
    """Write a line that is not folded: a command in it can be taken as it stands."""
    from rich.text import Text

    return Text(text, "dim", no_wrap=True, overflow="ignore")


def _comparators(answer: WhyAnswer) -> Iterator[RenderableType]:
    """Say once where to look how like findings were answered, of those that have like ones."""
    alike = [
        node.position for node in answer.found.nodes.values() if node.event_id in answer.comparable
    ]
    if alike:
        times = times_words(*answer.times, zone_asked())
        command = suggested("compare", "--like", alike[0], *times)
        said = say("How like findings were answered: {command}", command=command)
        if alike[1:]:
            others = numbers(alike[1:])
            said = say("{what} (and {events})", what=said, events=others)
        yield _unbroken(said)


def _listed(
    what: str, found: list[tuple[Node, str]], style: str = "bold yellow"
) -> Iterator[RenderableType]:
    """List what is missing, or wrong: each thing once, with the events that it is so of."""
    from rich.text import Text

    if not found:
        return
    yield Text(what, style)
    cited: dict[str, list[int]] = {}
    for node, text in found:
        cited.setdefault(text, []).append(node.position)
    for text, positions in cited.items():
        for line in fold(f"  {visible(text)} {numbers(positions)}", screen_width()):
            yield Text(line, no_wrap=True, overflow="ignore")


def _trees(answer: WhyAnswer, once: ToldOnce) -> Iterator[Tree]:
    from rich.tree import Tree

    from answerable.projections.why.why import tree_lines

    path: list[Tree] = []
    ended: set[str] = set()
    for line in tree_lines(answer.found):
        if line.depth > DEEPEST:
            continue
        label = _label(line, answer, once)
        if line.depth == 0:
            if path:
                yield path[0]
            path = [Tree(label)]
        else:
            path[line.depth :] = [path[line.depth - 1].add(label)]
        if not line.again and not line.node.rests_on:
            case = answer.found.cases[line.node.case_id]
            above = case.case_id in ended or case.opened_by == line.node.event_id
            path[-1].add(_case(case, answer, above=above))
            ended.add(case.case_id)
    if path:
        yield path[0]


def _case(case: InCase, answer: WhyAnswer, *, above: bool) -> Text:
    """Draw the end of a chain: the case that it lies in."""
    from rich.text import Text

    from answerable.cli.shared.text import named, quoted
    from answerable.projections.wording.dates import date
    from answerable.projections.wording.vocabulary import state_words

    label = Text(say("case {case}", case=case.case_id), "bold")
    if above:
        place = _above(case.position) if case.position is not None else say("(above)")
        return label.append(f"  {place}", "dim")
    if case.opened_by is None:
        return label.append(f"\n{case.how}", "dim")
    opened = say("opened: {date}", date=date(case.opened, answer.zone_of(case.case_id)))
    state = state_words(case.state or "")
    label.append(f"\n#{case.position} · {opened} · {state}", "dim")
    title = answer.texts[case.opened_by].text("title")
    told = quoted(title.value) if title.state == "told" else state_words(title.state)
    label.append(f"\n{named('title', told)}")
    for name in ("organisation", "owner"):
        party = getattr(case, name)
        if party is not None:
            label.append(f"\n{named(name, visible(answer.known.called(party)))}")
    return label


def _above(position: int) -> str:
    return say("(#{position}, above)", position=position)


def _label(line: TreeLine, answer: WhyAnswer, once: ToldOnce) -> Text:
    from rich.text import Text

    from answerable.cli.shared.text import lines
    from answerable.projections.wording.answers import by_then, marked
    from answerable.projections.wording.dates import bound

    node = line.node
    label = Text()
    if line.field not in ("", "basis"):
        label.append(f"{_field(line.field)}{punctuation(': ')}")
    label.append(once.gist(node), "bold strike" if node.retracted_by else "bold")
    if line.again:
        return label.append(f"  {_above(node.position)}", "dim")
    label.append(f"\n{_facts(node, answer.zone_of(node.case_id), once)}", "dim")
    if node.became is not None:
        became = say(
            "became {measure} on appeal #{position}",
            measure=node.became.measure,
            position=node.became.position,
        )
        label.append(f"\n{marked(became, (by_then(node.became.as_of),))}", "magenta")
    if node.proposed is not None and not node.proposed.other_person:
        label.append(f"\n{visible(_proposed(node.proposed))}")
    for text in lines(answer.texts[node.event_id]):
        if text not in once.sources:
            label.append(f"\n{text}")
    for each in node.bounds:
        label.append(f"\n{bound(each)}")
    for text in _powers(node):
        label.append(f"\n{text}")
    for later in node.amendments:
        label.append(f"\n{visible(_amendment(node, later, answer))}", "magenta")
    for missing in node.missing:
        lacks = say("missing: {what}", what=visible(missing.text))
        label.append(f"\n{lacks}", "yellow")
    for problem in node.problems:
        wrong = say("problem: {what}", what=visible(problem))
        label.append(f"\n{wrong}", "red")
    if line.depth == DEEPEST and node.rests_on:
        below = say("… below: #{position}", position=node.position)
        label.append(f"\n{below}", "dim")
    return label


def _field(field: str) -> str:
    """Say the name of a field as it stands; in another language, as one says it."""
    return field if spoken() is None else label_words(field)


def _proposed(found: Proposed) -> str:
    """Say what was proposed before a finding or a sanction, and how this differs from it."""
    from answerable.projections.grounds.proposals import proposal_words

    return proposal_words(found)


def _facts(node: Node, zone: Zone, once: ToldOnce) -> str:
    """Say where an event is on record, when it happened, and how it stands."""
    from answerable.projections.wording.answers import appeal_mark, by_then, withdrawal_mark
    from answerable.projections.wording.dates import date
    from answerable.projections.wording.vocabulary import state_words

    marks = [
        f"#{node.position}",
        None if node.case_id == once.case else node.case_id,
        date(node.occurred, zone),
        None if node.standing == "asserted" else state_words(node.standing),
        by_then(node.as_of),
        None if node.state is None else state_words(node.state),
        appeal_mark(node.appeal),
        withdrawal_mark(node.withdrawn, node.withdrawn_from),
    ]
    return " · ".join(mark for mark in marks if mark)


def _powers(node: Node) -> Iterator[str]:
    """Say what an authority is known to bear; where it is not known to, a link is missing."""
    for power in node.powers:
        known = []
        if node.kind == "decision-taken":
            known = [say("held by one who decided")] if power.held == "yes" else []
            known += [say("in force then")] if power.in_force == "yes" else []
        elif power.covers == "yes":
            known = [say("covers the measure")]
        if known:
            bears = punctuation(", ").join(known)
            yield say("authority #{position}: {what}", position=power.position, what=bears)


def _amendment(node: Node, later: Amendment, answer: WhyAnswer) -> str:
    """Say what was recorded of an event later: who disputes it, how it read before."""
    from answerable.cli.shared.text import quoted
    from answerable.projections.wording.answers import by_then
    from answerable.projections.wording.dates import date

    number = f"#{later.position}"
    if later.kind == "correction":
        was = punctuation("; ").join(
            say("{field} was {value}", field=_field(each.field), value=_value(each.field, each.was))
            for each in node.readings
        )
        corrected = say("corrected {event}", event=number)
        shown = was and later.event_id == node.corrected_by[-1]
        return say("{what}: {detail}", what=corrected, detail=was) if shown else corrected
    told = answer.texts[later.event_id]
    reason = told.text("ground" if later.kind == "dispute" else "reason")
    if later.kind == "retraction":
        said = say("retracted {event}", event=number)
    else:
        doubt = by_then(later.as_of)
        cited = say("{what} ({marks})", what=number, marks=doubt) if doubt else number
        day = date(later.occurred, answer.zone_of(node.case_id))
        if later.by is None:
            said = say("disputed, {date}, {event}", date=day, event=cited)
        else:
            who = answer.known.called(later.by)
            said = say("disputed by {party}, {date}, {event}", party=who, date=day, event=cited)
    if reason.state != "told":
        return said
    return say("{what}: {detail}", what=said, detail=quoted(reason.value))


def _value(field: str, value: object) -> str:
    from answerable.projections.wording.vocabulary import field_words

    return field_words(field, value)
