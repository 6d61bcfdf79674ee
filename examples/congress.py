"""Map govtrack/misconduct, a public history of the US Congress, to events for `answerable import`.

    python examples/congress.py misconduct.yaml --output congress.jsonl --report congress.txt

What its words mean is data, in congress.yaml beside this program; congress.md says how it is meant.
Each entry of the source becomes a case. What no kind of event can say is reported, not dropped, and
nothing is made more precise than the source tells it. The same file gives the same events, ids
included, so that importing it again adds nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

Fields = dict[str, Any]

TABLE = Path(__file__).with_suffix(".yaml")
DATABASE = "govtrack/misconduct"
HOUSE = "house"

ENTRY = {"person": int, "name": str, "allegation": str, "text": str, "consequences": list}
CONSEQUENCE = {"date", "body", "action", "text", "link", "tags"}

LEADING = {
    "decision-taken": "outcome",
    "finding-made": "outcome",
    "sanction-imposed": "measure",
    "sanction-lifted": "of",
    "appeal-decided": "outcome",
    "statement-published": "acts",
    "subject-heard": "form",
    "role-assigned": "role",
    "role-ended": "role",
}
"""The field that a table's event means when it gives one word alone."""

WORDS = {
    "allegation-made": "conduct",
    "apology-issued": "statement",
    "appeal-decided": "reasons",
    "appeal-lodged": "ground",
    "backlash-observed": "claim",
    "commitment-made": "promise",
    "decision-taken": "reasons",
    "finding-made": "conduct",
    "investigation-concluded": "result",
    "investigation-opened": "scope",
    "report-received": "report",
    "role-ended": "reason",
    "sanction-executed": "note",
    "sanction-imposed": "reason",
    "sanction-lifted": "reason",
    "statement-published": "statement",
    "subject-heard": "account",
}
"""The field of each kind that takes the source's own words."""

