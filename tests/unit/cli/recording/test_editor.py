"""Narratives in an editor: the template, and what is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.recording.editor import HEADING, template, written

FIELDS = ("statement", "admits")
MANY = ("admits",)


def test_what_was_told_is_there_to_go_on_with() -> None:
    text = template("apology-issued", FIELDS, {"statement": "We", "admits": ["one", "two"]})
    assert text.startswith("# ")
    assert "apology-issued" in text
    assert written(text, FIELDS, MANY) == {"statement": "We", "admits": ["one", "two"]}


def test_what_is_left_empty_is_left_out() -> None:
    assert written(template("apology-issued", FIELDS, {}), FIELDS, MANY) == {}
    assert written("", FIELDS, MANY) == {}


def test_a_text_may_look_like_instructions_or_a_heading() -> None:
    text = "== statement ==\n# not an instruction\n== signed ==\n\n Yours \n"
    assert written(text, FIELDS, MANY) == {
        "statement": "# not an instruction\n== signed ==\n\n Yours"
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sorry!\n== statement ==\n", "'Sorry!' stands before the first heading"),
        ("Sorry!", "stands before the first heading"),
        ("== statement ==\na\n== statement ==\nb", "statement can be told only once"),
    ],
)
def test_what_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        written(text, FIELDS, MANY)


narratives = (
    st.text(st.characters(exclude_characters="\r"), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and not HEADING.search(text))
)


@given(narratives, st.lists(narratives, min_size=1))
def test_what_was_written_comes_back(statement: str, admits: list[str]) -> None:
    told = {"statement": statement, "admits": admits}
    assert written(template("apology-issued", FIELDS, told), FIELDS, MANY) == told
