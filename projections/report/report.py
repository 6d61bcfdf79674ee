"""The report on one case, as plain data: who is accountable, what happened, what is open.

Every part carries the ids of the events that it rests on; `texts` has what is sealed in each of
them, as far as this reader may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.reader import Reader
from answerable.domain.record import TreeHead
from answerable.domain.terms.several import one_or_several
from answerable.domain.zone.day_end import Asked
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.accountability import Accountability, accountability_of
from answerable.projections.accountability.alleged.allegations import Allegation, allegations_of
from answerable.projections.accountability.appeals import AppealState
from answerable.projections.accountability.bars import Bar
from answerable.projections.accountability.event_head import event_head
from answerable.projections.accountability.numbers import AccountableNumbers, accountable_numbers
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.accountability.outside.agreements import Agreement, agreements_of
from answerable.projections.accountability.outside.commitments import Commitment, promises_of
from answerable.projections.auditing.audit import CaseAudit, audit_of
from answerable.projections.auditing.changes import Change, changes_of
from answerable.projections.bar_register import bars_of_case
from answerable.projections.conformance.house import House
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.evidence.exhibits import Exhibit, exhibits
from answerable.projections.extents import MeasureExtent, amounts_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import DisclosedTexts, Text, positions, sealed
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.facts.names import Name
from answerable.projections.grounds.problems import Problem, problems_of
from answerable.projections.like_findings import LikeFindings
from answerable.projections.report.looked import Looked, look
from answerable.projections.timeline.durations import Duration, durations
from answerable.projections.timeline.timeline import DateGap, Entry, date_gaps, timeline_of


class Withheld(NamedTuple):
    """The parts of the record that a report does not show, for whom it is made.

    Attributes:
        texts: how many texts, and `of_events` of how many events.
        fields: the sealed fields that they are of.
        events: how many events of the case are left out whole.
        people: how many people are accountable who are left out, in words; None: nobody is.
    """

    texts: int = 0
    of_events: int = 0
    fields: tuple[str, ...] = ()
    events: int = 0
    people: str | None = None


class Header(NamedTuple):
    """The subject of the report, and the record that the report was made from.

    Attributes:
        as_of: what happened later is left out; None: nothing is.
        known_by: what was recorded later is left out; None: nothing is.
        tree_size: how many entries the whole log had when the report was made.
        root: the root hash of the tree over them, in hexadecimal.
        version: of answerable.
        policies: the policies that the case was judged by, each with its version.
        adopted: whether the house adopted them; if not, they are shipped with answerable.
        made_for: whom the report is for, in words, to be said; None: whoever may see the whole
            record.
        subject: who it is for, by pseudonym, where it is for the person concerned.
        withheld: what is not shown to them.
        policy_titles: the titles of the policies, in the same order.
        opened_by: the event that opened the case, by id; None where none did.
    """

    case_id: str
    title: Text
    summary: Text
    organisation: str | None
    jurisdiction: str | tuple[str, ...] | None
    owner: str | None
    opened_by: str | None
    events: int
    as_of: datetime | None
    known_by: datetime | None
    zone: Zone
    tree_size: int
    root: str
    version: str
    policies: tuple[str, ...] = ()
    adopted: bool = False
    made_for: str | None = None
    subject: str | None = None
    withheld: Withheld = Withheld()
    policy_titles: tuple[str, ...] = ()

    def policy_title(self, name: str) -> str:
        """Return the title of a policy that judged, by its name: "generic@1"."""
        titles = dict(zip(self.policies, self.policy_titles, strict=True))
        return titles.get(name) or name


class Decision(NamedTuple):
    """A decision, by whom, and what it carries.

    Attributes:
        carries: the events that name it in their basis, by id.
    """

    event_id: str
    position: int
    outcome: str
    occurred: str | None
    deciders: tuple[str, ...]
    authority: str | None
    clause: str | tuple[str, ...] | None
    basis: tuple[str, ...]
    carries: tuple[str, ...]
    appeal: AppealState
    standing: str
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    as_of: When
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None


class Report(NamedTuple):
    """The report on one case.

    Attributes:
        problems: what is missing or wrong behind what stands, as `answerable why` tells it.
        agreements: those between parties, rejected ones among them, with their terms.
        promises: those outside of agreements, and how they stand.
        amounts: the sums of what sanctions take, by measure, currency and type of party.
        audit: what backs each consequence.
        changes: what was corrected, retracted, disputed, withdrawn or erased.
        exhibits: the evidence, who keeps it, and which findings rest on it.
    """

    header: Header
    parties: tuple[Name, ...]
    accountability: Accountability
    timeline: tuple[Entry, ...]
    gaps: tuple[DateGap, ...]
    decisions: tuple[Decision, ...]
    bars: tuple[Bar, ...]
    durations: tuple[Duration, ...]
    open: tuple[Obligation, ...]
    checks: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[str, DisclosedTexts]
    accountable_by_type: AccountableNumbers
    allegations: tuple[Allegation, ...]
    agreements: tuple[Agreement, ...] = ()
    promises: tuple[Commitment, ...] = ()
    amounts: tuple[MeasureExtent, ...] = ()
    audit: CaseAudit = CaseAudit("", ())
    changes: tuple[Change, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()

    @property
    def failed(self) -> bool:
        """Tell whether a rule that is no mere warning fails."""
        return any(each.verdict == "fail" and each.severity == "error" for each in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return as_dict(self)


def report_on(
    reader: Reader,
    case_id: str,
    *,
    version: str,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Report:
    """Make the report on a case.

    Args:
        reader: the record.
        case_id: which case.
        version: of answerable.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    return report_of(look(reader, case_id, as_of=as_of, known_by=known_by), version=version)


