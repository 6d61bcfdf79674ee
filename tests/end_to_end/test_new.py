"""`answerable new`, driven at a real pseudo-terminal."""

from __future__ import annotations

from typing import Any

from tests.end_to_end.conftest import COMMAND, Cli
from tests.support.dialogue import Answer, Dialogue, Ended

A = Answer

STATEMENT = "public statement by the head of public relations, 5 January 2026"
RESULT = "public statement by the company spokesperson, 6 January 2026"


def dialogue(cli: Cli, *arguments: str, columns: int = 80) -> Dialogue:
    environment = cli.environment()
    del environment["COLUMNS"]
    return Dialogue([*COMMAND, "new", *arguments], cli.folder, environment, columns)


def told(cli: Cli, *answers: Answer, arguments: tuple[str, ...] = ()) -> Ended:
    talk = dialogue(cli, *arguments)
    talk.tell(*answers)
    ended = talk.end()
    assert ended.code == 0, ended.shown
    assert "Traceback" not in ended.shown
    return ended


def log(cli: Cli) -> list[Any]:
    return cli("log", "--json").lines


def kinds(cli: Cli) -> list[str]:
    return [each["kind"] for each in log(cli)]


OPENING = (
    A("What is it called", "Gifts from a supplier"),
    A("Which id is it to go by", "2026-014"),
)


def test_a_ledger_that_is_not_there_is_made_and_a_case_told(cli: Cli) -> None:
    ended = told(
        cli,
        A("Make it?", "y"),
        *OPENING,
        A("Whose case it is", "the works"),
        A("What are they", "an organisation"),
        A("What happened next", "contact"),
        A("With whom", "Brown Ltd"),
        A("What are they", "3"),
        A("known of the date", "by 5 January 2026"),
        A("Where does it come from", "an audit note"),
    )
    assert kinds(cli) == [
        "party-registered",
        "case-opened",
        "party-registered",
        "contact-made",
    ]
    contact = cli("show", "3", "--json").json
    assert contact["recorded"]["occurred"] == "../2026-01-05"
    assert contact["sealed"]["sources"] == [{"title": "an audit note"}]
    assert "#3 contact with Brown Ltd, on or before 2026-01-05" in ended.shown
    assert "Next: `answerable append backlash-observed --case 2026-014`" in ended.shown


def test_without_a_terminal_it_says_which_append_to_use(kept: Cli) -> None:
    refused = kept("new", code=2)
    assert "answerable append KIND --case CASE" in refused.err
    assert kept("new", "acme", code=2).out == ""
