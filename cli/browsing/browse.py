"""`answerable browse`."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from answerable.cli.reporting.audience import AUDIENCES, Asker, checked_audience
from answerable.cli.shared.formats.language import language_option
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import ledger_option, open_ledger
from answerable.cli.shared.output import note
from answerable.cli.shared.zone.asked import zone_asked, zone_option

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from answerable.cli.browsing.gate import Door
    from answerable.domain.language.language import Language
    from answerable.ledger.ledger import Ledger

NEEDED = ("starlette", "uvicorn")
"""Name the modules that the extra installs."""


@click.command("browse", cls=Command)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="The port to listen on; 0: a free one.",
)
@click.option("--no-open", is_flag=True, help="Only print the address, and open no browser.")
@click.option(
    "--for",
    "audience",
    type=Choice(AUDIENCES),
    help="Whom it is shown to: what they may not see is withheld. [default: whoever may see "
    "everything]",
)
@click.option("--subject", metavar="PARTY", help="Who is concerned: with --for subject.")
@language_option
@zone_option
@ledger_option
def command(
    port: int,
    no_open: bool,
    audience: str | None,
    subject: str | None,
    language: str | None,
    ledger: str | None,
) -> int:
    """Go through the record in a browser, on this machine alone.

    It prints an address with a token, and opens it. Pages lead from how all cases stand to a case,
    its report, its replay, and each event; to people and parties; to a search; and to a check of
    the record. Nothing is changed, and nobody else can ask: it listens on 127.0.0.1. Ctrl-C ends
    it.

    --for shows to the board all but who recorded what and where things are kept; to an auditor or
    a regulator everything; to the person concerned and to the public their part of each case. Who
    runs it can read the ledger itself: what is given to others is a file, by `answerable report`.
    --language says the pages in another language; names and texts stay as they were recorded.

    \b
    Example:
      answerable browse
      answerable browse --port 8000 --no-open
      answerable browse --for board
    """
    whom = checked_audience(audience, subject)
    _check_extra()
    from answerable.domain.language.asked import asked_for

    spoken = asked_for(language, os.environ)
    from answerable.cli.browsing.gate import Door, new_token
    from answerable.cli.browsing.opening import opened_by_file
    from answerable.cli.browsing.serving import listening, serve

    with open_ledger(ledger) as opened:
        _catch_up(opened)
        try:
            listens = listening(port)
        except OSError as error:
            raise click.UsageError(
                f"port {port} cannot be listened on: {error.strerror}. Leave --port out, and a "
                "free one is taken."
            ) from None
        with listens:
            door = Door(new_token(), listens.getsockname()[1])
            app = _application(opened, door, whom, spoken, ledger)
            click.echo(door.address)
            note(
                "Whoever has this address and is on this machine can read the ledger. Ctrl-C ends."
            )
            with opened_by_file(door.address, really=not no_open):
                serve(app, listens)
    note("Ended.")
    return 0


def _check_extra() -> None:
    """Check that what serves pages is installed.

    Raises:
        MissingExtra: it is not.
    """
    missing = [each for each in NEEDED if find_spec(each) is None]
    if missing:
        from answerable.ledger.errors import MissingExtra

        raise MissingExtra(
            f"what serves pages to a browser is not installed: {' and '.join(missing)}.",
            hint="pip install 'answerable[browse]'. `answerable report CASE --output FILE.html` "
            "needs nothing.",
        )


def _catch_up(opened: Ledger) -> None:
    """Take in what was recorded since: later, each page would wait for it."""
    from answerable.ledger.indexes import full_text
    from answerable.ledger.indexes.documents import make_ready
    from answerable.projections.documents import VIEWS

    make_ready(opened, VIEWS)
    full_text.make_ready(opened)


def _application(
    opened: Ledger,
    door: Door,
    whom: Asker | None,
    language: Language | None,
    ledger: str | None,
) -> ASGIApp:
    """Return the application over an open ledger."""
    from datetime import datetime

    from answerable.cli.browsing.answers import Answers
    from answerable.cli.browsing.application import application
    from answerable.cli.browsing.audience import Audience
    from answerable.cli.browsing.checking import Checks
    from answerable.cli.browsing.part_answers import PartAnswers
    from answerable.cli.shared.signed.keys import key_place_known
    from answerable.ledger.checkpoints.memory import memory_file
    from answerable.ledger.system.clock import checked

    tz, clock = zone_asked().tz, checked(None)

    def now() -> datetime:
        return clock().astimezone(tz)

    keys = key_place_known(None, ledger)
    memory = None if keys is None else memory_file(keys)
    audience = Audience(None if whom is None else whom.within(opened))
    made = Answers if audience.whole else PartAnswers
    answers = made(opened, audience, Checks(opened, memory), _version(), now)
    return application(answers, door, language)


def _version() -> str:
    try:
        return version("answerable")
    except PackageNotFoundError:
        return "of a checkout"
