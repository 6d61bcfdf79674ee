"""kill -9: what was acknowledged is there, what was begun is there whole or not at all.

A child appends and writes down each receipt as soon as it has it. It is killed after so many
receipts, without a pause, so that the signal strikes wherever its next append has come to.
"""

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.lengths import sample
from tests.support.oracles import leaf, root

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record

CHILD = """
import os, sys
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger

place, name, sizes = sys.argv[1], sys.argv[2], [int(size) for size in sys.argv[3].split(",")]
with Ledger.open(place) as ledger:
    number = 0
    while True:
        size = sizes[number % len(sizes)]
        batch = [
            parse({"kind": "contact-made", "case_id": f"case-{(number + at) % 3}",
                   "counterparty": "p-1", "purpose": "x" * (number * 397 % 6000 + 1),
                   "channel": f"{name} {number} {size}"})
            for at in range(size)
        ]
        if size == 1:
            receipts = [ledger.append(batch[0], recorded_by=name)]
        else:
            receipts = ledger.append_all(batch, recorded_by=name)
        text = "".join(
            f"{r.position} {r.event_id} {r.leaf.hex()} {r.size} {r.root.hex()}\\n" for r in receipts
        )
        os.write(1, text.encode())
        number += 1
"""


class Acknowledged(NamedTuple):
    position: int
    event_id: str
    leaf: str
    size: int
    root: str


def acknowledged(line: bytes) -> Acknowledged:
    position, event_id, hashed, size, over = line.decode().split()
    return Acknowledged(int(position), event_id, hashed, int(size), over)


def run_and_kill(place: Path, name: str, sizes: str, after: int) -> list[Acknowledged]:
    """Let a child append until it has acknowledged so many events, and kill it."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(place), name, sizes], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(after)]
        child.kill()
        # What it had written when it died was acknowledged too.
        lines += child.stdout.readlines()
    assert child.returncode == -9
    return [acknowledged(line) for line in lines if line.endswith(b"\n")]


@pytest.mark.parametrize("seed", sample(range(20), 2))
def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    place = tmp_path / "a.db"
    Ledger.create(place).close()
    promised: list[Acknowledged] = []
    for kill in range(10):
        sizes = ",".join(str(chance.choice((1, 1, 2, 5, 17, 60))) for _ in range(5))
        promised += run_and_kill(place, f"child-{kill}", sizes, chance.randrange(1, 80))
        with Ledger.open(place) as ledger:
            events = list(ledger.events())
            leaves = [leaf(ledger.entry(at) or b"") for at in range(len(events))]
            assert [event.position for event in events] == list(range(len(events)))
            for each in promised:
                assert events[each.position].event_id == each.event_id
                assert leaves[each.position].hex() == each.leaf
            last = promised[-1]
            assert root(leaves[: last.size]).hex() == last.root
            # A batch is there whole or not at all.
            batches = Counter(event.fields["channel"] for event in events)
            for batch, count in batches.items():
                assert int(batch.split()[-1]) == count
            # At most the one append that had no time to be acknowledged is there besides.
            own = [
                event for event in events if event.fields["channel"].startswith(f"child-{kill} ")
            ]
            known = {each.event_id for each in promised}
            assert len({e.fields["channel"] for e in own if e.event_id not in known}) <= 1
            verification = verify_record(ledger)
            assert verification.problems == ()
            assert verification.root == root(leaves)
            receipt = ledger.append(
                parse({"kind": "contact-made", "case_id": "case-0", "counterparty": "p-1",
                       "channel": f"parent {kill} 1"}),
                recorded_by="parent",
            )  # fmt: skip
            assert receipt.position == len(events)
            promised.append(
                Acknowledged(
                    receipt.position, receipt.event_id, receipt.leaf.hex(),
                    receipt.size, receipt.root.hex(),
                )
            )  # fmt: skip
