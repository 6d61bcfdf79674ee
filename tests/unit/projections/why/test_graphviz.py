"""A derivation as a drawing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from tests.support.builders import Memory, case
from tests.support.dot_reader import read, shown

from answerable.projections.why.graphviz import dot, quoted
from answerable.projections.why.prov import question
from answerable.projections.why.why import Derivation, why_event

HOSTILE = (
    '"];\n"x" -> "y"; label="',
    "\\",
    '\\"',
    "\\N\\G\\l",
    "<b>bold</b>",
    "&lt;&#34;&quot;",
    "\u202eesrever\x00\x1b[2J",
    "a\r\nb\n\nc",
    "//* comment */ # preprocessor",
    "{a|b}",
    "",
)

STEPS: tuple[dict[str, Any], ...] = (
    {
        "as": "grant",
        "case_id": "house",
        "kind": "authority-granted",
        "party": "board",
        "from": "2025",
    },
    {
        "as": "finding",
        "kind": "finding-made",
        "subject": "p-1",
        "outcome": "substantiated",
        "responsibility": "direct",
    },
    {
        "as": "decision",
        "kind": "decision-taken",
        "outcome": "sanction",
        "authority": "@grant",
        "basis": ["@finding"],
    },
    {
        "as": "sanction",
        "kind": "sanction-imposed",
        "subject": "p-1",
        "measure": "fine",
        "basis": ["@decision", "@finding"],
    },
)


def why(log: Memory, called: Callable[[str], str] = str) -> Derivation:
    event = log.event(log.ids["sanction"])
    assert event is not None
    return why_event(log, event, name_of=called)


def test_every_event_is_a_box_and_every_ground_an_arrow() -> None:
    log = case(*STEPS)
    drawn = read(dot(why(log), question(log)))
    grant, finding, decision, sanction = (
        log.ids[name] for name in ("grant", "finding", "decision", "sanction")
    )
    assert set(drawn.boxes) == {grant, finding, decision, sanction}
    assert sorted(drawn.arrows) == sorted(
        [
            (sanction, decision, ""),
            (sanction, finding, ""),
            (decision, grant, "authority"),
            (decision, finding, ""),
        ]
    )
    house = "Case house: not read but for its registers' entries"
    assert {"Case c: no opening on record", house} <= set(drawn.labels)
    assert "4 entries, root " in "".join(drawn.labels)


def test_a_box_tells_in_words_what_its_colour_says() -> None:
    log = case(*STEPS)
    log.add("c", kind="retraction", target="@finding")
    drawn = read(dot(why(log), question(log)))
    decision, finding = (drawn.boxes[log.ids[name]] for name in ("decision", "finding"))
    assert decision["color"] == "red"
    assert "problem: rests on what was retracted" in decision["label"].replace("\n", " ")
    assert "missing: who decided is not told" in decision["label"].replace("\n", " ")
    assert "retracted" in finding["label"]
    assert finding["style"] == "rounded,dashed"
    assert drawn.boxes[log.ids["sanction"]]["style"] == "rounded,bold"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_can_leave_its_label(text: str) -> None:
    log = case(*STEPS)
    clean = read(dot(why(log), question(log)))
    drawn = read(dot(why(log, lambda party: text or party), question(log)))
    assert drawn.arrows == clean.arrows
    assert set(drawn.boxes) == set(clean.boxes)


@pytest.mark.parametrize("text", [*HOSTILE[:-1], "plain", "é 小米"])
def test_a_text_is_drawn_as_it_is(text: str) -> None:
    drawn = shown(quoted(text)).removesuffix("\n")
    for hidden, spelt in (
        ("\r", "[U+000D]"),
        ("\x00", "[U+0000]"),
        ("\x1b", "[U+001B]"),
        ("\u202e", "[U+202E]"),
    ):
        text = text.replace(hidden, spelt)
    assert drawn == text


def test_graphviz_draws_it(unavailable: Callable[[str], NoReturn]) -> None:
    if shutil.which("dot") is None:
        unavailable("Graphviz is not installed")
    log = case(*STEPS)
    for text in HOSTILE:
        name = text

        def called(party: str, name: str = name) -> str:
            return name or party

        done = subprocess.run(
            ["dot", "-Tplain"],
            input=dot(why(log, called), question(log)).encode(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        words = [line.split(" ", 1)[0] for line in done.stdout.decode().splitlines()]
        assert (words.count("node"), words.count("edge")) == (4, 4)
