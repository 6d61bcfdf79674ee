"""Reading an object of JSON so that nothing of it is lost or read as something else.

RFC 8259 leaves open what becomes of a key that an object has twice, and of a number with more
digits than a float holds. I-JSON (RFC 7493) forbids the first and warns of the second, and has no
text with half a surrogate pair in it. Here each is an error that names the field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from answerable.domain.errors import InvalidEvent
from answerable.ledger.transfer.flaws import Flaws

DEEPEST = 32
"""The most that lists and objects may be nested, the outermost object counted."""

MOST_DIGITS = 1_000
"""The most digits of a number that are looked at."""

KEYS = re.compile(rb'"\s*:')
"""The end of a key; of a text, too, that begins with a colon."""


TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:]')
"""Match what tells how deep something is nested in JSON."""


class _Wrong(NamedTuple):
    """A value that cannot be taken, where it stands."""

    message: str
    hint: str | None = None


def has_each_key_once(text: bytes, keys: int) -> bool:
    """Tell whether a valid JSON object surely has no key twice, and no object in it.

    Args:
        text: the object.
        keys: how many different keys were found in it.
    """
    return len(KEYS.findall(text)) == keys


def read_object(text: bytes) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        Flaws: it is none, or something in it cannot be taken as it is written.
    """
    decoded = text.decode()
    try:
        told, doubted = _decoded(decoded)
    except json.JSONDecodeError as error:
        said = f"{error.msg[:1].lower()}{error.msg[1:]}"
        problem = InvalidEvent(
            f"this is not JSON: {said} at character {error.colno}.",
            hint="Write one JSON object on each line.",
        )
        raise Flaws([problem]) from None
    except RecursionError:
        raise Flaws([_too_deep(_deep_field(decoded))]) from None
    if not isinstance(told, dict):
        problem = InvalidEvent("an event must be a JSON object.", hint="Write one on each line.")
        raise Flaws([problem])
    # Nearly all are flat, and hold no half of a surrogate pair, which must be written by an escape.
    if doubted or "\\u" in decoded or _may_be_deep(decoded):
        problems = [*_problems(told, "", 1)]
        if problems:
            raise Flaws(problems)
    return told


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > DEEPEST


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found[key] = _Wrong("stands here twice, and only one could be kept.", "Keep one.")
            seen.add(key)
    return found


def _fraction(told: str) -> Any:
    value = float(told)
    if len(told) <= MOST_DIGITS and isfinite(value) and Decimal(repr(value)) == Decimal(told):
        return value
    return _Wrong(
        f"{told:.40} is more exact than a number of JSON is kept.", "Write it as a text, in quotes."
    )


def _whole(told: str) -> Any:
    if len(told) <= MOST_DIGITS:
        return int(told)
    return _Wrong(f"{told:.20}… is too long for a number.", "Write it as a text, in quotes.")


def _no_number(told: str) -> _Wrong:
    return _Wrong(f"{told} is no number in JSON.", "Leave out what is not known.")


class _LossyError(Exception):
    """Raised where something is found that cannot be taken: then it is read again, to say what."""


def _refusing(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(told: Any) -> Any:
        value = hook(told)
        if isinstance(value, _Wrong):
            raise _LossyError
        return value

    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _LossyError
    return found


REFUSING = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_float=_refusing(_fraction),
    parse_int=_refusing(_whole),
    parse_constant=_refusing(_no_number),
)
NOTING = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_fraction, parse_int=_whole, parse_constant=_no_number
)


def _decoded(text: str) -> tuple[Any, bool]:
    """Decode a text; tell, too, whether something in it cannot be taken."""
    try:
        return REFUSING.decode(text), False
    except _LossyError:
        return NOTING.decode(text), True


def _deep_field(text: str) -> str:
    """Return the field of an object in which something is nested too deep."""
    depth, last, field = 0, "", ""
    for token in TOKENS.finditer(text):
        told = token.group()
        if told[0] == '"':
            last = told[1:-1]
        elif told == ":":
            field = last if depth == 1 else field
        else:
            depth += 1 if told in "[{" else -1
            if depth > DEEPEST:
                break
    return field


def _too_deep(field: str) -> InvalidEvent:
    return InvalidEvent(
        f"lists and objects are nested here more than {DEEPEST} deep.", field=field or None
    )


def _problems(value: Any, field: str, depth: int) -> Iterator[InvalidEvent]:
    """Yield what cannot be taken in a value, each with its field."""
    if isinstance(value, _Wrong):
        yield InvalidEvent(value.message, field=field or None, hint=value.hint)
    elif isinstance(value, str):
        if not _is_text(value):
            yield InvalidEvent(
                "half a surrogate pair stands in this text, which is no character.",
                field=field or None,
                hint="Write the character itself, or both halves of it.",
            )
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            yield _too_deep(field)
            return
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, each in inner:
            if not _is_text(str(name)):
                yield InvalidEvent(
                    f"half a surrogate pair stands in the key {name!a:.80}.",
                    field=field or None,
                )
                continue
            yield from _problems(each, f"{field}.{name}" if field else str(name), depth + 1)


def _is_text(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)
