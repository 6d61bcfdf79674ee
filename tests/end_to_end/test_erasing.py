"""Erasing on the command line: what else names the person is found, offered, and gone if chosen."""

import base64
import json
import os
import pty
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.conftest import ACTOR, Cli, Result
from tests.support.openssh import Key

from answerable.cli.main import run
from answerable.cli.recording import erasing
from answerable.cli.recording.erasing import chosen_numbers
from answerable.ledger import Ledger
from answerable.ledger.store.queries import covered_texts
from answerable.ledger.verify.record import verify_record

ANNE = "Annegret Döe <annegret@example.com>"
ERASE = ("append", "personal-data-erased", "--case", "acme", "--subject", "p-1",
         "--legal-basis", "gdpr 17")  # fmt: skip
EVENTS = (
    {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person",
     "name": "Annegret Döe", "aliases": ["雷军"]},
    {"kind": "case-opened", "case_id": "acme", "title": "The Doe affair",
     "summary": "by ANNEGRET DOE"},
    {"kind": "contact-made", "case_id": "acme", "counterparty": "p-2", "purpose": "据称雷军先生"},
    {"kind": "finding-made", "case_id": "acme", "subject": "p-1", "conduct": "Annegret Döe knew",
     "outcome": "inconclusive", "responsibility": "none"},
    {"kind": "contact-made", "case_id": "acme", "counterparty": "p-2", "purpose": "nothing"},
)  # fmt: skip
WHOLE = [(1, "summary"), (2, "purpose"), (4, "recorded_by")]
FOUND = sorted([*WHOLE, (1, "title")])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("erasing") / "answerable.db"
    with Ledger.create(place) as ledger:
        ledger.append_all(EVENTS[:-1], recorded_by=ACTOR)
        ledger.append_all(EVENTS[-1:], recorded_by=ANNE)
    return place


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger in it, where commands run in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANSWERABLE_ACTOR", ACTOR)
    monkeypatch.delenv("ANSWERABLE_LEDGER", raising=False)
    shutil.copy(made, tmp_path / "answerable.db")
    return tmp_path / "answerable.db"


Command = Callable[..., Result]


