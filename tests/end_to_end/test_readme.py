"""The commands that README.md shows, run in their order, do what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from tests.end_to_end.conftest import SCRIPT, Cli

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    """The command lines of the console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("$ answerable ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


def test_the_commands_of_the_readme_work(cli: Cli, unavailable: Callable[[str], NoReturn]) -> None:
    if not SCRIPT.exists():
        unavailable("answerable is not installed")
    (cli.folder / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "xiaomi-kol.jsonl", cli.folder / "examples")
    path = os.pathsep.join((str(SCRIPT.parent), os.environ["PATH"]))
    shown = commands()
    assert len(shown) > 20
    for line in shown:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=cli.folder,
            env=cli.environment(PATH=path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr)


def test_the_python_of_the_readme_works(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(program, {})
    position, root = capsys.readouterr().out.splitlines()[0].split()
    assert (position, len(root)) == ("0", 64)
