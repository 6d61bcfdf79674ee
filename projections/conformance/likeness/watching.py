"""Watch what a rule reads of a case: what may differ between cases of one structure is noted.

A rule that is watched is handed this view, and nothing else of the case. So it cannot read what is
not noted: a field that nobody thought of, a date, a text. Where it asks a question of dates
(`CaseView.tell`), the answer is noted, and not the dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NoReturn, TypeVar

from answerable.domain.dates import Span, When
from answerable.domain.kinds import model
from answerable.domain.record import RecordedEvent
from answerable.projections.conformance.errors import Unshared
from answerable.projections.conformance.likeness import at_hand
from answerable.projections.conformance.likeness.at_hand import At, AtHand, Question
from answerable.projections.facts.case_view import Answer, CaseView
from answerable.projections.facts.facts import FACT, CaseFacts, Fact

Found = TypeVar("Found")

KNOWN = frozenset(("event_id", "kind", "version", "standing"))
"""The fields of an entry that are its own name and place, or that every pattern tells."""

FILE = "digest"
"""The field that names a file, by what it holds."""


class Naming:
    """The fields of a kind of event that are told by a pattern, where some rule reads them.

    Attributes:
        references: those that name events.
        names: those that name parties or files.
        dates: those that tell a date: a pattern has whether they are told.
    """

    def __init__(self, kind: str) -> None:
        of = model(kind)
        self.references = frozenset(of.references)
        self.names = frozenset((FILE, *of.parties)) - self.references
        self.dates = frozenset(of.dates)


naming = lru_cache(maxsize=256)(Naming)
"""Return the fields of a kind that a pattern tells; the same ones once."""


class Watch:
    """Notes what a rule reads of a case.

    Attributes:
        case: the case.
        answers: what was asked, in its order, each with the answer.
        read: the fields that were read and that a pattern tells, with their kinds of events.
    """

    def __init__(self, case: AtHand) -> None:
        """Begin to watch a rule that judges a case."""
        self.case = case
        self.answers: dict[Question, object] = {}
        self.read: set[tuple[str, str]] = set()

    def ask(self, question: Callable[..., Found], *about: object) -> Found:
        """Answer a question of the case, and note it.

        Raises:
            Unshared: the answer is a name, or no case of the structure can have the same.
        """
        asked = (question, about)
        if asked in self.answers:
            return self.answers[asked]  # type: ignore[return-value]
        found = question(self.case, *about)
        if found is at_hand.CLASH:
            raise Unshared
        try:
            hash(found)
        except TypeError:
            raise Unshared from None
        self.answers[asked] = found
        return found

    def view(self) -> CaseView:
        """Return the case as the rule is to see it."""
        return WatchedView(self, self.case.view, present=False)

    def facts(self) -> CaseFacts:
        """Return the facts of the case as the rule is to see them."""
        real = self.case.view.case
        found: dict[str, Fact] = {}
        for number, (event_id, fact) in enumerate(real.facts.items()):
            event, fields, *others = fact
            position, kind, first = event
            told = WatchedFields(self, number, kind, fields, first=False)
            told_first = (
                told if fields is first else WatchedFields(self, number, kind, first, first=True)
            )
            found[event_id] = FACT((RecordedEvent(position, kind, told_first), told, *others))
        return real._replace(facts=found)


class NotedFields(Mapping[str, Any]):
    """The fields of an event, of which `get` notes what is read. All at once tell too much."""

    __slots__ = ("_fields", "_first", "_naming", "_number")

    def __init__(self, number: int, kind: str, fields: Mapping[str, Any], *, first: bool) -> None:
        self._number = number
        self._naming = naming(kind)
        self._fields = fields
        self._first = first

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        raise Unshared

    def __len__(self) -> int:
        raise Unshared


class WatchedFields(NotedFields):
    """The fields of an event, of which a watch notes what is read."""

    __slots__ = ("_kind", "_watch")

    def __init__(
        self, watch: Watch, number: int, kind: str, fields: Mapping[str, Any], *, first: bool
    ) -> None:
        super().__init__(number, kind, fields, first=first)
        self._watch = watch
        self._kind = kind

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a field tells."""
        told = self._fields.get(name)
        if name in KNOWN:
            return default if told is None else told
        watch, known = self._watch, self._naming
        if name in known.dates:
            watch.read.add((self._kind, name))
            if told is not None:
                told = DateText.of(told, self._of_date(name))
        elif name in known.references or name in known.names:
            watch.read.add((self._kind, name))
        elif name == "recorded_at":
            watch.ask(at_hand.date, self._number, name, self._first)
        else:
            watch.ask(at_hand.field, self._number, name, self._first)
        return default if told is None else told

    def _of_date(self, name: str) -> Callable[[], object]:
        return lambda: self._watch.ask(at_hand.date, self._number, name, self._first)


