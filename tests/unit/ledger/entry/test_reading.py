"""Entries that one reader would find otherwise than another."""

from __future__ import annotations

import pytest

from answerable.ledger.entry.reading import reading_problem

HEAD = '{"event_id":"019b8c00-0000-7000-8000-000000000001","case_id":"c","version":1,'
TAIL = '"recorded_at":"2026-01-06T00:00:00.000000Z","_sd":["x"]}'
ONE, OTHER = (f"019b8c00-0000-7000-8000-{number:012x}" for number in (2, 3))


def problem(kind: str, body: str, head: str = HEAD, tail: str = TAIL) -> str | None:
    entry = f'{head}"kind":"{kind}","standing":"asserted",{body}{tail}'.encode()
    return reading_problem(kind, entry, {"purpose", "recorded_by"})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("contact-made", '"counterparty":"p-1",'),
        ("contact-made", '"place":"a b, c: d",'),
        ("contact-made", r'"place":"a \" , : \" b",'),
        ("contact-made", r'"place":"a\nb",'),
        ("retraction", f'"target":"{ONE}",'),
        ("correction", f'"target":"{ONE}","fields":{{"target":"{OTHER}"}},'),
        ("correction", f'"target":"{ONE}","fields":{{"party":"p-2"}},'),
        ("correction", f'"target":"{ONE}","fields":{{"kind":"x"}},'),
        ("authority-revoked", f'"authority":"{ONE}",'),
        ("role-ended", f'"assignment":"{ONE}",'),
        ("party-registered", '"party":"p-1",'),
    ],
)
def test_what_a_ledger_writes_reads_alike(kind: str, body: str) -> None:
    assert problem(kind, body) is None


NO_ENTRY = "is not an entry that answerable wrote"
SPACED = "is written with spaces between its parts, which no ledger does"


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("contact-made", '"terms":"p-1","terms":"p-2",', "tells 'terms' twice"),
        ("contact-made", '"event_id":"x",', "tells 'event_id' twice"),
        ("contact-made", r'"event\u005fid":"x",', "tells 'event_id' twice"),
        ("contact-made", '"_sd":["y"],', "tells '_sd' twice"),
        ("contact-made", '"terms":{"_sd":["y"]},', NO_ENTRY),
        ("contact-made", '"terms":{"a":1,"a":2},', "tells 'a' twice"),
        ("contact-made", '"purpose" :"x",', SPACED),
        ("contact-made", '"place": "x",', SPACED),
        ("contact-made", '"place":["x", "y"],', SPACED),
        ("contact-made", '"place"\n:"x",', SPACED),
        ("contact-made", '"place":"x"\t,', SPACED),
        ("contact-made", r'"place":"\" ", "a":1,', SPACED),
        ("contact-made", '"purpose":"x",', "tells 'purpose' in the open, which is sealed"),
        ("contact-made", r'"purp\u006fse":"x",', "tells 'purpose' in the open, which is sealed"),
        ("contact-made", '"place":' + "9" * 5_000 + ",", NO_ENTRY),
        ("contact-made", '"place":' + "[" * 5_000 + "]" * 5_000 + ",", NO_ENTRY),
        ("contact-made", '"place":x,', NO_ENTRY),
        ("retraction", rf'"targ\u0065t":"{ONE}",', "tells 'target' where no ledger looks for it"),
        (
            "correction", f'"fields":{{"target":"{OTHER}"}},"target":"{ONE}",',
            "tells 'target' where no ledger looks for it",
        ),
        (
            "correction", f'"target":"{ONE}","fields":{{"x":{{"party":"p-9"}},"party":"p-2"}},',
            "tells 'party' where no ledger looks for it",
        ),
        ("correction", f'"target":"{ONE}","fields":{{"_sd":["y"]}},', NO_ENTRY),
        ("party-registered", r'"party":"p\u002d1",', "tells 'party' where no ledger looks for it"),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_told(kind: str, body: str, said: str) -> None:
    assert problem(kind, body) == said


def test_an_entry_begins_with_its_id() -> None:
    """The store finds it by the letters at the place where its id stands."""
    shifted = '{"elsewhere":"019b8c00-0000-7000-8000-000000000001","event_id":"x","case_id":"c",'
    assert problem("contact-made", "", shifted) == NO_ENTRY
    assert reading_problem("contact-made", b'["event_id"]', set()) == NO_ENTRY


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ('"recorded_at":"2026-01-06T00:00:00.00000Z+","_sd":["x"]}', "bears no time"),
        ('"recorded_at":"2026-13-06T00:00:00.000000Z","_sd":["x"]}', "bears no time"),
        ('"recorded_at":["2026-01-06T00:00:00.000000Z"],"_sd":["x"]}', "bears no time"),
        ('"recorded":"2026-01-06T00:00:00.000000Z","_sd":["x"]}', NO_ENTRY),
        ('"recorded_at":"2026-01-06T00:00:00.000000Z","_ds":["x"]}', NO_ENTRY),
    ],
)
def test_an_entry_has_what_every_entry_has(tail: str, said: str) -> None:
    assert problem("contact-made", "", tail=tail) == said
