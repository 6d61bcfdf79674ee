"""The commands that the documentation shows run, in the order of a page, and answer as it says.

Where an answer is to change, `ANSWERABLE_GOLDEN=write` writes it into the page, but for those of
which the page leaves lines out; look at the difference before it is committed.
"""

from __future__ import annotations

import fcntl
import pty
import re
import shutil
import struct
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.end_to_end.conftest import SCRIPT, Cli
from tests.support.doc_examples import ASKED, Example, constant, examples, files, says
from tests.support.golden_ledger import WRITING
from tests.support.screens import ESCAPES, OF_A_SERVER
from tests.support.suggestions import Suggested, fault
from tests.support.terminal import written_to

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    if next(examples(page), None) is not None
)
GIVEN = (
    "examples/xiaomi-kol.jsonl",
    "examples/templates/letter.html",
    "examples/cases/tesco.jsonl",
    "examples/speak-up/reports.jsonl",
)


class Shell:
    """A shell in a folder of its own, at whose terminal the command is installed."""

    def __init__(self, cli: Cli) -> None:
        self.folder = cli.folder
        for name in GIVEN:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        self.environment = cli.environment(
            PATH=cli.path, TERM="xterm-256color", HOME=str(cli.folder)
        )
        del self.environment["COLUMNS"]

    def run(self, command: str) -> tuple[int, list[str]]:
        """Run a command in a terminal of 80 columns; give its exit code, and what it wrote."""
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 2000, 80, 0, 0))
        with subprocess.Popen(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=far,
            stderr=far,
        ) as process:
            written = written_to(near, far, process.wait)
        code = process.returncode
        said = ESCAPES.sub("", written.decode()).replace("\r\n", "\n")
        return code, [line.rstrip() for line in said.splitlines()]


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_page_work_and_answer_as_it_says(
    name: str, cli: Cli, store: str, unavailable: Callable[[str], NoReturn]
) -> None:
    if not SCRIPT.exists():
        unavailable("answerable is not installed")
    shell, page = Shell(cli), ROOT / name
    for file, text in files(page):
        (shell.folder / file).write_text(text, encoding="utf-8")
    rewritten: list[tuple[Example, list[str]]] = []
    wrong: list[str] = []
    for each in examples(page):
        code, written = shell.run(each.command)
        if store == "postgresql":
            # What is beyond a ledger on a server, there is none of in a file.
            written = OF_A_SERVER.sub("", "\n".join([*written, ""])).splitlines()
        assert code == each.code, (each.command, written)
        if not each.shown or says(each.shown, written):
            continue
        if WRITING and (each.shown == ASKED or "…" not in map(str.strip, each.shown)):
            rewritten.append((each, [constant(line) for line in written]))
        else:
            wrong += [f"$ {each.command}", *each.shown, "--- but it says:", *written]
    if rewritten:
        text = page.read_text(encoding="utf-8")
        for each, lines in reversed(rewritten):
            start, end = each.place
            text = text[:start] + "".join(f"{line}\n" for line in lines) + text[end:]
        page.write_text(text, encoding="utf-8")
    if wrong:
        pytest.fail("\n".join((name, *wrong)), pytrace=False)


@pytest.mark.parametrize(
    "page", ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
)
def test_the_commands_that_a_page_only_names_are_ones_that_there_are(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    shown = re.findall(r"^    answerable (.*(?:(?<=\\)\n.*)*)$", text, re.MULTILINE)
    commands = [re.split(r" [|>&#]|\s{2,}", re.sub(r"\\\n\s*", "", each))[0] for each in shown]
    wrong = {each: fault(Suggested(tuple(_words(each)))) for each in commands}
    assert {each: said for each, said in wrong.items() if said is not None} == {}


def _words(command: str) -> list[str]:
    import shlex

    return shlex.split(command)


def test_what_is_shown_is_held_against_what_is_written() -> None:
    assert says(["a …", "…", "z"], ["a 1", "b", "c", "z"])
    assert says(["…"], [])
    assert not says(["a", "z"], ["a", "b", "z"])
    assert not says(["a …"], ["b 1"])


def test_the_python_of_the_readme_works(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(program, {})
    position, root = capsys.readouterr().out.splitlines()[0].split()
    assert (position, len(root)) == ("0", 64)
