"""All that can be read in a file by whoever undoes how it was written."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape

TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
ROUNDS = 4
"""The texts within texts that are looked for: base64 of JSON that holds base64 of JSON."""


def undone(page: str) -> str:
    """Return a page with all that is within it: unescaped, without tags, decoded."""
    found = [page, TAG.sub("", page), TAG.sub(" ", page)]
    latest = found
    for _ in range(ROUNDS):
        latest = [text for each in latest for text in _undone(each) if text]
        found += latest
    return "\n".join(dict.fromkeys(found))


def _undone(text: str) -> list[str]:
    unicode = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    plain = unescape(unicode).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
    decoded = "\n".join(filter(None, map(_decoded, ENCODED.findall(text))))
    return [plain if plain != text else "", decoded]


def _decoded(token: str) -> str:
    standard = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return b64decode(standard + "=" * (-len(standard) % 4)).decode()
    except ValueError:
        return ""
