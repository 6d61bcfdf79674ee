"""Entries that seal two things at once: nobody who reads them takes either for the truth.

They are written by one who writes the whole log, tree and all, so that all hashes fit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.oracles import event_id, raw
from tests.support.tampering import forged_entry

from answerable.cli.main import run
from answerable.domain.errors import AnswerableError, Refused
from answerable.ledger.entry.disclosure import commitment, disclosure_text
from answerable.ledger.errors import NotVerified
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog import merkle
from answerable.ledger.transfer.export import exported_entries
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.transfer.restore import restore
from answerable.ledger.verify.record import verify_record

Texts = Sequence[tuple[str, bytes]]
WHO = ("recorded_by", b'"jane"')


def write(
    place: Path, texts: Texts, public: str = "", twice: int = 0, kind: str = "contact-made"
) -> None:
    """Write a ledger of one entry that seals these fields and values."""
    made = [
        (field, disclosure_text(b"%022d" % number, field, value))
        for number, (field, value) in enumerate(texts)
    ]
    made.sort(key=lambda each: commitment(each[1]))
    made += made[:twice]
    committed = b'","'.join(commitment(text) for _, text in made)
    entry = (
        b'{"event_id":"%b","case_id":"acme","version":1,"kind":"%b","schema":1,'
        b'"standing":"asserted","counterparty":"p-1",%b'
        b'"recorded_at":"2026-01-06T00:00:00.000000Z","_sd":["%b"]}'
        % (event_id(1).encode(), kind.encode(), public.encode(), committed)
    )
    rows = [
        (0, number, field, "jane" if field == "recorded_by" else "p-1", text)
        for number, (field, text) in enumerate(made)
    ]
    Ledger.create(place).close()
    with Ledger.open(place) as ledger, ledger._writing() as cursor:
        row = (1, "acme", 1, kind, entry)
        ledger._store.record(cursor, 0, [row], rows, [merkle.leaf_hash(entry)])


EQUIVOCAL: dict[str, tuple[Texts, str, int, str]] = {
    "two texts of a field": (
        (WHO, ("purpose", b'"talks"'), ("purpose", b'"bribes"')), "", 0, "two texts of its field",
    ),
    "a text twice": ((WHO, ("purpose", b'"talks"')), "", 1, "two texts of its field"),
    "a field of another kind": ((WHO, ("measure_text", b'"x"')), "", 0, "does not seal"),
    "a field in the open": (
        (WHO, ("purpose", b'"talks"')), '"purpose":"bribes",', 0, "in the open",
    ),
    "a field in the open, written otherwise": (
        (WHO, ("purpose", b'"talks"')), r'"purp\u006fse":"bribes",', 0, "in the open",
    ),
    "who recorded, in the open": ((WHO,), '"recorded_by":"joe",', 0, "in the open"),
    "a clock that is none": ((WHO,), '"clock":null,', 0, "tells of an accepted clock otherwise"),
    "a clock behind a space": ((WHO,), '"clock" : null,', 0, "tells of an accepted clock"),
    "a clock of another time than the entry's": (
        (WHO,),
        '"clock":{"said":"2026-01-05T00:00:00.000000Z","last":"2026-01-04T00:00:00.000000Z"},',
        0, "tells of an accepted clock otherwise",
    ),
    "a clock, written otherwise": (
        (WHO,), r'"cl\u006fck":"slow",', 0, "tells of an accepted clock otherwise",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUIVOCAL)
def test_an_entry_that_equivocates_is_refused_by_every_reader(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, public, twice, what = EQUIVOCAL[name]
    place = tmp_path / "a.db"
    write(place, texts, public, twice)
    with Ledger.open(place) as ledger:
        assert any(what in each.what for each in verify_record(ledger).problems)
        told = list(exported_entries(ledger))
    assert run(["show", "0", "--ledger", str(place)]) == 4
    assert "acme" not in capsys.readouterr().out
    with Ledger.create(tmp_path / "b.db") as other, pytest.raises(AnswerableError):
        restore(other, lines(BytesIO(b"".join(line + b"\n" for line in told))))


def test_a_clock_is_held_against_the_entry_before(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    told = '"clock":{"said":"2026-01-06T00:00:00.000000Z","last":"2024-01-01T00:00:00.000000Z"},'
    write(place, [WHO], told)
    with Ledger.open(place) as ledger:
        (problem,) = verify_record(ledger).problems
        exported = list(exported_entries(ledger))
    assert problem == (0, "tells another time of the entry before it than that has")
    with Ledger.create(tmp_path / "b.db") as other, pytest.raises(Refused, match="There is none"):
        restore(other, lines(BytesIO(exported[0] + b"\n")))


def test_an_entry_that_says_one_thing_is_taken(tmp_path: Path) -> None:
    write(tmp_path / "a.db", [WHO, ("purpose", b'"talks"')])
    with Ledger.open(tmp_path / "a.db") as ledger:
        assert verify_record(ledger).verified
    assert run(["show", "0", "--ledger", str(tmp_path / "a.db")]) == 0


def test_two_texts_of_a_field_answer_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.db", [WHO, ("purpose", b'"talks"'), ("purpose", b'"bribes"')])
    with Ledger.open(tmp_path / "a.db") as ledger, pytest.raises(NotVerified, match="two texts"):
        ledger.opened([0])


@pytest.mark.parametrize(
    "text",
    [
        b'["%022d","purpose","a","b"]', b'["%022d","purpose"]', b'{"%022d":"purpose"}',
        b'["%022d","purpose","a"],["x","y","z"]', b'["%022d","purpose","a"', b'"%022d"',
    ],
)  # fmt: skip
def test_what_is_no_text_is_named(tmp_path: Path, text: bytes) -> None:
    """Two halves that would make whole texts together, too: none can stand for the other."""
    from base64 import urlsafe_b64encode

    place = tmp_path / "a.db"
    write(place, [WHO, ("purpose", b'"talks"')])
    with Ledger.open(place) as ledger:
        (line,) = exported_entries(ledger)
    told = json.loads(line)
    raw_text = (text % 1).ljust(-(-len(text % 1) // 3) * 3)
    forged = urlsafe_b64encode(raw_text)
    number = next(at for at, each in enumerate(told["disclosures"]) if "cHVycG9zZ" in each)
    old = commitment(told["disclosures"][number].encode()).decode()
    entry = told["entry"].replace(old, commitment(forged).decode()).encode()
    with raw(place, guarded=False) as hand:
        forged_entry(hand, 0, entry)
        hand.execute("UPDATE disclosures SET disclosure = ? WHERE number = ?", (forged, number))
    with Ledger.open(place) as ledger:
        problems = [each.what for each in verify_record(ledger).problems]
    assert "has a text that is filed under a field not its own" in problems


def test_a_clock_that_runs_backwards_is_named(tmp_path: Path) -> None:
    """To find what was known by a moment, the log is searched by halves."""
    place = tmp_path / "a.db"
    Ledger.create(place).close()
    with Ledger.open(place) as ledger, ledger._writing() as cursor:
        rows, texts = [], []
        for number, day in enumerate((7, 9, 8)):
            text = disclosure_text(b"%022d" % number, *WHO)
            entry = (
                b'{"event_id":"%b","case_id":"acme","version":%d,"kind":"lesson-recorded",'
                b'"schema":1,"standing":"asserted","recorded_at":"2026-01-%02dT00:00:00.000000Z",'
                b'"_sd":["%b"]}' % (event_id(number).encode(), number + 1, day, commitment(text))
            )
            rows.append((number + 1, "acme", number + 1, "lesson-recorded", entry))
            texts.append((number, 0, "recorded_by", "jane", text))
        leaves = [merkle.leaf_hash(row[-1]) for row in rows]
        ledger._store.record(cursor, 0, rows, texts, leaves)
    with Ledger.open(place) as ledger:
        (problem,) = verify_record(ledger).problems
    assert (problem.position, problem.what.partition(" than")[0]) == (2, "was recorded earlier")
