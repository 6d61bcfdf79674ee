"""The options of `append`, made from the models of the kinds.

The models are the one source of what an event can say: a field's name, its alias, its
description and its type make the option's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click

from answerable.cli.recording.given.links import events_in, link_options
from answerable.cli.shared.case_named import VARIABLE, say_whence
from answerable.cli.shared.mistyped.choice import Choice
from answerable.domain import edtf
from answerable.domain.event import Source, many_and_type, producer_fields
from answerable.domain.fields import PARTY, SEALED, Refers, markers
from answerable.domain.kinds import FAMILY, HOUSE_CASE, model
from answerable.domain.terms.provision import Provision

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

FLAGS = {"case_id": "--case", "sources": "--source"}
"""The options that are not called as their fields are."""

WIDEST_CHOICE = 40
"""The longest list of a choice's values that stands beside the option, in characters."""


class SourceText(click.ParamType[dict[str, Any]]):
    """A source: a URL, a title, or a JSON object of title, url and digest."""

    name = "SOURCE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, Any]:
        """Return the source's fields."""
        text = str(value).strip()
        if text.startswith("{"):
            return _json_object(text, self, param, ctx)
        if "://" in text and not any(letter.isspace() for letter in text):
            return {"url": text}
        return {"title": text}


class ProvisionText(click.ParamType[Any]):
    """A provision as it is cited, or a JSON object of its parts: policy, version, number."""

    name = "TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text, or the parts."""
        text = str(value)
        return _json_object(text, self, param, ctx) if text.lstrip().startswith("{") else text


class Assignment(click.ParamType[tuple[str, Any]]):
    """A field and its new value: `FIELD=VALUE`, the value as text or as JSON."""

    name = "FIELD=VALUE"

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Any]:
        """Return the field's name and the value."""
        name, equals, text = str(value).partition("=")
        if not equals or not name:
            self.fail(f"{value!r} is not FIELD=VALUE.", param, ctx)
        field = name.replace("-", "_")
        return field, _json_value(text, self, param, ctx) if self.as_json else text


def _json_value(
    text: str, of: click.ParamType[Any], param: click.Parameter | None, ctx: click.Context | None
) -> Any:
    import json

    try:
        return json.loads(text)
    except ValueError as error:
        of.fail(f"{text!r:.80} is not JSON: {error}.", param, ctx)


def _json_object(
    text: str, of: click.ParamType[Any], param: click.Parameter | None, ctx: click.Context | None
) -> dict[str, Any]:
    value = _json_value(text, of, param, ctx)
    if not isinstance(value, dict):
        of.fail(f"{text!r:.80} is not a JSON object.", param, ctx)
    return value


def options(kind: str) -> list[click.Parameter]:
    """Make the options for the fields of a kind, in the order in which one thinks of them."""
    fields = producer_fields(model(kind))
    made = {name: list(_options(kind, name, info)) for name, info in fields.items()}
    made["basis"] += link_options(fields)
    return [each for of_field in made.values() for each in of_field]


def flag(name: str) -> str:
    """Return how the option of a field is written."""
    return FLAGS.get(name, f"--{name.replace('_', '-')}")


def _options(kind: str, name: str, info: FieldInfo) -> Iterator[click.Option]:
    many, held = many_and_type(info.annotation)
    if get_origin(held) is dict:
        yield from _assignments(name, info)
        return
    value_type, metavar, listed = _type(name, info, held)
    required = info.is_required() and not _made_up(kind, name)
    long = name in model(kind).long
    remarks = [
        listed,
        "Sealed." if SEALED in _marks(info) else None,
        "May be given more than once." if many else None,
        "[required, here or with --edit]" if required and long else None,
    ]
    house = name == "case_id" and FAMILY[kind] == "house"
    # To click, a default of None is a default: no option that has one is required.
    more: dict[str, Any] = {"default": HOUSE_CASE, "show_default": True} if house else {}
    if name == "case_id" and not house:
        more = {"envvar": VARIABLE, "callback": say_whence}
        remarks.append(f"[default: ${VARIABLE}]")
    yield click.Option(
        [flag(name), name],
        type=value_type,
        metavar=metavar,
        multiple=many,
        required=required and not long and not house,
        **more,
        help=" ".join((_description(kind, name, info), *(each for each in remarks if each))),
    )


