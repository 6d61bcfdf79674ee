"""Define how a policy selects events: by their kind, and by what their fields hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import Field, model_validator

from answerable.domain.policy.form import FieldName, Form
from answerable.domain.policy.term import Term

Scalar: TypeAlias = str | int | bool


class Not(Form):
    """Any value but some. An absent field does not tell."""

    not_: Scalar | Annotated[tuple[Scalar, ...], Field(min_length=1)] = Field(alias="not")


class Known(Form):
    """Tell whether anything is on record in the field at all."""

    known: bool


class Choice(Form):
    """Events of some kinds whose fields pass some tests.

    Attributes:
        event: the kind, or one of several.
        where: the test of each field: a value, several (any of them), `{not = …}`, `{known = …}`,
            or, of a field that names an event, the events that it may name (`{event = …}`).
        same: the fields that hold the same value as in the step before, in a chain.
    """

    event: str | Annotated[tuple[str, ...], Field(min_length=1)]
    where: dict[FieldName, FieldTest] = Field(default_factory=dict)
    same: tuple[FieldName, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of events."""
        return (self.event,) if isinstance(self.event, str) else self.event


FieldTest: TypeAlias = (
    Scalar | Annotated[tuple[Scalar, ...], Field(min_length=1)] | Not | Known | Choice
)

Selector: TypeAlias = str | Choice | Annotated[tuple[str | Choice, ...], Field(min_length=1)]
"""A kind, the name of a selection of the document, a choice written out, or several of these."""

Choice.model_rebuild()


class Named(NamedTuple):
    """A part of a selector that is a name: of a kind, or of a selection of the document."""

    name: str


def parts(selector: Selector) -> Iterator[Named | Choice]:
    """Take a selector apart into names and choices."""
    for each in selector if isinstance(selector, tuple) else (selector,):
        yield Named(each) if isinstance(each, str) else each


def resolve(selector: Selector, named: Mapping[str, Choice]) -> tuple[Choice, ...]:
    """List the choices that a selector means, those written by name among them.

    Args:
        selector: as the document has it.
        named: the selections of the document, by name. What is none of them is a kind.
    """
    return tuple(
        each if isinstance(each, Choice) else named.get(each.name) or Choice(event=each.name)
        for each in parts(selector)
    )


class Due(Form):
    """A deadline that the event itself tells, in a field (EDTF).

    Attributes:
        plus: how long after that one still has: to erase what was to be kept until then.
    """

    field: FieldName
    plus: Term | None = None

    @model_validator(mode="after")
    def _plus_runs_from_the_field(self) -> Due:
        if self.plus is not None and self.plus.start is not None:
            raise ValueError("`plus` runs from the date in the field, and takes no `from`")
        return self


class Hold(Form):
    """A time for which a duty stands still.

    Attributes:
        during: the kind of event that begins it; one that acts upon an event holds up that alone.
        ends: the kind of event that ends it, by acting upon the first.
        until: the field of the first that tells when it ends by itself.
    """

    during: str
    ends: str | None = None
    until: FieldName | None = None


class Near(Form):
    """Tell how close to a deadline something may be done before it is worth a warning, in days."""

    days: Annotated[int, Field(ge=1, le=366)]


class Interval(Form):
    """A time in which something is forbidden.

    Attributes:
        from_: the field that tells when it begins: `counterparty-barred.from`.
        until: the field that tells when it ends, by itself.
        ended_by: the kind of event that ends it before.
        bounded: whether one whose end no field tells is none at all, rather than without an end.
    """

    from_: str = Field(alias="from")
    until: str | None = None
    ended_by: str | None = None
    bounded: bool = False

    @model_validator(mode="after")
    def _of_one_kind(self) -> Interval:
        kinds = {each.partition(".")[0] for each in (self.from_, self.until) if each}
        if len(kinds) > 1 or not all("." in each for each in (self.from_, self.until) if each):
            raise ValueError("`from` and `until` must be fields of one kind, as `kind.field`")
        if self.bounded and self.until is None:
            raise ValueError("`bounded` needs `until`, the field that tells the end")
        return self

    @property
    def kind(self) -> str:
        """Return the kind of event that sets the interval."""
        return self.from_.partition(".")[0]
