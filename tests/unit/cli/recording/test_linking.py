"""Links by meaning, and corrections that take what `append` takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Here

from answerable.cli.recording.append import command_for
from answerable.domain.kinds import FAMILY, LINKS, model
from answerable.ledger.ledger import Ledger

CASE = ("--case", "xiaomi-kol")
SANCTION = ("sanction", *CASE, "--subject", "Xu Fei", "--measure", "fine")
CORRECTION = ("correction", *CASE, "--target", "#22")


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Hold that a ledger is after a block what it was before."""
    before = head(folder)
    yield
    assert head(folder) == before


def head(folder: Path) -> tuple[int, bytes]:
    with Ledger.open(folder / "answerable.db") as ledger:
        size, root, *_ = ledger.head()
        return size, root


def appended(story: Here, *arguments: str) -> Any:
    return story("append", *arguments, "--json").json


def event_ids(cli: Here, *numbers: int) -> list[str]:
    return [cli("show", str(each), "--json").json["recorded"]["event_id"] for each in numbers]


def stands(cli: Here, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = cli("show", str(number), "--json").json["stands"]["fields"]
    return fields


def test_links_go_into_the_basis_in_the_order_given(story: Here) -> None:
    receipt = appended(
        story,
        *SANCTION,
        *("--decision", "19", "--basis", "#14,#18", "--finding", "16", "--basis", "13"),
        *("--finding", "17,#16"),
    )
    told = story("show", str(receipt["position"]), "--json").json["recorded"]
    assert told["basis"] == event_ids(story, 19, 14, 18, 16, 13, 17)
    assert "finding" not in told


def test_a_field_that_a_kind_has_stays_a_field(story: Here) -> None:
    allegation = appended(story, "allegation-made", *CASE, "--subject", "Xu Fei", "--conduct", "x")
    at = str(allegation["position"])
    finding = appended(
        story,
        *("finding-made", *CASE, "--subject", "Xu Fei", "--outcome", "substantiated"),
        *("--responsibility", "direct", "--allegation", at),
    )
    told = story("show", str(finding["position"]), "--json").json["recorded"]
    assert (told["allegation"], "basis" in told) == (allegation["event_id"], False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--finding", "2"), "--finding names #2, which is a party-registered, not finding-made"),
        (("--decision", "16"), "Finding about Xu Fei: substantiated"),
        (("--decision", "16"), "#19 Decision: sanction by the company"),
        (("--basis", "1", "--finding", "19"), "--finding names #19, which is a decision-taken"),
        (("--evidence", "16"), "There is no evidence-registered in the case 'xiaomi-kol' yet."),
        (("--finding", "16,19"), "--finding names #19"),
    ],
)
def test_a_link_to_another_kind_is_refused_with_what_there_is(
    story: Here, given: tuple[str, ...], said: str
) -> None:
    with unchanged(story.folder):
        told = story("append", *SANCTION, *given, code=3)
        assert said in " ".join(told.err.split())
        error = story("append", *SANCTION, *given, "--json", code=3).error
        assert (error["error"], error["field"]) == ("Refused", "basis")


@pytest.mark.parametrize("given", ["999", "#16,", "16;17", "1e1", "019b8c00-0000-7000-8000-9"])
def test_a_link_to_nothing_is_an_error_of_the_command_line(story: Here, given: str) -> None:
    with unchanged(story.folder):
        story("append", *SANCTION, "--finding", given, code=2)


def test_a_field_that_takes_another_kind_says_what_there_is(story: Here) -> None:
    lifted = ("append", "sanction-lifted", "--reason", "served")
    told = story(*lifted, *CASE, "--sanction", "16", code=3)
    said = " ".join(told.err.split())
    assert "sanction: #16 is a finding-made, not sanction-imposed: Finding about Xu Fei" in said
    assert "the last 5 of 7: #22" in said
    elsewhere = story(*(*lifted, "--case", "other", "--new-case", "--sanction", "20"), code=3)
    assert "#20 is of the case 'xiaomi-kol', not of 'other'" in " ".join(elsewhere.err.split())


def test_a_correction_takes_what_append_takes(story: Here) -> None:
    story.append(
        *CORRECTION,
        *("--set", "basis=#19,16", "--set", "days=5", "--set", "announced-by=Xu Jieyun"),
        *("--set", "measure=fine"),
    )
    told = stands(story, 22)
    assert told["basis"] == event_ids(story, 19, 16)
    assert (told["days"], told["announced_by"], told["measure"]) == (5, "person-3", "fine")


