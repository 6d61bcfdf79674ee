"""Whom a report is for chooses what is shown: no name or text gets round the one gate."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.domain.answers import json_value
from answerable.projections.blocks.markdown import markdown
from answerable.projections.blocks.text import text
from answerable.projections.errors import NotFound
from answerable.projections.output.register import About
from answerable.projections.output.register_csv import register_csv
from answerable.projections.report.audience.audiences import Audience, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.audience.scrubbed import scrubbed
from answerable.projections.report.report import Report, Withheld, report_on
from answerable.projections.report.tables import OF_REPORT, report_registers
from answerable.projections.report.written import written

ABOUT = About("report c", None, None, 0, b"", None, "1")


def registered(party: str, name: str, type_: str = "person") -> dict[str, Any]:
    return {"kind": "party-registered", "party": party, "type": type_, "name": name}


CASE: tuple[dict[str, Any], ...] = (
    registered("p-1", "Ann Li"),
    registered("p-2", "Bob Roy"),
    registered("p-3", "Cleo Ray"),
    registered("p-4", "Dan Poe"),
    registered("org-1", "Acme", "organisation"),
    {"kind": "case-opened", "organisation": "org-1", "title": "Gifts",
     "summary": "Ann was dined."},
    {"as": "r", "kind": "report-received", "reporter": "p-3", "report": "I saw them both."},
    {"as": "a", "kind": "allegation-made", "subject": "p-1", "made_by": "p-3",
     "conduct": "Took it."},
    {"as": "x", "kind": "allegation-made", "subject": "p-1", "conduct": "Cleo Ray saw it."},
    {"as": "e", "kind": "evidence-registered", "digest": f"sha256:{'0' * 64}",
     "description": "a receipt", "location": "/srv/exhibits/1"},
    {"as": "f1", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "responsibility": "direct", "conduct": "Took a gift.", "basis": ["@e"]},
    {"as": "f2", "kind": "finding-made", "subject": "p-2", "outcome": "substantiated",
     "responsibility": "managerial", "conduct": "Looked away."},
    {"as": "d", "kind": "decision-taken", "outcome": "sanction", "deciders": ["p-4"],
     "reasons": "Both are fined.", "basis": ["@f1", "@f2"]},
    {"as": "s1", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": ["@d"]},
    {"kind": "sanction-imposed", "subject": "p-2", "measure": "fine", "basis": ["@d"]},
    {"kind": "correction", "target": "@f1", "sealed_fields": {"conduct": "Took two gifts."}},
    {"kind": "statement-published", "acts": ["announce"], "speaker": "org-1",
     "statement": "We are sorry."},
    {"kind": "statement-published", "acts": ["announce"], "speaker": "p-2",
     "statement": "Ann Li is to blame."},
)  # fmt: skip


def made(audience: Audience, subject: str | None = None) -> Report:
    return report_for(case(*CASE), "c", For(audience, subject), version="1").report


def everywhere(report: Report) -> str:
    """Write a report in all that it can be written as."""
    put = written(report)
    as_json = json.dumps(json_value(report), ensure_ascii=False)
    tables = [
        line
        for each in OF_REPORT
        for line in register_csv(report_registers(report).only(each.name), ABOUT)
    ]
    return "\n".join((as_json, markdown(put), text(put, 200), *tables))


def test_an_auditor_and_a_regulator_see_what_the_record_has() -> None:
    whole = report_on(case(*CASE), "c", version="1")
    for audience in ("auditor", "regulator"):
        told = made(audience)
        assert told.header.withheld == Withheld()
        assert told._replace(header=whole.header) == whole


def test_a_board_sees_all_but_recorders_and_places() -> None:
    told = made("board")
    said = everywhere(told)
    assert "/srv" not in said
    assert "Took two gifts." in said
    assert told.header.withheld.fields == ("location", "recorded_by")
    assert "(location, recorded by)" in text(written(told), 200)
    assert told.exhibits[0].place.text.state == "withheld"


def test_who_is_concerned_reads_what_is_said_of_them_and_on_what_basis() -> None:
    told = made("subject", "p-1")
    said = text(written(told), 200)
    assert said.splitlines()[2].startswith("You are Ann Li (p-1).")
    assert "You are accountable, directly." in said
    assert "Appeal to Dan Poe (p-4), who decided, by the number of the event" in said
    assert [each.party for each in told.accountability.people] == ["p-1"]
    assert {each.kind for each in told.timeline} == {
        "party-registered", "case-opened", "allegation-made", "evidence-registered", "finding-made",
        "decision-taken", "sanction-imposed", "correction",
    }  # fmt: skip
    everything = everywhere(told)
    for shown in ("Took two gifts.", "Took it.", "Both are fined.", "a receipt", "Dan Poe"):
        assert shown in everything
    for hidden in (
        *("Cleo", "p-3", "Bob", "Looked away.", "/srv", "I saw them both.", "Ann was dined."),
        *("We are sorry.", "to blame"),
    ):
        assert hidden not in everything


def test_a_text_that_names_who_reported_is_withheld_and_said_to_be() -> None:
    told = made("subject", "p-1")
    (named,) = (
        each for each in told.allegations if "conduct" in told.texts[each.event_id].withheld
    )
    assert told.texts[named.event_id].text("conduct").state == "withheld"
    assert [each.made_by for each in told.allegations] == ["someone who is not named", None]


def test_the_public_reads_of_no_natural_person_and_no_small_number() -> None:
    told = made("public")
    everything = everywhere(told)
    for hidden in (
        *("Ann Li", "Bob", "Cleo", "Dan", "p-1", "p-2", "p-3", "p-4", "gift.", "Looked away."),
        *("Both are fined.", "/srv", "a receipt", "I saw them both.", "Ann was dined."),
    ):
        assert hidden not in everything
    assert "We are sorry." in everything
    assert "**Fewer than five people are accountable**; who they are is withheld." in everything
    assert told.accountable_by_type.certain.people == 0


def test_what_is_withheld_is_counted_by_text_and_event() -> None:
    header = made("subject", "p-2").header
    told = header.withheld
    assert (told.texts, told.of_events) > (18, 17)
    assert told.events == len(case(*CASE).log) - len(made("subject", "p-2").timeline)
    assert "recorded_by" in told.fields
    assert header.made_for == "the person concerned"


def test_a_correction_that_is_withheld_brings_back_nothing_that_it_corrected() -> None:
    log = case(
        *CASE,
        {"kind": "correction", "target": "@s1", "sealed_fields": {"reason": "Dan Poe asked."}},
    )
    log.add("c", kind="party-registered", party="p-9", type="person", name="Dan Poe")
    told = report_for(log, "c", For("public"), version="1").report
    assert "Dan Poe" not in everywhere(told)


def test_a_pseudonym_that_tells_the_name_of_somebody_who_is_not_named_is_not_shown() -> None:
    # It was given before the name was on record, and stands in the chain for ever.
    by_both = json.dumps(CASE).replace('["p-4"]', '["p-4", "p-2"]')
    record = case(*json.loads(by_both.replace('"p-2"', '"p-bobroy"')))
    shown = report_for(record, "c", For("subject", "p-1"), version="1").report
    assert len(shown.decisions) == 1
    assert "bobroy" not in everywhere(shown)
    assert "p-4" in everywhere(shown)
    assert "bobroy" not in everywhere(report_for(record, "c", For("public"), version="1").report)
    assert "bobroy" in everywhere(report_for(record, "c", For("board"), version="1").report)
    their_own = report_for(record, "c", For("subject", "p-bobroy"), version="1").report
    assert "p-bobroy" in everywhere(their_own)


def test_a_name_that_was_registered_later_is_not_told_as_known_by_an_earlier_day() -> None:
    record = case(
        {"kind": "case-opened", "title": "Gifts to Zebulon Quist"},
        {"kind": "allegation-made", "subject": "p-9", "conduct": "took gifts"},
        registered("p-9", "Zebulon Quist"),
    )
    opened, alleged, _ = (datetime.fromisoformat(each.recorded_at) for each in record.log)
    # By the first of these days the case named nobody.
    for known_by in (opened, alleged, None):
        whom = For("public")
        made = report_for(record, "c", whom, version="1", known_by=known_by).report
        assert "Quist" not in everywhere(made), known_by


def test_who_is_not_named_is_not_concerned() -> None:
    with pytest.raises(NotFound, match="p-7 is not named in c"):
        made("subject", "p-7")


def test_a_name_that_was_corrected_is_withheld_in_both_readings() -> None:
    log = Memory()
    log.add("house", **{"as": "r"}, **registered("p-1", "Zoe"))
    log.add("house", kind="correction", target="@r", sealed_fields={"name": "Zoey"})
    log.add(
        "c", kind="finding-made", subject="p-1", outcome="substantiated", responsibility="direct"
    )
    log.add("c", kind="statement-published", acts=["announce"], statement="Zoey did it.")
    everything = everywhere(report_for(log, "c", For("public"), version="1").report)
    assert "Zoe" not in everything


def test_a_case_in_which_some_texts_were_erased_has_a_report_for_the_public() -> None:
    """Take the fields that an erasure names for no fields that a correction puts right."""
    erased = {
        "kind": "personal-data-erased", "subject": "p-1", "legal_basis": "gdpr-17",
        "events": ["@f1"], "fields": ["conduct"],
    }  # fmt: skip
    told = report_for(case(*CASE, erased), "c", For("public"), version="1").report
    assert "Ann Li" not in everywhere(told)


def test_a_pseudonym_is_taken_out_at_the_beginning_of_a_sentence_too() -> None:
    said = scrubbed("Person-5 stood aside for person-5.", (), ("person-5",), "someone")
    assert said == "someone stood aside for someone."


def test_the_space_that_sets_a_pseudonym_apart_goes_with_it() -> None:
    told = "person-5 致歉，由 person-5 作出 (person-5)"
    assert scrubbed(told, (), ("person-5",), "某人") == "某人致歉，由某人作出 (某人)"
    assert scrubbed("see person-5 now", (), ("person-5",), "someone") == "see someone now"
