"""Hold what processes were told against the log as it is in the end: slow, obvious, and complete.

The log is a total order of what was recorded. So what Jepsen's checkers for sets, for registers and
for appends look for is told without a search. A call that looked at the log saw it when it had some
size, or one of a few; one that recorded saw it before and after what it recorded. The history is
linearisable (Herlihy and Wing, 1990) if, and only if, nothing that was over before another began
saw the log longer than the other did. `tests/faults/test_checker.py` holds that against trying all
orders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from tests.support.faults.history import Append, History, Logged, Look
from tests.support.oracles import root


class Seen(NamedTuple):
    """The sizes that the log may have had at some moment of a call.

    Attributes:
        begun: when the call began.
        ended: when it was over; None: never.
        least: the least size.
        most: the greatest.
        what: the call, in words.
    """

    begun: int
    ended: int | None
    least: int
    most: int
    what: str


class Checked:
    """A history beside the log that came of it.

    Attributes:
        at: where each number is in the log, the first time that it is there.
        cases: the entries of each case, in their order.
    """

    def __init__(self, history: History, log: Sequence[Logged]) -> None:
        self.history = history
        self.log = log
        self.at = {each.value.number: each.position for each in reversed(log)}
        self.cases: dict[str, list[Logged]] = defaultdict(list)
        for each in log:
            self.cases[each.value.case].append(each)


def problems(history: History, log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with a history and the log that came of it; nothing if all is well."""
    checked = Checked(history, log)
    found = [*_gaps(log), *_counted(checked), *_acknowledged(checked), *_shown(checked)]
    # Sizes are told by positions: without those, there is no telling.
    return found or [*_roots(checked), *_real_time(checked)]


def _gaps(log: Sequence[Logged]) -> Iterator[str]:
    """Positions follow one another, and so do the versions of each case, in the same order."""
    for place, each in enumerate(log):
        if each.position != place:
            yield f"a gap: position {each.position} is the entry {place} of the log"
            return
    by_case = sorted(log, key=lambda each: (each.value.case, each.position))
    for case, entries in groupby(by_case, key=lambda each: each.value.case):
        versions = [each.version for each in entries]
        if versions != list(range(1, len(versions) + 1)):
            yield f"the case {case} is out of order: its versions are {versions}"


def _counted(checked: Checked) -> Iterator[str]:
    """Check that the acknowledged is there once, what failed is not, the unknown once at most."""
    times = Counter(each.value for each in checked.log)
    for append in checked.history.appends:
        found = [times.pop(value, 0) for value in append.values]
        numbers = ", ".join(value.number for value in append.values)
        if max(found) > 1:
            yield f"a duplicate: {numbers} is there {max(found)} times"
        elif append.outcome == "ok" and 0 in found:
            yield f"lost: {numbers} was acknowledged, and is not there"
        elif append.outcome == "failed" and 1 in found:
            yield f"refused, and recorded: {numbers}"
        elif len(set(found)) > 1:
            yield f"half of a batch: {numbers} are there {found} times"
    for value in times:
        yield f"nobody recorded {value.number} in {value.case}"


def _acknowledged(checked: Checked) -> Iterator[str]:
    """A receipt tells where it is, and a case that was expected to have so many events had them."""
    for append in checked.history.appends:
        events = checked.cases[append.values[0].case]
        if append.moved and append.expected is not None and len(events) <= append.expected:
            yield f"{_named(append)} was refused for others, and nobody recorded in its case"
        if append.outcome != "ok":
            continue
        numbers = [value.number for value in append.values]
        places = [checked.at.get(number) for number in numbers]
        if places != list(append.positions):
            yield f"a receipt says that {numbers} are at {append.positions}, not {places}"
            continue
        if places != list(range(append.positions[0], append.size)):
            yield f"the log had {append.size} entries with {numbers}, which are at {places}"
        versions = tuple(checked.log[place].version for place in append.positions)
        if versions != append.versions:
            yield f"a receipt says version {append.versions} of {numbers}, which is {versions}"
        if append.expected is not None and versions[0] != append.expected + 1:
            yield (
                f"{numbers} was to be recorded after {append.expected} events of its case, and is "
                f"number {versions[0]} of them"
            )


