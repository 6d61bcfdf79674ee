"""The last section of a report: what it holds for."""

from __future__ import annotations

from datetime import datetime

from answerable.projections.blocks.blocks import Section, row, table
from answerable.projections.blocks.spans import Words, code, line
from answerable.projections.report.lookup import Lookup, moment, value
from answerable.projections.report.report import Header, Withheld
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import zone_words
from answerable.projections.wording.vocabulary import label


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
        ("For", header.made_for or "whoever may see the whole record"),
        ("Withheld", withheld_words(header.withheld)),
        ("Made by", f"answerable {header.version}"),
        ("Record", line(f"{header.tree_size:,} entries, root ", code(header.root))),
        *((f"Exhibit #{each.position}", code(each.digest)) for each in lookup.report.exhibits),
    )
    told = table(("", ""), [row(head, said) for head, said in rows])
    return Section("record", "What this report holds for", (told,))


def withheld_words(withheld: Withheld) -> str:
    """Say what is withheld: "7 texts of 5 events (name, reason); 3 events whole"; "nothing"."""
    said = []
    if withheld.texts:
        texts, events = counted(withheld.texts, "text"), counted(withheld.of_events, "event")
        said.append(f"{texts} of {events} ({', '.join(map(label, withheld.fields))})")
    if withheld.events:
        said.append(f"{counted(withheld.events, 'event')} whole")
    return "; ".join(said) or "nothing"


def _judged_by(header: Header) -> str:
    """Name the policies that the case was judged by, and whose they are."""
    names = ", ".join(each.replace("@", " ") for each in header.policies)
    return names if header.adopted else f"{names}: shipped with answerable, adopted by nobody here"


def _asked(header: Header, at: datetime | None, nothing: str) -> str:
    return nothing if at is None else moment(at, header.zone)
