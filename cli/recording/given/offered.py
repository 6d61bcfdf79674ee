"""Say what an event plainly rests on, with the command that records it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.suggestions import suggested

if TYPE_CHECKING:
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.facts import Fact


def offered(view: CaseView, fact: Fact) -> Iterator[str]:
    """Say which event one lacks as its basis, where only one can be meant; else nothing.

    Args:
        view: its case.
        fact: the event as it stands.
    """
    from answerable.projections.grounds.plain_links import plain_links

    offer = plain_links(view, fact)
    if offer is not None:
        named = " and ".join(f"#{each.position} ({each.text})" for each in offer.found)
        it = "it" if len(offer.found) == 1 else "them"
        yield f"There is only {named}. If this rests on {it}: {suggested(*offer.words)}"
