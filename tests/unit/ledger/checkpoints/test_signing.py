"""Signing the head: what is signed, kept and remembered, and what is never signed."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from tests.support.oracles import raw
from tests.support.signed_ledger import ORIGIN, House, at, contact, forge, house, retold

from answerable.domain.errors import Refused
from answerable.domain.parsing import parse
from answerable.ledger.checkpoints import rotation, signing
from answerable.ledger.checkpoints.memory import last_remembered, memory_file, remember
from answerable.ledger.checkpoints.signing import (
    add_signatures,
    checkpoint_covering,
    latest_checkpoint,
    sign_head,
)
from answerable.ledger.errors import FileRefused, Forked, KeysUnusable, NoKeys, RolledBack
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.store.sqlite.schema import FORMAT
from answerable.ledger.tlog import private_keys
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.merkle import EMPTY_ROOT
from answerable.ledger.tlog.note import ED25519, LOG_KEYS, Note, Signature
from answerable.ledger.tlog.note_signatures import Signer, open_note


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[House]:
    """A ledger of five entries, the first three of which are signed."""
    made = house(tmp_path)
    with made.ledger:
        made.record(3)
        made.sign()
        made.record(2)
        yield made


def restored(from_: House, into: Path) -> Ledger:
    """A copy of the file, as a backup would have it."""
    with raw(from_.place) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(from_.place, into)
    return Ledger.open(into)


def test_a_checkpoint_is_of_the_head_and_signed_by_both_keys(signed: House) -> None:
    kept = signed.sign()
    head = signed.ledger.head()
    assert kept.checkpoint == Checkpoint(ORIGIN, *head) == Checkpoint(ORIGIN, 5, head.root)
    found = open_note(kept.note, [signer.key for signer in signed.signers])
    assert list(found.by) == [signer.key for signer in signed.signers]
    assert latest_checkpoint(signed.ledger) == kept == last_remembered(signed.memory, found.by)


def test_every_file_of_keys_has_a_memory_of_its_own() -> None:
    names = ["a.db.key", "example.com", "example.org", "k.signed"]
    assert [memory_file(Path(name)).name.removesuffix(".signed") for name in names] == [
        "a.db",
        *names[1:],
    ]


def test_an_empty_log_can_be_signed(tmp_path: Path) -> None:
    made = house(tmp_path)
    with made.ledger:
        assert made.sign().checkpoint == (ORIGIN, 0, EMPTY_ROOT)


def test_signing_the_same_head_again_signs_nothing_new(signed: House) -> None:
    assert signed.sign() == signed.sign()
    with signed.ledger._reading() as cursor:
        assert [size for size, _ in cursor.execute("SELECT size, note FROM checkpoints")] == [3, 5]


def test_the_checkpoint_that_covers_a_position_is_the_last_that_does(signed: House) -> None:
    assert checkpoint_covering(signed.ledger, 3) is None
    covers = checkpoint_covering(signed.ledger, 2)
    assert covers is not None
    assert covers.checkpoint.size == 3
    signed.sign()
    assert [
        kept and kept.checkpoint.size
        for kept in (checkpoint_covering(signed.ledger, n) for n in (0, 4, 5))
    ] == [5, 5, None]


def test_the_time_that_a_cosignature_bears_is_told(signed: House) -> None:
    kept = sign_head(signed.ledger, signed.signers, signed.memory, clock=lambda: at(7))
    found = open_note(kept.note, [signer.key for signer in signed.signers])
    assert set(found.by.values()) == {None, at(7)}


@pytest.mark.parametrize(("more", "error"), [(0, RolledBack), (2, Forked), (3, Forked)])
def test_a_restored_backup_is_not_signed(
    signed: House, tmp_path: Path, more: int, error: type[Exception]
) -> None:
    with restored(signed, tmp_path / "backup.db") as backup:
        signed.record(2)
        before = signed.sign()
        assert before.checkpoint.size == 7
        for number in range(more):
            backup.append(contact(90 + number), recorded_by="jane")
        with pytest.raises(error, match=ORIGIN):
            sign_head(backup, signed.signers, signed.memory)
        kept = latest_checkpoint(backup)
        assert kept is not None
        assert kept.checkpoint.size == 3
    assert signed.memory.read_bytes() == before.note


def test_a_rewritten_history_is_not_signed_even_if_the_memory_is_gone(
    signed: House, tmp_path: Path
) -> None:
    forged = forge(
        signed.place, tmp_path / "b.db", lambda told: [retold(told[0], "p-0", "p-8"), *told[1:]]
    )
    with Ledger.open(forged) as ledger:
        for memory in (signed.memory, tmp_path / "nothing"):
            with pytest.raises(Forked, match="history was rewritten"):
                sign_head(ledger, signed.signers, memory)


def test_another_log_under_the_same_keys_is_not_signed(signed: House, tmp_path: Path) -> None:
    signed.sign()
    with Ledger.create(tmp_path / "other.db") as other:
        signing.adopt_first_keys(other, [signer.key for signer in signed.signers])
        other.append_all([contact(n) for n in range(9)], recorded_by="jane")
        with pytest.raises(Forked):
            sign_head(other, signed.signers, signed.memory)


def test_what_is_remembered_but_was_not_kept_is_kept_next_time(signed: House) -> None:
    # The process was killed between the two.
    lost = signed.sign()
    with raw(signed.place, guarded=False) as connection:
        connection.execute("DELETE FROM checkpoints WHERE size = 5")
    signed.record(1)
    signed.sign()
    with signed.ledger._reading() as cursor:
        kept = dict(cursor.execute("SELECT size, note FROM checkpoints").fetchall())
    assert sorted(kept) == [3, 5, 6]
    assert kept[5] == lost.note


def test_a_lost_memory_is_made_again_from_what_is_kept(signed: House) -> None:
    signed.memory.unlink()
    kept = signed.sign()
    assert signed.memory.read_bytes() == kept.note


@pytest.mark.parametrize("content", [b"", b"nonsense", b"text\n\n\xe2\x80\x94 name AAAAAAAA\n"])
def test_a_memory_that_is_something_else_stops_the_signing(signed: House, content: bytes) -> None:
    signed.memory.write_bytes(content)
    with pytest.raises(KeysUnusable, match="does not hold the last checkpoint"):
        signed.sign()


def test_a_memory_that_others_signed_stops_the_signing(signed: House) -> None:
    other = Signer.generate(ORIGIN, ED25519)
    text = Checkpoint(ORIGIN, 1, bytes(32)).text
    signed.memory.write_bytes(bytes(Note(text, (other.sign(text, at(0)),))))
    with pytest.raises(KeysUnusable):
        signed.sign()


def test_where_it_cannot_be_remembered_nothing_is_signed(signed: House, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="nothing is signed"):
        sign_head(signed.ledger, signed.signers, tmp_path / "no" / "folder")
    kept = latest_checkpoint(signed.ledger)
    assert kept is not None
    assert kept.checkpoint.size == 3


def test_keys_of_another_ledger_do_not_sign(signed: House) -> None:
    with pytest.raises(NoKeys, match="not one that this ledger signs with"):
        sign_head(signed.ledger, private_keys.generate(ORIGIN, LOG_KEYS), signed.memory)


def test_a_ledger_without_keys_says_what_it_cannot_do(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(contact(1), recorded_by="jane")
        assert own_keys(ledger) == []
        assert latest_checkpoint(ledger) is None
        with pytest.raises(NoKeys, match="cannot sign") as error:
            rotation.open_keys(ledger, tmp_path / "a.db.key")
        assert "answerable key create" in (error.value.cli_hint or "")


def test_keys_are_adopted_once(signed: House) -> None:
    with pytest.raises(Refused, match="has keys already"):
        signing.adopt_first_keys(signed.ledger, [signer.key for signer in signed.signers])


def test_signatures_of_others_are_put_below_a_kept_checkpoint(signed: House) -> None:
    strange = Signature("w.example", b"1234", b"made")
    before = latest_checkpoint(signed.ledger)
    assert before is not None
    after = add_signatures(signed.ledger, 3, [strange, strange])
    assert after.note == before.note + strange.line.encode()
    assert add_signatures(signed.ledger, 3, [strange]) == after == latest_checkpoint(signed.ledger)
    with pytest.raises(Refused, match="no checkpoint of 4 entries"):
        add_signatures(signed.ledger, 4, [strange])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM checkpoints",
        "UPDATE checkpoints SET size = 4",
        "UPDATE checkpoints SET note = x'00'",
        "DELETE FROM keys",
        "UPDATE keys SET vkey = 'x'",
        "UPDATE keys SET adopted = 7",
        "INSERT INTO timestamps VALUES (x'00', 3, x'00'); DELETE FROM timestamps",
    ],
)
def test_the_file_refuses_to_change_what_was_signed(signed: House, statement: str) -> None:
    with raw(signed.place) as connection, pytest.raises(Exception, match=r"never|only|not altered"):
        connection.executescript(statement)


class TestKeyFile:
    """The file of private keys."""

    def test_it_is_for_its_owner_alone(self, signed: House) -> None:
        assert stat.S_IMODE(signed.keys.stat().st_mode) == 0o600
        assert private_keys.read_public(signed.keys) == [signer.key for signer in signed.signers]
        assert not private_keys.are_locked(signed.keys)

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
    def test_it_is_not_used_if_others_can_read_it(self, signed: House, mode: int) -> None:
        signed.keys.chmod(mode)
        with pytest.raises(KeysUnusable, match="others can read"):
            private_keys.read(signed.keys)

    def test_it_is_never_overwritten(self, signed: House) -> None:
        with pytest.raises(FileRefused, match="not overwritten"):
            private_keys.write(signed.keys, signed.signers)

    @pytest.mark.parametrize("full", [1, 2, 3])
    def test_it_is_on_disk_with_its_name_or_not_there(
        self, signed: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: int
    ) -> None:
        place, folders = tmp_path / "new.key", []

        def fsync(opened: int) -> None:
            folders.append(stat.S_ISDIR(os.fstat(opened).st_mode))
            if len(folders) == full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", fsync)
        with nullcontext() if full > 2 else pytest.raises(FileRefused, match="cannot be written"):
            private_keys.write(place, signed.signers)
        assert folders == [False, True][:full]
        assert place.exists() == (full > 2)

    def test_a_passphrase_is_needed_to_read_it(self, signed: House, tmp_path: Path) -> None:
        place = tmp_path / "locked.key"
        private_keys.write(place, signed.signers, "open sesame")
        assert private_keys.are_locked(place)
        assert b"ENCRYPTED" in place.read_bytes()
        assert [
            each.key for each in private_keys.read(place, "open sesame")
        ] == private_keys.read_public(place)
        with pytest.raises(KeysUnusable, match="under a passphrase"):
            private_keys.read(place)
        with pytest.raises(KeysUnusable, match="do not open"):
            private_keys.read(place, "open says me")

    def test_a_file_that_is_something_else_is_refused(self, signed: House) -> None:
        content = signed.keys.read_bytes()
        first, second = (str(signer.key).encode() for signer in signed.signers)
        for altered in (
            b"",
            b"\xff\xfe",
            content[:-1],
            content + b"more",
            b"junk\n" + content,
            content.replace(b"PRIVATE", b"PUBLIC"),
            content.replace(first, first[:-4]),
            content.replace(first, str(Signer.generate(ORIGIN, ED25519).key).encode()),
            second + content[len(first) :],
        ):
            signed.keys.write_bytes(altered)
            with pytest.raises(KeysUnusable):
                private_keys.read(signed.keys)
        signed.keys.unlink()
        with pytest.raises(KeysUnusable, match="no private keys"):
            private_keys.read(signed.keys)


class TestRotation:
    """Changing the keys for others."""

    def test_it_is_recorded_and_signed_by_both(self, signed: House) -> None:
        old = [signer.key for signer in signed.signers]
        receipt, kept = rotation.rotate_keys(
            signed.ledger, signed.keys, recorded_by="jane", reason="yearly"
        )
        new = private_keys.read_public(signed.keys)
        assert not set(new) & set(old)
        event = signed.ledger.event(receipt.event_id)
        assert event is not None
        assert event.fields["retired"] == [str(key) for key in old]
        assert event.fields["adopted"] == [str(key) for key in new]
        assert kept.checkpoint.size == 6
        assert set(open_note(kept.note, [*old, *new]).by) == {*old, *new}
        assert [(each.key, each.adopted, each.retired) for each in own_keys(signed.ledger)] == [
            *((key, 0, 6) for key in old),
            *((key, 6, None) for key in new),
        ]

    def test_from_then_on_the_new_keys_sign_alone(self, signed: House) -> None:
        rotation.rotate_keys(signed.ledger, signed.keys, recorded_by="jane")
        signed.record(1)
        fresh = rotation.open_keys(signed.ledger, signed.keys)
        kept = sign_head(signed.ledger, fresh, signed.memory)
        assert len(Note.parse(kept.note).signatures) == 2
        with pytest.raises(NoKeys):
            signed.sign()

    @pytest.mark.parametrize("both", [True, False])
    def test_none_that_did_not_happen_is_recorded(self, signed: House, both: bool) -> None:
        own = [str(signer.key) for signer in signed.signers]
        thief = str(Signer.generate(ORIGIN, ED25519).key)
        for adopted in ([thief], own[:1], []):
            told = {"kind": "key-rotated", "case_id": "acme", "retired": own, "adopted": adopted}
            events = [contact(7), parse(told)] if both else [parse(told)]
            with pytest.raises(Refused, match="key rotate"):
                signed.ledger.append_all(events, recorded_by="jane")
        assert len(signed.ledger) == 5

    def test_one_of_another_ledger_can_be_on_record(self, signed: House) -> None:
        theirs = [str(Signer.generate("example.org/b", ED25519).key) for _ in range(2)]
        told = {"kind": "key-rotated", "case_id": "acme", "retired": theirs[:1]}
        event = parse(told | {"adopted": theirs[1:]})
        signed.ledger.append(event, recorded_by="jane")
        assert len(signed.ledger) == 6

    def test_keys_that_are_lost_cannot_be_rotated(self, signed: House) -> None:
        signed.keys.unlink()
        with pytest.raises(KeysUnusable):
            rotation.rotate_keys(signed.ledger, signed.keys, recorded_by="jane")
        assert len(signed.ledger) == 5

    def test_a_log_that_was_rolled_back_is_not_rotated(self, signed: House, tmp_path: Path) -> None:
        with restored(signed, tmp_path / "backup.db") as backup:
            signed.record(1)
            signed.sign()
            with pytest.raises(RolledBack):
                rotation.rotate_keys(backup, signed.keys, recorded_by="jane")
            assert len(backup) == 5
        assert private_keys.read_public(signed.keys) == [signer.key for signer in signed.signers]

    def test_keys_under_a_passphrase_are_rotated_too(self, tmp_path: Path) -> None:
        with Ledger.create(tmp_path / "a.db") as ledger:
            place = tmp_path / "a.db.key"
            rotation.create_keys(ledger, ORIGIN, place, "old")
            rotation.rotate_keys(
                ledger, place, recorded_by="jane", passphrase="old", new_passphrase="new"
            )
            assert private_keys.are_locked(place)
            assert rotation.open_keys(ledger, place, "new")

    @pytest.mark.parametrize("before", [None, "old"])
    def test_one_that_was_killed_is_finished_with_both_passphrases(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
    ) -> None:
        with Ledger.create(tmp_path / "a.db") as ledger:
            place = tmp_path / "a.db.key"
            rotation.create_keys(ledger, ORIGIN, place, before)

            def rotate() -> None:
                rotation.rotate_keys(
                    ledger, place, recorded_by="jane", passphrase=before, new_passphrase="new"
                )

            kill_before_the_end(monkeypatch, rotate)
            with pytest.raises(KeysUnusable, match="being rotated"):
                rotation.open_keys(ledger, place, before)
            rotate()
            assert len(ledger) == 2
            assert rotation.open_keys(ledger, place, "new")

    def test_one_that_was_killed_is_not_undone_in_a_backup(
        self, signed: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with restored(signed, tmp_path / "backup.db") as backup:
            signed.record(1)
            kill_before_the_end(
                monkeypatch,
                lambda: rotation.rotate_keys(signed.ledger, signed.keys, recorded_by="jane"),
            )
            with pytest.raises(RolledBack):
                rotation.open_keys(backup, signed.keys)
        current = rotation.open_keys(signed.ledger, signed.keys)
        assert [each.key for each in own_keys(signed.ledger)][2:] == [key for key, _ in current]

    @pytest.mark.parametrize(
        ("killed_after", "rotated"),
        [
            ("private_keys.write", False),
            ("ledger.append", True),
            ("signing.remember", True),
            ("rotation.sign_head", True),
        ],
    )
    def test_one_that_was_killed_is_finished_or_undone(
        self, signed: House, killed_after: str, rotated: bool
    ) -> None:
        old = private_keys.read_public(signed.keys)
        signed.sign()
        signed.ledger.close()
        done = subprocess.run(
            [sys.executable, "-c", KILLED, killed_after, str(signed.place), str(signed.keys)],
            check=False,
        )
        assert done.returncode == -signal.SIGKILL
        with Ledger.open(signed.place) as ledger:
            assert len(ledger) == 5 + rotated
            current = rotation.open_keys(ledger, signed.keys)
            assert [signer.key for signer in current] == private_keys.read_public(signed.keys)
            assert (private_keys.read_public(signed.keys) != old) == rotated
            assert list(signed.keys.parent.glob("*.key.new")) == []
            kept = sign_head(ledger, current, memory_file(signed.keys))
            assert kept.checkpoint.size == 5 + rotated
            if rotated:
                assert set(open_note(kept.note, old).by) == set(old)
            # And it can be rotated again.
            rotation.rotate_keys(ledger, signed.keys, recorded_by="jane")


def kill_before_the_end(monkeypatch: pytest.MonkeyPatch, rotate: Callable[[], object]) -> None:
    """Rotate, and break off once it is recorded."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate()


