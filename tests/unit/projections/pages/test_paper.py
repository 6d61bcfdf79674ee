"""A report on paper: of a long case no event is shown whole, and each number leads to its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.one_case import CASE, large

from answerable.projections.pages import sections
from answerable.projections.pages.content import content_of
from answerable.projections.pages.paper import case_paper
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of


def printed(folder: Path) -> str:
    """Return a case of thirty events as it is printed."""
    with large(folder, 30) as case:
        looked = look(case.ledger, CASE)
        return case_paper(content_of(report_of(looked, version="1"), looked))


def led_nowhere(page: str) -> set[str]:
    """Return the places on a page that links lead to, and that are not there."""
    return {*re.findall(r'href="#([^"]+)"', page)} - {*re.findall(r'\sid="([^"]+)"', page)}


def test_a_short_case_is_printed_with_each_event_whole(tmp_path: Path) -> None:
    page = printed(tmp_path)
    assert page.count('<article class="event"') == 30
    assert "not shown whole" not in page
    assert not led_nowhere(page)


def test_a_long_case_is_printed_without_and_says_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "LONG", 20)
    page = printed(tmp_path)
    assert "<article" not in page
    assert "Each of the 30 events has its line in the timeline." in page
    assert len(re.findall(r'<tr id="event-\d+" data-position', page)) == 30
    assert '<a class="event" href="#event-' in page
    assert not led_nowhere(page)
