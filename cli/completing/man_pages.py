"""Making a man page of each command, from its help: by click-man, in roff (groff_man(7)).

click-man lays the page out. What it does not do is done here: commands that are loaded when they
are run, examples that keep their lines, signs that mean something to roff, and exit codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from inspect import cleandoc

import click
from click_man.man import ManPage  # type: ignore[import-untyped]

MADE = r".\" Made by `answerable completion --install`."

VERBATIM = "\b"
"""Mark a paragraph of help whose lines click keeps."""

SIGNS = {
    "\\": r"\e",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
}
"""Signs that roff would read otherwise, or set as others."""

ENVIRONMENT = (
    ("ANSWERABLE_LEDGER", "The ledger, where --ledger names none."),
    ("ANSWERABLE_ACTOR", "Who records, where --as names nobody."),
    ("ANSWERABLE_CASE", "The case, where one has to be named and is not."),
    ("ANSWERABLE_ZONE", "Where days are days, for cases that tell no zone."),
)


def man_pages(cli: click.Command) -> dict[str, str]:
    """Make the man page of a command and of all below it, by the names of their files."""
    root = click.Context(cli, info_name="answerable", resilient_parsing=True)
    return {f"{_dashed(each)}.1": _page(each) for each in _with_all_below(root)}


def _with_all_below(ctx: click.Context) -> Iterator[click.Context]:
    yield ctx
    for name, command in _below(ctx):
        below = click.Context(command, info_name=name, parent=ctx, resilient_parsing=True)
        yield from _with_all_below(below)


def _below(ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            command = ctx.command.get_command(ctx, name)
            # A kind's everyday word has the page of the kind.
            if command is not None and not command.hidden and command.name == name:
                yield name, command


def _page(ctx: click.Context) -> str:
    command = ctx.command
    name = _dashed(ctx)
    page = ManPage(name)
    page.version = version("answerable")
    page.date = ""
    page.short_help = _signs(_first_line(command))
    page.synopsis = _bare(" ".join(command.collect_usage_pieces(ctx)))
    page.description = _text(command.help or "")
    page.options = [
        (_bare(names), _text(text))
        for each in command.get_params(ctx)
        if isinstance(each, click.Option) and (record := each.get_help_record(ctx))
        for names, text in (record,)
    ]
    page.commands = [(name, _signs(_first_line(each))) for name, each in _below(ctx)]
    made = str(page).rstrip("\n").replace(f"\n.B {name}\n", f"\n.B {ctx.command_path}\n", 1)
    made = made.replace(f'"{name} Manual"', '"answerable"', 1)  # beside a long name it has no room
    return "\n".join((MADE, made, *_more(ctx), ""))


def _dashed(ctx: click.Context) -> str:
    """Return what the page of a command is called: `answerable-append`."""
    return ctx.command_path.replace(" ", "-")


def _more(ctx: click.Context) -> Iterator[str]:
    """Yield what stands after the commands: exit codes and variables, and where more is told."""
    if ctx.parent is not None:
        yield from (".SH SEE ALSO", rf"\fB{_dashed(ctx.parent)}\fP(1)")
        return
    if ctx.command.epilog:
        yield from (".SH EXIT STATUS", _text(cleandoc(ctx.command.epilog)))
    yield ".SH ENVIRONMENT"
    for name, text in ENVIRONMENT:
        yield from (".TP", rf"\fB{name}\fP", _signs(text))


def _first_line(command: click.Command) -> str:
    return (command.help or "").strip().split("\n", 1)[0].rstrip(".")


def _text(help_text: str) -> str:
    """Return a help text as roff: paragraphs, some of which keep their lines."""
    paragraphs = re.split(r"\n{2,}", cleandoc(help_text))
    return "\n\n".join(map(_paragraph, filter(None, paragraphs)))


def _paragraph(text: str) -> str:
    if text.startswith(VERBATIM):
        lines = text.removeprefix(VERBATIM).strip("\n").split("\n")
        return "\n".join((".nf", *map(_line, lines), ".fi"))
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    """Return a line, which roff must not take for a request of its own."""
    line = _signs(text)
    return rf"\&{line}" if line.startswith((".", r"\(aq")) else line


def _signs(text: str) -> str:
    return _bare(text).replace("-", r"\-")


def _bare(text: str) -> str:
    """Return a text as roff, but for its hyphens, which click-man sees to in what it sets bold."""
    return "".join(SIGNS.get(sign, sign) for sign in text)
