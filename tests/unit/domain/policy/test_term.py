"""A term of a rule: one number of one unit, and what it runs from."""

from typing import Any

import pytest
from pydantic import ValidationError

from answerable.domain.policy.term import Term, describe


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"days": 7}, "7 days"),
        ({"working_days": 1}, "1 working day"),
        ({"months": 60}, "60 months"),
        ({"hours": 72}, "72 hours"),
    ],
)
def test_a_term_is_said_in_words(told: Any, said: str) -> None:
    assert describe(Term.model_validate(told)) == said


def test_a_term_may_run_from_another_event() -> None:
    start = {"event": "report-acknowledged", "link": "report", "else_days": 7}
    term = Term.model_validate({"months": 3, "from": start})
    assert (term.unit, term.number) == ("months", 3)
    assert term.start is not None
    assert (term.start.event, term.start.link, term.start.else_days) == (*start.values(),)


@pytest.mark.parametrize(
    ("told", "path", "said"),
    [
        ({}, (), "exactly one of hours, days"),
        ({"days": 7, "months": 1}, (), "not days and months"),
        ({"days": 0}, ("days",), "greater than 0"),
        ({"days": "7"}, ("days",), "valid integer"),
        ({"days": True}, ("days",), "valid integer"),
        ({"days": 36_526}, ("days",), "36525"),
        ({"fortnights": 1}, ("fortnights",), "Extra"),
        ({"days": 1, "from": {"link": "report"}}, ("from", "event"), "required"),
        ({"days": 1, "from": {"event": "x", "else_days": 0}}, ("from", "else_days"), "than 0"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(told: Any, path: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Term.model_validate(told)
    error = raised.value.errors()[0]
    assert error["loc"] == path
    assert said in error["msg"]
