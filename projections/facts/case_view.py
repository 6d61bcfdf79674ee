"""A case as one question looks at it: its facts, the moment asked about, and the parties' names.

Every projection of a case is a pure function of such a view, so none has to hand on the moment or
the names. A view stands still: more facts make another view. What is worked out of it once can
therefore be kept with it (`once`), and a report that asks for the same thing in three places has it
worked out in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from answerable.domain import dates
from answerable.domain.dates import MARGINS, Margins, Span, When
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked, moment_in
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.basis import Basis, Elsewhere, full_basis, nowhere
from answerable.projections.facts.bounds.bounds import Bounds
from answerable.projections.facts.disclosed import DisclosedTexts
from answerable.projections.facts.facts import CaseFacts, Fact, apply
from answerable.projections.facts.names import NameOf, TypeOf, untold

Answer = TypeVar("Answer")

Placing = Callable[[str], "FactInCase | None"]
"""Finds an event of another case in that case, by its id; None where there is none."""


Roles = Callable[[str], "Sequence[FactInCase]"]
"""Tells the roles of a party on the house's registers, each in its case."""


def no_roles(_: str) -> Sequence[FactInCase]:
    """Tell no roles: the house's registers are not at hand."""
    return ()


Sealed = Callable[[CaseFacts, Fact], DisclosedTexts]
"""Opens what is sealed in a fact of a case."""


def unopened(_: CaseFacts, __: Fact) -> DisclosedTexts:
    """Open nothing: the texts are not at hand."""
    return DisclosedTexts({}, (), "withheld")


def unplaced(_: str) -> FactInCase | None:
    """Find nothing: of other cases nothing is known."""
    return None


