"""Stepping through a case in a terminal: `answerable replay CASE --interactive`.

Nothing is worked out here: the panes show what the projections tell of each step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.widgets import Footer, Static

from answerable.cli.replaying.step_text import recorded
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import lines
from answerable.domain.language.saying import say
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.replay.replay import carry
from answerable.projections.replay.telling.decision import borne, hindsight
from answerable.projections.replay.telling.step import answerable, changed, heading, judged, still

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.replay import ReplayStep

SETTLES_NOTHING = "this step settles nothing"


class View(NamedTuple):
    """A step as it is shown.

    Of its argument the lines are kept, for in a long case all the rest would fill the memory.
    """

    step: ReplayStep
    sealed: DisclosedTexts
    borne: list[str]
    late: list[str]
    zone: Zone = UNTOLD


def view(step: ReplayStep, sealed: DisclosedTexts, zone: Zone) -> View:
    """Keep what is shown of a step."""
    argument = step.argument
    return View(
        step._replace(argument=None),
        sealed,
        [SETTLES_NOTHING] if argument is None else [*borne(argument)],
        ([] if argument is None else [*hindsight(argument)]) or ["nothing"],
        zone,
    )


class Pane(VerticalScroll):
    """A titled part of the screen, which scrolls where it holds more than it shows."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(id=name)
        self.border_title = title
        self._text = Static(markup=False)
        self.said = ""

    def compose(self) -> ComposeResult:
        """Compose the text of the pane."""
        yield self._text

    def tell(self, said: Iterable[str]) -> None:
        """Show these lines, from the first."""
        self.said = "\n".join(map(visible, said))
        self._text.update(self.said)
        self.scroll_home(animate=False)


class Stepper(App[None]):
    """A case, a step at a time."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #place { height: 1; text-style: bold; }
    Grid { grid-size: 2 3; grid-rows: 3fr 2fr 3fr; }
    Pane { border: solid $panel; padding: 0 1; }
    Pane:focus { border: double $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "next", priority=True),
        Binding("left", "step(-1)", "back", priority=True),
        Binding("down", "step(1)", "next", show=False, priority=True),
        Binding("up", "step(-1)", "back", show=False, priority=True),
        Binding("home", "first", "first", priority=True),
        Binding("end", "last", "last", priority=True),
        Binding("pagedown", "scroll(1)", "scroll", priority=True),
        Binding("pageup", "scroll(-1)", "scroll", show=False, priority=True),
        Binding("tab", "app.focus_next", "pane", priority=True),
        Binding("q", "quit", "quit", priority=True),
    ]

    def __init__(
        self, case: str, steps: Sequence[View], known: Names, start: int, reader: Reader
    ) -> None:
        super().__init__()
        self._case, self._steps, self._known, self._reader = case, steps, known, reader
        self.at = start

    def compose(self) -> ComposeResult:
        """Compose the place in the case, the six panes, and the keys."""
        yield Static(id="place", markup=False)
        with Grid():
            yield Pane("step", "step")
            yield Pane("accountable", "accountable now")
            yield Pane("changed", "changed")
            yield Pane("open", "open now")
            yield Pane("borne", "could rest on")
            yield Pane("hindsight", "⟲ only later")
        yield Footer()

    def on_mount(self) -> None:
        """Show where one begins."""
        self._show()

    def action_step(self, by: int) -> None:
        """Go on by a step, or back."""
        self._go(self.at + by)

    def action_first(self) -> None:
        """Go to the first step."""
        self._go(0)

    def action_last(self) -> None:
        """Go to the last step."""
        self._go(len(self._steps) - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll the pane in focus by a page."""
        if isinstance(self.focused, Pane):
            move = self.focused.scroll_page_down if by > 0 else self.focused.scroll_page_up
            move(animate=False)

    def _go(self, to: int) -> None:
        self.at = max(0, min(to, len(self._steps) - 1))
        self._show()

    def _show(self) -> None:
        step, sealed, could, late, zone = self._steps[self.at]
        due: dict[tuple[str, str], Obligation] = {}
        for each in self._steps[: self.at + 1]:
            carry(due, each.step)
        at = say("step {number} of {whole}", number=self.at + 1, whole=len(self._steps))
        place = f"{self._case} · {at}"
        self.query_one("#place", Static).update(place)
        who, people = answerable(step.state, self._known, reader=self._reader)
        number, duties = still(due.values(), self._known)
        about = [heading(step, zone), step.gist, *lines(sealed), recorded(step, sealed, zone)]
        self._tell("step", about)
        self._tell("accountable", [who, *people])
        told = [f"→ {each}" for each in changed(step, self._known)]
        told += [text for text, _ in judged(step)]
        self._tell("changed", told or ["nothing"])
        self._tell("open", [number, *duties])
        self._tell("borne", could)
        self._tell("hindsight", late)

    def _tell(self, name: str, said: Iterable[str]) -> None:
        self.query_one(f"#{name}", Pane).tell(said)


def step_through(
    case: str, steps: Sequence[View], known: Names, reader: Reader, position: int | None
) -> None:
    """Step through a case until the user has seen enough.

    Args:
        case: what to call it.
        steps: its steps, one at least.
        known: what to call the parties.
        reader: the record that the steps are of.
        position: where to begin; at the beginning, if left out.
    """
    start = 0
    if position is not None:
        ahead = (at for at, each in enumerate(steps) if each.step.event.position >= position)
        start = next(ahead, len(steps) - 1)
    Stepper(case, steps, known, start, reader).run()
