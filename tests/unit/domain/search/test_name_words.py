"""Which words of a text tell a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search import tokenizer
from answerable.domain.search.name_words import LONGEST, _tells, name_words, words_told
from answerable.domain.search.tokenizer import words

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
    ("山田 太郎", "山田法 3"),
    ("สมชาย ใจดี", "สมชาย 3"),
    ("迈克尔·乔丹", "乔丹条例"),
    ("徐飞宇", "飞宇 3"),
    ("김철수", "철수 2"),
    ("Xu Fei", "fei2"),
    ("Xu Fei", "2026xufei1"),
    ("xufei88", "xufei88"),
    ("Pat O'Brien", "obrien"),
    ("Ludwig Mies van der Rohe", "rohemies vanderrohe"),
    ("Łukasz Øster", "lukasz"),
    ("Søren", "soren"),
    ("Søren", "soeren"),
    ("Søren", "søren-lov 3"),
    ("Soeren", "sören-lov 3"),
    ("Işık", "isik"),
    ("IŞIK İnan", "inan"),
    ("Đorđe", "djordje"),
    ("Þórr", "thorr"),
    ("Groß", "gross"),
    ("ﬁona", "fiona"),
    ("مُحَمَّد", "محمد 3"),
    ("Le Du", "du"),
    ("Le Du", "le"),
    ("x" * 1_000, "x" * 300),
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
    ("Xu Fei", "p-k2li7fei9q"),
    ("Charles de Gaulle", "code de conduite 4"),
    ("Ludwig van Beethoven", "van"),
    ("The The", "the"),
    ("Mr. Of", "mr-of"),
    ("徐飞宇", "徐法 3"),
    ("7 11", "7-11"),
    ("person1", "person-2"),
]


@pytest.mark.parametrize(("name", "text"), TOLD)
def test_what_tells_a_name(name: str, text: str) -> None:
    assert name_words(name) & words_told(text)


@pytest.mark.parametrize(("name", "text"), NOT_TOLD)
def test_what_tells_none(name: str, text: str) -> None:
    assert not name_words(name) & words_told(text)


def test_a_word_is_as_long_as_for_a_search() -> None:
    assert LONGEST == tokenizer.LONGEST


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_what_needs_no_tables_is_cut_into_words_as_with_them(text: str) -> None:
    cut = [word for word in words(text) if len(word) > 1]
    plain = {each for word in cut for each in (word, word.strip("0123456789"))}
    assert words_told(text) == {each for each in plain if _tells(each)}
