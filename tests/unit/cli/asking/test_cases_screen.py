"""`cases` in a terminal: however long a title is, the slug that one has to type is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.asking.cases import _fitted
from answerable.cli.shared.terminal.screen import columns
from answerable.projections.wording.leading.case import case_words


@given(st.text("abc 纪律", max_size=90), st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True))
def test_a_title_is_cut_before_its_slug_is(title: str, slug: str) -> None:
    said = case_words(slug, title)
    for room in (20, 36, 60):
        shown = _fitted(said, slug, room)
        assert columns(shown) <= room
        if columns(f" ({slug})") + 10 <= room and title.split():
            assert shown.endswith(f"({slug})")
        if columns(said) <= room:
            assert shown == said
