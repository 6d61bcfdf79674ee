"""Tests are short in the suite, and what is cut there is run at length in a soak."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import lengths

TESTS = Path(__file__).parents[1]
ASKING = """
import sys
sys.path.insert(0, ".")
from hypothesis import settings
import tests.conftest
from tests.support.lengths import examples, sample
print(settings.default.max_examples, examples(20), len(sample(range(100), 7)))
"""


@pytest.mark.parametrize(("soak", "told"), [("", "30 20 7"), ("1", "300 200 100")])
def test_a_soak_tries_ten_times_as_many_examples_and_whole_sweeps(soak: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKING],
        cwd=TESTS.parent,
        env=os.environ | {"ANSWERABLE_SOAK": soak},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == told


def test_a_property_that_is_tried_often_is_tried_ten_times_as_often_in_a_soak() -> None:
    """As `max_examples=examples(60)`; sixty at the most may stand there as a number."""
    fixed = re.compile(r"(?<!@pytest\.mark\.soak\n@settings\()max_examples=([\d_]+)\b")
    often = {
        f"{file.relative_to(TESTS)}: {found[0]}"
        for file in TESTS.rglob("*.py")
        for found in fixed.finditer(file.read_text(encoding="utf-8"))
        if int(found[1]) > 60
    }
    assert often == set()


def test_a_sample_is_evenly_spaced_and_begins_with_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lengths, "SOAK", False)
    assert lengths.sample("abcdefgh", 3) == ["a", "c", "f"]
    assert lengths.sample("abc", 3) == lengths.sample("abc", 9) == ["a", "b", "c"]
