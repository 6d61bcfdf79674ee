"""Find the findings that are like one, over all cases, and count how they were answered.

Of the present, a view tells that is kept by likeness (`documents.py`): what it costs does not grow
with the cases that are folded, for none is. As of a day, another view tells which of them were
under way then (`consistency/settling.py`), and these are folded, one at a time. As known by a day,
the log tells which cases it went on with since: they are folded twice, as known now and then; or,
where little was on record by then, those of that; else all that ever had a finding of the kind.
Who must answer soon sets a bound to how many are folded (`TooManyLike`). Where every case is asked
about (`every_finding`), so is the whole view; with a time, one pass over the record tells all. All
of them give the same comparators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any, Protocol

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

FEW_ALIKE = 16
"""The number of like findings of which the cases are folded without looking for a shorter way."""

FOLDED_TWICE = 2
"""The number of times a case is folded that the log went on with: as known now, and as known."""

MOST_READ = 2_000
"""The most entries that are looked through for the cases that the log went on or began with."""


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
    """Raised where more cases would have to be folded than are to be, as of another time.

    Attributes:
        number: how many findings of other cases are like the one asked about at present.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"{number:,} findings of other cases are like one")
        self.number = number


class LikeFindings:
    """Finds comparators for the findings of a few cases, from the view where there is one.

    The case of a finding is taken as it is given: what is only thought of in it counts, too.
    """

    def __init__(self, record: RecordView, *, most: int | None = None) -> None:
        """Look at a record.

        Args:
            record: the record, as known by and as of the moment asked about.
            most: how many times a case is folded, at the most, for the findings that are like
                one; where more would have to be, `TooManyLike` is raised. None: any number.
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
            return self._at_present(but, keys)
        if self._record.known_by is None:
            return self._as_of(but, asked, keys)
        return self._known_by(but, asked, keys)

    def _as_of(self, but: str, asked: Wanted, keys: Collection[str]) -> Counter[Shape]:
        """Count as of a day: as at present, but for the cases that were under way then."""
        record = self._record
        moment = moment_in(record.as_of, UNTOLD)
        found = self._at_present(but, keys)
        if moment is None:  # The zone of who asks changes nothing of the present.
            return found
        day = moment.date()
        months = settled_after(record.reader, keys, day)
        if self._most is not None and begun(record.reader, months, day, but) > self._most:
            raise TooManyLike(found.total())
        under_way: set[str] = set()
        for month in months:
            found.subtract(standing_now(record.reader, month, but))
            under_way.update(unsettled(record.reader, month, day))
        return +found + _summed(record.each_of(sorted(under_way - {but})), asked)

    def _known_by(self, but: str, asked: Wanted, keys: Collection[str]) -> Counter[Shape]:
        """Count as known by a day: by whichever way folds the fewest cases."""
        record = self._record
        alike = self._at_present(but, keys).total()
        since = None if alike <= FEW_ALIKE else _went_on(record)
        by_then = None if alike <= FEW_ALIKE or since == set() else _begun_by(record)
        ways = {
            "since": None if since is None else FOLDED_TWICE * len(since - {but}),
            "by then": None if by_then is None else len(by_then - {but}),
            "alike": alike,
        }
        way, folded = min(
            ((way, number) for way, number in ways.items() if number is not None),
            key=lambda each: each[1],
        )
        if self._most is not None and folded > self._most:
            raise TooManyLike(alike)
        if way == "since" and since is not None:
            present = RecordView(record.reader, record.as_of)
            found = LikeFindings(present, most=self._most)._in_other_cases(but, asked)
            others = sorted(since - {but})
            found.subtract(_summed(present.each_of(others), asked))
            return +found + _summed(record.each_of(others), asked)
        if way == "by then" and by_then is not None:
            return _summed(record.each_of(sorted(by_then - {but})), asked)
        named = (views.cases_naming(record.reader, "like", key) or () for key in keys)
        cases = {case for each in named for case in each}
        return _summed(record.each_of(sorted(cases - {but})), asked)

    def _at_present(self, but: str, keys: Iterable[str]) -> Counter[Shape]:
        """Count the places of the findings of other cases that are alike at present."""
        found: Counter[Shape] = Counter()
        for key in keys:
            found += like(self._record.reader, key, but=but)
        return found


def _went_on(record: RecordView) -> set[str] | None:
    """Find the cases of which something was recorded since; None, where much was."""
    assert record.known_by is not None  # noqa: S101 - asked as known by a day alone
    return record.reader.cases_since(record.known_by, MOST_READ)


def _begun_by(record: RecordView) -> set[str] | None:
    """Find the cases of which something was on record by then; None, where much was."""
    found = list(islice(record.events(), MOST_READ + 1))
    return None if len(found) > MOST_READ else {event.case_id for event in found}


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


def settled_after(reader: Reader, keys: Collection[str], day: date) -> list[str]:
    """List the keys of the months after which cases of some likenesses were settled, from a day on.

    Args:
        reader: the record.
        keys: those of the likenesses.
        day: the day. Of cases of earlier months, all that they tell had happened by then.
    """
    from_ = day.isoformat()[: len(NEVER)]
    months = reader.document_keys(views.VIEWS, "settled") or ()
    return [each for each in months if each >= from_ and each[len(from_) :] in keys]


def begun(reader: Reader, months: Iterable[str], day: date, but: str) -> int:
    """Count the cases, settled in some months, that may have had a finding by a day."""
    return sum(
        cases
        for month in months
        for body, cases in reader.document_parts(views.VIEWS, "settled", month, but=but).items()
        if views.read_part(body, _unsettled)[0] <= day.isoformat()
    )


def standing_now(reader: Reader, month: str, but: str) -> Counter[Shape]:
    """Count where the findings of cases stand at present that were settled in a month."""
    found: Counter[Shape] = Counter()
    for body, cases in reader.document_parts(views.VIEWS, "settled", month, but=but).items():
        for shape in views.read_part(body, _unsettled)[1]:
            found[shape] += cases
    return found


def unsettled(reader: Reader, month: str, day: date) -> Iterator[str]:
    """Yield the cases, settled in a month, that may have had a finding by a day."""
    parts = reader.document_parts(views.VIEWS, "settled", month, but="")
    if all(views.read_part(body, _unsettled)[0] > day.isoformat() for body in parts):
        return
    document = reader.document(views.VIEWS, "settled", month) or {}
    for case_id, body in document.items():
        if views.read_part(body, _unsettled)[0] <= day.isoformat():
            yield case_id


def _unsettled(told: list[Any]) -> tuple[str, list[Shape]]:
    first, shapes = told
    return str(first), _shapes(shapes)


def _shapes(told: list[list[Any]]) -> list[Shape]:
    return [(int(least), int(most), bool(sure)) for least, most, sure in told]


def _likeness(told: list[Any]) -> Likeness:
    return Likeness(*told)
