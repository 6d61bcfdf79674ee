"""How fast the main job is, as ratios to floors that anyone can name."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from tests.benchmarks import peer
from tests.benchmarks.conftest import Race
from tests.benchmarks.workload import lines

from answerable.domain.parsing import any_event, parse, parse_line
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record
from answerable.projections.replay.replay import replay_all

BATCH = 1_000

Scale = Callable[[int, int], int]
Fresh = Callable[[str], Path]


def record(ledger: Ledger, facts: list[bytes]) -> None:
    """Validate, accept, seal, hash and store the facts in the lines."""
    for start in range(0, len(facts), BATCH):
        events = [parse_line(line) for line in facts[start : start + BATCH]]
        ledger.append_all(events, recorded_by="jane")


def recorded(path: Path, facts: list[bytes]) -> Path:
    """A ledger that holds the facts."""
    with Ledger.create(path) as ledger:
        record(ledger, facts)
    return path


def test_batch_append(race: Race, scale: Scale, fresh: Fresh) -> None:
    facts = lines(scale(100_000, 2_000))
    any_event()

    def ours() -> None:
        with Ledger.create(fresh("ours.db")) as ledger:
            record(ledger, facts)

    def floor() -> None:
        with peer.application(fresh("peer.db")) as app:
            peer.save(app, facts)

    race(
        ours,
        floor,
        name=f"batch append of {len(facts):,} events, with validation, seals and tree",
        against="`Application.save` of the same facts, without any of these",
        target="at most 1",
    )


def test_replay(race: Race, scale: Scale, fresh: Fresh) -> None:
    facts = lines(scale(200_000, 2_000))
    with peer.application(fresh("peer.db")) as app:
        peer.save(app, facts)
        with Ledger.open(recorded(fresh("ours.db"), facts)) as ledger:
            assert sum(len(case.people) for case in replay_all(ledger)) == len(facts) // 10
            race(
                lambda: sum(1 for _ in replay_all(ledger)),
                lambda: peer.build(app),
                name=f"replay of {len(facts):,} events into the accountability state",
                against="`Mapper.to_domain_event`, which merely builds the objects",
                target="at most 0.83 (1.2 times as fast)",
            )


@pytest.mark.parametrize("cores", [2, 1])
def test_verify(race: Race, scale: Scale, fresh: Fresh, cores: int) -> None:
    """Verify the record: entries, texts, tree, the columns they are filed by, indexes and schema.

    The floor is what no verification can do without, in one process: a loop that fetches every row
    of `stored_events` and `disclosures`, all columns, in the order of the log, and hashes each: the
    leaf of an entry, the SHA-256 of a text. Views and indexes of names and words are not in it, and
    this ledger has none: how long they take is for their makers' races.
    """
    path = recorded(fresh("ours.db"), lines(scale(200_000, 2_000)))

    def floor() -> None:
        with closing(sqlite3.connect(path)) as connection:
            for _, _, _, _, state in connection.execute(
                "SELECT rowid, originator_id, originator_version, topic, state "
                "FROM stored_events ORDER BY rowid"
            ):
                sha256(b"\x00" + state).digest()
            for _, _, _, _, text in connection.execute(
                "SELECT position, number, field, about, disclosure "
                "FROM disclosures ORDER BY position, number"
            ):
                sha256(text).digest()

    with Ledger.open(path) as ledger:
        assert verify_record(ledger).verified
        race(
            lambda: verify_record(ledger, workers=cores),
            floor,
            name=f"verify {len(ledger):,} entries, on {cores} core{'s' if cores > 1 else ''}",
            against="a bare loop of SQLite scan and SHA-256 over the same rows, on one",
            target="at most 2" if cores > 1 else "told only",
        )


def test_single_append(race: Race, scale: Scale, fresh: Fresh) -> None:
    path = recorded(fresh("ours.db"), lines(4_000))
    event = parse({"kind": "lesson-recorded", "case_id": "case-7", "lesson": "Ask first."})
    many = scale(50, 5)
    with (
        Ledger.open(path) as ledger,
        closing(sqlite3.connect(fresh("bare.db"), isolation_level=None)) as bare,
    ):
        receipt = ledger.append(event, recorded_by="jane")
        entry = ledger.entry(receipt.position)
        texts = ledger.disclosures(receipt.position)
        assert entry is not None
        stored = entry + b"".join(texts)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE bytes (stored BLOB)")
        cases = iter(range(10_000))

        def ours() -> None:
            for _ in range(many):
                here = event.model_copy(update={"case_id": f"case-{next(cases) % 200}"})
                ledger.append(here, recorded_by="jane")

        def floor() -> None:
            for _ in range(many):
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO bytes VALUES (?)", (stored,))
                bare.execute("COMMIT")

        race(
            ours,
            floor,
            name="one durable append to a case of 20 events, in process",
            against="a bare `sqlite3` commit of the same bytes",
            target="at most 3",
            rounds=9,
        )


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def _run(command: list[str], path: Path | None = None) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    if path is not None:
        environment |= {"ANSWERABLE_LEDGER": str(path), "ANSWERABLE_ACTOR": "jane"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def installed() -> str:
    """The command as it was installed."""
    return str(Path(sys.executable).with_name("answerable"))


@pytest.mark.skipif(not Path(installed()).exists(), reason="the command is not installed")
def test_append_as_a_process(race: Race, fresh: Fresh) -> None:
    path = recorded(fresh("ours.db"), lines(200))
    floor = _python("import click, pydantic, eventsourcing.sqlite")
    ours = [installed(), "append", "contact", "--case", "case-3", "--counterparty"]
    parties = (f"k-{number}" for number in count(1))
    _run([*ours, next(parties)], path)
    race(
        lambda: _run([*ours, next(parties)], path),
        lambda: _run(floor),
        name="`answerable append …` as a whole process",
        against='`python -c "import click, pydantic, eventsourcing.sqlite"`',
        target="at most 2",
        rounds=15,
    )


@pytest.mark.skipif(not Path(installed()).exists(), reason="the command is not installed")
def test_help_as_a_process(race: Race) -> None:
    race(
        lambda: _run([installed(), "--help"]),
        lambda: _run(_python("import click")),
        name="`answerable --help` as a whole process",
        against='`python -c "import click"`',
        target="at most 1.5",
        rounds=15,
    )
