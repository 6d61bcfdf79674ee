"""Tools that we did not write, made ready once a session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

GOCODE = Path("/usr/share/gocode")
"""Where Debian's packages of Go libraries put their source."""

Ask = Callable[..., dict[str, list[Any]]]


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory, unavailable: Callable[[str], NoReturn]) -> Ask:
    """Asks Go's implementation of signed notes and transparency logs (see sumdb/main.go)."""
    if shutil.which("go") is None:
        unavailable("go is not installed (Debian: golang-go)")
    if not (GOCODE / "src/golang.org/x/mod/sumdb").is_dir():
        unavailable("its sumdb is not installed (Debian: golang-golang-x-mod-dev)")
    folder = tmp_path_factory.mktemp("go")
    program = folder / "sumdb"
    subprocess.run(
        ["go", "build", "-o", str(program), "main.go"],
        cwd=Path(__file__).with_name("sumdb"),
        env=os.environ
        | {
            "GO111MODULE": "off",
            "GOPATH": str(GOCODE),
            "GOCACHE": str(folder / "cache"),
            "GOFLAGS": "",
            "CGO_ENABLED": "0",
        },
        check=True,
    )

    def ask(**questions: list[dict[str, Any]]) -> dict[str, list[Any]]:
        done = subprocess.run(
            [str(program)], input=json.dumps(questions).encode(), capture_output=True, check=True
        )
        answers: dict[str, list[Any]] = json.loads(done.stdout)
        return answers

    return ask
