"""Test what falls due, as a calendar that other programs read."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.conformance.output.ics import CalendarEntry, calendar_of

STAMP = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
ONE = CalendarEntry("generic", "opens-in-time", "event-1", "2026-02-16", "2026-02-16", "Open it")


def read(text: str) -> list[tuple[str, str]]:
    """Read a calendar by the book: unfold, then part each line at its first colon."""
    assert text.endswith("\r\n")
    unfolded = text.replace("\r\n ", "").removesuffix("\r\n")
    assert "\n" not in unfolded.replace("\r\n", "")
    found = []
    for line in unfolded.split("\r\n"):
        name, _, value = line.partition(":")
        found.append((name, value))
    return found


def unescaped(value: str) -> str:
    found, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            escaped = next(signs)
            found += "\n" if escaped in "nN" else escaped
        else:
            assert sign not in ",;"
            found += sign
    return found


def values(text: str, name: str) -> list[str]:
    return [value for found, value in read(text) if found == name]


def test_a_deadline_is_an_event_of_a_day() -> None:
    assert calendar_of([ONE], stamp=STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//answerable//due//EN",
        "CALSCALE:GREGORIAN",
        "NAME:What falls due",
        "BEGIN:VEVENT",
        "UID:d4765ed0-3c7a-57ee-9b12-4faedb8c9f20",
        "DTSTAMP:20260105T093000Z",
        "DTSTART;VALUE=DATE:20260216",
        "SUMMARY:Open it",
        "CATEGORIES:generic",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_deadline_by_the_hour_is_a_moment_in_utc() -> None:
    due = ONE._replace(earliest="2026-02-16T18:30+08:00")
    assert values(calendar_of([due], stamp=STAMP), "DTSTART") == ["20260216T103000Z"]


def test_it_stands_at_the_earliest_that_is_told() -> None:
    late = ONE._replace(earliest=None, latest="2026-03-01")
    assert values(calendar_of([late], stamp=STAMP), "DTSTART;VALUE=DATE") == ["20260301"]
    untold = ONE._replace(earliest=None, latest=None)
    assert values(calendar_of([untold], stamp=STAMP), "BEGIN") == ["VCALENDAR"]


def test_an_entry_keeps_its_identifier_when_its_deadline_moves() -> None:
    moved = ONE._replace(earliest="2026-03-01", summary="Open it at last")
    assert moved.uid == ONE.uid
    assert values(calendar_of([moved, ONE], stamp=STAMP), "DTSTART;VALUE=DATE") == ["20260216"]
    others = {
        ONE._replace(rule="disposed").uid,
        ONE._replace(policy="other").uid,
        ONE._replace(activation="event-2").uid,
    }
    assert len(others | {ONE.uid}) == 4


def test_entries_stand_in_order() -> None:
    due = [ONE._replace(activation=f"event-{n}", earliest=f"2026-02-{n:02}") for n in (9, 3, 20)]
    found = values(calendar_of(due, stamp=STAMP), "DTSTART;VALUE=DATE")
    assert found == ["20260203", "20260209", "20260220"]


@given(st.text(max_size=300))
def test_any_text_is_read_back_from_lines_of_75_octets(text: str) -> None:
    written = calendar_of([ONE._replace(summary=f"x{text}", description=text)], stamp=STAMP)
    for line in written.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode()) <= 75
        assert not any(sign < " " and sign != "\t" for sign in line)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(each for each in plain if each in "\n\t" or (each >= " " and each != "\x7f"))
    assert unescaped(*values(written, "SUMMARY")) == f"x{plain}"


def test_a_letter_of_several_octets_is_not_cut() -> None:
    written = calendar_of([ONE._replace(summary="调" * 100)], stamp=STAMP)
    parts = written.split("SUMMARY:")[1].split("\r\nCATEGORIES")[0].split("\r\n ")
    assert "".join(parts) == "调" * 100
    assert max(len(each.encode()) for each in parts) > 60
