"""The small language of a search: what its signs mean, and that nothing else means anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search.query import (
    LONGEST,
    MOST_WORDS,
    BadQuery,
    Query,
    Term,
    matches,
    query,
)
from answerable.domain.search.tokenizer import token_line


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("late gift", '"late" "gift"'),
        ('"Late Gift"', '"late gift"'),
        ("repriman*", '"repriman"*'),
        ('"bonus cancel"*', '"bonus cancel"*'),
        ('"bonus cancel*"', '"bonus cancel"*'),
        ("dismissal OR fine paid", '"dismissal" OR "fine" "paid"'),
        ("a OR b OR c", '"a" OR "b" OR "c"'),
        ("gift -rumour", '"gift" -"rumour"'),
        ('gift -"by hearsay"', '"gift" -"by hearsay"'),
        ("person-9", '"person 9"'),
        ("道歉", '"道 歉"'),
        # What stands where it can mean nothing is a word.
        ("OR", '"or"'),
        ("OR a", '"or" "a"'),
        ("a OR", '"a" "or"'),
        ("a OR OR b", '"a" OR "or" "b"'),
        ("a OR -b", '"a" "or" -"b"'),
        ("a or b", '"a" "or" "b"'),
        ("a AND b", '"a" "and" "b"'),
        ('"OR" a', '"or" "a"'),
        ("NEAR(a b, 2)", '"near a" "b" "2"'),
        ("{words}: ^a + b", '"words" "a" "b"'),
        ("words:a", '"words a"'),
        ('never "closed', '"never" "closed"'),
        ('a"b"c', '"a" "b" "c"'),
        ('a "" !? * b', '"a" "b"'),
        ("a\x00b", '"a b"'),
        ("--a b", '"b" -"a"'),
        ("'; DROP TABLE texts; --", '"drop" "table" "texts"'),
    ],
)
def test_what_a_query_means(text: str, meant: str) -> None:
    assert str(query(text)) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no word"),
        ("  \n", "no word"),
        ('"" *()-"', "no word"),
        ("\ud800❤️", "no word"),
        ("-a", "only says what not to find"),
        ("!" * 200, "no word in the query"),
        ("a " * (MOST_WORDS + 1), "301 words"),
        ("歉" * (MOST_WORDS + 1), "301 words"),
        ("x" * 1_000_000, "1,000,000 characters"),
    ],
)
def test_what_asks_for_nothing_or_too_much_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadQuery, match=told) as caught:
        query(text)
    assert caught.value.exit_code == 2
    assert len(str(caught.value)) < 200
    str(caught.value).encode()


@given(st.text(st.sampled_from('ab道 "-*OR')))
def test_a_query_told_in_words_means_the_same(text: str) -> None:
    try:
        asked = query(text)
    except BadQuery:
        return
    assert query(str(asked)) == asked


@pytest.mark.parametrize("length", [LONGEST, 5_000])
def test_a_hostile_query_is_refused_at_once(length: int) -> None:
    for piece in ('"', '-"', '" ', "- ", "* ", "OR "):
        with pytest.raises(BadQuery):
            query((piece * length)[:LONGEST])


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("gift", True),
        ("GIFTS", False),
        ("gif*", True),
        ("gift late", True),
        ('"gift late"', False),
        ('"late gift"', True),
        ('"a late gif*"', True),
        ('"late gi"*', True),
        ("gift card", False),
        ("gift OR card", True),
        ("card OR gift late", True),
        ("gift -late", False),
        ("gift -card", True),
        ("道歉", True),
        ("歉道", False),
        # One piece ends, and another begins.
        ('"gift 我"', False),
    ],
)
def test_which_texts_a_query_fits(text: str, met: bool) -> None:
    assert matches(query(text), token_line(["A late gift", "我们道歉。"])) is met


def test_the_terms_that_are_asked_for_are_told_without_those_kept_out() -> None:
    asked = Query(((Term(("a",)), Term(("b",))), (Term(("c",)),)), (Term(("d",)),))
    assert [str(term) for term in asked.terms] == ['"a"', '"b"', '"c"']
