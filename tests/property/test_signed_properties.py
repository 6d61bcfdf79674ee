"""What holds of every history that is signed: it reads, exports and restores as one that is not."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.openssh import Key

from answerable.domain.event import Event
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.prepared import Prepared
from answerable.ledger.actors.verify import check_signatures
from answerable.ledger.entry.statement import statement
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer import export
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record

KEY = Key.generate("ssh-ed25519")
SIGNERS = AllowedSigners.parse(f"jane {KEY.line}".encode())


@settings(max_examples=examples(20))
@given(histories(without=()), st.data())
def test_a_signed_history(events: list[Event], data: st.DataObject) -> None:
    with (
        TemporaryDirectory() as folder,
        Ledger.create(Path(folder, "signed.db")) as signed,
        Ledger.create(Path(folder, "plain.db")) as plain,
        Ledger.create(Path(folder, "copy.db")) as copy,
    ):
        how_many = 0
        for event in events:
            if not data.draw(st.booleans()):
                signed.append(event, recorded_by="jane")
                continue
            prepared = signed.prepare(event, recorded_by="jane")
            read = Prepared.parse(bytes(prepared))
            assert read == prepared
            assert read.statement == prepared.statement
            signed.append_prepared(read, KEY.sign(read.statement), SIGNERS)
            how_many += 1
        told = [each.line for each in export.exported_events(signed)]
        identified = [
            event.model_copy(update={"event_id": recorded.event_id})
            for event, recorded in zip(events, signed.events(), strict=True)
        ]
        plain.append_all(identified, recorded_by="jane")
        assert [each.line for each in export.exported_events(plain)] == told
        assert [statement(plain.entry(at) or b"")[:50] for at in range(len(events))] == [
            statement(signed.entry(at) or b"")[:50] for at in range(len(events))
        ]
        # The same events once more are on record already.
        assert all(each.duplicate for each in signed.append_all(identified, recorded_by="bob"))

        entries = Path(folder, "entries.jsonl")
        entries.write_bytes(b"\n".join(export.exported_entries(signed)))
        with entries.open("rb") as file:
            restore(copy, lines(file))
        for ledger in (signed, copy):
            assert verify_record(ledger).verified
            found = check_signatures(ledger, SIGNERS)
            assert (found.signed + found.erased, found.problems) == (how_many, ())
        assert copy.head() == signed.head()
