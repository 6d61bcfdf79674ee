"""What commands share: how the ledger is found, who records, how times are given, how output looks.

Data goes to stdout, everything else to stderr. `--json` gives one JSON value, or one a line where
the answer is a stream.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO, TypeVar
from unicodedata import category, east_asian_width

import click

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.checkpoint import Checkpoint

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)
"""A file that is to be read, and so must be there."""

DEFAULT_LEDGER = "answerable.db"

LONG_WORK = 20_000
"""From how many events on a command shows how far it is."""

GIT_USER = ("git", "config", "--get-regexp", r"^user\.(name|email)$")


class Times(NamedTuple):
    """The two times of a question."""

    as_of: datetime | None
    known_by: datetime | None


class Moment(click.ParamType[Any]):
    """A moment in EDTF: a day means its end."""

    name = "DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment that the text means."""
        from answerable.domain import dates

        try:
            return dates.moment(value)
        except dates.DateError as error:
            self.fail(str(error), param, ctx)


def ledger_option(command: Command) -> Command:
    """Add `--ledger`, which says where the ledger is."""
    option = click.option(
        "--ledger",
        metavar="FILE",
        help="The ledger. [default: $ANSWERABLE_LEDGER, else ./answerable.db]",
    )
    return option(command)


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")(
        command
    )


def actor_option(command: Command) -> Command:
    """Add `--as`, which says who records."""
    option = click.option(
        "--as",
        "actor",
        metavar="WHO",
        envvar="ANSWERABLE_ACTOR",
        help="Who records. [default: $ANSWERABLE_ACTOR, else git's user, else yours]",
    )
    return option(command)


def times_options(command: Command) -> Command:
    """Add `--as-of` and `--known-by`: the two times of every question."""
    as_of = click.option(
        "--as-of", type=Moment(), help="As it was on this date: leave out what happened later."
    )
    known_by = click.option(
        "--known-by",
        type=Moment(),
        help="As it was known by this date: leave out what was recorded later.",
    )
    return as_of(known_by(command))


def format_option(command: Command) -> Command:
    """Add `--format`, of a question whose answer makes a table."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(("text", "csv")),
        default="text",
        show_default=True,
        help="Text to read, or CSV for spreadsheets.",
    )
    return option(command)


def check_format(form: str, *, as_json: bool) -> None:
    """Let the two options pass that say how an answer is written.

    Raises:
        UsageError: both are given.
    """
    if as_json and form == "csv":
        raise click.UsageError("--json and --format csv exclude one another.")


def ledger_place(given: str | None) -> Path:
    """Where the ledger is: as given, as the environment says, else here."""
    context = click.get_current_context(silent=True)
    shared = (context.find_root().obj or {}).get("ledger") if context else None
    return Path(given or shared or os.environ.get("ANSWERABLE_LEDGER") or DEFAULT_LEDGER)


def open_ledger(given: str | None) -> Ledger:
    """Open the ledger. Use it in a `with` statement."""
    from answerable.ledger.ledger import Ledger

    opened = Ledger.open(ledger_place(given))
    opened.progress = partial(progress, "Catching up")
    return opened


def recorder(given: str | None) -> str:
    """Who records: as given (or in the environment), else git's user, else the system's."""
    if given:
        return given
    import getpass
    import subprocess

    try:
        told = subprocess.run(  # noqa: S603
            GIT_USER, capture_output=True, text=True, check=False, timeout=5
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    user = dict(line.split(" ", 1) for line in told.splitlines() if " " in line)
    name, email = user.get("user.name"), user.get("user.email")
    if name and email:
        return f"{name} <{email}>"
    return name or email or getpass.getuser()


def write_json(value: Any) -> None:
    """Write one JSON value on a line of its own."""
    from pydantic_core import to_json

    click.echo(to_json(value))


def head_json(head: Checkpoint) -> dict[str, Any]:
    """The signed head of a log as JSON values."""
    return {"origin": head.origin, "size": head.size, "root": head.root.hex()}


def console() -> Console:
    """Where tables and trees are drawn. Colour only in a terminal, and never with NO_COLOR."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False, emoji=False, markup=False)


def line_writer() -> Callable[[str, str | None], None]:
    """What writes a line in a style; where there is no terminal, as it is, and far faster."""
    out = console()
    if not out.is_terminal:
        return lambda text, _: click.echo(text)
    return lambda text, style: out.print(folded(text, sys.stdout), style=style, soft_wrap=True)


def note(message: str) -> None:
    """Say something beside the data, folded to the width of a terminal."""
    click.echo(folded(message, sys.stderr), err=True)


def say(message: str) -> None:
    """Say something in words, folded to the width of a terminal."""
    click.echo(folded(message, sys.stdout))


def folded(text: str, where: TextIO | None) -> str:
    """A text as it is, or, for a terminal, with no line wider than that."""
    if where is None or not where.isatty():
        return text
    width = max(40, shutil.get_terminal_size().columns)
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2),
            break_on_hyphens=False,
            break_long_words=False,
            drop_whitespace=True,
        )
        for line in text.split("\n")
    )


def counted(count: int, one: str, many: str) -> str:
    """How many there are of something, in words: `1 entry`, `2,000 entries`."""
    return f"{count:,} {one if count == 1 else many}"


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, if that is a terminal and the work is long; gives what advances it."""
    if length < LONG_WORK or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def visible(text: str) -> str:
    """A text for a line of a terminal: what would move its cursor or turn its writing is told."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else f"\\u{ord(sign):04x}"
        for sign in text
    )


def cut(text: str, width: int) -> str:
    """The text, cut short where it is wider. Ideographs take two columns."""
    ends = list(accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in text))
    return text if not ends or ends[-1] <= width else f"{text[: bisect_right(ends, width - 1)]}…"


def read_file(place: Path, most: int) -> bytes:
    """What is in a file, as far as a byte more than it may be long."""
    with place.open("rb") as file:
        return file.read(most + 1)


@contextmanager
def new_file(place: Path, *, force: bool, private: bool = False) -> Iterator[BinaryIO]:
    """A file to be written, which appears whole when the block ends, or not at all.

    A private one can be read by its owner alone.

    Raises:
        FileRefused: there is something at this place already, and `force` is not given, or the
            disk would not take it.
    """
    from answerable.ledger.errors import FileRefused

    draft = place.with_name(f".{place.name}.{os.getpid()}.new")
    exists = FileRefused(
        f"there is something at {place} already, and it is not overwritten.",
        hint="Choose another place, or take it away.",
    )
    if not force and os.path.lexists(place):
        raise exists
    if place.exists() and not place.is_file():
        raise FileRefused(f"{place} is no file, and is not replaced by one.")
    try:
        mode = 0o600 if private else 0o666
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            draft.replace(place)
        else:
            os.link(draft, place)
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise FileRefused(f"{place} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
