"""Test that the published suite tells what pm4py says."""

import pytest
from tests.support.other_judges import Ask
from tests.support.published_suite import SuiteCase, as_pm4py, suite

CASES = suite()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pm4py_says_what_the_suite_tells(pm4py: Ask, case: SuiteCase) -> None:
    assert case.verdicts["pm4py"] == said(pm4py, case)


def said(pm4py: Ask, case: SuiteCase) -> dict[str, object] | None:
    """Ask pm4py about a case."""
    asked = as_pm4py(case)
    if asked is None:
        return None
    pm4py("load", traces=[asked.trace])
    found = {
        rule: "satisfied" if pm4py("judge", model=model) else "violated"
        for rule, model in asked.models.items()
    }
    return {"trace": asked.trace, "verdicts": found}
