"""A record as an event log of one case a trace."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from tests.support.builders import Memory
from tests.support.event_logs import values, xes_of


def events(log: ET.Element) -> list[dict[str, str]]:
    return [values(each) for each in log.iter("event")]


def test_a_case_is_a_trace_and_an_event_one_of_it() -> None:
    log = Memory()
    log.add("acme", kind="case-opened", title="Gifts & favours", jurisdiction=["eu", "de"])
    decision = log.add("acme", kind="decision-taken", outcome="sanction", deciders=["p-2", "p-3"])
    log.add("bolt", kind="contact-made", counterparty="k-1", occurred="2026-01-05/2026-01-07")
    told = xes_of(log)
    acme, bolt = told.iter("trace")
    assert values(acme) == {"concept:name": "acme", "jurisdiction": '["eu","de"]'}
    assert values(bolt) == {"concept:name": "bolt"}
    _, decided, contact = events(told)
    assert decided == {
        "concept:name": "decision-taken",
        "time:timestamp": "2026-02-01T00:01:00Z",
        "lifecycle:transition": "complete",
        "identity:id": decision,
        "org:resource": "p-2+p-3",
        "org:role": "decider",
        "standing": "asserted",
        "precision": "undated",
        "not_after": "2026-02-01T00:01:00Z",
        "recorded_at": "2026-02-01T00:01:00Z",
        "position": "1",
        "outcome": "sanction",
        "deciders": '["p-2","p-3"]',
    }
    assert contact["lifecycle:transition"] == "start"
    assert contact["time:timestamp"] == "2026-01-05T23:59:59.999999Z"
    assert contact["occurred"] == "2026-01-05/2026-01-07"
    assert "Gifts" not in ET.tostring(told, "unicode")


def test_who_announced_is_not_who_did() -> None:
    log = Memory()
    log.add(
        "c", kind="engagement-terminated", counterparty="k-1", announced_by="p-1", occurred="2026"
    )
    log.add("c", kind="statement-published", speaker="p-1", on_behalf_of="org-1", acts=["announce"])
    ended, said = sorted(events(xes_of(log)), key=lambda each: each["position"])
    assert "org:resource" not in ended
    assert ended["announced_by"] == "p-1"
    assert (said["org:resource"], said["org:role"]) == ("p-1", "speaker")


def test_values_have_their_types() -> None:
    log = Memory()
    log.add("c", kind="evidence-registered", digest=f"sha256:{'0' * 64}", size=7)
    log.add("c", kind="backlash-observed", size_unit="posts")
    told = xes_of(log)
    types = {each.get("key"): each.tag for event in told.iter("event") for each in event}
    assert types["size"] == types["position"] == "int"
    assert types["recorded_at"] == types["time:timestamp"] == "date"
    assert types["identity:id"] == "id"
    assert types["digest"] == "string"


def test_a_case_in_which_nothing_had_happened_is_no_trace() -> None:
    log = Memory()
    log.add("c", kind="contact-made", counterparty="k-1", occurred="2026-01-05")
    log.add("d", kind="contact-made", counterparty="k-1", occurred="2026-01-07")
    told = xes_of(log, as_of=datetime(2026, 1, 6, tzinfo=UTC))
    assert [values(each)["concept:name"] for each in told.iter("trace")] == ["c"]
    assert list(xes_of(Memory()).iter("trace")) == []
