"""Publishing a ledger: which files there are, which are written, and what is refused."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from sqlite3 import Connection
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.bulk_ledger import NOW, Log, entry, new_log
from tests.support.lengths import examples
from tests.support.oracles import leaf, raw, root
from tests.support.signed_ledger import ORIGIN
from tests.support.tampering import cut_leaves

from answerable.domain.errors import Refused
from answerable.ledger.checkpoints import signing
from answerable.ledger.errors import (
    FileRefused,
    Forked,
    NoKeys,
    NotVerified,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.publish.audit import verify_published
from answerable.ledger.publish.errors import EntryAltered
from answerable.ledger.publish.reader import open_published, published_in
from answerable.ledger.publish.writer import publish
from answerable.ledger.system import atomic_file
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.tiles import bundle


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = new_log(tmp_path / "a.db")
    with made.ledger:
        yield made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public" / "log"


def files(folder: Path) -> set[str]:
    """What a web server would serve."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def expected(size: int) -> set[str]:
    """C2SP tlog-tiles, said slowly: the files of a log of fewer than a million tiles a level."""

    def name(number: int) -> str:
        return f"x{number // 1000:03}/{number % 1000:03}" if number >= 1000 else f"{number:03}"

    paths, level, width = {"checkpoint"}, 0, size
    while width:
        for kind in (str(level), "entries") if level == 0 else (str(level),):
            paths |= {f"tile/{kind}/{name(number)}" for number in range(width // 256)}
            if width % 256:
                paths.add(f"tile/{kind}/{name(width // 256)}.p/{width % 256}")
        level, width = level + 1, width // 256
    return paths


def test_the_tree_of_70_000_is_the_files_that_the_specification_lists(log: Log, out: Path) -> None:
    log.grow(70_000)
    kept = log.sign()
    done = publish(log.ledger, out)
    there = files(out)
    assert there == expected(70_000)
    level_0 = {path for path in there if path.startswith("tile/0/")}
    assert level_0 == {f"tile/0/{number:03}" for number in range(273)} | {"tile/0/273.p/112"}
    above = {path for path in there if path.startswith(("tile/1/", "tile/2/"))}
    assert above == {"tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"}
    assert done == (kept.checkpoint, None, 274 * 2 + 3, True, 0)
    assert (out / "checkpoint").read_bytes() == kept.note
    leaves = [leaf(entry(at)) for at in range(70_000)]
    assert kept.checkpoint == Checkpoint(ORIGIN, 70_000, root(leaves))
    assert (out / "tile/0/273.p/112").read_bytes() == b"".join(leaves[273 * 256 :])
    assert (out / "tile/1/000").read_bytes() == b"".join(
        root(leaves[at * 256 : at * 256 + 256]) for at in range(256)
    )
    assert (out / "tile/2/000.p/1").read_bytes() == root(leaves[:65_536])
    assert (out / "tile/entries/001").read_bytes() == bundle(entry(at) for at in range(256, 512))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 1000])
def test_small_trees(log: Log, out: Path, size: int) -> None:
    log.grow(size)
    log.sign()
    publish(log.ledger, out)
    assert files(out) == expected(size)
    assert verify_published(published_in(out), log.trust).checkpoint.size == size


@settings(max_examples=examples(25))
@given(st.lists(st.integers(0, 700), min_size=1, max_size=6))
def test_published_step_by_step_it_is_what_it_is_published_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    log = new_log(folder / "a.db")
    with log.ledger:
        for more in steps:
            log.grow(len(log.ledger) + more)
            log.sign()
            publish(log.ledger, folder / "steps")
            verify_published(published_in(folder / "steps"), log.trust)
        publish(log.ledger, folder / "once")
        assert files(folder / "once") == expected(len(log.ledger))
        for path in files(folder / "once"):
            assert (folder / "steps" / path).read_bytes() == (folder / "once" / path).read_bytes()


