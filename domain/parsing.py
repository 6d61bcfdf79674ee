"""Read an event from JSON, or say which field is wrong and what it may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import NoneType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Discriminator, TypeAdapter, ValidationError

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.fields import EVENT_ID
from answerable.domain.kinds import FAMILY, kind_named, model
from answerable.domain.kinds.catalogue.periods import check_periods

FORMS = {
    EVENT_ID: "must be a UUID of version 7 or 8 in lower case, as "
    "019b8a5e-7c00-7000-8000-000000000001",
    r"^[a-z0-9][a-z0-9._-]{0,63}$": "must be a slug: lower-case letters, digits, `.`, `_`, `-`, at "
    "most 64 of them",
    r"\S": "must not be blank",
    r"^sha256:[0-9a-f]{64}$": "must be `sha256:` and 64 hexadecimal digits in lower case",
    r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})? [A-Z]{3}$": "must be an amount and a currency, as "
    "`12000.00 CNY`",
    r"^(0|[1-9][0-9]{0,14})~?$": "must be a whole number, as `346`, or with `~` about so many, as "
    "`5300~`",
}
"""The form that each pattern asks for, in words."""

TYPES = {
    "string_type": "must be a text, in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "tuple_type": 'must be a list, as ["…"]',
    "dict_type": 'must be an object, as {"…": …}',
    "model_type": 'must be an object, as {"…": …}',
}
"""Map each type of mistake in a value's type to what is asked for, in words."""

MOST_NEAR = 3


@lru_cache(maxsize=1)
def any_event() -> TypeAdapter[Event]:
    """Return the discriminated union of all kinds. Building it loads every kind."""
    union: Any = Union[tuple(model(kind) for kind in FAMILY)]  # noqa: UP007
    adapter: TypeAdapter[Event] = TypeAdapter(Annotated[union, Discriminator("kind")])
    adapter.rebuild(force=True)
    return adapter


def parse_line(line: bytes | str) -> Event:
    """Read the event in a line of JSON.

    Raises:
        InvalidEvent: it is not one.
    """
    try:
        event = any_event().validate_json(line)
    except ValidationError as error:
        raise explain(error) from None
    return _in_order(event)


def as_event(given: Event | Mapping[str, Any]) -> Event:
    """Take an event as it is, or the one in a dictionary of fields.

    Raises:
        InvalidEvent: it is neither, or not an event of any kind.
    """
    if not isinstance(given, Event):
        return parse(given)
    if type(given) is not model(given.kind):
        raise InvalidEvent(
            f"this says that it is a {given.kind}, but is not made as one.",
            field="kind",
            hint="Make it with `answerable.domain.parse`.",
        )
    return _in_order(given)


def as_events(given: Iterable[Event | Mapping[str, Any]]) -> list[Event]:
    """Take several events, each as `as_event` takes it.

    Raises:
        InvalidEvent: one of them is none; the error's `index` says which. Or they are not several.
    """
    if isinstance(given, str | bytes | Mapping | Event) or not isinstance(given, Iterable):
        raise InvalidEvent(
            f"events are taken from a list of them, not from this {type(given).__name__}.",
            hint="To record a single one, use `append`.",
        )
    events: list[Event] = []
    for each in given:
        try:
            events.append(as_event(each))
        except InvalidEvent as error:
            error.index = len(events)
            raise
    return events


def parse(fields: Mapping[str, Any]) -> Event:
    """Read the event in a dictionary of fields, of which `kind` says which fields it may have.

    Raises:
        InvalidEvent: it is not one.
    """
    if not isinstance(fields, Mapping):
        raise InvalidEvent(
            f"an event is made from a dictionary of its fields, not from {fields!r:.80}.",
            hint='As in {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}.',
        )
    kind = fields.get("kind")
    if not isinstance(kind, str):
        raise InvalidEvent("is required: the kind of event.", field="kind")
    try:
        event = model(kind).model_validate(dict(fields))
    except ValidationError as error:
        raise explain(error, kind) from None
    return _in_order(event)


def flaws(fields: Mapping[str, Any]) -> list[InvalidEvent]:
    """List all that keeps a dictionary of fields from being an event; nothing, if it is one."""
    kind = str(fields.get("kind"))
    try:
        _in_order(model(kind).model_validate(dict(fields)))
    except ValidationError as error:
        return explain_each(error, kind)
    except InvalidEvent as error:
        return [error]
    return []


def _in_order(event: Event) -> Event:
    """Return an event of which no term ends before it begins."""
    check_periods(event.kind, event.told)
    return event


