"""Say what is still to be done, in short."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds.catalogue.kind import OpenItem
from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, say_line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital
from answerable.projections.wording.obligation import BREACHED, OVERDUE, open_spelt, open_words

UNEXECUTED = to_say("no execution on record")
"""Said where sanctions are told to be open: they were imposed, and no more is known."""

TO_EXECUTE = "sanction to execute"
"""Name what is open of a sanction not executed on record, nor held up by anything."""


def still_open(lookup: Lookup) -> Iterator[Block]:
    """Say what is still open, alike things together, what is overdue first."""
    found: dict[tuple[OpenItem, str], list[str]] = {}
    for each in sorted(lookup.report.open, key=lambda each: each.overdue != "yes"):
        found.setdefault((each.what, _mark(each)), []).append(each.event_id)
    if found:
        yield paragraph(strong(say("Still open:")))
        yield bullets(_item(lookup, *each, events) for each, events in found.items())


def _item(lookup: Lookup, what: OpenItem, mark: str, events: list[str]) -> Line:
    said = capital(open_spelt(len(events), what))
    cited = lookup.cite(*events)
    if mark:
        return say_line("{what}, {mark} ({events}).", what=said, mark=mark, events=cited)
    if what == TO_EXECUTE:
        why = say(UNEXECUTED)
        return say_line("{what} ({events}; {why}).", what=said, events=cited, why=why)
    return say_line("{what} ({events}).", what=said, events=cited)


def _mark(each: Obligation) -> str:
    """Say what else is to be said of something that is open; "" where there is nothing."""
    if each.open == "unknown":
        return open_words(each.open)
    breached = (say(BREACHED),) if each.breached == "yes" else ()
    overdue = (say(OVERDUE),) if each.overdue == "yes" else ()
    return punctuation(", ").join((*breached, *overdue))
