"""Lines end where a reader of their language expects it, and are no wider than they may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.output.folding import NOT_FIRST, NOT_LAST, columns, fold, unbroken

SIGNS = st.text(st.sampled_from("处分已执行，。（）“”ab1# "), max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("处分已经执行", 8, ["处分已经", "执行"]),
        ("处分已经，执行", 8, ["处分已", "经，执行"]),
        ("处分（已经执行）", 10, ["处分（已经", "执行）"]),
        ("处分已（经执行）", 8, ["处分已", "（经执", "行）"]),
        ("对 Xu Fei 的处分", 10, ["对 Xu Fei", "的处分"]),
        ("见 #12 至 #14。", 8, ["见 #12", "至 #14。"]),
        ("于 2026年1月5日执行", 13, ["于", "2026年1月5日", "执行"]),
        ("plain words stay", 8, ["plain", "words", "stay"]),
    ],
)
def test_a_line_ends_between_ideographs(text: str, width: int, lines: list[str]) -> None:
    assert list(fold(text, width, hang=0)) == lines


def test_a_command_in_backticks_stays_whole_beside_ideographs() -> None:
    assert list(fold("运行 `answerable replay 案件` 查看", 26, hang=0)) == [
        "运行",
        "`answerable replay 案件`",
        "查看",
    ]


@given(SIGNS, st.integers(12, 30))
def test_folding_keeps_every_sign_and_its_width(text: str, width: int) -> None:
    lines = list(fold(text, width, hang=0))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width for line in lines)


@given(SIGNS)
def test_no_part_begins_or_ends_with_a_mark_that_belongs_to_another(text: str) -> None:
    for word in text.split():
        parts = list(unbroken(word))
        assert "".join(parts) == word
        assert not any(part[0] in NOT_FIRST for part in parts[1:])
        assert not any(part[-1] in NOT_LAST for part in parts[:-1])
