"""Reading govtrack/misconduct: its entries, what its words are taken to mean, and its dates."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple

Fields = dict[str, Any]

ENTRY: dict[str, type] = {
    "person": int,
    "name": str,
    "allegation": str,
    "text": str,
    "consequences": list,
}
CONSEQUENCE = {"date", "body", "action", "text", "link", "tags"}

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
OWN_DATE = re.compile(
    rf"(?:\b[Oo]n |\()(?P<month>{MONTH}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
    rf"|\b[Ii]n (?P<month2>{MONTH}) (?P<year2>\d{{4}})|\b[Ii]n (?P<year3>\d{{4}})\b"
)
SENTENCE = re.compile(r"(?<=[a-z]{4}\.)\s+(?=[A-Z])")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Unreadable(Exception):
    """The source is not what this program can read: what is wrong, and where."""


class Row(NamedTuple):
    """One dated consequence of an entry, as the source has it."""

    date: str | None
    body: str | None
    words: str
    links: tuple[str, ...]
    tags: tuple[str, ...]


class Part(NamedTuple):
    """A sentence or a clause of a consequence, and when it happened."""

    words: str
    occurred: str | None
    before: bool


class Rule(NamedTuple):
    """What words mean."""

    words: re.Pattern[str]
    events: list[Fields]
    but: str | None
    whole: bool


class Table(NamedTuple):
    """What all words mean: congress.yaml."""

    rules: list[Rule]
    bodies: dict[str, str]
    classes: set[str]
    tags: dict[str, list[str]]

    def body(self, given: Fields) -> str | None:
        """The body that a consequence names, as it is spelt here."""
        name = " ".join(given.get("body", "").split())
        return self.bodies.get(name, name) or None

    def rule(self, words: str) -> Rule | None:
        """The first rule whose words are found."""
        return next((rule for rule in self.rules if rule.words.search(words)), None)


class Report:
    """What did not become an event, and why."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.counts: Counter[str] = Counter()

    def note(self, count: str, case: str, row: Row | None, why: str, words: str = "") -> None:
        """Keep a line, counted under one heading."""
        self.counts[count] += 1
        where = f"{case}  {row.date or 'no date'}" if row else case
        said = words or (row.words if row else "")
        for line in (f"{where}: {why}", f"    {said}")[: 2 if said else 1]:
            self.lines.append(CONTROL.sub("\N{REPLACEMENT CHARACTER}", line))


def load(text: str) -> Any:
    """The value in a YAML file. No tags are obeyed, and no aliases taken: a few can stand for more
    than memory holds, and the database has none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                line = f"line {event.start_mark.line + 1}: " if event.start_mark else ""
                raise Unreadable(f"{line}an alias (*{event.anchor}), which this data never has")
        return yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise Unreadable(f"this is not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise Unreadable("this is nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"this holds a value that is none: {error}") from None


def entries(value: Any) -> list[Fields]:
    """The entries of the source, each with the fields and types that it must have."""
    if not isinstance(value, list) or not value:
        raise Unreadable("this is no list of entries")
    for number, entry in enumerate(value, 1):
        where = f"entry {number}"
        if not isinstance(entry, dict):
            raise Unreadable(f"{where} has no fields")
        for field, kind in ENTRY.items():
            found: Any = entry.get(field)
            if type(found) is not kind or (isinstance(found, str) and not found.strip()):
                words = {int: "a whole number", str: "text", list: "a list"}[kind]
                raise Unreadable(f"{where}: {field} must be {words}, not {found!r:.60}")
        if not 0 < entry["person"] < 10**12:
            raise Unreadable(f"{where}: person must be a positive number of at most 12 digits")
        if len(entry["name"]) > 1_000:
            raise Unreadable(f"{where}: name is longer than 1,000 characters")
        if not isinstance(entry.get("tags", ""), str):
            raise Unreadable(f"{where}: tags must be text, not {entry['tags']!r:.60}")
        for place, given in enumerate(entry["consequences"], 1):
            check_consequence(given, f"{where}, consequence {place}")
    return value


def check_consequence(given: Any, where: str) -> None:
    """Refuse a consequence that cannot be read."""
    if not isinstance(given, dict):
        raise Unreadable(f"{where} has no fields")
    for field in ("body", "action", "text", "tags"):
        if not isinstance(given.get(field, ""), str):
            raise Unreadable(f"{where}: {field} must be text, not {given[field]!r:.60}")
    if len(given.get("body", "")) > 1_000:
        raise Unreadable(f"{where}: body is longer than 1,000 characters")
    if not (given.get("action") or given.get("text") or "").strip():
        raise Unreadable(f"{where}: neither action nor text says what happened")


def row(given: Fields, table: Table, case: str, report: Report) -> Row:
    """A consequence, with its date as EDTF and its body under one spelling."""
    links = given.get("link", [])
    links = links if isinstance(links, list) else [links]
    words = " ".join(" ".join(filter(None, (given.get("action"), given.get("text")))).split())
    read = Row(
        edtf(given.get("date")),
        table.body(given),
        words,
        tuple(link for link in links if isinstance(link, str) and link.strip()),
        tuple(given.get("tags", "").split()),
    )
    for field in sorted(set(given) - CONSEQUENCE, key=str):
        report.note("unknown fields", case, read, f"unknown field {field}: {given[field]!r:.200}")
    if read.date is None:
        report.note("dates", case, read, f"recorded without a date: {given.get('date')!r:.60}")
    if len(read.links) != len(links):
        report.note("links", case, read, f"a link that is no text: {given['link']!r:.200}")
    return read


def edtf(value: Any) -> str | None:
    """A date no more precise than it was given: to the day, the month or the year."""
    text = str(value) if type(value) in (date, int, str) else ""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None
    return text if EDTF.fullmatch(text) else None


def parts(told: Row, table: Table) -> list[Part]:
    """A consequence cut where one date does not do for all of it: at semicolons and full stops.

    Where some of it has a date of its own, the rest had happened by the consequence's date; the
    last of it, on that date.
    """
    rule = table.rule(told.words)
    if rule is not None and rule.whole:
        return [Part(told.words, told.date, False)]
    cut = [piece for half in told.words.split("; ") for piece in SENTENCE.split(half)]
    if len(cut) == 1:
        return [Part(told.words, told.date, False)]
    own = [own_date(piece) for piece in cut]
    return [
        Part(
            piece,
            when or told.date,
            not when and any(own) and place < len(cut) and told.date is not None,
        )
        for place, (piece, when) in enumerate(zip(cut, own, strict=True), 1)
    ]


def own_date(words: str) -> str | None:
    """The date that words tell of themselves, as EDTF."""
    found = OWN_DATE.search(words)
    if found is None:
        return None
    year = found["year"] or found["year2"] or found["year3"]
    month = found["month"] or found["month2"]
    if not month:
        return edtf(year)
    number = datetime.strptime(month[:3], "%b").month  # noqa: DTZ007
    return edtf(f"{year}-{number:02}" + (f"-{int(found['day']):02}" if found["day"] else ""))
