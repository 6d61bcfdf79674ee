"""The words that a page shows, its title and its data, and sums of them that it carries.

Nothing signs the words of a page. They are made of the record by a program, whose next version may
put them otherwise. But a page whose words somebody changed, and nothing else, should not pass: so
it carries a SHA-256 of each of its parts. That is no proof. Whoever knows how can change the sums
with the words, and verifiers say so.

A *part* goes from one `<section id="…">` or `<footer id="…">` to the next; the first, which has no
name, from the body on. Its words are the text that is in it, but for white space and what is in
scripts, styles and `noscript`. What a script of the page shows stands in elements of data - the
replay, the timeline, how values are written - so each of these has a sum of its own, too, letter
for letter, and so has the title. `browser/shown.js` reads the same from what a browser made of the
page.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from html import unescape

from answerable.ledger.bundle.bounded_json import bounded_json
from answerable.ledger.bundle.in_page.embedded import CLOSING, ESCAPED

OPENING = '<script type="application/json" id="shown">'
"""Open the element that holds the sums in a page, letter for letter."""

DATA = re.compile(r'<script type="application/json" id="([^"<>]*)">([^<]*)</script>')
"""Find an element of data, as answerable writes them."""

SELF_PROVING = ("bundle", "shown")
"""The elements of data that have no sum: what proves itself, and the sums."""

TITLE = "<title>"
"""Names the title among the parts of a page; no part is called so, for it is no id."""

ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
PARTS = ("section", "footer")
PASSED_OVER = ("script", "style", "noscript", "template")


def _either(name: str) -> str:
    """Match the name of a tag in letters of either case, and nothing but its letters."""
    letters = "".join(f"[{letter}{letter.upper()}]" for letter in name)
    return f"{letters}(?!(?i:[a-z0-9]))"


def _passed_over(name: str) -> str:
    """Match an element whose text is not shown, behind its `<`, up to where it ends."""
    end = rf"(?i:/{name}\s*+>)"
    return rf"{_either(name)}[^<>]*+>[^<]*+(?:<(?!{end})[^<]*+)*+(?:<{end}|\Z)"


MARKUP = re.compile(
    "<(?:"
    r"!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|"
    f"{'|'.join(map(_passed_over, PASSED_OVER))}|"
    f"(/?(?:{'|'.join(map(_either, PARTS))})[^<>]*+)>|"
    "[^<>]*+>)"
)
"""Find what is not words: comments, what is passed over, and tags; a tag of a part is told.

Nothing in it is tried twice, so that what a page has takes no longer than it is long.
"""

UNSHOWN = " \t\n\r\f\0\ufffd"
"""White space, and what browsers put for a sign that is none."""


def sums_of(page: str) -> dict[str, str]:
    """Return the SHA-256 of each part of a page, in hexadecimal, by its name.

    An element of data is called `#` and its id; of several of one id, one behind another.

    Whoever wrote the page chose what it takes: each sign of it is looked at a few times, at most.
    """
    words = defaultdict[str, list[str]](list)
    found = MARKUP.split(page[max(page.find("<body"), 0) :])
    texts, tags = found[::2], found[1::2]
    part, start = "", 0
    # There are many tags, and few of parts.
    for end in [at for at, tag in enumerate(tags, 1) if tag is not None]:
        words[part].extend(texts[start:end])
        part, start = _begun(tags[end - 1], part), end
    words[part].extend(texts[start:])
    read = {name: _shown(told) for name, told in words.items()}
    read.update(_beside(page))
    return {name: sha256(said.encode()).hexdigest() for name, said in read.items()}


def _beside(page: str) -> dict[str, str]:
    """Return what a page tells beside its words: its title, and its data by `#` and its id."""
    told = defaultdict[str, list[str]](list)
    told[TITLE].append(_shown([page.partition(TITLE)[2].partition("<")[0]]))
    for name, text in DATA.findall(page):
        if name not in SELF_PROVING:
            told[f"#{name}"].append(text)
    return {name: "".join(texts) for name, texts in told.items()}


def _shown(texts: Iterable[str]) -> str:
    """Return what is shown of texts that stand apart, without white space.

    No reference goes on beyond its text: none has a line break in it (HTML, 13.2.5.72), so all are
    read in one go.
    """
    shown = unescape("\n".join(texts))
    for sign in UNSHOWN:
        shown = shown.replace(sign, "")
    return shown


def _begun(tag: str, part: str) -> str:
    """Return the part that begins with a tag; the present one, if it has no name."""
    found = ID.search(tag)
    return part if found is None else unescape(found[1] or found[2] or "")


def summed(page: str) -> str:
    """Return a page with the sums of its words in it, as the last that is in its body."""
    told = json.dumps(sums_of(page), separators=(",", ":")).translate(ESCAPED)
    before, end, behind = page.rpartition("</body>")
    return f"{before}{OPENING}{told}{CLOSING}{end}{behind}"


def called(part: str) -> str:
    """Call a part of a page in a sentence, by the name that its sum has."""
    if part in ("", TITLE):
        return "the title" if part else "the top of the page"
    which = "the data" if part.startswith("#") else "the part"
    return f"{which} {part.removeprefix('#')!r:.60}"


def altered_parts(page: bytes) -> list[str] | None:
    """Return the names of the parts of a page that do not read as it was written.

    Returns:
        The names, in order; None of a page that carries no sums, or more than once.
    """
    text = page.decode(errors="replace")
    _, *told = text.split(OPENING)
    if len(told) != 1:
        return None
    try:
        sums = bounded_json(told[0].partition(CLOSING)[0])
    except (ValueError, RecursionError):
        sums = None
    if not isinstance(sums, dict):
        return None
    found = sums_of(text)
    return [name for name in (*found, *sums.keys() - found) if found.get(name) != sums.get(name)]
