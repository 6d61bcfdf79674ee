"""Whatever can be needed is said in plain words."""

from typing import get_args

import pytest

from answerable.cli.measuring.gaps_tasks import BREACH, TASKS, task
from answerable.domain.kinds.catalogue.kind import OpenItem
from answerable.projections.gaps import LEFT_RUNNING, PERHAPS, UNREADABLE, UNREASONED, UNTOLD, WRONG
from answerable.projections.grounds.required_links import ASKED

NEEDED = (
    *get_args(OpenItem),
    *ASKED.values(),
    *UNTOLD.values(),
    *(BREACH, LEFT_RUNNING, PERHAPS, UNREADABLE, UNREASONED, WRONG),
)


def test_all_that_can_be_needed_has_a_sentence_and_nothing_else() -> None:
    assert set(NEEDED) == set(TASKS)
    assert len(NEEDED) == len(TASKS)


@pytest.mark.parametrize("what", TASKS)
def test_a_sentence_speaks_of_one_thing_and_of_several(what: str) -> None:
    one, several = task(what), task(what, 1200)
    assert "{" not in one
    assert "1,200" in several
    assert "check" not in one.split()
    assert one[0].isupper()
    assert one[-1] != "."


def test_a_rule_that_fails_is_said_by_its_own_text() -> None:
    assert task("The person was heard").endswith("The person was heard")
    assert task("The person was heard", 1200).endswith("in 1,200 cases")
