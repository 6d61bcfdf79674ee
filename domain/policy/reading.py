"""Read the document of a policy from TOML, or say by path what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic import ValidationError

from answerable.domain.policy.document import Policy
from answerable.domain.policy.faults import Fault, InvalidPolicy

LARGEST = 900_000
"""The most bytes that a document may have, so that the event which adopts it can hold it."""

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"

REQUIRED = "is required, and is not there"
NOT_KNOWN = "is nothing that a policy knows at this place"


FORMS: Mapping[str, str] = {
    "tuple_type": "a list, in brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "string_type": "a text, in quotation marks",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "true or false",
}
"""Say what a value must be, in TOML's words, by pydantic's name of what it is not."""


class Document(NamedTuple):
    """A policy, and the bytes that it was read from.

    Attributes:
        policy: what the bytes say.
        text: the bytes, in UTF-8.
        shipped: whether it comes with this program, and was adopted by nobody.
    """

    policy: Policy
    text: bytes
    shipped: bool = False

    @property
    def digest(self) -> str:
        """Return the hash of the bytes, as an adoption commits to it: `sha256:…`."""
        return f"sha256:{sha256(self.text).hexdigest()}"


def read_document(text: bytes, *, shipped: bool = False) -> Document:
    """Read a policy from the bytes of its document, and hold its names against the kinds of events.

    Args:
        text: TOML 1.0, in UTF-8, with or without the byte order mark that some editors write.
        shipped: whether it comes with this program; then its names are not looked up again.

    Raises:
        InvalidPolicy: it is none; the error tells each fault, by its path.
    """
    policy = _validated(_parsed(text))
    if not shipped:
        from answerable.domain.policy.checking import faults_of

        faults = tuple(faults_of(policy))
        if faults:
            raise InvalidPolicy(faults)
    return Document(policy, text, shipped)


def _parsed(text: bytes) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise InvalidPolicy((Fault("", f"a policy has at most {LARGEST:,} bytes"),))
    try:
        return tomllib.loads(text.decode().removeprefix(BYTE_ORDER_MARK))
    except UnicodeDecodeError as error:
        said = f"this is not UTF-8: byte {error.start + 1} is none"
    except tomllib.TOMLDecodeError as error:
        said = f"this is not TOML: {str(error)[0].lower()}{str(error)[1:]}"
    except RecursionError:
        said = "this is nested too deep"
    raise InvalidPolicy((Fault("", said),))


def _validated(told: dict[str, Any]) -> Policy:
    try:
        return Policy.model_validate(told)
    except ValidationError as error:
        raise InvalidPolicy(tuple(_faults(error, told))) from None


def _faults(error: ValidationError, told: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield each fault once.

    A list whose items are all at fault is empty to pydantic, which would call it too short as well.
    """
    problems = error.errors(include_url=False)
    for problem in problems:
        loc = problem["loc"]
        if problem["type"] == "too_short" and any(
            other["loc"][: len(loc)] == loc and other is not problem for other in problems
        ):
            continue
        path = ".".join(str(part) for part in loc if not _of_a_union(part))
        yield Fault(path, _said(problem), _rule_of(told, loc))


def _of_a_union(part: object) -> bool:
    """Tell whether a part of a path names a member of a union, and no place in the document."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in ("str", "bool"))


def _rule_of(told: Mapping[str, Any], loc: tuple[int | str, ...]) -> str | None:
    if len(loc) < 2 or loc[0] != "rule" or not isinstance(loc[1], int):
        return None
    rule = told["rule"][loc[1]]
    found = rule.get("id") if isinstance(rule, dict) else None
    return found if isinstance(found, str) else None


def _said(problem: Mapping[str, Any]) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return REQUIRED
    if kind == "extra_forbidden":
        return NOT_KNOWN
    if kind == "literal_error":
        return f"{problem['input']!r:.80} must be one of {context['expected']}"
    if kind == "union_tag_invalid":
        return f"{context['tag']!r:.80} must be one of {context['expected_tags']}"
    if kind == "union_tag_not_found":
        return "a rule tells its `kind`"
    if kind == "value_error":
        return str(context["error"]).rstrip(".")
    if kind == "string_pattern_mismatch":
        return f"{problem['input']!r:.80} does not have the form {context['pattern']}"
    if kind == "too_short":
        return f"has {context['actual_length']}, and needs {context['min_length']} at least"
    if kind in FORMS:
        return f"{_short(problem)} must be {FORMS[kind]}"
    said = str(problem["msg"]).rstrip(".")
    said = f"{said[0].lower()}{said[1:]}"
    return said if isinstance(problem["input"], dict | list) else f"{_short(problem)}: {said}"


def _short(problem: Mapping[str, Any]) -> str:
    """Show the value at fault, in few signs."""
    value = problem["input"]
    told = value.isoformat() if isinstance(value, date | time) else value
    return f"{told!r:.80}"
