"""Say what the person concerned can do, where the report is for them."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say, to_say
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, say_line, strong
from answerable.projections.report.lookup import Lookup

APPEALABLE = ("finding-made", "sanction-imposed", "counterparty-barred", "decision-taken")
"""The kinds of event that an appeal can be against, and that are told of them."""


def remedies(lookup: Lookup) -> Iterator[Block]:
    """Say how to appeal, and how to dispute what is said."""
    if lookup.report.header.subject is not None:
        yield paragraph(strong(say("What you can do:")))
        yield bullets((_appeal(lookup), say(DISPUTE), *_not_told(lookup)))


DISPUTE = to_say(
    "Dispute what is not so: your dispute stands beside it on the record, and is not removed."
)


def _appeal(lookup: Lookup) -> Line:
    deciders = dict.fromkeys(who for each in lookup.report.decisions for who in each.deciders)
    against = (each for each in lookup.report.timeline if each.kind in APPEALABLE)
    numbers = lookup.cite(*(each.event_id for each in against if not each.struck))
    told = {"deciders": lookup.all_of(deciders) if deciders else (), "events": numbers}
    if deciders and numbers:
        return say_line(
            "Appeal to {deciders}, who decided, by the number of the event ({events}).", **told
        )
    if deciders:
        return say_line("Appeal to {deciders}, who decided, by the number of the event.", **told)
    if numbers:
        return say_line("Appeal, by the number of the event ({events}).", **told)
    return say_line("Appeal, by the number of the event.")


def _not_told(lookup: Lookup) -> Iterator[str]:
    if not any(each.deciders for each in lookup.report.decisions):
        yield say("The record does not tell who decided: ask the house to whom an appeal goes.")
    yield say("The record does not tell by when an appeal must be lodged.")
