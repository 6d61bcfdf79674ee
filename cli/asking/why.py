"""`answerable why`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.asking.why_answer import WhyAnswer
from answerable.cli.asking.why_text import drawn
from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import console, write_json
from answerable.cli.shared.zone.asked import this_moment, zones_of
from answerable.cli.shared.zone.moments import asked_json, localised, verdicts_as_of
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.counts import capital

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.judgement import Verdict
    from answerable.projections.facts.names import NameOf, Names
    from answerable.projections.why.why import Derivation


UNFOLDED = 100_000
"""The columns in which a tree is drawn that goes into a pipe: its lines are not folded."""


@click.command("why", cls=PagedCommand)
@click.argument("what", metavar="PERSON|EVENT")
@click.option(
    "--graph",
    type=Choice(("prov", "dot")),
    help="Write the graph instead: W3C PROV-JSON, or DOT for Graphviz.",
)
@click.option("--names", "named", is_flag=True, help="Call parties by their names in the graph.")
@times_options
@ledger_option
@answer_formats("derivation", "lacking", "verdicts", usual="derivation")
def command(
    what: str,
    graph: str | None,
    named: bool,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show what a sanction, or anything said of a person, rests on.

    Of a person: every finding, sanction and bar against them, in every case. Of an event: that
    event. Below each stands what it rests on, down to the evidence and the case, and what is not
    on record; all that is missing is listed at the end.

    PERSON is a pseudonym or a registered name. EVENT is an event id, at least the first 8 letters
    of it, or its position.

    A graph has no sealed text in it, and pseudonyms for names unless --names is given.

    \b
    Example:
      answerable why person-2
      answerable why "Xu Fei" --as-of 2026-01-05
      answerable why 20
      answerable why 20 --graph dot | dot -Tsvg > 20.svg
      answerable why 20 --graph prov --output 20.json
    """
    if graph is None and named:
        raise click.UsageError("--names is for a --graph: all else calls parties by name.")
    if graph is not None:
        form = form.also(graph, "--graph")
    from answerable.projections.facts.names import names

    times = Times(as_of, known_by)
    with open_to_ask(ledger, views=True, named=True) as opened:
        known = names(opened, known_by=known_by)
        name_of = str if graph is not None and not named else known.called
        about, found = _derived(opened, what, times, name_of)
        if graph is not None:
            sys.stdout.buffer.write(_graph(opened, graph, found, times, name_of))
            sys.stdout.buffer.flush()
            return
        from answerable.projections.why.disclosed import disclosed

        texts = disclosed(opened, found)
        alike, zone_of = _comparable(opened, found, times), zones_of(opened, known_by)
        now = this_moment()
        judged = _judged(opened, found, known, times, now)
        answer = WhyAnswer(about, found, known, texts, times, alike, zone_of, judged)
        if form.tabular:
            _write_tables(opened, form, answer)
            return
        head = opened.head()
        zone = _zone(opened, found, known_by)
        if form.name == "json":
            asked = asked_json(as_of, known_by, head, zone or opened.zone)
            asked |= verdicts_as_of(as_of, now, zone or opened.zone)
            _write_json(answer, asked, opened.zone, zones_of(opened, known_by))
            return
        out = console()
        if not out.is_terminal:
            out.width = UNFOLDED
        if asked_about := asked_line(as_of, known_by, zone):
            out.print(capital(asked_about), style="dim")
        for each in drawn(answer):
            out.print(each)
        out.print()
        out.print(head_line(head), style="dim")


def _derived(
    ledger: Ledger,
    what: str,
    times: Times,
    name_of: NameOf,
) -> tuple[str | None, Derivation]:
    """Return the party asked about, if it is one, and the derivation."""
    from answerable.cli.shared.references import ID_START, POSITION, find_event, party
    from answerable.domain.search.folding import name_key
    from answerable.projections.errors import NotFound
    from answerable.projections.facts.names import names
    from answerable.projections.why.why import why_event, why_person

    reference = name_key(what)
    if POSITION.fullmatch(reference) or ID_START.fullmatch(reference):
        try:
            event = find_event(ledger, what)
        except NotFound:
            # A pseudonym may look like the beginning of an id.
            if names(ledger).of(reference).state == "unregistered":
                raise
        else:
            found = why_event(ledger, event, **times._asdict(), name_of=name_of)
            if not found.roots:
                raise NotFound(f"the event {event.event_id} was not on record by then.")
            return None, found
    who = party(ledger, what)
    found = why_person(ledger, who, **times._asdict(), name_of=name_of)
    if not found.roots and names(ledger).of(who).state == "unregistered":
        raise NotFound(
            f"no finding, sanction or bar is about {who!r}, and no party is registered so.",
            hint="Give a pseudonym, a registered name, an event id or a position.",
        ).seeking("party", who)
    return who, found


