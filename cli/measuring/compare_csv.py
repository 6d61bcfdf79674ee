"""The comparison of like findings as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.zone.asked import zone_asked
from answerable.domain.zone.day_end import moment_in
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.output.csv import Cell, csv_lines

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.projections.consistency.amounts import AmountsCompared
    from answerable.projections.consistency.compare import Group
    from answerable.projections.consistency.public_release import ReleasedGroup
    from answerable.projections.intervals import Range

TITLES = ("offence_class", "responsibility", "grade", "findings_least", "findings_most")
QUARTILES = tuple(
    f"{name}_{end}" for name in ("quartile_1", "median", "quartile_3") for end in ("least", "most")
)
HEADER = ("as_of", "known_by", "tree_size", "root")


def inside_rows(groups: Iterable[Group], about: list[Cell]) -> Iterator[str]:
    """Write a row for each group of like findings."""
    steps = [f"step_{step}_{end}" for step in STEPS for end in ("least", "most")]
    apart = (
        "unranked_least",
        "unranked_most",
        "lifted",
        "overturned",
        "outside",
        "perhaps_outside",
        "withdrawn",
    )
    yield from csv_lines(
        (*TITLES, *QUARTILES, *steps, *apart, *HEADER),
        ([*_cells(group), *about] for group in groups),
    )


def _cells(group: Group) -> Iterator[Cell]:
    yield from (*group.key, *group.number)
    yield from _limits(group.quartile_1, group.median, group.quartile_3)
    shares = {share.step: share.number for share in group.distribution}
    for step in STEPS:
        yield from shares.get(step, (0, 0))
    yield from (*group.unranked, group.lifted, group.overturned)
    yield from (sum(each == verdict for each in group.verdicts) for verdict in ("yes", "unknown"))
    yield group.withdrawn


AMOUNTS = tuple(
    f"{name}_{end}"
    for name in ("smallest", "quartile_1", "median", "quartile_3", "largest", "spread")
    for end in ("least", "most")
)


def amount_rows(groups: Iterable[Group], about: list[Cell]) -> Iterator[str]:
    """Write a row for each currency of each group: all that was lost, and by a kind of measure."""
    apart = ("outside", "perhaps_outside", "amount_not_told_least", "amount_not_told_most")
    yield from csv_lines(
        (*TITLES[:3], "currency", "measures", "whole", *TITLES[3:], *AMOUNTS, *apart, *HEADER),
        (
            [*group.key, *_amount_cells(each), *group.amount_not_told, *about]
            for group in groups
            for each in group.amounts
        ),
    )


def _amount_cells(each: AmountsCompared) -> Iterator[Cell]:
    whole = "yes" if each.whole else "no"
    yield from (each.currency, " ".join(each.measures), whole, *each.number)
    quartiles = (each.quartile_1, each.median, each.quartile_3)
    yield from _limits(each.smallest, *quartiles, each.largest, each.spread)
    verdicts = [one.outside for one in each.findings]
    yield from (verdicts.count("yes"), verdicts.count("unknown"))


def outside_amount_rows(groups: Iterable[ReleasedGroup], about: list[Cell]) -> Iterator[str]:
    """Write a row for each currency of each group as outsiders may see it."""
    yield from csv_lines(
        (*TITLES[:3], "currency", *TITLES[3:], *QUARTILES, *HEADER),
        (
            [
                *group.key,
                each.currency,
                *each.number,
                *_limits(each.quartile_1, each.median, each.quartile_3),
                *about,
            ]
            for group in groups
            for each in group.amounts
        ),
    )


def outside_rows(groups: Iterable[ReleasedGroup], about: list[Cell]) -> Iterator[str]:
    """Write a row for each group as outsiders may see it."""
    yield from csv_lines(
        (*TITLES, *QUARTILES, *HEADER),
        (
            [
                *each.key,
                *each.number,
                *_limits(each.quartile_1, each.median, each.quartile_3),
                *about,
            ]
            for each in groups
        ),
    )


def _limits(*spans: Range[float] | Range[str] | None) -> Iterator[Cell]:
    for span in spans:
        yield from span or (None, None)


def about(as_of: Asked | None, known_by: Asked | None, head: TreeHead) -> list[Cell]:
    """Return what the answer holds for, as the last cells of each row."""
    times = (moment_in(each, zone_asked()) for each in (as_of, known_by))
    return [*times, head.size, head.root.hex()]
