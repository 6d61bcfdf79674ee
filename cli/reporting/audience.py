"""Those whom a report is for, as options say it, and the record that they got it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from answerable.cli.shared.given_away import DisclosedTo, record_disclosure
from answerable.cli.shared.mistyped.choice import Choice

if TYPE_CHECKING:
    from answerable.cli.reporting.made import Made
    from answerable.ledger.ledger import Ledger
    from answerable.projections.report.audience.audiences import For

Command = TypeVar("Command", bound=Callable[..., Any])

AUDIENCES = ("board", "auditor", "subject", "regulator", "public")
"""The audiences, as `projections.report.audience.audiences` has them; that need not be loaded."""


class Asker(NamedTuple):
    """Whom a report is for, as given."""

    audience: str
    subject: str | None

    def within(self, opened: Ledger) -> For:
        """Return whom it is for, the subject by pseudonym.

        Raises:
            NotFound: no party is registered under the subject's name, or several are.
        """
        from answerable.cli.shared.references import party
        from answerable.projections.report.audience.audiences import For

        subject = None if self.subject is None else party(opened, self.subject)
        return For(self.audience, subject)  # type: ignore[arg-type]


def audience_options(command: Command) -> Command:
    """Add `--for` and `--subject`, and `--recorded-as` with `--legal-basis`."""
    options = (
        click.option(
            "--for",
            "audience",
            type=Choice(AUDIENCES),
            help="Whom it is for: what they may not see is withheld, and counted. "
            "[default: whoever may see everything]",
        ),
        click.option(
            "--subject", metavar="PARTY", help="Who is concerned: with --for subject, and only so."
        ),
        click.option(
            "--recorded-as", metavar="PARTY|WORDS", help="To whom it is given, to be recorded."
        ),
        click.option(
            "--legal-basis", metavar="CLAUSE", help="On which basis it is given, to be recorded."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def checked_audience(audience: str | None, subject: str | None) -> Asker | None:
    """Return whom a report is for; None: whoever may see everything.

    Raises:
        UsageError: a subject is given and it is not for one, or the other way round.
    """
    if (audience == "subject") != (subject is not None):
        raise click.UsageError("--for subject and --subject PARTY go together.")
    return None if audience is None else Asker(audience, subject)


def disclosed_to(recorded_as: str | None, legal_basis: str | None) -> DisclosedTo | None:
    """Return to whom a report is given, and on which basis; None: that is not to be recorded.

    Raises:
        UsageError: one of the two is given without the other.
    """
    if (recorded_as is None) != (legal_basis is None):
        raise click.UsageError("--recorded-as and --legal-basis go together.")
    if recorded_as is None or legal_basis is None:
        return None
    return DisclosedTo(recorded_as, legal_basis)


def record(made: Made, data: bytes, disclosure: DisclosedTo, actor: str | None) -> None:
    """Record that a report was given away: which events it tells of, and what it withholds."""
    from hashlib import sha256

    from answerable.ledger.given_away import GivenAway

    header = made.report.header
    whom = "" if header.made_for is None else f" for {header.made_for}"
    given = GivenAway(
        header.case_id,
        [each.event_id for each in made.report.timeline],
        header.withheld.fields,
        f"the report on {header.case_id}{whom}",
        f"sha256:{sha256(data).hexdigest()}",
    )
    record_disclosure(made.ledger, given, disclosure, actor)
