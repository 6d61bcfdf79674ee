"""Map govtrack/misconduct, a public history of the US Congress, to events for `answerable import`.

    python examples/congress.py misconduct.yaml --output congress.jsonl --report congress.txt

What its words mean is data, in congress.yaml beside this program; congress.md says how it is meant.
Each entry of the source becomes a case. What no kind of event can say is reported, not dropped, and
nothing is made more precise than the source tells it. The same file gives the same events, ids
included, so that importing it again adds nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from congress_events import DATABASE, Case, Log, slug
from congress_source import Fields, Report, Rule, Table, Unreadable, edtf, entries, load

TABLE = Path(__file__).with_suffix(".yaml")
HOUSE = "house"


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
            if name := table.body(each):
                spelt = " ".join(each["body"].split())
                bodies.setdefault(slug(name), [name]).append(spelt)
    sources = [{"title": DATABASE}]
    for person, told in names.items():
        [name, *aliases] = [each for each, _ in Counter(told).most_common()]
        party = {"party": f"person-{person}", "type": "person", "name": name, "aliases": aliases}
        log.add("party-registered", HOUSE, **party, sources=sources)
    for body, told in bodies.items():
        [name, *aliases] = dict.fromkeys(told)
        party = {"party": body, "type": "body", "name": name, "aliases": aliases}
        log.add("party-registered", HOUSE, **party, sources=sources)


@cache
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
        same = before.setdefault(repr(entry), case)
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
    except OSError as error:
        print(f"{error.filename or 'output'}: {error.strerror}", file=sys.stderr)
        return 2
    except (Unreadable, UnicodeError) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 2
    for name, count in sorted(report.counts.items()):
        print(f"{count:6,}  {name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
