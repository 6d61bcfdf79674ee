"""Dates are written in words of the language, as precisely as they are told, and no more so."""

import pytest

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.dates import date


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2026-01-05", "2026年1月5日"),
        ("2025-03", "2025年3月"),
        ("2025-03~", "约 2025年3月"),
        ("2025?", "2025年（存疑）"),
        ("2025-03-01%", "约 2025年3月1日（存疑）"),
        ("2025-XX", "2025年（月份未载明）"),
        ("2025-03-XX", "2025年3月（日期未载明）"),
        ("201X", "2010 年代"),
        ("19XX", "1900 年至 1999 年间某年"),
        ("2025-21", "2025年春季"),
        ("../2026-01-05", "2026年1月5日或之前"),
        ("2026-01-05/..", "2026年1月5日或之后"),
        ("2026-01/2026-03", "2026年1月至 2026年3月"),
        ("2026-01/", "自 2026年1月起（终止未载明）"),
        ("2026-01-05T10:20:30+08:00", "2026年1月5日 10:20:30 +08:00"),
        ("Y170000002", "Y170000002"),
        ("[2025,2026]", "[2025,2026]"),
        ("2026-02-31", "2026-02-31"),
        (None, "日期未载明"),
    ],
)
def test_a_date_is_said_in_chinese(edtf: str | None, said: str) -> None:
    with in_language(language("zh-Hans")):
        assert date(edtf) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("12000.00 CNY", "人民币 12,000.00 元"),
        ("69000000 USD", "69,000,000 美元"),
        ("0.12345 EUR", "0.12345 欧元"),
        ("5 XXX", "5 未知货币"),
    ],
)
def test_an_amount_keeps_its_places_in_chinese(amount: str, said: str) -> None:
    with in_language(language("zh-Hans")):
        assert amount_words(amount) == said
