"""Name what is judged, and what is not told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from answerable.domain.dates import Span
from answerable.domain.language.saying import say, to_say
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen, undoing
from answerable.projections.conformance.worlds import NONE
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.lines.nouns import field_of_thing, noun
from answerable.projections.wording.lines.things import Told, has_thing, thing


def numbered(fact: Fact) -> str:
    """Name an event by its position in the log: #12."""
    return f"#{fact.event.position}"


def named(on: Situation, fact: Fact) -> str:
    """Name a fact of a case as a thing: "the finding about Ann (#15)"."""

    def find(event_id: str) -> Told | None:
        placed = on.view.placed(event_id)
        return None if placed is None else Told(placed.fact.kind, placed.fact.fields)

    said = (
        thing(Told(fact.kind, fact.fields), on.view.name_of, find)
        if has_thing(fact.kind)
        else say("the {kind}", kind=noun(fact.kind))
    )
    return say("{what} ({marks})", what=said, marks=numbered(fact))


class Named:
    """A fact in words, and what is said beside it: worked out when it is read (`str`)."""

    __slots__ = ("_beside", "_fact", "_on")

    def __init__(self, on: Situation, fact: Fact, beside: Callable[[], str] | str = "") -> None:
        self._on = on
        self._fact = fact
        self._beside = beside

    def __str__(self) -> str:
        beside = self._beside if isinstance(self._beside, str) else self._beside()
        return f"{self.alone}{beside}"

    @property
    def alone(self) -> str:
        """Return the fact in words, without what is said beside it."""
        return named(self._on, self._fact)


def date_of(on: Situation, fact: Fact) -> str:
    """Name the date of a fact, as something that is missing or too loose."""
    return say(DATE_OF, thing=named(on, fact))


DATE_OF = to_say("the date of {thing}")


def time_of(on: Situation, fact: Fact) -> str:
    """Name when a fact was, as something too loose: its date, or, of a known day, the time."""
    if loose(on, fact):
        return date_of(on, fact)
    return say("the time of day of {thing}", thing=named(on, fact))


def field_of(on: Situation, fact: Fact, name: str) -> str:
    """Name a field of a fact, as something that is missing: "the due date of the sanction …"."""
    return field_of_thing(name, named(on, fact))


def loose_dates(on: Situation, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield the dates of some facts that are not told to the day, as what may differ."""
    for fact in facts:
        if loose(on, fact):
            yield date_of(on, fact)


def open_times(on: Situation, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield what leaves the order of some facts open: their dates, else the times of a day.

    Of dates that are told to the day, it is the times of those that share one.
    """
    among = list(facts)
    dates = list(loose_dates(on, among))
    yield from dates
    if dates:
        return
    inexact = [(each, span) for each in among if (span := on.view.span(each)) and not exact(span)]
    days = Counter(span.first_day for each in among if (span := on.view.span(each)))
    yield from (time_of(on, fact) for fact, span in inexact if days[span.first_day] > 1)


def exact(span: Span) -> bool:
    """Tell whether a date is one instant."""
    return span.earliest is not None and span.earliest == span.latest


def loose(on: Situation, fact: Fact) -> bool:
    """Tell whether the date of a fact leaves more than one day open."""
    span = on.view.span(fact)
    return span is None or span.first_day is None or span.first_day != span.last_day


def doubted(on: Situation, chooser: Chooser, chosen: Chosen, judged: Judged) -> Judged:
    """Add to what is judged of an activation the worlds in which it is none.

    What fails in all others is open for that reason alone: it is said, and named as missing.

    Args:
        on: the case.
        chooser: the selector that chose it.
        chosen: the activation.
        judged: what becomes of it in the worlds in which it is one.
    """
    if chosen.certain:
        return judged
    fact = chosen.fact
    if chosen.match == "unknown":
        return _open(
            judged,
            to_say("Whether the rule is about it is not told; if it is, {said}"),
            lambda: [field_of(on, fact, name) for name in chooser.untold(on, fact)],
        )
    if on.view.when(fact) == "unknown":
        return not_yet(on, fact, judged)
    return _open(
        judged,
        to_say("Whether it had been undone by then is not told; if not, {said}"),
        lambda: loose_dates(on, _undoing(on, fact)),
    )


def _undoing(on: Situation, fact: Fact) -> Iterator[Fact]:
    """Yield what undid a fact, or may have, as far as it is at hand."""
    return (each.fact for each in filter(None, map(on.view.placed, undoing(on.view, fact))))


def not_yet(on: Situation, fact: Fact, judged: Judged) -> Judged:
    """Add to what is judged of a fact the worlds in which it had not happened by then."""
    if on.view.when(fact) == "yes":
        return judged
    return _open(
        judged,
        to_say("Whether it had happened by then is not told; if it had, {said}"),
        lambda: (date_of(on, fact),),
    )


def single(missing: Sequence[str]) -> str | None:
    """Return the one thing that is missing, where it is a single one: it alone would settle it."""
    return missing[0] if len(missing) == 1 else None


def _open(judged: Judged, doubt: str, missing: Callable[[], Iterable[str]]) -> Judged:
    """Return what is judged, open by a doubt alone where it failed."""
    if judged.judgement != "fail":
        return judged.over(judged.values | NONE)

    def tell() -> Telling:
        told, wanting = judged.telling, tuple(missing())
        rest = f"{told.said[:1].lower()}{told.said[1:]}"
        said = say(doubt, said=rest)
        return told._replace(said=said, missing=wanting, settles=single(wanting))

    return judged.over(judged.values | NONE, tell)
