"""Cases and parties that are not on record: the ones that were meant are asked about.

Whoever asked gets the titles and names; they are sealed, so no exception that a program may log
holds them.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import click

from answerable.cli.suggestions import suggested
from answerable.domain.mistyped.nearest import did_you_mean

if TYPE_CHECKING:
    from answerable.ledger.indexes.reader import IndexedReader
    from answerable.projections.errors import NotFound, Sought
    from answerable.projections.facts.names import Name

AT_ONCE = 1_000
"""Parties whose names are read in one go."""

MOST_CASES = 5_000
"""The most cases whose titles are read: those that were opened last."""

MOST_PARTIES = 5_000
"""Registrations that are looked through for whom a pseudonym may have been meant for."""


def ask_what_was_meant(error: NotFound, ctx: click.Context) -> None:
    """Add to the error that a case or a party is not on record which may have been meant.

    Args:
        error: the error.
        ctx: the context of the command that it ended.
    """
    from answerable.cli.shared.options import ledger_place
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.ledger import Ledger

    if error.sought is None or error.sought.what == "event":
        return
    place = ledger_place(ctx.params.get("ledger"))
    # What is wrong with the ledger, whoever could not answer has said.
    with suppress(AnswerableError, OSError), Ledger.open(place) as opened:
        asked = _asked(opened, error.sought)
        error.cli_hint = f"{asked} {error.cli_hint or ''}".strip()


def _asked(ledger: IndexedReader, sought: Sought) -> str:
    text = sought.text
    cases, parties = CasesOnRecord(ledger), PartiesOnRecord(ledger)
    if sought.what == "case":
        who = parties.called(text)
        if who is not None:
            return f"{text!r} is a party: {suggested('status', '--party', who)}."
        return did_you_mean(cases.meant(text))
    if text in cases:
        return f"{text!r} is a case: {suggested('timeline', text)}."
    return did_you_mean(parties.meant(text))


class CasesOnRecord:
    """The cases that are on record, and their titles, as far as these are open to read."""

    def __init__(self, ledger: IndexedReader) -> None:
        self.ids = [each.case_id for each in ledger.cases()]
        opened = [*ledger.events(kinds={"case-opened"})][-MOST_CASES:]
        texts = ledger.opened(each.position for each in opened)
        titles = {each.case_id: texts[each.position].fields.get("title") for each in opened}
        self.titles = {id_: title for id_, title in titles.items() if isinstance(title, str)}

    def __contains__(self, case_id: str) -> bool:
        return case_id in self.ids

    def meant(self, text: str) -> list[str]:
        """List the cases that a text may have been meant for, as they are called."""
        from answerable.ledger.meant import meant

        called = {case_id: case_id for case_id in self.ids}
        for case_id, title in self.titles.items():
            called.setdefault(title, case_id)
        return [self.called(each) for each in meant(text, called)]

    def called(self, case_id: str) -> str:
        """Return a case's slug, and its title, where it has one: "acme (Gifts)"."""
        title = self.titles.get(case_id)
        return case_id if title is None else f"{case_id} ({title})"


class PartiesOnRecord:
    """The parties that are registered, and their names, if these are few."""

    def __init__(self, ledger: IndexedReader) -> None:
        from answerable.projections.facts.names import names

        self.names = names(ledger)
        registered = ledger.events(kinds={"party-registered"})
        found = dict.fromkeys(each.fields["party"] for each in islice(registered, MOST_PARTIES))
        self._words = {party: party for party in found}
        if len(found) <= AT_ONCE:
            self._words |= {name.shown: name.party for name in self.names.of_each(found)}

    def called(self, text: str) -> str | None:
        """Return the pseudonym of the party of this pseudonym or name; None where there is none."""
        return self._words.get(text)

    def meant(self, text: str) -> list[str]:
        """List the parties that a text may have been meant for: "p-1 (Jane Doe)"."""
        from answerable.ledger.meant import meant

        return [_called(self.names.of(each)) for each in meant(text, self._words)]


def _called(name: Name) -> str:
    return name.party if name.name is None else f"{name.party} ({name.name})"
