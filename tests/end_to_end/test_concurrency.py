"""Eight processes write to one ledger at once, while others read it."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import leaf, root

from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record

WRITERS = 8

START = """
import json, sys
from answerable.domain.parsing import parse
from answerable.ledger.store.errors import CaseMoved
from answerable.ledger.ledger import Ledger

place, me = sys.argv[1], int(sys.argv[2])

def event(case_id, number):
    return parse({"kind": "contact-made", "case_id": case_id, "counterparty": "p-1",
                  "purpose": "talks", "channel": f"{me} {number}"})

def tell(receipt, number):
    print(json.dumps({"position": receipt.position, "event_id": receipt.event_id, "case_id":
        receipt.case_id, "version": receipt.version, "leaf": receipt.leaf.hex(), "size":
        receipt.size, "root": receipt.root.hex(), "recorded_at": receipt.recorded_at,
        "writer": me, "number": number}))

print("ready", flush=True)
sys.stdin.readline()
"""

APPEND = """
number = 0
with Ledger.open(place) as ledger:
    for round in range(20):
        if round == 10:
            # Not before the reader has seen something.
            sys.stdin.readline()
        # Cases that all write to, and one of its own; events one by one, and several at a time.
        tell(ledger.append(event("shared", number), recorded_by="w"), number)
        tell(ledger.append(event(f"own-{me}", number + 1), recorded_by="w"), number + 1)
        batch = [("shared", number + 2), (f"own-{me}", number + 3), (f"of-{me % 3}", number + 4)]
        receipts = ledger.append_all([event(*each) for each in batch], recorded_by="w")
        for receipt, (_, each) in zip(receipts, batch):
            tell(receipt, each)
        number += 5
"""

RACE = """
with Ledger.open(place) as ledger:
    for expected in range(30):
        try:
            tell(ledger.append(event("race", expected), recorded_by="w", expected_version=expected),
                 expected)
        except CaseMoved:
            pass
"""


@contextmanager
def running(place: Path, script: str) -> Iterator[list[subprocess.Popen[str]]]:
    """The writers, let go when all of them are ready."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", START + script, str(place), str(me)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for me in range(WRITERS)
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        go_on(writers)
        yield writers
    finally:
        for writer in writers:
            with writer:
                writer.kill()


def go_on(writers: list[subprocess.Popen[str]]) -> None:
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()


def finish(writers: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    """The receipts of all writers, each of which must have ended well."""
    told: list[dict[str, Any]] = []
    for writer in writers:
        out, _ = writer.communicate()
        assert writer.returncode == 0
        told += [json.loads(line) for line in out.splitlines()]
    return told


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Ledger.create(tmp_path / "a.db").close()
    return tmp_path / "a.db"


def test_nothing_is_lost_and_readers_see_whole_prefixes(place: Path) -> None:
    leaves: list[bytes] = []
    sizes: list[int] = []
    with running(place, APPEND) as writers, Ledger.open(place) as reader:
        while any(writer.poll() is None for writer in writers):
            head = reader.head()
            seen = [leaf(reader.entry(at) or b"") for at in range(len(leaves), head.size)]
            # What was read once stays, and what came is what the root is over.
            leaves += seen
            assert len(leaves) == head.size
            assert root(leaves) == head.root
            if seen and not any(sizes):
                go_on(writers)
            sizes.append(head.size)
        receipts = finish(writers)
    size = WRITERS * 100
    assert any(0 < seen_at < size for seen_at in sizes)

    assert len(receipts) == size
    assert sorted(receipt["position"] for receipt in receipts) == list(range(size))
    assert len({receipt["event_id"] for receipt in receipts}) == size
    with Ledger.open(place) as ledger:
        events = list(ledger.events())
        leaves = [leaf(ledger.entry(at) or b"") for at in range(size)]
        assert len(events) == size
        for receipt in receipts:
            event = events[receipt["position"]]
            assert event.event_id == receipt["event_id"]
            assert event.fields["channel"] == f"{receipt['writer']} {receipt['number']}"
            assert (event.case_id, event.version) == (receipt["case_id"], receipt["version"])
            assert event.recorded_at == receipt["recorded_at"]
            assert leaves[event.position].hex() == receipt["leaf"]
        for receipt in receipts[::37]:
            assert root(leaves[: receipt["size"]]).hex() == receipt["root"]
        versions: dict[str, list[int]] = defaultdict(list)
        for event in events:
            versions[event.case_id].append(event.version)
        assert len(versions) == 1 + WRITERS + 3
        for numbers in versions.values():
            assert numbers == list(range(1, len(numbers) + 1))
        times = [event.recorded_at for event in events]
        assert times == sorted(times)
        # A batch stands together.
        for receipt in receipts:
            if receipt["number"] % 5 == 2:
                told = [event.fields["channel"] for event in events[receipt["position"] :][:3]]
                assert told == [
                    f"{receipt['writer']} {receipt['number'] + more}" for more in range(3)
                ]
        verification = verify_record(ledger)
        assert verification.problems == ()
        assert (verification.size, verification.root) == (size, root(leaves))


def test_of_those_who_expect_the_same_version_one_wins(place: Path) -> None:
    with running(place, RACE) as writers:
        receipts = finish(writers)
    assert Counter(receipt["number"] for receipt in receipts) == dict.fromkeys(range(30), 1)
    with Ledger.open(place) as ledger:
        assert [event.version for event in ledger.events(case="race")] == list(range(1, 31))
        assert len(ledger) == 30
        assert verify_record(ledger).verified