RESTING = ("finding-made", "decision-taken")
TIMES = {"an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
OWN_DATE = re.compile(
    rf"(?:\b[Oo]n |\()(?P<month>{MONTH}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
    rf"|\b[Ii]n (?P<month2>{MONTH}) (?P<year2>\d{{4}})|\b[Ii]n (?P<year3>\d{{4}})\b"
)
SENTENCE = re.compile(r"(?<=[a-z]{4}\.)\s+(?=[A-Z])")
LINK = re.compile(r"\[([^\]]*)\]\s?\(([^)]*)\)")
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
        self.lines.append(f"{where}: {why}" + (f"\n    {said}" if said else ""))


# --- Reading the source


def load(text: str) -> Any:
    """The value in a YAML file. No tags are obeyed, and no aliases taken: a few can stand for more
    than memory holds, and the database has none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise Unreadable(f"line {event.start_mark.line + 1}: an alias (*{event.anchor})")
        return yaml.load(text, Loader=loader)  # noqa: S506
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
            found = entry.get(field)
            if type(found) is not kind or (kind is str and not found.strip()):
                words = {int: "a whole number", str: "text", list: "a list"}[kind]
                raise Unreadable(f"{where}: {field} must be {words}, not {found!r:.60}")
        if not 0 < entry["person"] < 10**12:
            raise Unreadable(f"{where}: person must be a positive number")
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
    if not (given.get("action") or given.get("text") or "").strip():
        raise Unreadable(f"{where}: neither action nor text says what happened")


def row(given: Fields, table: Table, case: str, report: Report) -> Row:
    """A consequence, with its date as EDTF and its body under one spelling."""
    links = given.get("link", [])
    links = links if isinstance(links, list) else [links]
    body = given.get("body")
    words = " ".join(" ".join(filter(None, (given.get("action"), given.get("text")))).split())
    read = Row(
        edtf(given.get("date")),
        table.bodies.get(body, body) if body else None,
        words,
        tuple(link for link in links if isinstance(link, str) and link.strip()),
        tuple(given.get("tags", "").split()),
    )
    for field in sorted(set(map(str, given)) - CONSEQUENCE):
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
        return year
    number = datetime.strptime(month[:3], "%b").month  # noqa: DTZ007
    return f"{year}-{number:02}" + (f"-{int(found['day']):02}" if found["day"] else "")


# --- Events


class Log:
    """The events, in order, each under an id that its content gives it."""

    def __init__(self) -> None:
        self.events: list[Fields] = []
        self._seen: Counter[bytes] = Counter()

    def add(self, kind: str, case: str, **fields: Any) -> Fields:
        """Record an event; what is None is absent."""
        event = {"kind": kind, "case_id": case}
        event |= {name: value for name, value in fields.items() if value not in (None, (), [])}
        digest = hashlib.sha256(json.dumps(event, sort_keys=True).encode()).digest()
        self._seen[digest] += 1
        again = hashlib.sha256(digest + self._seen[digest].to_bytes(4)).digest()
        event["event_id"] = uuid7(event.get("occurred"), again)
        self.events.append(event)
        return event


def uuid7(occurred: str | None, digest: bytes) -> str:
    """A UUID of version 7 (RFC 9562) that says nothing new: its time is the first day of the date,
    or 1970 where that is earlier or not known; its random bits are of the digest."""
    first = (occurred or "").removeprefix("../")
    first = f"{first}-01-01"[:10] if first else "1970-01-01"
    since = datetime.fromisoformat(first).replace(tzinfo=UTC).timestamp()
    bits = max(0, int(since * 1000)) << 80 | int.from_bytes(digest[:10])
    bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Case:
    """One entry of the source as a case, with what its later events refer back to."""

    def __init__(self, log: Log, table: Table, report: Report, entry: Fields, case: str) -> None:
        self.log, self.table, self.report, self.id = log, table, report, case
        self.person = f"person-{entry['person']}"
        tags = entry.get("tags", "").split()
        self.offence = "/".join(sorted(table.classes.intersection(tags))) or None
        self.titles = {url: title for title, url in LINK.findall(entry["text"])}
        self.known: list[Fields] = []
        self.ended: set[str] = set()
        self.rows = [row(given, table, case, report) for given in entry["consequences"]]
        self._open(entry, tags)
        for told in self.rows:
            self._record(told)
        if "resolved" in tags:
            closing = {"disposition": "other", "reason": "The source tags it as resolved."}
            log.add("case-closed", case, **closing, sources=self.sources(None, ()))

    def _open(self, entry: Fields, tags: list[str]) -> None:
        for field in sorted(set(map(str, entry)) - {*ENTRY, "tags"}):
            why = f"unknown field {field}: {entry.get(field)!r:.200}"
            self.report.note("unknown fields", self.id, None, why)
        for tag in sorted(set(tags) - self.table.classes - {"resolved", "unresolved"}):
            self.report.note("tags", self.id, None, f"unknown tag {tag}")
        allegation = " ".join(entry["allegation"].split())
        title = allegation if len(allegation) <= 1000 else f"{allegation[:999]}…"
        summary = f"{entry['text'].strip()}\n\nTags: {' '.join(tags) or 'none'}"
        links = tuple(self.titles)
        for url in links:
            if not proper(url):
                why = f"kept as a title, for it is no address: {url}"
                self.report.note("links", self.id, None, why)
        sources = self.sources(None, links)
        self.add("case-opened", title=title, summary=summary, jurisdiction="us", sources=sources)
        self.allegation = self.add(
            "allegation-made",
            subject=self.person,
            conduct=allegation,
            standing="alleged",
            sources=self.sources(None, ()),
        )

    def add(self, kind: str, **fields: Any) -> Fields:
        """Record an event of this case."""
        event = self.log.add(kind, self.id, **fields)
        self.known.append(event)
        return event

    def sources(self, told: Row | None, links: tuple[str, ...]) -> list[Fields]:
        """Where something is said: the database, and what the database rests on."""
        of = f", {told.date}" if told and told.date else ""
        found = [{"title": f"{DATABASE}, person {self.person.removeprefix('person-')}{of}"}]
        for url in links:
            title = self.titles.get(url, "").strip()[:1000]
            if proper(url):
                found.append({"title": title, "url": url} if title else {"url": url})
            else:
                found.append({"title": f"{title} {url}".strip()[:1000]})
        return found

    def _record(self, told: Row) -> None:
        made: list[Fields] = []
        for part in parts(told, self.table):
            rule = self.table.rule(part.words)
            mine = [] if rule is None else self._events(told, part, rule)
            made += mine
            why = "no rule knows these words" if rule is None else rule.but
            if why:
                kept = "in part" if mine else "not fitting"
                self.report.note(f"words {kept}", self.id, told, f"{kept}: {why}", part.words)
        self.report.counts["consequences with events" if made else "consequences without"] += 1
        said = {value for event in made for value in event.values() if isinstance(value, str)}
        for tag in told.tags:
            if said.isdisjoint(self.table.tags.get(tag, ())):
                self.report.note("tags", self.id, told, f"no event says its tag {tag}")

    def _events(self, told: Row, part: Part, rule: Rule) -> list[Fields]:
        found = rule.words.search(part.words)
        groups = found.groupdict() if found else {}
        made: list[Fields] = []
        for template in rule.events:
            [(kind, given)] = template.items()
            fields = dict(given) if isinstance(given, dict) else {LEADING[kind]: given}
            wanted = fields.pop("if", None)
            if wanted and not groups.get(wanted):
                continue
            times = TIMES[groups[fields.pop("times").strip("{}")]] if "times" in fields else 1
            if "amount" in fields:
                fields["amount"] = dollars(groups.get(fields["amount"].strip("{}")))
            for _ in range(times):
                made += self._event(kind, dict(fields), told, part, made)
        return made

    def _event(
        self, kind: str, fields: Fields, told: Row, part: Part, made: list[Fields]
    ) -> list[Fields]:
        occurred = None if fields.pop("undated", False) else part.occurred
        if occurred and (fields.pop("before", False) or part.before):
            occurred = f"../{occurred}"
        fields.pop("before", None)
        if kind in WORDS:
            fields[WORDS[kind]] = part.words
        common = {"occurred": occurred, "sources": self.sources(told, told.links)}
        resting = [each["event_id"] for each in made if each["kind"] in RESTING][-1:]
        if kind in ("sanction-imposed", "decision-taken"):
            common["basis"] = resting
        body = self.party(told.body)
        return STEPS.get(kind, Case.plain)(self, kind, fields, common, body)

    def party(self, body: str | None) -> str | None:
        """The pseudonym of a body, which is no person and may be told by name."""
        return slug(body) if body else None

    # --- What each kind needs beyond its fields. All give the events that they made.

    def plain(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """A decision, or what needs nothing more."""
        if kind == "decision-taken" and body:
            fields["deciders"] = [body]
        if kind == "commitment-made":
            fields["by"] = self.person
        if kind == "apology-issued":
            fields["speaker"] = self.person
        return [self.add(kind, **fields, **common)]

    def statement(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        fields["acts"] = [fields["acts"]]
        fields["speaker"] = self.person if fields.pop("by", None) == "person" else body
        return [self.add(kind, **fields, **common)]

    def about(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """What is said of the member: an allegation, a finding, a sanction, a hearing."""
        fields["subject"] = self.person
        if kind == "allegation-made":
            common["standing"] = "alleged"
        if kind in ("finding-made", "subject-heard"):
            fields["allegation"] = self.allegation["event_id"]
        if kind == "finding-made":
            blames = fields["outcome"] == "substantiated"
            fields |= {"responsibility": "direct" if blames else "none"}
            fields["offence_class"] = self.offence
        if fields.pop("announced", False):
            date_told = (common["occurred"] or "").removeprefix("../") or None
            fields |= {"announced": date_told, "announced_by": body}
        return [self.add(kind, **fields, **common)]

    def investigation(
        self, kind: str, fields: Fields, common: Fields, body: str | None
    ) -> list[Fields]:
        if kind == "investigation-opened":
            mandate = fields.pop("mandate", False)
            fields |= {"mandate_giver": body} if mandate else {"lead": body}
        else:
            opened = [
                each["event_id"]
                for each in self.known
                if each["kind"] == "investigation-opened"
                and body in (each.get("lead"), each.get("mandate_giver"))
                and each["event_id"] not in self.ended
            ]
            if len(opened) == 1:
                fields["investigation"] = opened[0]
                self.ended.add(opened[0])
        return [self.add(kind, **fields, **common)]

    def sanction(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """The execution of the sanction just imposed, or the lifting of all of a name."""
        of = fields.pop("of", None)
        imposed = [each for each in self.known if named(each, of)]
        if kind == "sanction-executed":
            imposed = imposed[-1:]
        return [
            self.add(kind, sanction=each["event_id"], **fields, **common)
            for each in imposed
            if each["event_id"] not in self.ended
        ]

    def role(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """A seat or a post, taken or left. One that was left had been taken before."""
        role = fields.pop("role")
        if kind == "role-assigned":
            return [self.add(kind, party=self.person, role=role, **common)]
        held = [
            each["event_id"]
            for each in self.known
            if each["kind"] == "role-assigned"
            and each["role"] == role
            and each["event_id"] not in self.ended
        ]
        made = []
        if not held:
            taken = {"party": self.person, "role": role, "sources": self.sources(None, ())}
            made.append(self.add("role-assigned", **taken))
            held = [made[0]["event_id"]]
        self.ended.add(held[-1])
        return [*made, self.add(kind, assignment=held[-1], **fields, **common)]

    def appeal(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """An appeal, where it is plain against what; else a decision upon one."""
        of = fields.pop("of", "fine")
        lodged = [
            each
            for each in self.known
            if each["kind"] == "appeal-lodged" and each["event_id"] not in self.ended
        ]
        appealed = {each["against"] for each in self.known if each["kind"] == "appeal-lodged"}
        open_to_it = [
            each["event_id"]
            for each in self.known
            if named(each, of) and each["event_id"] not in appealed
        ]
        if of == "conviction":
            open_to_it = open_to_it[-1:]
        made: list[Fields] = []
        if kind == "appeal-lodged" or len(lodged) != 1:
            if len(open_to_it) != 1:
                return [self._upon_an_appeal(kind, fields, common, body)]
            before = common["occurred"]
            if kind == "appeal-decided" and before and not before.startswith("../"):
                before = f"../{before}"
            lodging = common | {"occurred": before, "against": open_to_it[0]}
            if kind == "appeal-lodged":
                lodging |= {**fields, "appellant": self.person}
            lodged = [self.add("appeal-lodged", **lodging)]
            made = lodged[:]
        if kind == "appeal-decided":
            self.ended.add(lodged[0]["event_id"])
            deciders = [body] if body else None
            deciding = {"appeal": lodged[0]["event_id"], "deciders": deciders}
            made.append(self.add(kind, **deciding, **fields, **common))
        return made

    def _upon_an_appeal(
        self, kind: str, fields: Fields, common: Fields, body: str | None
    ) -> Fields:
        outcome = {"allowed": "allow the appeal", "dismissed": "dismiss the appeal"}
        self.report.note(
            "appeals",
            self.id,
            None,
            "recorded as a decision, for which sanction or finding was appealed is not told",
            fields.get("reasons") or fields.get("ground", ""),
        )
        return self.add(
            "decision-taken",
            outcome=outcome[fields["outcome"]] if kind == "appeal-decided" else "appeal",
            deciders=[body] if body else None,
            reasons=fields.get("reasons") or fields.get("ground"),
            **common,
        )


STEPS = {
    "allegation-made": Case.about,
    "finding-made": Case.about,
    "sanction-imposed": Case.about,
    "subject-heard": Case.about,
    "statement-published": Case.statement,
    "investigation-opened": Case.investigation,
    "investigation-concluded": Case.investigation,
    "sanction-executed": Case.sanction,
    "sanction-lifted": Case.sanction,
    "role-assigned": Case.role,
    "role-ended": Case.role,
    "appeal-lodged": Case.appeal,
    "appeal-decided": Case.appeal,
}


def named(event: Fields, of: str | None) -> bool:
    """Whether an event is a sanction, or the conviction, that goes by a name; None: any sanction."""
    if of == "conviction":
        return event["kind"] == "finding-made" and event["outcome"] == "substantiated"
    return event["kind"] == "sanction-imposed" and (
        of is None or of in (event["measure"], event.get("measure_text"))
    )


def proper(url: str) -> bool:
    """Whether an address can be one."""
    return re.fullmatch(r"https?://\S{1,1990}", url) is not None


def slug(name: str) -> str:
    """A pseudonym that tells the name of a body, which is public."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
    return plain if len(plain) <= 64 else f"{plain[:55]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def dollars(text: str | None) -> str | None:
    """An amount as events have it: `50 USD`."""
    return f"{text.strip('$.,').replace(',', '')} USD" if text else None


# --- The whole


def cases(source: list[Fields]) -> Iterator[tuple[str, Fields]]:
    """Each entry and the slug of its case: the person, and the first date that is told."""
    seen: Counter[str] = Counter()
    for entry in source:
        dates = [edtf(each.get("date")) for each in entry["consequences"]]
        first = min(filter(None, dates), default="undated")
        slug = f"{entry['person']}-{first}"
        seen[slug] += 1
        yield slug + (f"-{seen[slug]}" if seen[slug] > 1 else ""), entry


def parties(source: list[Fields], table: Table, log: Log) -> None:
    """Register everyone whom the events name, under a pseudonym; the names are sealed."""
    names: dict[int, list[str]] = {}
    bodies: dict[str, list[str]] = {}
    for entry in source:
        names.setdefault(entry["person"], []).append(" ".join(entry["name"].split()))
        for each in entry["consequences"]:
            if given := each.get("body"):
                bodies.setdefault(table.bodies.get(given, given), []).append(given)
    sources = [{"title": DATABASE}]
    for person, told in names.items():
        [name, *aliases] = [each for each, _ in Counter(told).most_common()]
        party = {"party": f"person-{person}", "type": "person", "name": name, "aliases": aliases}
        log.add("party-registered", HOUSE, **party, sources=sources)
    for name, told in bodies.items():
        aliases = [each for each in dict.fromkeys(told) if each != name]
        party = {"party": slug(name), "type": "body", "name": name, "aliases": aliases}
        log.add("party-registered", HOUSE, **party, sources=sources)


def read_table() -> Table:
    """The table beside this program."""
    told = load(TABLE.read_text(encoding="utf-8"))
    rules = [
        Rule(
            re.compile(each["words"], re.IGNORECASE),
            each.get("events", []),
            each.get("but"),
            each.get("whole", False),
        )
        for each in told["rules"]
    ]
    return Table(rules, told["bodies"], set(told["classes"]), told["tags"])


def convert(text: str) -> tuple[list[Fields], Report]:
    """The events that a source amounts to, and what it holds beyond them.

    Raises:
        Unreadable: it is not such a source.
    """
    source, table, report, log = entries(load(text)), read_table(), Report(), Log()
    parties(source, table, log)
    before: dict[str, str] = {}
    for case, entry in cases(source):
        Case(log, table, report, entry, case)
        same = before.setdefault(json.dumps(entry, sort_keys=True, default=str), case)
        if same != case:
            report.note("entries told twice", case, None, f"the same words as {same}")
    report.counts["entries"] = len(source)
    report.counts["events"] = len(log.events)
    return log.events, report


def main() -> int:
    """Read the file named on the command line; write events and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE", help="misconduct.yaml")
    parser.add_argument("--output", type=Path, metavar="FILE.jsonl", help="else to stdout")
    parser.add_argument("--report", type=Path, metavar="FILE", help="else to stderr")
    asked = parser.parse_args()
    try:
        events, report = convert(asked.file.read_text(encoding="utf-8"))
        lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
        if asked.output:
            asked.output.write_text(lines, encoding="utf-8")
        else:
            sys.stdout.write(lines)
        told = "".join(line + "\n" for line in report.lines)
        if asked.report:
            asked.report.write_text(told, encoding="utf-8")
        else:
            sys.stderr.write(told)
    except ModuleNotFoundError:
        print("congress.py reads YAML: pip install pyyaml", file=sys.stderr)
        return 2
    except (Unreadable, UnicodeDecodeError, OSError) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 2
    for name, count in sorted(report.counts.items()):
        print(f"{count:6,}  {name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
