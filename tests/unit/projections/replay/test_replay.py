"""A case step by step, and what each step changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from answerable.cli.main import run
from answerable.domain.answers import json_value
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import of_case
from answerable.projections.replay.changes import sentence
from answerable.projections.replay.effects import effect_sentence
from answerable.projections.replay.replay import ReplayStep, carry, replay_all, replay_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"
START = datetime(2026, 3, 1, tzinfo=UTC)


class Book:
    """A ledger in which an event is recorded every day."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def add(self, kind: str, case: str = "acme", **fields: Any) -> str:
        told = {name.rstrip("_"): value for name, value in fields.items()}
        event = parse({"kind": kind, "case_id": case, **told})
        return self.ledger.append(event, recorded_by="test").event_id

    def finding(self, subject: str = "p-1", **fields: Any) -> str:
        told = {"outcome": "substantiated", "responsibility": "direct", **fields}
        return self.add("finding-made", subject=subject, **told)

    def sanction(self, subject: str = "p-1", **fields: Any) -> str:
        return self.add("sanction-imposed", subject=subject, **{"measure": "fine", **fields})

    def steps(self, **options: Any) -> list[ReplayStep]:
        return list(replay_case(self.ledger, "acme", **options))

    def last(self, **options: Any) -> ReplayStep:
        return self.steps(**options)[-1]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    days = iter(range(10_000))
    clock = lambda: START + timedelta(days=next(days))  # noqa: E731
    with Ledger.create(tmp_path / "a.db", clock=clock) as ledger:
        yield Book(ledger)


def changed(step: ReplayStep) -> list[str]:
    return [said for change in step.changes if (said := sentence(change)) is not None]


def affected(step: ReplayStep) -> list[str]:
    return [effect_sentence(effect) for effect in step.effects]


def test_the_steps_are_the_events_in_the_order_of_recording(book: Book) -> None:
    ids = [book.add("contact-made", counterparty="kol"), book.finding(), book.sanction()]
    book.finding(case="other")

    steps = book.steps()

    assert [step.event.event_id for step in steps] == ids
    assert [step.event.version for step in steps] == [1, 2, 3]
    assert [step.gist for step in steps] == [
        "Contact with kol",
        "Finding about p-1: substantiated, direct responsibility",
        "Sanction against p-1: fine",
    ]


def test_a_finding_makes_a_person_accountable(book: Book) -> None:
    book.finding()

    assert changed(book.last()) == [
        "finding about p-1: substantiated, direct responsibility",
        "p-1 is now accountable",
    ]


def test_an_acquittal_does_not(book: Book) -> None:
    book.finding(outcome="exonerated", responsibility="none")

    assert changed(book.last()) == ["finding about p-1: exonerated, no responsibility"]
    assert book.last().state.accountable == ()


def test_an_interim_measure_is_not_a_sanction(book: Book) -> None:
    book.add("interim-measure-taken", subject="p-1", measure="leave")

    assert changed(book.last()) == ["interim measure for p-1: leave (not a sanction)"]


@pytest.mark.parametrize(
    ("kind", "fields", "state"),
    [
        ("sanction-executed", {}, "executed"),
        ("sanction-suspended", {}, "suspended"),
        ("sanction-lifted", {"reason": "an error"}, "lifted"),
    ],
)
def test_what_becomes_of_a_sanction_is_told(
    book: Book, kind: str, fields: dict[str, Any], state: str
) -> None:
    book.finding()
    book.add(kind, sanction=book.sanction(), **fields)

    assert changed(book.last()) == [f"fine of p-1: was imposed, is now {state}"]


def test_what_kept_a_sanction_from_being_executed_is_told(book: Book) -> None:
    book.finding()
    book.add("sanction-not-executed", sanction=book.sanction(), cause="resigned-first")

    assert changed(book.last()) == [
        "fine of p-1: was imposed, is now not executed",
        "fine of p-1: what kept it from being executed: resigned first",
    ]
    assert book.last().state.accountable != ()


def test_lifting_the_only_ground_ends_accountability(book: Book) -> None:
    book.add("sanction-lifted", sanction=book.sanction(), reason="an error")

    assert changed(book.last())[-1] == "p-1 is no longer accountable"


