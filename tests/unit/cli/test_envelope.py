"""Every answer in JSON is in one envelope: which command, whose log, how long, as of when."""

import json
from typing import Any

import pytest
from tests.unit.cli.conftest import Here

from answerable.ledger.ledger import Ledger

CASE = "xiaomi-kol"
ORIGIN = "example.com/ledger"

QUESTIONS = (
    ("status",),
    ("status", "--case", CASE),
    ("status", "--person", "Xu Fei"),
    ("why", "20"),
    ("timeline", CASE),
    ("bars",),
    ("replay", CASE, "--until", "step:2"),
    ("replay", CASE, "--at", "20"),
    ("search", "failure"),
    ("report", CASE),
    ("metrics",),
    ("figures",),
    ("compare",),
    ("gaps",),
    ("audit",),
    ("changes",),
    ("show", "12"),
    ("cases",),
)
OTHERS = (
    ("verify",),
    ("views", "show"),
    ("views", "check"),
    ("key", "show"),
    ("key", "export"),
    ("append", "contact", "--case", CASE, "--counterparty", "person-1", "--dry-run"),
)


@pytest.fixture
def signed(story: Here) -> Here:
    """The example case, in a ledger that has keys."""
    story("key", "create", "--origin", ORIGIN)
    story("append", "retraction", "--case", CASE, "--target", "7")
    return story


def head_of(cli: Here) -> dict[str, Any]:
    with Ledger.open(cli.folder / "answerable.db") as ledger:
        size, root = ledger.head()
    return {"origin": ORIGIN, "size": size, "root": root.hex()}


def envelopes(cli: Here, *command: str) -> list[dict[str, Any]]:
    """The envelope of each line of an answer; it is the line's first key."""
    flag = ("--format", "json") if command[0] == "report" else ("--json",)
    answers = [json.loads(line) for line in cli(*command, *flag).out.splitlines()]
    assert answers
    assert all(next(iter(each)) == "answerable" for each in answers)
    return [each["answerable"] for each in answers]


def test_each_answer_tells_its_command_and_the_head_of_the_log(signed: Here) -> None:
    for command in (*QUESTIONS, *OTHERS):
        depth = 2 if command[0] in ("views", "key", "append") else 1
        for told in envelopes(signed, *command):
            assert told["format"] == 1, command
            assert told["command"] == " ".join(command[:depth])
            assert told["head"] == head_of(signed), command


def test_each_question_tells_the_two_times(signed: Here) -> None:
    times = ("--as-of", "2026-03-31", "--known-by", "2099-12-31", "--zone", "Asia/Shanghai")
    for command in QUESTIONS:
        for told in envelopes(signed, *command):
            assert (told["as_of"], told["known_by"]) == (None, None), command
        for told in envelopes(signed, *command, *times):
            assert told["as_of"] == "2026-03-31T15:59:59.999999Z", command
            assert told["known_by"] == "2099-12-31T15:59:59.999999Z", command
            assert told["zone"] == {"name": "Asia/Shanghai", "told_by": "asker"}, command


def test_what_takes_no_times_tells_none(signed: Here) -> None:
    for command in OTHERS:
        for told in envelopes(signed, *command):
            assert told.keys() == {"format", "command", "head"}, command


def test_a_receipt_tells_the_head_with_what_was_recorded(signed: Here) -> None:
    before = head_of(signed)["size"]
    contact = ("append", "contact", "--case", CASE, "--counterparty", "person-1")
    (told,) = envelopes(signed, *contact)
    assert told["head"] == head_of(signed)
    assert told["head"]["size"] == before + 1
    (told,) = envelopes(signed, "checkpoint")
    assert told["head"] == head_of(signed)


def test_a_log_has_no_origin_before_it_has_keys(here: Here) -> None:
    (told,) = envelopes(here, "init")
    assert told["head"]["origin"] is None
    assert told["head"]["size"] == 0


def test_an_error_is_in_the_envelope(signed: Here) -> None:
    for command, code, head in (
        (("append", "contact", "--case", CASE, "--counterparty", "person-1", "--basis", "99"),
         2, head_of(signed)),
        (("status", "--case", "nowhere"), 2, head_of(signed)),
        (("append", "contact", "--case", CASE, "--stage", "marriage"), 2, None),
    ):  # fmt: skip
        error = json.loads(signed(*command, "--json", code=code).err.splitlines()[-1])
        depth = 2 if command[0] == "append" else 1
        told = {"format": 1, "command": " ".join(command[:depth]), "head": head}
        assert (next(iter(error)), error["answerable"]) == ("answerable", told)
        assert error["exit_code"] == code


def test_streams_are_bare(signed: Here) -> None:
    for command in (("log", "--json"), ("export",)):
        lines = signed(*command).out.splitlines()
        assert all("answerable" not in json.loads(line) for line in lines)
