"""Auditing a published log: every attack on it is found, and named with the first position."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support.bulk_ledger import NOW, Log, entry, fill, new_log
from tests.support.web_servers import served

from answerable.ledger.checkpoints import signing
from answerable.ledger.errors import (
    BadSignature,
    FileRefused,
    Forked,
    MalformedNote,
    NotVerified,
    PageMalformed,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.publish.audit import verify_published
from answerable.ledger.publish.errors import (
    EntryAltered,
    PageMissing,
    PublishedNotFound,
    RootDiffers,
    TileAltered,
)
from answerable.ledger.publish.reader import PublishedLog, published_in
from answerable.ledger.publish.writer import publish
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.errors import TooFewWitnesses
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.tlog.tiles import bundle, unbundle
from answerable.ledger.tlog.trust import Trust

SIZE = 66_000
"""Entries published: 257 full tiles and a partial one of 208, a full tile of level 1 above them."""


class Site(NamedTuple):
    """A log that is published, and a folder for what an auditor keeps."""

    log: Log
    folder: Path
    state: Path

    def audit(self, trust: Trust | None = None, *, state: bool = False) -> int:
        found = verify_published(
            published_in(self.folder), trust or self.log.trust, state=self.state if state else None
        )
        return found.checkpoint.size

    def page(self, path: str) -> Path:
        return self.folder / path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("audited")
    log = new_log(folder / "a.db", SIZE)
    with log.ledger:
        log.sign()
        publish(log.ledger, folder / "log")
        yield Site(log, folder / "log", folder / "state")


@pytest.fixture
def site(original: Site, tmp_path: Path) -> Site:
    """A copy to be tampered with."""
    shutil.copytree(original.folder, tmp_path / "log")
    return Site(original.log, tmp_path / "log", tmp_path / "state")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Site]:
    """A log of its own, of 300 entries, that can grow."""
    log = new_log(tmp_path / "a.db", 300)
    with log.ledger:
        log.sign()
        publish(log.ledger, tmp_path / "log")
        yield Site(log, tmp_path / "log", tmp_path / "state")


def flipped(page: Path, at: int) -> None:
    content = bytearray(page.read_bytes())
    content[at] ^= 1
    page.write_bytes(content)


def rebundled(page: Path, count: int, change: Callable[[list[bytes]], object]) -> list[bytes]:
    entries = unbundle(page.read_bytes(), count)
    change(entries)
    page.write_bytes(bundle(entries))
    return entries


def test_a_log_is_found_good(original: Site) -> None:
    found = verify_published(published_in(original.folder), original.log.trust)
    assert found.checkpoint == signing.latest_checkpoint(original.log.ledger)[0]  # type: ignore[index]
    assert set(found.signers) == {signer.key for signer in original.log.signers}
    assert (found.since, found.witnesses) == (0, {})


def test_side_by_side_it_says_the_same(site: Site) -> None:
    log = published_in(site.folder)
    assert verify_published(log, site.log.trust, processes=2).checkpoint.size == SIZE
    flipped(site.page("tile/entries/255"), 100)
    flipped(site.page("tile/entries/200"), 100)
    with pytest.raises(EntryAltered, match="position 51200,") as caught:
        verify_published(log, site.log.trust, processes=2)
    assert caught.value.hint


class Attack(NamedTuple):
    do: Callable[[Site], object]
    error: type[NotVerified]
    says: str


def _swap(entries: list[bytes]) -> None:
    entries[10], entries[20] = entries[20], entries[10]


def _entry_and_tile(site: Site, path: str, count: int) -> None:
    """Alter an entry, and the tile with it."""
    entries = rebundled(
        site.page(f"tile/entries/{path}"), count, lambda e: e.__setitem__(7, b"another")
    )
    leaves = b"".join(map(merkle.leaf_hash, entries))
    site.page(f"tile/0/{path}").write_bytes(leaves)


def _rewritten(site: Site) -> None:
    """Another history, tiles and all, under the checkpoint of the first."""
    checkpoint = site.page("checkpoint").read_bytes()
    other = new_log(site.state.with_name("other.db"))
    with other.ledger:
        other.grow(SIZE, salt="!")
        other.sign()
        shutil.rmtree(site.folder)
        publish(other.ledger, site.folder)
    site.page("checkpoint").write_bytes(checkpoint)


def _signed_again(site: Site) -> None:
    """The same checkpoint, signed with other keys under the same name."""
    text = Note.parse(site.page("checkpoint").read_bytes()).text
    thief = Signer.generate(site.log.signers[0].key.name, ED25519)
    site.page("checkpoint").write_bytes(bytes(Note(text, ()).signed([thief.sign(text, NOW)])))


def _sized_otherwise(site: Site) -> None:
    page = site.page("checkpoint")
    page.write_bytes(page.read_bytes().replace(b"\n66000\n", b"\n65000\n"))


ATTACKS = {
    "an entry edited": Attack(
        lambda site: flipped(site.page("tile/entries/100"), 90), EntryAltered, "position 25600,"
    ),
    "the last entry edited": Attack(
        lambda site: flipped(site.page("tile/entries/257.p/208"), -9), EntryAltered, "65999,"
    ),
    "an entry deleted": Attack(
        lambda site: rebundled(site.page("tile/entries/003"), 256, lambda e: e.pop(9)),
        PageMalformed,
        "lacks the entry at position 1023",
    ),
    "an entry deleted, and another put at the end": Attack(
        lambda site: rebundled(site.page("tile/entries/003"), 256, lambda e: e.append(e.pop(9))),
        EntryAltered,
        "position 777,",
    ),
    "an entry inserted": Attack(
        lambda site: rebundled(site.page("tile/entries/003"), 256, lambda e: e.insert(9, b"x")),
        PageMalformed,
        "before position 1024",
    ),
    "entries reordered": Attack(
        lambda site: rebundled(site.page("tile/entries/003"), 256, _swap),
        EntryAltered,
        "position 778,",
    ),
    "a bundle cut": Attack(
        lambda site: site.page("tile/entries/257.p/208").write_bytes(
            site.page("tile/entries/257.p/208").read_bytes()[:-1]
        ),
        PageMalformed,
        "lacks the entry at position 65999",
    ),
    "a bundle empty": Attack(
        lambda site: site.page("tile/entries/002").write_bytes(b""), PageMalformed, "position 512"
    ),
    "a bundle missing": Attack(
        lambda site: site.page("tile/entries/002").unlink(), PageMissing, "entries 512 to 767"
    ),
    "the last bundle missing": Attack(
        lambda site: site.page("tile/entries/257.p/208").unlink(),
        PageMissing,
        "entries 65792 to 65999",
    ),
    "bundles swapped": Attack(
        lambda site: site.page("tile/entries/002").write_bytes(
            site.page("tile/entries/003").read_bytes()
        ),
        EntryAltered,
        "position 512,",
    ),
    "a tile altered": Attack(
        lambda site: flipped(site.page("tile/0/100"), 5 * 32), TileAltered, "position 25605 "
    ),
    "the first tile altered": Attack(
        lambda site: flipped(site.page("tile/0/000"), 5 * 32), TileAltered, "position 5 "
    ),
    "the last tile altered": Attack(
        lambda site: flipped(site.page("tile/0/257.p/208"), 5), TileAltered, "position 65792 "
    ),
    "a tile cut": Attack(
        lambda site: site.page("tile/0/100").write_bytes(bytes(8191)), PageMalformed, "tile/0/100"
    ),
    "a tile missing": Attack(
        lambda site: site.page("tile/0/100").unlink(), PageMissing, "hashes of level 0, 25600 to"
    ),
    "a full tile of level 1 altered": Attack(
        lambda site: flipped(site.page("tile/1/000"), 9 * 32),
        TileAltered,
        "tile/1/000 .*from position 2304 on",
    ),
    "a partial tile of level 1 altered": Attack(
        lambda site: flipped(site.page("tile/1/001.p/1"), 3), TileAltered, "from position 65536 on"
    ),
    "a tile of level 2 altered": Attack(
        lambda site: flipped(site.page("tile/2/000.p/1"), 3), TileAltered, "tile/1/000"
    ),
    "a tile of level 2 missing": Attack(
        lambda site: site.page("tile/2/000.p/1").unlink(), PageMissing, "level 2, 0 to 0"
    ),
    "an entry altered, and its tile": Attack(
        lambda site: _entry_and_tile(site, "100", 256), EntryAltered, "25600 to 25855"
    ),
    "the last bundle altered, and its tile": Attack(
        lambda site: _entry_and_tile(site, "257.p/208", 208), RootDiffers, "66,000"
    ),
    "history rewritten under the old checkpoint": Attack(_rewritten, RootDiffers, "rewritten"),
    "signed with another key": Attack(_signed_again, UnknownSigner, "none|no key"),
    "another size in the checkpoint": Attack(_sized_otherwise, BadSignature, "does not fit"),
    "no checkpoint in its place": Attack(
        lambda site: site.page("checkpoint").write_bytes(b"\xff" * 100), MalformedNote, "UTF-8"
    ),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_found_and_named(site: Site, attack: Attack) -> None:
    attack.do(site)
    with pytest.raises(attack.error, match=attack.says) as caught:
        site.audit(state=True)
    assert type(caught.value) is attack.error
    assert not site.state.exists()


def test_an_altered_tile_in_a_log_of_one_tile(tmp_path: Path) -> None:
    log = new_log(tmp_path / "a.db", 9)
    with log.ledger:
        log.sign()
        publish(log.ledger, tmp_path / "log")
    site = Site(log, tmp_path / "log", tmp_path / "state")
    flipped(site.page("tile/0/000.p/9"), 4 * 32)
    with pytest.raises(TileAltered, match="position 4 "):
        site.audit()
    flipped(site.page("tile/0/000.p/9"), 4 * 32)
    flipped(site.page("tile/entries/000.p/9"), -9)
    with pytest.raises(EntryAltered, match="position 8,"):
        site.audit()


def test_an_empty_log(tmp_path: Path) -> None:
    log = new_log(tmp_path / "a.db")
    with log.ledger:
        log.sign()
        publish(log.ledger, tmp_path / "log")
        site = Site(log, tmp_path / "log", tmp_path / "state")
        assert site.audit(state=True) == 0
        assert site.audit(state=True) == 0
        log.grow(3)
        log.sign()
        publish(log.ledger, tmp_path / "log")
        assert site.audit(state=True) == 3


def test_where_nothing_is_published(tmp_path: Path, original: Site) -> None:
    with pytest.raises(PublishedNotFound):
        verify_published(published_in(tmp_path), original.log.trust)


def test_witnesses_must_have_cosigned(small: Site) -> None:
    witness = Signer.generate("example.com/witness", COSIGNATURE_ED25519)
    trust = Trust(small.log.trust.keys, [witness.key])
    with pytest.raises(TooFewWitnesses):
        small.audit(trust)
    kept = signing.latest_checkpoint(small.log.ledger)
    assert kept is not None
    text = Note.parse(kept.note).text
    signing.add_signatures(small.log.ledger, 300, [witness.sign(text, NOW)])
    publish(small.log.ledger, small.folder)
    assert verify_published(published_in(small.folder), trust).witnesses == {witness.key.name: NOW}


def fetched(site: Site) -> tuple[PublishedLog, list[str]]:
    """The log, and what is asked of it."""
    asked: list[str] = []
    plain = published_in(site.folder)

    def fetch(path: str, most: int) -> bytes | None:
        asked.append(path)
        return plain.fetch(path, most)

    return plain._replace(fetch=fetch), asked


@pytest.mark.parametrize("steps", [(300, 301, 511, 512, 513, 1000, 66_000, 66_100)])
def test_an_audit_goes_on_from_the_last(small: Site, steps: tuple[int, ...]) -> None:
    for size in steps:
        small.log.grow(size)
        small.log.sign()
        publish(small.log.ledger, small.folder)
        assert small.audit(state=True) == size
        assert small.state.read_bytes() == small.page("checkpoint").read_bytes()
    # What was found good is not read again.
    for page in ("tile/entries/000", "tile/0/001", "tile/entries/200"):
        small.page(page).unlink()
    small.log.grow(66_600)
    small.log.sign()
    publish(small.log.ledger, small.folder)
    log, asked = fetched(small)
    found = verify_published(log, small.log.trust, state=small.state)
    assert (found.since, found.checkpoint.size) == (66_100, 66_600)
    assert set(asked) <= {
        "checkpoint", "tile/0/258", "tile/0/259", "tile/0/260.p/40", "tile/1/001.p/4",
        "tile/2/000.p/1", "tile/entries/258", "tile/entries/259", "tile/entries/260.p/40",
    }  # fmt: skip
    assert verify_published(log, small.log.trust, state=small.state).since == 66_600
    with pytest.raises(PageMissing):
        small.audit()


def test_what_is_new_is_checked_as_the_rest_was(small: Site) -> None:
    assert small.audit(state=True) == 300
    before = small.state.read_bytes()
    small.log.grow(700)
    small.log.sign()
    publish(small.log.ledger, small.folder)
    flipped(small.page("tile/entries/002.p/188"), -9)
    with pytest.raises(EntryAltered, match="position 699,"):
        small.audit(state=True)
    assert small.state.read_bytes() == before


def test_a_log_that_is_rolled_back(small: Site) -> None:
    old = small.page("checkpoint").read_bytes()
    small.log.grow(700)
    small.log.sign()
    publish(small.log.ledger, small.folder)
    assert small.audit(state=True) == 700
    small.page("checkpoint").write_bytes(old)
    with pytest.raises(RolledBack, match="300 entries, but one of 700"):
        small.audit(state=True)
    assert small.audit() == 300  # who was not there before cannot know


@pytest.mark.parametrize("size", [300, 301, 700, 66_000])
def test_a_log_whose_history_was_rewritten_and_signed_again(
    small: Site, size: int, tmp_path: Path
) -> None:
    assert small.audit(state=True) == 300
    before = small.state.read_bytes()
    shutil.rmtree(small.folder)
    with Ledger.create(tmp_path / "fork.db") as fork:
        signing.adopt_first_keys(fork, [signer.key for signer in small.log.signers])
        fill(fork, 299)
        fill(fork, size, salt="!")
        signing.sign_head(fork, small.log.signers, tmp_path / "fork.signed")
        publish(fork, small.folder)
    with pytest.raises(Forked, match="does not begin with the 300 entries"):
        small.audit(state=True)
    assert small.state.read_bytes() == before
    evidence = sorted(tmp_path.glob("state.fork-*"))
    assert {place.read_bytes() for place in evidence} == {
        before, small.page("checkpoint").read_bytes()
    }  # fmt: skip
    # Each alone is signed by the log, and looks whole to who was not there before.
    assert small.audit() == size


def test_a_state_of_something_else(small: Site, tmp_path: Path) -> None:
    small.state.write_bytes(b"my diary\n")
    with pytest.raises(FileRefused, match="does not hold a checkpoint"):
        small.audit(state=True)
    assert small.state.read_bytes() == b"my diary\n"
    text = Checkpoint("example.com/other", 0, merkle.EMPTY_ROOT).text
    signer = Signer.generate("example.com/other", ED25519)
    small.state.write_bytes(bytes(Note(text, ()).signed([signer.sign(text, NOW)])))
    with pytest.raises(FileRefused, match=r"is of example\.com/other"):
        small.audit(state=True)
    small.state.unlink()
    small.state.mkdir()
    with pytest.raises(FileRefused, match="cannot be read"):
        small.audit(state=True)
    with pytest.raises(FileRefused, match="cannot be written"):
        verify_published(
            published_in(small.folder), small.log.trust, state=tmp_path / "no" / "state"
        )


def test_over_http_it_says_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from answerable.ledger.publish.reader import open_published

    monkeypatch.setenv("no_proxy", "*")
    with served(site.folder) as url:
        assert verify_published(open_published(url), site.log.trust).checkpoint.size == SIZE
        site.page("tile/entries/002").unlink()
        with pytest.raises(PageMissing, match="entries 512 to 767"):
            verify_published(open_published(url), site.log.trust)
        site.page("tile/entries/001").write_bytes(bundle([entry(0)] * 256))
        with pytest.raises(EntryAltered, match="position 256,"):
            verify_published(open_published(url), site.log.trust)
