"""Record that something left the house: to whom, and on which legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.shared.options import recorder
from answerable.cli.shared.output import note
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.signers import OWN_RECORDS, remark_demand

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.ledger.given_away import GivenAway
    from answerable.ledger.ledger import Ledger


class DisclosedTo(NamedTuple):
    """The recipient, in words or by a registered name, and the legal basis."""

    to: str
    legal_basis: str


def record_disclosure(
    opened: Ledger, given: GivenAway, disclosure: DisclosedTo, actor: str | None
) -> None:
    """Record that something was given away, and say where that is on record.

    Args:
        opened: the ledger.
        given: what was given away.
        disclosure: to whom, and on which basis.
        actor: who records, as `--as` says.

    Raises:
        NotFound: several parties are registered under the name of the recipient.
        InvalidEvent: the recipient or the clause is not one.
    """
    events = disclosure_events(opened, given, disclosure)
    for receipt in opened.append_all(events, recorded_by=recorder(actor)):
        note(f"Recorded as disclosure-made, at position {receipt.position}.")
        with all_recorded():
            remark_demand(opened, receipt, OWN_RECORDS)


def disclosure_events(opened: Ledger, given: GivenAway, disclosure: DisclosedTo) -> list[Event]:
    """Return the events that record that something was given away, recorded nowhere yet.

    Args:
        opened: the ledger.
        given: what is given away.
        disclosure: to whom, and on which basis.

    Raises:
        NotFound: several parties are registered under the name of the recipient.
        InvalidEvent: the recipient or the clause is not one.
    """
    from answerable.ledger.given_away import disclosures
    from answerable.ledger.system.clock import checked
    from answerable.projections.errors import NotFound
    from answerable.projections.facts.names import names

    found = names(opened).find(disclosure.to)
    if len(found) > 1:
        raise NotFound(
            f"several parties are registered under the name {disclosure.to!r:.80}: "
            f"{', '.join(found)}.",
            hint="Give the pseudonym of the one you mean.",
        )
    return disclosures(
        given,
        to=found[0] if found else None,
        recipient=None if found else disclosure.to,
        legal_basis=disclosure.legal_basis,
        occurred=f"{checked(None)():%Y-%m-%dT%H:%M:%SZ}",
    )
