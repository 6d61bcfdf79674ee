"""Keep a page to itself: nothing on it is fetched, and no script runs but its own.

Source: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from json import dumps
from typing import Any

from markupsafe import Markup

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Spell the signs that could end a script, begin a comment in one, or break a line of one."""


def content_policy(scripts: Iterable[str], styles: Iterable[str], *, forms: str = "'none'") -> str:
    """Return the policy of a page: all is forbidden but these scripts and styles, word for word.

    Args:
        scripts: the scripts.
        styles: the styles.
        forms: where its forms may be sent to.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "base-uri 'none'",
            f"form-action {forms}",
        )
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (b64encode(sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


def data(value: Any) -> Markup:
    """Write a value as JSON for a script element of its own, which nothing in it can end."""
    return safe_json(dumps(value, ensure_ascii=False, separators=(",", ":")))


def safe_json(text: str) -> Markup:
    """Spell out, in a text that is JSON, what an HTML parser could take for the script's end."""
    for sign, spelt in UNSAFE.items():
        text = text.replace(sign, spelt)
    return Markup(text)  # noqa: S704 - it is the text of a script, where HTML has no escapes
