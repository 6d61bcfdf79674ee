"""The steps of a replay as a page holds them: what differs from the step before."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.facts.names import names
from answerable.projections.pages.scrubber import PANES, differences, replay_of
from answerable.projections.replay.replay import carry, replay_case
from answerable.projections.replay.telling.step import answerable, still
from answerable.projections.report.looked import look

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"


def undone(told: Iterable[Sequence[int] | None]) -> Iterator[list[int]]:
    """Yield a pane at each step, whole."""
    lines: list[int] = []
    for difference in told:
        if difference is not None and not difference:
            lines = []
        elif difference is not None:
            head, first, last, *between = difference
            behind = lines[1:]
            lines = [head, *behind[:first], *between, *behind[len(behind) - last :]]
        yield lines


@given(st.lists(st.lists(st.integers(0, 4), max_size=6)))
def test_a_pane_is_whole_again_at_each_step(panes: list[list[int]]) -> None:
    assert list(undone(differences(panes))) == panes


def test_of_a_long_pane_only_what_changed_is_told() -> None:
    before = [0, *range(10, 60)]
    after = [1, *range(10, 30), 99, *range(31, 60)]
    told = list(differences([before, after, after]))
    assert told == [[0, 0, 0, *before[1:]], [1, 20, 29, 99], None]


def test_a_page_shows_at_each_step_what_a_replay_says(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append_all(map(parse_line, EXAMPLE.read_bytes().splitlines()), recorded_by="jane")
        made = replay_of(look(ledger, "xiaomi-kol"))
        shown = {name: undone([each.get(name) for each in made.steps]) for name, _ in PANES}
        known = names(ledger)
        due: dict[tuple[str, str], Obligation] = {}
        for step in replay_case(ledger, "xiaomi-kol", name_of=known.called, type_of=known.type_of):
            carry(due, step)
            for name, (first, others) in (
                ("accountable", answerable(step.state, known, reader=ledger)),
                ("open", still(due.values(), known)),
            ):
                assert [made.lines[each] for each in next(shown[name])] == [first, *others]
