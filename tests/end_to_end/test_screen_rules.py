"""The rules that all screens keep find fault where there is one."""

from __future__ import annotations

import pytest
from tests.support.screen_rules import hashes_above, not_answered, slugs_on_top, too_wide

HASH = "0" * 64
TITLES = {"acme": "Gifts", "person-9": "Jane Doe"}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["a b c"], []),
        (["a b cd"], ["a b cd"]),
        (["abcdefgh"], ["abcdefgh"]),
        (["  abcd"], ["  abcd"]),
        (['{"a": 1}'], []),
        (["道 歉歉"], ["道 歉歉"]),
        (["a b c   "], []),
    ],
)
def test_a_line_wider_than_the_terminal_is_found(lines: list[str], found: list[str]) -> None:
    assert too_wide(lines, 5) == found


@pytest.mark.parametrize(
    ("lines", "good"),
    [
        (["Verified.", "Root: " + HASH], True),
        (["Root: " + HASH, "Verified."], False),
        (["Root: " + HASH, "Verified.", "Not checked: much"], False),
        (["Signed by", "  " + HASH, "and by", "  " + HASH], True),
        (["Verified: " + HASH[:16] + "…", "and more", "and more"], True),
    ],
)
def test_hashes_come_last(lines: list[str], good: bool) -> None:
    assert (hashes_above(lines) == []) is good


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("Gifts (acme): open", True),
        ("acme: open", False),
        ("acmes and acme-2", True),
        ("`answerable why person-9`", True),
        ("person-9 is accountable", False),
        ("Jane Doe (person-9) is accountable", True),
        ('{"case_id":"acme"}', True),
    ],
)
def test_a_title_stands_for_a_slug(line: str, good: bool) -> None:
    assert (slugs_on_top([line], TITLES) == []) is good
    assert slugs_on_top([*[""] * 5, line], TITLES) == []


def test_the_answer_is_on_the_first_screen() -> None:
    assert not_answered(["Three people", "  are accountable."], "people are accountable.") == []
    assert not_answered([*["-"] * 24, "Three people"], "Three people") != []