@cache
def _whole_numbers(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that hold a whole number."""
    fields = model(kind).model_fields
    return tuple(
        name
        for name, attribute in model(kind).attributes.items()
        if int in (fields[attribute].annotation, *get_args(fields[attribute].annotation))
    )


@cache
def told_by_values(kind: str) -> frozenset[str]:
    """Return the attributes of a kind that hold anything but texts and lists of texts."""
    fields = model(kind).model_fields
    return frozenset(name for name, info in fields.items() if not _is_of_texts(info.annotation))


def _is_of_texts(annotation: Any) -> bool:
    if get_origin(annotation) is Literal or annotation in (str, NoneType, ...):
        return True
    held = get_args(annotation)
    if get_origin(annotation) is Annotated:
        held = held[:1]
    return bool(held) and all(map(_is_of_texts, held))


def untrue_numbers(kind: str, fields: Mapping[str, Any]) -> list[InvalidEvent]:
    """List what stands for a number in JSON values and is none: `true` would be read as 1."""
    return [
        InvalidEvent(
            f"{str(fields[name]).lower()} is a truth value, and a number is told here.",
            field=name,
            hint="Write a whole number, as 30, or leave it out.",
        ).about(fields[name])
        for name in _whole_numbers(kind)
        if isinstance(fields.get(name), bool)
    ]


def explain(error: ValidationError, kind: str | None = None) -> InvalidEvent:
    """Say the first thing that is wrong, and how many more there are."""
    problems = error.errors(include_url=False)
    invalid = _problem(problems[0], kind)
    if len(problems) > 1:
        more = f"({len(problems) - 1} more.)"
        invalid.hint = f"{invalid.hint} {more}" if invalid.hint else more
        invalid.cli_hint = f"{invalid.cli_hint} {more}" if invalid.cli_hint else more
    return invalid


def explain_each(error: ValidationError, kind: str | None = None) -> list[InvalidEvent]:
    """Say each thing that is wrong."""
    return [_problem(each, kind) for each in error.errors(include_url=False)]


def _problem(problem: Any, event_kind: str | None) -> InvalidEvent:
    kind, context, value = problem["type"], problem.get("ctx", {}), problem.get("input")
    path = [str(part) for part in problem["loc"]]
    if path and path[0] in FAMILY:
        event_kind = path.pop(0)
    field = ".".join(path) or None
    if kind == "json_invalid":
        said = str(context["error"]).replace(" at line 1 column ", " at character ")
        return InvalidEvent(
            f"this is not JSON: {said}.", hint="Write one JSON object on each line."
        )
    if kind == "union_tag_invalid":
        try:
            kind_named(str(context["tag"]))
        except InvalidEvent as unknown:
            return unknown
    if not path and not isinstance(value, dict):
        return InvalidEvent("an event must be a JSON object.")
    if kind == "union_tag_not_found":
        return InvalidEvent("is required: the kind of event.", field="kind")
    if kind == "extra_forbidden":
        return _unknown_field(field, event_kind)
    if kind == "missing":
        return InvalidEvent("is required, and is not there.", field=field)
    if kind == "literal_error":
        allowed = allowed_values(event_kind, path) or (context["expected"],)
        return _none_of_these(value, field, allowed)
    return _wrong_value(problem, field).about(value)


def _wrong_value(problem: Any, field: str | None) -> InvalidEvent:
    kind, context, value = problem["type"], problem.get("ctx", {}), problem.get("input")
    if kind == "string_pattern_mismatch":
        form = FORMS.get(context["pattern"], f"must match {context['pattern']}")
        return InvalidEvent(f"{value!r:.80} {form}.", field=field)
    if kind in TYPES:
        return InvalidEvent(f"{_as_json(value):.80} {TYPES[kind]}.", field=field)
    if kind == "value_error":
        return InvalidEvent(f"{str(context['error']).rstrip('.')}.", field=field)
    return InvalidEvent(f"{problem['msg'].rstrip('.')}.", field=field)


def _none_of_these(value: Any, field: str | None, choices: Sequence[str]) -> InvalidEvent:
    """Say that a value is none of those that are allowed, and which it may have been meant for."""
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    near = nearest(str(value), choices, MOST_NEAR)
    *first, last = map(repr, choices)
    listed = f"{', '.join(first)} or {last}" if first else choices[0]
    return InvalidEvent(
        f"{value!r:.80} must be one of {listed}.",
        field=field,
        hint=did_you_mean(near) or None,
    ).about(value, allowed=choices, near=near)


def allowed_values(kind: str | None, path: Sequence[str]) -> tuple[str, ...]:
    """Return the values that are allowed in a field of a kind, where they are listed."""
    if kind is None or not path or path[0] not in model(kind).attributes:
        return ()
    field = model(kind).model_fields[model(kind).attributes[path[0]]]
    return tuple(each for each in _literals(field.annotation) if isinstance(each, str))


def _literals(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
        return
    for argument in get_args(annotation):
        yield from _literals(argument)


def _unknown_field(field: str | None, kind: str | None) -> InvalidEvent:
    from answerable.domain.mistyped.nearest import did_you_mean, nearest

    known = list(model(kind).attributes) if kind else []
    near = nearest(field or "", known, most=MOST_NEAR)
    hint = did_you_mean(near) or None
    if hint is None and known:
        hint = f"It has: {', '.join(known)}."
    of_kind = f"a {kind} has" if kind else "the event has"
    return InvalidEvent(f"{of_kind} no such field.", field=field, hint=hint).about(
        field, allowed=known, near=near
    )


def _as_json(value: Any) -> str:
    from pydantic_core import to_json

    try:
        return to_json(value).decode()
    except ValueError:
        return repr(value)
