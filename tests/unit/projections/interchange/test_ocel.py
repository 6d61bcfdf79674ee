"""A record as an object-centric event log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.event_logs import ocel_of

from answerable.domain.event import Event
from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.projections.interchange.ocel import Types, text_of
from answerable.projections.interchange.process_event import COMMON


@pytest.fixture
def log() -> Memory:
    log = Memory()
    log.add("house", kind="party-registered", party="p-1", type="person", name="Jane Doe")
    log.add("house", kind="party-registered", party="g-1", type="group", size="346")
    log.add(
        "acme",
        kind="case-opened",
        title="Gifts at Acme",
        jurisdiction="eu",
        owner="p-2",
        zone="Asia/Shanghai",
    )
    log.add("acme", **{"as": "memo"}, kind="evidence-registered", digest=f"sha256:{'0' * 64}")
    log.add(
        "acme",
        **{"as": "finding"},
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="direct",
        conduct="took a gift",
        basis=["@memo"],
        occurred="2026-01-05",
    )
    log.add(
        "acme",
        **{"as": "decision"},
        kind="decision-taken",
        outcome="sanction",
        deciders=["p-2", "p-3"],
        basis=["@finding"],
    )
    log.add(
        "acme",
        **{"as": "fine"},
        kind="sanction-imposed",
        subject="p-1",
        measure="fine",
        days=3,
        announced_by="p-4",
        basis=["@decision"],
        occurred="2026-01-06",
    )
    log.add("acme", kind="sanction-executed", sanction="@fine", occurred="2026-01-07")
    return log


def the(log: Any, kind: str) -> Any:
    (found,) = (each for each in (*log["events"], *log["objects"]) if each["type"] == kind)
    return found


def values(of: Any) -> dict[str, str]:
    return {each["name"]: each["value"] for each in of["attributes"]}


def related(of: Any) -> list[tuple[str, str]]:
    return [(each["qualifier"], each["objectId"].split(":")[0]) for each in of["relationships"]]


def test_an_event_is_related_to_its_case_its_thing_whom_and_what_it_names(log: Memory) -> None:
    sanction = the(ocel_of(log), "sanction-imposed")
    assert related(sanction) == [
        ("case", "case"),
        ("brings-about", "sanction"),
        ("announcer", "party"),
        ("subject", "party"),
        ("basis", "decision"),
    ]
    assert sanction["time"] == "2026-01-06T23:59:59.999999+08:00"
    assert values(sanction) == {
        "standing": "asserted",
        "occurred": "2026-01-06",
        "precision": "day",
        "not_before": "2026-01-06T00:00:00+08:00",
        "not_after": "2026-01-06T23:59:59.999999+08:00",
        "recorded_at": "2026-02-01T08:06:00+08:00",
        "position": "6",
        "basis": f'["{log.ids["decision"]}"]',
        "measure": "fine",
        "days": "3",
    }


def test_things_lead_from_the_case_to_the_evidence(log: Memory) -> None:
    told = ocel_of(log)
    by_id = {each["id"]: each for each in told["objects"]}
    case = by_id["case:acme"]
    assert related(case)[1:] == [
        (each, each) for each in ("evidence", "finding", "decision", "sanction")
    ]
    assert related(case)[0] == ("owner", "party")
    assert values(case) == {"jurisdiction": "eu", "zone": "Asia/Shanghai"}
    assert related(the(told, "sanction")) == [
        ("announcer", "party"),
        ("subject", "party"),
        ("basis", "decision"),
    ]
    assert related(the(told, "decision"))[-1] == ("basis", "finding")
    assert related(the(told, "finding"))[-1] == ("basis", "evidence")


def test_how_a_thing_stands_changes_with_time(log: Memory) -> None:
    told = the(ocel_of(log), "sanction")["attributes"]
    assert [each for each in told if each["name"] == "state"] == [
        {"name": "state", "value": "imposed", "time": "2026-01-06T23:59:59.999999+08:00"},
        {"name": "state", "value": "executed", "time": "2026-01-07T23:59:59.999999+08:00"},
    ]
    assert {each["time"] for each in told if each["name"] != "state"} == {"1970-01-01T00:00:00Z"}


def test_a_party_is_what_it_is_registered_as_and_has_no_name(log: Memory) -> None:
    told = ocel_of(log)
    parties = {each["id"]: each for each in told["objects"] if each["id"].startswith("party:")}
    assert {name: each["type"] for name, each in parties.items()} == {
        "party:p-1": "person",
        "party:p-2": "party",
        "party:p-3": "party",
        "party:p-4": "party",
        "party:g-1": "group",
    }
    assert values(parties["party:g-1"]) == {"size": "346"}
    assert "Jane" not in str(told)
    assert "gift" not in str(told).lower()


def test_what_was_retracted_is_left_out_and_nothing_is_related_to_it(log: Memory) -> None:
    log.add("acme", kind="retraction", target="@finding", reason="mistaken")
    told = ocel_of(log)
    assert [each for each in told["events"] if each["type"] == "finding-made"] == []
    assert related(the(told, "retraction")) == [("case", "case")]
    assert values(the(told, "retraction"))["target"] == log.ids["finding"]
    assert related(the(told, "decision-taken"))[-1] == ("decider", "party")


def test_what_was_corrected_reads_as_corrected(log: Memory) -> None:
    log.add("acme", kind="correction", target="@fine", fields={"days": 5})
    told = ocel_of(log)
    assert values(the(told, "sanction-imposed"))["days"] == "5"
    assert values(the(told, "correction"))["fields"] == '{"days":5}'


def test_as_of_a_day(log: Memory) -> None:
    told = ocel_of(log, as_of=datetime(2026, 1, 6, 10, tzinfo=UTC))
    assert "sanction-executed" not in {each["type"] for each in told["events"]}
    assert values(the(told, "sanction"))["state"] == "imposed"


def test_of_one_case_what_it_rests_on_elsewhere_is_there_as_a_thing(log: Memory) -> None:
    log.add("other", kind="decision-taken", outcome="no-action", basis=["@finding"])
    told = ocel_of(log, case="other")
    assert {each["type"] for each in told["events"]} == {"decision-taken"}
    assert {each["id"]: each["type"] for each in told["objects"]} == {
        f"decision:{told['events'][0]['id']}": "decision",
        f"finding:{log.ids['finding']}": "finding",
        "case:other": "case",
    }


def test_an_empty_record_is_an_empty_log() -> None:
    assert ocel_of(Memory()) == {"events": [], "objects": [], "eventTypes": [], "objectTypes": []}


def test_no_field_of_a_kind_has_the_name_of_a_value_that_is_told_of_every_event() -> None:
    own = {field for kind in FAMILY for field in model(kind).attributes} - {*Event.model_fields}
    assert not own & {*COMMON, "state"}


def test_whatever_is_acted_upon_is_a_thing() -> None:
    upon = {
        kind
        for row in ROWS
        if row.acts_upon
        for kind in model(row.name).references[row.acts_upon].kinds
    }
    cited = {
        kind
        for row in ROWS
        for field in row.cites
        for kind in model(row.name).references[field].kinds
    }
    assert {kind for kind in upon | cited if not CATALOGUE[kind].thing} == set()
    things = [row.thing for row in ROWS if row.thing]
    assert len(set(things)) == len(things)


def test_what_a_register_had_not_granted_by_then_is_no_object(log: Memory) -> None:
    log.add("house", **{"as": "adopted"}, kind="policy-adopted", policy="conduct",
            policy_version="1", occurred="2026-01-20")  # fmt: skip
    log.add("house", **{"as": "granted"}, kind="authority-granted", party="p-2",
            basis=["@adopted"])  # fmt: skip
    log.add("bolt", kind="decision-taken", outcome="no-action", authority="@granted",
            occurred="2026-01-02")  # fmt: skip
    told = ocel_of(log, as_of=datetime(2026, 1, 10, tzinfo=UTC))
    decided = next(
        each
        for each in told["events"]
        if each["type"] == "decision-taken" and values(each).get("occurred")
    )
    assert related(decided) == [("case", "case"), ("brings-about", "decision")]
    assert values(decided)["authority"] == log.ids["granted"]


def test_the_states_of_a_thing_stand_in_the_order_of_their_times(log: Memory) -> None:
    log.add("acme", kind="sanction-suspended", sanction="@fine", occurred="2026-01-06T20:00:00Z")
    told = the(ocel_of(log), "sanction")["attributes"]
    states = [each["value"] for each in told if each["name"] == "state"]
    assert states == ["imposed", "suspended", "executed"]


def test_what_a_thing_is_related_to_is_no_value_of_it(log: Memory) -> None:
    assert set(values(the(ocel_of(log), "finding"))) == {"outcome", "responsibility"}


def test_values_of_several_types_are_declared_as_texts() -> None:
    types = Types()
    types.saw("sanction-imposed", [("days", 3), ("firm", True)])
    types.saw("sanction-imposed", [("days", "a few")])
    types.saw("case", [("share", 0.5)])
    assert types.declared() == [
        {"name": "case", "attributes": [{"name": "share", "type": "float"}]},
        {
            "name": "sanction-imposed",
            "attributes": [
                {"name": "days", "type": "string"},
                {"name": "firm", "type": "boolean"},
            ],
        },
    ]
    assert [text_of(each) for each in (True, False, 3, 0.5)] == ["true", "false", "3", "0.5"]
