"""Lose a primary, promote its standby, and go on: what is appended, and who may sign."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.support.postgresql import Server, running_server
from tests.support.standbys import NAME, Standby, multi_host, standby_of, wait_for

from answerable.cli.main import run
from answerable.ledger.errors import OutcomeUnknown
from answerable.ledger.ledger import Ledger

KEYS = ("--key-file", "house.key")

Told = Callable[..., tuple[int, str, str]]

WAITS = """
DO $$ BEGIN
    WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep') LOOP
        PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot();
    END LOOP;
    PERFORM pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep';
END $$"""
"""Gives up, as an operator might, what waits for a standby."""


@pytest.fixture
def primary(postgresql: Server) -> Iterator[Server]:
    # The one of all tests says whether there can be one, and is not stopped.
    assert postgresql.runs
    with running_server() as server:
        yield server


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Told:
    monkeypatch.chdir(tmp_path)
    for variable in [each for each in os.environ if each.startswith("ANSWERABLE_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")

    def told(address: str, *words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("ANSWERABLE_LEDGER", address)
        capsys.readouterr()
        code = run([*words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return told


def _append(told: Told, address: str, lesson: str) -> int:
    code, out, err = told(
        address, "append", "lesson-recorded", "--case", "house", "--lesson", lesson, "--json"
    )
    assert code == 0, err
    position: int = json.loads(out)["position"]
    return position


def _made(told: Told, primary: Server) -> str:
    name = primary.database()
    place = primary.address(name)
    assert told(place, "init", "--origin", "example.com/house", *KEYS)[0] == 0
    assert _append(told, place, "the first") == 0
    return name


def test_what_an_asynchronous_standby_may_lack_is_signed_at_the_operators_word_alone(
    told: Told, primary: Server
) -> None:
    name = _made(told, primary)
    old = primary.address(name)
    # Nobody follows it yet.
    assert told(old, "checkpoint", *KEYS)[0] == 0
    with standby_of(primary) as standby:
        both = multi_host(primary, standby, database=name)
        assert _append(told, both, "the second") == 1
        code, _, err = told(both, "checkpoint", *KEYS)
        assert (code, "no commit of" in err, "of the 1 entry" in err) == (3, True, True)
        assert "bytes of the server's log" in err
        assert "--sign-unreplicated" in err
        # Who may not see how far a standby is, is told that there is one.
        assert told(old, "db", "init", "--roles")[0] == 0
        primary.sql(f"CREATE ROLE signer LOGIN IN ROLE {name}_writer")
        code, _, err = told(primary.address(name, user="signer"), "checkpoint", *KEYS)
        assert (code, "how much, a member of pg_read_all_stats is told" in err) == (3, True)
        standby.catch_up(primary)
        standby.detach()
        assert _append(told, both, "what will be lost") == 2
        # That there was a standby is remembered, though it is not there just now.
        code, _, err = told(both, "checkpoint", *KEYS, "--sign-unreplicated")
        assert (code, err) == (0, "")
        primary.stop("immediate")
        standby.promote()
        code, _, err = told(both, "checkpoint", *KEYS)
        assert (code, "one of 3 was signed" in err) == (4, True)
        assert [_append(told, both, f"after {each}") for each in range(2)] == [2, 3]
        code, _, err = told(both, "checkpoint", *KEYS, "--sign-unreplicated")
        assert (code, "its history was rewritten" in err) == (4, True)
        # The log that was signed is that of the old primary: the second cannot sign, the first can.
        primary.start()
        assert _append(told, old, "on the old one") == 3
        assert told(old, "checkpoint", *KEYS, "--sign-unreplicated")[0] == 0


def test_a_synchronous_standby_takes_over_and_the_old_primary_signs_no_more(
    told: Told, primary: Server
) -> None:
    name = _made(told, primary)
    old = primary.address(name)
    with standby_of(primary, synchronous=True) as standby:
        both = multi_host(primary, standby, database=name)
        assert _append(told, both, "the second") == 1
        assert told(both, "checkpoint", *KEYS)[0] == 0
        for words in (("prove", "0"), ("publish", "public"), ("verify", *KEYS), ("next", "house")):
            assert told(standby.address(name), *words)[0] == 0
        _unconfirmed(told, primary, standby, name)
        assert told(both, "checkpoint", *KEYS)[0] == 0
        primary.stop("immediate")
        standby.promote()
        # Nothing that was acknowledged is lost, and positions have no gap.
        assert _append(told, both, "after") == 66
        code, _, err = told(both, "checkpoint", *KEYS)
        assert (code, "is not there just now" in err) == (3, True)
        assert told(both, "checkpoint", *KEYS, "--sign-unreplicated")[0] == 0
        assert told(both, "verify", *KEYS)[0] == 0
        # Its operator brings the old one back, and has it wait for nobody.
        primary.start()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
        primary.sql("SELECT pg_reload_conf()")
        assert [_append(told, old, f"apart {each}") for each in range(3)] == [66, 67, 68]
        code, _, err = told(old, "checkpoint", *KEYS, "--sign-unreplicated")
        assert (code, "is an old primary: it is on timeline 1" in err) == (3, True)
        assert told(standby.address(name), "checkpoint", *KEYS)[0] == 0


def _unconfirmed(told: Told, primary: Server, standby: Standby, name: str) -> None:
    """Try what a primary says whose standby is gone, though it is set to warn of nothing."""
    primary.sql(f"ALTER DATABASE {name} SET client_min_messages TO error")
    with (
        Ledger.open(primary.address(name)) as ledger,
        Ledger.open(primary.address(name), durability="group") as grouped,
        ThreadPoolExecutor(1) as pool,
    ):
        event = {"kind": "lesson-recorded", "case_id": "house", "lesson": "unconfirmed"}
        for each in (ledger, grouped):
            each.append(event, recorded_by="jane")
        standby.detach()
        events = [event]
        # In one round trip, together with others, and in a transaction.
        for each, some in ((ledger, events), (grouped, events), (ledger, events * 60)):
            appending = pool.submit(each.append_all, some, recorded_by="jane")
            primary.sql(WAITS)
            with pytest.raises(OutcomeUnknown, match="no standby has confirmed it"):
                appending.result()
    code, _, err = told(primary.address(name), "checkpoint", *KEYS)
    assert (code, "waits for a standby, and none is there" in err) == (3, True)
    standby.attach(primary)
    wait_for(primary, NAME)
    primary.sql(f"ALTER DATABASE {name} RESET client_min_messages")


def test_what_does_not_tell_which_server_was_signed_on_is_not_passed_over(
    told: Told, postgresql: Server
) -> None:
    name = _made(told, postgresql)
    place = postgresql.address(name)
    assert told(place, "checkpoint", *KEYS)[0] == 0
    memory = Path("house.server")
    assert json.loads(memory.read_text())["timeline"] == 1
    for broken in ("", "[]", '{"system": "1"}', '{"system": "1", "timeline": "x", "followed": 0}'):
        memory.write_text(broken)
        code, _, err = told(place, "checkpoint", *KEYS)
        assert (code, "does not tell which server was signed on last" in err) == (3, True)
    memory.unlink()
    assert told(place, "checkpoint", *KEYS)[0] == 0
    postgresql.put_back(name)
