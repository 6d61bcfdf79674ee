"""The commands that a page of the documentation shows, and what it says that they answer.

In a block marked `console` a command stands behind `$ `, and what it writes stands below, as a
terminal of 80 columns shows it. An ellipsis stands for what differs from run to run; alone on a
line, for lines that are left out. Where nothing stands below, nothing is compared. A comment
`# exit code 4` at the end of a command says with what it ends. What a page needs before, and no
reader has to see, stands in a comment: `<!-- $ answerable init -->`. A block behind
`<!-- file: gifts.jsonl -->` is that file, and there before the first command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)
BLOCK = re.compile(r"```console\n(?P<block>.*?)```|<!-- \$ (?P<hidden>.*?) -->", re.DOTALL)
CODE = re.compile(r"# exit code (\d+)$")
ASKED = ["?"]
"""Tell what stands for the output of a command before it was first written."""

VARIES = (
    (re.compile(r"(?<=Recorded )20\d\d-\d\d-\d\d|(?<=known by       )20\d\d-\d\d-\d\d"), "…"),
    (re.compile(r"\d+(?= days (?:later|after))"), "…"),
    (re.compile(r"20\d\d-\d\d-\d\d (?!23:59)\d\d:\d\d(?::\d\d)? UTC"), "…"),
    (re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z"), "…"),
    (re.compile(r"\b[0-9a-f]{12,}…?"), "…"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+…?"), "…"),
    (re.compile(r"(?<=\+)[0-9a-f]{8}\b|(?<=the key )[0-9a-f]{8}\b"), "…"),
    (re.compile(r"\(([0-9a-f]{8})(, [0-9a-f]{8})?\)"), "(…)"),
    (re.compile(r"(?<=^  )\d{2,3},\d{3}(?= bytes$)"), "…"),
)
"""Tell what differs from run to run, and what stands for it."""


class Example(NamedTuple):
    """A command of a page.

    Attributes:
        command: as the shell takes it.
        code: with what it ends.
        shown: what the page says that it writes; nothing where it does not say.
        place: where in the page what is shown stands.
    """

    command: str
    code: int
    shown: list[str]
    place: tuple[int, int]


def files(page: Path) -> Iterator[tuple[str, str]]:
    """The files that a page shows: the name of each, and what it holds."""
    yield from FILE.findall(page.read_text(encoding="utf-8"))


def examples(page: Path) -> Iterator[Example]:
    """The commands of a page, in their order."""
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        if found["hidden"] is not None:
            yield Example(found["hidden"], 0, [], (found.end(), found.end()))
            continue
        block, start = found["block"], found.start("block")
        for each in re.finditer(
            r"^\$ (?P<command>.*(?:(?<=\\)\n.*)*)\n(?P<shown>(?:(?!\$ ).*\n)*)", block, re.MULTILINE
        ):
            code = CODE.search(each["command"])
            place = (start + each.start("shown"), start + each.end("shown"))
            shown = each["shown"].splitlines()
            yield Example(each["command"], int(code[1]) if code else 0, shown, place)


def says(shown: Sequence[str], written: Sequence[str]) -> bool:
    """Tell whether what a page shows is what was written."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else f"{_pattern(line)}\n"
        for line in (each.rstrip() for each in shown)
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in written)) is not None


def _pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…")))


def constant(line: str) -> str:
    """A line without what differs from run to run."""
    for varies, instead in VARIES:
        line = varies.sub(instead, line)
    return line.rstrip()
