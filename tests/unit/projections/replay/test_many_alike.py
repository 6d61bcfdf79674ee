"""Replay a case of a house that has many like it: what it costs does not grow with the house."""

from collections.abc import Collection, Iterator
from typing import NoReturn

import pytest
from tests.benchmarks.large import case

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse
from answerable.ledger.indexes.documents import catch_up
from answerable.ledger.ledger import Ledger
from answerable.projections.documents import VIEWS
from answerable.projections.facts.record_view import RecordView
from answerable.projections.replay import verdicts
from answerable.projections.replay.replay import replay_case
from answerable.projections.replay.verdicts import VerdictChange

CASES = 8


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.create(tmp_path_factory.mktemp("alike") / "a.db") as ledger:
        for number in range(CASES):
            ledger.append_all(map(parse, case(number, CASES)), recorded_by="test")
        catch_up(ledger, VIEWS)
        yield ledger


def alike(ledger: Ledger) -> list[VerdictChange]:
    """List what a replay of the last case tells of how like findings were answered."""
    steps = replay_case(ledger, f"case-{CASES - 1}", judged=True)
    return [each for step in steps for each in step.verdicts if each.rule == "generic/alike"]


def test_few_like_findings_are_worked_out_at_each_step(
    house: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "MOST_LIKE", CASES - 1)
    assert [each.now for each in alike(house)] == ["pass"]


def test_of_too_many_like_findings_none_is_read_and_the_step_says_so(
    house: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: RecordView, __: Collection[str]) -> NoReturn:
        pytest.fail("another case was read")

    monkeypatch.setattr(verdicts, "MOST_LIKE", CASES - 2)
    monkeypatch.setattr(RecordView, "each_of", read)
    (told,) = alike(house)
    assert told.now == "indeterminate"
    said = f"{CASES - 1} findings of other cases are like it, more than are worked out here"
    assert said in told.explanation
    assert f"answerable check case-{CASES - 1}, asked of the same times" in told.explanation
    with in_language(language("zh-Hans")):
        (told,) = alike(house)
    assert f"其他案件中有 {CASES - 1} 项类似的认定" in told.explanation
