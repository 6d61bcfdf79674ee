"""The report in an evidence bundle: what the bundle gives, to be read in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.domain.language.saying import to_say

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.ledger.bundle.writer import MadeBundle

MADE_FOR = to_say("whoever has the evidence bundle that it lies in")
"""Name whom the report in a bundle is for."""


def bundle_report(reader: Reader, made: MadeBundle) -> bytes:
    """Write the report that lies in a bundle, of what the bundle gives and of nothing else.

    Rules are judged by more of the record than a bundle gives: by roles, by like cases. So no
    verdict is told.

    Args:
        reader: the record.
        made: the bundle, but for the report.
    """
    from answerable.cli.shared.answering.version import version
    from answerable.domain.record import TreeHead
    from answerable.projections.pages.case_page import Carried, case_page
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of
    from answerable.projections.report.audience.given_reader import GivenReader
    from answerable.projections.report.looked import look
    from answerable.projections.report.report import Withheld, report_of

    case, head = made.case[0].case_id, TreeHead(made.checkpoint.size, made.checkpoint.root)
    given = GivenReader(reader, (*made.case, *made.others), made.open_fields, head)
    looked = look(given, case)
    report = report_of(looked, version=version())
    withheld = Withheld(
        texts=sum(made.withheld.values()),
        of_events=sum(
            len(event.fields["_sd"]) > len(made.open_fields[event.position])
            for event in (*made.case, *made.others)
        ),
        fields=tuple(sorted(made.withheld)),
    )
    header = report.header._replace(policies=(), made_for=MADE_FOR, withheld=withheld)
    content = content_of(report._replace(header=header, checks=()), looked)
    page = case_page(content, replay_of(looked, judged=False), Carried(beside=True))
    return page.encode()
