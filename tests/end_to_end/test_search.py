"""`answerable search`, run as it is installed."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli
from tests.support.on_disk import on_disk
from tests.support.oracles import event_id, raw

from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.record import verify_record


def test_texts_are_found_with_what_they_belong_to(story: Cli) -> None:
    said = story("search", "management failure", "--about", "Xu Fei")
    assert said.err == ""
    found, _, heading, text, about, *_ = said.out.splitlines()
    where = "in Contact with a KOL (xiaomi-kol)"
    assert heading == f"#16  conduct of finding, on or before 2026-01-06, {where}"
    assert (text, about) == ("     management failure", "     about Xu Fei")
    assert found == "1 text found."
    assert "\x1b" not in said.out


def test_for_programs_it_is_one_value(story: Cli) -> None:
    found = story("search", '"xu f*" OR kol', "--json").json
    assert found["query"] == '"xu f"* OR "kol"'
    assert found["size"] == 28
    assert "Xu Fei" in [each["shown"] for each in found["parties"]]
    first = found["results"][0]
    assert (first["position"], first["field"]) == (3, "name")
    assert first["excerpt"][0] == {"text": "Xu Fei", "hit": True}
    assert found["total"] == len(found["results"])


def test_a_terminal_shows_the_hits_bold_and_no_line_too_long(story: Cli) -> None:
    said = story.terminal("search", "severely OR partnership OR statement")
    assert "\x1b[1mseverely\x1b[0m" in said
    plain = re.sub(r"\x1b\[[0-9]*m", "", said)
    assert max(len(line) for line in plain.split("\n")) <= 80


def test_the_two_times(kept: Cli) -> None:
    opened = kept("search", "partnership", "--json").json["results"][0]
    kept("append", "correction", "--case", "acme", "--target", opened["event_id"],
         "--set", "title=An engagement")  # fmt: skip
    assert "later corrected" in kept("search", "partnership").out
    before = kept(
        "search", "partnership", "--known-by", opened["recorded_at"][:19] + "Z", code=None
    )
    assert "later corrected" not in before.out
    as_of = kept("search", "partnership", "--as-of", "2026-01")
    assert "indeterminate: its date does not tell" in as_of.out
    assert "1 text found, 1 of them indeterminate." in as_of.out
    assert kept("search", "engagement", "--field", "title").out.splitlines()[2].startswith("#2  ")


def test_what_was_erased_is_counted(kept: Cli) -> None:
    assert "1 text found." in kept("search", "partnership").out
    kept("append", "personal-data-erased", "--case", "acme", "--subject", "p-7",
         "--legal-basis", "gdpr art. 17")  # fmt: skip
    said = kept("search", "partnership")
    assert said.out.splitlines()[:2] == [
        "0 texts found.",
        "Not searched, since they are not at hand: 1 text that was erased.",
    ]
    assert "Words are found whole" in said.err
    assert kept("search", "partnership", "--case", "acme", "--json").json["erased"] == 1
    assert b"partnership" not in on_disk(kept.ledger).lower()


def test_it_finds_ideographs_in_a_sentence(cli: Cli) -> None:
    cli("init")
    lines = [
        {"kind": "apology-issued", "case_id": "a", "speaker": "p-1",
         "statement": "对此我们深表歉意，并向米粉诚恳道歉。"},
        {"kind": "apology-issued", "case_id": "b", "speaker": "p-1", "statement": "道 歉"},
        {"kind": "apology-issued", "case_id": "b", "speaker": "p-1", "statement": "歉道"},
    ]  # fmt: skip
    cli("import", "-", "--new-cases", stdin="\n".join(map(json.dumps, lines)))
    assert [each["position"] for each in cli("search", "道歉", "--json").json["results"]] == [1, 0]
    assert "\x1b[1m诚恳道歉\x1b[0m" in cli.terminal("search", "诚恳道歉 OR 道歉")


def test_what_cannot_be_answered_is_said(kept: Cli) -> None:
    said = kept("search", "a", "--field", "sumary", code=2)
    assert "Did you mean summary" in said.err
    assert said.out == ""
    assert kept("search", "--json", "?", code=2).error["error"] == "BadQuery"


def test_a_hostile_query_is_an_answer_or_an_error(kept: Cli) -> None:
    for text in ("\udcff a", "a\x1b[31m", "NEAR(a, b)", "' OR 1=1 --", '"', "a" * 90_000):
        said = kept("search", "--json", "--", text, code=None)
        assert said.code in (0, 2)
        assert "\x1b" not in said.out + said.err


def test_what_a_text_would_do_to_a_terminal_is_told(cli: Cli) -> None:
    cli("init")
    hostile = {"kind": "lesson-recorded", "case_id": "a", "lesson": "\x1b]0;owned\x07 gift \u202e"}
    cli("import", "-", "--new-cases", stdin=json.dumps(hostile))
    for said in (cli("search", "gift").out, cli.terminal("search", "gift")):
        assert "\\u001b]0;owned\\u0007" in said
        assert "\u202e" not in said


@pytest.mark.sqlite_file("locks of a file; a standby takes their place on a server")
def test_a_file_that_cannot_be_written_is_searched_all_the_same(kept: Cli) -> None:
    # Root may write anywhere, so the lock of another writer stands for a file that is read only.
    with raw(kept.ledger) as other:
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        program = (
            "import sys\n"
            "from answerable.ledger.store.sqlite import recorder\n"
            "recorder.BUSY_SECONDS = 0.01\n"
            "from answerable.cli.main import run\n"
            "sys.exit(run(['search', 'partnership']))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=kept.folder, env=kept.environment(),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert "1 text found." in done.stdout
    assert "every text was read" in done.stderr


CHILD = """
import os, sys
from answerable.domain.parsing import parse
from answerable.domain.search.query import query
from answerable.domain.search.request import SearchRequest
from answerable.ledger.ledger import Ledger

