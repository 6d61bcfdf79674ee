"""Make registers of how like findings were answered: groups, findings, amounts, what is unusual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from answerable.projections.consistency.compare import AmountOutlier, Outlier
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.output.register import Cell, Column, Kind, Register, Registers, Row
from answerable.projections.registers.columns import (
    CASE,
    CURRENCY,
    EVENT_ID,
    GRADE,
    OFFENCE,
    POSITION,
    RESPONSIBILITY,
    called,
    limits,
    party,
    sealed,
)

if TYPE_CHECKING:
    from answerable.projections.consistency.amounts import AmountsCompared
    from answerable.projections.consistency.compare import Group
    from answerable.projections.consistency.public_release import ReleasedGroup
    from answerable.projections.consistency.units import Measure
    from answerable.projections.facts.names import NameOf
    from answerable.projections.intervals import Range

LIKENESS = (
    OFFENCE,
    RESPONSIBILITY,
    GRADE,
)

NUMBER = limits("findings", "Findings")


def _quartiles(kind: Kind) -> tuple[Column, ...]:
    return (
        *limits("quartile_1", "First quartile", kind),
        *limits("median", "Median", kind),
        *limits("quartile_3", "Third quartile", kind),
    )


GROUPS = Register(
    "groups",
    "Groups of like findings",
    (
        *(*LIKENESS, *NUMBER, *_quartiles("decimal")),
        *(
            limit
            for step, name in STEPS.items()
            for limit in limits(f"step_{step}", f"Step {step} ({name})", usual=0)
        ),
        *limits("unranked", "Without a step"),
        Column("lifted", "Measures lifted", "whole"),
        Column("overturned", "Measures overturned", "whole"),
        Column("outside", "Findings outside", "whole"),
        Column("perhaps_outside", "Findings perhaps outside", "whole", usual=0),
        Column("withdrawn", "Measures withdrawn", "whole"),
    ),
)

FINDINGS = Register(
    "findings",
    "Like findings",
    (
        *LIKENESS,
        *(CASE, POSITION),
        *limits("step", "Step of gravity"),
        Column("outside", "Outside what is usual", "truth"),
        EVENT_ID,
    ),
)

AMOUNTS = Register(
    "amounts",
    "Amounts of money lost",
    (
        *LIKENESS,
        CURRENCY,
        Column("measures", "Measures", "word"),
        Column("whole", "All that was lost", "truth"),
        *NUMBER,
        *limits("smallest", "Smallest", "decimal"),
        *_quartiles("decimal"),
        *limits("largest", "Largest", "decimal"),
        *limits("spread", "From the first quartile to the third", "decimal"),
        Column("outside", "Findings outside", "whole"),
        Column("perhaps_outside", "Findings perhaps outside", "whole", usual=0),
        *limits("amount_not_told", "Findings of which no amount is told"),
    ),
)

OUTLIERS = Register(
    "outliers",
    "What is unusual",
    (
        *LIKENESS,
        *(CASE, POSITION),
        party("subject", "About"),
        Column("outside", "Outside what is usual", "truth"),
        Column("side", "Side", "word"),
        Column("measures", "What was imposed", "word", many=True),
        Column("currency", "Currency, of an amount"),
        *limits("amount", "Amount lost", "decimal"),
        *limits("beyond", "Beyond what is usual, by", "decimal"),
        *limits("comparators", "Comparators"),
        *_quartiles("decimal"),
        *limits("usual_from", "Usual from", "decimal"),
        *limits("usual_to", "Usual to", "decimal"),
        Column("reason_on_record", "A reason is on record", "truth"),
        Column("reasons", "Reasons", many=True),
        EVENT_ID,
    ),
)

OUTSIDE_GROUPS = GROUPS._replace(columns=(*LIKENESS, *NUMBER, *_quartiles("decimal")))

OUTSIDE_AMOUNTS = AMOUNTS._replace(columns=(*LIKENESS, CURRENCY, *NUMBER, *_quartiles("decimal")))

INSIDE = (GROUPS, FINDINGS, AMOUNTS, OUTLIERS)

MeasureWords = Callable[["Measure"], str]
"""Says a measure and how it stands."""


class Unusual(NamedTuple):
    """Hold what tells of the findings of a group that are unusual.

    Attributes:
        by_gravity: finds those that are by the gravest measure.
        by_amount: finds those that are by what was lost.
        words: says a measure.
        name_of: what to call a party.
    """

    by_gravity: Callable[[Group], Iterable[Outlier]]
    by_amount: Callable[[Group], Iterable[AmountOutlier]]
    words: MeasureWords
    name_of: NameOf


def group_registers(groups: Iterable[Group], unusual: Unusual | None) -> Registers:
    """Make registers of groups of like findings.

    Args:
        groups: the groups.
        unusual: tells of what is unusual in each, for which cases are read again; None: nothing.
    """
    every = INSIDE if unusual is not None else INSIDE[:-1]
    return Registers(every, _rows(groups, unusual))


def _rows(groups: Iterable[Group], unusual: Unusual | None) -> Iterator[Row]:
    for group in groups:
        yield Row(GROUPS.name, tuple(_group(group)))
        for finding, verdict in zip(group.findings, group.verdicts, strict=True):
            step = (None, None) if finding.shape is None else finding.shape[:2]
            where = (finding.case_id, finding.position)
            yield Row(FINDINGS.name, (*group.key, *where, *step, verdict, finding.event_id))
        for lost in group.amounts:
            cells = (*group.key, *_amounts(lost), *group.amount_not_told)
            yield Row(AMOUNTS.name, cells)
        if unusual is not None:
            found = chain[Outlier | AmountOutlier](
                unusual.by_gravity(group), unusual.by_amount(group)
            )
            for each in found:
                yield outlier_row(each, unusual.words, unusual.name_of)


def _group(group: Group) -> Iterator[Cell]:
    yield from (*group.key, *group.number)
    yield from _limits(group.quartile_1, group.median, group.quartile_3)
    shares = {share.step: share.number for share in group.distribution}
    for step in STEPS:
        yield from shares.get(step, (0, 0))
    yield from (*group.unranked, group.lifted, group.overturned)
    yield from (sum(each == verdict for each in group.verdicts) for verdict in ("yes", "unknown"))
    yield group.withdrawn


def _amounts(each: AmountsCompared) -> Iterator[Cell]:
    yield from (each.currency, " ".join(each.measures), each.whole, *each.number)
    quartiles = (each.quartile_1, each.median, each.quartile_3)
    yield from _limits(each.smallest, *quartiles, each.largest, each.spread)
    verdicts = [one.outside for one in each.findings]
    yield from (verdicts.count("yes"), verdicts.count("unknown"))


def outlier_row(found: Outlier | AmountOutlier, words: MeasureWords, name_of: NameOf) -> Row:
    """Return the row of a finding that was answered otherwise than is usual.

    Args:
        found: the finding, by the gravest measure or by the money lost.
        words: says a measure.
        name_of: what to call a party.
    """
    place = found.place
    amount: tuple[Cell, ...] = (None,) * 5
    if not isinstance(found, Outlier):
        amount = (found.currency, *found.place.amount, *_limits(found.place.by))
    band = place.band
    usual = (None,) * 12 if band is None else (*band.comparators, *_limits(*band[1:]))
    said = (f"{each.field}: {text}" for each in found.reasons.fields if (text := sealed(each.text)))
    unit = found.unit
    cells = (
        *(*unit.key, unit.case_id, unit.position),
        *(called(unit.subject, name_of), place.outside, place.side),
        tuple(map(words, unit.measures)),
        *(*amount, *usual),
        *(found.reasons.on_record, tuple(said), unit.event_id),
    )
    return Row(OUTLIERS.name, cells)


def released_registers(groups: Iterable[ReleasedGroup]) -> Registers:
    """Make registers of groups as readers outside of the house may see them.

    Args:
        groups: those that are large enough.
    """
    return Registers((OUTSIDE_GROUPS, OUTSIDE_AMOUNTS), _released(groups))


def _released(groups: Iterable[ReleasedGroup]) -> Iterator[Row]:
    for group in groups:
        quartiles = _limits(group.quartile_1, group.median, group.quartile_3)
        yield Row(GROUPS.name, (*group.key, *group.number, *quartiles))
        for each in group.amounts:
            amounts = _limits(each.quartile_1, each.median, each.quartile_3)
            yield Row(AMOUNTS.name, (*group.key, each.currency, *each.number, *amounts))


def _limits(*spans: Range[float] | Range[str] | None) -> Iterator[Cell]:
    for span in spans:
        yield from span or (None, None)
