"""The commands that README.md shows, run in their order, do what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def commands() -> list[list[str]]:
    """The command lines of the console blocks, without `answerable`."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("$ answerable ") for line in lines)
    return [shlex.split(line)[2:] for line in lines]


def test_the_commands_of_the_readme_work(cli: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "xiaomi-kol.jsonl", tmp_path / "examples")
    shown = commands()
    assert len(shown) > 10
    for arguments in shown:
        result = cli(*arguments)
        assert result.code == 0, (arguments, result.err)


def test_the_python_of_the_readme_works(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(program, {})
    position, root = capsys.readouterr().out.splitlines()[0].split()
    assert (position, len(root)) == ("0", 64)