@pytest.fixture
def command(here: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def call(*arguments: str, code: int = 0) -> Result:
        capsys.readouterr()
        ended = run(list(arguments))
        told = capsys.readouterr()
        assert ended == code, told
        return Result(ended, told.out, told.err)

    return call


def gone(place: Path) -> list[tuple[int, str]]:
    """What is erased, the record being verified, besides what is about the person."""
    with Ledger.open(place) as ledger:
        assert verify_record(ledger).verified
        opened = ledger.opened(range(len(EVENTS)))
    return sorted((at, field) for at, each in opened.items() for field in each.erased
                  if at not in (0, 3))  # fmt: skip


@pytest.mark.parametrize("more", [(), ("--json",), ("--sign", "key"), ("--prepare", "event.json")])
def test_where_nobody_can_be_asked_nothing_is_erased_until_it_is_said(
    command: Command, here: Path, more: tuple[str, ...]
) -> None:
    refused = command(*ERASE, *more, code=2)
    said = refused.error["message"] if more == ("--json",) else " ".join(refused.err.split())
    assert "4 texts with a name of p-1 would stay" in said
    assert "--others all" in said
    assert "--others keep" in said
    assert len(list(here.parent.iterdir())) <= 3
    with Ledger.open(here) as ledger:
        assert len(ledger) == len(EVENTS)


@pytest.mark.parametrize(
    ("choice", "expected"), [("all", FOUND), ("named", sorted(WHOLE)), ("keep", [])]
)
def test_what_becomes_of_the_others_is_said_by_an_option(
    command: Command, here: Path, choice: str, expected: list[tuple[int, str]]
) -> None:
    told = command(*ERASE, "--others", choice, "--json").json
    assert gone(here) == expected
    stay = [(each["position"], each["field"]) for each in told["remaining"]]
    assert sorted(stay) == sorted({*FOUND} - {*expected})
    assert (told["kind"], told["duplicate"]) == ("personal-data-erased", False)
    assert told["position"] == len(EVENTS) + len(told["further"])
    # Nothing is left to be found, so nothing is asked.
    again = command(*ERASE)
    assert "No name of p-1 is open" in again.err


def test_what_stays_is_told_by_its_events_since_its_names_are_gone(command: Command) -> None:
    told = command(*ERASE, "--others", "named", "--source", "asked by Doe").err
    assert "With a name of p-1, 2 texts remain: #1 title, #7 sources." in " ".join(told.split())


def test_what_the_user_names_is_not_offered_again(command: Command, here: Path) -> None:
    command(*ERASE, "--events", "1", "--events", "2", "--events", "4")
    assert gone(here) == sorted([*FOUND, (1, "recorded_by"), (2, "recorded_by"), (4, "purpose")])


def test_a_name_that_is_not_registered_can_be_given(command: Command) -> None:
    told = command(*ERASE, "--called", "Nothing", "--others", "keep", "--json").json
    assert (4, "purpose", True) in [
        (each["position"], each["field"], each["whole"]) for each in told["remaining"]
    ]


def test_a_dry_run_lists_them_and_refuses_nothing(command: Command, here: Path) -> None:
    shown = command(*ERASE, "--dry-run")
    assert "#1  acme, The Doe affair  case-opened  title  (part of a name)" in shown.err
    assert "by ANNEGRET DOE" in shown.err
    assert "4 of these would stay" in shown.err
    told = command(*ERASE, "--dry-run", "--others", "named", "--json").json
    assert [each["excerpt"] for each in told["remaining"]] == [
        "by ANNEGRET DOE", "据称雷军先生", ANNE, "The Doe affair",
    ]  # fmt: skip
    assert len(told["further"]) == 2
    assert '"fields":["recorded_by"]' in told["entry"]
    assert gone(here) == []


def test_of_many_the_first_are_listed_and_the_others_counted(command: Command, here: Path) -> None:
    contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "p-2"}
    with Ledger.open(here) as ledger:
        ledger.append_all([contact] * 60, recorded_by=ANNE)
    shown = command(*ERASE, "--dry-run").err
    # Parts of a name come last.
    assert (shown.count("case-opened"), shown.count("contact-made")) == (1, 49)
    assert "and 14 more: --dry-run --json lists all" in shown
    stay = command(*ERASE, "--others", "keep").err
    assert "With a name of p-1, 64 texts remain" in stay
    assert "and 14 more" in stay


def test_a_retry_under_its_id_is_harmless(command: Command, here: Path) -> None:
    named = (*ERASE, "--event-id", "019b8c00-0000-7000-8000-00000000abcd", "--json")
    first = command(*named, "--others", "all").json
    assert command(*named).json["duplicate"]
    again = command(*named, "--others", "all").json
    assert (again["position"], again["duplicate"]) == (first["position"], True)
    with Ledger.open(here) as ledger:
        assert len(ledger) == first["size"]


