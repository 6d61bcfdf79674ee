"""A derivation as a drawing, in the language of Graphviz: https://graphviz.org/doc/info/lang.html.

An arrow leads from an event to what it rests on. What is missing is in words too, never in colour
alone, and no text from the record can end its label or begin another statement.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from answerable.projections.output.markdown_text import seen
from answerable.projections.why.node import InCase, Node
from answerable.projections.why.prov import Question
from answerable.projections.why.why import Derivation

WIDTH = 44
"""The number of characters that a line of a label may have."""

HEAD = """\
digraph derivation {
  graph [rankdir=TB, labelloc=t, labeljust=l, fontname="Helvetica", fontsize=11];
  node [shape=box, style=rounded, fontname="Helvetica", fontsize=10];
  edge [fontname="Helvetica", fontsize=9];
"""


def dot(found: Derivation, asked: Question) -> str:
    """Draw the derivation as a directed graph."""
    return "".join(_statements(found, asked))


def _statements(found: Derivation, asked: Question) -> Iterator[str]:
    yield HEAD
    yield f"  graph [label={quoted(_header(asked))}];\n"
    for number, case in enumerate(found.cases.values()):
        yield f"  subgraph cluster_{number} {{\n    label={quoted(_case(case))};\n"
        for node in found.nodes.values():
            if node.case_id == case.case_id:
                yield f"    {_box(node, node.event_id in found.roots)}\n"
        yield "  }\n"
    for node in found.nodes.values():
        for rest in node.rests_on:
            label = "" if rest.field == "basis" else f" [label={quoted(rest.field)}]"
            yield f"  {quoted(node.event_id)} -> {quoted(rest.event_id)}{label};\n"
    yield "}\n"


def quoted(text: str) -> str:
    """Quote a text, so that it is drawn as it is, its line breaks kept.

    Within quotes, a backslash would begin an escape, and an ampersand an entity of HTML.
    """
    lines = [
        seen(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
        for line in text.split("\n")
    ]
    if len(lines) > 1:
        lines.append("")  # `\\l` ends a line and sets it to the left
    return '"' + "\\l".join(lines) + '"'


def _header(asked: Question) -> str:
    times = [
        f"{word} {moment.isoformat()}"
        for word, moment in (("as of", asked.as_of), ("as known by", asked.known_by))
        if moment is not None
    ]
    return "\n".join((*times, f"{asked.head.size} entries, root {asked.head.root.hex()}"))


def _case(case: InCase) -> str:
    return f"Case {case.case_id}: {case.how}"


def _box(node: Node, asked: bool) -> str:
    styles = ["rounded"]
    if asked:
        styles.append("bold")
    if node.retracted_by:
        styles.append("dashed")
    colour = "red" if node.problems else "orange3" if node.missing else "black"
    label = "\n".join(line for text in _told(node) for line in textwrap.wrap(text, WIDTH))
    style = quoted(",".join(styles))
    return f"{quoted(node.event_id)} [label={quoted(label)}, style={style}, color={colour}];"


def _told(node: Node) -> Iterator[str]:
    yield node.gist
    marks = [f"#{node.position}", node.occurred or "date not told", node.standing]
    if node.as_of == "unknown":
        marks.append("indeterminate: may not have happened by then")
    if node.appeal != "none":
        marks.append(f"appeal {node.appeal}")
    marks += [
        mark
        for mark, those in (
            ("disputed", node.disputed_by),
            ("corrected", node.corrected_by),
            ("retracted", node.retracted_by),
        )
        if those
    ]
    yield ", ".join(marks)
    for missing in node.missing:
        yield f"missing: {missing.text}"
    for problem in node.problems:
        yield f"problem: {problem}"
