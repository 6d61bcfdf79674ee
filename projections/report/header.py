"""Tell what a report is about, and what it holds for: the first lines, and the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from answerable.projections.output.markdown_text import escaped, table
from answerable.projections.report.page import Page, moment, text_words, value
from answerable.projections.report.report import Header
from answerable.projections.wording.dates import zone_words

INCIDENT = "incident-occurred"
"""The kind of event that tells what the case is about."""


def subject(page: Page) -> Iterator[str]:
    """Say which case it is and what happened, and as of when it is told."""
    header = page.report.header
    about = [f"Case `{header.case_id}`"]
    if header.organisation is not None:
        about.append(page.party(header.organisation))
    for word, at in (("as of", header.as_of), ("as known by", header.known_by)):
        if at is not None:
            about.append(f"{word} {moment(at, header.zone)}")
    yield f"{', '.join(about)}."
    if header.summary.state == "told":
        yield text_words(header.summary)
    incidents = [
        f"{escaped(entry.now or entry.gist)} ({page.cite(entry.event_id)})."
        for entry in page.report.timeline
        if entry.kind == INCIDENT and not entry.struck
    ]
    if incidents:
        yield "\n".join(incidents)


def record(page: Page) -> str:
    """Write what the report was made from, and as of when, as a table."""
    header = page.report.header
    rows = [
        ("Case", f"`{header.case_id}`, {header.events:,} events"),
        ("Organisation", page.party(header.organisation)),
        ("Jurisdiction", value(header.jurisdiction)),
        ("Owner", page.party(header.owner)),
        ("As of", _asked(header, header.as_of, "the present")),
        ("Known by", _asked(header, header.known_by, "the whole record")),
        ("Zone", "UTC; the case tells none" if not header.zone.known else zone_words(header.zone)),
        ("Judged by", _judged_by(header)),
        ("Record", f"{header.tree_size:,} entries, root `{header.root}`"),
        ("Made by", f"answerable {escaped(header.version)}"),
    ]
    return table(("", ""), rows)


def _judged_by(header: Header) -> str:
    """Name the policies that the case was judged by, and whose they are."""
    names = ", ".join(escaped(each.replace("@", " ")) for each in header.policies)
    return names if header.adopted else f"{names}: shipped with answerable, adopted by nobody here"


def _asked(header: Header, at: datetime | None, nothing: str) -> str:
    return nothing if at is None else moment(at, header.zone)
