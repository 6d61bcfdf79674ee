"""The last section of a report: what it holds for."""

from __future__ import annotations

from datetime import datetime

from answerable.projections.blocks.blocks import Section, row, table
from answerable.projections.blocks.spans import Words, code, line
from answerable.projections.report.lookup import Lookup, moment, value
from answerable.projections.report.report import Header
from answerable.projections.wording.dates import zone_words


def record(lookup: Lookup) -> Section:
    """Write what the report was made from, and as of when, as a table."""
    header = lookup.report.header
    rows: tuple[tuple[str, Words], ...] = (
        ("Case", line(code(header.case_id), f", {header.events:,} events")),
        ("Organisation", lookup.party(header.organisation)),
        ("Jurisdiction", value(header.jurisdiction)),
        ("Owner", lookup.party(header.owner)),
        ("As of", _asked(header, header.as_of, "the present")),
        ("Known by", _asked(header, header.known_by, "the whole record")),
        ("Zone", "UTC; the case tells none" if not header.zone.known else zone_words(header.zone)),
        ("Judged by", _judged_by(header)),
        ("Made by", f"answerable {header.version}"),
        ("Record", line(f"{header.tree_size:,} entries, root ", code(header.root))),
        *((f"Exhibit #{each.position}", code(each.digest)) for each in lookup.report.exhibits),
    )
    told = table(("", ""), [row(head, said) for head, said in rows])
    return Section("record", "What this report holds for", (told,))


def _judged_by(header: Header) -> str:
    """Name the policies that the case was judged by, and whose they are."""
    names = ", ".join(each.replace("@", " ") for each in header.policies)
    return names if header.adopted else f"{names}: shipped with answerable, adopted by nobody here"


def _asked(header: Header, at: datetime | None, nothing: str) -> str:
    return nothing if at is None else moment(at, header.zone)
