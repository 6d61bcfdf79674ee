"""Time stamps that a ledger keeps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support import signed_ledger as signed
from tests.support.oracles import raw
from tests.support.signed_ledger import House
from tests.support.tampering import altered_leaves, cut_leaves
from tests.support.time_stamp_authority import STAMPING, issue, refusal, reply, token

from answerable.ledger.checkpoints import signing
from answerable.ledger.errors import (
    BadSignature,
    Forked,
    MalformedNote,
    NoCheckpoint,
    NotVerified,
    RolledBack,
    UnknownSigner,
)
from answerable.ledger.ledger import Ledger
from answerable.ledger.timestamp import stamps
from answerable.ledger.timestamp.authority import Authorities
from answerable.ledger.timestamp.errors import (
    MalformedStamp,
    StampAltered,
    StampNotFound,
    StampOfOther,
    StampRefused,
    UnknownAuthority,
)
from answerable.ledger.timestamp.stamps import Stamp
from answerable.ledger.tlog.note import COSIGNATURE_ED25519, Note
from answerable.ledger.tlog.note_signatures import Signer

ROOT = issue("Root", ca=True)
TSA = issue("TSA", ROOT, usage=STAMPING)
ROGUE = issue("Rogue", usage=STAMPING)
TRUSTED = Authorities((ROOT.certificate,))
NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)


class Stamped(House):
    """A ledger that signs, and what it takes to have it stamped."""

    @property
    def note(self) -> bytes:
        kept = signing.latest_checkpoint(self.ledger)
        assert kept is not None
        return kept.note

    def cosign(self) -> None:
        """Add a witness's signature below the last checkpoint."""
        text = Note.parse(self.note).text
        witness = Signer.generate("witness.example", COSIGNATURE_ED25519)
        signing.add_signatures(self.ledger, len(self.ledger), [witness.sign(text, NOW)])

    def stamp(self) -> Stamp:
        _, asked = stamps.request_stamp(self.ledger)
        answer = reply(token(self.note, TSA, TSA, nonce=asked.nonce))
        return stamps.attach(self.ledger, answer, answering=asked.data, authorities=TRUSTED)

    def found(self, trusted: Authorities | None = TRUSTED) -> list[Stamp | NotVerified]:
        return [verdict.found for verdict in stamps.verify_stamps(self.ledger, trusted)]

    @property
    def problems(self) -> list[str]:
        return [problem.what for problem in stamps.timestamp_problems(self.ledger)[1]]

    def tamper(self, statement: str, *values: object) -> None:
        """Change the file behind the ledger's back."""
        with raw(self.place, guarded=False) as connection:
            connection.execute(statement, values)


def stamped(folder: Path) -> Stamped:
    """A ledger of three entries, its head signed."""
    made = Stamped(*signed.house(folder))
    made.record(3)
    made.sign()
    return made


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Stamped]:
    made = stamped(tmp_path)
    with made.ledger:
        yield made


def test_a_request_is_over_the_note_of_the_last_checkpoint(house: Stamped) -> None:
    checkpoint, asked = stamps.request_stamp(house.ledger)
    assert checkpoint.size == 3
    assert asked.imprint.fits(house.note)
    house.record(1)
    assert stamps.request_stamp(house.ledger)[0].size == 3
    house.sign()
    assert stamps.request_stamp(house.ledger)[0].size == 4