def test_an_appeal_is_pending_then_overturns(book: Book) -> None:
    appeal = book.add("appeal-lodged", against=book.sanction(), appellant="p-1")
    book.add("appeal-decided", appeal=appeal, outcome="allowed")

    *_, lodged, decided = book.steps()

    assert changed(lodged) == ["fine of p-1: appeal was none, is now pending"]
    assert affected(lodged) == ["Appeal lodged by p-1 against the fine of p-1: pending"]
    assert changed(decided) == [
        "fine of p-1: was imposed, is now overturned on appeal",
        "fine of p-1: appeal was pending, is now allowed",
        "p-1 is no longer accountable",
    ]
    assert affected(decided) == [
        "Appeal lodged by p-1 against the fine of p-1: was pending, is now allowed"
    ]


def test_a_dispute_and_its_retraction(book: Book) -> None:
    dispute = book.add("dispute", target=book.finding(), by="p-1")
    book.add("retraction", target=dispute)

    *_, disputed, settled = book.steps()

    assert changed(disputed) == ["finding of p-1: disputed"]
    assert changed(settled) == ["finding of p-1: no longer disputed"]


def test_a_correction_tells_what_was_and_what_is(book: Book) -> None:
    finding = book.finding(severity="minor")
    correction = book.add("correction", target=finding, fields={"severity": "gross"})
    book.add("retraction", target=correction)

    *_, corrected, undone = book.steps()

    assert changed(corrected) == ["finding of p-1: severity was minor, is now gross"]
    assert changed(undone) == ["finding of p-1: severity was gross, is now minor"]


def test_a_correction_of_another_event_is_an_effect(book: Book) -> None:
    contact = book.add("contact-made", counterparty="kol", stage="contact")
    book.add("correction", target=contact, fields={"stage": None, "channel": "phone"})

    assert book.last().changes == ()
    assert affected(book.last()) == [
        "Contact with kol (stage: contact): stage was contact, is now not told",
        "Contact with kol (stage: contact): channel was not told, is now phone",
    ]


def test_a_corrected_subject_moves_the_finding(book: Book) -> None:
    book.add("correction", target=book.finding(), fields={"subject": "p-2"})

    assert changed(book.last()) == [
        "finding of p-1: no longer stands",
        "finding about p-2: substantiated, direct responsibility",
        "p-1 is no longer accountable",
        "p-2 is now accountable",
    ]


def test_a_retraction_takes_back(book: Book) -> None:
    sanction = book.sanction()
    executed = book.add("sanction-executed", sanction=sanction)
    book.add("retraction", target=executed)
    book.add("retraction", target=sanction)

    *_, undone, gone = book.steps()

    assert changed(undone) == ["fine of p-1: was executed, is now imposed"]
    assert [each.what for each in undone.begun] == ["sanction to execute"]
    assert changed(gone) == ["fine of p-1: no longer stands", "p-1 is no longer accountable"]
    assert gone.state.people == ()


def test_a_case_opens_closes_and_opens_again(book: Book) -> None:
    book.add("case-opened", title="A case")
    book.add("case-closed", disposition="no-action")
    book.add("case-reopened", reason="news")

    assert [affected(step) for step in book.steps()] == [
        ["case: open"],
        ["case: was open, is now closed"],
        ["case: was closed, is now open"],
    ]


def test_a_bar_stands_until_it_is_lifted(book: Book) -> None:
    bar = book.add("counterparty-barred", counterparty="kol")
    book.add("bar-lifted", bar=bar)

    assert [affected(step) for step in book.steps()] == [
        ["kol barred (end not stated): in force"],
        ["kol barred (end not stated): was in force, is now lifted"],
    ]


def test_a_bar_that_is_retracted_no_longer_stands(book: Book) -> None:
    book.add("retraction", target=book.add("counterparty-barred", counterparty="kol"))

    assert affected(book.last()) == ["kol barred (end not stated): was in force, is now retracted"]


def test_an_overturned_decision_and_a_disputed_contact_are_effects(book: Book) -> None:
    decision = book.add("decision-taken", outcome="terminate")
    appeal = book.add("appeal-lodged", against=decision)
    book.add("appeal-decided", appeal=appeal, outcome="allowed")
    book.add("dispute", target=book.add("contact-made", counterparty="kol"))

    first, lodged, decided, _, disputed = book.steps()

    assert affected(first) == []
    assert "Decision: terminate: under appeal" in affected(lodged)
    assert "Decision: terminate: was under appeal, is now overturned on appeal" in affected(decided)
    assert affected(disputed) == ["Contact with kol: disputed"]


