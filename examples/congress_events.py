"""The events that an entry of govtrack/misconduct amounts to, as the rules in congress.yaml say."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from congress_source import ENTRY, Fields, Part, Report, Row, Rule, Table, parts, row

DATABASE = "govtrack/misconduct"

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
    "step-taken": "term",
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
    "step-taken": "note",
    "subject-heard": "account",
}
"""The field of each kind that takes the source's own words."""

RESTING = ("finding-made", "decision-taken")
TIMES = {"an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
LINK = re.compile(r"\[([^\]]*)\]\s?\(([^)]*)\)")


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
        for field in sorted(set(entry) - {*ENTRY, "tags"}, key=str):
            why = f"unknown field {field}: {entry[field]!r:.200}"
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
        if not made and told.links:
            self.report.lines += [f"    {link}" for link in told.links]
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
        fields[WORDS.get(kind, "words")] = part.words
        common = {"occurred": occurred, "sources": self.sources(told, told.links)}
        resting = [each["event_id"] for each in made if each["kind"] in RESTING][-1:]
        if kind in ("sanction-imposed", "decision-taken"):
            common["basis"] = resting
        body = slug(told.body) if told.body else None
        return STEPS.get(kind, Case.plain)(self, kind, fields, common, body)

    # --- What each kind needs beyond its fields. All give the events that they made.

    def plain(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """A decision, or what needs nothing more."""
        if kind == "decision-taken" and body:
            fields["deciders"] = [body]
        if kind == "step-taken":
            who = {"person": self.person, "nobody": None}.get(fields.pop("by", "body"), body)
            fields["who"] = [who] if who else None
        if kind == "commitment-made":
            fields["by"] = self.person
        if kind == "apology-issued":
            fields["speaker"] = self.person
        return [self.add(kind, **fields, **common)]

    def statement(
        self, kind: str, fields: Fields, common: Fields, body: str | None
    ) -> list[Fields]:
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
        """An inquiry begun or ended; which one ended is told by its body, if it had but one."""
        if kind == "investigation-opened":
            mandate = fields.pop("mandate", False)
            fields |= {"mandate_giver": body} if mandate else {"lead": body}
        else:
            opened = [
                each["event_id"]
                for each in self.known
                if each["kind"] == "investigation-opened"
                and body is not None
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
        imposed = [
            each["event_id"]
            for each in self.known
            if named(each, of) and each["event_id"] not in self.ended
        ]
        if kind == "sanction-executed":
            imposed = imposed[-1:]
        else:
            self.ended.update(imposed)
        return [self.add(kind, sanction=each, **fields, **common) for each in imposed]

    def role(self, kind: str, fields: Fields, common: Fields, body: str | None) -> list[Fields]:
        """A seat or a post, taken or left. One that was left had been taken before."""
        role = fields.pop("role")
        if kind == "role-assigned":
            common["sources"] = [*common["sources"], {"title": fields.pop("words")[:1000]}]
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
        so_called = [each["event_id"] for each in self.known if named(each, of)]
        appeals = [each for each in self.known if each["kind"] == "appeal-lodged"]
        lodged = [
            each
            for each in appeals
            if each["against"] in so_called and each["event_id"] not in self.ended
        ]
        appealed = {each["against"] for each in appeals}
        open_to_it = [each for each in so_called if each not in appealed]
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
        verb = {"allowed": "allow", "dismissed": "dismiss"}.get(fields.get("outcome", ""), "lodge")
        self.report.note(
            "appeals",
            self.id,
            None,
            "recorded as a decision, for which sanction or finding was appealed is not told",
            fields.get("reasons") or fields.get("ground", ""),
        )
        return self.add(
            "decision-taken",
            outcome=f"{verb} appeal",
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
    """Whether an event is a sanction, or the conviction, that goes by a name (None: any)."""
    if of == "conviction":
        return (event["kind"], event.get("outcome")) == ("finding-made", "substantiated")
    return event["kind"] == "sanction-imposed" and of in (
        None,
        event["measure"],
        event.get("measure_text"),
    )


def proper(url: str) -> bool:
    """Whether an address can be one."""
    return re.fullmatch(r"https?://\S{1,1990}", url) is not None


def slug(name: str) -> str:
    """The pseudonym of a body, which is no person and may be told by name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
    if 0 < len(plain) <= 64 and not plain.startswith("person-"):
        return plain
    return f"body-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def dollars(text: str | None) -> str | None:
    """An amount as events have it: `50 USD`."""
    return f"{text.strip('$.,').replace(',', '')} USD" if text else None
