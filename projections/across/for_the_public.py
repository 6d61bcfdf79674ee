"""Leave of the report on all cases what may be published: what rests on enough, and on nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from answerable.projections.accountability.numbers import FEWEST, coarse_words
from answerable.projections.across.across import AcrossCases
from answerable.projections.consistency.compare import Group
from answerable.projections.figures.figures import Figure, Figures
from answerable.projections.intervals import Range
from answerable.projections.metrics.counts import ACCOUNTABLE, AS_ALLEGED
from answerable.projections.metrics.metrics import Count, Length, Metrics

OF_PEOPLE = frozenset((*ACCOUNTABLE.values(), AS_ALLEGED))
"""The numbers that are of people, or may be; they are told in steps."""

PEOPLE = (ACCOUNTABLE["person"], ACCOUNTABLE["group"], ACCOUNTABLE[None])


def for_the_public(across: AcrossCases) -> AcrossCases:
    """Leave of the report what rests on five or more, without a line about anybody or any case.

    What rests on fewer leads to a person: whoever knows of one case learns how it ended. So does a
    share that holds fewer, or all but fewer: of "1 of 12" one is told, and of "11 of 12", too.
    """
    people = sum(each.least for each in across.metrics.counts if each.name in PEOPLE)
    return across._replace(
        figures=_figures(across.figures),
        metrics=_metrics(across.metrics),
        groups=tuple(_group(each) for each in across.groups if _like_enough(each)),
        people=(),
        more_people=0,
        unusual=(),
        more_unusual=0,
        bars=(),
        more_bars=0,
        in_steps=coarse_words(people) or "",
    )


def _enough(number: Range[int], cases: Collection[str]) -> bool:
    """Tell whether there is enough of something, and in enough cases."""
    return (number.least or 0) >= FEWEST and len({*cases}) >= FEWEST


def hides(numerator: Range[int] | None, denominator: Range[int]) -> bool:
    """Tell whether neither what a share holds, nor what it does not, is of a few; or it is of none.

    Args:
        numerator: what it holds; None: it is no share.
        denominator: of how many.
    """
    if numerator is None:
        return True
    least, most = numerator.least or 0, numerator.most
    of_least, of_most = denominator.least or 0, denominator.most
    if most is None or of_most is None:
        return False
    beside = (max(0, of_least - most), of_most - least)
    return all(low >= FEWEST or high == 0 for low, high in ((least, most), beside))


def _figures(found: Figures) -> Figures:
    told = (
        each
        for each in found.figures
        if _enough(each.denominator, each.sure) and hides(each.numerator, each.denominator)
    )
    return found._replace(figures=tuple(map(_figure, told)), people={}, unmatched=())


def _figure(figure: Figure) -> Figure:
    years = tuple(
        each
        for each in figure.years
        if (each.denominator.least or 0) >= FEWEST and hides(each.numerator, each.denominator)
    )
    return figure._replace(
        sure=(), perhaps=(), left_out=(), years=years, by_organisation=(), over_organisations=None
    )


def _metrics(found: Metrics) -> Metrics:
    return found._replace(
        cases=_unnamed(found.cases),
        counts=tuple(_counts(found.counts)),
        lengths=tuple(_length(each) for each in found.lengths if _long_enough(each)),
        amounts=(),
    )


def _counts(counts: Iterable[Count]) -> Iterator[Count]:
    for each in counts:
        if each.name not in OF_PEOPLE and _enough(Range(each.least, each.most), each.sure):
            yield _unnamed(each)


def _unnamed(count: Count) -> Count:
    return count._replace(sure=(), perhaps=())


def _long_enough(length: Length) -> bool:
    return _enough(Range(length.known.least, length.known.most), length.known.sure)


def _length(length: Length) -> Length:
    """Leave of a length its median: the shortest and the longest are each of one case."""
    none = Count("", 0, 0, (), ())
    return length._replace(
        known=_unnamed(length.known),
        unknown=none._replace(name=length.unknown.name),
        not_reached=none._replace(name=length.not_reached.name),
        shortest=None,
        longest=None,
        days=(),
    )


def _like_enough(group: Group) -> bool:
    cases = [each.case_id for each in group.findings]
    return group.people >= FEWEST and _enough(group.number, cases)


def _group(group: Group) -> Group:
    told = tuple(each for each in group.distribution if (each.number.least or 0) >= FEWEST)
    number = Range(
        sum(each.number.least or 0 for each in told), sum(each.number.most or 0 for each in told)
    )
    return group._replace(
        distribution=told if hides(number, group.number) else (),
        unranked=Range(0, 0),
        told=(),
        findings=(),
        places={},
        amounts=(),
        amount_not_told=Range(0, 0),
        other=0,
        lifted=0,
        withdrawn=0,
        overturned=0,
        by_case=0,
    )