def test_what_is_open_is_begun_ended_and_counted(book: Book) -> None:
    book.add("case-opened", title="A case")
    sanction = book.sanction()
    book.add("contact-made", counterparty="kol")
    book.add("sanction-executed", sanction=sanction)

    told = [
        ([each.what for each in step.begun], [each.what for each in step.ended], step.open)
        for step in book.steps()
    ]

    assert told == [
        (["case to close"], [], 1),
        (["sanction to execute"], [], 2),
        ([], [], 2),
        ([], ["sanction to execute"], 1),
    ]


class TestUntil:
    @pytest.fixture
    def ids(self, book: Book) -> list[str]:
        book.add("contact-made", "other", counterparty="kol")
        return [book.finding(), book.sanction(), book.sanction(measure="demotion")]

    def test_an_event(self, book: Book, ids: list[str]) -> None:
        assert [step.event.event_id for step in book.steps(until=ids[1])] == ids[:2]

    def test_a_position(self, book: Book, ids: list[str]) -> None:
        assert [step.event.event_id for step in book.steps(until=2)] == ids[:2]
        assert book.steps(until=0) == []

    def test_an_event_of_another_case(self, book: Book, ids: list[str]) -> None:
        elsewhere = next(book.ledger.events(case="other")).event_id

        with pytest.raises(NotFound, match="no event"):
            next(replay_case(book.ledger, "acme", until=elsewhere))


def test_known_by_leaves_out_what_was_recorded_later(book: Book) -> None:
    book.finding()
    book.sanction()
    then = datetime.fromisoformat(book.steps()[0].event.recorded_at)

    assert len(book.steps(known_by=then)) == 1


def test_a_case_that_is_not_there_is_not_found(book: Book) -> None:
    book.finding(case="other")

    with pytest.raises(NotFound, match="'acme'"):
        book.steps()
    book.finding()
    with pytest.raises(NotFound, match="by then"):
        book.steps(known_by=START - timedelta(days=1))


def test_as_of_leaves_out_what_had_not_happened(book: Book) -> None:
    book.finding(occurred="2026-01-05")
    book.sanction(occurred="2026-02-05")
    vague = book.sanction(occurred="2026-01")
    as_of = datetime(2026, 1, 6, tzinfo=UTC)

    steps = book.steps(as_of=as_of)

    assert [step.as_of for step in steps] == ["yes", "unknown"]
    assert steps[-1].event.event_id == vague


def test_a_step_that_brings_something_into_the_time_asked_about_is_kept(book: Book) -> None:
    sanction = book.sanction(occurred="2026-02-05")
    book.add(
        "correction", target=sanction, fields={"occurred": "2026-01-05"}, occurred="2026-03-01"
    )
    as_of = datetime(2026, 1, 6, tzinfo=UTC)

    (step,) = book.steps(as_of=as_of)

    assert step.as_of == "no"
    assert changed(step) == ["sanction against p-1: fine (imposed)", "p-1 is now accountable"]


def test_the_example_case_ends_with_three_people_accountable(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        lines = EXAMPLE.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by="test")
        *_, last = replay_case(ledger, "xiaomi-kol")

        assert last.state == accountability_of(CaseView(of_case(ledger, "xiaomi-kol")))
        assert len(last.state.accountable) == 3
        assert sum(len(person.sanctions) for person in last.state.people) == 7


def test_a_step_is_plain_data(book: Book) -> None:
    book.finding()

    (told,) = json_value(book.steps())

    assert told["event"]["kind"] == "finding-made"
    assert told["changes"][0]["now"]["outcome"] == "substantiated"
    assert told["state"]["people"][0]["accountable"] == "yes"


def test_the_whole_log_is_folded_a_case_at_a_time(book: Book) -> None:
    book.finding(case="beta")
    book.finding(case="alpha")
    book.sanction(case="beta", subject="p-2")
    then = datetime.fromisoformat(next(book.ledger.events(case="alpha")).recorded_at)

    assert [
        (state.case_id, [person.party for person in state.accountable])
        for state in replay_all(book.ledger)
    ] == [("alpha", ["p-1"]), ("beta", ["p-1", "p-2"])]
    assert [len(state.people) for state in replay_all(book.ledger, known_by=then)] == [1, 1]


