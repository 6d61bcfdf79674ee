"""Say what a step is that can be recorded next: its kind, why, and the fields that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.event import producer_fields
from answerable.domain.kinds import TARGETS, model
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.grounds.proposals import PROPOSAL
from answerable.projections.wording.lines.things import Told, thing

Sort = Literal["usual", "open", "wrong", "missing", "undated"]
"""Why a step is to be recorded: it usually follows, ends what is open, or mends something."""

Known = tuple[str, str | None]
"""A field and what it should say, as one gives it on a command line; None: only the user knows."""

MENDS = "correction"

LOOK = ""
"""The kind of a step that records nothing: what is wrong is looked into first, by `why`."""

SET = "fields"
"""The field of a correction that holds what it sets: `occurred=2026-01-05`."""


class Step(NamedTuple):
    """A step that can be recorded next.

    Attributes:
        sort: why it is to be recorded.
        what: the same in words, alike for all steps of the kind: "the evidence behind it".
        kind: the kind of event; `LOOK` where none mends it.
        fields: what is known of it, parties by their pseudonyms, events by their positions; `whole`
            adds what only the user knows.
        about: the event that it is about, as a thing: "the finding about Xu Fei"; "" of a case.
    """

    sort: Sort
    what: str
    kind: str
    case_id: str
    fields: tuple[Known, ...]
    about: str = ""
    event_id: str | None = None
    position: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the step as JSON has it."""
        return as_dict(self)


def step(
    sort: Sort, what: str, kind: str, view: CaseView, fact: Fact | None, fields: Iterable[Known]
) -> Step:
    """Make a step about a fact of a case, with what is known of it."""
    known = tuple(fields)
    if fact is None:
        return Step(sort, what, kind, view.case_id, known)
    about = called(view, fact)
    return Step(sort, what, kind, view.case_id, known, about, fact.event_id, fact.event.position)


def whole(step: Step) -> tuple[Known, ...]:
    """Return the fields of a step, with those that its kind cannot do without.

    This loads the model of its kind, so it is asked only of the steps that are shown.
    """
    if step.kind == LOOK:
        return step.fields
    named = {name for name, _ in step.fields}
    return (*step.fields, *((each, None) for each in _required(step.kind) if each not in named))


def called(view: CaseView, fact: Fact) -> str:
    """Say a fact as a thing: "the finding about Xu Fei"."""

    def find(event_id: str) -> Told | None:
        other = view.facts.get(event_id)
        return None if other is None else Told(other.kind, other.fields)

    return thing(Told(fact.kind, fact.fields), view.name_of, find)


def carried(kind: str, fact: Fact) -> Iterator[Known]:
    """Yield what a step of a kind takes over from the event that it follows.

    Upon which event it acts, whom both are about, and that it rests on the event, where that kind
    of event is called by a word as a link; or that it follows upon it as what was proposed.
    """
    taken = {
        name: fact.fields[name]
        for name in CATALOGUE[fact.kind].about
        if name in CATALOGUE[kind].about and isinstance(fact.fields.get(name), str)
    }
    yield from taken.items()
    upon = TARGETS.get(kind, "")
    if upon and _acts_upon(kind, fact.kind):
        yield upon, place(fact)
    elif word := CATALOGUE[fact.kind].linked_as:
        yield word, place(fact)
    elif proposes(fact.kind, kind):
        yield PROPOSAL, place(fact)


def proposes(kind: str, final: str) -> bool:
    """Tell whether events of a kind propose what those of another then settle."""
    return PROPOSAL in CATALOGUE[final].cites and kind in model(final).references[PROPOSAL].kinds


def _acts_upon(kind: str, other: str) -> bool:
    """Tell whether events of a kind act upon those of another: by its row, or else by its model."""
    row = CATALOGUE[other]
    ends = {each for duty in row.leaves_open for each in duty.ended_by}
    if kind in row.becomes or kind in ends:
        return CATALOGUE[kind].family != "case"
    return other in model(kind).references[TARGETS[kind]].kinds


def mended(fact: Fact, field: str, value: str | None) -> Iterator[Known]:
    """Yield the fields of the correction that sets a field of a fact."""
    yield "target", place(fact)
    yield SET, f"{field}={'…' if value is None else value}"


def place(fact: Fact) -> str:
    """Return how to name a fact: its position."""
    return str(fact.event.position)


def _required(kind: str) -> Iterator[str]:
    for name, info in producer_fields(model(kind)).items():
        if info.is_required() and name != "case_id":
            yield name
