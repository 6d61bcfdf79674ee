"""What a case accepts, a ledger takes, and reads back to the same state."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain.case import CaseState, target_of
from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.kinds import TARGETS
from answerable.ledger.ledger import Ledger
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record


def seen(state: CaseState) -> tuple[object, ...]:
    return tuple(getattr(state, name) for name in CaseState.__slots__)


def folded(ledger: Ledger, case_id: str) -> CaseState:
    """The state of a case, from what is stored of it."""
    state = CaseState(case_id)
    for event in ledger.events(case=case_id):
        target = TARGETS.get(event.kind)
        state.apply(event.event_id, event.kind, event.fields.get(target) if target else None)
    return state


@settings(max_examples=examples(25))
@given(histories(max_events=20))
def test_what_a_case_accepts_is_recorded_and_folds_to_the_same_state(history: list[Event]) -> None:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger.db") as ledger:
        told: dict[str, CaseState] = {}
        for event in history:
            receipt = ledger.append(event, recorded_by="p-1")
            state = told.setdefault(event.case_id, CaseState(event.case_id))
            assert receipt.version == state.apply(receipt.event_id, event.kind, target_of(event))
        assert {case.case_id for case in ledger.cases()} == set(told)
        for case_id, state in told.items():
            assert seen(folded(ledger, case_id)) == seen(state)


def texts(ledger: Ledger) -> list[tuple[object, ...]]:
    """The texts behind the commitments, and whom they are about."""
    with ledger._reading() as cursor:
        return cursor.execute("SELECT * FROM disclosures WHERE disclosure IS NOT NULL").fetchall()


@settings(max_examples=examples(25))
@given(histories(max_events=20, without=()))
def test_what_is_restored_is_what_was_there(history: list[Event]) -> None:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "first.db") as first:
        for event in history:
            # An erasure is refused while a legal hold stands.
            with suppress(Refused):
                first.append(event, recorded_by="p-1" if len(event.case_id) % 2 else "Jane Doe")
        backup = Path(folder) / "backup.jsonl"
        backup.write_bytes(b"".join(line + b"\n" for line in exported_entries(first)))
        with Ledger.create(Path(folder) / "second.db") as second, backup.open("rb") as stream:
            assert restore(second, lines(stream)) == first.head()
            assert verify_record(second).verified
            assert [second.entry(at) for at in range(len(second))] == [
                first.entry(at) for at in range(len(first))
            ]
            assert texts(second) == texts(first)
            assert list(exported_entries(second)) == list(exported_entries(first))
