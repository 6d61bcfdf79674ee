"""Fold events into what they amount to: registers, rationales, verdicts and reports.

What programs use of it. A question about one case is asked of a view of it, and named for what it
gives: `accountability_of(RecordView(ledger).recorded_case("acme"))`. A question about the record is
asked of a reader, which a ledger is. Both can be asked as of a moment, and as known by one.

Imports the domain alone, and within it any floor imports lower ones; the command line imports it.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.projections.accountability.accountability import (
        Accountability as Accountability,
    )
    from answerable.projections.accountability.accountability import Person as Person
    from answerable.projections.accountability.accountability import (
        accountability_of as accountability_of,
    )
    from answerable.projections.accountability.alleged.allegations import Allegation as Allegation
    from answerable.projections.accountability.alleged.allegations import (
        allegations_of as allegations_of,
    )
    from answerable.projections.accountability.bars import Bar as Bar
    from answerable.projections.accountability.bars import bars_of as bars_of
    from answerable.projections.accountability.obligations import Obligation as Obligation
    from answerable.projections.accountability.obligations import obligations_of as obligations_of
    from answerable.projections.accountability.outside.agreements import Agreement as Agreement
    from answerable.projections.accountability.outside.agreements import (
        agreements_of as agreements_of,
    )
    from answerable.projections.accountability.outside.proceedings import Proceeding as Proceeding
    from answerable.projections.accountability.outside.proceedings import (
        proceedings_of as proceedings_of,
    )
    from answerable.projections.accountability.said.finding import Finding as Finding
    from answerable.projections.accountability.said.sanction import Sanction as Sanction
    from answerable.projections.across.across import AcrossCases as AcrossCases
    from answerable.projections.across.across import across_cases as across_cases
    from answerable.projections.auditing.audit import CaseAudit as CaseAudit
    from answerable.projections.auditing.audit import audit as audit
    from answerable.projections.auditing.audit import audit_of as audit_of
    from answerable.projections.auditing.changes import Change as Change
    from answerable.projections.auditing.changes import changes as changes
    from answerable.projections.bar_register import all_bars as all_bars
    from answerable.projections.errors import NotFound as NotFound
    from answerable.projections.facts.case_view import CaseView as CaseView
    from answerable.projections.facts.facts import CaseFacts as CaseFacts
    from answerable.projections.facts.facts import Fact as Fact
    from answerable.projections.facts.facts import fold as fold
    from answerable.projections.facts.names import Name as Name
    from answerable.projections.facts.names import Names as Names
    from answerable.projections.facts.names import names as names
    from answerable.projections.facts.record_view import RecordView as RecordView
    from answerable.projections.figures.figures import Figures as Figures
    from answerable.projections.figures.figures import figures_of as figures_of
    from answerable.projections.gaps import Need as Need
    from answerable.projections.gaps import needs as needs
    from answerable.projections.metrics.metrics import Metrics as Metrics
    from answerable.projections.metrics.metrics import metrics_of as metrics_of
    from answerable.projections.replay.replay import ReplayStep as ReplayStep
    from answerable.projections.replay.replay import replay_all as replay_all
    from answerable.projections.replay.replay import replay_case as replay_case
    from answerable.projections.report.report import Report as Report
    from answerable.projections.report.report import report_on as report_on
    from answerable.projections.status.status import CaseOverview as CaseOverview
    from answerable.projections.status.status import PersonOverview as PersonOverview
    from answerable.projections.status.status import overview_of as overview_of
    from answerable.projections.status.status import overview_of_each as overview_of_each
    from answerable.projections.status.status import overview_of_person as overview_of_person
    from answerable.projections.timeline.timeline import Entry as Entry
    from answerable.projections.timeline.timeline import timeline_of as timeline_of
    from answerable.projections.why.why import Derivation as Derivation
    from answerable.projections.why.why import why_event as why_event
    from answerable.projections.why.why import why_person as why_person
else:
    __getattr__, __dir__, __all__ = lazily(
        __name__,
        {
            "accountability.accountability": (
                "Accountability Finding Person Sanction accountability_of"
            ),
            "accountability.alleged.allegations": "Allegation allegations_of",
            "accountability.bars": "Bar bars_of",
            "accountability.obligations": "Obligation obligations_of",
            "accountability.outside.agreements": "Agreement agreements_of",
            "accountability.outside.proceedings": "Proceeding proceedings_of",
            "across.across": "AcrossCases across_cases",
            "auditing.audit": "CaseAudit audit audit_of",
            "auditing.changes": "Change changes",
            "bar_register": "all_bars",
            "why.why": "Derivation why_event why_person",
            "errors": "NotFound",
            "facts.case_view": "CaseView",
            "facts.facts": "CaseFacts Fact fold",
            "facts.names": "Name Names names",
            "facts.record_view": "RecordView",
            "figures.figures": "Figures figures_of",
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
