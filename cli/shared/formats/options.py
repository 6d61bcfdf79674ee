"""The options that say how an answer is written, and where: alike for every answer in tables.

`@answer_formats(...)` adds them to a command, which is given the one `form` that they come to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from answerable.cli.shared.formats.endings import format_by_ending
from answerable.cli.shared.formats.form import TABLES, Form
from answerable.cli.shared.formats.language import in_language_asked, language_option
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.options import OutputFile

Command = TypeVar("Command", bound=Callable[..., Any])

COMMON = ("text", "markdown", "json", "csv", "xlsx", "html", "pdf")
"""The formats of every answer in tables."""


def answer_formats(
    *registers: str,
    others: Mapping[str, str] | None = None,
    usual: str | None = None,
    worded: bool = True,
) -> Callable[[Command], Command]:
    """Add `--format`, `--json`, `--output`, `--force` and `--language`, to all answers alike.

    Where there are several registers, `--register` chooses one.

    Args:
        registers: the names of the registers that the answer may have.
        others: formats of the command's own, each with what it is.
        usual: the register that CSV has where none is named; None: it must be, of several.
        worded: whether all that the answer says in its own words is in other languages, too.
    """
    others = others or {}

    def add(command: Command) -> Command:
        @wraps(command)
        def run(*, form: str, as_json: bool, output: Path | None, force: bool, **given: Any) -> Any:
            from answerable.cli.shared.formats.writing import writing_to

            register = given.pop("register", None)
            told = as_json or _is_asked_for("form")
            if output is not None and not told:
                form = format_by_ending(output, form, (*COMMON, *others))
                # The envelope of JSON asks for the format.
                click.get_current_context().params["form"] = form
            asked = _form(form, as_json, register, output, force, registers, usual)
            language = given.pop("language", None)
            spoken = in_language_asked(language, asked.name) if worded else nullcontext()
            with spoken, writing_to(asked):
                return command(form=asked._replace(asked=told), **given)

        options = [_format_option(others), _json_option()]
        options += [_register_option(registers)] if len(registers) > 1 else []
        options += [_output_option(), _force_option(), *([language_option] if worded else [])]
        added: Any = run
        for option in reversed(options):
            added = option(added)
        return added  # type: ignore[no-any-return]

    return add


def _is_asked_for(parameter: str) -> bool:
    source = click.get_current_context().get_parameter_source(parameter)
    return source is not ParameterSource.DEFAULT


def _form(
    form: str,
    as_json: bool,
    register: str | None,
    output: Path | None,
    force: bool,
    registers: tuple[str, ...],
    usual: str | None,
) -> Form:
    """Put together what the options say.

    Raises:
        UsageError: two of them exclude one another, or one is missing.
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--json and --format {form} exclude one another.")
    asked = Form("json" if as_json else form, register, output, force)
    check_register(asked.name, register)
    if force and output is None:
        raise click.UsageError("--force goes with --output FILE: it overwrites that.")
    if asked.name == "csv" and register is None and len(registers) > 1:
        if usual is None:
            raise which_register(registers)
        return asked._replace(register=usual)
    return asked


def check_register(form: str, register: str | None, formats: Sequence[str] = TABLES) -> None:
    """Check that a register may be chosen in a format.

    Args:
        form: the format.
        register: the register that is chosen, if any.
        formats: the formats that have registers.

    Raises:
        UsageError: one is chosen, and the format has none.
    """
    if register is not None and form not in formats:
        order = ("csv", "xlsx", "html", "pdf", "markdown")
        *others, last = (each for each in order if each in formats)
        raise click.UsageError(
            f"--register chooses a table of --format {', '.join(others)} or {last}; {form} tells "
            "all."
        )


def which_register(registers: Sequence[str]) -> click.UsageError:
    """Return the error of asking for CSV without saying which of several registers."""
    return click.UsageError(
        f"CSV holds one table, and this answer has {len(registers)}: give one by "
        f"--register ({', '.join(registers)}), or take --format xlsx, which holds all."
    )


def _format_option(others: Mapping[str, str]) -> Callable[[Command], Command]:
    told = "".join(f"; {what}" for what in others.values())
    return click.option(
        "--format",
        "form",
        type=Choice((*COMMON, *others)),
        default="text",
        show_default=True,
        help="Text to read; Markdown; JSON for programs; CSV or XLSX for spreadsheets; HTML or "
        f"PDF to hand on{told}.",
    )


def _json_option() -> Callable[[Command], Command]:
    return click.option("--json", "as_json", is_flag=True, help="Short for --format json.")


def _register_option(registers: tuple[str, ...]) -> Callable[[Command], Command]:
    return register_option(registers, "CSV, XLSX, HTML, PDF or Markdown")


def register_option(
    registers: tuple[str, ...], formats: str, others: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Command], Command]:
    """Return the option that chooses one of some registers.

    Args:
        registers: the names of the registers.
        formats: the formats that have them, as people call these.
        others: the names of those that there are in their place with an option.
    """
    told = others or {}
    every = dict.fromkeys((*registers, *(each for names in told.values() for each in names)))
    with_option = "".join(f"; with {flag}: {', '.join(names)}" for flag, names in told.items())
    return click.option(
        "--register",
        type=Choice(tuple(every)),
        metavar="NAME",
        help=f"Only this table of {formats}: {', '.join(registers)}{with_option}.",
    )


def _output_option() -> Callable[[Command], Command]:
    return click.option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar="FILE",
        help="Where to, whole or not at all; its ending tells the format. [default: stdout]",
    )


def _force_option() -> Callable[[Command], Command]:
    return click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
