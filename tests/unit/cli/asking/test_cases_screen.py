"""`cases` in a terminal: however long a title is, the slug that one has to type is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.asking.cases import _fitted, _lines
from answerable.cli.shared.terminal.screen import columns
from answerable.domain.zone.zone import UNTOLD
from answerable.projections.status.cases import Case
from answerable.projections.wording.leading.case import case_words

MOMENT = "2026-03-31T12:00:00Z"


@given(st.text("abc 纪律", max_size=90), st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True))
def test_a_title_is_cut_before_its_slug_is(title: str, slug: str) -> None:
    said = case_words(slug, title)
    for room in (20, 36, 60):
        shown = _fitted(said, slug, room)
        if shown is None:
            assert columns(said) > room
            assert columns(f" ({slug})") + 10 > room
            continue
        assert columns(shown) <= room
        assert shown.endswith(f"({slug})" if title.split() else slug)
        if columns(said) <= room:
            assert shown == said


@given(st.text("abc 纪律", max_size=120), st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True))
def test_no_slug_is_cut_off_at_eighty_columns(title: str, slug: str) -> None:
    case = Case(slug, 3, "open", MOMENT, MOMENT, title or None)
    lines = list(_lines(case, UNTOLD, 80))
    assert all(columns(line) <= 80 for line in lines)
    assert slug in "".join(line.strip() for line in lines)
    assert lines[-1].endswith("3 events, last 2026-03-31")
