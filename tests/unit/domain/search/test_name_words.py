"""Which words of a text tell a name."""

import pytest

from answerable.domain.search.name_words import name_words, words_told

TOLD = [
    ("Xu Fei", "xu-fei"),
    ("Xu Fei", "fei.2"),
    ("Xu Fei", "p-XU"),
    ("Xu Fei", "xufei"),
    ("Xu Fei", "feixu_1"),
    ("the KOL", "kol-1"),
    ("Jörg Müller", "mueller"),
    ("Jörg Müller", "muller 4.2"),
    ("José Ángel", "jose"),
    ("Jose\u0301", "josé"),
    ("ＸＵ", "xu"),
    ("Anne-Marie O'Neill", "o-neill"),
    ("雷军", "劳动雷军法 第3条"),
    ("山田太郎 三郎", "山田太郎三郎"),
]

NOT_TOLD = [
    ("Xu Fei", "person-1"),
    ("Xu Fei", "xuan"),
    ("Xu Fei", "coffei"),
    ("the KOL", "the-board"),
    ("Person 7", "clause 7"),
    ("J. R.", "j-1"),
    ("雷军", "雷 7 军"),
    ("", "anything"),
]


@pytest.mark.parametrize(("name", "text"), TOLD)
def test_what_tells_a_name(name: str, text: str) -> None:
    assert name_words(name) & words_told(text)


@pytest.mark.parametrize(("name", "text"), NOT_TOLD)
def test_what_tells_none(name: str, text: str) -> None:
    assert not name_words(name) & words_told(text)
