"""Judges of DECLARE and LTLf that we did not write, each in a process of its own.

They live in an environment that `make conformance` sets up, and are asked in lines of JSON: nothing
of theirs is loaded by answerable, nor by its tests.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-conformance/bin/python"
READY = ROOT / ".venv-conformance/.ready"
"""Tell what is there once all is installed."""

PROGRAMS = ROOT / "tests/conformance"

Ask = Callable[..., Any]


@contextmanager
def asking(program: str, unavailable: Callable[[str], NoReturn]) -> Iterator[Ask]:
    """Start a program of `tests/conformance/`, and give what asks it.

    Args:
        program: the name of its module.
        unavailable: what is called, with the reason, where it is not there.
    """
    if not READY.exists():
        unavailable("pm4py and flloat are not installed (`make conformance` does that)")
    with subprocess.Popen(
        [str(PYTHON), "-W", "ignore", str(PROGRAMS / f"{program}.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as judge:
        assert judge.stdin is not None
        assert judge.stdout is not None
        questions, answers = judge.stdin, judge.stdout

        def ask(what: str, **told: Any) -> Any:
            questions.write(json.dumps({"ask": what, **told}) + "\n")
            questions.flush()
            answer = answers.readline()
            assert answer, f"{program} ended without an answer"
            return json.loads(answer)

        yield ask
        questions.close()
