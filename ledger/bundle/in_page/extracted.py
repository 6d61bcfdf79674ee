"""Reading the bundle that a page carries, by one strict grammar.

A page is anybody's to write, so nothing in it is believed: the element must be there once, letter
for letter as `answerable.ledger.bundle.in_page.embedded` writes it, and hold files of a bundle and
nothing else. What the rest of the page is, and what it shows, is not looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from answerable.ledger.bundle.bounded_json import bounded_json
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.in_page.embedded import BASE64, CLOSING, OPENING
from answerable.ledger.bundle.layout import BESIDE
from answerable.ledger.bundle.zip_file import LARGEST, MOST_FILES, NAMES
from answerable.ledger.tlog.note import decode_base64

BEGIN, END = OPENING.encode(), CLOSING.encode()

TAG = re.compile(rb"<[a-z][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
ID = "bundle"


def is_page(data: bytes) -> bool:
    """Tell whether a file is to be read as a page, and not as a zip."""
    return data[:1] == b"<"


def extracted(page: bytes) -> dict[str, bytes]:
    """Return the files of the bundle in a page, by name.

    Raises:
        MalformedBundle: there is no such element, or more than one, or it holds something else than
            files that a page carries.
    """
    if len(page) > LARGEST:
        raise MalformedBundle(f"the page is larger than {LARGEST // 1024**2} MiB.")
    begin = _place(page) + len(BEGIN)
    end = page.find(b"<", begin)
    if end < 0 or not page.startswith(END, end):
        raise MalformedBundle(
            f"the bundle in the page does not end by {CLOSING}: at byte {max(end, begin):,}."
        )
    told = _object(page[begin:end], begin)
    if len(told) > MOST_FILES:
        raise MalformedBundle(f"the page carries more than {MOST_FILES:,} files.")
    return {name: _content(name, value) for name, value in told.items()}


def _place(page: bytes) -> int:
    """Return where the element begins."""
    at = page.find(BEGIN)
    if at < 0:
        raise MalformedBundle(
            f"this page carries no evidence bundle: {OPENING} is not in it.",
            cli_hint="What `answerable report CASE --format html` writes carries one, once a head "
            "of the log is signed.",
        )
    for place in places_of_bundles(page):
        if place != at:
            raise MalformedBundle(
                f"a second element of the page calls itself the bundle: at byte {place:,}."
            )
    if page.rfind(b"<!--", 0, at) > page.rfind(b"-->", 0, at):
        raise MalformedBundle("the bundle in the page stands in a comment.")
    return at


def places_of_bundles(page: bytes) -> Iterator[int]:
    """Yield where elements begin that a browser could take for the one that holds the bundle."""
    for tag in TAG.finditer(page):
        if b"bundle" in tag[0].lower() or b"&#" in tag[0]:
            _, *attributes = ATTRIBUTE.finditer(tag[0].decode(errors="replace"))
            ids = [each for each in attributes if each[1].lower() == "id"]
            values = [unescape(each[2] or each[3] or each[4] or "") for each in ids[:1]]
            if values and values[0].lower() == ID:
                yield tag.start()


def _object(text: bytes, begin: int) -> dict[str, Any]:
    """Return the object that the element holds."""
    try:
        told = bounded_json(text.decode("ascii"))
    except UnicodeDecodeError as error:
        where = f"byte {begin + error.start:,} is not ASCII"
    except json.JSONDecodeError as error:
        where = f"it is not JSON at byte {begin + error.pos:,}"
    except (ValueError, RecursionError) as error:
        where = str(error)
    else:
        if isinstance(told, dict):
            return told
        where = "it is no object"
    raise MalformedBundle(f"the bundle in the page cannot be read: {where}.")


def _content(name: str, value: Any) -> bytes:
    """Return the bytes of a file, which are told in one way only."""
    if not NAMES.fullmatch(name) or name in BESIDE:
        raise MalformedBundle(f"the page carries a file that no page does: {name!r:.80}.")
    if isinstance(value, str):
        return value.encode()
    encoded = value.get(BASE64) if isinstance(value, dict) and len(value) == 1 else None
    data = decode_base64(encoded) if isinstance(encoded, str) else None
    if data is None or _is_text(data):
        raise MalformedBundle(f"{name} in the page is neither text nor base64 of what is none.")
    return data


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
