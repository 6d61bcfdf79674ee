"""The options that commands share, and what they mean: the ledger, who records, the two times."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from answerable.cli.shared.envelope import remember_log
from answerable.cli.shared.output import note, progress
from answerable.cli.shared.zone.asked import zone_asked, zone_option
from answerable.cli.suggestions import name_ledger

if TYPE_CHECKING:
    from datetime import timedelta

    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.entry.intent import Intent
    from answerable.ledger.ledger import Durability, Ledger

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)
"""A file that is to be read, and so must be there."""


class OutputFile(click.Path):
    """Take a file to write to: `-` is standard output, as it is to other programs."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the file; None for standard output."""
        if str(value) == "-":
            return None
        return super().convert(value, param, ctx) if value else self.fail("it names no file.")


DEFAULT_LEDGER = "answerable.db"

SAY_WHO = "Say who records with --as."

GIT_USER = ("git", "config", "--get-regexp", r"^user\.(name|email)$")


class Times(NamedTuple):
    """The two times of a question."""

    as_of: Asked | None
    known_by: Asked | None


class Moment(click.ParamType[Any]):
    """A moment in EDTF: a day means its end, where a case has its days. Or a word: today, now."""

    name = "DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Asked:
        """Return the moment that the text means."""
        from answerable.domain import edtf
        from answerable.domain.zone.day_end import asked_by_now
        from answerable.ledger.system.clock import checked

        if value[:1].isalpha() and (asked := asked_by_now(value, checked(None)())) is not None:
            return asked
        try:
            return edtf.asked(value)
        except edtf.DateError as error:
            self.fail(str(error), param, ctx)


