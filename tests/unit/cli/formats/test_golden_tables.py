"""Hold answers in Markdown and CSV to files, row by row.

Programs rest on CSV, and people copy Markdown into what they write. Where one of them is to change:

    make test ARGS='-k golden_tables' ANSWERABLE_GOLDEN=write

and read the difference as who gets it would.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from tests.support.golden_ledger import WRITING
from tests.unit.cli.conftest import Here
from tests.unit.cli.formats.test_formats import ANSWERS, CASE, CODES, ELSEWHERE, SPRING, choices

from answerable.cli.reporting import report_all
from answerable.cli.reporting.formats import REGISTERS

GOLDEN = Path(__file__).with_name("golden")

REPORTS: dict[str, tuple[str, ...]] = {
    "report": ("report", CASE, *SPRING),
    "report for the public": ("report", CASE, *SPRING, "--for", "public"),
    "report --all": ("report", "--all", *SPRING),
}
"""The reports, whose Markdown is a document."""

QUESTIONS = {
    **ANSWERS,
    "replay": ("replay", CASE, "--until", "16"),
    "replay --at": ("replay", CASE, "--at", "20"),
    **REPORTS,
}


def registers(name: str) -> list[str]:
    """Return the registers that an answer has."""
    if name in REPORTS:
        return [*(report_all.REGISTERS if "--all" in REPORTS[name] else REGISTERS)]
    every = choices(name.removesuffix(" --at"), "--register")
    if name.endswith("--at"):
        return [each for each in every if each != "steps"]
    return [each for each in every if each not in ELSEWHERE.get(name, ())]


def held_to(name: str, told: str) -> None:
    """Hold a text to its file; it ends in LF there, as git keeps files."""
    place = GOLDEN / name
    lines = told.replace("\r\n", "\n").splitlines()
    if WRITING:
        GOLDEN.mkdir(exist_ok=True)
        place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = place.read_text(encoding="utf-8").splitlines()
    assert lines == kept, "\n".join(unified_diff(kept, lines, name, "now", lineterm=""))


def file_name(name: str, ending: str) -> str:
    """Return the name of the file of an answer."""
    return f"{name.replace(' --', '-').replace(' ', '-')}.{ending}"


@pytest.mark.parametrize("name", QUESTIONS)
def test_markdown_is_what_its_file_holds(name: str, story: Here) -> None:
    code = CODES.get(name, 0)
    told = story(*QUESTIONS[name], "--format", "markdown", code=code).out
    held_to(file_name(name, "md"), told)


@pytest.mark.parametrize("name", QUESTIONS)
def test_csv_is_what_its_file_holds(name: str, story: Here) -> None:
    told = []
    for each in registers(name) or [""]:
        more = ("--register", each) if each else ()
        asked = (*QUESTIONS[name], "--format", "csv", *more)
        told.append(f"$ answerable {' '.join(asked)}")
        told.append(story(*asked, code=CODES.get(name, 0)).out)
    held_to(file_name(name, "csv.txt"), "\n".join(told))


def test_every_file_is_held_to() -> None:
    named = {file_name(name, ending) for name in QUESTIONS for ending in ("md", "csv.txt")}
    assert {each.name for each in GOLDEN.iterdir()} == named