def test_a_correction_sets_several_parties_choices_and_texts(story: Here) -> None:
    decision = ("correction", *CASE, "--target", "19")
    story.append(*decision, "--set", "deciders=Xu Fei,org-1", "--set", "clause=code 1",
                 "--set", "clause=code 2", "--set", "alternatives=None, at first")  # fmt: skip
    shown = story("show", "19", "--json").json["stands"]
    assert shown["fields"]["deciders"] == ["person-2", "org-1"]
    assert shown["fields"]["clause"] == ["code 1", "code 2"]
    assert shown["sealed"]["alternatives"] == ["None, at first"]
    story.append(*decision, "--set", "clause=code 1", "--set-json", 'deciders=["Xu Fei"]')
    told = stands(story, 19)
    assert (told["clause"], told["deciders"]) == ("code 1", ["person-2"])


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--set", "basis=#16,#99"), 2, "fields.basis: there is no position 99"),
        (("--set", "announced_by=Nobody Here"), 2, "fields.announced_by: no party is registered"),
        (("--set", "days=soon"), 2, "--set days: 'soon' is not a valid integer."),
        (("--set", "measure=frown"), 2, "--set measure: 'frown' is not one of"),
        (("--set", "amount="), 2, "--set-json amount=null"),
        (("--set", "days=1", "--set", "days=2"), 2, "days is set twice"),
        (("--set", "days=1", "--set-json", "days=2"), 2, "days is set twice"),
        (("--set-json", "days=1", "--set-json", "days=2"), 2, "days is set twice"),
        (("--set-json", 'days="5"'), 3, "fields.days: "),
        (("--set-json", "basis=[7]"), 3, "fields.basis"),
        (("--set", "occurred=soon"), 3, "fields.occurred: "),
        (("--set", "colour=red"), 3, "a sanction-imposed has no field 'colour'"),
        (("--set", "kind=fine"), 3, "cannot be corrected"),
        (("--set", "basis=22"), 3, "an event cannot rest on itself"),
    ],
)
def test_what_a_correction_cannot_set_is_said(
    story: Here, given: tuple[str, ...], code: int, said: str
) -> None:
    with unchanged(story.folder):
        told = story("append", *CORRECTION, *given, code=code)
        assert said in " ".join(told.err.split())


def test_a_correction_refers_to_the_kinds_that_the_field_takes(story: Here) -> None:
    target = ("correction", *CASE, "--target", "19")
    told = story("append", *target, "--set", "authority=16", code=3)
    assert "fields.authority: #16 is a finding-made, not authority-granted" in told.err


def test_the_only_candidate_is_offered_and_the_offer_runs(story: Here) -> None:
    story("append", "case-opened", "--case", "c-2", "--title", "Gifts")
    fields = ("--subject", "Xu Fei", "--occurred", "2026-02-01")
    case = ("--case", "c-2")
    story("append", "finding-made", *case, *fields, "--outcome", "substantiated",
          "--responsibility", "direct")  # fmt: skip
    story("append", "decision-taken", *case, "--outcome", "sanction", "--basis", "29")
    told = story("append", "sanction", *case, *fields, "--measure", "fine")
    offer = "answerable append correction --case c-2 --target 31 --set basis=30"
    assert f"There is only #30 (Decision: sanction). If this rests on it: `{offer}`" in told.out
    story(*offer.split()[1:])
    assert stands(story, 31)["basis"] == event_ids(story, 30)
    assert "If this rests on" not in story("append", "sanction", *case, *fields, "--measure",
                                           "fine", "--decision", "30").out  # fmt: skip


def test_of_several_candidates_none_is_offered(story: Here) -> None:
    told = story("append", *SANCTION[:-1], "censure").out
    assert "--set basis=16`" in told  # of two decisions, neither; the finding about Xu Fei
    other = ("--subject", "org-1", "--measure", "fine")
    assert "If this rests on" not in story("append", "sanction", *CASE, *other).out


def test_evidence_takes_links_too_and_drops_none(story: Here) -> None:
    (story.folder / "memo.txt").write_text("x")
    added = ("evidence", "add", "memo.txt", *CASE)
    told = story(*added, "--finding", "16", "--basis", "#9", "--json").json
    at = told["position"]
    assert recorded(story, at)["basis"] == event_ids(story, 16, 9)
    assert "--finding names #9" in " ".join(story(*added, "--finding", "9", code=3).err.split())
    story("evidence", "transfer", str(at), "--to", "org-1", "--decision", "19")
    assert recorded(story, at + 1)["basis"] == event_ids(story, 19)


def recorded(story: Here, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = story("show", str(number), "--json").json["recorded"]
    return fields


@pytest.mark.parametrize("kind", FAMILY)
def test_every_kind_takes_every_link_by_its_word(kind: str) -> None:
    options = {option.name: option for option in command_for(kind).params}
    for word in LINKS:
        option = options.get(word if word in model(kind).attributes else f"link_{word}")
        assert option is not None
        assert f"--{word}" in option.opts


def test_an_event_that_is_missing_is_listed(story: Here) -> None:
    executed = ("append", "sanction-executed")
    said = story(*executed, *CASE, code=2).err
    assert "Missing option '--sanction': The sanction, by its event id.\n" in said
    assert "There is in the case 'xiaomi-kol', the last 5 of 7:\n  #22  Sanction against" in said
    for number in ("24", "25", "26"):
        story(*executed, *CASE, "--sanction", number)
    said = story(*executed, *CASE, code=2).err
    assert "There is in the case 'xiaomi-kol':\n  #20  Sanction" in said
    assert "#24" not in said
    none = story("append", "bar-lifted", "--case", "house", "--reason", "x", code=2).err
    assert "There is no counterparty-barred in the case 'house' yet." in none
    assert "There is" not in story(*executed, code=2).err
    assert "There is" not in story("--ledger", "nowhere.db", *executed, *CASE, code=2).err
    assert "There is" not in story("append", "lesson-recorded", *CASE, code=2).err
