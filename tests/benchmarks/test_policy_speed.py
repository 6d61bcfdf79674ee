"""Measure what it costs to judge by the generic profile, against a replay of the same cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks.conftest import SMOKE, Race
from tests.benchmarks.large import EVENTS_A_CASE, case, lines, varied
from tests.benchmarks.procedures import loosely_told

from answerable.cli.judging.every.questions import Between
from answerable.domain.parsing import parse_line
from answerable.domain.policy.reading import Document, read_document
from answerable.domain.policy.shipped import profile, profile_text
from answerable.ledger.indexes.documents import catch_up
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.saying.comparing import differing
from answerable.projections.documents import VIEWS
from answerable.projections.facts.record_view import RecordView

MANY, FEW = (96, 48) if SMOKE else (10_000, 1_000)

NOW = datetime(2030, 1, 1, tzinfo=UTC)
"""The moment to judge by: after all was recorded, as when nobody asks about a day."""


def _grown(
    path: Path, cases: int, of: Callable[[int, int], Iterator[dict[str, Any]]] = case
) -> Path:
    with Ledger.create(path) as ledger:
        ledger.append_all([parse_line(line) for line in lines(cases, of)], recorded_by="jane")
        catch_up(ledger, VIEWS)
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _grown(tmp_path_factory.mktemp("many") / "many.db", MANY)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _grown(tmp_path_factory.mktemp("few") / "few.db", FEW)


def _replayed(ledger: Ledger) -> int:
    """Replay every case into accountability, as of the moment; count the people."""
    record = RecordView(ledger, NOW, None)
    return sum(len(accountability_of(view).people) for view in record.each_case())


def _judged(ledger: Ledger) -> int:
    """Judge every case by the generic profile, as `check` does; count what is not passed over."""
    record = RecordView(ledger, NOW, None)
    judges = Judges(record, alone(profile("generic")), every=True, now=True)
    judged = judges.outcomes_of_each(record.each_case())
    return sum(each.verdict != "not-applicable" for _, found in judged for each in found)


def _with_witnesses(ledger: Ledger) -> int:
    """Judge every case as `_judged` does; count the events that the verdicts rest on."""
    record = RecordView(ledger, NOW, None)
    judges = Judges(record, alone(profile("generic")), every=True, now=True)
    judged = judges.outcomes_of_each(record.each_case())
    return sum(len(each.witnesses) for _, found in judged for each in found)


def _differing(ledger: Ledger, new: Document) -> int:
    """Try a policy instead of the generic profile, as `what-if` does; count what differs."""
    record = RecordView(ledger, NOW, None)
    asked = differing(alone(profile("generic")), alone(new))
    compared = Between(*asked, None, now=True).begin(record, every=True)
    return sum(len(found) for _, found in compared(record.each_case()))


def _both(ledger: Ledger) -> int:
    """Compare two policies of which all rules differ."""
    return _differing(ledger, profile("eu-whistleblowing"))


def _tried(ledger: Ledger) -> int:
    """Try a draft that changes one rule."""
    draft = profile_text("generic").replace(b'"written-warning", ', b"")
    return _differing(ledger, read_document(draft))


def test_the_generic_profile(race: Race, many: Path) -> None:
    with Ledger.open(many) as ledger:
        assert _judged(ledger) > MANY
        race(
            lambda: _judged(ledger),
            lambda: _replayed(ledger),
            name=f"{MANY:,} cases of {EVENTS_A_CASE} events judged by the generic profile",
            against="a plain replay of them into accountability",
            target="at most 3",
            rounds=1,
        )


def test_the_witnesses_of_every_verdict(race: Race, many: Path) -> None:
    with Ledger.open(many) as ledger:
        race(
            lambda: _with_witnesses(ledger),
            lambda: _replayed(ledger),
            name="the same, and the witnesses of each verdict read",
            against="a plain replay of them into accountability",
            target="at most 3",
            rounds=1,
        )


def test_the_generic_profile_on_loose_dates(race: Race, tmp_path: Path) -> None:
    with Ledger.open(_grown(tmp_path / "loose.db", MANY, loosely_told)) as ledger:
        race(
            lambda: _with_witnesses(ledger),
            lambda: _replayed(ledger),
            name=f"{MANY:,} cases of five procedures, a third of their dates loose, with witnesses",
            against="a plain replay of them into accountability",
            target="at most 3",
            rounds=1,
        )


def test_the_generic_profile_on_cases_unlike_one_another(race: Race, tmp_path: Path) -> None:
    with Ledger.open(_grown(tmp_path / "varied.db", MANY, varied)) as ledger:
        race(
            lambda: _with_witnesses(ledger),
            lambda: _replayed(ledger),
            name=f"{MANY:,} cases of which hardly two are alike, with witnesses",
            against="a plain replay of them into accountability",
            target="at most 3",
            rounds=1,
        )


def test_two_policies(race: Race, many: Path) -> None:
    with Ledger.open(many) as ledger:
        assert _both(ledger)
        race(
            lambda: _both(ledger),
            lambda: _judged(ledger),
            name=f"what-if over {MANY:,} cases: generic against eu-whistleblowing",
            against="judging them by the generic profile alone",
            target="at most 2; a million events under a minute",
            rounds=1,
        )


def test_a_draft(race: Race, many: Path) -> None:
    with Ledger.open(many) as ledger:
        race(
            lambda: _tried(ledger),
            lambda: _replayed(ledger),
            name=f"what-if over {MANY:,} cases: a draft that changes one rule of the profile",
            against="a plain replay of them into accountability",
            target="at most 3",
            rounds=1,
        )


def test_one_case(race: Race, many: Path, few: Path) -> None:
    with Ledger.open(many) as large, Ledger.open(few) as small:

        def judged(ledger: Ledger) -> list[str]:
            record = RecordView(ledger, NOW, None)
            judges = Judges(record, alone(profile("generic")), now=True)
            return [each.verdict for each in judges.judge(record.case("case-7"))]

        assert judged(large) == judged(small)
        race(
            lambda: judged(large),
            lambda: judged(small),
            name=f"a case judged by the generic profile, of {MANY:,}",
            against=f"the same, of {FEW:,}",
            target="at most 1.5 (flat)",
            rounds=11,
        )
