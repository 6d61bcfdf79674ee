"""Write gaps as text: how many things first, then whom to ask, for what, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from answerable.cli.measuring.gaps_tasks import task
from answerable.cli.shared.drafts import command_line
from answerable.cli.shared.text import TextLine
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import figures, punctuation, say, say_as, say_count, to_say
from answerable.projections.wording.answers import marked
from answerable.projections.wording.obligation import due_words, open_words
from answerable.projections.wording.party import party_words

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.names import Names
    from answerable.projections.gaps import Need, Role
    from answerable.projections.owners import ByOwner, OpenItems
    from answerable.projections.titles import TitleOf

GAP = "  "

DATED = 6
"""The rank of what wants no more than a date (`Need.rank`)."""

MARKS = {
    0: (to_say("OVERDUE: {what}"), "bold red"),
    1: (to_say("perhaps overdue: {what}"), "yellow"),
}
"""Map a rank to how its things are marked, and to their style."""

ASKING: Mapping[Role | None, str] = {
    "promised it": to_say("Ask {party}, who promised it"),
    "owns it": to_say("Ask {party}, who owns it"),
    "leads the investigation": to_say("Ask {party}, who leads the investigation"),
    "owns the case": to_say("Ask {party}, who owns the case"),
}
"""Says whom to ask, by what they are the one."""


class Answer:
    """Lay out what is needed of one case, or of all.

    Args:
        opened: the record, for commands that name parties.
        known: the registered parties.
        titles: tells the titles of cases.
        heaps: what is needed, by whom to ask.
        case: the case asked about; None: all.
        times: the two times asked about, as options.
    """

    def __init__(
        self,
        opened: Ledger,
        known: Names,
        titles: TitleOf,
        heaps: Sequence[ByOwner],
        case: str | None,
        times: Sequence[str] = (),
    ) -> None:
        self._opened, self._known, self._titles, self._heaps = opened, known, titles, heaps
        self._case, self._times = case, times
        first = (each for heap in heaps for pile in heap.piles for each in pile.first)
        cases = {each.case_id for each in first}
        self._only = cases.pop() if len(cases) == 1 else None

    def lines(self) -> Iterator[TextLine]:
        """Lay out all of it."""
        shown = [(heap, own) for heap in self._heaps if (own := _told(heap))]
        yield from self._summary(own for _, own in shown)
        for heap, own in shown:
            yield TextLine("")
            yield TextLine(self._asking(heap), "bold")
            for pile in own:
                yield from self._pile(pile)
        yield from self._checks()

    def _title(self, case_id: str) -> str:
        return " ".join((self._titles(case_id) or case_id).split())

    def _summary(self, piles: Iterable[Sequence[OpenItems]]) -> Iterator[TextLine]:
        """Say how much there is, and how much of it is overdue."""
        numbers: dict[int, int] = {}
        for own in piles:
            for pile in own:
                numbers[pile.rank] = numbers.get(pile.rank, 0) + pile.number
        total = sum(numbers.values())
        if not total:
            yield TextLine(say("Nothing is open, and nothing is unexplained."), "bold green")
            return
        late, perhaps, dates = (numbers.get(rank, 0) for rank in (0, 1, DATED))
        parts = (
            say("{number} overdue", number=figures(late)) if late else None,
            say("{number} perhaps overdue", number=figures(perhaps)) if perhaps else None,
            say_count("{number} asks for a date", "{number} ask for a date", dates)
            if dates
            else None,
        )
        told = [part for part in parts if part]
        said = say_count("{number} thing to do or to ask", "{number} things to do or to ask", total)
        if self._only is not None:
            said = say("{what} in {case}", what=said, case=self._title(self._only))
        if told:
            aside = punctuation(", ").join(told)
            said = say("{what}; of these, {parts}", what=said, parts=aside)
        yield TextLine(say("{sentence}.", sentence=said), "bold red" if late else "bold")

    def _asking(self, heap: ByOwner) -> str:
        """Say whom to ask: "Ask Jane Doe (p-7), who owns the case"."""
        if heap.whom is not None:
            who = party_words(self._known.of(heap.whom))
            return say(ASKING[heap.role], party=who)
        return say("Ask whoever keeps the case: who owns it is not on record")

    def _pile(self, pile: OpenItems) -> Iterator[TextLine]:
        """Say what there is to do, of which events, and the command that records it."""
        mark, style = MARKS.get(pile.rank, ("", ""))
        said = task(pile.what, pile.number)
        if mark:
            said = say(mark, what=said)
        doubted = pile.number == len(pile.first) and all(
            each.open == "unknown" for each in pile.first
        )
        doubt = None
        if doubted:
            doubt = open_words("unknown")
            if pile.number > 1:
                doubt = say("each {doubt}", doubt=doubt)
        line = marked(said, (doubt,))
        first = pile.first[0]
        if self._case is not None:
            yield TextLine(f"{GAP}{line}", style)
            for each in pile.first:
                text = marked(each.text, _marks(each, doubted=not doubted))
                at = "" if each.position is None else f"#{each.position} "
                yield TextLine(f"{GAP * 2}{at}{text}")
        else:
            places = self._places(pile, doubted=not doubted)
            if places:
                line = say("{what}: {events}", what=line, events=places)
            yield TextLine(f"{GAP}{line}", style)
        yield TextLine(f"{GAP * 2}{self._command(first)}", "cyan")

    def _places(self, pile: OpenItems, *, doubted: bool) -> str:
        """Name the first events, case by case: "Gifts from a supplier #7, #9"."""
        places = []
        for case_id, own in groupby(pile.first, key=lambda each: each.case_id):
            numbers = say_as("list", ", ").join(
                marked(_at(each), _marks(each, doubted=doubted)) for each in own
            )
            title = "" if self._only else f"{self._title(case_id)} "
            places.append(f"{title}{numbers}".strip())
        said = punctuation("; ").join(places)
        more = pile.number > len(pile.first)
        return say("{events}, …", events=said) if more else said

    def _command(self, need: Need) -> str:
        """Write the command that records it, or else shows what there is of it."""
        if need.step is not None:
            return command_line(self._opened, self._known, need.step)
        if need.sort == "inconsistent":
            return suggested("compare", "--like", need.position, *self._times)
        if need.position is not None:
            return suggested("why", need.position, *self._times)
        return suggested("check", need.case_id, *self._times)

    def _checks(self) -> Iterator[TextLine]:
        """Say that rules fail for what is told above, where any does."""
        repeated = [
            need
            for heap in self._heaps
            for pile in heap.piles
            for need in pile.first
            if need.repeated
        ]
        if repeated:
            check = suggested("check", self._case or repeated[0].case_id, *self._times)
            yield TextLine("")
            yield TextLine(say("Which rules fail by it: {command}", command=check), "dim")


def _told(heap: ByOwner) -> list[OpenItems]:
    """Leave out rules all of whose faults are told by themselves."""
    return [pile for pile in heap.piles if not all(each.repeated for each in pile.first)]


def _at(need: Need) -> str:
    return "" if need.position is None else f"#{need.position}"


def _marks(need: Need, *, doubted: bool) -> Iterator[str]:
    """Say by when something is needed, and whether it is open at all."""
    if need.due is not None and due_words(need.due) not in need.text:
        yield due_words(need.due)
    if doubted and need.open == "unknown":
        yield open_words(need.open)
