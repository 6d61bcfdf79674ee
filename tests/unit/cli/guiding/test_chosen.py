"""Hold that what is chosen by words of it is chosen however the words are written."""

import pytest

from answerable.cli.guiding.prompts import chosen

PEOPLE = ["José García", "Müller, Jörg", "徐飞", "Straße 7", "Ann", "Anne"]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("2", 1), ("josé garcía", 0), ("JOSE\u0301", 0), ("garcia", 0), ("muller", 1), ("ｊörg", 1),
        ("飞", 2), ("strasse", 3), ("ann", 4),
    ],
)  # fmt: skip
def test_one_is_chosen(told: str, place: int) -> None:
    assert chosen(told, PEOPLE) == place


@pytest.mark.parametrize("told", ["an", "nobody", "99"])
def test_what_means_none_or_several_is_left_as_it_is(told: str) -> None:
    assert chosen(told, PEOPLE) == told
