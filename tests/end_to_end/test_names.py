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


def test_a_search_finds_what_is_written_otherwise(named: Cli) -> None:
    for asked in ("jose", "JOSÉ", "garci\u0301a"):
        assert "García" in named("search", asked).out
    for asked in ("fine wine", "lodz", "Łódź", "ＧＩＦＴＳ"):
        assert "Gifts of" in named("search", asked).out
