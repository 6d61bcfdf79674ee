"""Hold that what an event rests on is kept in the order given, whichever option gave it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.recording.append import command_for
from answerable.cli.recording.given.command import ORDER
from answerable.cli.recording.given.links import links_given
from answerable.domain.kinds import LINKS

COMMAND = command_for("sanction-imposed")
NEEDED = ("--case", "c", "--subject", "p-1", "--measure", "fine")

numbers = st.integers(0, 999).map(str)
texts = st.lists(st.one_of(numbers, numbers.map("#{}".format)), min_size=1, max_size=3)
links = st.lists(st.tuples(st.sampled_from(("basis", *LINKS)), texts), max_size=12)


@given(links, st.integers(0, 12), st.booleans())
def test_links_keep_their_order_and_their_kind(
    told: list[tuple[str, list[str]]], at: int, joined: bool
) -> None:
    words = [
        f"--{word}={','.join(each)}" if joined else part
        for word, each in told
        for part in (("x",) if joined else (f"--{word}", ",".join(each)))
    ]
    words[at:at] = NEEDED if joined or at % 2 == 0 else ()
    if not {*NEEDED} <= {*words}:
        words = [*NEEDED, *words]
    context = COMMAND.make_context("sanction-imposed", words)
    found = links_given(context.meta[ORDER], context.params)
    assert [(each.option, each.text) for each in found] == [
        (f"--{word}", text) for word, each in told for text in each
    ]
    assert all(each.kinds == ((LINKS[each.option[2:]],) if each.option != "--basis" else ())
               for each in found)  # fmt: skip
