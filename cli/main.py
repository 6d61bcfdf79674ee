"""The command `answerable`.

A command's module is imported when the command is run, so that `--help` costs no more than click.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from keyword import iskeyword
from types import ModuleType
from typing import Any

import click

from answerable.cli.shared.once import Group
from answerable.cli.shared.recorded import remark_lost_output, what_is_on_disk
from answerable.cli.shared.terminal.streams import forget_output, holds_all, prepare_streams

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("recording", "Make an empty ledger."),
    "new": ("guiding", "Record what happened, asked for step by step."),
    "append": ("recording", "Record one event."),
    "next": (
        "guiding",
        "Show what usually follows in a case, and what is missing or wrong, as commands.",
    ),
    "record": ("recording", "Record an event that was prepared and signed."),
    "import": ("recording", "Record the events in a file of JSON lines, or in a sheet."),
    "export": ("proving", "Write the events out as JSON lines."),
    "log": ("reading", "List what was recorded, oldest first."),
    "show": ("reading", "Show one event whole."),
    "cases": ("asking", "List the cases."),
    "status": ("asking", "Show who is accountable, who is barred, and what is open."),
    "why": ("asking", "Show what a sanction, or anything said of a person, rests on."),
    "timeline": ("reading", "Show what happened in a case, when, and when it was recorded."),
    "bars": ("asking", "Show who is barred from what, and who was contacted since."),
    "replay": ("replaying", "Go through a case step by step, as it came to be decided."),
    "search": ("reading", "Search the names and narratives that are open to read."),
    "browse": ("browsing", "Go through the record in a browser, on this machine alone."),
    "report": ("reporting", "Write the report on a case, or on all of them."),
    "metrics": ("measuring", "Show how long each step took, and how many things stand how."),
    "figures": (
        "measuring",
        "Show the figures that ethics and compliance programmes publish.",
    ),
    "compare": ("measuring", "Show whether like findings were answered alike."),
    "audit": (
        "auditing",
        "Show what backs each sanction, bar and termination, and what is missing.",
    ),
    "changes": ("auditing", "Show what was corrected, retracted, disputed, withdrawn or erased."),
    "gaps": ("measuring", "Show what is open, overdue or unexplained, and from whom it is needed."),
    "policy": (
        "judging",
        "Make, check, show, compare and adopt the policies that judge cases.",
    ),
    "check": ("judging", "Judge cases by the policies in force, and end with 1 if a rule fails."),
    "due": ("judging", "Show what falls due, when, in which case, and from whom."),
    "what-if": ("judging", "Replay history under another policy: which verdicts differ."),
    "evidence": (
        "evidence",
        "Take in exhibits by their digests, check them, and tell who kept them.",
    ),
    "views": ("reading", "Make, check and look at the views that questions are answered from."),
    "migrate": ("moving", "Carry the ledger over into another place, the same to the byte."),
    "backup": ("moving", "Write a backup of the ledger, verified."),
    "restore": ("moving", "Restore a backup into an empty ledger, verified."),
    "db": ("moving", "Look after a ledger on a PostgreSQL server: its roles, and its disk."),
    "verify": ("proving", "Check that the record is what it was."),
    "key": ("proving", "Make, show, rotate and export the keys a ledger signs with."),
    "checkpoint": ("proving", "Sign the head of the log: all that is recorded by now."),
    "prove": ("proving", "Prove an event, or that the log only grew, to a stranger."),
    "publish": ("proving", "Write the signed log as files that any web server can serve."),
    "witness": ("proving", "Watch logs of others, and cosign what only grew."),
    "completion": ("completing", "Have a shell complete what is typed, and install man pages."),
    "timestamp": ("proving", "Have an authority say by when the record was what it is."),
}
"""Each command: the folder that its module lies in, and the first line of its help."""

NOT_VERIFIED = 4

EPILOG = """\b
Exit codes:
  0  fine
  1  a check failed
  2  the command line is wrong, or names what is not there
  3  refused: the event is malformed or impossible, or a disk or an output failed
  4  not verified: the record is not what it was
  5  not known: the server or the disk was lost as it was to record; look first
  130  interrupted; what was acknowledged is on disk
"""


class LazyGroup(Group):
    """A group that imports a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        folder, _ = COMMANDS[cmd_name]
        module = import_module(f"answerable.cli.{folder}.{name}")
        command: click.Command = module.command
        return command

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem[str]]:
        """List the commands that begin with a word, without importing them, or the options."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=short)
            for name, (_, short) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"answerable {version('answerable')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--ledger", metavar="FILE", help="The ledger. [default: ./answerable.db]")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, ledger: str | None) -> None:
    """Record how an incident was handled, and show and prove who is answerable for what.

    \b
    Example:
      answerable init
      answerable append case-opened --case acme --title "Gifts from a supplier"
      answerable append contact --case acme --counterparty org-7 --occurred ../2026-01-05
      answerable status
    """
    ctx.ensure_object(dict)["ledger"] = ledger


COLLECTING = (100_000, 50, 50)
"""Set after how many new objects garbage is looked for, as `gc.set_threshold` takes it."""


def main() -> None:
    """Run the command line, and turn what goes wrong into a message and an exit code."""
    # Most of what a short command makes lives to its end. Looking through it for garbage on the
    # way costs 10 ms, and once more at the exit 15 ms.
    gc.set_threshold(*COLLECTING)
    _leave_out_plugins()
    prepare_streams()
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def _leave_out_plugins() -> None:
    """Keep pydantic from looking for plugins in every installed package.

    They have no place in an audit tool; and the module that looks for them, even where they are
    disabled, costs 20 ms by what it imports.
    """
    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments.

    Returns:
        The exit code.
    """
    known: dict[str, Any] = {}
    code = _run(arguments, known)
    remark_lost_output()
    return code


