"""Speak to a server over TLS, with a password: who is trusted, and where no password is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from tests.support.postgresql import PASSWORD, Server, running_server
from tests.support.tls import Authority

from answerable.cli.main import run
from answerable.domain.errors import AnswerableError
from answerable.ledger.ledger import Ledger

HBA = "local all owner trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"

SCRIPT = Path(sys.executable).with_name("answerable")

VERIFIED = "sslmode=verify-full&sslrootcert={}"


class House(NamedTuple):
    """A ledger on a server over TLS, and the roots that one may trust."""

    server: Server
    database: str
    root: Path
    another: Path

    def address(self, *, password: str = PASSWORD, options: str | None = None) -> str:
        told = VERIFIED.format(self.root) if options is None else options
        return self.server.tcp_address(
            self.database, user="jane", password=password, options=told
        )  # fmt: skip


@pytest.fixture(scope="module")
def house(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    assert postgresql.runs
    folder = tmp_path_factory.mktemp("tls")
    authority, another = Authority("house"), Authority("another")
    for name, text in (("root.pem", authority.root), ("another.pem", another.root)):
        (folder / name).write_text(text)
    certified = authority.certify("127.0.0.1")
    files = {"server.crt": certified.certificate, "server.key": certified.key, "pg_hba.conf": HBA}
    settings = {"ssl": "on", "log_statement": "all", "log_connections": "on"}
    with running_server(tcp=True, settings=settings, files=files) as server:
        name = server.database()
        with psycopg.connect(server.address(name)) as connection:
            told = connection.pgconn.encrypt_password(PASSWORD.encode(), b"jane", b"scram-sha-256")
        server.sql(f"CREATE ROLE jane LOGIN PASSWORD '{told.decode()}'")
        server.sql(f"GRANT CREATE ON DATABASE {name} TO jane")
        found = House(server, name, folder / "root.pem", folder / "another.pem")
        Ledger.create(found.address()).close()
        yield found


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    monkeypatch.chdir(tmp_path)
    for variable in [each for each in os.environ if each.startswith(("ANSWERABLE_", "PG"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")

    def told(*words: str, **environment: str) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = run([*words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return told


Told = Callable[..., tuple[int, str]]


def test_a_server_that_the_right_root_vouches_for_is_spoken_to(told: Told, house: House) -> None:
    assert told("log", ANSWERABLE_LEDGER=house.address())[0] == 0
    [(tls,)] = house.server.sql("SELECT count(*) FROM pg_stat_ssl WHERE ssl", house.database)
    with Ledger.open(house.address()) as ledger, ledger._reading() as cursor:
        row = cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
        assert row == (True,)
    assert tls == 0  # Whoever spoke before hung up.


REFUSED = {
    "another root": (VERIFIED.format("{another}"), "is not trusted: certificate verify failed"),
    "no root": (VERIFIED.format("none.pem"), "is not trusted: root certificate file"),
    "no TLS": ("sslmode=disable", "no pg_hba.conf entry for host"),
    "another name": (
        VERIFIED.format("{root}") + "&host=records.example&hostaddr=127.0.0.1",
        'does not match host name "records.example"',
    ),
    "a mode that is none": ("sslmode=verify-all", "invalid sslmode value"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_server_that_may_be_another_is_not_spoken_to(told: Told, house: House, why: str) -> None:
    options, expected = REFUSED[why]
    options = options.format(root=house.root, another=house.another)
    address = house.address(options=options)
    if "host=" in options:
        address = address.replace("@127.0.0.1:", "@:")
    code, said = told("log", ANSWERABLE_LEDGER=address)
    assert (code, expected in said, PASSWORD in said) == (3, True, False), said


def test_what_the_address_leaves_open_files_and_the_environment_of_libpq_say(
    told: Told, house: House, tmp_path: Path
) -> None:
    server = house.server
    services = tmp_path / "services.conf"
    services.write_text(
        f"[house]\nhost=127.0.0.1\nport={server.port}\ndbname={house.database}\nuser=jane\n"
        f"sslmode=verify-full\nsslrootcert={house.root}\n"
    )
    passwords = tmp_path / "passwords"
    passwords.write_text(f"127.0.0.1:{server.port}:*:jane:{PASSWORD}\n")
    passwords.chmod(0o600)
    files = {"PGSERVICEFILE": str(services), "PGPASSFILE": str(passwords)}
    assert told("log", "--ledger", "postgresql://?service=house", **files)[0] == 0
    assert told("log", "--ledger", "postgresql://", PGSERVICE="house", **files)[0] == 0
    services.write_text(services.read_text().replace(str(house.root), str(house.another)))
    code, said = told("log", "--ledger", "postgresql://?service=house", **files)
    assert (code, "is not trusted" in said) == (3, True)
    bare = f"postgresql://jane@127.0.0.1:{server.port}/{house.database}"
    environment = {"PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(house.root)}
    assert told("log", "--ledger", bare, PGPASSWORD=PASSWORD, **environment)[0] == 0
    code, said = told("log", "--ledger", bare, **environment)
    assert (code, "no password supplied" in said) == (3, True)
    environment["PGSSLROOTCERT"] = str(house.another)
    assert "is not trusted" in told("log", "--ledger", bare, PGPASSWORD=PASSWORD, **environment)[1]


def test_a_password_is_in_no_list_of_processes_log_or_record(
    told: Told, house: House, tmp_path: Path
) -> None:
    address = house.address()
    environment = {**os.environ, "ANSWERABLE_LEDGER": address}
    lesson = ("append", "lesson-recorded", "--case", "house", "--lesson", "a lesson")
    # It waits for who writes, so that it can be looked at.
    with psycopg.connect(house.server.address(house.database)) as writing:
        writing.execute("UPDATE answerable.head SET size = size")
        with subprocess.Popen(
            [SCRIPT, *lesson], env=environment, cwd=tmp_path, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as recording:  # fmt: skip
            writing.execute(
                "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_activity "
                "WHERE usename = 'jane' AND wait_event_type = 'Lock') LOOP "
                "PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$"
            )
            listed = _processes()
            writing.rollback()
            said, _ = recording.communicate()
    assert recording.returncode == 0, said
    assert any("lesson-recorded" in each for each in listed)
    assert PASSWORD not in said + "\n".join(listed)
    for words in (("log",), ("status",), ("verify",), ("views", "check"), ("export", "--entries")):
        code, said = told(*words, ANSWERABLE_LEDGER=address)
        assert (code, PASSWORD in said) == (0, False)
    assert PASSWORD not in house.server.log
    [(shown,)] = house.server.sql("SELECT string_agg(query, '') FROM pg_stat_activity")
    assert PASSWORD not in (shown or "")
    assert PASSWORD not in house.server.run(
        "pg_dump", "-h", str(house.server.folder), "-p", str(house.server.port), "-U", "owner",
        house.database,
    )  # fmt: skip
    backup = tmp_path / "backup.db"
    assert told("backup", str(backup), ANSWERABLE_LEDGER=address)[0] == 0
    assert PASSWORD.encode() not in backup.read_bytes()


def _processes() -> list[str]:
    """List what everyone sees of processes: their arguments."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(each.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue  # It has ended.
    return found


