"""A derivation as PROV: who acted in which role, what was revised, and what must not be told."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from prov.model import ProvDocument
from tests.support.builders import Memory, case

from answerable.projections.why.prov import bounds, prov_json, provenance, question
from answerable.projections.why.why import Derivation, why_event

STEPS: tuple[dict[str, Any], ...] = (
    {"as": "opened", "kind": "case-opened", "title": "A SEALED TITLE", "organisation": "org-1"},
    {
        "as": "evidence",
        "kind": "evidence-registered",
        "digest": f"sha256:{'ab' * 32}",
        "collected_by": "p-8",
        "occurred": "2026-01-03T09:00:00+08:00/2026-01-03T10:30:00+08:00",
    },
    {
        "as": "finding",
        "kind": "finding-made",
        "subject": "p-1",
        "conduct": "A SEALED CONDUCT",
        "clause": "code 4.2",
        "outcome": "substantiated",
        "responsibility": "direct",
        "occurred": "2026-01-04",
        "basis": ["@evidence"],
    },
    {
        "as": "decision",
        "kind": "decision-taken",
        "outcome": "sanction",
        "deciders": ["p-2", "p-3"],
        "mitigating": ["A SEALED REASON"],
        "occurred": "../2026-01-05",
        "basis": ["@finding"],
    },
    {
        "as": "sanction",
        "kind": "sanction-imposed",
        "subject": "p-1",
        "measure": "fine",
        "announced_by": "p-4",
        "announced": "2026-01-06T10:00:00Z",
        "occurred": "2026-01-06T09:00:00+08:00",
        "basis": ["@decision"],
    },
    {
        "as": "executed",
        "kind": "sanction-executed",
        "sanction": "@sanction",
        "executed_by": "p-5",
    },
)


def why(log: Memory, name: str = "executed") -> Derivation:
    event = log.event(log.ids[name])
    assert event is not None
    return why_event(log, event)


def written(log: Memory, name: str = "executed", **options: Any) -> Any:
    return json.loads(prov_json(provenance(why(log, name), question(log), **options)))


def roles(document: Any) -> set[tuple[str, str, str]]:
    """Of each association: what was done, in which role, by whom."""
    return {
        (
            each["prov:activity"].split(":")[0],
            each["prov:role"]["$"].split(":")[1],
            each["prov:agent"],
        )
        for each in document["wasAssociatedWith"].values()
    }


def times(document: Any, activity: str) -> tuple[str | None, str | None]:
    found = document["activity"][activity]
    return found.get("prov:startTime"), found.get("prov:endTime")


def test_deciders_announcers_and_executors_are_told_apart() -> None:
    log = case(*STEPS)
    document = written(log)
    assert roles(document) == {
        ("act", "collector", "party:p-8"),
        ("act", "decider", "party:p-2"),
        ("act", "decider", "party:p-3"),
        ("announcement", "announcer", "party:p-4"),
        ("act", "executor", "party:p-5"),
    }
    (used,) = document["used"].values()
    assert used["prov:activity"] == f"announcement:{log.ids['sanction']}"
    assert used["prov:entity"] == f"event:{log.ids['sanction']}"


def test_what_is_done_to_someone_makes_them_no_agent() -> None:
    document = written(case(*STEPS))
    assert set(document["agent"]) == {f"party:p-{number}" for number in (2, 3, 4, 5, 8)}
    assert {"party:p-1", "party:org-1"} <= set(document["entity"])
    attributed = {each["prov:agent"] for each in document["wasAttributedTo"].values()}
    assert attributed == {"party:p-2", "party:p-3"}


def test_who_speaks_for_another_acts_on_their_behalf() -> None:
    log = case(
        {"as": "s", "kind": "apology-issued", "speaker": "p-1", "on_behalf_of": "org-1"},
        {"as": "t", "kind": "apology-issued", "on_behalf_of": "org-1"},
    )
    (delegated,) = written(log, "s")["actedOnBehalfOf"].values()
    assert (delegated["prov:delegate"], delegated["prov:responsible"]) == (
        "party:p-1",
        "party:org-1",
    )
    assert roles(written(log, "t")) == {("act", "principal", "party:org-1")}


def test_a_time_is_given_only_where_the_date_is_one() -> None:
    log = case(*STEPS)
    document = written(log)
    at = {name: times(document, f"act:{log.ids[name]}") for name in log.ids if name != "opened"}
    nine = "2026-01-06T01:00:00+00:00"
    assert at == {
        "evidence": ("2026-01-03T01:00:00+00:00", "2026-01-03T02:30:00+00:00"),
        "finding": (None, None),
        "decision": (None, None),
        "sanction": (nine, nine),
        "executed": (None, None),
    }
    ten = "2026-01-06T10:00:00+00:00"
    assert times(document, f"announcement:{log.ids['sanction']}") == (ten, ten)
    assert document["entity"][f"event:{log.ids['decision']}"]["answerable:occurred"] == {
        "$": "../2026-01-05",
        "type": "edtf:EDTF",
    }


@pytest.mark.parametrize(
    "edtf",
    [
        None,
        "2026",
        "2026-01-05",
        "2026-01-05T09:00:00",
        "../2026-01-05T09:00:00Z",
        "2026-01-05T09:00:00Z/..",
        "/2026-01-05T09:00:00Z",
        "2026-01-05/2026-01-06T09:00:00Z",
        "2026-01-05T09:00:00Z/2026-01-06T09:00:00",
        "[2026-01-05,2026-01-06]",
        "{2026-01-05,2026-01-06}",
        "2026-01-05~",
        "2026-21",
    ],
)
def test_no_other_date_becomes_an_instant(edtf: str | None) -> None:
    assert bounds(edtf) == (None, None)


def test_an_instant_is_told_in_utc() -> None:
    at = datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert bounds("2026-01-05T09:00:00+08:00") == (at, at)


def test_a_correction_makes_a_revision_of_what_was_first_recorded() -> None:
    log = case(
        *STEPS,
        {"as": "c1", "kind": "correction", "target": "@finding", "fields": {"clause": "code 7"}},
        {"as": "c2", "kind": "correction", "target": "@finding", "fields": {"clause": "code 8"}},
    )
    document = written(log)
    finding = log.ids["finding"]
    revisions = [
        each
        for each in document["wasDerivedFrom"].values()
        if each.get("prov:type", {}).get("$") == "prov:Revision"
    ]
    assert {
        (each["prov:generatedEntity"], each["prov:usedEntity"], each["prov:activity"])
        for each in revisions
    } == {(f"event:{finding}", f"first:{finding}", f"act:{log.ids[each]}") for each in ("c1", "c2")}
    assert document["entity"][f"event:{finding}"]["answerable:clause"] == "code 8"
    assert "code 4.2" in document["entity"][f"first:{finding}"]["prov:label"]
    assert document["entity"][f"first:{finding}"]["answerable:was"] == "clause: code 4.2"


def test_a_retraction_invalidates_and_a_dispute_is_an_attribute() -> None:
    log = case(
        *STEPS,
        {
            "as": "r",
            "kind": "retraction",
            "target": "@decision",
            "occurred": "2026-01-09T08:00:00Z",
        },
        {"as": "d", "kind": "dispute", "target": "@finding", "by": "p-1", "ground": "A SEALED ONE"},
    )
    document = written(log)
    (invalid,) = document["wasInvalidatedBy"].values()
    assert invalid == {
        "prov:entity": f"event:{log.ids['decision']}",
        "prov:activity": f"act:{log.ids['r']}",
        "prov:time": "2026-01-09T08:00:00+00:00",
    }
    disputed = document["entity"][f"event:{log.ids['finding']}"]["answerable:disputedBy"]
    assert disputed["$"] == f"event:{log.ids['d']}"
    assert ("act", "disputant", "party:p-1") in roles(document)
    assert "party:p-1" in document["agent"], "who disputes acts"


def test_a_case_is_a_collection_of_what_was_derived_in_it() -> None:
    log = case(*STEPS)
    document = written(log)
    members = {each["prov:entity"] for each in document["hadMember"].values()}
    assert members == {f"event:{each}" for name, each in log.ids.items() if name != "opened"}
    assert document["entity"]["case:c"]["answerable:openedBy"]["$"] == f"event:{log.ids['opened']}"


def test_what_is_missing_is_told() -> None:
    log = case(*STEPS)
    finding = written(log)["entity"][f"event:{log.ids['finding']}"]
    assert finding["answerable:missing"] == "hearing: no hearing of p-1 is on record"


def test_nothing_sealed_is_in_it_and_names_only_where_they_are_asked_for() -> None:
    log = case(*STEPS)
    log.add("house", kind="party-registered", party="p-2", type="person", name="Ada SEALED")
    found = why(log)
    assert b"SEALED" not in prov_json(provenance(found, question(log)))
    named = written(log, name_of={"p-2": "Ada"}.get)
    assert named["agent"]["party:p-2"]["prov:label"] == "Ada"


def test_the_question_and_the_record_that_answered_it_are_told() -> None:
    log = case(*STEPS)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    document = json.loads(prov_json(provenance(why(log), question(log, at, at))))
    assert document["entity"]["log:6"]["answerable:root"] == log.head().root.hex()
    assert document["entity"]["log:6"]["answerable:asOf"]["$"] == "2026-03-01T00:00:00+00:00"
    assert document["prefix"]["event"] == "urn:uuid:"
    assert document["prefix"]["party"] == f"urn:uuid:{log.log[0].event_id}#party/"


def test_it_reads_back_as_it_was_written() -> None:
    log = case(*STEPS, {"kind": "dispute", "target": "@finding", "by": "p-1"})
    document = provenance(why(log), question(log))
    read = ProvDocument.deserialize(content=prov_json(document).decode(), format="json")
    assert read == document
    assert prov_json(document) == prov_json(provenance(why(log), question(log)))


def test_a_correction_that_is_itself_asked_about_is_one_entity() -> None:
    log = case(
        *STEPS,
        {"as": "c1", "kind": "correction", "target": "@finding", "fields": {"clause": "code 7"}},
    )
    document = written(log, "c1")
    assert isinstance(document["entity"][f"event:{log.ids['c1']}"], dict)
    assert isinstance(document["activity"][f"act:{log.ids['c1']}"], dict)


def test_prov_is_loaded_only_when_a_document_is_made() -> None:
    program = (
        "import sys, answerable.projections.why.prov, answerable.cli.asking.why;"
        "sys.exit('prov' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
