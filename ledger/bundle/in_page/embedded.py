"""Writing the bundle that a page carries: one element of data, which no browser runs.

    <script type="application/json" id="bundle">{"checkpoint":"…","keys.txt":"…",…}</script>

The files of a bundle by their names: as text where they are UTF-8, else as `{"base64":"…"}`. It is
ASCII, whatever the page is written in; `<`, `>` and `&` are escaped, so nothing in it can end it or
begin another. The rules are in docs/verifying-reports.md; the module
`answerable.ledger.bundle.in_page.extracted` holds to them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping

from answerable.ledger.bundle import layout
from answerable.ledger.bundle.inventory import json_file

OPENING = '<script type="application/json" id="bundle">'
"""Open the element that holds a bundle in a page, letter for letter."""

CLOSING = "</script>"
"""Close that element."""

BASE64 = "base64"
"""The only key of the object that stands for a file which is no text."""

ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})
"""Translates the signs that mean something in HTML; JSON has them in strings alone."""


def page_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those files of a bundle that a page carries, and the manifest that lists them.

    What makes sense only beside a bundle, or follows from the rest of it
    (`answerable.ledger.bundle.layout.BESIDE`), stays out.

    Raises:
        MalformedBundle: the manifest cannot be read.
    """
    carried = {name: data for name, data in files.items() if name not in layout.BESIDE}
    manifest = layout.read_object(layout.MANIFEST, carried[layout.MANIFEST])
    listed = {name: sha for name, sha in manifest["files"].items() if name not in layout.BESIDE}
    return {**carried, layout.MANIFEST: json_file({**manifest, "files": listed})}


def embedded(files: Mapping[str, bytes]) -> str:
    """Write the JSON that stands in a page for these files. The same files make the same text."""
    told = {name: _told(files[name]) for name in sorted(files)}
    return json.dumps(told, separators=(",", ":")).translate(ESCAPED)


def bundle_element(files: Mapping[str, bytes]) -> str:
    """Write the element of a page that carries a bundle, made of all of the bundle's files.

    Raises:
        MalformedBundle: the manifest cannot be read.
    """
    return f"{OPENING}{embedded(page_files(files))}{CLOSING}"


def _told(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {BASE64: b64encode(data).decode()}
