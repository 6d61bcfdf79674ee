"""A ledger on a PostgreSQL server from the command line: the same commands, another address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.postgresql import Server

PASSWORD = "s3cr3t"

SCRIPT = Path(sys.executable).with_name("answerable")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    yield name
    postgresql.put_back(name)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, *words],
            env={**os.environ, "ANSWERABLE_ACTOR": "jane", "COLUMNS": "80", **environment},
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_a_case_is_recorded_on_a_server_asked_about_and_proved(
    run: Run, postgresql: Server, database: str, tmp_path: Path
) -> None:
    # A password that the server does not ask for is as secret as one that it does.
    secret = {"ANSWERABLE_LEDGER": postgresql.address(database, password=PASSWORD)}
    keys = ("--key-file", "house.key")
    said = [
        run("init", "--origin", "example.com/house", *keys, **secret),
        run("append", "case-opened", "--case", "acme", "--title", "Gifts", **secret),
        run("append", "party-registered", "--case", "acme", "--party", "p-1", "--type", "person",
            "--name", "Xu Fei", **secret),
        run("append", "finding-made", "--case", "acme", "--subject", "p-1", "--conduct",
            "a gift taken", "--outcome", "substantiated", "--responsibility", "direct", **secret),
        run("status", "--person", "Xu Fei", **secret),
        run("search", "gift", **secret),
        run("checkpoint", *keys, **secret),
        run("verify", *keys, **secret),
    ]  # fmt: skip
    for each in said:
        assert each.returncode == 0, (each.args, each.stdout, each.stderr)
        assert PASSWORD not in each.stdout + each.stderr
    made, *_, status, found, _, verified = said
    assert f"Made an empty ledger: postgresql://owner@/{database}?host=" in made.stdout
    assert "Xu Fei" in status.stdout
    assert "a gift taken" in found.stdout
    assert "Verified" in verified.stdout
    [(size,)] = postgresql.sql("SELECT size FROM answerable.head", database)
    assert size == 3
    [(told,)] = postgresql.sql(
        f"SELECT count(*) FROM answerable.stored_events WHERE state::text LIKE '%{PASSWORD}%'",
        database,
    )
    assert told == 0
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".db"] == []


def test_an_entry_of_a_service_file_names_the_ledger(
    run: Run, postgresql: Server, database: str, tmp_path: Path
) -> None:
    services = tmp_path / "services.conf"
    services.write_text(f"[house]\nhost={postgresql.folder}\ndbname={database}\nuser=owner\n")
    shown = run(
        "verify", "--ledger", "postgresql://?service=house", "--json", PGSERVICEFILE=str(services)
    )
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["answerable"]["head"]["size"] == 3
    astray = run("log", "--ledger", "postgresql://?service=house")
    assert astray.returncode == 3
    assert "service=house" in astray.stderr


def test_a_password_on_the_command_line_is_refused(
    run: Run, postgresql: Server, database: str
) -> None:
    refused = run("log", "--ledger", postgresql.address(database, password=PASSWORD))
    assert refused.returncode == 2
    assert "everyone who lists processes" in refused.stderr
    assert PASSWORD not in refused.stdout + refused.stderr


def test_a_server_that_is_not_there_is_named(run: Run, postgresql: Server) -> None:
    address = f"postgresql://owner:{PASSWORD}@/house?host={postgresql.folder}/elsewhere"
    astray = run("log", ANSWERABLE_LEDGER=address)
    assert astray.returncode == 3
    assert "does not answer" in astray.stderr
    assert PASSWORD not in astray.stdout + astray.stderr
