"""Check what a correction says: fields that its target has, with values that they can take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from answerable.domain.case import CaseState, KindElsewhere
from answerable.domain.errors import Refused
from answerable.domain.kinds import model
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.kinds.catalogue.periods import TellsField, check_periods
from answerable.domain.mistyped.nearest import did_you_mean, nearest

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.domain.kinds.record import Correction

IDENTITY = ("event_id", "case_id", "kind")


def check_correction(
    correction: Correction, target_kind: str, kind_of: KindElsewhere
) -> Correction:
    """Check the fields of a correction, and set the sealed ones among them apart.

    Args:
        correction: as its producer wrote it.
        target_kind: the kind of the event that it corrects.
        kind_of: finds the kind of an event on record.

    Raises:
        Refused: it corrects nothing, a field that the kind does not have, one that tells which
            event it is or what it acts upon, it gives a value that the field cannot take, or it
            refers to nothing.
    """
    target = model(target_kind)
    given = {**correction.fields, **correction.sealed_fields}
    if not given:
        raise Refused("the correction corrects nothing.", field="fields", hint="Name a field.")
    for name, value in given.items():
        _check(target, target_kind, name, value)
        refers = target.references.get(name)
        if refers is not None:
            for event_id in value if isinstance(value, list) else (value,) if value else ():
                _check_reference(correction, name, str(event_id), refers.kinds, kind_of)
    return correction.model_copy(
        update={
            "fields": {name: given[name] for name in given if name not in target.sealed},
            "sealed_fields": {name: given[name] for name in given if name in target.sealed},
        }
    )


def check_terms(
    correction: Correction, state: CaseState, told: Callable[[str], TellsField]
) -> None:
    """Check that a correction leaves the terms of its target in order.

    Args:
        correction: as it was checked.
        state: the fold of the case so far.
        told: finds what tells the fields of an event of the case, by its id.

    Raises:
        Refused: a term would end before it begins.
    """
    kind = state.steps[correction.target].kind
    fields = [name for period in CATALOGUE[kind].periods for name in period]
    if correction.fields.keys().isdisjoint(fields):
        return
    target = told(correction.target)
    now = {name: target(name) for name in fields}
    earlier = (
        told(step.event_id)("fields")
        for step in state.standing_steps(correction.target)
        if step.kind == "correction"
    )
    for given in (*earlier, correction.fields):
        now.update((name, given[name]) for name in fields if name in given)
    check_periods(kind, now.get, Refused)


def _check(target: type[Event], kind: str, name: str, value: Any) -> None:
    where = f"fields.{name}"
    if name not in target.attributes:
        correctable = [field for field in target.attributes if field not in IDENTITY]
        raise Refused(
            f"a {kind} has no field {name!r}.",
            field=where,
            hint=did_you_mean(nearest(name, correctable)) or f"It has: {', '.join(correctable)}.",
        )
    refers = target.references.get(name)
    if name in IDENTITY or (refers is not None and refers.here):
        raise Refused(
            "this field says which event it is, or what it acts upon, and cannot be corrected.",
            field=where,
            hint="Retract the event and record it again.",
        )
    info = target.model_fields[target.attributes[name]]
    if value is None:
        if info.is_required():
            raise Refused(f"a {kind} cannot do without this field.", field=where)
        return
    try:
        annotation: Any = info.rebuild_annotation()
        # Strictly, for the value is kept as it was written: "5" must not pass for 5.
        TypeAdapter(annotation).validate_json(to_json(value), strict=True)
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise Refused(f"{said}.", field=where) from None


def _check_reference(
    correction: Correction,
    name: str,
    event_id: str,
    kinds: tuple[str, ...],
    kind_of: KindElsewhere,
) -> None:
    where = f"fields.{name}"
    if event_id == correction.target:
        raise Refused("an event cannot rest on itself.", field=where)
    found = kind_of(event_id)
    if found is None:
        raise Refused(
            f"there is no event {event_id} in this ledger.",
            field=where,
            hint="Record what it rests on first.",
        )
    if kinds and found not in kinds:
        raise Refused(f"{event_id} is a {found}, not {' or '.join(kinds)}.", field=where)
