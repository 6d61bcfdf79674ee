"""Reading JSON that a stranger wrote, within bounds, so that every verifier reads it alike.

Python reads numbers of any length, and nesting as deep as its stack goes, which differ from one
version to the next. So a number has at most 40 signs and is finite, nothing is within more than 63
others, and what JSON does not have (`NaN`, half a surrogate pair, a name that stands twice in an
object and means one thing to one reader and another to the next) is refused. An array takes 88
bytes of memory where the text has two signs, so there is at most one for each eight signs of the
text, and 64 more.
"""

from __future__ import annotations

import json
import math
from typing import Any

DEEPEST = 64
LONGEST_NUMBER = 40
FEWEST_SIGNS, FREELY = 8, 64
"""The signs of a text for each of the objects and arrays in it, but for so many."""


def bounded_json(text: str) -> Any:
    """Return the value that a JSON text tells.

    Raises:
        ValueError: it is not JSON, or beyond the bounds.
        RecursionError: it is far beyond them.
    """
    if _holders(text) > FREELY + len(text) // FEWEST_SIGNS:
        raise ValueError("it holds too many objects and arrays")
    told = json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=_int,
        parse_float=_float,
        parse_constant=_constant,
    )
    within, depth = [told], 0
    while within:
        within = [each for value in within for each in _inner(value)]
        depth += 1
        if depth > DEEPEST:
            raise ValueError("it is nested too deep")
    if "\\u" in text:
        json.dumps(told, ensure_ascii=False).encode()  # half a surrogate pair is no text
    return told


def _holders(text: str) -> int:
    """Count the objects and arrays that begin in a text; exactly only where there may be many."""
    found = text.count("[") + text.count("{")
    if found <= FREELY + len(text) // FEWEST_SIGNS:
        return found
    parts = text.replace("\\\\", "").replace('\\"', "").split('"')
    return sum(part.count("[") + part.count("{") for part in parts[::2])


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _int(sign: str) -> int:
    return int(_bounded(sign))


def _float(sign: str) -> float:
    value = float(_bounded(sign))
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value


def _bounded(sign: str) -> str:
    if len(sign) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return sign


def _constant(sign: str) -> None:
    raise ValueError(f"{sign} is no value of JSON")
