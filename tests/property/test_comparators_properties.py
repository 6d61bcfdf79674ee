"""Comparators are the same from the view, by folding and in one pass; bands hold in every world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from itertools import product
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import bundles
from tests.support.lengths import examples

from answerable.domain.errors import AnswerableError
from answerable.domain.parsing import parse
from answerable.ledger.indexes import documents as store
from answerable.ledger.ledger import Ledger
from answerable.projections import like_findings
from answerable.projections.consistency.comparators import FIELDS, compared, share_of
from answerable.projections.consistency.outliers import Shape
from answerable.projections.consistency.units import DecidedFinding, Likeness, units
from answerable.projections.documents import VIEWS
from answerable.projections.facts.record_view import RecordView
from answerable.projections.like_findings import LikeFindings, every_finding

CASES = ("a", "b", "c")

DAYS = tuple(
    datetime.fromisoformat(f"{day}T23:59:00Z")
    for day in ("2025-11-01", "2026-01-07", "2026-03-15", "2026-03-31", "2026-07-02", "2031-01-01")
)
"""Moments to ask about: before all, between, on the last day of a month, and long after."""

dates = st.sampled_from(
    (
        "2026-01-06",
        "2026-03",
        "2026-05-01",
        "2026-05-01",
        "2026-02~",
        "../2026-03",
        "2026-04/..",
        None,
    )
)
terms = {
    "offence_class": st.sampled_from(("gifts", "theft")),
    "responsibility": st.sampled_from(("direct", "direct", "managerial", "none")),
    "grade": st.sampled_from((None, "clerk")),
    "outcome": st.sampled_from(("substantiated", "substantiated", "exonerated")),
}
findings = st.fixed_dictionaries(
    {"kind": st.just("finding-made"), "case_id": st.sampled_from(CASES), "occurred": dates,
     "subject": st.sampled_from(("p-1", "p-2")), **terms}
)  # fmt: skip
measures = st.fixed_dictionaries(
    {"kind": st.just("sanction-imposed"), "occurred": dates,
     "measure": st.sampled_from(("training", "fine", "dismissal")),
     "until": st.sampled_from((None, None, "2026-06-01"))}
)  # fmt: skip
liftings = st.fixed_dictionaries(
    {"kind": st.just("sanction-lifted"), "occurred": dates, "reason": st.just("served")}
) | st.fixed_dictionaries(
    {"kind": st.sampled_from(("sanction-suspended", "sanction-executed")), "occurred": dates}
)  # fmt: skip
corrections = st.sampled_from(tuple(terms)).flatmap(
    lambda name: terms[name].map(lambda value: {"kind": "correction", "fields": {name: value}})
)
retractions = st.just({"kind": "retraction", "reason": "an error"})
redatings = dates.filter(bool).map(lambda day: {"kind": "correction", "fields": {"occurred": day}})
acts = measures | liftings | corrections | redatings | retractions
steps = st.tuples(st.integers(0, 30), findings | findings | measures | acts)
histories = st.lists(steps, min_size=6, max_size=16)


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        yield ledger


def drawn(history: list[tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """The events of a history; each that acts upon an earlier one is told which."""
    made: list[dict[str, Any]] = []
    for at, told in history:
        step = {name: value for name, value in told.items() if value is not None}
        if step["kind"] != "finding-made":
            upon = [each for each in made if takes(step["kind"], each["kind"])]
            if not upon:
                continue
            target = upon[at % len(upon)]
            step["case_id"] = target["case_id"]
            if step["kind"] == "sanction-imposed":
                step |= {"subject": target["subject"], "basis": [target["event_id"]]}
            else:
                step["target"] = target["event_id"]
        made.append({"event_id": f"019b8a5e-7c00-7000-8000-{len(made):012x}", **step})
        yield made[-1]


def takes(kind: str, upon: str) -> bool:
    if kind.startswith("sanction-") and kind != "sanction-imposed":
        return upon == "sanction-imposed"
    return upon in {"sanction-imposed": ("finding-made",), "correction": ("finding-made",)}.get(
        kind, ("finding-made", "sanction-imposed", "correction")
    )


def record(ledger: Ledger, event: dict[str, Any]) -> None:
    try:
        ledger.append(parse(event), recorded_by="jane")
    except AnswerableError:
        return  # retracted already, say


def slowly(found: RecordView, one: DecidedFinding, key: tuple[str, ...]) -> Counter[Shape]:
    """Every finding of every case, but itself, of which the fields are the same."""
    every = [unit for view in found.each_case() for unit in units(view)]
    names = [FIELDS[field] for field in key]
    return Counter(
        (unit.steps[0], unit.steps[-1], unit.as_of == "yes")
        for unit in every
        if unit.event_id != one.event_id
        and unit.steps
        and all(getattr(unit.key, name) == getattr(one.key, name) for name in names)
    )


keys = st.sampled_from((tuple(FIELDS), tuple(FIELDS), ("offence_class",), ("grade",), ()))


@pytest.fixture(autouse=True)
def _looking_for_the_shortest_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house of three cases is as if of many: each way is taken that folds the fewest."""
    monkeypatch.setattr(like_findings, "FEW_ALIKE", 0)
    monkeypatch.setattr(like_findings, "MOST_READ", 2_000)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories, st.data(), keys, st.sampled_from((None, *DAYS)), st.booleans())
