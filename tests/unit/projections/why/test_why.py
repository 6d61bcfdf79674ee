"""What things rest on, and which links are missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.cli.asking.why_text import DEEPEST
from answerable.cli.main import run
from answerable.domain.answers import json_value
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.why.node import Node
from answerable.projections.why.why import Derivation, tree_lines, why_event, why_person

EXAMPLE = Path(__file__).parents[4] / "examples" / "xiaomi-kol.jsonl"


class Log(Memory):
    """A record in memory."""

    def put(self, kind: str, case_id: str = "acme", **fields: Any) -> str:
        """Record an event; gives its id."""
        return self.add(case_id, kind=kind, **fields)

    def why(self, event_id: str, **options: Any) -> Derivation:
        """What an event rests on."""
        event = self.event(event_id)
        assert event is not None
        return why_event(self, event, **options)


NOWHERE = "019b8a5e-7c00-7000-8000-ffffffffffff"
DIGEST = "sha256:" + "ab" * 32
BLAME = {"outcome": "substantiated", "responsibility": "direct"}


class Whole:
    """A chain in which nothing is missing: the ids of its events."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.grant = log.put(
            "authority-granted",
            "house",
            party="board",
            measures=["fine", "demotion"],
            **{"from": "2025"},
        )
        self.allegation = log.put(
            "allegation-made", subject="p-1", conduct="theft", occurred="2026-01-02"
        )
        self.heard = log.put("subject-heard", subject="p-1", occurred="2026-01-03")
        self.evidence = log.put(
            "evidence-registered",
            digest=DIGEST,
            collected_by="p-9",
            occurred="2026-01-03",
        )
        self.finding = log.put(
            "finding-made",
            subject="p-1",
            allegation=self.allegation,
            clause="code 4.2",
            occurred="2026-01-04",
            basis=[self.evidence],
            **BLAME,
        )
        self.decision = log.put(
            "decision-taken",
            outcome="sanction",
            deciders=["board"],
            authority=self.grant,
            occurred="2026-01-05",
            basis=[self.finding],
        )
        self.sanction = log.put(
            "sanction-imposed",
            subject="p-1",
            measure="fine",
            occurred="2026-01-06",
            basis=[self.decision],
        )


def called(party: str) -> str:
    return {"board": "The Board", "p-1": "Ada"}.get(party, party)


@pytest.fixture
def log() -> Log:
    return Log()


def lacks(derivation: Derivation, event_id: str | None = None) -> set[str]:
    node = derivation.nodes[event_id or derivation.roots[0]]
    return {each.link for each in node.missing}


def everything_missing(derivation: Derivation) -> dict[str, list[str]]:
    return {
        node.kind: [each.link for each in node.missing]
        for node in derivation.nodes.values()
        if node.missing
    }


def every_problem(derivation: Derivation) -> list[str]:
    return [problem for node in derivation.nodes.values() for problem in node.problems]


def test_a_whole_chain_is_laid_out_down_to_the_evidence(log: Log) -> None:
    chain = Whole(log)

    derivation = log.why(chain.sanction)

    assert [(line.depth, line.field, line.node.event_id) for line in tree_lines(derivation)] == [
        (0, "", chain.sanction),
        (1, "basis", chain.decision),
        (2, "authority", chain.grant),
        (2, "basis", chain.finding),
        (3, "allegation", chain.allegation),
        (3, "basis", chain.evidence),
    ]
    assert everything_missing(derivation) == {}
    assert every_problem(derivation) == []


def test_a_node_tells_who_decided_by_what_authority_and_under_which_clause(log: Log) -> None:
    chain = Whole(log)
    nodes = log.why(chain.sanction, name_of=called).nodes

    assert nodes[chain.decision].deciders == ("board",)
    assert nodes[chain.decision].authority == chain.grant
    assert nodes[chain.decision].gist == "Decision: sanction by The Board"
    assert nodes[chain.finding].clause == "code 4.2"
    assert nodes[chain.finding].subject == "p-1"
    assert nodes[chain.sanction].gist == "Sanction against Ada: fine"


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("sanction-imposed", {"subject": "p-1", "measure": "fine"}, {"decision", "finding"}),
        ("engagement-terminated", {"counterparty": "kol"}, {"decision"}),
        ("counterparty-barred", {"counterparty": "kol"}, {"decision"}),
        ("decision-taken", {"outcome": "terminate"}, {"deciders", "authority"}),
        ("finding-made", {"subject": "p-1", **BLAME}, {"evidence", "clause", "hearing"}),
        (
            "finding-made",
            {"subject": "p-1", "outcome": "exonerated", "responsibility": "none"},
            {"evidence"},
        ),
        ("evidence-registered", {"digest": DIGEST}, {"collector", "collected"}),
        ("contact-made", {"counterparty": "kol"}, set()),
    ],
)
def test_what_is_not_on_record_is_named(
    log: Log, kind: str, fields: dict[str, Any], missing: set[str]
) -> None:
    assert lacks(log.why(log.put(kind, **fields))) == missing