def _comparable(ledger: Ledger, found: Derivation, times: Times) -> set[str]:
    """Find the findings of a derivation that `compare --like` takes."""
    from answerable.projections.consistency.units import units
    from answerable.projections.facts.record_view import RecordView

    record = RecordView(ledger, *times)
    return {unit.event_id for facts in found.facts for unit in units(record.look_at(facts))}


def _judged(
    ledger: Ledger, found: Derivation, known: Names, times: Times, now: Asked
) -> Mapping[str, tuple[Verdict, ...]]:
    """Judge what was asked about, and what it rests on, by the policies in force, by case."""
    from answerable.projections.conformance.saying.in_brief import verdicts_about

    asked: dict[str, set[str]] = {}
    cases = {found.nodes[event_id].case_id for event_id in found.roots}
    for node in found.nodes.values():
        if node.case_id in cases:
            asked.setdefault(node.case_id, set()).add(node.event_id)
    return {
        case: verdicts_about(ledger, case, known, events, **times._asdict(), now=now)
        for case, events in asked.items()
    }


def _graph(
    ledger: Ledger,
    form: str,
    found: Derivation,
    times: Times,
    name_of: NameOf,
) -> bytes:
    from answerable.projections.why.prov import question

    zone = _zone(ledger, found, times.known_by) or ledger.zone
    asked = question(ledger, *times, zone)
    if form == "dot":
        from answerable.projections.why.graphviz import dot

        return dot(found, asked).encode()
    from answerable.projections.why.prov import prov_json, provenance

    return prov_json(provenance(found, asked, name_of))


def _write_tables(opened: Ledger, form: Form, answer: WhyAnswer) -> None:
    from answerable.cli.shared.formats.writing import write_answer
    from answerable.projections.conformance.in_force.versions import versions_of
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.registers.asking.why import WhyWords, why_registers
    from answerable.projections.titles import Titles

    found = answer.found
    cases = {node.case_id for node in found.nodes.values()}
    events = (fact.event for facts in found.facts for fact in facts.facts.values())
    positions = {event.event_id: event.position for event in events}
    title_of = Titles(opened, answer.times.known_by).of
    policies = versions_of(RecordView(opened, *answer.times)).titles
    words = WhyWords(answer.known.called, title_of, positions, policies)
    made = why_registers(found, answer.judged, words)
    case = cases.pop() if len(cases) == 1 else None
    write_answer(opened, form, made, *answer.times, case=case)


def _zone(opened: Ledger, found: Derivation, known_by: Asked | None) -> Zone | None:
    """Return the zone of the case of all that is asked about; None where there are several."""
    zone_of = zones_of(opened, known_by)
    zones = {zone_of(found.nodes[root].case_id) for root in found.roots}
    return zones.pop() if len(zones) == 1 else None


def _write_json(
    answer: WhyAnswer, asked: dict[str, Any], zone: Zone, zone_of: Callable[[str], Zone]
) -> None:
    from answerable.domain.answers import json_value

    found, texts = answer.found, answer.texts
    value = json_value(found._replace(facts=()))
    del value["facts"]
    for event_id, node in value["nodes"].items():
        node["sealed"] = json_value(texts[event_id].told)
        node["erased"] = json_value(texts[event_id].erased)
        for later in node["amendments"]:
            later["sealed"] = json_value(texts[later["event_id"]].told)
    for case in value["cases"].values():
        opening = case["opened_by"]
        case["title"] = None if opening is None else texts[opening].text("title").value
    value["missing"] = [
        {"event_id": node.event_id, "position": node.position, **json_value(each)}
        for node, each in found.lacking
    ]
    value["verdicts"] = json_value(answer.judged)
    value["problems"] = [
        {"event_id": node.event_id, "position": node.position, "text": each}
        for node, each in found.flawed
    ]
    parties = dict.fromkeys((*([] if answer.about is None else [answer.about]), *found.parties))
    value = localised(value, zone, zone_of)
    value["parties"] = json_value([answer.known.of(party) for party in parties])
    write_json({"about": answer.about, **asked, **value})
