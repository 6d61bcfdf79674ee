"""What goes on for years, in minutes: record, ask, sign, rotate, publish, witness - and be killed.

Whatever is killed whenever, the ledger verifies, its views and its search say what the record
does, no two checkpoints that it ever gave out contradict each other, what is published can be
audited from where the auditor was, and the witness agrees.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli

from answerable.ledger.errors import MalformedNote
from answerable.ledger.tlog.checkpoint import SignedCheckpoint

ORIGIN = "example.com/ledger"
ROUNDS = int(os.environ.get("ANSWERABLE_SOAK_ROUNDS", "150"))
SEED = int(os.environ.get("ANSWERABLE_SOAK_SEED", "6962"))
DEADLY = 0.6
"""How often a command is killed, if it does not end before."""

STEPS = ("import", "import", "append", "ask", "search", "sign", "sign", "rotate", "publish")


class House:
    """A ledger that signs, publishes and is witnessed, and all that it ever gave out."""

    def __init__(self, cli: Cli, chance: random.Random) -> None:
        self.cli = cli
        self.chance = chance
        self.heads: dict[int, bytes] = {}
        cli("init", "--origin", ORIGIN)
        cli("witness", "init", "w1", "--name", "witness.example/w1")
        self.settle()

    def take_over_keys(self) -> None:
        """What auditor and witness do when they hear of new keys."""
        (self.cli.folder / "log.vkey").write_text(self.cli("key", "export", "--all").out)
        self.cli("witness", "watch", "w1", "--key", "log.vkey")

    def attempt(self, *arguments: str) -> None:
        """Run a command, and maybe kill it on its way."""
        deadly = self.chance.random() < DEADLY
        with (self.cli.folder / "said").open("w+b") as said:
            process = self.cli.start(*arguments, stdout=subprocess.DEVNULL, stderr=said)
            try:
                code = process.wait(self.chance.uniform(0.05, 0.4) if deadly else 120)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                return
            said.seek(0)
            assert code == 0, (arguments, said.read())

    def look(self, note: bytes) -> None:
        """Take note of a checkpoint that was given out."""
        _, size, root = SignedCheckpoint.parse(note).checkpoint
        assert self.heads.setdefault(size, root) == root, f"two logs of {size} entries"

    def look_everywhere(self) -> None:
        """Look at every place at which a checkpoint can be seen."""
        for place in (self.cli.folder / "answerable.db.signed", self.cli.folder / "log/checkpoint"):
            if place.exists():
                try:
                    self.look(place.read_bytes())
                except MalformedNote as error:
                    raise AssertionError(f"{place} is half written") from error

    def step(self) -> None:
        """One of the things that happen."""
        what = self.chance.choice(STEPS)
        if what == "import":
            count = self.chance.choice((3, 300, 900))
            event = {
                "kind": "contact-made",
                "case_id": f"case-{count}",
                "counterparty": "kol-1",
                "purpose": "a possible partnership",
            }
            (self.cli.folder / "events").write_text(f"{json.dumps(event)}\n" * count)
            self.attempt("import", "--new-cases", "--again", "events")
        elif what == "append":
            self.attempt(
                "append",
                "contact",
                "--case",
                "acme",
                "--counterparty",
                "kol-1",
                "--new-case",
                "--again",
            )
        elif what == "ask":
            self.attempt("bars")
        elif what == "search":
            self.attempt("search", "partnership")
        elif what == "sign":
            self.attempt("checkpoint")
        elif what == "rotate":
            self.attempt("key", "rotate")
        else:
            self.attempt("publish", "log")

    def ask(self) -> None:
        """Hold the answers against the record."""
        self.cli("views", "check")
        events = self.cli("log", "--kind", "contact-made", "--json").out.splitlines()
        told = self.cli("status", "--party", "kol-1", "--json", code=None)
        contacts = told.json["contacts"] if told.code == 0 else []
        assert len(contacts) == len(events)
        purposes = sum("purpose" in each for each in self.cli("export").out.splitlines())
        assert self.cli("search", "partnership", "--json").json["total"] == purposes

    def settle(self) -> None:
        """Sign and publish undisturbed, and let auditor and witness check what came of it."""
        self.look(self.cli("checkpoint", "--note").out.encode())
        self.cli("publish", "log")
        self.take_over_keys()
        self.cli("verify", "--from", "log", "--key", "log.vkey", "--state", "seen")
        (self.cli.folder / "lines").write_text(self.cli("witness", "cosign", "w1", "log").out)
        (self.cli.folder / "w1.vkey").write_text(self.cli("witness", "keys", "w1").out)
        self.cli("checkpoint", "--attach", "lines", "--witness", "w1.vkey")
        self.cli("verify", "--key", "log.vkey", "--witness", "w1.vkey")


@pytest.mark.soak
def test_nothing_that_is_killed_ever_contradicts_what_was_given_out(cli: Cli) -> None:
    chance = random.Random(SEED)
    house = House(cli, chance)
    for number in range(ROUNDS):
        house.step()
        house.look_everywhere()
        cli("verify")
        if number % 5 == 4:
            house.ask()
            house.settle()
    assert len(house.heads) > ROUNDS // 10
    leftovers = {place.name for place in Path(cli.folder).glob("*.new")}
    assert not leftovers
