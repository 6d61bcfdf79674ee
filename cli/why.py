"""`answerable why`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from answerable.cli.base import (
    console,
    json_option,
    ledger_option,
    open_ledger,
    times_options,
    visible,
    write_json,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text
    from rich.tree import Tree

    from answerable.ledger.ledger import Ledger
    from answerable.projections.derivation import Derivation, Line, Node
    from answerable.projections.names import Names
    from answerable.projections.texts import Sealed

DEEPEST = 12
"""How many levels are drawn. Further down, an event is asked about by itself."""


@click.command("why")
@click.argument("what", metavar="PERSON|EVENT")
@times_options
@ledger_option
@json_option
def command(
    what: str,
    as_of: datetime | None,
    known_by: datetime | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Show what a sanction, or anything said of a person, rests on.

    Of a person: every finding, sanction and bar against them, in every case. Of an event: that
    event. Below each stands what it rests on, down to the evidence, and what is not on record.

    PERSON is a pseudonym or a registered name. EVENT is an event id, at least the first 8 letters
    of it, or its position.

    \b
    Example:
      answerable why person-2
      answerable why "Xu Fei" --as-of 2026-01-05
      answerable why 20
    """
    from answerable.projections.names import names

    with open_ledger(ledger) as opened:
        known = names(opened, known_by=known_by)
        about, found = _derived(opened, what, known, known_by, as_of)
        texts = _texts(opened, found, known_by)
        head = opened.head()
        if about is not None:
            known.of(about)
    if as_json:
        asked = {"about": about, "as_of": as_of, "known_by": known_by, **head._asdict()}
        _write_json(asked, found, texts)
        return
    from answerable.cli.texts import holds_for

    out = console()
    out.print(holds_for(as_of, known_by, head), style="dim")
    for each in _drawn(about, found, known, texts):
        out.print(each)


def _derived(
    ledger: Ledger, what: str, known: Names, known_by: datetime | None, as_of: datetime | None
) -> tuple[str | None, Derivation]:
    """The party asked about, if it is one, and the derivation."""
    from answerable.cli.references import ID_START, POSITION, find_event, party
    from answerable.projections.derivation import why_event, why_person
    from answerable.projections.errors import NotFound
    from answerable.projections.names import names

    wanted = what.strip().lower()
    if POSITION.fullmatch(wanted) or ID_START.fullmatch(wanted):
        event = find_event(ledger, what)
        found = why_event(ledger, event, known_by=known_by, as_of=as_of, called=known.called)
        if not found.roots:
            raise NotFound(f"the event {event.event_id} was not on record by then.")
        return None, found
    who = party(ledger, what)
    found = why_person(ledger, who, known_by=known_by, as_of=as_of, called=known.called)
    if not found.roots and names(ledger).of(who).state == "unregistered":
        raise NotFound(
            f"no finding, sanction or bar is about {who!r}, and no party is registered so.",
            hint="Give a pseudonym, a registered name, an event id or a position.",
        )
    return who, found


def _texts(ledger: Ledger, found: Derivation, known_by: datetime | None) -> dict[str, Sealed]:
    """What is sealed in the events of a derivation, by event id."""
    from answerable.projections.facts import of_case
    from answerable.projections.texts import opened_all

    texts: dict[str, Sealed] = {}
    for case_id in dict.fromkeys(node.case_id for node in found.nodes.values()):
        facts = of_case(ledger, case_id, known_by=known_by)
        own = (each for each in found.nodes if each in facts.facts)
        texts.update(opened_all(ledger, facts, [facts.facts[each] for each in own]))
    return texts


def _write_json(
    asked: Mapping[str, object], found: Derivation, texts: Mapping[str, Sealed]
) -> None:
    from answerable.projections.plain import plain

    told = plain(found)
    for event_id, node in told["nodes"].items():
        node["sealed"] = plain(texts[event_id].told)
        node["erased"] = plain(texts[event_id].erased)
    write_json({**plain(asked), **told})


def _drawn(
    about: str | None, found: Derivation, known: Names, texts: Mapping[str, Sealed]
) -> Iterator[RenderableType]:
    from rich.text import Text

    if about is not None:
        name = known.of(about).name
        yield Text(visible(about if name is None else f"{name} ({about})"), "bold")
        if not found.roots:
            yield Text("Nothing is held against them: no finding, sanction or bar.")
            return
    for tree in _trees(found, texts):
        yield tree
        yield ""
    gaps = sum(len(node.missing) for node in found.nodes.values())
    flaws = sum(len(node.problems) for node in found.nodes.values())
    if gaps or flaws:
        yield Text(f"Not on record: {gaps}. Problems: {flaws}.", "bold yellow")
    else:
        yield Text("Nothing is missing.", "bold green")


def _trees(found: Derivation, texts: Mapping[str, Sealed]) -> Iterator[Tree]:
    from rich.tree import Tree

    from answerable.projections.derivation import outline

    path: list[Tree] = []
    for line in outline(found):
        if line.depth > DEEPEST:
            continue
        label = _label(line, texts[line.node.event_id])
        if line.depth == 0:
            if path:
                yield path[0]
            path = [Tree(label)]
        else:
            path[line.depth :] = [path[line.depth - 1].add(label)]
    if path:
        yield path[0]


def _label(line: Line, sealed: Sealed) -> Text:
    from rich.text import Text

    from answerable.cli.texts import lines

    node = line.node
    label = Text()
    if line.field not in ("", "basis"):
        label.append(f"{line.field}: ")
    label.append(visible(node.gist), "bold strike" if node.retracted_by else "bold")
    if line.again:
        return label.append(f"  (#{node.position}, above)", "dim")
    label.append(f"\n{_facts(node)}", "dim")
    for text in lines(sealed):
        label.append(f"\n{text}")
    for missing in node.missing:
        label.append(f"\nmissing: {visible(missing.text)}", "yellow")
    for problem in node.problems:
        label.append(f"\nproblem: {visible(problem)}", "red")
    if line.depth == DEEPEST and node.rests_on:
        label.append(f"\n… below: answerable why {node.position}", "dim")
    return label


def _facts(node: Node) -> str:
    """Where it is on record, when it happened, how it stands."""
    from answerable.cli.texts import date

    marks = [
        f"#{node.position}",
        node.case_id,
        date(node.occurred),
        node.standing,
    ]
    if node.as_of == "unknown":
        marks.append("may not have happened by then")
    if node.appeal != "none":
        marks.append(f"appeal {node.appeal.replace('-', ' ')}")
    marks += [
        mark
        for mark, those in (
            ("disputed", node.disputed_by),
            ("corrected", node.corrected_by),
            ("retracted", node.retracted_by),
        )
        if those
    ]
    return " · ".join(marks)
