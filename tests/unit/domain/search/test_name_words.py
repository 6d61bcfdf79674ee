"""Which words of a text tell a name."""

import re
from pathlib import Path
from typing import Any
from unicodedata import normalize

import anyascii
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search import tokenizer
from answerable.domain.search.name_words import (
    LONGEST,
    _tells,
    identifier_words,
    name_words,
    words_told,
)
from answerable.domain.search.spellings import TABLES
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
    ("Иван Петров", "petrov"),
    ("Иван Петров", "ivanpetrov"),
    ("Юрий Щербаков", "yuriy"),
    ("Юрий Щербаков", "yuri"),
    ("Юрий Щербаков", "iurii"),
    ("Юрий Щербаков", "jurij 3"),
    ("Хрущёв", "khrushchev"),
    ("Γιώργος Νταλάρας", "giorgos"),
    ("徐飞", "xufei"),
    ("徐飞", "feixu.2"),
    ("徐小明", "xiaoming"),
    ("司马相如", "simaxiangru"),
    ("김철수", "gimcheolsu"),
    ("Hans-Jürgen Müller", "juergen"),
    ("Åsa Ñandú", "aasa"),
    ("Åsa Ñandú", "nandu"),
    ("Ludwik Łoś", "los"),
]

OF_IDENTIFIERS = [
    ("Jörg Müller", "jmueller"),
    ("Jörg Müller", "jmuller-2"),
    ("Jörg Müller", "p-muellerj1"),
    ("Anne Marie Brandt", "ambrandt"),
    ("Anne Marie Brandt", "abrandt"),
    ("Ludwig van Beethoven", "lbeethoven"),
    ("José Ángel", "jose1"),
    ("José Ángel", "jose-x"),
    ("Pat O'Brien", "o-brien"),
    ("Ronald McDonald", "mc-donald"),
    ("Ronald McDonald", "mc_donald.7"),
    ("Mary Rice", "mrice"),
    ("徐飞", "fei-1"),
    ("徐飞", "p-xu"),
    ("李娜", "li"),
    ("李娜", "nali"),
    ("徐小明", "xmxu"),
]
"""List what tells a name in a pseudonym or a case id; in a term it may be a word like any other."""

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
    assert not name_words(name) & identifier_words(text)


@pytest.mark.parametrize(("name", "text"), OF_IDENTIFIERS)
def test_what_tells_a_name_where_somebody_made_an_identifier(name: str, text: str) -> None:
    assert name_words(name) & identifier_words(text)


NO_TERM = [
    ("Paul Rice", "unit price"),
    ("Bo Reach", "breach of trust"),
    ("李龙", "long service"),
    ("何安", "an offer he made"),
]


@pytest.mark.parametrize(("name", "term"), NO_TERM)
def test_a_word_of_the_language_is_no_name_in_a_term(name: str, term: str) -> None:
    assert not name_words(name) & words_told(term)


DOCS = Path(__file__).parents[4] / "docs"
FAMILIES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华飞龙安"


def test_it_does_not_cry_wolf() -> None:
    """Of 540 Chinese names no word of our documentation, which is English, is refused in a term."""
    written = " ".join(page.read_text() for page in DOCS.glob("*.md")).lower()
    vocabulary = frozenset(re.findall("[a-z]+", written))
    chinese = [family + given_name for family in FAMILIES for given_name in GIVEN_NAMES]
    told = frozenset[str]().union(*map(name_words, chinese))
    assert len(vocabulary) > 1_000
    assert not vocabulary & told - {"xufei"}
    weak = {word.removeprefix("~") for word in told if word.startswith("~")}
    assert len(vocabulary & weak) < 12


def test_all_that_tells_in_a_term_tells_in_an_identifier() -> None:
    for name, text in TOLD:
        assert name_words(name) & identifier_words(text)


def test_the_tables_are_of_the_version_that_the_index_is_named_by() -> None:
    assert anyascii.__version__ == TABLES


WAYS = {
    "as it is": lambda given, family: f"{given}-{family}",
    "reversed": lambda given, family: f"{family}{given}",
    "joined": lambda given, family: f"p-{given}{family}",
    "a digit": lambda given, family: f"{family}1",
    "digits around": lambda given, family: f"20{family}26",
    "an initial": lambda given, family: f"{given[0]}{family}",
    "an initial behind": lambda given, family: f"{family}{given[0]}",
    "parted": lambda given, family: f"{family[:2]}-{family[2:]}",
}

latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=8).filter(_tells)
marks = st.sampled_from(("", "\u0301", "\u0308", "\u0327"))


@given(
    latin, latin, marks, st.sampled_from(("NFC", "NFD")), st.sampled_from([*WAYS]), st.booleans()
)
def test_no_way_to_write_a_name_hides_it(
    given_name: str, family: str, mark: str, form: Any, way: str, wide: bool
) -> None:
    name = f"{given_name[0].upper()}{given_name[1:]} {family[0].upper()}{mark}{family[1:]}"
    if wide:
        name = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name)
    told = WAYS[way](given_name, family)
    assert name_words(normalize(form, name)) & identifier_words(told)


def test_a_word_is_as_long_as_for_a_search() -> None:
    assert LONGEST == tokenizer.LONGEST


@given(st.text(st.characters(codec="ascii"), max_size=80))
def test_what_needs_no_tables_is_cut_into_words_as_with_them(text: str) -> None:
    cut = [word for word in words(text) if len(word) > 1]
    plain = {each for word in cut for each in (word, word.strip("0123456789"))}
    assert words_told(text) == {each for each in plain if _tells(each)}
