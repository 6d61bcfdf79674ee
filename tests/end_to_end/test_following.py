"""Every command that `next` and the receipts suggest runs: as it stands, or once it is filled in.

Each prefix of the example, and of a ledger with gaps of every sort, is asked.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.conftest import EXAMPLE
from tests.end_to_end.test_suggestions import DIGEST, Asker, ask, copies, gaps, place, record
from tests.support.suggestions import Suggested, fault, suggestions

from answerable.cli.recording.given.options import options
from answerable.domain.parsing import parse, parse_line

__all__ = ["ask", "copies", "place"]

FILLED = {"media_type": "text/plain", "digest": DIGEST, "deciders": "p-1", "party": "p-1"}
"""Tell what only the user knows, where any word in letters will not do."""


def filled(words: tuple[str, ...]) -> list[str]:
    """Fill in what only the user knows."""
    if words[:2] == ("evidence", "add"):
        return ["exhibit.txt" if word == "FILE" else word for word in words]
    if words[0] == "why":
        return [*words]
    kind = words[1]
    values = {option.opts[0]: _value(option) for option in options(kind)}
    return [
        values[words[at - 1]] if word == "…" and words[at - 1] in values else _set(word)
        for at, word in enumerate(words)
    ]


def _value(option: Any) -> str:
    choices = getattr(option.type, "choices", None)
    return str(choices[0]) if choices else FILLED.get(option.name, "words")


def _set(word: str) -> str:
    values = {"occurred=…": "occurred=2026-01", "clause=…": "clause=code 1", "authority=…": ""}
    return values.get(word, word.replace("…", "p-1"))


def commands(ask: Asker, here: Path, case: str) -> Iterator[tuple[str, ...]]:
    for shown in (("next", case), ("next", case, "--all")):
        code, said = ask(here, *shown)
        assert code == 0, said
        for each in suggestions(said):
            assert fault(each) is None, each
            yield each.words


def run_each(ask: Asker, here: Path, copies: Path, told: Iterable[tuple[str, ...]]) -> None:
    (here / "exhibit.txt").write_text("an exhibit")
    for number, words in enumerate(dict.fromkeys(told)):
        if any(word.startswith(("authority=…", "basis=…")) or ",…" in word for word in words):
            continue  # which of several only the user knows
        copy = copies / f"{number}"
        shutil.copytree(here, copy)
        code, said = ask(copy, *filled(words))
        assert code == 0, (shlex.join(words), said)
        after = {each for each in suggestions(said) if not each.template}
        for each in after:
            assert fault(each) is None, each
        shutil.rmtree(copy)


@pytest.mark.parametrize("events", [0, 7, 9, 10, 12, 15, 18, 19, 20, 28])
def test_what_follows_in_the_example_runs(
    ask: Asker, place: Path, copies: Path, events: int
) -> None:
    lines = EXAMPLE.read_bytes().splitlines()
    record(place, map(parse_line, lines[: max(events, 7)]))
    if events == 0:
        assert ask(place, "append", "case-opened", "--case", "new", "--title", "x")[0] == 0
    case = "xiaomi-kol" if events else "new"
    told = set(commands(ask, place, case))
    assert told
    run_each(ask, place, copies, told)


@pytest.mark.parametrize("case", ["c", "other"])
def test_what_follows_where_there_are_gaps_of_every_sort_runs(
    ask: Asker, place: Path, copies: Path, case: str
) -> None:
    record(place, map(parse, gaps()))
    run_each(ask, place, copies, commands(ask, place, case))


def test_what_a_receipt_suggests_runs(ask: Asker, place: Path, copies: Path) -> None:
    lines = EXAMPLE.read_bytes().splitlines()
    record(place, map(parse_line, lines[:19]))
    (place / "exhibit.txt").write_text("an exhibit")
    told: list[Suggested] = []
    words: tuple[str, ...] = (
        "append",
        "contact-made",
        "--case",
        "xiaomi-kol",
        "--counterparty",
        "…",
    )
    for _ in range(12):
        code, said = ask(place, *filled(words))
        assert code == 0, (words, said)
        steps = (each for each in suggestions(said) if each.words[0] in ("append", "evidence"))
        receipt = [each for each in steps if each.words[1] != "party-registered"]
        told += receipt
        if not receipt:
            break
        words = receipt[-1].words
    assert len(told) > 5
    for each in told:
        assert fault(each) is None, each


def test_a_case_that_is_not_there_is_told(ask: Asker, place: Path) -> None:
    record(place, ())
    code, said = ask(place, "next", "nowhere")
    assert code == 2
    assert "there is no case 'nowhere'" in said


def test_it_comes_as_json_too(ask: Asker, place: Path) -> None:
    import json

    record(place, map(parse_line, EXAMPLE.read_bytes().splitlines()))
    code, said = ask(place, "next", "xiaomi-kol", "--json")
    told = json.loads(said)
    assert (code, told["title"]) == (0, "Contact with a KOL")
    first = next(each for each in told["next"] if each["sort"] == "open")
    assert first["command"] == shlex.split(
        "answerable append sanction-executed --case xiaomi-kol --sanction 20"
    )
