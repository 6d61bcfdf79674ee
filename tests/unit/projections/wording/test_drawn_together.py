"""Say once, and of each, what is said of several things in the same words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.projections.wording.leading.drawn_together import drawn_together, sentences


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        ([], []),
        (["who decided (#10)"], ["who decided (#10)"]),
        (["who decided (#10)", "who decided (#10)"], ["who decided (#10)"]),
        (
            ["who decided for Acme (#4)", "who led it (#5)", "who decided for Acme (#3)"],
            ["who decided for Acme (#3, #4)", "who led it (#5)"],
        ),
        (
            ["a register of who may decide on a fine", "a register of who may decide on a leave"],
            ["a register of who may decide on a fine and a leave"],
        ),
        (
            [f"the clause of the finding about {who}" for who in ("A (#1)", "Bo (#2)", "A (#3)")],
            ["the clause of the finding about A (#1, #3) and Bo (#2)"],
        ),
        (
            [f"when the conduct of {who} (#{at}) occurred" for at, who in enumerate(("A", "B, C"))],
            ["when the conduct of A (#0); B, C (#1) occurred"],
        ),
        (
            ["the date of A (#1)", "the date of A (#2), due 2026", "the date of B (#3)"],
            ["the date of A (#1) and B (#3)", "the date of A (#2), due 2026"],
        ),
    ],
)
def test_phrases(phrases: list[str], said: list[str]) -> None:
    assert list(drawn_together(phrases)) == said


def test_sentences_that_say_the_same_of_several_things_are_one() -> None:
    told = ["No hearing before: A (#1).", "Too late.", "No hearing before: B (#2).", "Too late."]
    assert list(sentences(told)) == ["No hearing before: A (#1) and B (#2).", "Too late."]


PHRASES = st.builds(
    "{} {} (#{})".format,
    st.sampled_from(("the clause of the finding about", "who decided on the fine against")),
    st.sampled_from(("Ann", "Bo", "Chi")),
    st.integers(0, 9),
)


@settings(max_examples=examples(25))
@given(st.lists(PHRASES, max_size=8))
def test_nothing_is_lost_and_no_beginning_is_said_twice(phrases: list[str]) -> None:
    said = drawn_together(phrases)
    told: dict[str, set[str]] = {}
    for each in phrases:
        beginning, _, who = each.partition(" (")[0].rpartition(" ")
        told.setdefault(beginning, set()).add(who)
    for beginning, everyone in told.items():
        (own,) = (each for each in said if each.startswith(f"{beginning} "))
        assert all(own.count(who) == 1 for who in everyone)
        cited = {int(each[-2]) for each in phrases if each.startswith(f"{beginning} ")}
        assert _numbers(own) == cited


def _numbers(said: str) -> set[int]:
    runs = re.findall(r"#(\d)(?: to #(\d))?", said)
    return {at for first, last in runs for at in range(int(first), int(last or first) + 1)}


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        (
            ["对 Ann 的认定（#15）", "对王五的认定（#16）", "对 Bo 的指控（#3）"],
            ["对 Ann（#15）和王五（#16）的认定", "对 Bo 的指控（#3）"],
        ),
        (
            [f"对 {who} 的认定（#{at}）的条款" for at, who in enumerate(("A", "B", "C"), 15)],
            ["对 A（#15）、B（#16）和 C（#17）的认定的条款"],
        ),
        (
            ["载明何人有权决定罚款的登记表", "载明何人有权决定降职的登记表"],
            ["载明何人有权决定罚款和降职的登记表"],
        ),
        (["由谁作出决定（#10）", "由谁作出决定（#9）"], ["由谁作出决定（#9、#10）"]),
    ],
)
def test_in_chinese_what_stands_between_two_words_is_drawn_together(
    phrases: list[str], said: list[str]
) -> None:
    with in_language(language("zh-Hans")):
        assert list(drawn_together(phrases)) == said
