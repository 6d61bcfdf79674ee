"""The hint of an error suits whom it is told: a program, or the command line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable import Ledger
from answerable.domain import AnswerableError
from answerable.ledger import LedgerNotFound

ROOT = Path(__file__).parents[2]
COMMANDS = re.compile(r"`answerable [a-z]|answerable search|(?<!\w)--[a-z]")


def hints(folder: str) -> Iterator[tuple[str, str]]:
    """Where a hint stands in the code of a folder, and the code of it."""
    for place in sorted((ROOT / folder).rglob("*.py")):
        code = place.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.keyword) and node.arg == "hint":
                shown = ast.get_source_segment(code, node.value) or ""
                yield f"{place.relative_to(ROOT)}:{node.value.lineno}", shown


@pytest.mark.parametrize("folder", ["domain", "ledger", "projections"])
def test_a_hint_to_programs_names_no_command_and_no_option(folder: str) -> None:
    assert [(where, hint) for where, hint in hints(folder) if COMMANDS.search(hint)] == []


def test_the_command_line_says_what_to_do_next_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFound) as caught:
        Ledger.open(tmp_path / "none.db")
    assert str(caught.value).endswith("Make one with `Ledger.create`, or name another.")
    assert (
        caught.value.cli_hint == "Make one with `answerable init`, or name another with --ledger."
    )


def test_a_hint_serves_the_command_line_where_it_has_no_other() -> None:
    assert AnswerableError("wrong.", hint="Mend it.").cli_hint == "Mend it."
    assert AnswerableError("wrong.").cli_hint is None
    assert str(AnswerableError("wrong.", cli_hint="Mend it: --fix.")) == "wrong."
