"""One large case: many matters of twenty events, each with people and a counterparty of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.large import named
from tests.benchmarks.workload import case
from tests.support.signed_ledger import house

from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of

HOUSE = ("board", "audit-1", "press-office")
"""Who decides, inquires and announces in every matter."""


CASE = "large"


class Large(NamedTuple):
    """A large case, on record and under a signed head."""

    ledger: Ledger

    def written(self, form: str) -> bytes:
        """Write the report on the case in a format, from the record on."""
        return written(self.ledger, CASE, form)


def written(ledger: Ledger, case_id: str, form: str) -> bytes:
    """Write the report on a case in a format, from the record on."""
    looked = look(ledger, case_id)
    return content(Made(report_of(looked, version="1"), ledger, looked), form)


@contextmanager
def large(folder: Path, events: int) -> Iterator[Large]:
    """Record a case of so many events: who each party is, then the steps, matter by matter."""
    made = house(folder)
    with made.ledger:
        told = [parse({**each, "case_id": CASE}) for each in islice(_told(), events)]
        made.ledger.append_all(told, recorded_by="jane")
        made.sign()
        yield Large(made.ledger)


def _told() -> Iterator[dict[str, Any]]:
    for number, party in enumerate(HOUSE):
        yield _registered(party, "body", 900_000 + number)
    for number in count():
        for at, role in enumerate(("m", "e", "k")):
            yield _registered(f"{role}-{number}", "person", 3 * number + at)
        for step in case(number):
            if number == 0 or step["kind"] != "case-opened":
                yield step


def _registered(party: str, kind: str, number: int) -> dict[str, Any]:
    return {"kind": "party-registered", "party": party, "type": kind, "name": named(number)}
