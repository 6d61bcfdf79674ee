"""A reader of the DOT language, as far as derivations are written in it.

It follows the grammar of https://graphviz.org/doc/info/lang.html: a quoted string ends at the first
quotation mark that no backslash stands before, and nothing outside quotes is other than a word, a
number, an arrow or punctuation.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

TOKEN = re.compile(
    r"""\s*(?: (?P<string>"(?:[^"\\]|\\.)*") | (?P<word>[A-Za-z_][A-Za-z0-9_]*) | (?P<number>[0-9]+)
    | (?P<sign>->|[{}\[\];=,]) )""",
    re.VERBOSE,
)


class Drawn(NamedTuple):
    """What a drawing has: boxes by id, with their attributes, and arrows with their labels."""

    boxes: dict[str, dict[str, str]]
    arrows: list[tuple[str, str, str]]
    labels: list[str]


def read(text: str) -> Drawn:
    """Read a drawing.

    Raises:
        AssertionError: it is none.
    """
    tokens = _tokens(text)
    assert tokens[:3] == ["digraph", "derivation", "{"]
    assert tokens.count("{") == tokens.count("}")
    drawn = Drawn({}, [], [])
    at = 3
    while at < len(tokens):
        at = _statement(tokens, at, drawn)
    return drawn


def shown(quoted: str) -> str:
    """What is drawn for a quoted string."""
    text = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "l" else sign[1], quoted[1:-1])
    return unescape(text)


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        assert match is not None, text[at : at + 80]
        assert "\n" not in match[0].strip(), "a string over several lines"
        found.append(match[0].strip())
        at = match.end()
    return found


def _statement(tokens: list[str], at: int, drawn: Drawn) -> int:
    first = tokens[at]
    if first in ("}", ";"):
        return at + 1
    if first == "subgraph":
        assert tokens[at + 1].startswith("cluster_")
        assert tokens[at + 2] == "{"
        return at + 3
    if first == "label":
        assert tokens[at + 1] == "="
        drawn.labels.append(shown(tokens[at + 2]))
        return at + 3
    if first in ("graph", "node", "edge"):
        attributes, at = _attributes(tokens, at + 1)
        drawn.labels.extend(attributes[name] for name in attributes if name == "label")
        return at
    assert first.startswith('"'), first
    if tokens[at + 1] == "->":
        attributes, end = _attributes(tokens, at + 3)
        drawn.arrows.append((shown(first), shown(tokens[at + 2]), attributes.get("label", "")))
        return end
    assert shown(first) not in drawn.boxes
    drawn.boxes[shown(first)], at = _attributes(tokens, at + 1)
    return at


def _attributes(tokens: list[str], at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    if tokens[at] != "[":
        return found, at
    while tokens[at] != "]":
        assert tokens[at] in ("[", ",")
        name, equals, value = tokens[at + 1 : at + 4]
        assert equals == "="
        found[name] = shown(value) if value.startswith('"') else value
        at += 4
    return found, at + 1