def ledger_option(command: Command) -> Command:
    """Add `--ledger`, which says where the ledger is."""
    option = click.option(
        "--ledger",
        metavar="FILE",
        help="The ledger, or postgresql://…. [default: $ANSWERABLE_LEDGER, else ./answerable.db]",
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


def allow_name_option(command: Command) -> Command:
    """Add `--allow-name`, for commands that record: `open_ledger` takes it from the context."""

    def keep(ctx: click.Context, _: click.Parameter, words: tuple[str, ...]) -> None:
        ctx.find_root().ensure_object(dict)["allow_names"] = words

    option = click.option(
        "--allow-name",
        multiple=True,
        metavar="WORD",
        expose_value=False,
        callback=keep,
        help="Record this word in the open, though it is also part of a person's name.",
    )
    return option(command)


def _keep(ctx: click.Context, option: click.Parameter, given: bool) -> None:
    ctx.find_root().ensure_object(dict)[option.name] = given


def new_case_option(flag: str, what: str) -> Callable[[Command], Command]:
    """Add the option that starts cases without `case-opened`: see `open_to_record`."""
    return click.option(
        flag, "new_case", is_flag=True, expose_value=False, callback=_keep, help=what
    )


def intent_options(command: Command) -> Command:
    """Add `--new-case`, `--planned` and `--again`, of what records: see `open_to_record`."""
    new_case = new_case_option(
        "--new-case", "Start a case with this, though it is not case-opened."
    )
    again = again_option("Record it though the same is on record already: it happened again.")
    return new_case(planned_option(again(command)))


def planned_option(command: Command) -> Command:
    """Add `--planned`, for commands that record."""
    return click.option(
        "--planned",
        is_flag=True,
        expose_value=False,
        callback=_keep,
        help="Record a date though it is more than a year ahead (an end: a hundred years).",
    )(command)


def again_option(what: str) -> Callable[[Command], Command]:
    """Add `--again`, for commands that record: see `open_to_record`."""
    return click.option("--again", is_flag=True, expose_value=False, callback=_keep, help=what)


def times_options(command: Command) -> Command:
    """Add `--as-of` and `--known-by`, the two times of every question, and `--zone`."""
    as_of = click.option(
        "--as-of",
        type=Moment(),
        help="As it was on this date, or today, yesterday, now: leave out what happened later.",
    )
    known_by = click.option(
        "--known-by",
        type=Moment(),
        help="As it was known by this date, or today …: leave out what was recorded later.",
    )
    return as_of(known_by(zone_option(command)))


def ledger_place(given: str | None) -> Path | str:
    """Return where the ledger is: as given, as the environment says, else here.

    Returns:
        The place of its file, or the address of its server.

    Raises:
        click.UsageError: a password is given on the command line.
    """
    from answerable.ledger.store.opening import is_on_server

    context = click.get_current_context(silent=True)
    shared = (context.find_root().obj or {}).get("ledger") if context else None
    named = given or shared
    if named:
        checked_address(named)
    name_ledger(named)
    address = named or os.environ.get("ANSWERABLE_LEDGER") or DEFAULT_LEDGER
    return address if is_on_server(address) else Path(address)


def checked_address(named: str) -> str:
    """Return the address of a ledger as it was given.

    Raises:
        click.UsageError: there is a password in it.
    """
    from answerable.ledger.store.opening import tells_password

    if tells_password(named):
        raise click.UsageError(
            "a password on the command line can be read by everyone who lists processes. Give the "
            "address in ANSWERABLE_LEDGER, or leave the password to ~/.pgpass or a service file."
        )
    return named


def open_ledger(
    given: str | None,
    *,
    max_gap: timedelta | None = None,
    accept_clock: bool = False,
    intent: Intent | None = None,
    durability: Durability = "each",
) -> Ledger:
    """Open the ledger. Use it in a `with` statement.

    To record in it, see `answerable.cli.shared.clock.open_to_record`.
    """
    from answerable.ledger.entry.clock import MAX_GAP
    from answerable.ledger.entry.intent import ANYTHING

    if intent is None:
        from answerable.ledger.ledger import Ledger as OpenedLedger
    else:
        from answerable.cli.shared.acknowledged import AcknowledgedLedger as OpenedLedger

    context = click.get_current_context(silent=True)
    allowed = (context.find_root().obj or {}).get("allow_names", ()) if context else ()
    opened = OpenedLedger.open(
        ledger_place(given),
        allow_names=allowed,
        max_gap=MAX_GAP if max_gap is None else max_gap,
        accept_clock=accept_clock,
        intent=ANYTHING if intent is None else intent,
        durability=durability,
    )
    opened.zone = zone_asked()
    opened.progress = partial(progress, "Catching up")
    if barrier := opened.reading_as_it_lies:
        note(f"{opened.name} is read as it lies, without locks, for {barrier}.")
    if whom := opened.withheld_from:
        note(f"Names and other sealed texts are not shown to {whom}: answers are without them.")
    remember_log(opened)
    return opened


@contextmanager
def open_to_ask(
    given: str | None, *, views: bool = False, named: bool = False, texts: bool = False
) -> Iterator[Ledger]:
    """Open the ledger to answer one question, of the record as it is when that is asked.

    Args:
        given: the ledger.
        views: whether views are asked.
        named: whether parties are looked up by their names.
        texts: whether texts are searched.
    """
    with (
        open_ledger(given) as opened,
        at_one_moment(opened, views=views, named=named, texts=texts),
    ):
        yield opened


@contextmanager
def at_one_moment(
    opened: Ledger, *, views: bool = False, named: bool = False, texts: bool = False
) -> Iterator[None]:
    """Keep to the record as it is now for as long as the block lasts (see `open_to_ask`)."""
    ready: list[Callable[[Ledger], object]] = []
    if views:
        from answerable.ledger.indexes import documents
        from answerable.projections.documents import VIEWS

        ready.append(lambda opened: documents.make_ready(opened, VIEWS))
    if named:
        from answerable.ledger.indexes import names

        ready.append(names.make_ready)
    if texts:
        from answerable.ledger.indexes import full_text

        ready.append(full_text.make_ready)
    with opened.at_one_moment(*ready):
        remember_log(opened)
        yield


def recorder(given: str | None) -> str:
    """Return who records: as given (or in the environment), else git's user, else the system's.

    Raises:
        UsageError: none of these is known, or the first that is known is no text.
    """
    if given:
        return given
    import subprocess

    try:
        output = subprocess.run(  # noqa: S603
            GIT_USER, capture_output=True, check=False, timeout=5
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        output = b""
    try:
        told = output.decode()
    except UnicodeDecodeError:
        raise click.UsageError(f"git's user is no text in UTF-8. {SAY_WHO}") from None
    user = dict(line.split(" ", 1) for line in told.splitlines() if " " in line)
    name, email = user.get("user.name"), user.get("user.email")
    if name and email:
        return f"{name} <{email}>"
    return name or email or _system_user()


def _system_user() -> str:
    import getpass

    try:
        user = getpass.getuser()
        user.encode()
    except (KeyError, ImportError, OSError):
        raise click.UsageError(f"the system has no name for you. {SAY_WHO}") from None
    except UnicodeEncodeError:
        raise click.UsageError(
            f"the system's name for you is no text in UTF-8. {SAY_WHO}"
        ) from None
    return user


def read_file(place: Path, most: int) -> bytes:
    """Read a file, up to a byte more than it may be long.

    Raises:
        click.UsageError: it is no file, or cannot be read.
    """
    from answerable.ledger.system.regular_file import open_regular

    try:
        with open_regular(place) as file:
            return file.read(most + 1)
    except OSError as error:
        raise click.UsageError(f"{place} cannot be read: {error.strerror}.") from None
