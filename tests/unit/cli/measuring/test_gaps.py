"""`answerable gaps`: what to do and whom to ask, each with the command that records it."""

from __future__ import annotations

import shlex

from tests.unit.cli.conftest import Here

CASE = "xiaomi-kol"


def test_the_answer_leads_and_what_is_overdue_comes_first(story: Here) -> None:
    story("append", "correction", "--case", CASE, "--target", "22", "--set", "due=2026-02-28")
    lines = story("gaps", "--as-of", "2026-03-31").out.splitlines()
    assert lines[1].startswith(
        "41 things to do or to ask in Contact with a KOL; of these, 1 overdue"
    )
    assert lines[4] == (
        "  OVERDUE: Carry out the sanction, or record that it was carried out: #22 (due 2026-02-28)"
    )
    assert "From whom" not in "\n".join(lines)


def test_the_command_under_a_thing_records_it(story: Here) -> None:
    def first() -> str:
        lines = story("gaps", "--case", CASE).out.splitlines()
        at = next(at for at, line in enumerate(lines) if "sanctions, or record" in line)
        return next(line for line in lines[at:] if line.startswith("    `")).strip("` ")

    assert first().endswith("--sanction 20")
    story(*shlex.split(first())[1:])
    assert first().endswith("--sanction 21")


def test_what_was_recorded_since_is_not_offered_again(story: Here) -> None:
    story("append", "sanction-executed", "--case", CASE, "--sanction", "20", "--occurred",
          "2026-04-01")  # fmt: skip
    told = story("gaps", "--case", CASE, "--as-of", "2026-03-31").out
    assert "`answerable why 20 --as-of 2026-03-31`" in told
    assert "--sanction 20`" not in told
    known = story("gaps", "--case", CASE, "--known-by", "2026-03-31").out
    assert "answerable append" not in known


def test_whom_to_ask_is_named_with_their_part(story: Here) -> None:
    story("append", "correction", "--case", CASE, "--target", "8", "--set", "owner=person-2")
    told = story("gaps").out
    assert "Ask Xu Fei (person-2), who owns the case" in told
    assert "not on record" not in told.partition("Ask Xu Fei")[2].partition("\n")[0]


def test_a_title_is_the_one_that_was_known_then(story: Here) -> None:
    story("append", "correction", "--case", CASE, "--target", "8", "--set", "title=Another title")
    assert "in Another title;" in story("gaps").out
    assert "in Contact with a KOL;" in story("gaps", "--known-by", "2026-03-31").out
