"""The last section of a report: what it holds for."""

from __future__ import annotations

from datetime import datetime

from answerable.domain.language.saying import punctuation, say, say_as, say_count
from answerable.projections.blocks.blocks import Section, row, table
from answerable.projections.blocks.spans import Line, Words, code, joined, say_line
from answerable.projections.conformance.judgement import title_words
from answerable.projections.report.lookup import Lookup, moment, value
from answerable.projections.report.report import Header, Withheld
from answerable.projections.wording.dates import zone_words
from answerable.projections.wording.vocabulary import label


def record(lookup: Lookup) -> Section:
    """Write what the report was made from, and as of when, as a table."""
    header = lookup.report.header
    rows: tuple[tuple[str, Words], ...] = (
        (say("Case"), _case(header)),
        (say("Organisation"), lookup.party(header.organisation)),
        (say("Jurisdiction"), value(header.jurisdiction)),
        (say("Owner"), lookup.party(header.owner)),
        (say("As of"), _asked(header, header.as_of, say("the present"))),
        (say("Known by"), _asked(header, header.known_by, say("the whole record"))),
        (say("Zone"), _zone(header)),
        (say("Judged by"), _judged_by(header)),
        (say_as("reader", "For"), made_for_words(header)),
        (say("Withheld"), withheld_words(header.withheld)),
        (say("Made by"), f"answerable {header.version}"),
        (say("Record"), _tree(header)),
        *(
            (say("Exhibit #{position}", position=each.position), code(each.digest))
            for each in lookup.report.exhibits
        ),
    )
    told = table(("", ""), [row(head, said) for head, said in rows])
    return Section("record", say("What this report holds for"), (told,))


def made_for_words(header: Header) -> str:
    """Say whom the report is for."""
    return say(header.made_for) if header.made_for else say("whoever may see the whole record")


def withheld_words(withheld: Withheld) -> str:
    """Say what is withheld: "7 texts of 5 events (name, reason); 3 events whole"; "nothing"."""
    said = []
    if withheld.texts:
        texts = say_count("{number} text", "{number} texts", withheld.texts)
        fields = say_as("list", ", ").join(dict.fromkeys(map(label, withheld.fields)))
        events = _events(withheld.of_events)
        said.append(
            say("{texts} of {events} ({fields})", texts=texts, events=events, fields=fields)
        )
    if withheld.events:
        said.append(say("{events} whole", events=_events(withheld.events)))
    return punctuation("; ").join(said) or say("nothing")


def _events(number: int) -> str:
    return say_count("{number} event", "{number} events", number)


def _case(header: Header) -> Words:
    return say_line("{case}, {events}", case=code(header.case_id), events=_events(header.events))


def _tree(header: Header) -> Words:
    """Say how long the log was, and the root of the tree over it."""
    entries = say_count("{number} entry", "{number} entries", header.tree_size)
    return say_line("{entries}, root {root}", entries=entries, root=code(header.root))


def _zone(header: Header) -> str:
    return zone_words(header.zone) if header.zone.known else say("UTC; the case tells none")


def _judged_by(header: Header) -> Words:
    """Name the policies that the case was judged by, and whose they are."""
    if not header.policies:
        return say("no policy: rules are judged by more of the record than is given")
    names = joined(punctuation("; "), (_policy(header, each) for each in header.policies))
    if header.adopted:
        return names
    return say_line("{policies}: shipped with answerable, adopted by nobody here", policies=names)


def _policy(header: Header, name: str) -> Line:
    title = title_words(header.policy_title(name), adopted=header.adopted)
    return say_line("{title} ({name})", title=title, name=code(name))


def _asked(header: Header, at: datetime | None, nothing: str) -> str:
    return nothing if at is None else moment(at, header.zone)
