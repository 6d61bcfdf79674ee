"""Run commands as each role of a ledger on a server: answers, or which right is missing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from tests.support.pgbouncer import Bouncer, pooler, running_bouncer
from tests.support.postgresql import Server
from tests.support.standbys import standby_of

from answerable.cli.main import run

ROLES = ("owner", "writer", "eraser", "reader", "auditor")

ERASURE = ("append", "personal-data-erased", "--case", "house", "--subject", "p-1",
           "--legal-basis", "gdpr art. 17(1)(a)", "--others", "keep")  # fmt: skip

LESSON = ("append", "lesson-recorded", "--case", "acme", "--lesson", "a lesson")

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'answerable'"

As = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def database(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name = postgresql.database()
    with pytest.MonkeyPatch.context() as patch:
        for variable in [each for each in os.environ if each.startswith("ANSWERABLE_")]:
            patch.delenv(variable)
        patch.setenv("ANSWERABLE_LEDGER", postgresql.address(name))
        patch.setenv("ANSWERABLE_ACTOR", "jane")
        patch.chdir(tmp_path_factory.mktemp("roles"))
        for words in (
            ("db", "init", "--roles"),
            ("key", "create", "--origin", "example.com/house", "--key-file", "house.key"),
            ("append", "case-opened", "--case", "acme", "--title", "Gifts"),
            ("append", "party-registered", "--case", "acme", "--party", "p-1", "--type", "person",
             "--name", "Xu Fei"),
            ("append", "contact", "--case", "acme", "--counterparty", "p-1"),
        ):  # fmt: skip
            assert run([*words]) == 0
        for role in ROLES:
            postgresql.sql(f"CREATE ROLE {role}_of_{name} LOGIN IN ROLE {name}_{role}")
        yield name
    postgresql.put_back(name)


@pytest.fixture
def as_role(
    postgresql: Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> As:
    return asking(postgresql, database, monkeypatch, capsys)


@pytest.fixture
def pooled(
    postgresql: Server,
    database: str,
    unavailable: Callable[[str], NoReturn],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[As]:
    """Each role through PgBouncer in transaction mode."""
    if pooler() is None:
        unavailable("PgBouncer is not installed")
    users = tuple(f"{role}_of_{database}" for role in ROLES)
    with running_bouncer(postgresql, users=users) as bouncer:
        yield asking(bouncer, database, monkeypatch, capsys)


@pytest.fixture
def on_standby(
    postgresql: Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[As]:
    """Each role at a streaming standby."""
    with standby_of(postgresql) as standby:
        standby.catch_up(postgresql)
        yield asking(standby, database, monkeypatch, capsys)


def asking(
    server: Server | Bouncer,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> As:
    """Run commands as each role at a server, or through what stands before it."""

    def as_role(role: str, *words: str) -> tuple[int, str, str]:
        user = f"{role}_of_{database}"
        monkeypatch.setenv("ANSWERABLE_LEDGER", server.address(database, user=user))
        capsys.readouterr()
        code = run([*words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return as_role


@pytest.mark.parametrize("role", ["owner", "writer", "eraser"])
def test_who_writes_records_asks_signs_and_verifies(as_role: As, role: str) -> None:
    for words in (
        (*LESSON[:-1], f"a lesson of the {role}"),
        ("status",),
        ("search", "gifts"),
        ("views", "rebuild"),
        ("checkpoint", "--key-file", "house.key"),
        ("verify", "--key-file", "house.key"),
    ):
        code, _, err = as_role(role, *words)
        assert (code, role, words, err) == (0, role, words, err)


def test_an_auditor_reads_everything_and_writes_nothing(as_role: As) -> None:
    for words in (("status", "--person", "Xu Fei"), ("search", "gifts"), ("verify",), ("export",)):
        assert as_role("auditor", *words)[0] == 0
    assert "Xu Fei" in as_role("auditor", "show", "1")[1]
    code, _, err = as_role("auditor", *LESSON)
    assert code == 3
    assert "lacks the right to do that (permission denied for table head)" in err
    assert "_writer to record" in err


def test_a_reader_is_told_what_is_in_the_open_and_that_the_rest_is_not_shown(as_role: As) -> None:
    code, out, err = as_role("reader", "show", "1")
    assert (code, "p-1" in out, "Xu Fei" in out + err) == (0, True, False)
    assert "Names and other sealed texts are not shown to reader_of_" in err
    for asked in ("status", "log", "timeline acme", "report acme", "audit"):
        words: tuple[str, ...] = tuple(asked.split())
        code, out, err = as_role("reader", *words)
        assert (code, words, "Xu Fei" in out + err) == (0, words, False)
    refused: tuple[tuple[tuple[str, ...], str], ...] = (
        (("verify",), "so the record cannot be verified"),
        (("status", "--person", "Xu Fei"), "so nobody is found by name"),
        (("search", "gifts"), "so they cannot be searched"),
        (("export",), "so events are not exported"),
        (("backup", "kept.db"), "so the ledger is not carried over whole"),
    )
    for words, why in refused:
        code, out, err = as_role("reader", *words)
        assert (code, words, why in err, "_auditor" in err) == (3, words, True, True)
        assert not Path("kept.db").exists()
    assert as_role("reader", *LESSON)[0] == 3


def test_no_table_that_a_reader_reads_holds_what_is_sealed(
    as_role: As, postgresql: Server, database: str
) -> None:
    assert as_role("writer", "views", "rebuild")[0] == 0
    assert as_role("writer", "search", "gifts")[0] == 0
    read = set()
    address = postgresql.address(database, user=f"reader_of_{database}")
    for (table,) in postgresql.sql(TABLES, database):
        with psycopg.connect(address) as connection:
            try:
                rows = connection.execute(f"SELECT * FROM answerable.{table}".encode()).fetchall()
            except psycopg.errors.InsufficientPrivilege:
                continue
        read.add(table)
        told = b"".join(_bytes(value) for row in rows for value in row)
        for sealed in (b"Xu Fei", b"Gifts", b"jane", b"lesson of"):
            assert sealed not in told, (table, sealed)
    assert {"stored_events", "documents", "disclosures"} <= read
    assert read.isdisjoint({"named", "texts", "withheld"})


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def test_through_a_pooler_each_role_may_what_it_may_elsewhere(pooled: As) -> None:
    # Connections to the server are shared by transactions, and each is of one user.
    for turn, role in enumerate(("writer", "auditor", "eraser", "reader", "owner", "writer")):
        code, out, err = pooled(role, "show", "1")
        assert (role, code, "Xu Fei" in out) == (role, 0, role != "reader")
        assert "Names and other sealed texts are not shown to reader_of_" in err or role != "reader"
        may_write = role in ("writer", "eraser", "owner")
        code, _, err = pooled(role, *LESSON[:-1], f"through a pooler, {turn}")
        assert (role, code, err) == (role, 0 if may_write else 3, "" if may_write else err)
        assert pooled(role, "search", "gifts")[0] == (3 if role == "reader" else 0)
        assert pooled(role, "verify")[0] == (3 if role == "reader" else 0)
    assert pooled("writer", "checkpoint", "--key-file", "house.key")[0] == 0
    other = tuple("p-2" if each == "p-1" else each for each in ERASURE)
    registered = ("append", "party-registered", "--case", "acme", "--party", "p-2", "--type",
                  "person", "--name", "Ann Doe")  # fmt: skip
    assert pooled("writer", *registered)[0] == 0
    code, _, err = pooled("writer", *other)
    assert (code, "permission denied for table disclosures" in err) == (3, True)
    code, _, err = pooled("eraser", *other)
    assert (code, "the erasure is recorded" in err) == (3, True)
    assert pooled("owner", "db", "vacuum")[0] == 0
    assert pooled("auditor", "verify")[0] == 0


def test_at_a_standby_each_role_is_shown_what_it_is_elsewhere(on_standby: As) -> None:
    for role in ROLES:
        code, out, err = on_standby(role, "show", "1")
        assert (role, code, "Xu Fei" in out) == (role, 0, role != "reader")
        assert "Names and other sealed texts are not shown to reader_of_" in err or role != "reader"
        for asked in ("status", "log", "timeline acme", "report acme", "audit"):
            code, out, err = on_standby(role, *asked.split())
            assert (code, role, asked, "Xu Fei" in out + err and role == "reader") == (
                0, role, asked, False,
            )  # fmt: skip
        for words in (
            ("verify",),
            ("search", "gifts"),
            ("export",),
            ("status", "--person", "Xu Fei"),
        ):
            assert (role, words, on_standby(role, *words)[0]) == (
                role,
                words,
                3 * (role == "reader"),
            )
        code, _, err = on_standby(role, *LESSON)
        assert (role, code, "is a standby" in err) == (role, 3, True)


def test_an_eraser_erases_and_the_owner_vacuums(
    as_role: As, postgresql: Server, database: str
) -> None:
    before = json.loads(as_role("writer", "status", "--json")[1])["answerable"]["head"]["size"]
    code, _, err = as_role("writer", *ERASURE)
    assert code == 3
    assert "permission denied for table disclosures" in err
    assert "nothing was written" in err
    assert json.loads(as_role("writer", "status", "--json")[1])["size"] == before
    code, _, err = as_role("eraser", *ERASURE)
    assert code == 3
    assert "the erasure is recorded" in err
    assert "only table or database owner can vacuum it" in err
    assert "answerable db vacuum" in err
    # The index of words went with the text; who records makes it again.
    assert as_role("writer", "search", "gifts")[::2] == (0, "")
    # Who still reads what was there before keeps the bytes there.
    with psycopg.connect(postgresql.address(database)) as reading:
        reading.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reading.execute("SELECT 1 FROM answerable.head")
        assert as_role("eraser", *LESSON[:-1], "one more")[0] == 0
        assert as_role("eraser", "append", "personal-data-erased", "--case", "house", "--subject",
                       "jane", "--legal-basis", "a law", "--others", "keep")[0] == 3  # fmt: skip
        code, _, err = as_role("owner", "db", "vacuum")
        assert (code, "a transaction that began before may still read them" in err) == (3, True)
    code, out, _ = as_role("owner", "db", "vacuum")
    assert (code, "Nothing that was erased is left" in out) == (0, True)
    assert "Xu Fei" not in as_role("auditor", "show", "1")[1]
    assert as_role("auditor", "verify")[0] == 0


def test_roles_are_made_of_a_ledger_on_a_server_by_who_may(as_role: As) -> None:
    assert as_role("owner", "db", "init", "--ledger", "house.db")[0] == 2
    code, _, err = as_role("writer", "db", "init", "--roles")
    assert (code, "lacks the right" in err) == (3, True)
    assert as_role("writer", "db", "init")[0] == 3
