"""Declare the fields that every event has, whatever its kind."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from answerable.domain.fields import (
    DATE,
    LONG,
    PARTY,
    SEALED,
    TERM,
    CaseId,
    Digest,
    Edtf,
    EventId,
    Refers,
    Standing,
    markers,
)
from answerable.domain.terms.placeholder import told

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


class Source(BaseModel):
    """The source of an assertion."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: (
        Annotated[str, StringConstraints(pattern=r"\S", max_length=1_000), AfterValidator(told)]
        | None
    ) = None
    # A bound inside the pattern, as \S{1,2000}, would take 30 ms to compile at each start.
    url: (
        Annotated[str, StringConstraints(pattern=r"^\S+$", max_length=2_000), AfterValidator(told)]
        | None
    ) = None
    digest: Digest | None = None


class Event(BaseModel):
    """A step in the handling of an incident, as its producer tells it.

    The ledger adds what is the ledger's to say: the position, the version within the case, when
    it was recorded and by whom (see `answerable.domain.record`).
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, validate_by_alias=True
    )

    schema_version: ClassVar[int] = 1
    """Raised when the fields of a kind change; upcasters lift older entries."""
    sealed: ClassVar[tuple[str, ...]] = ()
    """The fields that the chain commits to but does not contain, by their names in JSON."""
    long: ClassVar[tuple[str, ...]] = ()
    """The fields that hold a narrative."""
    parties: ClassVar[tuple[str, ...]] = ()
    """The fields that name a party."""
    dates: ClassVar[tuple[str, ...]] = ()
    """The fields that tell a date."""
    terms: ClassVar[tuple[str, ...]] = ()
    """The fields that hold a word of the producer's choice, in the open."""
    references: ClassVar[dict[str, Refers]] = {}
    """The fields that refer to other events, and to which kinds."""
    attributes: ClassVar[dict[str, str]] = {}
    """The Python attribute behind each field's name in JSON."""

    case_id: CaseId = Field(description="The case that the event belongs to: a slug.")
    kind: str
    event_id: EventId | None = Field(
        default=None,
        description="A UUID v7 or v8. Set it to make a retry harmless: the same event twice is one "
        "event. Left out, the ledger makes one.",
    )
    standing: Standing = Field(default="asserted", description="How far the assertion stands.")
    occurred: Edtf | None = Field(
        default=None,
        description="When it happened, as precisely as is known, in EDTF: 2026-01-05, 2026-01, "
        "../2026-01-05 (on or before). Leave it out where the source does not tell.",
    )
    basis: tuple[Annotated[EventId, Refers(here=False)], ...] = Field(
        default=(), description="The events that this one rests on, by their ids."
    )
    sources: Annotated[tuple[Source, ...], SEALED] = Field(
        default=(), description="Where it comes from: title, url, digest."
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        found = {
            field.alias or name: [*field.metadata, *markers(field.annotation)]
            for name, field in cls.model_fields.items()
        }
        cls.sealed = tuple(name for name, marks in found.items() if SEALED in marks)
        cls.long = tuple(name for name, marks in found.items() if LONG in marks)
        cls.parties = tuple(name for name, marks in found.items() if PARTY in marks)
        cls.dates = tuple(name for name, marks in found.items() if DATE in marks)
        cls.terms = tuple(name for name, marks in found.items() if TERM in marks)
        cls.references = {
            name: mark
            for name, marks in found.items()
            for mark in marks
            if isinstance(mark, Refers)
        }
        cls.attributes = {field.alias or name: name for name, field in cls.model_fields.items()}

    def told(self, field: str) -> Any:
        """Return what stands in a field, called by its name in JSON; None if the kind has none."""
        attribute = self.attributes.get(field)
        return None if attribute is None else getattr(self, attribute)


FIRST = ("case_id", "occurred")
"""The common fields that stand before a kind's own; the others stand after."""


def producer_fields(of: type[Event]) -> Mapping[str, FieldInfo]:
    """Return the fields that a producer gives, by their names in JSON: case and date, own, rest."""
    common = {name: info for name, info in of.model_fields.items() if name in Event.model_fields}
    own = {
        info.alias or name: info
        for name, info in of.model_fields.items()
        if name not in common and name != "sealed_fields"
    }
    first = {name: common.pop(name) for name in FIRST}
    del common["kind"]
    return {**first, **own, **common}


def many_and_type(annotation: Any) -> tuple[bool, Any]:
    """Tell whether a field holds many values, and of which type one value is."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return many_and_type(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        # A text or several texts: whoever may give several gives one as well.
        held = [many_and_type(each) for each in get_args(annotation) if each is not type(None)]
        return any(many for many, _ in held), held[0][1]
    if origin is tuple:
        return True, many_and_type(get_args(annotation)[0])[1]
    return False, annotation