class DateText(str):
    """The text of a date, which is noted once anything is done with it."""

    _note: Callable[[], object]

    @classmethod
    def of(cls, text: str, note: Callable[[], object]) -> DateText:
        """Take a text, and what notes that it was read."""
        found = cls(text)
        found._note = note
        return found

    def __bool__(self) -> bool:
        return True


def _noting(name: str) -> Callable[..., object]:
    method = getattr(str, name)

    def noted(self: DateText, *args: object, **named: object) -> object:
        self._note()
        return method(str.__str__(self), *args, **named)

    return noted


COMPARED = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__")
SHOWN = ("__str__", "__repr__", "__format__")
TOLD = tuple(
    name
    for name in (*dir(str), *COMPARED, *SHOWN)
    if name in (*COMPARED, *SHOWN) or name not in (*dir(type), "__bool__", "maketrans")
)
"""Name what can be done with a text, but to ask whether it is one."""

for _name in TOLD:
    setattr(DateText, _name, _noting(_name))


class WatchedView(CaseView):
    """A case as a rule sees it that is watched."""

    __slots__ = ("_watch",)

    watched = True

    def __init__(self, watch: Watch, real: CaseView, *, present: bool) -> None:
        self._watch = watch
        super().__init__(
            watch.facts(),
            None if present else real.asked,
            name_of=real.name_of,
            type_of=self._type_of,
            find=elsewhere,
            place=elsewhere,
            roles=real.roles,
            sealed=unopened,
            margins=real.margins,
        )

    def _type_of(self, party: str) -> str | None:
        return self._watch.ask(at_hand.kind_of_party, party)

    def _number(self, fact: Fact) -> At:
        """Return the number of an event; of one that the case does not hold as it stands, none."""
        event_id = fact.event.event_id
        if self.facts.get(event_id) is not fact:
            raise Unshared
        return At(self._watch.case.numbers[event_id])

    @property
    def _present(self) -> bool:
        return self.asked is None and self._watch.case.view.asked is not None

    def tell(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """Answer a question by the dates of the case, and note the answer alone."""
        told = [self._number(each) if isinstance(each, Fact) else each for each in about]
        if any(isinstance(each, str) and each in self._watch.case.numbers for each in about):
            raise Unshared
        return self._watch.ask(at_hand.answer, self._present, question, *told)  # type: ignore[return-value]

    def span(self, fact: Fact) -> Span | None:
        return self._watch.ask(at_hand.span, self._present, self._number(fact))

    def when(self, fact: Fact) -> When:
        return "yes" if self.as_of is None else self._watch.case.had[self._number(fact)]

    def precedes(self, one: Fact, other: Fact) -> When:
        return self.tell(CaseView.precedes, one, other)

    def no_later(self, one: Fact, other: Fact) -> When:
        return self.tell(CaseView.no_later, one, other)

    def in_effect(self, fact: Fact) -> When:
        return self.tell(CaseView.in_effect, fact)

    @property
    def bounds(self) -> NoReturn:
        raise Unshared

    def at_present(self) -> CaseView:
        if self.asked is None:
            return self
        return WatchedView(self._watch, self._watch.case.view, present=True)

    def _look(self, case: CaseFacts, asked: object) -> NoReturn:
        raise Unshared


def elsewhere(_: str, *__: object) -> NoReturn:
    """Refuse to tell of other cases: what they tell is not noted."""
    raise Unshared


def unopened(_: CaseFacts, __: Fact) -> NoReturn:
    """Refuse to open what is sealed: it is not noted."""
    raise Unshared
