"""Whatever was recorded, what outsiders see tells nothing of a group that is too small for them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.builders import Memory
from tests.support.disciplinary_records import answered

from answerable.cli.measuring.compare_csv import outside_rows
from answerable.cli.measuring.compare_text import outside_lines
from answerable.projections.consistency.compare import Group, compare
from answerable.projections.consistency.public_release import BASE, THRESHOLD, released_groups
from answerable.projections.consistency.units import Likeness

Answer = tuple[str, str | None, str]
"""The class of an offence, a measure or none, and whom it is about."""

few = settings(max_examples=60)

MEASURES = (None, "training", "fine", "dismissal", "other")
measures = st.sampled_from((*MEASURES, "fine", "fine"))
OFFENCES = ("gifts", "theft", "leaks")
people = st.sampled_from([f"p-{at}" for at in range(9)])


@st.composite
def answers(draw: DrawFn) -> list[Answer]:
    """Findings of three classes: some large enough, many nearly, some by the same people."""
    found: list[Answer] = []
    for offence in OFFENCES:
        number = draw(st.sampled_from((0, 1, 4, 5, 6, 9)))
        repeated = draw(st.booleans())
        who = draw(st.lists(people, min_size=number, max_size=number, unique=not repeated))
        found += [(offence, draw(measures), each) for each in who]
    return draw(st.permutations(found))


def groups(given: list[Answer]) -> tuple[Group, ...]:
    log = Memory()
    for at, (offence, measure, who) in enumerate(given):
        imposed = [] if measure is None else [measure]
        answered(log, f"c-{at}", *imposed, offence_class=offence, subject=who)
    return compare(log)


def shown(found: tuple[Group, ...]) -> list[str]:
    """All that is printed, but for the head of the log."""
    text = [line.text for line in outside_lines(released_groups(found))]
    return text + list(outside_rows(released_groups(found), []))


def is_large(given: list[Answer], offence: str) -> bool:
    """The slow, obvious definition: so many with a place on the scale, about so many people."""
    ranked = [who for each, measure, who in given if each == offence and measure != "other"]
    return len(ranked) >= THRESHOLD and len(set(ranked)) >= THRESHOLD


@few
@given(answers(), answers())
def test_other_small_groups_change_nothing(first: list[Answer], second: list[Answer]) -> None:
    """Two records that differ in small groups alone, and so in every suppressed number."""
    large = {each for each, _, _ in first if is_large(first, each)}
    kept = [each for each in first if each[0] in large]
    others = [each for each in second if each[0] not in large]
    small = [each for each in others if not is_large(others, each[0])]
    assert shown(groups(first)) == shown(groups(kept)) == shown(groups(kept + small))


@few
@given(answers())
def test_what_is_shown_is_large_and_rounded(given: list[Answer]) -> None:
    found = {each.key: each for each in released_groups(groups(given))}
    assert {key.offence for key in found} == {
        offence for offence, _, _ in given if is_large(given, offence)
    }
    printed = "\n".join(line.text for line in outside_lines(iter(found.values())))
    assert all((offence in printed) == is_large(given, offence) for offence in OFFENCES)
    for key, each in found.items():
        number = sum(1 for one, measure, _ in given if one == key.offence and measure != "other")
        assert each.number == (number // BASE * BASE, number // BASE * BASE + BASE - 1)


@few
@given(answers())
def test_nothing_that_leads_to_a_person_is_shown(given: list[Answer]) -> None:
    printed = "\n".join(shown(groups(given)))
    assert "p-" not in printed
    assert "c-" not in printed
    assert "019b8a5e" not in printed


def test_a_group_too_small_is_not_even_named() -> None:
    five: list[Answer] = [("gifts", "fine", f"p-{at}") for at in range(5)]
    found = groups([*five, ("theft", "fine", "p-1")])
    assert [each.key for each in released_groups(found)] == [Likeness("gifts", "direct", "clerk")]
    assert "theft" not in "\n".join(shown(found))