def test_a_password_is_in_no_error_nor_in_what_it_came_from(house: House) -> None:
    server, name = house.server, house.database
    secret = f"postgresql://jane:{PASSWORD}"
    for address in (
        house.address(options=VERIFIED.format(house.another)),
        house.address(password=f"{PASSWORD}-wrong"),
        f"{secret}@127.0.0.1:{server.port}/nowhere?sslmode=require",
        f"{secret}@127.0.0.1:1/{name}",
        f"{secret}@127.0.0.1:port/{name}",
        f"{secret}%zz@127.0.0.1/{name}",
        f"{secret}@127.0.0.1/{name}?nonsense=1",
        f"{secret}@[127.0.0.1/{name}",
        f"{secret}@127.0.0.1,127.0.0.2:1,2,3/{name}",
    ):
        with pytest.raises(AnswerableError) as caught:
            Ledger.open(address)
        told = "".join(traceback.format_exception(caught.value))
        error: BaseException | None = caught.value
        while error is not None:
            told += f"{error} {error.args} {error.__dict__}"
            error = error.__cause__ or error.__context__
        assert PASSWORD not in told, address
        assert json.dumps(told)
    with Ledger.open(house.address()) as ledger:
        shown = f"{ledger!r} {ledger.name} {ledger._store!r} {ledger._store.worker()!r}"
    assert PASSWORD not in shown
