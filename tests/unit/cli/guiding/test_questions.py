"""Every kind can be told by questions: each of its fields is asked for, once."""

from __future__ import annotations

import pytest

from answerable.cli.guiding.happened import APART, BY_THEMSELVES
from answerable.cli.guiding.questions import LAST, NEVER, first_asked, more_asked
from answerable.domain.event import producer_fields
from answerable.domain.kinds import FAMILY, model

ASKED = [kind for kind, family in FAMILY.items() if family not in APART]

every_kind = pytest.mark.parametrize("kind", ASKED)


@every_kind
def test_each_field_is_asked_for_once(kind: str) -> None:
    asked = [each.name for each in (*first_asked(kind), *more_asked(kind))]
    assert sorted(asked) == sorted(set(producer_fields(model(kind))) - {*NEVER})


@every_kind
def test_what_a_step_cannot_do_without_is_always_asked_for(kind: str) -> None:
    assert not [each.name for each in more_asked(kind) if each.needed]


@every_kind
def test_the_date_and_the_source_come_last(kind: str) -> None:
    names = [each.name for each in first_asked(kind)]
    assert names[-2:] == ["occurred", "sources"]
    assert [name for name in names if name in LAST] == [name for name in LAST if name in names]


@every_kind
def test_a_question_is_one_in_words(kind: str) -> None:
    for each in (*first_asked(kind), *more_asked(kind)):
        assert "EDTF" not in each.words
        assert "event id" not in each.words
        assert each.words[0].isupper()
        assert (each.type == "choice") == bool(each.choices)


def test_whom_it_is_about_comes_first() -> None:
    names = [each.name for each in first_asked("finding-made")]
    assert names[0] == "subject"
    assert names.index("basis") < names.index("occurred")


def test_what_is_asked_about_where_it_comes_up_is_a_kind() -> None:
    assert {*BY_THEMSELVES} <= {*FAMILY}
