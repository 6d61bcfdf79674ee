"""Checking that what an event refers to is of the kind that is meant.

The case would refuse it as well, but knows ids and kinds alone. Here it is told what each event
says, and which others may have been meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.recording.given.links import Link
from answerable.domain.errors import Refused

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.projections.grounds.candidates import Candidate

MOST = 5
"""The most candidates that are listed."""


class Reference(NamedTuple):
    """A reference to an event: the field, who asks for which kinds, and the id.

    Attributes:
        field: the field that holds it.
        option: the option that asks for the kinds; "" where the field itself does.
        kinds: the kinds that it may be of; none listed: any.
        event_id: the event.
        here: whether it must be of the same case.
    """

    field: str
    option: str
    kinds: tuple[str, ...]
    event_id: str
    here: bool = False


def check_references(
    ledger: IndexedReader,
    model: type[Event],
    fields: Mapping[str, Any],
    links: Sequence[Link] = (),
    *,
    within: str = "",
) -> None:
    """Check that each event that is referred to is of a kind that is meant there.

    What is not on record at all is left to the case to refuse.

    Args:
        ledger: the ledger.
        model: the model of the event.
        fields: its fields, the references in them resolved.
        links: what stands in the basis, in its order, as it was given.
        within: what a field is called by before its name, in an error.

    Raises:
        Refused: one is not. It is said what it is, what was asked for, and what there is of that.
    """
    for each in (*_linked(fields, links), *_referred(model, fields)):
        found = ledger.event(each.event_id)
        if found is None:
            continue
        elsewhere = each.here and found.case_id != fields.get("case_id")
        if elsewhere or (each.kinds and found.kind not in each.kinds):
            error = _wrong(ledger, each, str(fields.get("case_id")), elsewhere=elsewhere)
            error.field = f"{within}{each.field}"
            raise error


def _linked(fields: Mapping[str, Any], links: Sequence[Link]) -> Iterator[Reference]:
    for link, event_id in zip(links, fields.get("basis", ()), strict=False):
        if link.kinds:
            yield Reference("basis", link.option, link.kinds, event_id)


def _referred(model: type[Event], fields: Mapping[str, Any]) -> Iterator[Reference]:
    for name, refers in model.references.items():
        value = fields.get(name)
        if value and (refers.kinds or refers.here):
            for event_id in value if isinstance(value, list) else [value]:
                yield Reference(name, "", refers.kinds, str(event_id), refers.here)


def _wrong(ledger: IndexedReader, reference: Reference, case: str, *, elsewhere: bool) -> Refused:
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.grounds.candidates import candidate, candidates

    record = RecordView(ledger, name_of=names(ledger).called)
    placed = record.find(reference.event_id)
    if placed is None:  # it is there: whoever asks found it
        raise LookupError(reference.event_id)
    told = candidate(placed.view, placed.fact)
    kinds = " or ".join(reference.kinds)
    if elsewhere:
        said = f"#{told.position} is of the case {placed.view.case_id!r}, not of {case!r}"
    else:
        named = f"{reference.option} names #{told.position}, which" if reference.option else ""
        said = f"{named or f'#{told.position}'} is a {told.kind}, not {kinds}"
    if elsewhere and not reference.kinds:
        return Refused(f"{said}: {told.text}.", hint=f"Say --case {placed.view.case_id}.")
    there = candidates(record.case(case), reference.kinds)
    return Refused(f"{said}: {told.text}.", hint=listing(there, reference.kinds, case))


def listing(there: Sequence[Candidate], kinds: Sequence[str], case: str) -> str:
    """List the events that a link may be meant for, or say that there is none.

    Args:
        there: the events, in the order of recording.
        kinds: the kinds that they are of.
        case: their case.
    """
    if not there:
        return f"There is no {' or '.join(kinds)} in the case {case!r} yet."
    listed = "".join(f"\n  #{each.position}  {each.text}" for each in there[-MOST:])
    of = f", the last {MOST} of {len(there)}" if len(there) > MOST else ""
    return f"There is in the case {case!r}{of}:{listed}"
