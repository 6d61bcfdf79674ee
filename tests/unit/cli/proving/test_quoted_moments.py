"""A moment of a page is that on record, whichever zone and language it is told in."""

import pytest

from answerable.cli.proving.again.quoted import _same_moment

RECORDED = "2026-11-30T23:16:31.123456Z"


@pytest.mark.parametrize(
    "words",
    [
        RECORDED,
        "2026-11-30 23:16:31 UTC",
        "2026-11-30 18:16:31 -05:00",
        "2026年12月1日 07:16:31 +08:00",
    ],
)
def test_it_is_the_moment(words: str) -> None:
    assert _same_moment(words, RECORDED)


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-30 18:16:32 -05:00",
        "2026-11-30 18:16:31 UTC",
        "2026-11-30 23:16:31",
        "2026-11-30 23:16:31 +99:00",
        f"{'1' * 5000} UTC",
        "UTC",
    ],
)
def test_it_is_another_or_none(words: str) -> None:
    assert not _same_moment(words, RECORDED)


def test_what_is_no_moment_on_record_is_told_by_none() -> None:
    assert not _same_moment("2026-11-30 23:16:31 UTC", "2026-11-30")
    assert not _same_moment("2026-11-30 23:16:31 UTC", None)