with Ledger.open(sys.argv[1]) as ledger:
    number = int(sys.argv[2])
    while True:
        word = f"zq{number:06}kx" * 2
        ledger.append(parse({"kind": "lesson-recorded", "case_id": "c", "lesson": "kept"}),
                      recorded_by="j")
        ledger.append(parse({"kind": "case-opened", "case_id": f"c-{number}",
                             "title": (word + " ") * 40, "owner": f"p-{number}"}), recorded_by="j")
        assert ledger.found(SearchRequest(query(word))).total == 1
        os.write(1, b"+\\n")
        ledger.append(parse({"kind": "personal-data-erased", "case_id": "c",
                             "subject": f"p-{number}", "legal_basis": "gdpr"}), recorded_by="j")
        os.write(1, b"-\\n")
        number += 1
"""


def test_killed_while_it_erases_it_leaves_text_and_words_or_neither(
    tmp_path: Path, store: str
) -> None:
    chance = random.Random(7)
    place = tmp_path / "a.db"
    Ledger.create(place).close()
    first, erased = 0, set[str]()
    for kill in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(place), str(first)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            for _ in range(chance.choice((1, 3))):
                child.stdout.readline()
            child.kill()
        with Ledger.open(place) as ledger:
            erasures = ledger.events(kinds={"personal-data-erased"})
            erased = {event.fields["subject"] for event in erasures}
            opened = list(ledger.events(kinds={"case-opened"}))
            for number, event in enumerate(opened):
                there = f"p-{number}" not in erased
                text = ledger.opened([event.position])[event.position]
                assert ("title" in text.fields) == there
                assert ledger.found(SearchRequest(query(word(number)))).total == there
            assert verify_record(ledger).problems == ()
            assert len(opened) - len(erased) <= kill + 1
            if store == "postgresql":
                # What is erased is gone there when its pages were vacuumed, which takes another
                # statement: whoever erases next makes up for who was killed before it.
                ledger.forget_bytes()
        left = on_disk(place)
        assert [n for n in range(len(opened)) if word(n)[8:].encode() in left] == [
            n for n in range(len(opened)) if f"p-{n}" not in erased
        ]
        first = len(opened)
    assert erased


def word(number: int) -> str:
    return f"zq{number:06}kx" * 2


def test_search_and_names_read_what_erasures_leave(kept: Cli) -> None:
    named = {"kind": "party-registered", "case_id": "house", "party": "p-7", "type": "person",
             "name": "Ann Lee", "event_id": event_id(1)}  # fmt: skip
    kept("import", "-", stdin=json.dumps(named))
    assert "Ann Lee (p-7)" in kept("status", "--person", "ann lee").out
    assert kept("search", "ann lee", "--json").json["total"] == 1
    kept("append", "personal-data-erased", "--case", "acme", "--subject", "p-7",
         "--legal-basis", "gdpr art. 17")  # fmt: skip
    assert "no party is registered" in kept("status", "--person", "Ann Lee", code=2).err
