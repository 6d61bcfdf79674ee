"""Every step that is measured can be said."""

from answerable.projections.timeline.durations import INTERVALS
from answerable.projections.timeline.steps import STEPS, step_words


def test_each_step_that_is_measured_is_said_by_its_name() -> None:
    names = [f"{start} to {end}" for start, end in INTERVALS]
    assert list(STEPS) == names
    assert [step_words(name) for name in names] == names
