"""One of several processes that use a ledger at once, and tell all that they do and are told.

    python -m tests.support.faults.worker ADDRESS KEYS NAME SEED DURABILITY

It writes a line before and after each call (`tests.support.faults.history`). Once something failed,
it waits until it is told to go on, so that no time is spent on a server that is gone. It ends when
what it is told by is closed.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import sign_head
from answerable.ledger.errors import NotVerified, OutcomeUnknown, StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.errors import CaseMoved
from answerable.ledger.tlog import private_keys
from answerable.projections.status.status import counterparty

CASES = ("case-0", "case-1", "case-2")

KINDS = {
    "append": 40, "batch": 8, "compare": 12, "head": 10, "case": 12, "status": 5, "log": 4,
    "signed": 5,
}  # fmt: skip
"""The calls, and how often each is made among all."""

VOUCHED = {each: KINDS[each] for each in ("append", "batch", "head", "signed")}
"""The calls whose answers are on disk where many wait for it together: others may be early."""

Told = dict[str, Any]


def event_of(case: str, number: str) -> Event:
    """The event that records a number in a case."""
    return parse({"kind": "contact-made", "case_id": case, "counterparty": f"of-{case}",
                  "channel": number, "purpose": f"talks of {number}"})  # fmt: skip


class Worker:
    """Makes calls, chosen by chance, and tells of each."""

    def __init__(
        self, ledger: Ledger, keys: Path, name: str, seed: int, kinds: Mapping[str, int]
    ) -> None:
        self._ledger = ledger
        self._kinds = kinds
        self._memory = memory_file(keys)
        self._signers = private_keys.read(keys)
        self._name = name
        self._chance = Random(seed)
        self._numbers = count()
        self._calls = count()

    def run(self) -> None:
        """Make calls until told to end."""
        self._tell({"ready": True})
        while not self._told_to_end(0):
            [kind] = self._chance.choices([*self._kinds], [*self._kinds.values()])
            if not getattr(self, f"_{kind}")() and self._told_to_end(None):
                return

    def _told_to_end(self, wait: float | None) -> bool:
        """Read a line, if there is one; tell whether there will be no more."""
        if select.select([0], [], [], wait)[0]:
            return os.read(0, 1) == b""
        return False

    def _tell(self, told: Told) -> None:
        os.write(1, f"{json.dumps({'process': self._name, **told})}\n".encode())

    def _call(self, asked: Told, act: Callable[[], Told]) -> bool:
        """Make one call. Return whether it did not fail for want of the store."""
        call = next(self._calls)
        self._tell({"call": call, "at": time.monotonic_ns(), **asked})
        try:
            outcome, told = "ok", act()
        except CaseMoved:
            outcome, told = "failed", {"moved": True}
        except (Refused, NotVerified) as error:
            if asked["asked"] != "signed":
                raise AssertionError(f"refused: {error.message}") from error
            # After a fail-over, keys do not sign what is not surely the log that they signed.
            outcome, told = "failed", {"refused": type(error).__name__}
        except OutcomeUnknown as error:
            outcome, told = "unknown", {"said": error.message}
        except StorageFailed as error:
            outcome, told = "failed", {"moved": False, "said": error.message}
        self._tell({"call": call, "at": time.monotonic_ns(), "outcome": outcome, **told})
        return "said" not in told

    def _record(self, cases: list[str], expected: int | None = None) -> bool:
        values = [(case, f"{self._name} {next(self._numbers)}") for case in cases]
        events = [event_of(*value) for value in values]

        def act() -> Told:
            if len(events) == 1:
                receipts = [
                    self._ledger.append(events[0], recorded_by="jane", expected_version=expected)
                ]
            else:
                receipts = [*self._ledger.append_all(events, recorded_by="jane")]
            return {
                "positions": [each.position for each in receipts],
                "versions": [each.version for each in receipts],
                "size": receipts[-1].size,
                "root": receipts[-1].root.hex(),
            }

        return self._call({"asked": "append", "values": values, "expected": expected}, act)

    def _append(self) -> bool:
        return self._record([self._chance.choice(CASES)])

    def _batch(self) -> bool:
        # Of more than fifty rows, a server has a copy.
        size = self._chance.choice((2, 3, 5, 60))
        return self._record([self._chance.choice(CASES) for _ in range(size)])

    def _compare(self) -> bool:
        """Record in a case if nobody did since it was looked at."""
        case = self._chance.choice(CASES)
        seen: list[int] = []

        def look() -> Told:
            events = [*self._ledger.events(case=case)]
            seen.append(len(events))
            return {"seen": [(each.position, each.fields["channel"]) for each in events]}

        return self._call({"asked": "case", "case": case}, look) and self._record([case], seen[0])

    def _head(self) -> bool:
        def look() -> Told:
            head = self._ledger.head()
            return {"size": head.size, "root": head.root.hex()}

        return self._call({"asked": "head"}, look)

    def _case(self) -> bool:
        return self._seen("case", self._chance.choice(CASES))

    def _log(self) -> bool:
        return self._seen("log", None)

    def _seen(self, what: str, case: str | None) -> bool:
        def look() -> Told:
            events = self._ledger.events() if case is None else self._ledger.events(case=case)
            return {"seen": [(each.position, each.fields["channel"]) for each in events]}

        return self._call({"asked": what, "case": case}, look)

    def _status(self) -> bool:
        """Ask what is kept of a party beside the record."""
        case = self._chance.choice(CASES)

        def look() -> Told:
            contacts = counterparty(self._ledger, f"of-{case}").contacts
            return {"seen": [(position, None) for position in sorted(c.position for c in contacts)]}

        return self._call({"asked": "status", "case": case}, look)

    def _signed(self) -> bool:
        def sign() -> Told:
            _, size, root = sign_head(self._ledger, self._signers, self._memory).checkpoint
            return {"size": size, "root": root.hex()}

        return self._call({"asked": "signed"}, sign)


def main() -> None:
    address, keys, name, seed, durability = sys.argv[1:]
    group = durability == "group"
    with Ledger.open(address, durability="group" if group else "each") as ledger:
        kinds = VOUCHED if group else KINDS
        Worker(ledger, Path(keys), name, int(seed), kinds).run()


if __name__ == "__main__":
    main()