def test_a_missing_link_is_said_in_a_sentence(log: Log) -> None:
    sanction = log.put("sanction-imposed", subject="p-1", measure="fine")
    finding = log.put("finding-made", subject="p-1", **BLAME)
    said = [
        each.text
        for event_id in (sanction, finding)
        for each in log.why(event_id, name_of=called).nodes[event_id].missing
    ]

    assert said == [
        "no decision on record that this sanction rests on",
        "no finding about Ada on record that this sanction rests on",
        "no evidence on record that this finding rests on",
        "which clause was breached is not told",
        "no hearing of Ada is on record",
    ]


def test_a_finding_about_someone_else_is_no_ground(log: Log) -> None:
    chain = Whole(log)
    sanction = log.put("sanction-imposed", subject="p-2", measure="fine", basis=[chain.decision])

    assert lacks(log.why(sanction)) == {"finding"}


def test_evidence_may_lie_deeper_down(log: Log) -> None:
    evidence = log.put("evidence-registered", digest=DIGEST)
    check = log.put("verification-completed", result="confirmed", basis=[evidence])
    finding = log.put("finding-made", subject="p-1", basis=[check], **BLAME)

    assert "evidence" not in lacks(log.why(finding))


def test_a_basis_may_lie_in_another_case(log: Log) -> None:
    chain = Whole(log)
    sanction = log.put(
        "sanction-imposed", "other", subject="p-1", measure="fine", basis=[chain.decision]
    )

    derivation = log.why(sanction)

    assert everything_missing(derivation) == {}, "the hearing is looked for in the finding's case"
    assert {node.case_id for node in derivation.nodes.values()} == {"other", "acme", "house"}


def test_of_a_case_that_was_not_read_it_is_not_told_whether_it_was_opened(log: Log) -> None:
    log.put("case-opened", "house", title="The house's registers")
    chain = Whole(log)
    log.put("sanction-imposed", subject="p-1", measure="fine", basis=[chain.decision])
    # It names the person, and so is looked at for what is held against them.
    log.put("commitment-made", "house", by="p-1", promise="to train")

    for derivation in (log.why(chain.decision), why_person(log, "p-1")):
        house = derivation.cases["house"]
        assert (house.read, house.state, house.opened_by) == (False, None, None)
        assert "opened" not in house.how


def test_a_node_reached_twice_is_laid_out_once_and_referred_to_after(log: Log) -> None:
    chain = Whole(log)
    sanction = log.put(
        "sanction-imposed",
        subject="p-1",
        measure="demotion",
        basis=[chain.decision, chain.finding],
    )

    lines = [
        (line.depth, line.node.event_id, line.again)
        for line in tree_lines(log.why(sanction))
        if line.node.event_id in (chain.finding, chain.evidence)
    ]

    assert lines == [
        (2, chain.finding, False),
        (3, chain.evidence, False),
        (1, chain.finding, True),
    ]


def test_what_was_retracted_is_shown_but_bears_nothing(log: Log) -> None:
    chain = Whole(log)
    retraction = log.put("retraction", target=chain.decision)

    derivation = log.why(chain.sanction)
    sanction = derivation.nodes[chain.sanction]

    assert lacks(derivation) == {"decision", "finding"}
    assert derivation.nodes[chain.decision].retracted_by == retraction
    assert sanction.problems == ("rests on what was retracted: Decision: sanction by board",)


def test_what_rests_on_a_withdrawn_decision_is_not_borne(log: Log) -> None:
    chain = Whole(log)
    gone = log.put("decision-withdrawn", decision=chain.decision, occurred="2026-03-01")
    end = log.put("engagement-terminated", counterparty="kol-1", basis=[chain.decision])

    for event in (chain.sanction, end):
        derivation = log.why(event)
        assert derivation.nodes[chain.decision].withdrawn_by == gone
        problems = derivation.nodes[event].problems
        assert "rests on what was withdrawn: Decision: sanction by board" in problems


