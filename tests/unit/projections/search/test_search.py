"""What was found: what it belongs to, how it stands, and what could not be looked into."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import Memory, case

from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.projections.search.excerpt import LENGTH, excerpt
from answerable.projections.search.search import SearchAnswer, search

KNOWN_BY = datetime(2026, 2, 1, 0, 0, 30, tzinfo=UTC)
"""When the first event of a case in memory was recorded, and no other."""


def asked(log: Memory, text: str, **more: Any) -> SearchAnswer:
    when = {name: more.pop(name) for name in ("as_of", "limit") if name in more}
    return search(log, SearchRequest(query(text), **more), **when)


def told(answer: SearchAnswer) -> list[tuple[int, str, str]]:
    """Position, field and whether it was corrected away."""
    return [(each.position, each.field, each.corrected) for each in answer.results]


OPENED = {"as": "o", "kind": "case-opened", "title": "A gift", "occurred": "2026-01-05"}


def correction(**fields: Any) -> dict[str, Any]:
    return {"as": "k", "kind": "correction", "target": "@o", "fields": fields}


def test_a_text_is_told_with_what_it_belongs_to() -> None:
    log = case({**OPENED, "owner": "p-1"})
    (found,) = asked(log, "gift").results
    assert found.case_id == "c"
    assert found.kind == "case-opened"
    assert found.occurred == "2026-01-05"
    assert found.about == ("p-1",)
    assert found.event_id == log.ids["o"]
    assert found.corrects is None


def test_a_text_that_was_corrected_away_is_marked_and_not_hidden() -> None:
    log = case(OPENED, correction(title="The late gift"))
    answer = asked(log, "gift")
    assert told(answer) == [(0, "title", "yes"), (1, "title", "no")]
    assert answer.results[1].corrects == log.ids["o"]
    # Before it was corrected, it was not.
    assert told(asked(log, "gift", known_by=KNOWN_BY)) == [(0, "title", "no")]


def test_a_correction_can_be_corrected_away_by_another() -> None:
    log = case(OPENED, correction(title="One gift"), {**correction(title="Two gifts"), "as": "l"})
    assert told(asked(log, "gift*")) == [
        (0, "title", "yes"), (1, "title", "yes"), (2, "title", "no"),
    ]  # fmt: skip


def test_a_correction_of_another_field_leaves_a_text_as_it_is() -> None:
    log = case(OPENED, correction(summary="in short"), {**correction(occurred="2025"), "as": "l"})
    answer = asked(log, "gift")
    assert told(answer) == [(0, "title", "no")]
    assert answer.results[0].occurred == "2025"


def test_a_correction_that_was_retracted_corrects_nothing() -> None:
    log = case(OPENED, correction(title="Late"), {"kind": "retraction", "target": "@k"})
    assert told(asked(log, "gift")) == [(0, "title", "no")]
    (late,) = asked(log, "late").results
    assert late.retracted_by is not None


def test_a_correction_takes_a_text_away_too() -> None:
    log = case({**OPENED, "summary": "gossip"}, correction(summary=None))
    assert told(asked(log, "gossip")) == [(0, "summary", "yes")]


@pytest.mark.parametrize("gone", ["erased", "withheld"])
def test_where_a_corrections_own_text_is_not_at_hand_it_is_indeterminate(gone: str) -> None:
    log = case(OPENED, correction(title="Late"))
    hide = log.erase if gone == "erased" else log.withhold
    hide(log.ids["k"], "sealed_fields")
    answer = asked(log, "gift")
    assert told(answer) == [(0, "title", "unknown")]
    assert (answer.erased, answer.withheld) == ((1, 0) if gone == "erased" else (0, 1))


def test_the_reason_of_a_correction_is_its_own_text() -> None:
    log = case(OPENED, {**correction(title="Late"), "reason": "a slip"},
               {**correction(title="Later"), "as": "l"})  # fmt: skip
    answer = asked(log, "slip")
    assert told(answer) == [(1, "reason", "no")]
    assert answer.results[0].corrects is None


def test_retractions_and_disputes_are_told() -> None:
    lesson = {"as": "l", "kind": "lesson-recorded", "lesson": "No gift"}
    log = case(lesson, {"kind": "dispute", "target": "@l"}, {"kind": "retraction", "target": "@l"})
    (found,) = asked(log, "gift").results
    assert len(found.disputed_by) == 1
    assert found.retracted_by is not None


def test_what_had_not_happened_is_left_out_and_what_may_have_is_marked() -> None:
    log = case(
        *({"kind": "lesson-recorded", "lesson": "mind the gift", **when}
          for when in ({"occurred": "2026-01-05"}, {"occurred": "2026-01"}, {},
                       {"occurred": "2026-02-01"}))
    )  # fmt: skip
    answer = asked(log, "gift", as_of=datetime(2026, 1, 10, tzinfo=UTC))
    assert [(each.position, each.happened) for each in answer.results] == [
        (0, "yes"), (1, "unknown"), (2, "unknown"),
    ]  # fmt: skip
    assert (answer.total, answer.indeterminate) == (3, 2)
    first = asked(log, "gift", as_of=datetime(2026, 1, 10, tzinfo=UTC), limit=1)
    assert (len(first.results), first.total, first.indeterminate) == (1, 3, 2)
    assert asked(log, "gift", limit=2).total == 4


def test_what_is_withheld_or_erased_is_not_found_but_counted() -> None:
    log = case(
        {**OPENED, "summary": "A gift"}, {"kind": "lesson-recorded", "as": "l", "lesson": "gift"}
    )
    log.erase(log.ids["o"], "title")
    log.withhold(log.ids["l"], "lesson")
    answer = asked(log, "gift")
    assert told(answer) == [(0, "summary", "no")]
    assert (answer.erased, answer.withheld) == (1, 1)


def marked(text: str, words: str) -> str:
    return "".join(f"[{p.text}]" if p.hit else p.text for p in excerpt(text, query(words)))


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("A late Gift", "gift", "A late [Gift]"),
        ("A late\n\n Gift", "gift* OR late", "A [late] [Gift]"),
        ("A late gift", '"late gift"', "A [late gift]"),
        ("我们道歉。", "道歉", "我们[道歉]。"),
        ("naïve", "naive", "[naïve]"),
        ("Gifting", "gift*", "[Gifting]"),
        ("gift", "other", "gift"),
        ("x " * 100 + "gift", "gift", "…" + "x " * 20 + "[gift]"),
    ],
)
def test_an_excerpt_marks_what_was_searched_for(text: str, words: str, told: str) -> None:
    assert marked(text, words) == told


def test_an_excerpt_of_a_long_text_is_short_and_has_the_hit() -> None:
    for size in (10, 1_000, 200_000):
        text = "word " * size + "gift " + "word " * size
        told = marked(text, "gift")
        assert "[gift]" in told
        assert len(told) <= LENGTH + 4


@given(st.text(), st.text(st.sampled_from("ab 道é"), min_size=1))
def test_an_excerpt_is_of_the_text(text: str, words: str) -> None:
    if not words.strip():
        return
    pieces = "".join(piece.text for piece in excerpt(text, query(words))).strip("…")
    told = " ".join(pieces.split())
    assert told in " ".join(text.split())
