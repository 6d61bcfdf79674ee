"""What is given a folder, a ledger or its own folder where it wants something else says so."""

import json

import pytest
from tests.unit.cli.conftest import Here


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("report", "xiaomi-kol", "--output", "."), 3),
        (("export", "--output", "."), 3),
        (("export", "--entries", "--output", "."), 3),
        (("export", "--case", "xiaomi-kol", "--bundle", "."), 3),
        (("prove", "1", "--output", "."), 3),
        (("prove", "1", "--output", "proof", "--entry", "."), 3),
        (("prove", "1", "--output", ".", "--entry", "entry"), 3),
        (("init", "--ledger", "."), 2),
        (("init", "--ledger", "/"), 2),
        (("status", "--ledger", "."), 2),
    ],
)
def test_a_folder_is_no_file(story: Here, arguments: tuple[str, ...], code: int) -> None:
    story("key", "create", "--origin", "example.com/x")
    story("checkpoint")
    before = sorted(story.folder.iterdir())
    assert " is a folder" in story(*arguments, code=code).err
    assert sorted(story.folder.iterdir()) == before


def test_no_folder_is_published_that_holds_the_ledger(story: Here) -> None:
    story("key", "create", "--origin", "example.com/x")
    story("checkpoint")
    for folder in (".", "..", str(story.folder)):
        told = " ".join(story("publish", folder, code=3).err.split())
        assert "whoever serves that folder gives them away" in told
    story("publish", "public")


def test_a_ledger_is_no_bundle(story: Here) -> None:
    told = " ".join(story("verify", "answerable.db", code=2).err.split())
    assert "`answerable verify --ledger answerable.db`" in told
    (story.folder / "short.zip").write_bytes(b"PK")
    assert "it is cut short" in story("verify", "short.zip", code=4).err


def test_an_erasure_says_first_what_it_destroys(story: Here) -> None:
    erasure = ("append", "personal-data-erased", "--case", "xiaomi-kol", "--legal-basis", "gdpr")
    dry = story(*erasure, "--subject", "person-2", "--dry-run").out
    assert dry.startswith("Would be erased: 10 texts of person-2\n")
    done = story(*erasure, "--subject", "person-2").out
    assert done.startswith("Erased: 10 texts of person-2\n")
    again = story(*erasure, "--subject", "person-2", "--json")
    assert json.loads(again.out)["destroyed"] == 0
    none = story(*erasure, "--subject", "person-99").out
    assert none.startswith("Erased: no text, for none that is open is about person-99\n")