def report_of(looked: Looked, *, version: str, most: int | None = None) -> Report:
    """Make the report on a case that was looked at.

    Args:
        looked: the case.
        version: of answerable.
        most: how many times another case is folded, at the most, to tell how findings like one
            were answered as of another time; of more, the verdict says so. None: any number.
    """
    reader, known_by, known = looked.reader, looked.known_by, looked.known
    record, view = looked.record, looked.view
    head = reader.head()
    involved = known.of_each(parties(view.case))
    shown = view.happened()
    opened = reader.opened(positions(view.case, shown))
    texts = {fact.event_id: sealed(view.case, fact, opened) for fact in shown}
    judges = Judges(record, house=House(record, comparing=LikeFindings(record, most=most)))
    judging = {each.name: each for each in judges.versions.readable}
    return Report(
        header=_header(view, texts, known_by, head, version)._replace(
            policies=tuple(judging),
            policy_titles=tuple(each.document.policy.title for each in judging.values()),
            adopted=any(each.adopted for each in judging.values()),
        ),
        parties=involved,
        accountability=accountability_of(view),
        timeline=timeline_of(view),
        gaps=date_gaps(view),
        decisions=tuple(_decisions(view)),
        bars=bars_of_case(record, view.case_id),
        durations=durations(view),
        open=obligations_of(view),
        problems=problems_of(view),
        checks=judges.judge(view),
        texts=texts,
        allegations=allegations_of(view),
        accountable_by_type=accountable_numbers(accountability_of(view).people, known.type_of),
        agreements=agreements_of(view),
        promises=promises_of(view),
        amounts=amounts_of(accountability_of(view).people, known.type_of),
        audit=audit_of(view),
        changes=tuple(changes_of(reader, record, view, known_by)),
        exhibits=tuple(exhibits(reader, view, texts)),
    )


def parties(facts: CaseFacts) -> dict[str, None]:
    """List the pseudonyms that a case names, in the order in which they first appear."""
    return dict.fromkeys(party for fact in facts.facts.values() for party in _named(fact))


def _named(fact: Fact) -> Iterator[str]:
    kind = CATALOGUE[fact.kind]
    for fields in (fact.event.fields, fact.fields):
        for field in (*kind.about, *kind.doers):
            told = fields.get(field, ())
            yield from (told,) if isinstance(told, str) else told


def _header(
    view: CaseView,
    texts: Mapping[str, DisclosedTexts],
    known_by: Asked | None,
    head: TreeHead,
    version: str,
) -> Header:
    opening = next(view.standing("case-opened"), None)
    fields = {} if opening is None else opening.fields
    sealed = DisclosedTexts({}) if opening is None else texts[opening.event_id]
    return Header(
        case_id=view.case_id,
        title=sealed.text("title"),
        summary=sealed.text("summary"),
        organisation=fields.get("organisation"),
        jurisdiction=one_or_several(fields.get("jurisdiction")),
        owner=fields.get("owner"),
        opened_by=None if opening is None else opening.event_id,
        events=len(texts),
        as_of=view.as_of,
        known_by=view.moment(known_by),
        zone=view.zone,
        tree_size=head.size,
        root=head.root.hex(),
        version=version,
    )


def _decisions(view: CaseView) -> Iterator[Decision]:
    standing = list(view.standing())
    carried = _carried(standing)
    for fact in standing:
        if fact.kind != "decision-taken":
            continue
        fields = fact.fields
        yield Decision(
            **event_head(view, fact),
            outcome=fields["outcome"],
            deciders=tuple(fields.get("deciders", ())),
            authority=fields.get("authority"),
            clause=one_or_several(fields.get("clause")),
            basis=tuple(fields.get("basis", ())),
            carries=tuple(carried.get(fact.event_id, ())),
            as_of=view.when(fact),
        )


def _carried(standing: Iterable[Fact]) -> dict[str, list[str]]:
    """Find, of each event, those that name it in their basis."""
    found: dict[str, list[str]] = {}
    for fact in standing:
        for event_id in fact.fields.get("basis", ()):
            found.setdefault(event_id, []).append(fact.event_id)
    return found
