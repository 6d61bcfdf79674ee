"""Say what is wrong with the document of a policy, where, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple, get_args

from answerable.domain.errors import AnswerableError
from answerable.domain.mistyped.nearest import did_you_mean, nearest
from answerable.domain.policy.form import PATTERNS

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

QUOTED = re.compile("'([^']*)'")
"""Match a value among those that pydantic says are expected."""


class Fault(NamedTuple):
    """One thing that is wrong with a document.

    Attributes:
        path: where: `rule.0.declare.template`; "" where it is the document as a whole.
        text: what, without a full stop.
        rule: the id of the rule that it is in, where that is told.
    """

    path: str
    text: str
    rule: str | None = None

    def __str__(self) -> str:
        of = f" (rule {self.rule})" if self.rule else ""
        stop = "" if self.text.endswith("?") else "."
        return f"{self.path}{of}: {self.text}{stop}" if self.path else f"{self.text}{stop}"


class InvalidPolicy(AnswerableError):
    """A document is no policy.

    Attributes:
        faults: all that is wrong with it.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        first, *more = faults
        text = str(first) + (f" ({len(more)} more.)" if more else "")
        super().__init__(text, cli_hint="`answerable policy validate FILE` lists all.")


def words_for(problem: Mapping[str, Any]) -> str:
    """Say what is wrong in one place of a document, without a full stop.

    Args:
        problem: it, as pydantic tells it; what is of another form than it must be, says
            `of_another_form`.
    """
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return "is required, and is not there"
    if kind == "extra_forbidden":
        return _not_known(problem["loc"])
    if kind == "literal_error":
        return _not_one_of(problem["input"], context["expected"])
    if kind == "union_tag_invalid":
        return _not_one_of(context["tag"], context["expected_tags"])
    if kind == "union_tag_not_found":
        return "a rule tells its `kind`"
    if kind == "value_error":
        return str(context["error"]).rstrip(".")
    if kind == "string_pattern_mismatch":
        return f"{problem['input']!r:.80} is not {PATTERNS[context['pattern']]}"
    if kind == "too_short":
        return f"has {context['actual_length']}, and needs {context['min_length']} at least"
    said = str(problem["msg"]).rstrip(".")
    said = f"{said[0].lower()}{said[1:]}"
    return (
        said if isinstance(problem["input"], dict | list) else f"{_short(problem['input'])}: {said}"
    )


def of_another_form(told: object, kinds: Sequence[str]) -> str:
    """Say of a value what it must be, where any of some forms would do.

    Args:
        told: the value.
        kinds: what it is not, by pydantic's names: keys of `FORMS`.
    """
    return f"{_short(told)} must be {', or '.join(dict.fromkeys(FORMS[each] for each in kinds))}"


def _not_one_of(told: object, expected: str) -> str:
    """Say of a value that it is none of some, and which of them may have been meant."""
    known = QUOTED.findall(expected)
    if len(known) == 1:
        return f"{told!r:.80} must be {expected}"
    asked = did_you_mean(nearest(str(told), known))
    return f"{told!r:.80} must be one of {expected}{asked and f'. {asked}'}"


def _not_known(loc: Sequence[int | str]) -> str:
    """Say that a key has no meaning in its place, and which may have been meant."""
    *place, key = loc
    known = sorted(_names_at(place))
    said = "is nothing that a policy knows at this place"
    asked = did_you_mean(nearest(str(key), known))
    return f"{said}. {asked}" if asked else f"{said}: it has {', '.join(known)}"


def _names_at(place: Sequence[int | str]) -> set[str]:
    """Name all that may stand in a place of a document, as it is written there."""
    from answerable.domain.policy.document import Policy

    models = [Policy]
    for part in place:
        within = [
            each
            for of in models
            for name, field in of.model_fields.items()
            if part in (name, field.alias)
            for each in _models_in(field.annotation)
        ]
        # What names no field is a number, a name of the document's own, or tells which model it is.
        models = within or [each for each in models if part in _marks(each)] or models
    return {field.alias or name for of in models for name, field in of.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[Any]:
    """Yield the models that an annotation names."""
    if hasattr(annotation, "model_fields"):
        yield annotation
    for each in get_args(annotation):
        yield from _models_in(each)


def _marks(of: Any) -> tuple[str, ...]:
    """Tell by which parts of a path pydantic says that a model is meant, where several may be."""
    kind = of.model_fields.get("kind")
    return (of.__name__, *(() if kind is None else get_args(kind.annotation)))


def _short(value: object) -> str:
    """Show the value at fault, in few signs."""
    told = value.isoformat() if isinstance(value, date | time) else value
    return f"{told!r:.80}"
