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
"""What stands before the sums in a page, letter for letter."""

TAG = re.compile(
    r"<(script|style|noscript|template)\b[^>]*>[^<]*(?:<(?!/\1\b)[^<]*)*</\1\s*>"
    r'|<(?:section|footer)\b[^>]*?\sid=(?P<quote>["\'])(?P<part>.*?)(?P=quote)[^>]*>|<!--.*?-->|<[^>]*>',
    re.DOTALL | re.IGNORECASE,
)
UNSHOWN = re.compile("[ \t\n\r\f\0\ufffd]+")
"""White space, and what browsers put for a sign that is none."""


def sums_of(page: str) -> dict[str, str]:
    """Return the SHA-256 of the words of each part of a page, in hexadecimal, by its name."""
    words = defaultdict[str, list[str]](list)
    part, at = "", max(page.find("<body"), 0)
    for tag in TAG.finditer(page, at):
        words[part].append(unescape(page[at : tag.start()]))
        part, at = unescape(tag["part"]) if tag["part"] is not None else part, tag.end()
    words[part].append(unescape(page[at:]))
    return {
        name: sha256(UNSHOWN.sub("", "".join(told)).encode()).hexdigest()
        for name, told in words.items()
    }


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
