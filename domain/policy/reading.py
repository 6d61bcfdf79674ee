"""Read the document of a policy from TOML, or say by path what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic import ValidationError

from answerable.domain.policy.document import Policy
from answerable.domain.policy.faults import FORMS, Fault, InvalidPolicy, of_another_form, words_for

LARGEST = 900_000
"""The most bytes that a document may have, so that the event which adopts it can hold it."""

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"


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
    Of what may have several forms, pydantic tells what is wrong with it in each: what is wrong
    within it tells more than that it is of none of the others, which is one fault.
    """
    problems = error.errors(include_url=False)
    paths = [tuple(part for part in each["loc"] if not _of_a_union(part)) for each in problems]
    forms: dict[tuple[int | str, ...], list[str]] = {}
    for path, problem in zip(paths, problems, strict=True):
        if problem["type"] in FORMS:
            forms.setdefault(path, []).append(problem["type"])
    short = {
        path for path, each in zip(paths, problems, strict=True) if each["type"] == "too_short"
    }
    for path, problem in zip(paths, problems, strict=True):
        if path in short and problem["type"] in FORMS:
            continue
        within = any(len(other) > len(path) and other[: len(path)] == path for other in paths)
        if problem["type"] in ("too_short", *FORMS) and within:
            continue
        if problem["type"] not in FORMS:
            text = words_for(problem)
        elif kinds := forms.pop(path, None):
            text = of_another_form(problem["input"], kinds)
        else:
            continue
        yield Fault(".".join(map(str, path)), text, _rule_of(told, problem["loc"]))


def _of_a_union(part: object) -> bool:
    """Tell whether a part of a path names a member of a union, and no place in the document."""
    return isinstance(part, str) and (
        part[:1].isupper() or "[" in part or part in ("str", "int", "bool")
    )


def _rule_of(told: Mapping[str, Any], loc: tuple[int | str, ...]) -> str | None:
    if len(loc) < 2 or loc[0] != "rule" or not isinstance(loc[1], int):
        return None
    rule = told["rule"][loc[1]]
    found = rule.get("id") if isinstance(rule, dict) else None
    return found if isinstance(found, str) else None