KILLED = """
import os, signal, sys
from pathlib import Path
from answerable.ledger.checkpoints import rotation, signing
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.tlog import private_keys
from answerable.ledger.ledger import Ledger

point, place, key_file = sys.argv[1:]

def dying(function, times=1):
    calls = []
    def call(*given, **named):
        result = function(*given, **named)
        calls.append(None)
        if len(calls) == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

if point == "private_keys.write":
    private_keys.write = dying(private_keys.write)
elif point == "ledger.append":
    Ledger.append_all = dying(Ledger.append_all)
elif point == "signing.remember":
    signing.remember = dying(signing.remember)
else:
    rotation.sign_head = dying(rotation.sign_head, times=2)
with Ledger.open(place) as ledger:
    rotation.rotate_keys(ledger, Path(key_file), recorded_by="jane")
"""


def test_two_processes_that_sign_at_once_never_sign_what_is_not_consistent(signed: House) -> None:
    signed.ledger.close()
    program = """
import sys
from pathlib import Path
from answerable.ledger.checkpoints import rotation, signing
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.ledger import Ledger
from answerable.domain.parsing import parse

with Ledger.open(sys.argv[1]) as ledger:
    for number in range(8):
        event = parse({"kind": "contact-made", "case_id": sys.argv[3], "counterparty": "p"})
        ledger.append(event, recorded_by="jane")
        signers = rotation.open_keys(ledger, Path(sys.argv[2]))
        signing.sign_head(ledger, signers, memory_file(Path(sys.argv[2])))
"""
    command = [sys.executable, "-c", program, str(signed.place), str(signed.keys)]
    running = [subprocess.Popen([*command, f"case-{n}"]) for n in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    with Ledger.open(signed.place) as ledger:
        last = latest_checkpoint(ledger)
        assert last is not None
        assert last.checkpoint.size == len(ledger) == 29
        assert last_remembered(signed.memory, private_keys.read_public(signed.keys)) == last


def test_a_copy_of_the_ledger_waits_for_the_signing_and_then_is_refused(
    signed: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[subprocess.Popen[bytes]] = []
    true = remember

    def waiting(place: Path, note: bytes) -> None:
        # It has decided to sign, and another process does the same with another history.
        running.append(subprocess.Popen([sys.executable, "-c", SIGN, str(copy), str(signed.keys)]))
        with suppress(subprocess.TimeoutExpired):
            running[0].wait(timeout=2)
        true(place, note)

    copy = tmp_path / "copy.db"
    with restored(signed, copy) as other:
        other.append(contact(99), recorded_by="jane")
    signed.record(1)
    monkeypatch.setattr(signing, "remember", waiting)
    signed.sign()
    assert running[0].wait(timeout=60) == Forked.exit_code
    with Ledger.open(copy) as other:
        kept = latest_checkpoint(other)
        assert kept is not None
        assert kept.checkpoint.size == 3


def test_keys_are_not_read_while_they_are_rotated(
    signed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[subprocess.Popen[bytes]] = []
    true = private_keys.write

    def write(*given: Any) -> None:
        # The new keys are there, and not on record yet.
        true(*given)
        command = [sys.executable, "-c", SIGN, str(signed.place), str(signed.keys)]
        running.append(subprocess.Popen(command))
        with suppress(subprocess.TimeoutExpired):
            running[0].wait(timeout=2)

    signed.sign()
    monkeypatch.setattr(private_keys, "write", write)
    rotation.rotate_keys(signed.ledger, signed.keys, recorded_by="jane")
    assert running[0].wait(timeout=60) == 0
    current = {each.key for each in own_keys(signed.ledger) if each.retired is None}
    assert set(private_keys.read_public(signed.keys)) == current


SIGN = """
import sys
from pathlib import Path
from answerable.ledger.checkpoints import rotation, signing
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.errors import Forked
from answerable.ledger.ledger import Ledger

with Ledger.open(sys.argv[1]) as ledger:
    place = Path(sys.argv[2])
    try:
        signing.sign_head(ledger, rotation.open_keys(ledger, place), memory_file(place))
    except Forked as error:
        sys.exit(error.exit_code)
"""


@pytest.mark.sqlite_file("an earlier format of the file")
def test_an_older_ledger_gets_what_it_lacks_when_it_is_opened(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append(contact(1), recorded_by="jane")
        head = ledger.head()
    with raw(tmp_path / "a.db") as connection:
        for table in ("keys", "checkpoints", "timestamps"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX signatures")
        connection.execute("PRAGMA user_version = 1")
    with Ledger.open(tmp_path / "a.db") as ledger:
        assert ledger.head() == head
        rotation.create_keys(ledger, ORIGIN, tmp_path / "a.db.key")
        assert len(own_keys(ledger)) == 2
    with raw(tmp_path / "a.db") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