class CaseView:
    """The facts of a case, looked at as of a moment.

    Attributes:
        watched: whether what is read of it is noted: then its dates are to be asked about by
            `tell`, and are not read (`projections/conformance/likeness/watching.py`).
        case: the facts, as far as they were known.
        facts: the same by event id, in the order of recording.
        asked: the moment asked about, as it was asked: a day has its end where the case has it.
        as_of: the moment asked about, said in the zone of the case: what had not happened by then
            is left out, and deadlines are judged as of then. None: everything recorded has
            happened, and no deadline is judged.
        name_of: what to call a party.
        type_of: what a party is: person, organisation, body or group; None where that is not told.
        find: finds what the case rests on in other cases.
        place: finds the same, in its case.
        roles: tells which roles a party has or had in the house.
        sealed: opens what is sealed in a fact of the case.
        margins: those that approximate and uncertain dates are read with.
    """

    __slots__ = (
        "_answers",
        "_bases",
        "_happenings",
        "_kinds",
        "_part_of",
        "_shared",
        "_spans",
        "_stands",
        "as_of",
        "asked",
        "case",
        "facts",
        "find",
        "margins",
        "name_of",
        "place",
        "roles",
        "sealed",
        "type_of",
    )

    watched = False

    def __init__(
        self,
        case: CaseFacts,
        as_of: Asked | None = None,
        *,
        name_of: NameOf = str,
        type_of: TypeOf = untold,
        find: Elsewhere = nowhere,
        place: Placing = unplaced,
        roles: Roles = no_roles,
        sealed: Sealed = unopened,
        margins: Margins = MARGINS,
    ) -> None:
        self.case = case
        self.facts: Mapping[str, Fact] = case.facts
        self.asked = as_of
        self.as_of = self.moment(as_of)
        self.name_of = name_of
        self.type_of = type_of
        self.find = find
        self.place = place
        self.roles = roles
        self.sealed = sealed
        self.margins = margins
        self._part_of: CaseView | None = None
        self._answers: dict[object, Any] = {}
        self._shared: dict[object, dict[Any, Any]] = {}
        self._bases: dict[tuple[str, Elsewhere], Basis] = {}
        self._kinds: frozenset[str] | None = None
        self._stands: dict[str, list[Fact]] | None = None
        self._spans: dict[int, tuple[Fact, Span | None]] = {}
        self._happenings: dict[int, tuple[Fact, When]] = {}

    @property
    def case_id(self) -> str:
        """Return the case's slug."""
        return self.case.case_id

    @property
    def zone(self) -> Zone:
        """Return where the days of the case are days."""
        return self.case.zone

    def moment(self, asked: Asked | None) -> datetime | None:
        """Find the moment that is asked about in this case, said in its zone."""
        moment = moment_in(asked, self.zone)
        return None if moment is None else local(moment, self.zone.tz)

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of events that the case has: what no event tells need not be sought."""
        if self._kinds is None:
            self._kinds = frozenset([fact.event.kind for fact in self.facts.values()])
        return self._kinds

    @property
    def bounds(self) -> Bounds:
        """Return between which bounds each fact happened; they are worked out once."""
        return (self._part_of or self).answer(_bounds)

    def span(self, fact: Fact) -> Span | None:
        """Tell between which bounds a fact happened; None where nothing tells of any."""
        known = self._spans.get(id(fact))
        if known is None:  # The fact is kept with the answer, so that no other takes its place.
            known = self._spans[id(fact)] = (fact, self._span(fact))
        return known[1]

    def _span(self, fact: Fact) -> Span | None:
        own = fact.span(margins=self.margins)
        if own is not None and own.first_day and own.first_day == own.last_day:
            return own  # links can narrow it to a part of that day at most
        return self.bounds.span(fact)

    def when(self, fact: Fact) -> When:
        """Tell whether a fact had happened by the moment asked about."""
        if self.as_of is None:
            return "yes"
        known = self._happenings.get(id(fact))
        if known is None:
            answer = fact.when(self.as_of, margins=self.margins)
            if answer == "unknown":
                answer = self.bounds.when(fact, self.as_of)
            known = self._happenings[id(fact)] = (fact, answer)
        return known[1]

    def precedes(self, one: Fact, other: Fact) -> When:
        """Tell whether one thing happened no later than another, by their bounds and links."""
        answer = dates.precedes(self.span(one), self.span(other))
        if answer == "unknown" and self.bounds.follows(other, one):
            return "yes"
        return answer

    def standing(self, *kinds: str) -> Iterator[Fact]:
        """Iterate over the facts of some kinds that stand, and had or may have happened by then."""
        if len(kinds) == 1:
            return self._happened(iter(self._standing.get(kinds[0], ())))
        return self._happened(self.case.standing(*kinds))

    @property
    def _standing(self) -> Mapping[str, list[Fact]]:
        """Index what stands by its kind, in the order of recording."""
        if self._stands is None:
            self._stands = {}
            for fact in self.facts.values():
                if fact.retracted_by is None:
                    self._stands.setdefault(fact.event.kind, []).append(fact)
        return self._stands

    def _happened(self, found: Iterator[Fact]) -> Iterator[Fact]:
        return found if self.as_of is None else (each for each in found if self.when(each) != "no")

    def upon(self, fact: Fact, *kinds: str) -> Iterator[Fact]:
        """Iterate over the standing facts of some kinds that act upon another one.

        What is merely alleged to do so is left to `alleged_upon`.
        """
        return self._happened(self.case.upon(fact, *kinds))

    def alleged_upon(self, fact: Fact, *kinds: str) -> Iterator[Fact]:
        """Iterate over the facts of some kinds that are only alleged to act upon another one."""
        return self._happened(self.case.alleged_upon(fact, *kinds))

    def in_effect(self, fact: Fact) -> When:
        """Tell whether what a fact ends had ended by then, whenever that was settled."""
        if self.as_of is None or "effective" not in fact.fields:
            return self.when(fact)
        return fact.in_effect(self.as_of, margins=self.margins)

    def effect_span(self, fact: Fact) -> Span | None:
        """Tell from when a fact ends what it ends, whenever that was settled."""
        return fact.span("effective", margins=self.margins) or self.span(fact)

    def endings(self, fact: Fact, *kinds: str) -> Iterator[Fact]:
        """Iterate over the standing facts of some kinds that had or may have ended another one."""
        return (each for each in self.case.upon(fact, *kinds) if self.in_effect(each) != "no")

    def no_later(self, one: Fact, other: Fact) -> When:
        """Tell whether one thing happened no later than another.

        Where their dates do not tell, and no moment is asked about, the record is taken at its
        word (`Fact.came_first`). As of a moment the answer is `unknown`.
        """
        return one.came_first(other) if self.as_of is None else self.precedes(one, other)

    def happened(self) -> list[Fact]:
        """List all facts that had or may have happened by then, retracted ones among them."""
        return [fact for fact in self.facts.values() if self.when(fact) != "no"]

    def basis(self, fact: Fact) -> Basis:
        """Gather what a fact rests on, in other cases too; this is worked out once."""
        return self._basis(fact, self.find)

    def basis_in_case(self, fact: Fact) -> Basis:
        """Gather what a fact rests on within its case; this is worked out once."""
        return self._basis(fact, nowhere)

    def placed(self, event_id: str) -> FactInCase | None:
        """Find an event of this case, or one of another, in its case."""
        fact = self.facts.get(event_id)
        return self.place(event_id) if fact is None else FactInCase(self, fact)

    def at_present(self) -> CaseView:
        """Look at the case as of no moment: all that is recorded has happened."""
        return self if self.asked is None else self._look(self.case, None)

    def of(self, case: CaseFacts) -> CaseView:
        """Look at other facts in the same way."""
        return self._look(case, self.asked)

    def _look(self, case: CaseFacts, asked: Asked | None) -> CaseView:
        found = CaseView(
            case,
            asked,
            name_of=self.name_of,
            type_of=self.type_of,
            find=self.find,
            place=self.place,
            roles=self.roles,
            sealed=self.sealed,
            margins=self.margins,
        )
        found._shared = self._shared
        return found

    def part(self, facts: Mapping[str, Fact]) -> CaseView:
        """Look at a part of the case, whose dates are bounded by the whole of it."""
        found = self.of(self.case._replace(facts=facts))
        found._part_of = self._part_of or self
        return found

    def after(self, event: RecordedEvent) -> CaseView:
        """Look at the case with one more event. This view stays as it is."""
        found = self.of(apply(self.case, event))
        known = self._kinds
        found._kinds = known if known is None or event.kind in known else known | {event.kind}
        return found

    def _basis(self, fact: Fact, find: Elsewhere) -> Basis:
        key = (fact.event_id, find)
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = full_basis(self.case, fact, find, when=self.when)
        return found

    def answer(self, question: Callable[[CaseView], Answer]) -> Answer:
        """Answer a question about the case; each is worked out once, and kept with the view."""
        if question not in self._answers:
            self._answers[question] = question(self)
        known: Answer = self._answers[question]
        return known

    def shared(self, what: object) -> dict[Any, Any]:
        """Return what is known of something in this view and in all that look at facts as it does.

        A replay looks at a case once for each of its events. What hangs on few of its facts is
        found again here, where whoever kept it can tell that these are the same.
        """
        return self._shared.setdefault(what, {})

    def tell(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """Answer a question that the dates of the case decide.

        Args:
            question: answers it, of a view and of what it is about.
            about: what it is about: facts of the case, and what can be looked up.
        """
        return question(self, *about)

    def forget(self) -> None:
        """Forget what was worked out: some of it holds the view, and so would keep it in memory.

        It is worked out again where somebody asks.
        """
        self._answers.clear()


def _bounds(view: CaseView) -> Bounds:
    return Bounds(view.case, view.margins)


class FactInCase(NamedTuple):
    """A fact, and the case that it lies in."""

    view: CaseView
    fact: Fact


def once(question: Callable[[CaseView], Answer]) -> Callable[[CaseView], Answer]:
    """Have a function of a view worked out once for each view.

    What it returns is shared by all who ask, and must not be changed by any.
    """

    @wraps(question)
    def answer(view: CaseView) -> Answer:
        return view.answer(question)

    return answer
