"""Hold that the page of any case is what answerable makes again of the record that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.signed_ledger import house

from answerable.cli.proving.again.made_again import Compared, words_of
from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.version import version
from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.ledger.bundle.in_page.embedded import OPENING
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.projections.report.audience.audiences import FIELDS, Audience, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of


def pages(ledger: Ledger, case: str) -> Iterator[tuple[Audience | None, bytes]]:
    """Yield the page of a case, whole and for the board and the public."""
    looked = look(ledger, case)
    yield None, content(Made(report_of(looked, version=version()), ledger, looked), "html")
    audiences: tuple[Audience, ...] = ("board", "public")
    for audience in audiences:
        gated = report_for(ledger, case, For(audience), version=version())
        fields = FIELDS.get(audience, ())
        shown = Made(gated.report, ledger, gated.looked, fields, gated.part)
        yield audience, content(shown, "html")


@settings(max_examples=examples(5), deadline=None)
@given(histories(cases=("alpha", "beta"), without=(), min_events=8, max_events=20))
def test_a_page_follows_from_what_it_carries_whatever_refers_to_what(events: list[Event]) -> None:
    """Cases rest on one another, correct one another's parties, and erase one another's texts."""
    with TemporaryDirectory() as name:
        made = house(Path(name))
        with made.ledger as ledger:
            for event in events:
                with suppress(Refused):  # by a legal hold
                    ledger.append(event, recorded_by="jane")
            made.sign()
            for each in list(ledger.cases()):
                for audience, page in pages(ledger, each.case_id):
                    if OPENING.encode() not in page:
                        assert audience == "public"  # who may be shown nothing
                        continue
                    found = verify_bundle(extracted(page), Trust(()), page=page)
                    assert found.verified
                    words = words_of(found, page)
                    if audience == "public":  # It may be far from what it carries, but no lie.
                        assert (words.differs, words.whole) == ((), False)
                    else:
                        assert words == Compared("page", "the page"), audience
