"""Reading JSON that a stranger wrote, within bounds, so that every verifier reads it alike.

Python reads numbers of any length, and nesting as deep as its stack goes, which differ from one
version to the next. So a number has at most 40 signs, nothing is within more than 64 others, and
what JSON does not have (`NaN`) is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

DEEPEST = 64
LONGEST_NUMBER = 40


def bounded_json(text: str, pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    """Return the value that a JSON text tells.

    Args:
        text: the text.
        pairs: makes an object of its names and values.

    Raises:
        ValueError: it is not JSON, or beyond the bounds.
        RecursionError: it is far beyond them.
    """
    told = json.loads(
        text, object_pairs_hook=pairs, parse_int=_int, parse_float=_float, parse_constant=_constant
    )
    within, depth = [told], 0
    while within:
        within = [each for value in within for each in _inner(value)]
        depth += 1
        if depth > DEEPEST:
            raise ValueError("it is nested too deep")
    return told


def _inner(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _int(sign: str) -> int:
    return int(_bounded(sign))


def _float(sign: str) -> float:
    return float(_bounded(sign))


def _bounded(sign: str) -> str:
    if len(sign) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return sign


def _constant(sign: str) -> None:
    raise ValueError(f"{sign} is no value of JSON")
