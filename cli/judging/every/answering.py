"""Answer a question of every case: here, or a stretch of cases at a time in processes of their own.

Judging a case takes far longer than reading it, so that another process pays for its start long
before it does for one that reads alone. Answers come in the order of the cases' slugs, whoever
found them; what goes wrong in another process is raised here; and where nobody asks for more, the
others end with the stretch that they are at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from answerable.cli.judging.asked import record_view
from answerable.cli.shared.output import note, progress
from answerable.domain.language.saying import say_count

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.domain.record import CaseRange, CaseSummary
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.system.parallel import Submit
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.record_view import RecordView

WORTH_A_PROCESS = 20_000
"""The number of entries from which on another process pays for its start."""

STRETCH = 1_000
"""The number of events, at least, in the cases that a process is given at a time."""

ENTRIES = 16_384
"""The number of entries that are held against the tree at a time: whole tiles."""

AHEAD = 3
"""Stretches that a process may have waiting to be told of, so that memory is bounded."""

Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")


class Question(Protocol[Answer_co]):
    """Hold what is asked of every case, as plain data: it is handed to other processes.

    Attributes:
        named: whether parties are called by their names.
        times: the two times asked about.
    """

    @property
    def named(self) -> bool: ...

    @property
    def times(self) -> Times: ...

    @property
    def holds_entries(self) -> bool:
        """Tell whether entries are held against the tree to answer."""

    def begin(
        self, opened: Ledger, record: RecordView, altered: frozenset[int] | None = None
    ) -> Callable[[Iterable[CaseView]], Iterator[Answer_co]]:
        """Make ready to answer of the cases of a record, of each in its turn.

        Args:
            opened: the ledger.
            record: the record, as it is looked at.
            altered: the positions of entries that are not what the tree was made of, where they
                were looked for already.
        """


class Asked(NamedTuple):
    """Tell another process what is asked, and where.

    Attributes:
        ledger: its address.
        zone: where the days of a case are days that tells no zone.
        question: what is asked of every case.
    """

    ledger: str
    zone: Zone
    question: Question[Any]


def answers(opened: Ledger, question: Question[Answer], *, told: bool) -> Iterator[Answer]:
    """Answer a question of every case, by slug. One case, or a few stretches, are in memory.

    Args:
        opened: the ledger.
        question: what is asked.
        told: whether how far it has come is told on the way.
    """
    from answerable.ledger.system.parallel import processes_worth

    size = len(opened)
    # What is read without locks is read by the one who holds that nobody writes to it.
    alone = bool(opened.reading_as_it_lies)
    processes = 1 if alone else processes_worth(size, WORTH_A_PROCESS)
    with progress("Judging", size if told else 0) as advance:
        if processes == 1:
            record = record_view(opened, question.times, named=question.named)
            answer = question.begin(opened, record)
            yield from answer(_counted(record.each_case(), advance))
        else:
            yield from _side_by_side(opened, question, processes, advance)


def _counted(views: Iterable[CaseView], advance: Callable[[int], None]) -> Iterator[CaseView]:
    """Hand out cases, and tell how far it has come when the next is asked for."""
    for view in views:
        yield view
        advance(len(view.facts))


def _side_by_side(
    opened: Ledger, question: Question[Answer], processes: int, advance: Callable[[int], None]
) -> Iterator[Answer]:
    from answerable.ledger.system.parallel import side_by_side

    asked = Asked(opened.address, opened.zone, question)
    waiting = deque[tuple[int, Callable[[], list[Answer]]]]()

    def next_answers() -> list[Answer]:
        events, result = waiting.popleft()
        found = result()
        advance(events)
        return found

    size = len(opened)
    with side_by_side(processes, handing=asked) as submit:
        altered = _altered(size, submit) if question.holds_entries else None
        for among, events in stretches(opened.cases()):
            waiting.append((events, submit(answers_among, among, altered)))
            if len(waiting) >= AHEAD * processes:
                yield from next_answers()
        while waiting:
            yield from next_answers()
        later = submit(size_now)() - size
    if later:
        # No view of the ledger can be handed to another process.
        note(
            say_count(
                "While this was worked out, {number} entry was recorded: "
                "a case may be told with it.",
                "While this was worked out, {number} entries were recorded: "
                "cases may be told with them.",
                later,
            )
        )


def _altered(size: int, submit: Submit) -> frozenset[int]:
    """Find the entries that are not what the tree was made of, a part of the log in each process.

    Each entry is held against the tree once, wherever its case is judged.
    """
    parts = [submit(altered_among, range(at, at + ENTRIES)) for at in range(0, size, ENTRIES)]
    return frozenset(position for part in parts for position in part())


def stretches(cases: Iterable[CaseSummary]) -> Iterator[tuple[CaseRange, int]]:
    """Part cases, by slug, into ranges of some events each; yield each with how many it has.

    Together they have every slug, so that a case that is begun meanwhile lies in one of them.
    """
    from answerable.domain.record import CaseRange

    first, events = "", 0
    for each in cases:
        if events >= STRETCH:
            yield CaseRange(first, each.case_id), events
            first, events = each.case_id, 0
        events += each.events
    yield CaseRange(first), events


def answers_among(among: CaseRange, altered: frozenset[int] | None) -> list[Any]:
    """Answer of the cases in a range, in another process, what that was handed."""
    record, answer = _begun(altered)
    return [*answer(record.each_case(among))]


def altered_among(positions: range) -> list[int]:
    """List the entries in a range that are not what the tree was made of, in another process."""
    return _opened().altered(positions)


def size_now() -> int:
    """Return how many entries there are, in another process."""
    return len(_opened())


@cache
def _begun(
    altered: frozenset[int] | None,
) -> tuple[RecordView, Callable[[Iterable[CaseView]], Iterator[Any]]]:
    """Make ready to answer in this process."""
    from answerable.ledger.system.parallel import handed

    question = handed().question
    opened = _opened()
    record = record_view(opened, question.times, named=question.named)
    return record, question.begin(opened, record, altered)


@cache
def _opened() -> Ledger:
    """Open the ledger in this process."""
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.system.parallel import handed

    asked: Asked = handed()
    opened = Ledger.open(asked.ledger)
    opened.zone = asked.zone
    return opened
