"""Running the installed command, in a folder and an environment of the test's own."""

import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.lengths import SOAK
from tests.support.terminal import written_to
from tests.support.warm_command import warm

from answerable.cli.shared.envelope import KEY
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer import export
from answerable.ledger.verify.record import verify_record

SCRIPT = Path(sys.executable).with_name("answerable")
COMMAND = (
    [str(SCRIPT)]
    if SCRIPT.exists()
    else [sys.executable, "-c", "from answerable.cli.main import main; main()"]
)
ACTOR = "recorder-1"

EXAMPLE = Path(__file__).parents[2] / "examples" / "xiaomi-kol.jsonl"


def bare(answer: Any) -> Any:
    """Take an answer out of its envelope; test_envelope.py holds that one has what it should."""
    answer.pop(KEY, None)
    return answer


class Result(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return bare(json.loads(self.out))

    @property
    def lines(self) -> list[Any]:
        return [bare(json.loads(line)) for line in self.out.splitlines()]

    @property
    def error(self) -> Any:
        return bare(json.loads(self.err.splitlines()[-1]))


class Cli:
    """The command `answerable`, run in a folder. `ledger` is where it finds its ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "answerable.db"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ANSWERABLE_", "GIT_", "LC_")) and name != "NO_COLOR"
        }
        ours = {"LC_ALL": "C.UTF-8", "ANSWERABLE_ACTOR": ACTOR, "ANSWERABLE_PAGER": ""}
        return kept | {"COLUMNS": "80"} | ours | more

    @property
    def path(self) -> str:
        """The PATH of a shell that finds the command, warm where it may be."""
        places = (SCRIPT.parent,) if SOAK else (warm(SCRIPT).folder(), SCRIPT.parent)
        return os.pathsep.join((*map(str, places), os.environ["PATH"]))

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
        options.setdefault("env", self.environment())
        return subprocess.Popen([*COMMAND, *arguments], cwd=self.folder, **options)

    def terminal(self, *arguments: str, **more: str) -> str:
        """Return what a command writes, to its good end, to a terminal of 24 by 80."""
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = self.environment(TERM="xterm-256color", **more)
        del environment["COLUMNS"]
        streams = (far, far, far)
        process = warm(SCRIPT).start(self.folder, arguments, environment, streams) or self.start(
            *arguments, stdin=far, stdout=far, stderr=far, env=environment
        )
        codes: list[int] = []
        written = written_to(near, far, lambda: codes.append(process.wait()))
        assert codes == [0], written
        return written.decode().replace("\r\n", "\n")

    def __call__(
        self,
        *arguments: str,
        stdin: str | bytes = b"",
        env: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
        code: int | None = 0,
    ) -> Result:
        """Run a command to its end, and hold its exit code against the one expected."""
        environment = self.environment(**(env or {}))
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ended = None
        if before is None:
            ended = warm(SCRIPT).run(self.folder, arguments, environment, given)
        if ended is None:
            process = self.start(
                *arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                preexec_fn=before,
            )
            out, err = process.communicate(given, timeout=120)
            ended = process.returncode, out, err
        ended_with, out, err = ended
        result = Result(ended_with, out.decode(), err.decode())
        assert "Traceback" not in result.err, result.err
        assert code is None or result.code == code, result
        return result

    def append(self, *arguments: str) -> Any:
        """Record an event; gives its receipt."""
        return self("append", *arguments, "--json").json

    @property
    def state(self) -> tuple[int, str]:
        """The size and the root of the ledger, which is checked whole."""
        with Ledger.open(self.ledger) as ledger:
            found = verify_record(ledger)
        assert found.verified, found
        return found.size, found.root.hex()

    @property
    def told(self) -> list[bytes]:
        """The events of the ledger, as they were told."""
        with Ledger.open(self.ledger) as ledger:
            return [event.line for event in export.exported_events(ledger)]


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """The command, in a folder where there is nothing yet."""
    return Cli(tmp_path)


Filled = Callable[[Cli, str], Cli]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Gives the command a ledger of these lines, or of none: made by it once, and then copied."""
    made: dict[str, Path] = {}

    def fill(cli: Cli, lines: str) -> Cli:
        if lines not in made:
            first = Cli(tmp_path_factory.mktemp("made"))
            first("init")
            if lines:
                first("import", "-", stdin=lines)
            made[lines] = first.ledger
        shutil.copy(made[lines], cli.ledger)
        return cli

    return fill


@pytest.fixture
def kept(cli: Cli, filled: Filled) -> Cli:
    """The command, in a folder with a ledger of two events."""
    lines = [
        {"kind": "case-opened", "case_id": "acme", "title": "A partnership", "owner": "p-7"},
        {"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1", "occurred": "2026"},
    ]
    return filled(cli, "\n".join(map(json.dumps, lines)))


@pytest.fixture
def story(cli: Cli, filled: Filled) -> Cli:
    """The command, in a folder with a ledger of the example case."""
    return filled(cli, EXAMPLE.read_text())


Unchanged = Callable[[Cli], AbstractContextManager[None]]


@pytest.fixture
def unchanged() -> Unchanged:
    """Holds that a ledger is after a block what it was before."""

    @contextmanager
    def hold(cli: Cli) -> Iterator[None]:
        state, told = cli.state, cli.told
        yield
        assert (cli.state, cli.told) == (state, told)

    return hold
