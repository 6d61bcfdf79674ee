"""`answerable report --template`: the worked example of the documentation, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

from tests.end_to_end.conftest import Cli
from tests.support.bundles import found_by_answerable

ROOT = Path(__file__).parents[2]
LETTER = ROOT / "examples" / "templates" / "letter.html"


def test_the_worked_example_carries_the_record_and_goes_through_the_gate(story: Cli) -> None:
    story("key", "create", "--origin", "example.com/ledger")
    story("checkpoint")
    given = ("--template", str(LETTER), "--for", "subject", "--subject", "Xu Fei")
    story("report", "xiaomi-kol", *given, "--output", "letter.html")
    page = (story.folder / "letter.html").read_bytes()
    assert b"Acme, Ethics Office" in page
    assert b"You are" in page
    assert b"Xu Jieyun" not in page
    assert found_by_answerable(page, []) == {}
    edited = page.replace(b"Acme, Ethics Office", b"Another Office")
    assert found_by_answerable(edited, []) == {("page", None): {"PageAltered"}}


def test_every_name_that_a_template_is_told_is_documented(story: Cli) -> None:
    (story.folder / "own.html").write_text("{{ nothing }}")
    told = story("report", "xiaomi-kol", "--template", "own.html", code=2).err
    assert "own.html, line 1: 'nothing' is undefined." in told
    names = re.sub(r"\s+", " ", told).partition("There are: ")[2].partition(". docs")[0].split(", ")
    documented = (ROOT / "docs" / "templates.md").read_text()
    assert len(names) > 15
    assert [name for name in names if f"`{name}`" not in documented] == []


def test_a_template_writes_what_has_a_frame_alone_and_of_one_case(story: Cli) -> None:
    given = ("--template", str(LETTER))
    refused = story("report", "xiaomi-kol", *given, "-o", "a.md", code=2).err
    assert "--format html or pdf" in refused
    assert "about one case" in story("report", "--all", *given, code=2).err
