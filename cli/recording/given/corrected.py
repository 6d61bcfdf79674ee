"""The fields that a correction sets: given as `append` takes them for the event that it corrects.

So `--set basis=#16,#9 --set days=5` says by numbers and names what the record keeps as ids,
pseudonyms and a number. What `--set-json` gives is kept as it was written, but for events and
parties, which may be called by number and name there, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_origin

import click

from answerable.cli.recording.given.links import events_in
from answerable.cli.recording.given.options import FLAGS, options
from answerable.cli.recording.given.referring import check_references
from answerable.cli.shared.references import party, resolve_references
from answerable.domain.event import producer_fields
from answerable.domain.kinds import model
from answerable.projections.errors import NotFound

if TYPE_CHECKING:
    from answerable.ledger.indexes.reader import IndexedReader


class Assigned(NamedTuple):
    """Hold what a correction sets, as it was given.

    Attributes:
        texts: fields and texts, in their order; of a field that holds several, one after another.
        values: fields and JSON values.
    """

    texts: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, Any], ...]


def corrected_fields(
    ledger: IndexedReader, target: str, case: str, assigned: Assigned
) -> dict[str, Any]:
    """Return the fields that a correction sets, as the record keeps them.

    A field that the kind does not have is left for the correction's own check, and so is
    everything where the target is not on record.

    Args:
        ledger: the ledger.
        target: the id of the event that is corrected.
        case: its case.
        assigned: what is set.

    Raises:
        UsageError: a field is set twice, or to a text that it cannot take.
        NotFound: an event or a party is not there; the field is named.
        Refused: an event is of a kind that the field does not take.
    """
    _check_once(assigned)
    corrected = ledger.event(target)
    if corrected is None:
        return {**dict(assigned.texts), **dict(assigned.values)}
    kind = corrected.kind
    fields = {**_taken(ledger, kind, assigned.texts), **dict(assigned.values)}
    try:
        fields = resolve_references(ledger, model(kind), fields)
    except NotFound as error:
        error.field = f"fields.{error.field}"
        raise
    check_references(ledger, model(kind), {**fields, "case_id": case}, within="fields.")
    return fields


def _check_once(assigned: Assigned) -> None:
    names = [name for name, _ in assigned.values]
    twice = {name for name in names if names.count(name) > 1}
    twice |= {name for name, _ in assigned.texts}.intersection(names)
    for name in sorted(twice):
        raise click.UsageError(
            f"{name} is set twice. Set it once: all but one of the values would be lost."
        )


def _taken(ledger: IndexedReader, kind: str, texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what `append` would have taken the texts for, by field."""
    by_flag = {flag.removeprefix("--"): name for name, flag in FLAGS.items()}
    given: dict[str, list[str]] = {}
    for name, text in texts:
        given.setdefault(by_flag.get(name, name), []).append(text)
    taken = {option.name: option for option in options(kind) if isinstance(option, click.Option)}
    return {
        name: _value(ledger, kind, taken[name], told) if name in taken else told[-1]
        for name, told in given.items()
    }


def _value(ledger: IndexedReader, kind: str, option: click.Option, told: list[str]) -> Any:
    name = str(option.name)
    if not all(told):
        raise click.UsageError(
            f"--set {name}= says nothing. Where nothing should stand: --set-json {name}=null."
        )
    if not option.multiple:
        if len(told) > 1:
            raise click.UsageError(f"{name} is set twice, and a {kind} tells one. Set it once.")
        return _converted(option, told[0])
    each = [part for text in told for part in _parts(ledger, kind, option, text)]
    values = [_converted(option, part) for part in each]
    return values[0] if len(values) == 1 and _takes_one(kind, name) else values


def _parts(ledger: IndexedReader, kind: str, option: click.Option, text: str) -> list[str]:
    """Part a text into several values, where a comma can be part of none."""
    if option.name in model(kind).references or isinstance(option.type, click.Choice):
        return events_in(text)
    if option.name in model(kind).parties and "," in text:
        try:
            return [party(ledger, text)]
        except NotFound:
            return events_in(text)
    return [text]


def _converted(option: click.Option, text: str) -> Any:
    try:
        return option.type.convert(text, None, None)
    except click.BadParameter as error:
        raise click.UsageError(f"--set {option.name}: {error.message}") from None


def _takes_one(kind: str, name: str) -> bool:
    """Tell whether a field that holds several values takes one by itself, too."""
    return str in get_args(_bare(producer_fields(model(kind))[name].annotation))


def _bare(annotation: Any) -> Any:
    """Return a field's type without its marks, and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    held = [each for each in get_args(annotation) if each is not type(None)]
    optional = len(held) < len(get_args(annotation))
    return _bare(held[0]) if optional and len(held) == 1 else annotation