def test_a_legal_hold_refuses_before_anything_is_asked(command: Command, here: Path) -> None:
    command("append", "legal-hold-set", "--case", "acme", "--subject", "p-1")
    assert "legal hold stands on p-1" in command(*ERASE, code=3).err
    command("append", "legal-hold-lifted", "--case", "acme", "--hold", "5")
    command("append", "legal-hold-set", "--case", "x", "--subject", "p-2", "--new-case")
    assert "legal hold stands on p-2" in command(*ERASE, "--others", "all", code=3).err
    assert gone(here) == []


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is answered at a terminal, in this order."""
    given: list[str] = []

    def prompt(*_: Any, **__: Any) -> str:
        return given.pop(0)

    monkeypatch.setattr(erasing, "_at_terminal", lambda way: not way.as_json)
    monkeypatch.setattr("click.prompt", prompt)
    yield given
    assert not given


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["all"], FOUND),
        (["Named"], sorted(WHOLE)),
        (["none"], []),
        (["0", "5", "1-9", "some", "", "2,4"], [(1, "title"), (2, "purpose")]),
    ],
)
def test_at_a_terminal_they_are_listed_and_chosen(
    command: Command, here: Path, answers: list[str], said: list[str],
    expected: list[tuple[int, str]],
) -> None:  # fmt: skip
    answers += said
    shown = command(*ERASE)
    for number, (at, field) in enumerate([*WHOLE, (1, "title")], 1):
        assert f"  {number}  #{at}  acme, The Doe affair  " in shown.err
        assert field.replace("_", " ") in shown.err
    assert gone(here) == expected


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("1", [1]), ("3, 1-2,2", [1, 2, 3]), ("5-5", [5]), ("2-1", None), ("6", None),
        ("0-2", None), ("1,", None), ("-1", None), ("1--2", None), ("a", None), ("", None),
        ("1-99999999999", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_one_writes_them(said: str, numbers: list[int] | None) -> None:
    assert chosen_numbers(said, 5) == numbers


def test_a_real_terminal_is_asked(here: Path) -> None:
    near, far = pty.openpty()
    cli = Cli(here.parent)
    with cli.start(*ERASE, stdin=far, stdout=far, stderr=far) as process:
        os.write(near, b"4\n")
        os.close(far)
        written = b""
        while b"Recorded" not in written:
            written += os.read(near, 65_536)
        assert process.wait(60) == 0
    os.close(near)
    assert b"The Doe affair" in written
    assert gone(here) == [(1, "title")]


# A few letters may stand in any salt by chance. In the index a word may lack its beginning.
PLAIN = [word.encode() for word in ("Annegret", "ANNEGRET", "negret", "Döe", "雷军")]


IN_A_FILE = pytest.mark.sqlite_file(
    "the bytes of a file; unit/ledger/store/postgresql/test_store.py reads a server's tables"
)


def every_byte(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


@IN_A_FILE
def test_no_file_of_the_ledger_holds_the_plaintext_after_it(command: Command, here: Path) -> None:
    command("key", "create", "--origin", "example.com/log")
    command("checkpoint")
    command("search", "annegret")
    command("status", "--person", "Annegret Döe")
    with Ledger.open(here) as ledger, ledger._reading() as cursor:
        texts = [
            text
            for (at, field) in [*FOUND, (0, "name"), (0, "aliases"), (3, "conduct")]
            for (text,) in cursor.execute(
                "SELECT disclosure FROM disclosures WHERE position = ? AND field = ?", (at, field)
            ).fetchall()
        ]
    assert len(texts) == 7
    # SQLite may cut a text over pages, so a stretch of each is looked for.
    pieces = [piece for text in texts for piece in (text[:24], text[-24:])]
    before = b"".join(every_byte(here.parent).values())
    assert all(piece in before for piece in pieces)
    assert b"negret" in before, "the index of words has them as they are"
    with Ledger.open(here) as reader:  # so that SQLite does not tidy up at the end
        command(*ERASE, "--others", "all")
        assert len(reader) == len(EVENTS) + 3
        after = every_byte(here.parent)
    command("search", "affair")
    for files in (after, every_byte(here.parent)):
        assert any(name.endswith("-wal") for name in files) or files is not after
        for name, content in files.items():
            assert not [piece for piece in pieces if piece in content], name
            assert not [word for word in PLAIN if word in content], name
    assert command("verify").code == 0


@IN_A_FILE
def test_what_is_gone_is_gone_in_any_encoding_of_it(command: Command, here: Path) -> None:
    """Base64 has three ways to write a name, by where it begins."""
    names = ("Annegret D", "ANNEGRET DOE", "Doe affair", "据称雷军先生")
    written = [
        base64.urlsafe_b64encode(b" " * shift + name.encode())[
            4 : 4 * ((shift + len(name.encode())) // 3)
        ]
        for name in names
        for shift in range(3)
    ]
    before = b"".join(every_byte(here.parent).values())
    assert len([letters for letters in written if letters in before]) >= len(names)
    command(*ERASE, "--others", "all")
    after = b"".join(every_byte(here.parent).values())
    assert not [letters for letters in written if letters in after]


def test_an_import_says_what_an_erasure_in_it_left(command: Command, tmp_path: Path) -> None:
    erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "p-1",
               "legal_basis": "gdpr 17"}  # fmt: skip
    after = {"kind": "contact-made", "case_id": "acme", "counterparty": "p-3"}
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join(map(json.dumps, (*EVENTS[:-1], erasure, after))) + "\n")
    for ledger in ("one.db", "two.db"):
        command("init", "--ledger", ledger)
    said = command("import", str(file), "--ledger", "one.db")
    assert "After the erasure in line 5:" in said.err
    assert "#1 title" in said.err
    told = command("import", str(file), "--ledger", "two.db", "--json").json
    assert (told["recorded"], told["lines"]) == (6, 6)
    (left,) = told["remaining"]
    assert (left["line"], left["subject"]) == (5, "p-1")
    assert sorted((each["position"], each["field"]) for each in left["texts"]) == [
        (1, "summary"), (1, "title"), (2, "purpose"),
    ]  # fmt: skip
    assert command("import", str(file), "--ledger", "two.db", "--continue", "--json").json == {
        **told, "recorded": 0, "remaining": [], "unregistered": [],
    }  # fmt: skip


def test_several_events_are_prepared_signed_and_recorded(command: Command, here: Path) -> None:
    key = Key.generate("ssh-ed25519")
    here.with_name("answerable.db.signers").write_text(f"{ACTOR} {key.line}\n")
    told = command(*ERASE, "--others", "named", "--prepare", "event.json", "--json").json
    files = [*(each["prepared"] for each in told["further"]), told["prepared"]]
    assert files == ["event-1.json", "event-2.json", "event.json"]
    assert gone(here) == []
    for number, file in enumerate(files):
        statement = Path(f"{file}.statement")
        Path(f"{file}.statement.sig").write_text(key.sign(statement.read_bytes()))
        recorded = command("record", file, "--json").json
        assert recorded["position"] == len(EVENTS) + number
        # The first takes the names with it, so only then there is anything to be found.
        assert bool(recorded["remaining"]) == (number == 0)
    assert gone(here) == sorted(WHOLE)


def test_what_fails_to_be_prepared_leaves_no_file(command: Command, here: Path) -> None:
    here.with_name("event.json").write_text("mine")
    command(*ERASE, "--others", "named", "--prepare", "event.json", code=3)
    assert [each.name for each in sorted(here.parent.glob("event*"))] == ["event.json"]


def test_all_are_signed_before_one_is_recorded(
    command: Command, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Key.generate("ssh-ed25519")
    here.with_name("answerable.db.signers").write_text(f"{ACTOR} {key.line}\n")
    signed: list[int] = []

    def sign(statement: bytes, _: Path) -> str:
        with Ledger.open(here) as ledger:
            signed.append(len(ledger))
        return key.sign(statement)

    monkeypatch.setattr("answerable.ledger.actors.ssh_keygen.ssh_sign", sign)
    told = command(*ERASE, "--others", "named", "--sign", "key", "--json").json
    assert signed == [len(EVENTS)] * 3
    assert told["position"] == len(EVENTS) + 2
    assert gone(here) == sorted(WHOLE)


def test_covered_texts_are_those_of_the_subject_and_of_named_events(here: Path) -> None:
    from answerable.ledger.entry.destroyed import Coverage

    coverage = Coverage("p-1", frozenset((1, 4)), frozenset(("title", "recorded_by")))
    with Ledger.open(here) as ledger, ledger._reading() as cursor:
        found = [(at, field) for at, _, field, *_ in covered_texts(cursor, 4, coverage)]
    assert sorted(found) == [
        (0, "aliases"), (0, "name"), (1, "recorded_by"), (1, "title"), (3, "conduct"),
    ]  # fmt: skip