def test_what_rests_on_blame_that_was_withdrawn_is_not_borne(log: Log) -> None:
    chain = Whole(log)
    log.put("blame-withdrawn", blame=chain.finding, occurred="2026-03-01")
    (problem,) = log.why(chain.sanction).nodes[chain.decision].problems
    assert problem.startswith("rests on what was withdrawn: Finding about")


def test_what_was_overturned_on_appeal_is_told(log: Log) -> None:
    chain = Whole(log)
    appeal = log.put("appeal-lodged", against=chain.finding)
    outcome = log.put("appeal-decided", appeal=appeal, outcome="allowed", deciders=["board"])

    derivation = log.why(chain.sanction)

    assert derivation.nodes[chain.finding].appeal == "allowed"
    assert len(derivation.nodes[chain.decision].problems) == 1
    assert "overturned on appeal" in derivation.nodes[chain.decision].problems[0]
    assert every_problem(log.why(outcome)) == [], "the appeal is not borne by what it overturned"


def test_an_allowed_appeal_or_a_retraction_is_no_problem_of_what_acts_upon_it(log: Log) -> None:
    chain = Whole(log)
    executed = log.put("sanction-executed", sanction=chain.sanction)
    retraction = log.put("retraction", target=chain.sanction)

    assert log.why(executed).nodes[executed].problems == ()
    assert log.why(retraction).nodes[retraction].problems == ()


def test_marks_of_dispute_and_correction_are_shown(log: Log) -> None:
    chain = Whole(log)
    dispute = log.put("dispute", target=chain.finding)
    correction = log.put("correction", target=chain.finding, fields={"clause": "code 7"})

    node = log.why(chain.sanction).nodes[chain.finding]

    assert (node.disputed_by, node.corrected_by, node.clause) == (
        (dispute,),
        (correction,),
        "code 7",
    )


def test_a_correction_may_supply_a_link_and_take_one_away(log: Log) -> None:
    chain = Whole(log)
    late = log.put("sanction-imposed", subject="p-1", measure="demotion")
    log.put("correction", target=late, fields={"basis": [chain.decision]})
    log.put("correction", target=chain.decision, fields={"authority": None})

    derivation = log.why(late)

    assert lacks(derivation) == set()
    assert lacks(derivation, chain.decision) == {"authority"}