class TestCommand:
    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        place = tmp_path / "example.db"
        with Ledger.create(place) as ledger:
            lines = EXAMPLE.read_bytes().splitlines()
            ledger.append_all([parse_line(line) for line in lines], recorded_by="Jo")
        return str(place)

    def test_a_case_is_told_step_by_step(
        self, place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["replay", "xiaomi-kol", "--ledger", place]) == 0
        out = capsys.readouterr().out

        assert "#16 · on or before 2026-01-06 · Finding about Xu Fei: substantiated" in out
        assert "→ Xu Fei is now accountable" in out
        assert "open now: 3 (+ sanction to execute: Xu Fei #21)" in out
        assert "Three people are accountable." in out
        assert "UTC by Jo" in out

    def test_json_is_a_step_a_line(self, place: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["replay", "xiaomi-kol", "--ledger", place, "--json"]) == 0
        steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

        assert [step["event"]["position"] for step in steps] == list(range(6, 28))
        assert steps[-1]["accountable"] == ["person-4", "person-2", "person-3"]
        assert steps[0]["sealed"]["recorded_by"] == "Jo"

    @pytest.mark.parametrize(
        ("until", "steps"), [("8", 3), ("#8", 3), ("#2999", 22), ("step:3", 3), ("step:99", 22)]
    )
    def test_until(
        self, place: str, until: str, steps: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code = run(["replay", "xiaomi-kol", "--ledger", place, "--json", "--until", until])

        assert code == 0
        assert len(capsys.readouterr().out.splitlines()) == steps

    @pytest.mark.parametrize(
        "arguments",
        [
            ["nowhere"],
            ["xiaomi-kol", "--until", "0"],
            ["xiaomi-kol", "--until", "x"],
            ["xiaomi-kol", "--until", "step:0"],
        ],
    )
    def test_what_is_not_there_is_not_found(self, place: str, arguments: list[str]) -> None:
        expected = 0 if arguments[-1] == "0" else 2

        assert run(["replay", *arguments, "--ledger", place]) == expected

    def test_what_was_erased_is_told(self, place: str, capsys: pytest.CaptureFixture[str]) -> None:
        with Ledger.open(place) as ledger:
            event = {
                "kind": "personal-data-erased",
                "case_id": "xiaomi-kol",
                "subject": "person-2",
                "legal_basis": "gdpr art. 17(1)(a)",
            }
            ledger.append(parse(event), recorded_by="Jo")

        assert run(["replay", "xiaomi-kol", "--ledger", place]) == 0
        out = capsys.readouterr().out
        assert "→ person-2 is now accountable" in out
        assert "conduct: (erased)" in out


def test_what_is_still_to_be_done_is_told_with_its_corrected_deadline(book: Book) -> None:
    sanction = book.sanction(due="2026-03-31")
    book.add("correction", target=sanction, fields={"due": "2026-06-30"})
    book.add("sanction-suspended", sanction=sanction)

    steps = book.steps()
    due: dict[tuple[str, str], Obligation] = {}
    told = []
    for step in steps:
        carry(due, step)
        told += [(each.due, each.suspended, step.open) for each in due.values()]

    assert told == [("2026-03-31", "no", 1), ("2026-06-30", "no", 1), ("2026-06-30", "yes", 1)]
    assert [len(step.altered) for step in steps] == [0, 1, 1]


def test_what_was_concluded_is_not_open_again_for_what_names_it(book: Book) -> None:
    inquiry = book.add("investigation-opened")
    book.add("investigation-concluded")
    book.sanction(basis=[inquiry])

    assert [step.open for step in book.steps()] == [1, 0, 1]
    assert [each.what for each in book.last().begun] == ["sanction to execute"]


def test_another_measure_is_called_so(book: Book) -> None:
    book.sanction(measure="other", measure_text="to return the watch")
    assert changed(book.last())[0] == "sanction against p-1: another measure (imposed)"
    assert book.last().gist == "Sanction against p-1: another measure"
