"""Write govtrack/misconduct, a public history of the US Congress, as one would keep it in a sheet.

    python examples/congress_sheet.py misconduct.yaml congress.csv
    answerable import --csv congress.csv --map examples/congress_sheet.toml --dry-run

A row for each of its consequences, with the case that it belongs to; dates as Americans write them.
A name that ends in .xlsx gives a workbook, with real dates. congress.py beside it reads the words
of the source far more closely; here, only what its columns and tags tell is asked for.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from congress_source import Fields, entries, load

COLUMNS = (
    *("Row", "Case", "Person no.", "Person", "Allegation", "Summary", "Tags", "Date", "Body"),
    *("What happened", "Outcome", "Link", "Closed"),
)
LENGTHS = {len("2026-04-23"): "{1}/{2}/{0}", len("2026-04"): "{1}/{0}", len("2026"): "{0}"}


def rows(source: list[Fields]) -> Iterator[list[str | date]]:
    """The rows below the heading."""
    seen: Counter[int] = Counter()
    for entry in source:
        seen[entry["person"]] += 1
        case = f"{entry['person']}/{seen[entry['person']]}"
        of_case = [
            case,
            str(entry["person"]),
            *(squeezed(entry[name]) for name in ("name", "allegation")),
            entry["text"].strip(),
            entry["tags"],
        ]
        last = len(entry["consequences"])
        for number, each in enumerate(entry["consequences"], 1):
            link = each.get("link")
            closed = number == last and "resolved" in entry["tags"].split()
            yield [
                f"{case}/{number}",
                *of_case,
                day(str(each["date"])),
                squeezed(each.get("body") or ""),
                squeezed(each.get("action") or each["text"]),
                each.get("tags") or "",
                " ".join(link) if isinstance(link, list) else link or "",
                "yes" if closed else "",
            ]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def day(told: str) -> str | date:
    """A date of the source: a day, or as much of one as is told."""
    if len(told) == len("2026-04-23"):
        return date.fromisoformat(told)
    return LENGTHS[len(told)].format(*told.split("-"))


def write_csv(source: list[Fields], place: Path) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows(source):
            writer.writerow(f"{c:%m/%d/}{c.year:04}" if isinstance(c, date) else c for c in row)


def write_xlsx(source: list[Fields], place: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Misconduct")
    sheet.append(COLUMNS)
    for row in rows(source):
        # A spreadsheet knows no day before 1900: such a date is a text there.
        sheet.append(
            f"{cell:%m/%d/}{cell.year:04}" if isinstance(cell, date) and cell.year < 1901 else cell
            for cell in row
        )
    book.save(place)


def main() -> int:
    """Read the file named first on the command line; write the one named second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("source", type=Path, metavar="FILE", help="misconduct.yaml")
    parser.add_argument("output", type=Path, metavar="SHEET", help="a name in .csv or .xlsx")
    asked = parser.parse_args()
    source = entries(load(asked.source.read_text(encoding="utf-8")))
    write = write_xlsx if asked.output.suffix == ".xlsx" else write_csv
    write(source, asked.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
