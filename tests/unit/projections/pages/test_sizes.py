"""The size of a report's page, which is the same each time; docs/performance.md has its targets."""

from pathlib import Path

import pytest
from tests.support.one_case import large


@pytest.mark.parametrize(("events", "most"), [(30, 400_000), (1_000, 5_000_000)])
def test_a_page_is_no_larger_than_it_may_be(tmp_path: Path, events: int, most: int) -> None:
    with large(tmp_path, events) as case:
        assert len(case.written("html")) < most
