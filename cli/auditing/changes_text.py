"""Write changes as text: how many first, then a block a change, case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.text import TextLine, quoted
from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.projections.auditing.changes import IN_ORDER
from answerable.projections.titles import title_in
from answerable.projections.wording.dates import recorded_minute
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.lines.phrases import BY
from answerable.projections.wording.vocabulary import field_words, label, state_words

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.projections.auditing.changes import Change, FieldChange, Sort
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.disclosed import Text
    from answerable.projections.facts.names import Names

GAP = "  "

SORTS: Mapping[Sort, str] = {
    "corrected": to_say("{number} corrected"),
    "retracted": to_say("{number} retracted"),
    "disputed": to_say("{number} disputed"),
    "withdrawn": to_say("{number} withdrawn"),
    "erased": to_say("{number} erased"),
    "renamed": to_say("{number} renamed"),
}
"""Counts the changes of each sort."""

HEADINGS: Mapping[Sort, str] = {
    "corrected": to_say("Corrected: {what}"),
    "retracted": to_say("Retracted: {what}"),
    "disputed": to_say("Disputed: {what}"),
    "withdrawn": to_say("Withdrawn: {what}"),
    "erased": to_say("Erased: {what}"),
    "renamed": to_say("Renamed: {what}"),
}
"""Says what was changed, by the sort of change."""

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
    tally: Counter[Sort] = Counter()
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
        none = say("Nothing was changed.")
        yield TextLine(say("Nothing of the kind was changed.") if narrowed else none)
        return
    sorts = (sort for sort in IN_ORDER if tally[sort])
    said = punctuation(", ").join(say(SORTS[sort], number=figures(tally[sort])) for sort in sorts)
    head = say_count(
        "{number} change: {sorts}.", "{number} changes: {sorts}.", tally.total(), sorts=said
    )
    yield TextLine(head, "bold")
    yield from blocks


def _block(view: CaseView, change: Change, known: Names) -> Iterator[TextLine]:
    """Say a change: what was done to which event, who recorded it when, each field, and why."""
    yield TextLine("")
    yield TextLine(_heading(change, known), STYLES.get(change.sort, "red"))
    who = known_text(change.recorded_by)
    when = recorded_minute(change.recorded_at, view.zone)
    recorded = say("recorded {moment} by {party}", moment=when, party=who)
    at = say("{what}, #{position}", what=recorded, position=change.position)
    yield TextLine(f"{GAP}{at}")
    if change.by:
        doing = punctuation(", ").join(known.called(party) for party in change.by)
        yield TextLine(f"{GAP}{say(BY, party=doing)}")
    if change.sort == "erased":
        yield from _erased(change)
    else:
        for field in change.fields:
            yield from _field(view, field, known)
    if change.reason.state != "not told":
        why = say("why: {reason}", reason=known_text(change.reason, quote=True))
        yield TextLine(f"{GAP}{why}")
    elif change.sort not in ("erased", "renamed"):
        untold = say("why is not told")
        yield TextLine(f"{GAP}{untold}", "dim")
    if change.retracted_by is not None:
        later = view.facts.get(change.retracted_by)
        back = say("this was itself taken back")
        if later is not None:
            back = say("this was itself taken back by #{position}", position=later.event.position)
        yield TextLine(f"{GAP}{back}", "dim")


def _heading(change: Change, known: Names) -> str:
    if change.subject is not None:
        whose = known.called(change.subject)
        basis = change.legal_basis
        return say("Erased: personal data of {party} (under {basis})", party=whose, basis=basis)
    what = f"#{change.target_position} {change.gist}"
    return say(HEADINGS[change.sort], what=what)


def _erased(change: Change) -> Iterator[TextLine]:
    if change.texts is not None:
        destroyed = say_count(
            "{number} text was destroyed in the record",
            "{number} texts were destroyed in the record",
            change.texts,
        )
        yield TextLine(f"{GAP}{destroyed}")
    by_event: dict[int | None, list[str]] = {}
    for field in change.fields:
        name = label(field.name) if field.name else say("a text")
        by_event.setdefault(field.position, []).append(name)
    for position, gone in by_event.items():
        texts = punctuation(", ").join(gone)
        said = say("#{position}: {texts} (erased)", position=position, texts=texts)
        yield TextLine(f"{GAP}{said}")


def _field(view: CaseView, field: FieldChange, known: Names) -> Iterator[TextLine]:
    if field.name is None:
        state = state_words(field.after.state)
        said = say("sealed texts were corrected; which is {state}", state=state)
        yield TextLine(f"{GAP}{said}")
        return
    before, after = (_said(view, field, each, known) for each in (field.before, field.after))
    name = label(field.name)
    if field.sealed:
        yield TextLine(f"{GAP}{name}")
        yield TextLine(f"{GAP * 2}{say(BEFORE, text=before)}")
        yield TextLine(f"{GAP * 2}{say(AFTER, text=after)}")
    else:
        said = say("{field}: {now} (before: {before})", field=name, now=after, before=before)
        yield TextLine(f"{GAP}{said}")


BEFORE, AFTER = to_say("before: {text}"), to_say("now:    {text}")
"""Says what a text was, and what it is now, one below the other."""


def _said(view: CaseView, field: FieldChange, text: Text, known: Names) -> str:
    if text.state == "told" and field.sealed:
        return quoted(_plain(text.value))
    if text.state != "told":
        return state_words(text.state)
    return value_words(view, field, text, known)


def value_words(view: CaseView, field: FieldChange, text: Text, known: Names) -> str:
    """Say what a field said at a time, or in brackets why that is not shown."""
    if text.state != "told":
        return _why_not(text)
    if field.sealed:
        return _plain(text.value)
    return _value(view, field.name or "", text.value, known)


def _value(view: CaseView, name: str, value: Any, known: Names) -> str:
    """Say the value of a public field: events by their numbers, parties by their names."""
    if isinstance(value, list | tuple):
        said = [_value(view, name, each, known) for each in value]
        return punctuation(", ").join(said) or say("nothing")
    if isinstance(value, str) and (placed := view.placed(value)) is not None:
        return f"#{placed.fact.event.position}"
    if isinstance(value, str) and known.of(value).state == "told":
        return known.called(value)
    return field_words(name, value)


def _why_not(text: Text) -> str:
    why = state_words(text.state)
    return say("({why})", why=why)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return punctuation("; ").join(_plain(each) for each in value)
    if isinstance(value, dict):
        return punctuation(", ").join(str(each) for each in value.values() if each is not None)
    return str(value)


def known_text(text: Text, *, quote: bool = False) -> str:
    """Say a sealed text, or why it is not shown."""
    if text.state != "told":
        return _why_not(text)
    return quoted(text.value) if quote else str(text.value)
