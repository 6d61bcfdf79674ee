"""Names as people write them, asked for and told."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Cli


@pytest.fixture
def named(cli: Cli) -> Cli:
    """A ledger in which José García is registered, in composed letters."""
    cli("init")
    cli("append", "party-registered", "--party", "p-1", "--type", "person", "--name", "José García")
    cli("append", "case-opened", "--case", "acme", "--title", "Gifts of ﬁne wine for Łódź")
    return cli


def test_a_name_is_taken_however_its_letters_are_made(named: Cli) -> None:
    decomposed = "JOSE\u0301 GARCI\u0301A"
    named("append", "contact", "--case", "acme", "--counterparty", decomposed)
    assert "Contact with José García" in named("log").out
    assert named("status", "--person", "ｊｏｓé García").err == ""


def test_without_its_accents_a_name_is_asked_about_before_it_is_recorded(named: Cli) -> None:
    contact = ("append", "contact", "--case", "acme", "--counterparty", "Jose Garcia")
    assert "Did you mean José García (p-1)?" in named(*contact, code=2).err
    said = named("status", "--person", "Jose Garcia")
    assert said.err == "Jose Garcia is read as José García (p-1).\n"


@pytest.mark.parametrize("typed", ["２０２６-01-05", "2026－01－05", "2026–01–05", "٢٠٢٦-٠١-٠٥"])
def test_a_date_in_other_digits_is_refused_with_what_it_is(named: Cli, typed: str) -> None:
    contact = ("append", "contact", "--case", "acme", "--counterparty", "p-1", "--occurred")
    assert "in these, it is 2026-01-05." in named(*contact, typed, code=3).err


def test_what_is_only_referred_to_is_taken_in_any_width(named: Cli) -> None:
    assert named("show", "＃０").out == named("show", "#0").out
    assert named("status", "--person", "Ｐ‑1").out == named("status", "--person", "p-1").out
    assert named("why", "１", code=None).err == named("why", "1", code=None).err


def test_an_editor_that_saves_no_text_loses_nothing(named: Cli) -> None:
    editor = named.folder / "editor.sh"
    editor.write_bytes(b"#!/bin/sh\nprintf '== lesson ==\\ncaf\\351\\n' > \"$1\"\n")
    editor.chmod(0o755)
    env = {"EDITOR": str(editor), "VISUAL": ""}
    said = named("append", "lesson-recorded", "--case", "acme", "--edit", env=env, code=3).err
    assert "You wrote:\n== lesson ==\ncaf\\xe9\n" in said
    assert "line 2 of what was saved is no text in UTF-8: it holds the byte 0xe9." in said


def test_a_search_finds_what_is_written_otherwise(named: Cli) -> None:
    for asked in ("jose", "JOSÉ", "garci\u0301a"):
        assert "García" in named("search", asked).out
    for asked in ("fine wine", "lodz", "Łódź", "ＧＩＦＴＳ"):
        assert "Gifts of" in named("search", asked).out
