"""Text from the record in Markdown (GitHub Flavored Markdown), shown as it is and inert.

Nothing in it is taken for markup, HTML, a table's edge, or a mention; characters that cannot be
seen, or that turn the direction of writing round, are made visible.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"([\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_]))")
"""Match what may be markup. An underscore within a word is none (CommonMark 0.31.2, 6.2)."""
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_START = re.compile(r"^([-+=#]|[0-9]+(?=[.)]))")  # what would begin a list, or underline a heading
_JOINERS = "\u200c\u200d"  # scripts and emoji need them


def escaped(text: object) -> str:
    """Write a text for the middle of a line: in a table's cell or a paragraph."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<br>".join(map(_line, lines))


def _line(line: str) -> str:
    text = seen(line.replace("\t", " "))
    for sign, entity in _HTML.items():
        text = text.replace(sign, entity)
    # A mention or an address would be made a link of: a name in a report calls nobody.
    return _MARKUP.sub(r"\\\1", text).replace("@", "&#64;").replace("://", "&#58;//")


def seen(text: str) -> str:
    """Spell out what cannot be seen in a text, or turns the direction of writing round."""
    # Nothing of that is printable, and nearly every text is: it need not be gone through.
    return text if text.isprintable() else "".join(map(_seen, text))


def lines_seen(text: str) -> list[str]:
    """Return the lines of a text, in each of which what cannot be seen is spelled out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [seen(line.replace("\t", " ")) for line in lines]


def _seen(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN:
        return sign
    return f"[U+{ord(sign):04X}]"


def quoted(text: object) -> str:
    """Write a text as a block quotation, its lines kept."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inert = (_START.sub(_spelt, _line(line.strip())) for line in lines)
    return "\n".join(f"> {line}<br>" for line in inert).removesuffix("<br>")


def _spelt(start: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in start[0])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table. Its cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