def test_a_partial_tile_stays_until_the_full_one_is_there(log: Log, out: Path) -> None:
    for size in (3, 5, 250):
        log.grow(size)
        log.sign()
        publish(log.ledger, out)
    partial = {f"tile/{kind}/000.p/{size}" for kind in ("0", "entries") for size in (3, 5, 250)}
    assert files(out) == {"checkpoint", *partial}
    log.grow(256)
    log.sign()
    publish(log.ledger, out)
    assert files(out) == expected(256)
    assert not (out / "tile/0/000.p").exists()
    # Whoever has an older checkpoint still finds what it commits to.
    assert len(published_in(out).entries(0, 5)) == 5


def test_only_what_is_new_is_written(log: Log, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    write = atomic_file.write

    def noted(place: Path, content: bytes, *, private: bool = False) -> None:
        written.append(place)
        write(place, content, private=private)

    monkeypatch.setattr(atomic_file, "write", noted)
    counts = []
    for size in (100, 356, 2_660, 2_916, 70_500, 70_756):
        log.grow(size)
        log.sign()
        written.clear()
        done = publish(log.ledger, out)
        assert len(written) == done.pages + 1
        assert written[-1] == out / "checkpoint"
        counts.append(done.pages)
    assert counts[1::2] == [5, 5, 5]
    written.clear()
    assert publish(log.ledger, out)[1:] == (70_756, 0, False, 0)
    assert written == []


def test_entries_beyond_the_checkpoint_are_counted_not_published(log: Log, out: Path) -> None:
    log.grow(300)
    log.sign()
    log.grow(307)
    assert publish(log.ledger, out).beyond == 7
    assert files(out) == expected(300)


def test_what_is_not_signed_is_not_published(tmp_path: Path, log: Log, out: Path) -> None:
    with pytest.raises(Refused, match="no checkpoint was signed"):
        publish(log.ledger, out)
    with Ledger.create(tmp_path / "b.db") as keyless, pytest.raises(NoKeys, match="no keys"):
        publish(keyless, out)
    assert files(out) == set()


def test_a_checkpoint_that_gathered_cosignatures_is_published_again(log: Log, out: Path) -> None:
    log.grow(5)
    kept = log.sign()
    publish(log.ledger, out)
    witness = Signer.generate("example.com/witness", COSIGNATURE_ED25519)
    cosignature = witness.sign(Note.parse(kept.note).text, NOW)
    gathered = signing.add_signatures(log.ledger, 5, [cosignature])
    done = publish(log.ledger, out)
    assert (done.pages, done.announced) == (0, True)
    assert (out / "checkpoint").read_bytes() == gathered.note
    # A witness that put its cosignature straight there is not undone.
    more = Signer.generate("example.com/other", COSIGNATURE_ED25519)
    note = bytes(Note.parse(gathered.note).signed([more.sign(Note.parse(kept.note).text, NOW)]))
    (out / "checkpoint").write_bytes(note)
    assert not publish(log.ledger, out).announced
    assert (out / "checkpoint").read_bytes() == note


def test_a_smaller_tree_is_never_published_over_a_larger(
    tmp_path: Path, log: Log, out: Path
) -> None:
    log.grow(300)
    log.sign()
    log.ledger.close()
    backup = tmp_path / "backup.db"
    shutil.copy(log.ledger.path, backup)
    later = Log(Ledger.open(log.ledger.path), log.signers)
    with later.ledger, Ledger.open(backup) as restored:
        later.grow(600)
        later.sign()
        publish(later.ledger, out)
        before = (out / "checkpoint").read_bytes()
        with pytest.raises(RolledBack):
            publish(restored, out)
        Log(restored, log.signers).grow(700, salt="other")
        (tmp_path / "a.db.signed").unlink(missing_ok=True)
        signing.sign_head(restored, log.signers, tmp_path / "new.signed")
        with pytest.raises(Forked):
            publish(restored, out)
        assert (out / "checkpoint").read_bytes() == before
        verify_published(published_in(out), log.trust)


def test_another_log_is_not_published_over_one(tmp_path: Path, log: Log, out: Path) -> None:
    log.grow(5)
    log.sign()
    publish(log.ledger, out)
    before = (out / "checkpoint").read_bytes()
    # One of the same name too: it has keys of its own.
    for origin in ("example.com/other", before.decode().split("\n")[0]):
        other = new_log(tmp_path / f"{len(origin)}.db", 9, origin=origin)
        with other.ledger:
            other.sign()
            with pytest.raises(UnknownSigner, match="another log"):
                publish(other.ledger, out)
    assert (out / "checkpoint").read_bytes() == before


def _edit(connection: Connection) -> None:
    connection.execute(
        "UPDATE stored_events SET state = CAST(replace(state, 'kol-290', 'kol-299') AS BLOB)"
    )


def _delete(connection: Connection) -> None:
    connection.execute("DELETE FROM stored_events WHERE rowid = 291")


def _rewrite(connection: Connection) -> None:
    connection.execute("UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 1")


@pytest.mark.parametrize(
    ("tamper", "error"),
    [
        (_edit, EntryAltered),
        pytest.param(
            _delete, EntryAltered, marks=pytest.mark.sqlite_file("the tree has its leaf in a tile")
        ),
        (_delete, NotVerified),
        (partial(cut_leaves, number=1), NotVerified),
        (_rewrite, Forked),
    ],
)
def test_a_record_that_was_tampered_with_is_not_published(
    log: Log, out: Path, tamper: Callable[[Connection], None], error: type[NotVerified]
) -> None:
    log.grow(300)
    log.sign()
    publish(log.ledger, out)
    log.grow(1000)
    log.sign()
    before = (out / "checkpoint").read_bytes()
    with raw(log.ledger.path, guarded=False) as connection:
        tamper(connection)
    with pytest.raises(error):
        publish(log.ledger, out)
    assert (out / "checkpoint").read_bytes() == before
    verify_published(published_in(out), log.trust)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(log: Log, tmp_path: Path) -> None:
    log.sign()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(FileRefused, match="cannot be written"):
        publish(log.ledger, closed / "log")


def test_what_is_in_the_way_is_named(log: Log, tmp_path: Path, out: Path) -> None:
    log.grow(3)
    log.sign()
    (tmp_path / "file").touch()
    with pytest.raises(FileRefused, match="cannot be written"):
        publish(log.ledger, tmp_path / "file")
    out.mkdir(parents=True)
    (out / "tile").write_text("in the way")
    with pytest.raises(FileRefused, match="cannot be written"):
        publish(log.ledger, out)
    assert not (out / "checkpoint").exists()
    (out / "tile").unlink()
    (out / "checkpoint").write_text("not a checkpoint")
    with pytest.raises(FileRefused, match="is no checkpoint"):
        publish(log.ledger, out)


def test_a_disk_that_fails_leaves_what_was_published(
    log: Log, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.grow(300)
    log.sign()
    publish(log.ledger, out)
    log.grow(900)
    log.sign()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "a file")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FileRefused, match="No space left"):
            publish(log.ledger, out)
    assert verify_published(published_in(out), log.trust).checkpoint.size == 300
    assert publish(log.ledger, out).before == 300
    assert verify_published(published_in(out), log.trust).checkpoint.size == 900


def test_two_publishers_and_a_reader_do_each_other_no_harm(log: Log, out: Path) -> None:
    log.grow(200)
    log.sign()
    publish(log.ledger, out)
    sizes: list[int] = []
    stopped: list[bool] = []
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not stopped:
                sizes.append(verify_published(open_published(str(out)), log.trust).checkpoint.size)
        except BaseException as error:
            failures.append(error)

    def write() -> None:
        try:
            with Ledger.open(log.ledger.path) as own:
                for _ in range(60):
                    publish(own, out)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=write) for _ in range(2)]
    reader = Thread(target=read)
    for thread in (*threads, reader):
        thread.start()
    for size in range(210, 600, 13):
        log.grow(size)
        log.sign()
    for thread in threads:
        thread.join()
    stopped.append(True)
    reader.join()
    assert failures == []
    assert all(first <= second for first, second in pairwise(sizes))
    publish(log.ledger, out)
    assert verify_published(published_in(out), log.trust).checkpoint.size == len(log.ledger)
