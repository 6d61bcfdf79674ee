"""A dialogue with `answerable new` at a real pseudo-terminal: questions, and what is answered."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pexpect

PROMPT = r"(?:\r\n> |\[Y/n\]: )$"
"""The end of a question."""

MOST = 2_000
"""The most questions of a dialogue: more are a loop."""

TIMEOUT = 60


def _heed_ctrl_c() -> None:
    """Heed Ctrl-C, which what is started in the background, as tests may be, ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Answer(NamedTuple):
    """An answer to a question, which is known by some words of it."""

    question: str
    reply: str


class Ended(NamedTuple):
    """The end of a dialogue: its exit code, all that was shown, and how often Enter was enough."""

    code: int | None
    shown: str
    left_out: int


class Dialogue:
    """A dialogue at a terminal.

    What no answer is given to is left out by Enter.

    Args:
        command: the command, and its arguments.
        folder: where it runs.
        environment: in which environment.
        columns: how wide the terminal is.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: dict[str, str],
        columns: int = 80,
    ) -> None:
        self.left_out = 0
        self._shown: list[str] = []
        self._child = pexpect.spawn(
            command[0],
            [*command[1:]],
            cwd=str(folder),
            env={**environment, "TERM": "dumb"},
            encoding="utf-8",
            timeout=TIMEOUT,
            dimensions=(24, columns),
            echo=False,
            preexec_fn=_heed_ctrl_c,
        )
        self._child.delaybeforesend = None

    def question(self) -> str | None:
        """The next question, with what is shown before it; None where the dialogue is over."""
        found = self._child.expect([PROMPT, pexpect.EOF])
        text = f"{self._child.before}{self._child.after if found == 0 else ''}"
        self._shown.append(text)
        return None if found else " ".join(text.split())

    def send(self, reply: str) -> None:
        """Answer."""
        self._child.sendline(reply)

    def control(self, key: str) -> None:
        """Press a key together with Ctrl, and then Enter.

        A question that has not begun to read when it is interrupted is told so once it has a line.
        """
        self._child.send(f"{chr(ord(key) - 96)}\n")

    def tell(self, *answers: Answer) -> None:
        """Answer questions as they come; of others, leave each out that comes before the next."""
        left = [*answers]
        for _ in range(MOST):
            if not left:
                return
            asked = self.question()
            assert asked is not None, f"{left[0]}\n{self.shown[-4_000:]}"
            if left[0].question in asked:
                self.send(left.pop(0).reply)
            else:
                assert "cannot be left out" not in asked, (left[0], asked)
                self.left_out += 1
                self.send("")
        raise AssertionError(f"asked without end: {left[0]}")

    def end(self) -> Ended:
        """Leave out what is still asked, to the end."""
        while (asked := self.question()) is not None:
            assert "cannot be left out" not in asked, asked
            self.left_out += 1
            self.send("")
        self._child.close()
        return Ended(self._child.exitstatus, self.shown, self.left_out)

    @property
    def shown(self) -> str:
        """All that was shown, without the terminal's own signs."""
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", "".join(self._shown)).replace("\r\n", "\n")
