"""Hold that what is the same to a reader is folded to the same."""

import sys
import unicodedata
from itertools import pairwise
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search.folding import IGNORED, folded, name_key, plain_key
from answerable.domain.search.tokenizer import words

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

ALIKE = [
    ("José", "Jose\u0301", "JOSÉ"),
    ("Ｘｕ Ｆｅｉ", "xu fei", "XU\u3000FEI", "  Xu \u00a0 Fei "),
    ("ﬁona", "Fiona", "FIONA"),
    ("Groß", "GROSS", "gross", "GROẞ"),
    ("Işık", "IŞIK", "ışık", "işik"),
    ("İnan", "inan", "INAN"),
    ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ("O'Brien", "O’Brien", "OʼBrien", "O´Brien", "O＇Brien"),
    ("Anne-Marie", "Anne‐Marie", "Anne‑Marie", "Anne–Marie"),
    ("ｶﾞ", "ガ", "か\u3099".replace("か", "カ")),
    ("㈱", "(株)"),
    ("soft\u00adhyphen", "softhyphen"),
    ("n\u200co", "no"),
    ("Å", "Å", "A\u030a"),
    ("ǰ", "J\u030c"),
]

PLAINLY_ALIKE = [
    ("José", "jose"),
    ("Łódź", "lodz"),
    ("Søren Ærø", "soren aero"),
    ("Đorđe", "dorde"),
    ("O'Brien", "o brien"),
    ("Anne-Marie", "anne marie"),
    ("Nguyễn Văn", "nguyen van"),
]


@pytest.mark.parametrize("ways", ALIKE, ids=lambda ways: ways[0])
def test_ways_to_write_a_name(ways: tuple[str, ...]) -> None:
    assert len(set(map(name_key, ways))) == 1
    assert len(set(map(plain_key, ways))) == 1


@pytest.mark.parametrize(("name", "without"), PLAINLY_ALIKE)
def test_accents_count_only_where_they_are_asked_for(name: str, without: str) -> None:
    assert name_key(name) != name_key(without)
    assert plain_key(name) == plain_key(without)


FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")


@given(st.text())
def test_no_form_and_no_case_matters(text: str) -> None:
    for form in FORMS:
        assert folded(normalize(form, text)) == folded(text)
    assert folded(text.casefold()) == folded(text)
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x10FFFF)))
def test_keys_stay_what_they_are(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert plain_key(name_key(text)) == plain_key(text)


@given(st.text(st.characters(codec="ascii")))
def test_ascii_needs_no_tables(text: str) -> None:
    slow = normalize("NFKC", normalize("NFD", text).casefold())
    assert folded(text) == slow


def test_each_character_is_folded_in_one_way() -> None:
    """As toNFKC_Casefold has it, of all characters there are."""
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if unicodedata.category(sign) in ("Cs", "Cn"):
            continue
        once = folded(sign)
        assert folded(once) == once
        assert all(not IGNORED.match(each) for each in once)
        for one, other in pairwise({normalize(form, sign) for form in FORMS}):
            assert folded(one) == folded(other)


@given(st.text())
def test_words_are_the_same_however_a_text_is_written(text: str) -> None:
    for form in FORMS:
        assert words(normalize(form, text)) == words(text)
    assert words(text.casefold()) == words(text)
