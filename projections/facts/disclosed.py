"""The sealed texts of a fact, opened: each as corrected, or why there is none.

A text that is not at hand is never stood in for by an earlier one: where a correction's own text
is withheld or erased, it may have changed any sealed field, so none of the earlier ones is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed
from answerable.projections.facts.facts import CaseFacts, Fact

State = Literal["told", "not told", "withheld", "erased"]


class Text(NamedTuple):
    """One sealed field: what it says (None unless told), and how it stands."""

    value: Any
    state: State


class DisclosedTexts(NamedTuple):
    """The sealed texts of one fact, as far as this reader may see them.

    Attributes:
        fields: what is open, as corrected; None where a correction took a text away.
        erased: the fields whose text was destroyed.
        doubt: why a field that is neither may still have said something.
        withheld: the fields whose text is not for this reader.
    """

    fields: Mapping[str, Any]
    erased: tuple[str, ...] = ()
    doubt: Literal["withheld", "erased"] | None = None
    withheld: tuple[str, ...] = ()

    def text(self, name: str) -> Text:
        """Return the text of one field, and how it stands."""
        if name in self.fields:
            value = self.fields[name]
            return Text(value, "not told" if value is None else "told")
        if name in self.withheld:
            return Text(None, "withheld")
        return Text(None, "erased" if name in self.erased else self.doubt or "not told")

    @property
    def told(self) -> dict[str, Any]:
        """Return the fields that are open."""
        return {name: value for name, value in self.fields.items() if value is not None}


def positions(facts: CaseFacts, chosen: Iterable[Fact]) -> list[int]:
    """List the positions to open for some facts: their own and those of their corrections."""
    return [
        each.event.position
        for fact in chosen
        for each in (fact, *(facts.facts[event_id] for event_id in fact.corrections))
    ]


def sealed(facts: CaseFacts, fact: Fact, opened: Mapping[int, Disclosed]) -> DisclosedTexts:
    """Return the sealed texts of a fact.

    Args:
        facts: the case.
        fact: one of its facts.
        opened: what `Reader.opened` gave for `positions`.
    """
    return chain(*positions(facts, [fact]), opened=opened)


def chain(own: int, *corrections: int, opened: Mapping[int, Disclosed]) -> DisclosedTexts:
    """Return the sealed texts at a position, as corrected at others, in their order."""
    first = opened[own]
    doubt: Literal["withheld"] | None = "withheld" if first.missing else None
    found = DisclosedTexts(dict(first.fields), first.erased, doubt, first.withheld)
    for position in corrections:
        found = _corrected(found, opened[position])
    return found


def _corrected(before: DisclosedTexts, correction: Disclosed) -> DisclosedTexts:
    told = correction.fields.get("sealed_fields")
    if "sealed_fields" in correction.erased:
        return DisclosedTexts({}, before.erased, "erased")
    if told is None and (correction.missing or "sealed_fields" in correction.withheld):
        return DisclosedTexts({}, before.erased, "withheld")
    now = told or {}
    erased, withheld = (
        tuple(name for name in gone if name not in now) for gone in (before.erased, before.withheld)
    )
    return DisclosedTexts({**before.fields, **now}, erased, before.doubt, withheld)


def disclose(reader: Reader, facts: CaseFacts, chosen: Iterable[Fact]) -> dict[str, DisclosedTexts]:
    """Read the sealed texts of some facts of a case, by event id, in one go."""
    wanted = list(chosen)
    opened = reader.opened(positions(facts, wanted))
    return {fact.event_id: sealed(facts, fact, opened) for fact in wanted}
