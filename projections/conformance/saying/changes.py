"""Tell what differs between two policies: rules added, removed and changed, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.policy.document import Policy
from answerable.domain.policy.form import Form

APART = ("format", "rule", "select", "id")
"""The parts of a document that are compared by themselves, or say nothing of its rules."""


class Change(NamedTuple):
    """One field that differs.

    Attributes:
        path: which, as in the document: `within.days`.
        was: what it held; None: nothing.
        now: what it holds.
    """

    path: str
    was: Any
    now: Any


class Changed(NamedTuple):
    """A part of a policy that differs: a rule, a selection, or the document's head.

    Attributes:
        part: which.
        name: the id of the rule, or the name of the selection; "" for the head.
        how: whether it was added, removed or changed.
        text: of a rule, its text as it is now, or was.
        fields: what differs in it, where it changed.
    """

    part: Literal["policy", "select", "rule"]
    name: str
    how: Literal["added", "removed", "changed"]
    text: str | None = None
    fields: tuple[Change, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the change as JSON has it."""
        return as_dict(self)


def changes(old: Policy, new: Policy) -> tuple[Changed, ...]:
    """List what differs between two policies, in the order of the new one.

    Rules are the same rule where their ids are the same. A rule that uses a selection changed with
    it; the selection alone is listed then. The order of rules tells nothing.
    """
    found = [*_head(old, new)]
    found += _named("select", _dumped(old.select), _dumped(new.select))
    rules = [{rule.id: _plain(rule) for rule in each.rule} for each in (old, new)]
    found += _named("rule", *rules)
    return tuple(found)


def _head(old: Policy, new: Policy) -> Iterator[Changed]:
    was, now = (
        {name: each for name, each in _plain(policy).items() if name not in APART}
        for policy in (old, new)
    )
    if fields := tuple(_fields("", was, now)):
        yield Changed("policy", "", "changed", None, fields)


def _named(
    part: Literal["select", "rule"], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Changed]:
    for name, told in new.items():
        if name not in old:
            yield Changed(part, name, "added", told.get("text"))
        elif fields := tuple(_fields("", old[name], told)):
            yield Changed(part, name, "changed", told.get("text"), fields)
    for name, told in old.items():
        if name not in new:
            yield Changed(part, name, "removed", told.get("text"))


def _dumped(forms: Mapping[str, Form]) -> dict[str, Any]:
    return {name: _plain(each) for name, each in forms.items()}


def _plain(form: Form) -> dict[str, Any]:
    """Return a part of a document as plain values, by the names that the document has."""
    told: dict[str, Any] = form.model_dump(mode="json", by_alias=True, exclude_none=True)
    return told


def _fields(path: str, old: Any, new: Any) -> Iterator[Change]:
    """Yield where two values differ; within tables, and lists of these, by each of their fields."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*new, *old)):
            inner = f"{path}.{name}" if path else name
            yield from _fields(inner, old.get(name), new.get(name))
        return
    if _of_tables(old) and _of_tables(new):
        for at, was, now in _aligned(old, new):
            yield from _fields(f"{path}.{at}", was, now)
        return
    yield Change(path, old, new)


def _of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, Mapping) for x in value)


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Yield which tables of two lists differ: the number of each, what it was, and what it is.

    One that was put in, or taken out, leaves the others what they were. The number is that in the
    new list; of one that is gone, that in the old.
    """
    before, after = ([json.dumps(each, sort_keys=True) for each in some] for some in (old, new))
    for tag, at, end, to, last in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            continue
        for was, now in zip_longest(range(at, end), range(to, last)):
            number = was if now is None else now
            yield number, None if was is None else old[was], None if now is None else new[now]