def _run(arguments: list[str], known: dict[str, Any]) -> int:
    if asked := os.environ.get("_ANSWERABLE_COMPLETE"):
        from answerable.cli.completing.answering import answer

        answer(cli, asked)
        return 0
    try:
        _check_environment()
        code: Any = cli.main(arguments, prog_name="answerable", standalone_mode=False, obj=known)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.ctx.get_help())
        return 2
    except click.ClickException as error:
        asking = _asking(error)
        if _asks_for_json(arguments):
            return _say_json(known, asking.format_message(), "usage", 2)
        _show(asking)
        return 2
    except (KeyboardInterrupt, click.Abort):
        _say(f"\nInterrupted. {what_is_on_disk()}; nothing is half written.")
        return 130
    except (BrokenPipeError, SystemExit):
        # Click answers a broken pipe with SystemExit, and nothing else with that.
        forget_output()
        return 0
    except OSError as error:
        forget_output()
        place = f"{error.filename} cannot be used" if error.filename else "the output failed"
        _say(f"Error: {place}: {error.strerror}. What was recorded before that is on record.")
        return 3
    except UnicodeEncodeError:
        return _refuse_bytes(arguments, known)
    except Exception as error:
        return _answer(error, known if _asks_for_json(arguments) else None)
    return code if isinstance(code, int) else 0


def _asks_for_json(arguments: list[str]) -> bool:
    """Tell whether a command line asks for JSON, so that what goes wrong is said in it, too."""
    told = {"--json", "--format=json"}.intersection(arguments)
    return bool(told) or ("--format", "json") in pairwise(arguments)


def _asking(error: click.ClickException) -> click.ClickException:
    """Return an error of the command line with what was meant, where that can be told."""
    from answerable.cli.shared.mistyped.command_line import asking

    return asking(error) if isinstance(error, click.UsageError) else error


def _show(error: click.ClickException) -> None:
    """Say what is wrong with a command line as click says it, folded for a terminal."""
    from io import StringIO

    from answerable.cli.shared.output import folded

    shown = StringIO()
    error.show(shown)
    _say(folded(shown.getvalue().rstrip("\n"), sys.stderr))


def _refuse_bytes(arguments: list[str], known: dict[str, Any]) -> int:
    """Say which argument holds bytes that are no text, where one does."""
    wrong = next(filter(_is_no_text, arguments), None)
    said = "what is to be written holds bytes that are no text in UTF-8."
    if wrong is not None:
        told = wrong.encode(errors="surrogateescape")
        said = f"{told!r:.80} is no text in UTF-8."
        if not holds_all(sys.getfilesystemencoding()):
            said = (
                f"{told!r:.80} cannot be read in this locale, which knows "
                f"{sys.getfilesystemencoding()} alone. Set PYTHONUTF8=1, or LC_ALL=C.UTF-8."
            )
    if _asks_for_json(arguments):
        return _say_json(known, said, "usage", 2)
    _say(f"Error: {said}")
    return 2


def _say(message: str) -> None:
    """Say something on stderr, if that can still be written to."""
    with suppress(OSError):
        click.echo(message, err=True)


def _check_environment() -> None:
    """Check that our variables hold text. What they hold is not shown: it may be a secret.

    Raises:
        UsageError: one holds bytes that are not UTF-8.
    """
    for name, value in os.environ.items():
        # Of a passphrase the command that needs one tells more.
        ours = name.startswith("ANSWERABLE_") and name != "ANSWERABLE_PASSPHRASE"
        if ours and _is_no_text(value):
            raise click.UsageError(
                f"the environment's {name} is no text in UTF-8. Set it anew, or unset it."
            )


def _is_no_text(argument: str) -> bool:
    """Tell whether an argument holds bytes that are not UTF-8, as a path may, and no record can."""
    return any("\ud800" <= sign <= "\udfff" for sign in argument)


def _answer(error: Exception, known: dict[str, Any] | None) -> int:
    """Say what went wrong: in JSON, where what the command kept for that is given."""
    from answerable.domain.errors import AnswerableError

    if not isinstance(error, AnswerableError):
        raise error
    from answerable.cli.suggestions import upon_the_ledger

    code = error.exit_code
    if known is not None:
        return _say_json(
            known,
            error.message,
            type(error).__name__,
            code,
            line=error.line,
            field=error.field,
            # Of what is on record already: a program that tries again looks there.
            position=getattr(error, "position", None),
            hint=error.cli_hint and upon_the_ledger(error.cli_hint),
        )
    from answerable.cli.shared.output import folded, visible

    # What is found out has a name, which the documentation tells more of.
    found = f"{type(error).__name__}: " if code == NOT_VERIFIED else ""
    # What is on record may be named in it, whatever signs that holds.
    told = "\n".join(map(visible, upon_the_ledger(error.cli_text()).split("\n")))
    said = folded(f"Error: {found}{told}", sys.stderr)
    _say(said.replace("Error:", click.style("Error:", fg="red", bold=True), 1))
    return code


def _say_json(
    known: dict[str, Any], message: str, name: str, code: int, **where: str | int | None
) -> int:
    import json

    from answerable.cli.shared.envelope import enveloped_error

    said = {"error": name, "message": message, **where, "exit_code": code}
    told = {key: value for key, value in said.items() if value is not None}
    _say(json.dumps(enveloped_error(told, known)))
    return code
