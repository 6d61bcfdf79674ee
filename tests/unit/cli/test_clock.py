"""A clock that is far from the last entry, at the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.clock import set_clock
from tests.support.openssh import Key
from tests.unit.cli.conftest import LATER, Here

EARLY = datetime(2020, 1, 5, 12, tzinfo=UTC)
CASE = ("--case", "xiaomi-kol")
CONTACT = ("append", "contact", *CASE, "--counterparty", "org-7")
BEHIND = "2,227 days and 12 hours behind the last entry"
"""How far `EARLY` is from the last entry of the story, of 10 February 2026."""


def test_a_wrong_clock_is_refused_and_can_be_accepted(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, lambda: EARLY)
    refused = story(*CONTACT, code=3)
    assert f"the clock says 2020-01-05T12:00:00Z, {BEHIND} (position 27" in refused.err
    assert "Set the clock right. If it is right, give --accept-clock" in refused.err
    assert story(*CONTACT, "--json", code=3).error["error"] == "ClockAstray"
    assert story(*CONTACT, "--dry-run", code=3).out == ""

    assert '"clock":{' in story(*CONTACT, "--dry-run", "--accept-clock").out
    story(*CONTACT, "--accept-clock")
    told = f"recorded with a clock accepted by hand: it said 2020-01-05T12:00:00Z, {BEHIND}"
    assert told in " ".join(story("show", "28").out.split())
    (line,) = story("log", "--last", "1").out.splitlines()
    assert f"({told})" in line
    clock = {"said": "2020-01-05T12:00:00.000000Z", "last": "2026-02-10T00:00:00.000000Z"}
    assert story("log", "--last", "1", "--json").json["clock"] == clock
    shown = story("show", "28", "--json").json
    assert shown["recorded"]["clock"] == clock
    assert "clock" not in shown["stands"]["fields"]
    assert "accepted" not in story("show", "27").out
    story("verify")


def commands(story: Here) -> dict[str, tuple[str, ...]]:
    """The commands that record, made ready while the clock was right."""
    story("key", "create", "--origin", "example.com/log")
    story("checkpoint")
    memo = story.folder / "memo.txt"
    memo.write_text("memo")
    story("evidence", "add", str(memo), *CASE)
    story.append("case-opened", "--case", "other", "--title", "Another")
    exhibit = story("evidence", "list", "--json").lines[0]["event_id"]
    event = {"kind": "contact-made", "case_id": "acme", "counterparty": "p-1"}
    (story.folder / "in.jsonl").write_text(json.dumps(event) + "\n")
    key = Key.generate("ssh-ed25519")
    (story.folder / "answerable.db.signers").write_text(
        f'recorder-1 namespaces="answerable" {key.line}\n'
    )
    story(*CONTACT, "--prepare", "event.json")
    statement = story.folder / "event.json.statement"
    (story.folder / "event.json.statement.sig").write_text(key.sign(statement.read_bytes()))
    gift = ("--to", "the court", "--legal-basis", "gdpr art. 15", "--force")
    return {
        "append": CONTACT,
        "record": ("record", "event.json"),
        "import": ("import", "--new-cases", "in.jsonl"),
        "evidence add": ("evidence", "add", str(memo), *CASE, "--again"),
        "evidence transfer": ("evidence", "transfer", exhibit, "--to", "p-8", "--from", "p-9"),
        "export": ("export", *CASE, "--bundle", "b.zip", *gift),
        "key rotate": ("key", "rotate"),
    }


def test_each_command_that_records_refuses_it_and_can_accept_it(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = commands(story)
    set_clock(monkeypatch, lambda: EARLY)
    for name, arguments in ready.items():
        before = story("log", "--json").out
        assert story(*arguments, "--json", code=3).error["error"] == "ClockAstray", name
        assert story("log", "--json").out == before, name
        story(*arguments, "--accept-clock")
        recorded = [json.loads(line) for line in story("log", "--json").out.splitlines()]
        assert "clock" in recorded[before.count("\n")], name
    story("verify")


def test_only_a_bundle_that_is_recorded_needs_a_clock(story: Here) -> None:
    refused = story("export", "--accept-clock", code=2)
    assert "--accept-clock are for --bundle" in " ".join(refused.err.split())


@pytest.mark.parametrize(
    ("told", "gap"),
    [
        ("3", timedelta(days=3)),
        ("0.5", timedelta(hours=12)),
        (" 400 ", timedelta(days=400)),
        ("P10D", timedelta(days=10)),
        ("P1Y2M", timedelta(days=425)),
        ("P2W", timedelta(days=14)),
        ("PT36H5M1S", timedelta(hours=36, minutes=5, seconds=1)),
        ("P1DT12H", timedelta(hours=36)),
        ("", timedelta(days=400)),
    ],
)
def test_how_far_ahead_a_clock_may_be(
    story: Here, monkeypatch: pytest.MonkeyPatch, told: str, gap: timedelta
) -> None:
    story.append("contact", *CASE, "--counterparty", "org-8")
    monkeypatch.setenv("ANSWERABLE_MAX_GAP", told)
    set_clock(monkeypatch, lambda: LATER + gap + timedelta(microseconds=1))
    assert "ANSWERABLE_MAX_GAP" in story(*CONTACT, code=3).err
    set_clock(monkeypatch, lambda: LATER + gap)
    story(*CONTACT)


@pytest.mark.parametrize(
    "told",
    [
        *("0", "-1", "soon", "P", "PT", "P1DT", "P1", "1e9", "inf", "nan", "12:00", "P-1D", "P0D"),
        *("4OO", "４００", "9" * 30, "P" + "9" * 30 + "D"),
    ],
)
def test_what_is_no_length_of_time_is_named(
    story: Here, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("ANSWERABLE_MAX_GAP", told)
    refused = " ".join(story(*CONTACT, code=2).err.split())
    assert "ANSWERABLE_MAX_GAP is " in refused
    assert "a number of days, as in 400, or an ISO 8601 duration, as in P400D" in refused
    story("log")


@pytest.mark.parametrize("told", ["group", " each ", "", "twice"])
def test_how_an_append_waits_for_the_disk_is_told_by_the_environment(
    story: Here, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("ANSWERABLE_DURABILITY", told)
    if told == "twice":
        assert "ANSWERABLE_DURABILITY is 'twice': it may be each" in story(*CONTACT, code=2).err
    else:
        story(*CONTACT, "--accept-clock")
