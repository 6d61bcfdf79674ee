"""Test that sixteen processes that write at once leave one log without gaps, clocks and all."""

from __future__ import annotations

import subprocess
import sys

from tests.support.postgresql import Server

from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record

WRITERS, EACH = 16, 5

NO_SANCTION = "019b8c00-0000-7000-8000-000000000999"

WRITING = """
import os, sys
from answerable.domain.errors import Refused
from answerable.ledger.ledger import Ledger

def write(writer):
    with Ledger.open(sys.argv[1], durability=("each", "group")[writer % 2]) as ledger:
        for number in range(int(sys.argv[3])):
            # Half of them in a case of all, where most come between; a refusal takes no position.
            case = "shared" if number % 2 else f"case-{writer}"
            event = {"kind": "contact-made", "case_id": case, "counterparty": "org-1"}
            missing = {"kind": "sanction-executed", "case_id": case, "sanction": sys.argv[4]}
            try:
                ledger.append_all([event, missing], recorded_by="jane")
            except Refused:
                pass
            made = ledger.append(event, recorded_by="jane")
            os.write(1, f"{made.position} {made.case_id} {made.version}\\n".encode())

children = []
for writer in range(int(sys.argv[2])):
    child = os.fork()
    if not child:
        try:
            write(writer)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    children.append(child)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


def test_sixteen_processes_leave_no_gap(postgresql: Server) -> None:
    name = postgresql.database()
    address = postgresql.address(name)
    Ledger.create(address).close()
    ran = subprocess.run(
        [sys.executable, "-c", WRITING, address, str(WRITERS), str(EACH), NO_SANCTION],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    told = sorted(tuple(line.split()) for line in ran.stdout.splitlines())
    with Ledger.open(address) as ledger:
        there = [(str(each.position), each.case_id, str(each.version)) for each in ledger.events()]
        assert [at for at, _, _ in there] == [str(at) for at in range(WRITERS * EACH)]
        assert sorted(there) == told
        shared = [version for _, case, version in there if case == "shared"]
        assert shared == [str(at + 1) for at in range(WRITERS * (EACH // 2))]
        assert verify_record(ledger).problems == ()
    postgresql.put_back(name)
