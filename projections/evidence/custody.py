"""Follow each exhibit from whoever collected it on, and find where that chain has gaps.

ISO/IEC 27037 asks of every exhibit who collected it and when, and of its custody that it has no
gaps: each keeper has it from the one before.

The transfers stand in the order of their recording, except where their dates tell another one (a
transfer that is recorded late takes its place), or, where the dates leave it open, the hands do: of
the transfers that may be next, the one from the present keeper is. Where a transfer does not fit,
and its place is not settled, the gap is indeterminate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from answerable.domain import dates
from answerable.domain.language.saying import say, to_say
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.facts.time import read
from answerable.projections.wording.dates import as_recorded

What = Literal["collector", "collected", "from", "passed", "hands", "order"]

SAID: Mapping[What, str] = {
    "collector": to_say("Who collected it is not told"),
    "collected": to_say("When it was collected is not told"),
    "from": to_say("From whom it passed is not told"),
    "passed": to_say("When it passed is not told"),
    "hands": to_say("It passed from someone else than its keeper on record"),
    "order": to_say("It passed before it was collected"),
}
"""The gaps that a chain of custody can have, in words, to be said."""


class CustodyStep(NamedTuple):
    """An exhibit comes to a keeper: by its collection, which is the first step, or a transfer.

    Attributes:
        from_: who kept it, as the transfer tells.
        to: who keeps it now; None where it is not told who collected it.
        occurred: when, in EDTF.
        happened: whether it had by the moment asked about.
        disputed_by: the disputes of it that stand, by event id.
    """

    event_id: str
    position: int
    from_: str | None
    to: str | None
    occurred: str | None = None
    happened: dates.When = "yes"
    disputed_by: tuple[str, ...] = ()
    zone: Zone = UNTOLD

    @property
    def span(self) -> dates.Span | None:
        """Return the days that the date of the step allows; None where it has no date."""
        return read(self.occurred, self.zone)


class Link(NamedTuple):
    """A transfer in its place in the chain.

    Attributes:
        after: whether its date puts it after the step before it.
    """

    step: CustodyStep
    after: dates.When


class CustodyGap(NamedTuple):
    """A place where the chain is broken, or may be.

    Attributes:
        verdict: `indeterminate` where the record leaves open whether it is.
        event_id: the step at which it is.
        text: the gap in a sentence, without its full stop.
        detail: what the sentence says beyond `SAID`; empty where that is all.
        missing: what is not on record.
    """

    what: What
    verdict: Literal["fail", "indeterminate"]
    event_id: str
    position: int
    text: str
    detail: str
    missing: str


class Custody(NamedTuple):
    """The chain of custody of one exhibit.

    Attributes:
        collection: how it came to its first keeper.
        links: the transfers, in the order in which they happened, as far as that is known.
        keeper: who keeps it by the last of them; None where that is not told.
        certain: whether it is certain that no one else does, given what is on record.
    """

    collection: CustodyStep
    links: tuple[Link, ...]
    gaps: tuple[CustodyGap, ...]
    keeper: str | None
    certain: bool


def custody(view: CaseView, exhibit: Fact) -> Custody:
    """Put together the chain of custody of an exhibit.

    Args:
        view: its case.
        exhibit: the `evidence-registered` that stands for it.
    """
    transfers = view.upon(exhibit, "custody-transferred")
    steps = (_step(view, each) for each in transfers)
    return chain(_step(view, exhibit), steps, view.name_of)


def chain(
    collection: CustodyStep, transfers: Iterable[CustodyStep], name_of: NameOf = str
) -> Custody:
    """Chain a collection and some transfers, these given in the order of recording."""
    steps = [collection, *_by_hands(collection.to, _by_dates(transfers))]
    links = tuple(
        Link(step, dates.precedes(before.span, step.span)) for before, step in pairwise(steps)
    )
    gaps = tuple(_gaps(steps, name_of))
    fits = collection.to is not None and not any(gap.what in ("hands", "from") for gap in gaps)
    certain = all(step.happened == "yes" for step in steps) and (
        fits or _follows(steps, len(steps) - 1)
    )
    return Custody(collection, links, gaps, steps[-1].to, certain)


def with_next(kept: Custody, step: CustodyStep, name_of: NameOf = str) -> Custody:
    """Chain one more transfer, which is recorded after all others."""
    recorded = sorted((link.step for link in kept.links), key=lambda each: each.position)
    return chain(kept.collection, (*recorded, step), name_of)


def giver(kept: Custody, occurred: str | None) -> str | None:
    """Tell from whom a transfer recorded now passes: the keeper, if it is certain who that is.

    A transfer known to have happened before others did not pass from whoever keeps it now.
    """
    span = read(occurred, kept.collection.zone)
    late = any(dates.precedes(link.step.span, span) == "no" for link in kept.links)
    return kept.keeper if kept.certain and not late else None


def _step(view: CaseView, fact: Fact) -> CustodyStep:
    fields = fact.fields
    to = fields.get("collected_by") if fact.kind == "evidence-registered" else fields["to"]
    return CustodyStep(
        fact.event_id,
        fact.event.position,
        fields.get("from"),
        to,
        fields.get("occurred"),
        view.when(fact),
        fact.disputes,
        view.zone,
    )


def _by_dates(transfers: Iterable[CustodyStep]) -> list[CustodyStep]:
    """Order the transfers, each before the first one that is known to have happened after it."""
    found: list[CustodyStep] = []
    for step in transfers:
        at = len(found)
        for index in range(len(found) - 1, -1, -1) if step.occurred else ():
            follows = dates.precedes(found[index].span, step.span)
            if follows == "yes":
                break
            if follows == "no":
                at = index
        found.insert(at, step)
    return found


def _by_hands(keeper: str | None, steps: list[CustodyStep]) -> Iterator[CustodyStep]:
    """Order the transfers, as far as their dates allow, each from the keeper before."""
    while steps:
        fits = (at for at, step in enumerate(steps) if step.from_ == keeper and _first(steps, at))
        step = steps.pop(next(fits, 0))
        yield step
        keeper = step.to


def _first(steps: Sequence[CustodyStep], at: int) -> bool:
    """Tell whether a transfer may have happened before all of these that stand before it."""
    return not any(_before(step, steps[at]) for step in steps[:at])


def _gaps(steps: Sequence[CustodyStep], name_of: NameOf) -> Iterator[CustodyGap]:
    collection = steps[0]
    number = f"#{collection.position}"
    if collection.to is None:
        yield _gap(
            "collector", "indeterminate", collection, say("who collected {event}", event=number)
        )
    if collection.occurred is None:
        yield _gap(
            "collected",
            "indeterminate",
            collection,
            say("when {event} was collected", event=number),
        )
    for index, step in enumerate(steps[1:], 1):
        keeper, transfer = steps[index - 1].to, f"#{step.position}"
        if step.from_ is None:
            missing = say("from whom {event} passed ({transfer})", event=number, transfer=transfer)
            yield _gap("from", "indeterminate", step, missing)
        elif keeper is not None and step.from_ != keeper:
            kept, left = name_of(keeper), name_of(step.from_)
            yield _gap(
                "hands",
                "fail" if _settled(steps, index) else "indeterminate",
                step,
                say(
                    "how {event} came from {keeper} to {giver}",
                    event=number,
                    keeper=kept,
                    giver=left,
                ),
                say("from {giver}, and {keeper} kept it", giver=left, keeper=kept),
            )
        if step.occurred is None:
            missing = say("when {event} passed ({transfer})", event=number, transfer=transfer)
            yield _gap("passed", "indeterminate", step, missing)
        elif dates.precedes(collection.span, step.span) == "no":
            times = say(
                "on {passed}, and it was collected on {collected}",
                passed=as_recorded(step.occurred),
                collected=as_recorded(collection.occurred),
            )
            missing = say("who kept {event} before {transfer}", event=number, transfer=transfer)
            yield _gap("order", "fail", step, missing, times)


def _gap(
    what: What,
    verdict: Literal["fail", "indeterminate"],
    step: CustodyStep,
    missing: str,
    detail: str = "",
) -> CustodyGap:
    said = say(SAID[what])
    text = say("{what}: {detail}", what=said, detail=detail) if detail else said
    return CustodyGap(what, verdict, step.event_id, step.position, text, detail, missing)


def _settled(steps: Sequence[CustodyStep], index: int) -> bool:
    """Tell whether no other order, and nothing untold, could give a transfer its keeper."""
    step, before = steps[index], steps[index - 1]
    if step.happened != "yes" or before.happened != "yes":
        return False
    holders = {each.to for each in (*steps[:index], *steps[index + 1 :])}
    if None not in holders and step.from_ not in holders:
        return True
    return (
        _follows(steps, index)
        and _follows(steps, index - 1)
        and all(_before(step, each) for each in steps[index + 1 :])
    )


def _follows(steps: Sequence[CustodyStep], index: int) -> bool:
    """Tell whether a step is known to have happened after all that stand before it."""
    return all(_before(each, steps[index]) for each in steps[1:index])


def _before(one: CustodyStep, other: CustodyStep) -> bool:
    """Tell whether all of one step lies before all of the other."""
    return dates.precedes(other.span, one.span) == "no"
