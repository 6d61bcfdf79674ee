"""Test appends in one round trip: what may go so, and that it is what a look would have given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.postgresql import Server
from tests.support.turns import Turns, counting

from answerable.domain.errors import AnswerableError
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.drafting.unseen import MOST
from answerable.ledger.verify.record import verify_record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


PERSON = {"kind": "party-registered", "case_id": "house", "party": "p-7", "type": "person",
          "name": "Magdalena Quist"}  # fmt: skip


def contact(case: str = "acme", **fields: Any) -> dict[str, Any]:
    return {"kind": "contact-made", "case_id": case, "counterparty": "org-1", **fields}


@pytest.fixture
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    Ledger.create(postgresql.address(name)).close()
    yield name
    postgresql.put_back(name)


@pytest.fixture
def counted(postgresql: Server, database: str) -> Iterator[tuple[Ledger, Turns]]:
    with counting(postgresql.folder) as (folder, turns):
        address = postgresql.address(database).replace(str(postgresql.folder), folder)
        with Ledger.open(address, clock=lambda: NOW) as opened:
            opened.append(contact(), recorded_by="jane")
            yield opened, turns


def turns_of(turns: Turns, run: Callable[[], object]) -> int:
    before = turns.number
    run()
    return turns.number - before


def test_an_append_in_a_case_at_hand_is_one_round_trip(counted: tuple[Ledger, Turns]) -> None:
    ledger, turns = counted
    found = [
        turns_of(turns, lambda: ledger.append(contact(), recorded_by="jane")) for _ in range(11)
    ]
    # Once, the statement is prepared.
    assert sorted(found) == [1] * 10 + [2]
    some = [contact(purpose="talks") for _ in range(5)]
    assert turns_of(turns, lambda: ledger.append_all(some, recorded_by="jane")) == 1
    assert verify_record(ledger).problems == ()


def test_a_look_at_the_index_of_names_has_no_case_read_again(
    counted: tuple[Ledger, Turns], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, turns = counted
    some = [contact() for _ in range(MOST)]

    def read(_: object, case_id: str) -> NoReturn:
        raise AssertionError(case_id)

    monkeypatch.setattr("answerable.ledger.store.case_states._fold_case", read)
    found = [turns_of(turns, lambda: ledger.append_all(some, recorded_by="jane")) for _ in range(6)]
    assert found.count(1) >= 4
    assert max(found) > 2
    assert len(ledger) == 1 + 6 * MOST


def test_what_has_to_be_looked_up_takes_a_few(counted: tuple[Ledger, Turns]) -> None:
    ledger, turns = counted
    # It begins, asks where the log ends and for the case, appends and commits.
    assert turns_of(turns, lambda: ledger.append(contact("b"), recorded_by="jane")) == 5
    assert turns_of(turns, lambda: ledger.append(contact("b"), recorded_by="jane")) == 1


def test_others_in_other_cases_are_no_hindrance(
    counted: tuple[Ledger, Turns], postgresql: Server, database: str
) -> None:
    ledger, turns = counted
    late = NOW + timedelta(seconds=30)
    with Ledger.open(postgresql.address(database), clock=lambda: late) as other:
        other.append(contact("b"), recorded_by="jim")
        made = []
        assert turns_of(turns, lambda: made.append(ledger.append(contact(), recorded_by="j"))) == 1
        # It bears the time of the entry before, as it would have after a look.
        assert made[0].recorded_at == "2026-03-01T12:00:30.000000Z"
        assert (made[0].position, made[0].version) == (2, 2)
        assert ledger.head() == (made[0].size, made[0].root)
        entry = ledger.entry(2)
        assert entry is not None
        assert b'"recorded_at":"2026-03-01T12:00:30.000000Z"' in entry
        # In the same case, it is looked at again.
        other.append(contact(), recorded_by="jim")
        assert ledger.append(contact(), recorded_by="jane").version == 4
    assert verify_record(ledger).problems == ()


@pytest.mark.parametrize("ahead", [timedelta(minutes=2), timedelta(seconds=59)])
def test_a_clock_behind_the_last_entry_is_judged_by_a_look(
    postgresql: Server, database: str, ahead: timedelta
) -> None:
    clock = [NOW]
    with (
        Ledger.open(postgresql.address(database), clock=lambda: clock[0]) as ledger,
        Ledger.open(postgresql.address(database), clock=lambda: NOW + ahead) as other,
    ):
        ledger.append(contact(), recorded_by="jane")
        other.append(contact("b"), recorded_by="jim")
        if ahead > timedelta(minutes=1):
            with pytest.raises(AnswerableError, match="the clock says"):
                ledger.append(contact(), recorded_by="jane")
        else:
            assert ledger.append(contact(), recorded_by="jane").position == 2
        assert verify_record(ledger).problems == ()


def test_a_name_that_another_registered_meanwhile_is_refused(
    postgresql: Server, database: str
) -> None:
    with (
        Ledger.open(postgresql.address(database)) as ledger,
        Ledger.open(postgresql.address(database)) as other,
    ):
        ledger.append(contact(), recorded_by="jane")
        other.append(PERSON, recorded_by="jim")
        with pytest.raises(AnswerableError, match="tells part of the name of p-7"):
            ledger.append(contact(counterparty="magdalena-quist"), recorded_by="jane")
        assert ledger.append(contact(), recorded_by="jane").position == 2


def put_back(postgresql: Server, database: str) -> None:
    """Have the server forget all that was recorded, as a restored backup does."""
    postgresql.sql(
        "SET search_path TO answerable; SET session_replication_role TO replica; "
        "ALTER TABLE stored_events DISABLE TRIGGER USER; ALTER TABLE head DISABLE TRIGGER USER;"
        "ALTER TABLE disclosures DISABLE TRIGGER USER; DELETE FROM stored_events;"
        "DELETE FROM disclosures; UPDATE head SET size = 0, edge = '';"
        "DO $$ DECLARE guard record; BEGIN FOR guard IN SELECT tgname, tgrelid::regclass AS place "
        "FROM pg_trigger WHERE NOT tgisinternal LOOP EXECUTE format("
        "'ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.place, guard.tgname); END LOOP; END $$",
        database,
    )


@pytest.mark.parametrize("since", [0, 2, 3, 5])
def test_a_log_that_was_put_back_is_looked_at_again(
    postgresql: Server, database: str, since: int
) -> None:
    with (
        Ledger.open(postgresql.address(database)) as ledger,
        Ledger.open(postgresql.address(database)) as other,
    ):
        for _ in range(3):
            ledger.append(contact(), recorded_by="jane")
        put_back(postgresql, database)
        for _ in range(since):
            other.append(contact("b"), recorded_by="jim")
        made = ledger.append(contact(), recorded_by="jane")
        assert (made.position, made.version) == (since, 1)
        assert ledger.append(contact(), recorded_by="jane").version == 2
        assert verify_record(ledger).problems == ()


@pytest.mark.parametrize("since", [1, 2, 3])
@pytest.mark.parametrize("case", ["acme", "c"])
def test_a_name_in_what_was_recorded_since_it_was_put_back_is_seen(
    postgresql: Server, database: str, since: int, case: str
) -> None:
    telling = contact(case, counterparty="magdalena-quist")
    with (
        Ledger.open(postgresql.address(database)) as ledger,
        Ledger.open(postgresql.address(database)) as other,
    ):
        for _ in range(2):
            ledger.append(contact(counterparty="magdalena-quist"), recorded_by="jane")
        put_back(postgresql, database)
        other.append_all([PERSON, *[contact()] * (since - 1)], recorded_by="jim")
        with pytest.raises(AnswerableError, match="tells part of the name of p-7"):
            ledger.append(telling, recorded_by="jane")


IDS = [f"019b8c00-0000-7000-8000-00000000000{number}" for number in range(4)]

NAMES = ["Ann Bo", "Cy Dahl", "Eva Fu", "Gus Ho"]

STEPS = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["contact", "id", "bad", "expected", "party", "named", "two"]),
    st.integers(0, 3),
)


def events_of(case: str, what: str, number: int) -> list[Mapping[str, Any]]:
    if what == "id":
        return [contact(case, event_id=IDS[number], purpose=f"talks {number % 2}")]
    if what == "bad":
        return [contact(case), {"kind": "sanction-executed", "case_id": case, "sanction": IDS[0]}]
    if what == "party":
        return [{"kind": "party-registered", "case_id": case, "party": f"p-{number}",
                 "type": "person", "name": NAMES[number]}]  # fmt: skip
    if what == "named":
        return [contact(case, counterparty=NAMES[number].lower().replace(" ", "-"))]
    return [contact(case)] * (2 if what == "two" else 1)


def outcome(ledger: Ledger, case: str, what: str, number: int) -> object:
    expected = {case: number} if what == "expected" else None
    try:
        made = ledger.append_all(
            events_of(case, what, number), recorded_by="jane", expected_versions=expected
        )
    except AnswerableError as error:
        return type(error).__name__, error.index, error.field
    return [(each.position, each.version, each.duplicate, each.size) for each in made]


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, min_size=5, max_size=25))
def test_two_on_a_server_are_answered_as_one_at_a_file(
    postgresql: Server, tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[int, str, str, int]],
) -> None:  # fmt: skip
    name = postgresql.database()
    place: Path = tmp_path_factory.mktemp("one") / "a.db"
    Ledger.create(postgresql.address(name)).close()
    with (
        Ledger.create(place) as one,
        Ledger.open(postgresql.address(name)) as first,
        Ledger.open(postgresql.address(name), durability="group") as second,
    ):
        for who, case, what, number in steps:
            found = outcome((first, second)[who], case, what, number)
            assert found == outcome(one, case, what, number)
        assert verify_record(first).problems == ()
        assert first.head().size == one.head().size
    postgresql.put_back(name)


def test_the_tree_that_the_server_grows_is_that_of_the_entries(
    postgresql: Server, database: str
) -> None:
    with Ledger.open(postgresql.address(database)) as ledger:
        for size in (250, 505, 765):
            ledger.append_all([contact() for _ in range(size - len(ledger))], recorded_by="jane")
            for _ in range(4):
                ledger.append_all([contact(), contact(), contact()], recorded_by="jane")
                receipt = ledger.append(contact("b"), recorded_by="jane")
                assert (receipt.size, receipt.root) == ledger.head()
        assert verify_record(ledger).problems == ()
