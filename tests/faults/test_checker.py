"""The checker of histories: what is wrong is found, what is right passes, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.faults.checker import problems
from tests.support.faults.history import Append, History, Logged, Look, Value
from tests.support.oracles import leaf, root

LEAVES = [leaf(b"%d" % number) for number in range(9)]


def log_of(*numbers: str, case: str = "a") -> list[Logged]:
    """A log of one case."""
    return [
        Logged(place, place + 1, Value(case, number), LEAVES[place])
        for place, number in enumerate(numbers)
    ]


def recorded(number: str, position: int, begun: int, ended: int, process: str = "w") -> Append:
    """A value that was acknowledged."""
    return Append(
        process, begun, ended, "ok", (Value("a", number),), positions=(position,),
        versions=(position + 1,), size=position + 1, root=root(LEAVES[: position + 1]).hex(),
    )  # fmt: skip


def shown(numbers: str, begun: int, ended: int, case: str | None = None) -> Look:
    """A look at the whole log, or at its only case."""
    return Look(
        "r", begun, ended, "log" if case is None else "case", case, seen=tuple(enumerate(numbers))
    )


def head(size: int, begun: int, ended: int, what: str = "head") -> Look:
    return Look("r", begun, ended, what, size=size, root=root(LEAVES[:size]).hex())


X, Y = recorded("x", 0, 10, 20), recorded("y", 1, 30, 40)
LOG = log_of("x", "y")
CAS = Y._replace(expected=1)
BATCH = Append("w", 50, None, "unknown", (Value("a", "p"), Value("a", "q")))

RIGHT: dict[str, tuple[Sequence[Append], Sequence[Look], list[Logged]]] = {
    "one after the other": (
        (X, Y),
        (shown("x", 21, 29), shown("xy", 41, 49), head(2, 45, 50)),
        LOG,
    ),
    "at once": ((X, Y._replace(begun=15)), (shown("", 5, 15), shown("x", 12, 39)), LOG),
    "unknown, and there": ((X, Append("w", 30, None, "unknown", (Value("a", "y"),))), (), LOG),
    "unknown, and not there": ((X, Append("w", 30, None, "unknown", Y.values)), (), LOG[:1]),
    "unknown, and there much later": (
        (Append("v", 1, None, "unknown", X.values), Append("w", 2, 90, "failed", Y.values)),
        (shown("", 80, 85), shown("x", 86, 89, "a")),
        LOG[:1],
    ),
    "after as many as were expected": (
        (X, CAS, Append("v", 25, 35, "failed", (Value("a", "z"),), expected=1, moved=True)),
        (),
        LOG,
    ),
    "signed": ((X, Y), (head(1, 15, 45, "signed"), head(2, 46, 47, "signed")), LOG),
    "a whole batch, unknown": ((X, Y, BATCH), (), log_of("x", "y", "p", "q")),
}

WRONG: dict[str, tuple[str, Sequence[Append], Sequence[Look], list[Logged]]] = {
    "an acknowledgement is lost": ("lost: y was acknowledged", (X, Y), (), LOG[:1]),
    "a duplicate": ("a duplicate: x is there 2 times", (X,), (), log_of("x", "x")),
    "a duplicate of what is unknown": (
        "a duplicate", (X._replace(outcome="unknown", ended=None),), (), log_of("x", "x"),
    ),
    "refused, and there": ("refused, and recorded: y", (X, Y._replace(outcome="failed")), (), LOG),
    "half of a batch": ("half of a batch", (X, Y, BATCH), (), log_of("x", "y", "p")),
    "nobody's": ("nobody recorded y in a", (X,), (), LOG),
    "a gap": ("a gap: position 2", (X,), (), [LOG[0], LOG[1]._replace(position=2)]),
    "a case out of order": ("the case a is out of order", (X, Y), (),
                            [LOG[0]._replace(version=2), LOG[1]._replace(version=1)]),
    "a receipt of another place": ("a receipt says that", (X, Y._replace(positions=(2,))), (), LOG),
    "a receipt of another size": ("the log had 3 entries", (X, Y._replace(size=3)), (), LOG),
    "a receipt of another version": ("says version", (X, Y._replace(versions=(3,))), (), LOG),
    "two who expected the same": (
        "was to be recorded after 0 events", (X, Y._replace(expected=0)), (), LOG
    ),
    "refused for nobody": (
        "nobody recorded in its case",
        (X, Append("v", 25, 35, "failed", (Value("a", "z"),), expected=1, moved=True)), (), LOG[:1],
    ),
    "refused for what came later": (
        "stale",
        (X, Y, Append("v", 21, 29, "failed", (Value("a", "z"),), expected=1, moved=True)),
        (shown("x", 29, 29),),
        LOG,
    ),
    "a fork that a receipt tells": ("a fork", (X, Y._replace(root="00")), (), LOG),
    "a fork that a head tells": ("a fork", (X, Y), (head(2, 41, 42)._replace(root="00"),), LOG),
    "a fork that was signed": (
        "a fork: signed", (X, Y), (head(1, 21, 22, "signed")._replace(root="00"),), LOG
    ),
    "a fork that was shown": ("shows z at 1", (X, Y), (shown("xz", 41, 42),), LOG),
    "a gap that was shown": ("shows y at 1 as number 0", (X, Y),
                             (shown("y", 41, 42)._replace(seen=((1, "y"),)),), LOG),
    "shown, and gone": ("shows y at 1", (X,), (shown("xy", 41, 42),), LOG[:1]),
    "a head of more than there is": (
        "lost: head", (X,), (head(2, 41, 42),), LOG[:1]
    ),
    "a stale look": ("stale: log by r at 41", (X, Y), (shown("x", 41, 42),), LOG),
    "a stale look at a case": ("stale: case a by r at 41", (X, Y), (shown("x", 41, 42, "a"),), LOG),
    "a stale status": (
        "stale: status", (X, Y),
        (shown("x", 41, 42, "a")._replace(what="status", seen=((0, None),)),), LOG,
    ),
    "a stale head": ("stale: head by r at 41", (X, Y), (head(1, 41, 42),), LOG),
    "a look that runs back": (
        "stale: log by r at 33", (X, Y), (shown("xy", 31, 32), shown("x", 33, 34)), LOG
    ),
    "seen before it was begun": ("stale: recording y", (X, Y), (shown("xy", 21, 22),), LOG),
    "recorded in another order than it happened": (
        "stale", (recorded("x", 1, 10, 20), recorded("y", 0, 30, 40)), (), log_of("y", "x")
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", RIGHT)
def test_what_is_right_passes(what: str) -> None:
    appends, looks, log = RIGHT[what]
    assert problems(History(tuple(appends), tuple(looks)), log) == []


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found(what: str) -> None:
    says, appends, looks, log = WRONG[what]
    [first, *_] = problems(History(tuple(appends), tuple(looks)), log)
    assert says in first


def linearisable(appends: Sequence[Append], looks: Sequence[Look]) -> bool:
    """Try all orders in which one thing at a time could have happened."""
    calls: list[Append | Look] = [*appends, *looks]
    return any(_fits(order) for order in permutations(calls))


def _fits(order: Sequence[Append | Look]) -> bool:
    for place, call in enumerate(order):
        if any(later.ended is not None and later.ended <= call.begun for later in order[place:]):
            return False
    size = 0
    for call in order:
        if isinstance(call, Append):
            if call.positions[0] != size:
                return False
            size += 1
        elif size != len(call.seen or ()):
            return False
    return True


TIMES = st.tuples(st.integers(0, 8), st.integers(1, 4))


@given(st.lists(TIMES, min_size=1, max_size=3), st.lists(st.tuples(TIMES, st.integers(0, 3)),
                                                         max_size=3))  # fmt: skip
def test_real_time_is_kept_just_where_some_order_fits(
    appended: list[tuple[int, int]], looked: list[tuple[tuple[int, int], int]]
) -> None:
    names = "xyz"[: len(appended)]
    appends = [
        recorded(names[place], place, begun * 2, (begun + lasted) * 2 - 1)
        for place, (begun, lasted) in enumerate(appended)
    ]
    looks = [
        shown(names[:size], begun * 2, (begun + lasted) * 2 - 1) for (begun, lasted), size in looked
    ]
    found = problems(History(tuple(appends), tuple(looks)), log_of(*names))
    assert (found == []) == linearisable(appends, looks)
