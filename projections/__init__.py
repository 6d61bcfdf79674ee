"""Fold events into what they amount to: registers, rationales, verdicts and reports.

What programs use of it. A question about one case is asked of a view of it, and named for what it
gives: `accountability_of(RecordView(ledger).case("acme"))`. A question about the record is asked of
a reader, which a ledger is. Both can be asked as of a moment, and as known by one.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.projections.accountability.accountability import (
        Accountability,
        Finding,
        Person,
        Sanction,
        accountability_of,
    )
    from answerable.projections.accountability.bars import Bar, bars_of
    from answerable.projections.accountability.obligations import Obligation, obligations_of
    from answerable.projections.bar_register import all_bars
    from answerable.projections.errors import NotFound
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.facts import CaseFacts, Fact, fold
    from answerable.projections.facts.names import Name, Names, names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.gaps import Need, needs
    from answerable.projections.metrics.metrics import Metrics, metrics_of
    from answerable.projections.replay.replay import ReplayStep, replay_all, replay_case
    from answerable.projections.report.report import Report, report_on
    from answerable.projections.status.status import (
        CaseOverview,
        PersonOverview,
        overview_of,
        overview_of_each,
        overview_of_person,
    )
    from answerable.projections.timeline.timeline import Entry, timeline_of
    from answerable.projections.why.why import Derivation, why_event, why_person
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "accountability.accountability": (
                "Accountability Finding Person Sanction accountability_of"
            ),
            "accountability.bars": "Bar bars_of",
            "accountability.obligations": "Obligation obligations_of",
            "bar_register": "all_bars",
            "why.why": "Derivation why_event why_person",
            "errors": "NotFound",
            "facts.case_view": "CaseView",
            "facts.facts": "CaseFacts Fact fold",
            "facts.names": "Name Names names",
            "facts.record_view": "RecordView",
            "gaps": "Need needs",
            "metrics.metrics": "Metrics metrics_of",
            "replay.replay": "ReplayStep replay_all replay_case",
            "report.report": "Report report_on",
            "status.status": (
                "CaseOverview PersonOverview overview_of overview_of_each overview_of_person"
            ),
            "timeline.timeline": "Entry timeline_of",
        },
    )

__all__ = [
    "Accountability",
    "Bar",
    "CaseFacts",
    "CaseOverview",
    "CaseView",
    "Derivation",
    "Entry",
    "Fact",
    "Finding",
    "Metrics",
    "Name",
    "Names",
    "Need",
    "NotFound",
    "Obligation",
    "Person",
    "PersonOverview",
    "RecordView",
    "ReplayStep",
    "Report",
    "Sanction",
    "accountability_of",
    "all_bars",
    "bars_of",
    "fold",
    "metrics_of",
    "names",
    "needs",
    "obligations_of",
    "overview_of",
    "overview_of_each",
    "overview_of_person",
    "replay_all",
    "replay_case",
    "report_on",
    "timeline_of",
    "why_event",
    "why_person",
]
