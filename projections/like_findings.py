"""Find the findings that are like one, over all cases, and count how they were answered.

Of the present, a view tells that is kept by likeness (`documents.py`): what it costs does not grow
with the cases that are folded, for none is. As of a day, another view tells which of them were
under way then (`consistency/settling.py`), and these are folded, one at a time. As known by a day,
the view only tells which cases ever had a finding of the kind, and all of these are. Where every
case is asked about (`every_finding`), so is the whole view; with a time, one pass over the record
tells all. All of them give the same comparators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from answerable.domain.errors import AnswerableError
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import moment_in
from answerable.domain.zone.zone import UNTOLD
from answerable.projections import documents as views
from answerable.projections.consistency.comparators import (
    FIELDS,
    Comparison,
    Wanted,
    compared,
    shapes,
    takes,
    wanted,
)
from answerable.projections.consistency.outliers import Shape
from answerable.projections.consistency.settling import NEVER
from answerable.projections.consistency.units import DecidedFinding, Likeness, decided
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.record_view import RecordView


class Comparing(Protocol):
    """Finds comparators, at the times that its record is looked at."""

    def others(
        self, view: CaseView, unit: DecidedFinding, key: Collection[str] = FIELDS
    ) -> Counter[Shape]:
        """Count the places of the findings like one, in other cases and its own, itself left out.

        Args:
            view: the case of the finding.
            unit: the finding.
            key: the fields by which findings are alike: all of `FIELDS`, or some of them.
        """

    def compare(
        self,
        view: CaseView,
        unit: DecidedFinding,
        shares: tuple[Fraction, Fraction],
        key: Collection[str] = FIELDS,
    ) -> Comparison | None:
        """Hold a finding against its comparators; None where it has no place on the scale.

        Args:
            view: the case of the finding.
            unit: the finding.
            shares: between which quantiles of its comparators a measure is usual.
            key: the fields by which findings are alike.
        """


class TooManyLike(AnswerableError):
    """Raised where more findings are like one than are to be folded as of another time."""


class LikeFindings:
    """Finds comparators for the findings of a few cases, from the view where there is one.

    The case of a finding is taken as it is given: what is only thought of in it counts, too.
    """

    def __init__(self, record: RecordView, *, most: int | None = None) -> None:
        """Look at a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            most: how many like findings of other cases are worked out as of a moment that is not
                the present, as views count them; more raise `TooManyLike`. None: any number.
        """
        self._record = record
        self._most = most
        self._elsewhere: dict[tuple[str, Wanted], Counter[Shape]] = {}

    def others(
        self, view: CaseView, unit: DecidedFinding, key: Collection[str] = FIELDS
    ) -> Counter[Shape]:
        """Count the places of the findings like one; the arguments are those of `Comparing`."""
        asked = wanted(unit.key, key)
        at = (view.case_id, asked)
        if at not in self._elsewhere:
            self._elsewhere[at] = self._in_other_cases(*at)
        own = _in_one_case(view)
        if asked not in own:
            own[asked] = shapes(decided(view), asked)
        return self._elsewhere[at] + (own[asked] - shapes([unit], asked))

    def compare(
        self,
        view: CaseView,
        unit: DecidedFinding,
        shares: tuple[Fraction, Fraction],
        key: Collection[str] = FIELDS,
    ) -> Comparison | None:
        """Hold a finding against its comparators; the arguments are those of `Comparing`."""
        return compared(unit, self.others(view, unit, key), shares)

    def _in_other_cases(self, but: str, asked: Wanted) -> Counter[Shape]:
        reader = self._record.reader
        keys = likenesses(reader, asked)
        if keys is None:
            every = (view for view in self._record.each_case() if view.case_id != but)
            return _summed(every, asked)
        if self._record.present:
            found: Counter[Shape] = Counter()
            for key in keys:
                found += like(reader, key, but=but)
            return found
        if self._record.known_by is None:
            return self._as_of(but, asked, keys)
        if self._most is not None:
            found = sum((like(reader, key, but=but) for key in keys), Counter())
            if found.total() > self._most:
                raise TooManyLike(f"{found.total():,} findings of other cases are like one")
        named = (views.cases_naming(reader, "like", key) or () for key in keys)
        cases = {case for each in named for case in each}
        return _summed(self._record.each_of(sorted(cases - {but})), asked)

    def _as_of(self, but: str, asked: Wanted, keys: Iterable[str]) -> Counter[Shape]:
        """Count as of a day: as at present, but for the cases that were under way then."""
        record = self._record
        moment = moment_in(record.as_of, UNTOLD)
        assert moment is not None  # noqa: S101 - else it is the present
        day = moment.date()
        found: Counter[Shape] = Counter()
        under_way: set[str] = set()
        for key in keys:
            found += like(record.reader, key, but=but)
            for each in unsettled(record.reader, key, day) or ():
                if each.case_id != but:
                    found.subtract(each.shapes)
                    if each.first <= day.isoformat():
                        under_way.add(each.case_id)
        return +found + _summed(record.each_of(sorted(under_way)), asked)


@once
def _in_one_case(_: CaseView) -> dict[Wanted, Counter[Shape]]:
    """Keep the places of the findings of a case, by what was wanted of them."""
    return {}


class EveryFinding:
    """Finds comparators for the findings of all cases. Of each likeness, numbers are in memory."""

    def __init__(self, found: dict[Likeness, Counter[Shape]]) -> None:
        self._found = found
        self._wanted: dict[Wanted, Counter[Shape]] = {}
        self._compared: dict[object, Comparison | None] = {}

    def others(
        self, view: CaseView, unit: DecidedFinding, key: Collection[str] = FIELDS
    ) -> Counter[Shape]:
        """Count the places of the findings like one; the arguments are those of `Comparing`.

        The case must be as the pass over the record found it.
        """
        asked = wanted(unit.key, key)
        if asked not in self._wanted:
            found: Counter[Shape] = Counter()
            for likeness, own in self._found.items():
                if takes(asked, likeness):
                    found += own
            self._wanted[asked] = found
        return self._wanted[asked] - shapes([unit], asked)

    def compare(
        self,
        view: CaseView,
        unit: DecidedFinding,
        shares: tuple[Fraction, Fraction],
        key: Collection[str] = FIELDS,
    ) -> Comparison | None:
        """Hold a finding against its comparators; the arguments are those of `Comparing`.

        Of findings alike that were answered alike, the comparators are the same.
        """
        between = [each.as_integer_ratio() for each in shares]  # Fractions are slow to look up.
        at = (wanted(unit.key, key), unit.shape, *between)
        if at not in self._compared:
            self._compared[at] = compared(unit, self.others(view, unit, key), shares)
        found = self._compared[at]
        return None if found is None else found._replace(unit=unit)


def every_finding(record: RecordView) -> EveryFinding:
    """Read all findings of a record: of the present from the view, else in one pass.

    One case is in memory at a time.
    """
    kept = counted_by_likeness(record.reader) if record.present else None
    if kept is not None:
        return EveryFinding(kept)
    found: dict[Likeness, Counter[Shape]] = {}
    # What parties are does not count here, and would be read of each.
    for view in RecordView(record.reader, record.as_of, record.known_by).each_case():
        for unit in decided(view):
            if unit.shape is not None:
                found.setdefault(unit.key, Counter())[unit.shape] += 1
    return EveryFinding(found)


def _summed(cases: Iterable[CaseView], asked: Wanted) -> Counter[Shape]:
    found: Counter[Shape] = Counter()
    for view in cases:
        found += shapes(decided(view), asked)
    return found


def likenesses(reader: Reader, asked: Wanted) -> list[str] | None:
    """List the keys of the likenesses wanted; None where no views are kept."""
    keys = reader.document_keys(views.VIEWS, "like")
    if keys is None:
        return None
    return [key for key in keys if takes(asked, views.read_part(key.encode(), _likeness))]


def counted_by_likeness(reader: Reader) -> dict[Likeness, Counter[Shape]] | None:
    """Count where all findings stand, by their likeness; None where no views are kept."""
    keys = likenesses(reader, ())
    if keys is None:
        return None
    return {views.read_part(key.encode(), _likeness): like(reader, key) for key in keys}


def like(reader: Reader, key: str, *, but: str = "") -> Counter[Shape]:
    """Count where the findings of a likeness stand, those of one case left out."""
    found: Counter[Shape] = Counter()
    for body, cases in reader.document_parts(views.VIEWS, "like", key, but=but).items():
        for shape in views.read_part(body, _shapes):
            found[shape] += cases
    return found


class Unsettled(NamedTuple):
    """Hold where the findings of a likeness stand in a case that a day may find otherwise.

    Attributes:
        first: a day before which the case had no finding (ISO 8601).
        shapes: where they stand at present.
    """

    case_id: str
    first: str
    shapes: list[Shape]


def unsettled(reader: Reader, key: str, day: date) -> Iterator[Unsettled] | None:
    """Read the cases with findings of a likeness that may have stood otherwise as of a day.

    Args:
        reader: the record.
        key: that of the likeness.
        day: the day. Of each other case, all that it tells had happened by then.

    Returns:
        None where no views are kept.
    """
    keys = reader.document_keys(views.VIEWS, "settled")
    if keys is None:
        return None
    from_ = day.isoformat()[: len(NEVER)]
    asked = [each for each in keys if each >= from_ and each[len(from_) :] == key]
    documents = (reader.document(views.VIEWS, "settled", each) or {} for each in asked)
    return (
        Unsettled(case_id, *views.read_part(body, _unsettled))
        for document in documents
        for case_id, body in document.items()
    )


def _unsettled(told: list[Any]) -> tuple[str, list[Shape]]:
    first, shapes = told
    return str(first), _shapes(shapes)


def _shapes(told: list[list[Any]]) -> list[Shape]:
    return [(int(least), int(most), bool(sure)) for least, most, sure in told]


def _likeness(told: list[Any]) -> Likeness:
    return Likeness(*told)