def test_there_is_nothing_to_stamp_before_something_was_signed(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.db") as ledger, pytest.raises(NoCheckpoint):
        stamps.request_stamp(ledger)


def test_a_stamp_is_kept_with_what_it_is_over(house: Stamped) -> None:
    stamp = house.stamp()
    assert stamp.note == house.note
    assert (stamp.checkpoint.size, stamp.authority, stamp.verified) == (3, "CN=TSA", True)
    assert house.found() == [stamp]
    assert house.found(None) == [stamp._replace(verified=False)]
    assert not house.problems


def test_it_holds_when_the_log_grows_and_signatures_are_added(house: Stamped) -> None:
    stamp = house.stamp()
    house.cosign()
    house.record(1)
    house.sign()
    assert house.found() == [stamp]
    assert house.stamp().checkpoint.size == 4
    assert len(house.found()) == 2
    assert not house.problems


def test_signatures_and_entries_may_be_added_before_the_answer_comes(house: Stamped) -> None:
    before = house.note
    answer = token(before, TSA, TSA)
    house.cosign()
    house.cosign()
    house.record(1)
    house.sign()
    assert stamps.attach(house.ledger, answer, authorities=TRUSTED).note == before


def test_one_checkpoint_can_be_stamped_before_and_after_it_was_cosigned(house: Stamped) -> None:
    first = house.stamp()
    house.cosign()
    second = house.stamp()
    assert first.checkpoint == second.checkpoint
    assert second.note.startswith(first.note)
    assert sorted(house.found(), key=lambda each: len(each.note)) == [first, second]  # type: ignore[union-attr]


def test_attaching_twice_is_attaching_once(house: Stamped) -> None:
    answer = reply(token(house.note, TSA, TSA))
    assert stamps.attach(house.ledger, answer) == stamps.attach(house.ledger, answer)
    assert len(house.found()) == 1


def test_a_checkpoint_that_was_stamped_is_missed(house: Stamped) -> None:
    house.cosign()
    house.stamp()
    house.cosign()
    assert house.problems == []
    whole = house.note
    alone = bytes(Note(Note.parse(whole).text, Note.parse(whole).signatures[:2]))
    said = "a time stamp over the checkpoint of 3 entries: that checkpoint "
    house.tamper("UPDATE checkpoints SET note = ?", alone)
    assert house.problems == [f"{said}has lost signatures"]
    house.tamper("DELETE FROM checkpoints")
    assert house.problems == [f"{said}is not kept any more"]


def test_without_authorities_it_says_so(house: Stamped) -> None:
    stamp = stamps.attach(house.ledger, token(house.note, ROGUE, ROGUE))
    assert not stamp.verified
    assert stamp.authority == "CN=Rogue"
    assert isinstance(house.found()[0], UnknownAuthority)
    assert not house.problems


class TestRefusedStamps:
    """What is not kept."""

    def test_over_something_else(self, house: Stamped) -> None:
        self.refused(house, StampOfOther, token(b"something else", TSA, TSA))

    def test_over_the_text_without_its_signatures(self, house: Stamped) -> None:
        text = Note.parse(house.note).text.encode()
        self.refused(house, StampOfOther, token(text, TSA, TSA))
        self.refused(house, StampOfOther, token(text + b"\n", TSA, TSA))

    def test_over_another_ledgers_checkpoint(self, house: Stamped, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        other = stamped(tmp_path / "other")
        with other.ledger:
            self.refused(house, StampOfOther, token(other.note, TSA, TSA))

    def test_answering_another_request(self, house: Stamped) -> None:
        _, asked = stamps.request_stamp(house.ledger)
        _, again = stamps.request_stamp(house.ledger)
        answer = token(house.note, TSA, TSA, nonce=asked.nonce)
        self.refused(house, StampOfOther, answer, again.data)
        stamps.attach(house.ledger, answer, answering=asked.data)

    def test_by_a_strange_authority(self, house: Stamped) -> None:
        self.refused(house, UnknownAuthority, token(house.note, ROGUE, ROGUE))

    def test_altered(self, house: Stamped) -> None:
        made = token(house.note, TSA, TSA)
        self.refused(house, StampAltered, made.replace(b"20260106", b"20160106"))
        self.refused(house, StampAltered, made[:-1] + bytes([made[-1] ^ 1]))

    def test_a_refusal_and_rubbish(self, house: Stamped) -> None:
        self.refused(house, StampRefused, reply(b"", status=2))
        self.refused(house, MalformedStamp, b"")
        self.refused(house, MalformedStamp, token(house.note, TSA, TSA), b"no request")

    def test_over_a_checkpoint_that_the_log_does_not_extend(self, house: Stamped) -> None:
        made = token(house.note, TSA, TSA)
        with raw(house.place, guarded=False) as hand:
            altered_leaves(hand, 0)
        self.refused(house, Forked, made)

    def test_over_a_checkpoint_that_others_signed(self, house: Stamped) -> None:
        strange = Signer.generate("example.com/ledger", 1)
        text = Note.parse(house.note).text
        note = bytes(Note(text, (strange.sign(text, NOW),)))
        house.tamper("UPDATE checkpoints SET note = ?", note)
        self.refused(house, UnknownSigner, token(note, TSA, TSA))

    def refused(
        self, house: Stamped, error: type[Exception], data: bytes, answering: bytes | None = None
    ) -> None:
        with pytest.raises(error):
            stamps.attach(house.ledger, data, answering=answering, authorities=TRUSTED)
        assert not house.found(None)


class TestAttacks:
    """What is found out about a stamp that was kept, with the authority and without."""

    def test_the_note_was_changed(self, house: Stamped) -> None:
        note = house.stamp().note
        house.tamper("UPDATE timestamps SET note = ?", note + "— other AAAAAAA=\n".encode())
        self.found_out(house, StampOfOther, "it is not over the note that is kept beside it")

    def test_the_token_was_changed_for_one_over_another_note(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("UPDATE timestamps SET token = ?", token(b"other", TSA, TSA))
        self.found_out(house, StampOfOther, "it is not over the note")

    def test_the_time_was_changed(self, house: Stamped) -> None:
        made = house.stamp().token.data.replace(b"20260106", b"20160106")
        house.tamper("UPDATE timestamps SET token = ?", made)
        self.found_out(house, StampAltered, "what the time stamp says is not what was signed")

    def test_the_size_was_changed(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("UPDATE timestamps SET size = 2")
        self.found_out(house, StampOfOther, "of 2 entries: it is over a checkpoint of 3 entries")

    def test_the_token_is_rubbish(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("UPDATE timestamps SET token = x'00'")
        self.found_out(house, MalformedStamp, "this is not a time stamp")

    def test_the_token_is_a_refusal(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("UPDATE timestamps SET token = ?", refusal(2))
        self.found_out(house, MalformedStamp, "a refusal is kept in the place of a time stamp")

    def test_the_history_was_rewritten(self, house: Stamped) -> None:
        house.stamp()
        with raw(house.place, guarded=False) as hand:
            altered_leaves(hand, 0)
        self.found_out(house, Forked, "does not begin with the 3 entries that were signed before")

    def test_the_history_was_cut_off(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("DELETE FROM stored_events WHERE rowid > 1")
        self.found_out(house, RolledBack, "has 1 entries, but one of 3 was signed before")

    def test_the_tree_is_gone(self, house: Stamped) -> None:
        house.stamp()
        with raw(house.place, guarded=False) as hand:
            cut_leaves(hand, 0)
        self.found_out(house, NotVerified, "the tree holds less than the entries")

    def test_it_is_over_a_note_that_the_ledger_did_not_sign(self, house: Stamped) -> None:
        house.stamp()
        strange = Signer.generate("example.com/ledger", 1)
        text = Note.parse(house.note).text
        note = bytes(Note(text, (strange.sign(text, NOW),)))
        house.tamper("UPDATE timestamps SET note = ?, token = ?", note, token(note, TSA, TSA))
        self.found_out(house, UnknownSigner, "signed")

    def test_it_is_over_a_note_with_a_signature_that_does_not_fit(self, house: Stamped) -> None:
        house.stamp()
        other = "example.com/ledger\n3\n" + "A" * 43 + "=\n"
        note = house.note.replace(Note.parse(house.note).text.encode(), other.encode())
        house.tamper("UPDATE timestamps SET note = ?, token = ?", note, token(note, TSA, TSA))
        self.found_out(house, BadSignature, "does not fit")

    def test_it_is_over_rubbish(self, house: Stamped) -> None:
        house.stamp()
        house.tamper("UPDATE timestamps SET note = ?, token = ?", b"x", token(b"x", TSA, TSA))
        self.found_out(house, MalformedNote, "not a signed note")

    def found_out(self, house: Stamped, error: type[NotVerified], said: str) -> None:
        house.ledger.close()
        with Ledger.open(house.place) as ledger:
            for trusted in (TRUSTED, None):
                ((_, found),) = stamps.verify_stamps(ledger, trusted)
                assert type(found) is error
            (problem,) = stamps.timestamp_problems(ledger)[1]
            assert said in problem.what
            assert problem.what.startswith("a time stamp over the checkpoint of ")
            assert problem.position is None
            with pytest.raises(error):
                stamps.find_stamp(ledger)


def test_the_signature_can_only_be_checked_with_the_authority(house: Stamped) -> None:
    made = house.stamp().token.data
    house.tamper("UPDATE timestamps SET token = ?", made[:-1] + bytes([made[-1] ^ 1]))
    assert isinstance(house.found()[0], StampAltered)
    assert not house.problems


@pytest.mark.parametrize("change", ["UPDATE timestamps SET size = 2", "DELETE FROM timestamps"])
def test_a_stamp_is_never_changed(house: Stamped, change: str) -> None:
    house.stamp()
    with (
        raw(house.place) as connection,
        pytest.raises(Exception, match="a time stamp is never"),
    ):
        connection.execute(change)


def test_stamps_are_told_by_number(house: Stamped) -> None:
    with pytest.raises(StampNotFound):
        stamps.find_stamp(house.ledger)
    first = house.stamp()
    house.record(1)
    house.sign()
    second = house.stamp()
    assert stamps.find_stamp(house.ledger, 1) == first._replace(verified=False)
    assert stamps.find_stamp(house.ledger, 2) == second._replace(verified=False)
    assert stamps.find_stamp(house.ledger) == second._replace(verified=False)
    for number in (0, 3):
        with pytest.raises(StampNotFound):
            stamps.find_stamp(house.ledger, number)
