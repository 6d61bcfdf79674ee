"""Answers in tables, written by the installed command: through pipes, into files, in any locale."""

from __future__ import annotations

import subprocess

from tests.end_to_end.conftest import Cli


def test_a_workbook_is_the_same_through_a_pipe_as_in_a_file(story: Cli) -> None:
    asked = ("log", "--format", "xlsx")
    story(*asked, "--output", "log.xlsx")
    with story.start(*asked, stdout=subprocess.PIPE) as process:
        piped, _ = process.communicate()
    assert process.returncode == 0
    assert piped.startswith(b"PK")
    assert piped == (story.folder / "log.xlsx").read_bytes()
    assert (story.folder / "log.xlsx").stat().st_mode & 0o777 == 0o600


def test_a_table_is_in_utf_8_in_any_locale(story: Cli) -> None:
    story.append("case-opened", "--case", "acme", "--title", "纪律处分 – 2026")
    told = story("cases", "--format", "csv", env={"LC_ALL": "C"}).out
    assert "acme,纪律处分 – 2026,open,1," in told
    assert "纪律处分" in story("cases", "--format", "markdown", env={"LC_ALL": "C"}).out


def test_whoever_reads_only_the_first_line_is_no_error(story: Cli) -> None:
    with story.start(
        "log", "--format", "csv", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
