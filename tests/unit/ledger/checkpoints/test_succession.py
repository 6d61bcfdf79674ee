"""Test whether keys may sign on a server, against all ways that it may stand."""

from __future__ import annotations

from itertools import product

import pytest

from answerable.ledger.checkpoints.succession import (
    SignedOn,
    check_confirmable,
    check_not_succeeded,
    check_replicated,
)
from answerable.ledger.errors import OldPrimary, Unreplicated
from answerable.ledger.system.server_standing import Standing

EITHER = (False, True)


def _signs(standing: Standing, last: SignedOn | None, new: int, *, word: bool) -> bool:
    try:
        check_confirmable("house", standing)
        check_not_succeeded("house", standing, last)
        check_replicated("house", standing, last, new, unreplicated=word)
    except (OldPrimary, Unreplicated):
        return False
    return True


def test_keys_sign_what_no_standby_can_lack_or_at_the_operators_word() -> None:
    for followed, streaming, covered, word, before, new in product(
        EITHER, EITHER, EITHER, EITHER, EITHER, (0, 3)
    ):
        standing = Standing("7", 2, followed or streaming, streaming, covered, None)
        for last in (None, SignedOn("7", 2, before), SignedOn("8", 5, before)):
            had_one = standing.followed or (before and last == SignedOn("7", 2, before))
            expected = streaming if covered else not had_one or not new or word
            assert _signs(standing, last, new, word=word) == expected, (standing, last, new, word)


@pytest.mark.parametrize("word", EITHER)
def test_an_old_primary_is_not_signed_on_at_anybodys_word(word: bool) -> None:
    standing = Standing("7", 2, followed=False, streaming=False, covered=False, lacking=None)
    assert not _signs(standing, SignedOn("7", 3, followed=False), 0, word=word)
    assert _signs(standing, SignedOn("7", 1, followed=False), 1, word=word)
    assert _signs(standing, SignedOn("8", 3, followed=False), 1, word=word)


def test_how_far_a_standby_is_behind_is_told_where_it_is_known() -> None:
    for lacking, told in ((12_345, "12,345 bytes"), (None, "a member of pg_read_all_stats")):
        standing = Standing("7", 1, followed=True, streaming=True, covered=False, lacking=lacking)
        with pytest.raises(Unreplicated, match=told):
            check_replicated("house", standing, None, 1, unreplicated=False)
