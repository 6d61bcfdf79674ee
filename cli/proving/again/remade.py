"""Make the page of a report again of the record that it carries, as it claims to have been made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from answerable.cli.proving.again.claims import Claims

if TYPE_CHECKING:
    from answerable.domain.record import Disclosed, RecordedEvent
    from answerable.ledger.bundle.verify import BundleReport
    from answerable.projections.facts.known_by.carried import CarriedReader


def remade(claims: Claims, found: BundleReport, *, judged: bool) -> str:
    """Write the page again.

    Args:
        claims: what the page claims about itself.
        found: the bundle that it carries, or lies in.
        judged: whether rules are judged; without, it tells no verdicts.
    """
    from answerable.cli.proving.again.given_page import Given, given_page
    from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING, embedded
    from answerable.ledger.bundle.in_page.messages import messages_element
    from answerable.ledger.bundle.in_page.scripts import verifier
    from answerable.ledger.bundle.in_page.shown import summed
    from answerable.projections.pages.case_page import Carried, case_page
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.scrubber import replay_of
    from answerable.projections.report.audience.audiences import For
    from answerable.projections.report.audience.report_for import report_for
    from answerable.projections.report.looked import look
    from answerable.projections.report.report import report_of

    case, reader = found.bundle.manifest["case"], _reader(claims, found)
    if not found.bundle.in_page:
        given = Given(case, found.bundle.entries, found.texts, reader.head())
        return given_page(reader, given, found.bundle.manifest["withheld"], claims.closed)
    as_of, known_by, part = claims.as_of, claims.known_by, None
    if claims.audience is None:
        looked = look(reader, case, as_of=as_of, known_by=known_by)
        report = report_of(looked, version=claims.version)
    else:
        whom = For(claims.audience, claims.subject)
        gated = report_for(
            reader, case, whom, version=claims.version, as_of=as_of, known_by=known_by
        )
        report, looked, part = gated.report, gated.looked, gated.part
    if not judged:
        report = report._replace(checks=())
    script = verifier()
    element = f"{OPENING}{embedded(found.bundle.files)}{CLOSING}"
    carried = Carried(element + messages_element(script), script, closed=claims.closed)
    replay = replay_of(looked, part, judged=judged)
    return summed(case_page(content_of(report, looked, part), replay, carried))


def _reader(claims: Claims, found: BundleReport) -> CarriedReader:
    """Return a reader of what is carried, under the head that the page claims to be made of."""
    from answerable.domain.record import TreeHead
    from answerable.projections.facts.known_by.carried import CarriedReader

    texts: dict[int, Disclosed] = {}
    for event in found.bundle.entries:
        texts[event.position] = _sealed(event, found, claims)
    head = TreeHead(claims.size, claims.root)
    return CarriedReader(found.bundle.entries, texts, head, claims.zone)


def _sealed(event: RecordedEvent, found: BundleReport, claims: Claims) -> Disclosed:
    """Return what is sealed in an entry.

    What an audience is not shown stands there as a text of no matter what, which their gate
    withholds, and counts. A part of a case does not tell why a text is not there.

    Raises:
        ValueError: other fields are said to be withheld or erased than the entry has sealed.
    """
    from answerable.domain.record import Disclosed
    from answerable.ledger.entry.seals import sealable_fields
    from answerable.projections.report.audience.audiences import FIELDS
    from answerable.projections.report.audience.gated_reader import CORRECTED

    opened: Mapping[str, Any] = found.texts.get(event.position, {})
    names = claims.closed.get(event.position, {})
    missing = len(event.fields["_sd"]) - len(opened)
    if claims.in_part:
        return Disclosed(opened, (), missing, ())
    able = sealable_fields(event.kind) - opened.keys()
    if missing != len(names) or not names.keys() <= able:
        raise ValueError(f"#{event.position} has other texts that are not here")
    of_audience = FIELDS.get(claims.audience, ()) if claims.audience is not None else ()
    gated: dict[str, Any] = dict.fromkeys(of_audience, "")
    if gated:
        gated[CORRECTED] = dict(gated)
    withheld = [each for each, why in names.items() if why == "withheld"]
    return Disclosed(
        {**opened, **{each: gated[each] for each in withheld if each in gated}},
        tuple(each for each in names if each not in withheld),
        0,
        tuple(each for each in withheld if each not in gated),
    )