def _assignments(name: str, info: FieldInfo) -> Iterator[click.Option]:
    yield click.Option(
        ["--set", name],
        type=Assignment(as_json=False),
        multiple=True,
        help="A field and what it should say, as append takes it: basis=#16,#9. May be given more "
        "than once.",
    )
    yield click.Option(
        ["--set-json", f"{name}_json"],
        type=Assignment(as_json=True),
        multiple=True,
        help="The same in JSON: null where nothing should stand.",
    )


def _made_up(kind: str, name: str) -> bool:
    """Tell whether the command makes a value where none is given."""
    return (kind, name) == ("party-registered", "party")


def _description(kind: str, name: str, info: FieldInfo) -> str:
    text = info.description or ""
    return f"{text} Left out, one is drawn at random." if _made_up(kind, name) else text


def _type(name: str, info: FieldInfo, held: Any) -> tuple[click.ParamType[Any], str | None, str]:
    """Return an option's type, what stands for it in the help, and its values, if they are long."""
    if get_origin(held) is Literal:
        choice = Choice([str(each) for each in get_args(held)])
        values = "|".join(choice.choices)
        if len(values) <= WIDEST_CHOICE:
            return choice, None, ""
        return choice, name.upper(), f"One of {', '.join(choice.choices)}."
    if held is int:
        return click.INT, "NUMBER", ""
    if _takes(info.annotation, Provision):
        return ProvisionText(), "TEXT", "As it is cited, or by policy and version: conduct@2 4.2."
    if held is Source:
        return SourceText(), None, "A URL, a title, or a JSON object."
    return click.STRING, _metavar(name, _marks(info)), ""


def _takes(annotation: Any, held: type) -> bool:
    """Tell whether a field takes values of a type, maybe among others."""
    return annotation is held or any(_takes(each, held) for each in get_args(annotation))


def _metavar(name: str, marks: list[Any]) -> str:
    if name == "case_id":
        return "CASE"
    if name == "event_id":
        return "UUID"
    if any(isinstance(mark, Refers) for mark in marks):
        return "EVENT"
    if PARTY in marks:
        return "PARTY"
    checks = (getattr(mark, "func", None) for mark in marks)
    if any(getattr(check, "__wrapped__", check) is edtf.check for check in checks):
        return "DATE"
    return "TEXT"


def _marks(info: FieldInfo) -> list[Any]:
    return [*info.metadata, *markers(info.annotation)]


def given_fields(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that were given, out of the options' values; the others are left out."""
    given = {
        name: _as_given(kind, name, values[name])
        for name in producer_fields(model(kind))
        if values.get(name) not in (None, ())
    }
    if kind == "correction":
        given["fields"] = {**dict(values["fields"]), **dict(values["fields_json"])}
    return given


def _as_given(kind: str, name: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    if name in model(kind).references:
        return [each for text in value for each in events_in(text)]
    return list(value)


def example(kind: str) -> str:
    """Write a command that records an event of this kind, with what it cannot do without."""
    words = [f"answerable append {kind}"]
    for name, info in producer_fields(model(kind)).items():
        _, held = many_and_type(info.annotation)
        if name == "case_id":
            words += [] if FAMILY[kind] == "house" else ["--case acme"]
        elif name == "occurred":
            words.append("--occurred 2026-01-05")
        elif get_origin(held) is dict:
            words.append("--set occurred=2026-01-06")
        elif info.is_required() and not _made_up(kind, name):
            words.append(f"{flag(name)} {_sample(name, info, held)}")
    return _folded(words)


def _sample(name: str, info: FieldInfo, held: Any) -> str:
    if info.examples:
        return str(info.examples[0])
    if get_origin(held) is Literal:
        return str(get_args(held)[0])
    return {"EVENT": "12", "PARTY": "p-7k2m", "DATE": "2026-01-05"}.get(
        _metavar(name, _marks(info)), '"in words"'
    )


def _folded(words: list[str], width: int = 74) -> str:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines[-1] += " \\"
            lines.append(f"  {word}")
    return "\n".join(f"  {line}" for line in lines)
