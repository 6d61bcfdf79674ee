"""The appendix of a report: what its sources are, and the ids of its events."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.output.markdown_text import escaped, table
from answerable.projections.report.page import Page
from answerable.projections.timeline.timeline import Entry

UNTOLD = "none told"


def appendix(page: Page) -> Iterator[str]:
    """List each source once with the events that it tells of, and the id of each event."""
    told: dict[str, list[str]] = {}
    for entry in page.report.timeline:
        for source in _sources(page, entry):
            told.setdefault(source, []).append(entry.event_id)
    yield "## Appendix: the sources"
    yield "\n".join(f"- {source}: {page.cite(*events)}" for source, events in told.items())
    yield "## Appendix: the events"
    yield table(
        ("#", "Event id", "Kind"),
        [(f"#{each.position}", f"`{each.event_id}`", each.kind) for each in page.report.timeline],
    )


def _sources(page: Page, entry: Entry) -> list[str]:
    text = page.text(entry.event_id, "sources")
    if text.state != "told":
        return [UNTOLD if text.state == "not told" else text.state]
    return [
        ", ".join(escaped(source[key]) for key in ("title", "url", "digest") if source.get(key))
        for source in text.value
    ]
