"""Write texts as the values of attributes in XML 1.0.

Of what stands in the open nothing needs more than the five entities; a reader would still read a
line feed as a space, and refuse the whole document for a control character.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(
    "[&<>\"'\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)

_WRITTEN = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}

REPLACED = "\ufffd"
"""Tell what stands for a character that no document of XML 1.0 can hold."""


def quoted(text: str) -> str:
    """Write a text between the quotation marks of an attribute.

    Args:
        text: the text; of what XML cannot hold, `REPLACED` is written.
    """
    return f'"{_SPECIAL.sub(_written, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def _written(found: re.Match[str]) -> str:
    sign = found[0]
    known = _WRITTEN.get(sign)
    if known is not None:
        return known
    return f"&#{ord(sign)};" if "\x7f" <= sign <= "\u2029" else REPLACED
