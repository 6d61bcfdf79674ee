"""What a word is, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search.tokenizer import LONGEST, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Late GIFTS, late.", ["late", "gifts", "late"]),
        ("person-9 wrote to a@b.org", ["person", "9", "wrote", "to", "a", "b", "org"]),
        ("don't", ["don", "t"]),
        ("Æsir, naïve café, cafe\u0301", ["aesir", "naive", "cafe", "cafe"]),
        ("Łódź Søren Đorđe OʼBrien", ["lodz", "soren", "dorde", "o", "brien"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("İstanbul", ["istanbul"]),
        ("ΣΊΣΥΦΟΣ σίσυφος", ["σισυφοσ", "σισυφοσ"]),
        ("всё Ещё", ["все", "еще"]),
        ("我们道歉。", ["我", "们", "道", "歉"]),
        ("2025年奖金", ["2025", "年", "奖", "金"]),
        ("お詫びします", ["お", "詫", "び", "し", "ま", "す"]),
        ("ｶﾞ", ["ガ"]),
        ("㈱", ["株"]),
        ("회사는", ["회", "사", "는"]),
        ("ขอโทษ", ["ข", "อ", "โ", "ท", "ษ"]),
        ("हिन्दी", ["हिन्दी"]),
        ("שָׁלוֹם", ["שלום"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("turned \u202earound", ["turned", "around"]),
        ("a\x00b\n\tc\u2028d", ["a", "b", "c", "d"]),
        ("\ud800\udfff", []),
        ("❤️ !?", []),
        ("", []),
    ],
)
def test_texts_fall_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_word_without_end_is_told_by_its_beginning() -> None:
    assert words("x" * 1_000_000) == ["x" * LONGEST]


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    found = list(tokens(text))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    for each in found:
        assert each.word in " ".join(part.word for part in tokens(text[each.start : each.end]))


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_places_do_not_change_what_the_words_are(text: str) -> None:
    from unicodedata import is_normalized

    if is_normalized("NFKC", text):
        assert [each.word for each in tokens(text)] == words(text)


@given(st.text())
def test_a_word_is_its_own_word(text: str) -> None:
    for word in words(text):
        assert "".join(words(word)).startswith(word[:LONGEST]) or words(word) == [word]
        assert not word.isspace()
        assert '"' not in word
