"""The report in an evidence bundle: what the bundle gives, to be read in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from answerable.domain.language.saying import to_say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from answerable.domain.reader import Reader
    from answerable.domain.record import RecordedEvent, TreeHead
    from answerable.ledger.bundle.writer import MadeBundle

MADE_FOR = to_say("whoever has the evidence bundle that it lies in")
"""Name whom the report in a bundle is for."""


def bundle_report(reader: Reader, made: MadeBundle) -> bytes:
    """Write the report that lies in a bundle, of what the bundle gives and of nothing else.

    Args:
        reader: the record.
        made: the bundle, but for the report.
    """
    from answerable.domain.record import TreeHead

    head = TreeHead(made.checkpoint.size, made.checkpoint.root)
    given = Given(made.case[0].case_id, (*made.case, *made.others), made.open_fields, head)
    return given_page(reader, given, made.withheld, made.closed).encode()


class Given(NamedTuple):
    """Hold what a bundle gives: the case, entries, the open fields of each, and the head."""

    case: str
    events: Sequence[RecordedEvent]
    open_fields: Mapping[int, Collection[str]]
    head: TreeHead


def given_page(
    reader: Reader, told: Given, counts: Mapping[str, int], closed: Mapping[int, Mapping[str, str]]
) -> str:
    """Write the report on what is given.

    Rules are judged by more of the record than a bundle gives: by roles, by like cases. So no
    verdict is told.

    Args:
        reader: the record, or as much of it as is given.
        told: what is given.
        counts: how many texts of each field are withheld.
        closed: the fields of each event that are not given, by its position.
    """
    from answerable.cli.shared.answering.version import version
    from answerable.projections.pages.case_page import Carried, case_page
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of
    from answerable.projections.report.audience.given_reader import GivenReader
    from answerable.projections.report.looked import look
    from answerable.projections.report.report import Withheld, report_of

    looked = look(GivenReader(reader, told.events, told.open_fields, told.head), told.case)
    report = report_of(looked, version=version())
    withheld = Withheld(
        texts=sum(counts.values()),
        of_events=sum(
            len(event.fields["_sd"]) > len(told.open_fields[event.position])
            for event in told.events
        ),
        fields=tuple(sorted(counts)),
    )
    header = report.header._replace(
        policies=(), policy_titles=(), made_for=MADE_FOR, withheld=withheld
    )
    content = content_of(report._replace(header=header, checks=()), looked)
    return case_page(content, replay_of(looked, judged=False), Carried(beside=True, closed=closed))
