"""The words that a page shows, its title and its data, and sums of them that it carries.

Nothing signs the words of a page. They are made of the record by a program, whose next version may
put them otherwise. But a page whose words somebody changed, and nothing else, should not pass: so
it carries a SHA-256 of each of its parts. That is no proof. Whoever knows how can change the sums
with the words, and verifiers say so.

A *part* goes from one `<section id="…">` or `<footer id="…">` to the next; the first, which has no
name, from the body on. Its words are the texts that are in it, but for what is in scripts, styles
and `noscript`; any white space in and between them is a space. What a script of the page shows
stands in elements of data - the replay, the timeline, how values are written - so each of these has
a sum of its own, too, letter for letter, and so has the title. The markup of a part, which may hide
words or tell of a mark, is its tags, styles and scripts, without what is in elements of data.

`browser/shown.js` reads the same from what a browser made of the page, so markup has to be written
as answerable writes it; a page by a house's template has no sums of that.
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

MARKUP = "<>"
"""Begins the name of the sum of a part's markup; no part is called so, for it is no id."""

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


TAGS = re.compile(
    "(<(?:"
    r"!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|"
    f"{'|'.join(map(_passed_over, PASSED_OVER))}|"
    f"(/?(?:{'|'.join(map(_either, PARTS))})[^<>]*+)>|"
    "[^<>]*+>))"
)
"""Find what is not words: comments, what is passed over, and tags; a tag of a part is told.

Nothing in it is tried twice, so that what a page has takes no longer than it is long.
"""

UNSHOWN = "\0\ufffd"
"""What browsers put for a sign that is none, or leave out."""


def sums_of(page: str) -> dict[str, str]:
    """Return the SHA-256 of each part of a page, in hexadecimal, by its name.

    An element of data is called `#` and its id; of several of one id, one behind another.

    Whoever wrote the page chose what it takes: each sign of it is looked at a few times, at most.
    """
    words, tags = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    tags[""], body = [], max(page.find("<body"), 0)
    _read(page[:body], defaultdict(list), tags)
    _read(page[body:], words, tags)
    read = {name: _shown(told) for name, told in words.items()}
    read.update((f"{MARKUP}{name}", _written(told)) for name, told in tags.items())
    read.update(_beside(page))
    return {name: sha256(said.encode()).hexdigest() for name, said in read.items()}


def _read(page: str, words: dict[str, list[str]], tags: dict[str, list[str]]) -> None:
    """Read the words and the tags of a page into its parts."""
    found = TAGS.split(page)
    texts, marks, parts = found[::3], found[1::3], found[2::3]
    part, start = "", 0
    # There are many tags, and few of parts.
    for end in [at for at, tag in enumerate(parts, 1) if tag is not None]:
        words[part].extend(texts[start:end])
        tags[part].extend(marks[start : end - 1])
        part, start = _begun(parts[end - 1], part), end
        # In which order parts come is told in the first.
        tags[""].extend([f"#{part}"] if ID.search(parts[end - 1]) else ())
        tags[part].append(marks[end - 1])
    words[part].extend(texts[start:])
    tags[part].extend(marks[start:])


def _written(tags: Iterable[str]) -> str:
    """Return the markup of a part, but for what is in elements of data."""
    bare = DATA.sub(r'<script type="application/json" id="\1"></script>', "".join(tags))
    # In SVG an element may be closed where it is opened.
    *closed, last = bare.replace('=""', "").split("/>")
    names = (each.rpartition("<")[2].partition(" ")[0] for each in closed)
    return "".join(f"{each}></{name}>" for each, name in zip(closed, names, strict=True)) + last


def _beside(page: str) -> dict[str, str]:
    """Return what a page tells beside its words: its title, and its data by `#` and its id."""
    told = defaultdict[str, list[str]](list)
    told[TITLE].append(_shown([page.partition(TITLE)[2].partition("<")[0]]))
    for name, text in DATA.findall(page):
        if name not in SELF_PROVING:
            told[f"#{name}"].append(text)
    return {name: "".join(texts) for name, texts in told.items()}


def _shown(texts: Iterable[str]) -> str:
    """Return what is shown of texts that stand apart, with a space for any white space.

    No reference goes on beyond its text: none has a line break in it (HTML, 13.2.5.72), so all are
    read in one go.
    """
    shown = unescape("\n".join(texts))
    for sign in UNSHOWN:
        shown = shown.replace(sign, "")
    return " ".join(shown.split())


def _begun(tag: str, part: str) -> str:
    """Return the part that begins with a tag; the present one, if it has no name."""
    found = ID.search(tag)
    return part if found is None else unescape(found[1] or found[2] or "")


def summed(page: str, *, markup: bool = True) -> str:
    """Return a page with the sums of its words in it, as the last that is in its body.

    Args:
        page: the page.
        markup: whether its markup has sums, too: whether answerable's own templates wrote it.
    """
    before, end, behind = page.rpartition("</body>")
    sums = sums_of(f"{before}{OPENING}{CLOSING}{end}{behind}")
    kept = {name: each for name, each in sums.items() if markup or not name.startswith(MARKUP)}
    told = json.dumps(kept, separators=(",", ":")).translate(ESCAPED)
    return f"{before}{OPENING}{told}{CLOSING}{end}{behind}"


def called(part: str) -> str:
    """Call a part of a page in a sentence, by the name that its sum has."""
    if part in ("", TITLE):
        return "the title" if part else "the top of the page"
    if part.startswith(MARKUP):
        return f"the markup of {called(part.removeprefix(MARKUP))}"
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
    if MARKUP not in sums:
        found = {name: each for name, each in found.items() if not name.startswith(MARKUP)}
    names = [*found, *sums.keys() - found]
    altered = [name for name in names if found.get(name) != sums.get(name)]
    # Where words are altered, their markup is as a rule.
    return [
        name
        for name in altered
        if not (name.startswith(MARKUP) and name.removeprefix(MARKUP) in altered)
    ]