def _shown(checked: Checked) -> Iterator[str]:
    """Check that what was shown is how the log or the case begins: without gaps, and for good."""
    for look in checked.history.looks:
        if look.seen is None:
            continue
        if look.case is None and look.size not in (None, len(look.seen)):
            yield f"{_named(look)} shows {len(look.seen)} entries of {look.size}"
        among = checked.log if look.case is None else checked.cases[look.case]
        there = [(each.position, each.value.number) for each in among[: len(look.seen)]]
        for place, (position, number) in enumerate(look.seen):
            if place >= len(there) or (position, number or there[place][1]) != there[place]:
                yield (
                    f"{_named(look)} shows {number} at {position} as number {place}, where "
                    f"{there[place : place + 1]} is"
                )
                break


def _roots(checked: Checked) -> Iterator[str]:
    """Each root that was told, signed or not, is that of how the log begins: there is one log."""
    leaves = [each.leaf for each in checked.log]

    @cache
    def root_of(size: int) -> str:
        return root(leaves[:size]).hex()

    heads = [(look.size, look.root, _named(look)) for look in checked.history.looks]
    heads += [(append.size, append.root, _named(append)) for append in checked.history.appends]
    for size, told, what in heads:
        if not told or size is None:
            continue
        if size > len(leaves):
            yield f"lost: {what} saw {size} entries, and there are {len(leaves)}"
        elif told != root_of(size):
            yield f"a fork: {what} told another root of {size} entries"


def _real_time(checked: Checked) -> Iterator[str]:
    """Nothing that was over before another began saw the log longer than the other did."""
    seen = [*_sizes_seen(checked)]
    # However many had ended, the one that saw most tells: whatever begins now sees as much.
    ended = sorted(
        (each for each in seen if each.ended is not None), key=lambda each: each.ended or 0
    )
    longest: Seen | None = None
    upcoming = iter(ended)
    following = next(upcoming, None)
    for later in sorted(seen, key=lambda each: each.begun):
        while following is not None and (following.ended or 0) <= later.begun:
            if longest is None or following.least > longest.least:
                longest = following
            following = next(upcoming, None)
        if longest is not None and longest.least > later.most:
            yield (
                f"stale: {later.what} saw the log of {later.most} entries at the most, after "
                f"{longest.what} had seen {longest.least}"
            )


def _sizes_seen(checked: Checked) -> Iterator[Seen]:
    for append in checked.history.appends:
        what = _named(append)
        places = [checked.at[each.number] for each in append.values if each.number in checked.at]
        if places:
            first, size = min(places), max(places) + 1
            yield Seen(append.begun, append.ended, first, first, what)
            yield Seen(append.begun, append.ended, size, size, what)
        elif append.moved and append.expected is not None:
            # It was refused as the case had more events than were expected.
            first_more = checked.cases[append.values[0].case][append.expected]
            least = first_more.position + 1
            yield Seen(append.begun, append.ended, least, len(checked.log), what)
    for look in checked.history.looks:
        yield _seen_by(look, checked)


def _seen_by(look: Look, checked: Checked) -> Seen:
    least, most = 0, len(checked.log)
    if look.size is not None:
        least = most = look.size
    elif look.seen is not None and look.case is None:
        least = most = len(look.seen)
    elif look.seen is not None and look.case is not None:
        events = checked.cases[look.case]
        least = look.seen[-1][0] + 1 if look.seen else 0
        if len(look.seen) < len(events):
            most = events[len(look.seen)].position
    return Seen(look.begun, look.ended, least, most, _named(look))


def _named(call: Append | Look) -> str:
    if isinstance(call, Look):
        return f"{call.what} {call.case or ''}".strip() + f" by {call.process} at {call.begun}"
    numbers = ", ".join(value.number for value in call.values)
    return f"recording {numbers} by {call.process} at {call.begun}"
