"""Stepping through a case in a terminal, by Textual's own pilot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.filter import Monochrome
from textual.pilot import Pilot

from answerable.cli.replaying.step_text import opened
from answerable.cli.replaying.stepper import Pane, Stepper, view
from answerable.domain.parsing import parse, parse_line
from answerable.domain.zone.zone import UNTOLD
from answerable.ledger.ledger import Ledger
from answerable.projections.facts.names import names
from answerable.projections.replay.replay import replay_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"
PANES = ("step", "accountable", "changed", "open", "borne", "hindsight")

Visit = Callable[[Stepper, Pilot[None]], Awaitable[None]]


@pytest.fixture
def stepper(tmp_path: Path) -> Iterator[Callable[..., Stepper]]:
    """The example case, with a name in it that would style a text or steer a terminal."""
    with Ledger.create(tmp_path / "a.db") as ledger:
        lines = EXAMPLE.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by="[red]Jo\x1b[2J")
        hostile = {"kind": "party-registered", "case_id": "house", "party": "person-4"}
        ledger.append(
            parse({**hostile, "type": "person", "name": "[bold]X[/]\x1b[31m"}), recorded_by="Jo"
        )
        known = names(ledger)
        steps = replay_case(ledger, "xiaomi-kol", name_of=known.called)
        shown = [view(step, opened(ledger, step), UNTOLD) for step in steps]
        yield lambda start=0: Stepper("xiaomi-kol", shown, known, start, ledger)


def visit(app: Stepper, visitor: Visit, size: tuple[int, int] = (80, 24)) -> None:
    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await visitor(app, pilot)

    asyncio.run(asyncio.wait_for(run(), 60))


def panes(app: Stepper) -> dict[str, str]:
    return {name: app.query_one(f"#{name}", Pane).said for name in PANES}


def screen(app: Stepper) -> list[str]:
    """What the terminal shows, a line each."""
    compositor: Any = app.screen._compositor
    return [strip.text for strip in compositor.render_strips()]


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ([], 0),
        (["right"], 1),
        (["right", "right", "left"], 1),
        (["down", "down", "up"], 1),
        (["left"], 0),
        (["end"], 21),
        (["end", "right"], 21),
        (["end", "home"], 0),
    ],
)
def test_the_keys_step_through_the_case(
    stepper: Callable[..., Stepper], keys: Sequence[str], at: int
) -> None:
    async def step(app: Stepper, pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        assert app.at == at
        await pilot.pause()
        assert screen(app)[0].rstrip() == f"xiaomi-kol · step {at + 1} of 22"

    visit(stepper(), step)


def test_the_panes_tell_what_the_projections_do(stepper: Callable[..., Stepper]) -> None:
    async def look(app: Stepper, pilot: Pilot[None]) -> None:
        told = panes(app)
        assert told["step"].startswith("#16 · on or before 2026-01-06\nFinding about Xu Fei")
        assert "→ Xu Fei is now accountable" in told["changed"]
        assert told["accountable"].startswith("Two people are accountable.\n")
        assert told["open"].startswith("Two matters are open.\ncase to close #8")
        assert "names as its ground: #14 investigation" in told["borne"]
        assert told["hindsight"].startswith("⟲ hindsight: decided before")
        await pilot.press("home")
        assert panes(app)["borne"] == "this step settles nothing"
        assert panes(app)["hindsight"] == "nothing"

    visit(stepper(10), look)


def test_it_fits_the_smallest_terminal_and_names_its_keys(
    stepper: Callable[..., Stepper],
) -> None:
    async def look(app: Stepper, pilot: Pilot[None]) -> None:
        # The keys come upon the screen after it, in a turn of their own.
        while not screen(app)[-1].strip():
            await pilot.pause()
        shown = screen(app)
        assert len(shown) == 24
        assert max(map(len, shown)) == 80
        text = "\n".join(shown)
        for title in ("step", "accountable now", "changed", "open now", "could rest on"):
            assert f"─ {title} ─" in text or f"═ {title} ═" in text
        assert "⟲ hindsight: decided before anything" in text
        for key in ("←", "→", "home", "end", "pgdn", "q quit"):
            assert key in shown[-1]

    visit(stepper(10), look)


def test_a_pane_that_holds_more_can_be_scrolled(stepper: Callable[..., Stepper]) -> None:
    async def scroll(app: Stepper, pilot: Pilot[None]) -> None:
        await pilot.press("tab")
        pane = app.query_one("#accountable", Pane)
        assert app.focused is pane
        await pilot.press("pagedown")
        await pilot.pause()
        assert pane.scroll_y > 0
        await pilot.press("pageup")
        await pilot.pause()
        assert pane.scroll_y == 0

    visit(stepper(21), scroll)


def test_what_is_shown_can_neither_style_nor_steer(stepper: Callable[..., Stepper]) -> None:
    async def look(app: Stepper, _: Pilot[None]) -> None:
        told = panes(app)
        assert "[bold]X[/]\\u001b[31m" in told["step"]
        assert "by [red]Jo\\u001b[2J" in told["step"]

    visit(stepper(9), look)


def test_q_ends_it(stepper: Callable[..., Stepper]) -> None:
    app = stepper()

    async def leave(_: Stepper, pilot: Pilot[None]) -> None:
        await pilot.press("q")

    visit(app, leave)
    assert not app.is_running


def test_no_color_is_honoured(
    stepper: Callable[..., Stepper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def look(app: Stepper, _: Pilot[None]) -> None:
        assert any(isinstance(each, Monochrome) for each in app._filters)

    visit(stepper(), look)
