"""Write changes as text: how many first, then a block a change, case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.text import TextLine, quoted
from answerable.projections.auditing.changes import IN_ORDER
from answerable.projections.titles import title_in
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import recorded_minute
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.vocabulary import field_words, label

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.auditing.changes import Change, FieldChange
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.disclosed import Text
    from answerable.projections.facts.names import Names

GAP = "  "

STYLES = {"corrected": "yellow", "disputed": "yellow", "renamed": "yellow"}


def lines(
    reader: Reader, found: Iterable[tuple[CaseView, Change]], known: Names, *, narrowed: bool
) -> Iterator[TextLine]:
    """Lay out the changes.

    Args:
        reader: the record, for the titles of cases.
        found: the changes, those of a case one after another.
        known: the registered parties.
        narrowed: whether only some changes were asked for.
    """
    tally: Counter[str] = Counter()
    blocks: list[TextLine] = []  # of each case, so that no more of it is kept
    last = None
    for view, change in found:
        if view.case_id != last:
            last = view.case_id
            named = case_words(view.case_id, title_in(reader, view))
            blocks += [TextLine(""), TextLine(named, "bold")]
        blocks += _block(view, change, known)
        tally[change.sort] += 1
    if not tally:
        yield TextLine("Nothing of the kind was changed." if narrowed else "Nothing was changed.")
        return
    sorts = (sort for sort in IN_ORDER if tally[sort])
    said = ", ".join(f"{tally[sort]:,} {sort}" for sort in sorts)
    yield TextLine(f"{counted(tally.total(), 'change')}: {said}.", "bold")
    yield from blocks


def _block(view: CaseView, change: Change, known: Names) -> Iterator[TextLine]:
    """Say a change: what was done to which event, who recorded it when, each field, and why."""
    yield TextLine("")
    yield TextLine(_heading(change, known), STYLES.get(change.sort, "red"))
    who = known_text(change.recorded_by)
    when = recorded_minute(change.recorded_at, view.zone)
    yield TextLine(f"{GAP}recorded {when} by {who}, #{change.position}")
    if change.by:
        doing = ", ".join(known.called(party) for party in change.by)
        yield TextLine(f"{GAP}by {doing}")
    if change.sort == "erased":
        yield from _erased(change)
    else:
        for field in change.fields:
            yield from _field(view, field, known)
    if change.reason.state != "not told":
        yield TextLine(f"{GAP}why: {known_text(change.reason, quote=True)}")
    elif change.sort not in ("erased", "renamed"):
        yield TextLine(f"{GAP}why is not told", "dim")
    if change.retracted_by is not None:
        later = view.facts.get(change.retracted_by)
        at = "" if later is None else f" by #{later.event.position}"
        yield TextLine(f"{GAP}this was itself taken back{at}", "dim")


def _heading(change: Change, known: Names) -> str:
    if change.subject is not None:
        whose = known.called(change.subject)
        return f"Erased: personal data of {whose} (under {change.legal_basis})"
    return f"{change.sort.capitalize()}: #{change.target_position} {change.gist}"


def _erased(change: Change) -> Iterator[TextLine]:
    if change.texts is not None:
        destroyed = counted(change.texts, "text was", "texts were")
        yield TextLine(f"{GAP}{destroyed} destroyed in the record")
    by_event: dict[int | None, list[str]] = {}
    for field in change.fields:
        by_event.setdefault(field.position, []).append(label(field.name or "a text"))
    for position, gone in by_event.items():
        yield TextLine(f"{GAP}#{position}: {', '.join(gone)} (erased)")


def _field(view: CaseView, field: FieldChange, known: Names) -> Iterator[TextLine]:
    if field.name is None:
        yield TextLine(f"{GAP}sealed texts were corrected; which is {field.after.state}")
        return
    before, after = (_said(view, field, each, known) for each in (field.before, field.after))
    name = label(field.name)
    if field.sealed:
        yield TextLine(f"{GAP}{name}")
        yield TextLine(f"{GAP * 2}before: {before}")
        yield TextLine(f"{GAP * 2}now:    {after}")
    else:
        yield TextLine(f"{GAP}{name}: {after} (before: {before})")


def _said(view: CaseView, field: FieldChange, text: Text, known: Names) -> str:
    if text.state == "told" and field.sealed:
        return quoted(_plain(text.value))
    return text.state if text.state != "told" else value_words(view, field, text, known)


def value_words(view: CaseView, field: FieldChange, text: Text, known: Names) -> str:
    """Say what a field said at a time, or in brackets why that is not shown."""
    if text.state != "told":
        return f"({text.state})"
    if field.sealed:
        return _plain(text.value)
    return _value(view, field.name or "", text.value, known)


def _value(view: CaseView, name: str, value: Any, known: Names) -> str:
    """Say the value of a public field: events by their numbers, parties by their names."""
    if isinstance(value, list | tuple):
        return ", ".join(_value(view, name, each, known) for each in value) or "nothing"
    if isinstance(value, str) and (placed := view.placed(value)) is not None:
        return f"#{placed.fact.event.position}"
    if isinstance(value, str) and known.of(value).state == "told":
        return known.called(value)
    return field_words(name, value)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each is not None)
    return str(value)


def known_text(text: Text, *, quote: bool = False) -> str:
    """Say a sealed text, or why it is not shown."""
    if text.state != "told":
        return f"({text.state})"
    return quoted(text.value) if quote else str(text.value)
