"""An option that takes one value is given once, whatever the command."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import click
import pytest
from tests.unit.cli.conftest import Here

from answerable.cli.main import COMMANDS, cli
from answerable.cli.recording.append import command_for
from answerable.cli.shared.once import Command, Group
from answerable.domain.kinds import FAMILY


def commands(group: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, by its whole name."""
    yield name, group
    if isinstance(group, click.Group):
        names = [*COMMANDS] if not name else group.list_commands(click.Context(group))
        for each in names:
            found = group.get_command(click.Context(group), each)
            assert found is not None
            yield from commands(found, f"{name} {each}".strip())


ALL = dict(commands(cli))


def value_for(option: click.Option) -> list[str]:
    return [] if option.is_flag else ["1"]


def single(command: click.Command) -> Iterator[click.Option]:
    for each in command.params:
        plain = isinstance(each, click.Option) and each.is_flag and not each.secondary_opts
        if isinstance(each, click.Option) and not (each.multiple or plain):
            yield each


@pytest.mark.parametrize("name", ALL)
def test_an_option_that_takes_one_value_is_refused_where_it_is_given_twice(name: str) -> None:
    command = ALL[name]
    assert isinstance(command, Command | Group)
    for option in single(command):
        for first, second in product((*option.opts, *option.secondary_opts), repeat=2):
            words = [first, *value_for(option), second, *value_for(option)]
            with pytest.raises(click.UsageError) as refused:
                command.make_context(name, words)
            assert "takes one value, and is given twice. Give it once" in refused.value.message
            assert max(option.opts, key=len) in refused.value.message


def test_every_kind_is_looked_at() -> None:
    assert {f"append {kind}" for kind in FAMILY} <= {*ALL}


def test_what_may_be_given_twice_is_not_refused() -> None:
    words = ["--case", "c", "--subject", "p-1", "--conduct", "x", "--json", "--json"]
    command = command_for("allegation-made")
    given = command.make_context("c", [*words, "--clause", "a 1", "--clause", "a 2"]).params
    assert (given["clause"], given["as_json"]) == (("a 1", "a 2"), True)


def test_a_ledger_is_named_once_on_the_whole_line(here: Here) -> None:
    contact = ("contact", "--case", "c", "--counterparty", "o-1")
    for words in (
        ("--ledger", "a.db", "status", "--ledger", "b.db"),
        ("append", "--ledger", "a.db", *contact, "--ledger", "b.db"),
        ("--ledger", "a.db", "append", "--ledger", "b.db", *contact),
    ):
        said = here(*words, code=2).err
        assert "--ledger takes one value, and is given twice" in said
        assert not [*here.folder.iterdir()]


def test_the_error_is_data_for_programs(here: Here) -> None:
    said = here("append", "contact", "--case", "a", "--case", "b", "--json", code=2).err
    assert '"error": "usage"' in said
    assert "--case takes one value" in said