def test_all_ways_find_the_same_comparators(
    history: list[tuple[int, dict[str, Any]]],
    data: st.DataObject,
    key: tuple[str, ...],
    as_of: datetime | None,
    earlier: bool,
) -> None:
    with new_ledger() as ledger:
        times = []
        for event in drawn(history):
            record(ledger, event)
            times.append(max(datetime.fromisoformat(each.recorded_at) for each in ledger.events()))
            if data.draw(st.booleans()):
                store.catch_up(ledger, VIEWS)
        known_by = data.draw(st.sampled_from(times)) if earlier and times else None
        like_findings.MOST_READ = data.draw(st.sampled_from((0, 4, 2_000)))
        looked_at = RecordView(ledger, as_of, known_by)
        few, all_ = LikeFindings(looked_at), every_finding(looked_at)
        for view in looked_at.each_case():
            for unit in units(view):
                expected = slowly(looked_at, unit, key)
                assert few.others(view, unit, key) == expected
                assert all_.others(view, unit, key) == expected
        assert list(store.differences(ledger, VIEWS)) == []


def test_a_finding_is_like_others_as_it_was_corrected_and_as_that_was_retracted() -> None:
    gift = {"kind": "finding-made", "case_id": "a", "occurred": "2026-01-06", "subject": "p-1"}
    gift |= {"offence_class": "gifts", "responsibility": "direct", "outcome": "substantiated"}
    graded = {**gift, "case_id": "b", "grade": "clerk"}
    to_theft = {"kind": "correction", "fields": {"offence_class": "theft"}}
    to_clerk = {"kind": "correction", "fields": {"grade": "clerk"}}
    retracted = {"kind": "retraction", "reason": "an error"}
    found = []
    with new_ledger() as ledger:
        for event in drawn([(0, gift), (0, graded), (0, to_theft), (0, to_clerk), (2, retracted)]):
            record(ledger, event)
            looked_at = RecordView(ledger)
            for one in units(looked_at.case("b")):
                like = LikeFindings(looked_at).others(looked_at.case("b"), one)
                found.append(sum(like.values()))
            assert list(store.differences(ledger, VIEWS)) == []
    assert found == [0, 0, 0, 1]


def unit(shape: Shape) -> DecidedFinding:
    low, high, sure = shape
    steps = tuple(dict.fromkeys((low, high)))
    likeness = Likeness("gifts", "direct", None)
    return DecidedFinding("c", "e", 1, "p", likeness, "yes" if sure else "unknown", (), steps)


loose = st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()).map(
    lambda each: (min(each[:2]), max(each[:2]), each[2])
)
exact = st.integers(0, 11).map(lambda step: (step, step, True))
shares = st.sampled_from((("0.1", "0.9"), ("0.25", "0.75"), ("0", "1"), ("0.5", "0.5")))