def test_what_rests_on_an_event_that_is_gone_says_so(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = log.put("evidence-registered", digest=DIGEST)
    finding = log.put("finding-made", subject="p-1", basis=[evidence], **BLAME)
    held = log.event(finding)
    assert held is not None
    monkeypatch.setattr(log, "event", lambda _: None)
    monkeypatch.setattr(log, "events", lambda **_: iter([held]))

    derivation = why_event(log, held)

    assert f"names {evidence}, and there is no such event on record" in (
        derivation.nodes[finding].problems
    )


def test_a_correction_may_close_a_circle(log: Log) -> None:
    chain = Whole(log)
    log.put("correction", target=chain.finding, fields={"basis": [chain.sanction]})

    derivation = log.why(chain.sanction)

    assert "rests, in the end, on itself" in derivation.nodes[chain.sanction].problems
    assert [line.node.event_id for line in tree_lines(derivation) if line.again] == [chain.sanction]


def test_resting_on_something_later_is_a_problem(log: Log) -> None:
    evidence = log.put("evidence-registered", digest=DIGEST, occurred="2026-02-01")
    finding = log.put(
        "finding-made", subject="p-1", occurred="2026-01-04", basis=[evidence], **BLAME
    )

    (problem,) = log.why(finding).nodes[finding].problems

    assert problem.startswith("rests on something dated later than itself: Evidence sha256:ab")
    assert problem.endswith("2026-02-01")


@pytest.mark.parametrize("when", ["2026-01-04", "../2026-02-01", "2026-01", None])
def test_an_order_that_is_not_known_is_no_problem(log: Log, when: str | None) -> None:
    dated = {} if when is None else {"occurred": when}
    evidence = log.put("evidence-registered", digest=DIGEST, **dated)
    finding = log.put(
        "finding-made", subject="p-1", occurred="2026-01-04", basis=[evidence], **BLAME
    )

    assert log.why(finding).nodes[finding].problems == ()


def test_a_hearing_afterwards_is_told(log: Log) -> None:
    finding = log.put("finding-made", subject="p-1", occurred="2026-01-04", **BLAME)
    log.put("subject-heard", subject="p-1", occurred="2026-01-09")

    derivation = log.why(finding)

    assert "hearing" not in lacks(derivation)
    assert derivation.nodes[finding].problems == ("p-1 was heard only afterwards",)


def test_one_hearing_in_time_is_enough(log: Log) -> None:
    finding = log.put("finding-made", subject="p-1", occurred="2026-01-04", **BLAME)
    for day in ("2026-01-02", "2026-01-09"):
        log.put("subject-heard", subject="p-1", occurred=day)

    assert log.why(finding).nodes[finding].problems == ()


def test_someone_elses_hearing_or_a_retracted_one_is_none(log: Log) -> None:
    finding = log.put("finding-made", subject="p-1", **BLAME)
    log.put("subject-heard", subject="p-2")
    log.put("retraction", target=log.put("subject-heard", subject="p-1"))

    assert "hearing" in lacks(log.why(finding))


def test_a_sanction_on_an_acquittal_is_told(log: Log) -> None:
    finding = log.put("finding-made", subject="p-1", outcome="exonerated", responsibility="none")
    sanction = log.put("sanction-imposed", subject="p-1", measure="fine", basis=[finding])

    derivation = log.why(sanction)

    assert lacks(derivation) == {"decision"}
    assert derivation.nodes[sanction].problems == (
        "no finding that it rests on holds p-1 responsible",
    )


def test_as_of_leaves_out_what_had_not_happened(log: Log) -> None:
    chain = Whole(log)
    vague = log.put("evidence-registered", digest=DIGEST, occurred="2026-01")
    finding = log.put(
        "finding-made",
        subject="p-1",
        occurred="2026-01-04",
        basis=[vague, chain.evidence],
        **BLAME,
    )
    as_of = datetime(2026, 1, 2, 23, tzinfo=UTC)

    derivation = log.why(finding, as_of=as_of)

    assert derivation.nodes[finding].as_of == "no"
    assert set(derivation.nodes) == {finding, vague}
    assert derivation.nodes[vague].as_of == "unknown"
    assert "hearing" in lacks(derivation), "it was held a day later"


def test_known_by_reads_the_record_as_it_was(log: Log) -> None:
    chain = Whole(log)
    log.put("retraction", target=chain.decision)
    event = log.event(chain.sanction)
    assert event is not None
    then = datetime.fromisoformat(event.recorded_at)

    assert lacks(log.why(chain.sanction, known_by=then)) == set()
    assert log.why(chain.sanction, known_by=then - timedelta(days=1)).roots == ()


class TestWhyPerson:
    def test_it_gathers_what_is_held_against_a_person_in_every_case(self, log: Log) -> None:
        chain = Whole(log)
        other = log.put("finding-made", "other", subject="p-1", **BLAME)
        log.put("finding-made", "third", subject="p-2", **BLAME)

        assert why_person(log, "p-1").roots == (chain.sanction, chain.finding, other)

    def test_a_finding_that_a_sanction_rests_on_is_not_laid_out_again(self, log: Log) -> None:
        chain = Whole(log)

        tops = [line.node.event_id for line in tree_lines(why_person(log, "p-1")) if not line.depth]

        assert tops == [chain.sanction]

    def test_a_bar_is_held_against_a_counterparty(self, log: Log) -> None:
        bar = log.put("counterparty-barred", counterparty="kol")

        assert why_person(log, "kol").roots == (bar,)

    def test_what_was_retracted_comes_last_and_is_marked(self, log: Log) -> None:
        first = log.put("sanction-imposed", subject="p-1", measure="fine")
        second = log.put("sanction-imposed", subject="p-1", measure="demotion")
        log.put("retraction", target=first)

        derivation = why_person(log, "p-1")

        assert derivation.roots == (second, first)
        assert derivation.nodes[first].retracted_by

    def test_a_corrected_subject_moves_it(self, log: Log) -> None:
        finding = log.put("finding-made", subject="p-1", **BLAME)
        log.put("correction", target=finding, fields={"subject": "p-2"})

        assert why_person(log, "p-1").roots == ()
        assert why_person(log, "p-2").roots == (finding,)

    def test_as_of_leaves_out_what_was_not_held_against_them_yet(self, log: Log) -> None:
        chain = Whole(log)
        as_of = datetime(2026, 1, 5, 23, tzinfo=UTC)

        assert why_person(log, "p-1", as_of=as_of).roots == (chain.finding,)

    def test_nothing_is_held_against_a_stranger(self, log: Log) -> None:
        Whole(log)

        assert why_person(log, "p-99") == Derivation((), {}, {})


def test_a_chain_of_any_depth_can_be_derived(log: Log) -> None:
    below = log.put("finding-made", subject="p-1", **BLAME)
    for _ in range(1_500):
        below = log.put("contact-made", counterparty="kol", basis=[below])

    assert max(line.depth for line in tree_lines(log.why(below))) == 1_500


def test_a_derivation_is_plain_data(log: Log) -> None:
    chain = Whole(log)

    told = json_value(log.why(chain.sanction))

    assert told["roots"] == [chain.sanction]
    assert told["nodes"][chain.sanction]["rests_on"] == [
        {"field": "basis", "event_id": chain.decision}
    ]
    assert set(told["nodes"][chain.sanction]) == set(Node._fields)


def test_the_example_case_says_what_is_missing(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        lines = EXAMPLE.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by="test")
        finding = next(ledger.events(kinds=("finding-made",)))
        person = str(finding.fields["subject"])

        derivation = why_person(ledger, person)

    missing = everything_missing(derivation)
    assert set(missing["finding-made"]) == {"evidence", "clause", "hearing"}
    assert "authority" in missing["decision-taken"]
    assert "sanction-imposed" not in missing


def test_a_derivation_from_a_real_ledger(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:

        def add(kind: str, **fields: Any) -> str:
            event = parse({"kind": kind, "case_id": "acme", **fields})
            return ledger.append(event, recorded_by="test").event_id

        finding = add("finding-made", subject="p-1", clause="code 4.2", **BLAME)
        decision = add("decision-taken", outcome="sanction", basis=[finding])
        sanction = add("sanction-imposed", subject="p-1", measure="fine", basis=[decision])
        event = ledger.event(sanction)
        assert event is not None

        derivation = why_event(ledger, event)

    assert everything_missing(derivation) == {
        "decision-taken": ["deciders", "authority"],
        "finding-made": ["evidence", "hearing"],
    }


class TestCommand:
    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        place = tmp_path / "a.db"
        with Ledger.create(place) as ledger:
            lines = EXAMPLE.read_bytes().splitlines()
            ledger.append_all([parse_line(line) for line in lines], recorded_by="test")
        return str(place)

    def test_a_person_is_found_by_name_and_the_missing_links_stand_out(
        self, place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["why", "Xu Fei", "--ledger", place]) == 0
        out = capsys.readouterr().out

        assert "Xu Fei (person-2)" in out
        assert "missing: no hearing of Xu Fei is on record" in out
        assert "conduct: “management failure”" in out
        assert "Decision: sanction by the company  (#19, above)" in out
        # In a pipe nothing is folded: the line can be searched for. Screens are held elsewhere.
        assert "Source: public statement by the company spokesperson, 6 January 2026 (#14 to" in out

    def test_json_is_one_graph(self, place: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["why", "21", "--ledger", place, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)

        (root,) = told["roots"]
        assert told["nodes"][root]["position"] == 21
        assert told["nodes"][root]["sealed"]["role_then"].startswith("group vice president")
        assert told["size"] == 28
        assert len(told["root"]) == 64

    @pytest.mark.parametrize("what", ["person-99", "Nobody", "99", "ffffffff"])
    def test_what_is_not_there_is_not_found(self, place: str, what: str) -> None:
        assert run(["why", what, "--ledger", place]) == 2

    def test_nothing_is_held_against_a_registered_party(
        self, place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for question in (["org-1"], ["Xu Fei", "--known-by", "2020"]):
            assert run(["why", *question, "--ledger", place]) == 0
            assert "Nothing is held against them" in capsys.readouterr().out

    def test_an_event_that_was_not_known_then_is_not_found(self, place: str) -> None:
        assert run(["why", "21", "--ledger", place, "--known-by", "2020"]) == 2

    def test_hostile_text_is_inert(self, place: str, capsys: pytest.CaptureFixture[str]) -> None:
        with Ledger.open(place) as ledger:
            event = parse(
                {
                    "kind": "finding-made",
                    "case_id": "c",
                    "subject": "p-1",
                    "conduct": "\x1b[2J[bold]loud\u202e",
                    **BLAME,
                }
            )
            ledger.append(event, recorded_by="\x1b]0;x\x07")
        for command in (["why", "p-1"], ["replay", "c"]):
            assert run([*command, "--ledger", place]) == 0
            out = capsys.readouterr().out
            assert "\x1b" not in out
            assert "\u202e" not in out
            assert "[bold]loud" in out

    def test_a_deep_chain_is_cut_and_continued(
        self, place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Ledger.open(place) as ledger:
            basis: list[str] = []
            for _ in range(40):
                event = parse(
                    {"kind": "lesson-recorded", "case_id": "c", "lesson": "x", "basis": basis}
                )
                basis = [ledger.append(event, recorded_by="test").event_id]
            last = len(ledger) - 1

        assert run(["why", str(last), "--ledger", place]) == 0
        out = capsys.readouterr().out
        head, _, tree = out.partition("\n\n")
        assert head.startswith(f"Lesson recorded #{last}\nIt rests on: Lesson recorded #{last - 1}")
        assert tree.count("Lesson recorded") == DEEPEST + 1
        assert f"answerable why {last - DEEPEST}" in out


def test_what_rests_on_a_finding_that_was_superseded_is_told() -> None:
    finding = {"kind": "finding-made", "subject": "p-1", "responsibility": "direct"}
    log = case(
        {**finding, "as": "f", "outcome": "substantiated"},
        {
            "as": "s",
            "kind": "sanction-imposed",
            "subject": "p-1",
            "measure": "fine",
            "basis": ["@f"],
        },
        {**finding, "as": "g", "outcome": "exonerated", "basis": ["@f"]},
    )

    def problems(label: str) -> list[str]:
        event = log.event(log.ids[label])
        assert event is not None
        derivation = why_event(log, event)
        return list(derivation.nodes[event.event_id].problems)

    (problem,) = problems("s")
    assert problem.startswith("rests on a finding that was superseded: Finding about p-1")
    assert problems("g") == []


@pytest.mark.parametrize(
    ("kind", "fields", "then", "further", "before", "after"),
    [
        (
            *("proceeding-opened", {"subject": "p-1"}),
            *("proceeding-concluded", {"proceeding": "@it", "outcome": "acquitted"}),
            *("open", "acquitted 2022-03-23"),
        ),
        (
            *("interim-measure-taken", {"subject": "asset-1", "measure": "grounding"}),
            *("interim-measure-ended", {"interim_measure": "@it", "manner": "lifted"}),
            *("running", "lifted"),
        ),
        (
            *("sanction-imposed", {"subject": "org-1", "measure": "growth-cap"}),
            *("sanction-lifted", {"sanction": "@it", "reason": "done"}),
            *("imposed", "lifted"),
        ),
        (
            *("agreement-made", {"type": "plea", "between": ["org-1", "org-2"]}),
            *("agreement-rejected", {"agreement": "@it"}),
            *("proposed, not in force", "rejected, not in force"),
        ),
        (
            *("commitment-made", {"promise": "to pay"}),
            *("commitment-fulfilled", {"commitment": "@it"}),
            *("open", "fulfilled"),
        ),
        (
            *("counterparty-barred", {"counterparty": "org-1", "from": "2021"}),
            *("bar-lifted", {"bar": "@it"}),
            *("in force", "lifted 2022-03-23, not in force"),
        ),
    ],
)
def test_nothing_is_shown_without_what_became_of_it(
    kind: str,
    fields: dict[str, Any],
    then: str,
    further: dict[str, Any],
    before: str,
    after: str,
) -> None:
    log = Log()
    it = log.put(kind, occurred="2021-10-14", **fields)
    named = {name: it if value == "@it" else value for name, value in further.items()}
    log.put(then, occurred="2022-03-23", **named)
    for day, said in ((20, before), (26, after)):
        found = log.why(it, as_of=datetime(2022, 3, day, 23, 59, tzinfo=UTC))
        assert found.nodes[it].state == said


def test_what_acted_too_early_upon_an_event_is_laid_out_after_it() -> None:
    log = Log()
    sanction = log.put("sanction-imposed", subject="p-1", measure="fine", occurred="2026-02-01")
    early = log.put("sanction-executed", sanction=sanction, occurred="2026-01-05")
    laid_out = [(line.depth, line.node.event_id) for line in tree_lines(log.why(sanction))]
    assert laid_out == [(0, sanction), (0, early), (1, sanction)]
