"""The help of every command."""

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import NoReturn

import click
import pytest
from tests.end_to_end.conftest import SCRIPT, Cli

from answerable.cli.main import COMMANDS, cli
from answerable.cli.recording.append import command_for
from answerable.cli.recording.given.options import example, given_fields
from answerable.domain.kinds import FAMILY, STEPS, model
from answerable.domain.parsing import parse

HEAVY = (
    *("pydantic", "eventsourcing", "rich", "sqlite3", "importlib.metadata", "urllib3"),
    "zoneinfo",
)


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def help_of(found: click.Command, width: int) -> str:
    with click.Context(found, info_name=found.name, terminal_width=width) as context:
        return found.get_help(context)


def modules_after(arguments: list[str], cli: Cli) -> set[str]:
    program = """
import sys
from answerable.cli.main import run
code = run(sys.argv[1:])
print(" ".join(sys.modules), file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cli.folder,
        env=cli.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_help_costs_no_more_than_click(cli: Cli) -> None:
    assert not modules_after(["--help"], cli) & set(HEAVY)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "append"])
def test_the_help_of_a_command_opens_nothing(cli: Cli, name: str) -> None:
    opened = {"pydantic", "eventsourcing", "rich", "urllib3", "zoneinfo"}
    assert not modules_after([name, "--help"], cli) & opened


@pytest.mark.parametrize("name", ["status", "verify"])
def test_who_asks_nobody_loads_no_http_client(name: str, kept: Cli) -> None:
    assert not modules_after([name], kept) & {"urllib3", "http.client"}


def test_help_lists_every_command(cli: Cli) -> None:
    shown = cli("--help").out
    assert shown == cli("-h").out
    for name, (_, short) in COMMANDS.items():
        assert f"  {name} " in shown
        assert short in " ".join(shown.split())
    assert cli(code=2).err == shown


def test_the_version(cli: Cli, unavailable: Callable[[str], NoReturn]) -> None:
    if not SCRIPT.exists():
        unavailable("answerable is not installed")
    assert cli("--version").out == f"answerable {version('answerable')}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_begins_with_its_short_help_and_gives_an_example(name: str) -> None:
    found = command(name)
    assert (found.help or "").splitlines()[0] == COMMANDS[name][1]
    words = help_of(found, 80).split()
    assert words[words.index("Example:") + 1 :][:2] == ["answerable", name]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("width", [80, 100])
def test_help_fits_the_terminal(name: str, width: int) -> None:
    assert max(map(len, help_of(command(name), width).splitlines())) <= max(width, 90)


def test_append_lists_the_kinds_by_family() -> None:
    shown = help_of(command("append"), 80)
    for kind in FAMILY:
        assert f"\n  {kind}" in shown
    for word, kind in STEPS.items():
        assert f"\n  {kind}, {word}" in shown


@pytest.mark.parametrize("kind", FAMILY)
def test_each_kind_has_help_that_fits(kind: str) -> None:
    for width in (80, 100):
        shown = help_of(command_for(kind), width)
        assert max(map(len, shown.splitlines())) <= width
        assert f"answerable append {kind}" in shown


@pytest.mark.parametrize("kind", FAMILY)
def test_each_field_of_a_kind_has_an_option_with_help(kind: str) -> None:
    options = {option.name: option for option in command_for(kind).params}
    own = {option.opts[0] for option in options.values()}
    assert len(own) == len(options), "two options of one name"
    for name, attribute in model(kind).attributes.items():
        if name in ("kind", "sealed_fields"):
            assert name not in options
            continue
        option = options[name]
        assert isinstance(option, click.Option)
        description = model(kind).model_fields[attribute].description
        assert name == "fields" or (description and (option.help or "").startswith(description))
        assert option.multiple == (
            model(kind).model_fields[attribute].get_default() == ()
            or name in ("acts", "between", "fields", "clause", "jurisdiction")
        )


@pytest.mark.parametrize("kind", FAMILY)
def test_the_example_of_a_kind_is_one(kind: str) -> None:
    words = subprocess.run(
        ["bash", "-c", f"sha256sum() {{ echo {'0' * 64}; }}; printf '%s\\n' {example(kind)[2:]}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert words[:3] == ["answerable", "append", kind]
    context = command_for(kind).make_context(kind, words[3:])
    fields = given_fields(kind, context.params)
    for name in model(kind).references:
        if name in fields:
            fields[name] = "019b8a5e-7c00-7000-8000-000000000001"
    if kind == "party-registered":
        fields["party"] = "p-1"
    assert parse({"kind": kind, **fields}).kind == kind