def is_outside(step: int, others: list[int], low: str, high: str) -> bool:
    """By nearest rank, as textbooks have it."""
    least, most = (
        sorted(others)[max(1, ceil(Fraction(share) * len(others))) - 1] for share in (low, high)
    )
    return not least <= step <= most


@given(exact, st.lists(exact, min_size=1, max_size=40), shares)
def test_exact_findings_lie_where_the_textbook_says(
    one: Shape, others: list[Shape], between: tuple[str, str]
) -> None:
    low, high = map(Fraction, between)
    found = compared(unit(one), Counter(others), (low, high))
    assert found is not None
    outside = is_outside(one[0], [each[0] for each in others], *between)
    assert found.outside == ("yes" if outside else "no")
    assert found.number == (len(others), len(others))


@settings(max_examples=examples(30))
@given(loose, st.lists(exact | loose, min_size=1, max_size=5), shares)
def test_a_verdict_holds_in_every_world(
    one: Shape, others: list[Shape], between: tuple[str, str]
) -> None:
    low, high = map(Fraction, between)
    found = compared(unit(one), Counter(others), (low, high))
    assert found is not None
    choices: list[list[int | None]] = [
        [*range(least, most + 1), *(() if sure else (None,))] for least, most, sure in others
    ]
    counted = [[each for each in world if each is not None] for world in product(*choices)]
    told = {
        is_outside(step, world, *between)
        for world in counted
        if world
        for step in range(one[0], one[1] + 1)
    }
    if found.outside != "unknown":
        assert told == {found.outside == "yes"}
    numbers = [len(world) for world in counted]
    assert found.number == (min(numbers), max(numbers))


def test_a_share_is_exact() -> None:
    """The float nearest to a tenth is more than a tenth, and a tenth of thirty would be the 4th."""
    assert ceil(Fraction(0.1) * 30) == 4
    assert ceil(share_of(0.1) * 30) == 3
    assert share_of(0.9) == Fraction(9, 10)


def told_of(case_id: str, found: str, imposed: str, **more: str) -> Iterator[Any]:
    own = {"case_id": case_id, "subject": "p-1"}
    yield {**own, "kind": "finding-made", "as": "f", "outcome": "substantiated",
           "responsibility": "direct", "offence_class": "gifts", "occurred": found}  # fmt: skip
    yield {**own, "kind": "sanction-imposed", "measure": "fine", "basis": ["@f"],
           "occurred": imposed, **more}  # fmt: skip


UNDER_WAY = {
    "early": ("2025-11-13", "2025-11-20"),
    "march": ("2026-03-02", "2026-03-30"),
    "april": ("2026-03-30", "2026-04-30"),
    "loose": ("2026-02~", "../2026-05"),
    "open": ("2026-01-05", "2026-04/.."),
    "late": ("2026-06-01", "2026-06-09"),
}
"""Cases by when their finding was made, and answered."""


def test_as_of_a_day_no_case_is_folded_but_those_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folded: list[str] = []
    each_of = RecordView.each_of

    def noted(self: RecordView, case_ids: Any) -> Any:
        folded.extend(case_ids)
        return each_of(self, case_ids)

    monkeypatch.setattr(RecordView, "each_of", noted)
    with new_ledger() as ledger:
        for case_id, (found, imposed) in UNDER_WAY.items():
            until = {"until": "2026-06-01"} if case_id == "march" else {}
            registered = {
                "case_id": case_id,
                "kind": "party-registered",
                "party": "p-1",
                "type": "person",
            }
            steps_of = (registered, *told_of(case_id, found, imposed, **until))
            bundles.record(ledger, steps_of)
        store.catch_up(ledger, VIEWS)
        for day, under_way in (
            (DAYS[0], set()),
            (DAYS[2], {"march", "loose", "open"}),
            (DAYS[3], {"march", "april", "loose", "open"}),
            (DAYS[4], {"march", "open"}),
            (DAYS[5], {"march", "open"}),
        ):
            looked_at = RecordView(ledger, day)
            for view in list(looked_at.each_case()):
                for one in units(view):
                    folded.clear()
                    expected = slowly(looked_at, one, tuple(FIELDS))
                    assert LikeFindings(looked_at).others(view, one) == expected
                    assert set(folded) == under_way - {view.case_id}, day
