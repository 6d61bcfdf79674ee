"""The words that a page shows, and sums of them that it carries.

Nothing signs the words of a page. They are made of the record by a program, whose next version may
put them otherwise. But a page whose words somebody changed, and nothing else, should not pass: so
it carries a SHA-256 of each of its parts. That is no proof. Whoever knows how can change the sums
with the words, and verifiers say so.

A *part* goes from one `<section id="…">` or `<footer id="…">` to the next; the first, which has no
name, from the body on. Its words are the text that is in it, but for white space and what is in
scripts, styles and `noscript`. `browser/shown.js` reads the same from what a browser made of the
page.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from hashlib import sha256
from html import unescape

from answerable.ledger.bundle.bounded_json import bounded_json
from answerable.ledger.bundle.in_page.embedded import CLOSING, ESCAPED

OPENING = '<script type="application/json" id="shown">'
"""Open the element that holds the sums in a page, letter for letter."""

TAG = re.compile("<!--|</?(?P<name>[a-z0-9]*)[^<>]*>", re.IGNORECASE)
ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
PARTS = ("section", "footer")
ENDS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "noscript", "template")
}
"""Finds where an element ends whose text is not shown."""

UNSHOWN = re.compile("[ \t\n\r\f\0\ufffd]+")
"""White space, and what browsers put for a sign that is none."""


def sums_of(page: str) -> dict[str, str]:
    """Return the SHA-256 of the words of each part of a page, in hexadecimal, by its name.

    Whoever wrote the page chose what it takes: each sign of it is looked at a few times, at most.
    """
    words = defaultdict[str, list[str]](list)
    part, at = "", max(page.find("<body"), 0)
    while tag := TAG.search(page, at):
        words[part].append(unescape(page[at : tag.start()]))
        part, at = _begun(tag, part), _behind(page, tag)
    words[part].append(unescape(page[at:]))
    return {
        name: sha256(UNSHOWN.sub("", "".join(told)).encode()).hexdigest()
        for name, told in words.items()
    }


def _begun(tag: re.Match[str], part: str) -> str:
    """Return the part that begins with a tag; the present one, if none does."""
    name = (tag["name"] or "").lower()
    found = ID.search(tag[0]) if name in PARTS else None
    return part if found is None else unescape(found[1] or found[2] or "")


def _behind(page: str, tag: re.Match[str]) -> int:
    """Return where what is shown goes on behind a tag; at the end, where it does not go on."""
    if tag[0] == "<!--":
        end = page.find("-->", tag.end())
        return len(page) if end < 0 else end + 3
    name = (tag["name"] or "").lower()
    if name not in ENDS or tag[0].startswith("</"):
        return tag.end()
    found = ENDS[name].search(page, tag.end())
    return len(page) if found is None else found.end()


def summed(page: str) -> str:
    """Return a page with the sums of its words in it, as the last that is in its body."""
    told = json.dumps(sums_of(page), separators=(",", ":")).translate(ESCAPED)
    before, end, behind = page.rpartition("</body>")
    return f"{before}{OPENING}{told}{CLOSING}{end}{behind}"


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
