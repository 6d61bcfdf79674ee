"""The names of registers and columns, which programs rest on: alike, and as they always were.

They are in columns.txt. Where one of them is to change, write it again with
ANSWERABLE_GOLDEN=write, and look at the difference before it is committed.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from tests.support.golden_ledger import WRITING

from answerable.projections import registers
from answerable.projections.across import tables as across_tables
from answerable.projections.output.register import ABOUT, Register, plain_columns
from answerable.projections.report import tables

COLUMNS = Path(__file__).with_name("columns.txt")

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def every() -> dict[str, Register]:
    """Every register that a module defines, by where it is defined."""
    found = {}
    names = [each.name for each in walk_packages(registers.__path__, f"{registers.__name__}.")]
    for name_of_module in (*names, tables.__name__, across_tables.__name__):
        made = import_module(name_of_module)
        defined = Path(str(made.__file__)).read_text(encoding="utf-8")
        for name, each in vars(made).items():
            if isinstance(each, Register) and f"\n{name} = " in defined:
                place = name_of_module.removeprefix(f"{registers.__name__}.")
                found[f"{place.removeprefix('answerable.projections.')}.{name}"] = each
    return found


def names(register: Register) -> list[str]:
    return [each.column.name for each in plain_columns(register.columns)]


@pytest.mark.parametrize(("place", "register"), every().items())
def test_a_register_has_names_for_programs_and_titles_for_people(
    place: str, register: Register
) -> None:
    told = names(register)
    assert all(SNAKE.fullmatch(each) for each in (register.name, *told)), place
    every_name = [*told, *(each.name for each in ABOUT)]
    assert len(set(every_name)) == len(every_name), "a name that is told twice"
    titles = [each.title for each in register.columns]
    assert len(set(titles)) == len(titles), "a title that is told twice"
    assert all(each[:1].isupper() and not each.endswith(".") for each in (register.title, *titles))


NAMED = {"policy": "policy_title", "rule": "text", "figure": "figure_title"}
"""Map the ids of ours to what people read instead of them; of what falls due, that is a rule."""


@pytest.mark.parametrize(("place", "register"), every().items())
def test_people_read_what_a_policy_a_rule_or_a_figure_is_called(
    place: str, register: Register
) -> None:
    kinds = {each.name: each.kind for each in register.columns}
    for name in kinds.keys() & NAMED.keys():
        assert kinds[name] == "id", place
        assert kinds.keys() & {NAMED[name], "what"}, place


def test_the_names_are_those_that_they_were() -> None:
    told = ""
    for place, register in sorted(every().items()):
        told += f"{place}: {register.name}\n"
        for each in plain_columns(register.columns):
            several = ", several" if each.column.many else ""
            told += f"  {each.column.name}: {each.column.kind}{several}\n"
    if WRITING:
        COLUMNS.write_text(told, encoding="utf-8")
    assert told == COLUMNS.read_text(encoding="utf-8")
