"""A language other than English: its catalogue, and how it writes dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from string import Formatter

IDEOGRAPH = "\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uf900-\ufaff"
"""The signs that are ideographs, or kana; the marks between them are none."""

_NEAR = re.compile(rf"[{IDEOGRAPH}][A-Za-z0-9#]|[A-Za-z0-9][{IDEOGRAPH}]")
"""Match an ideograph beside a Latin letter or a figure, between which a space is set."""


KEPT = 8192
"""The most words, days and pairs of signs that are kept as they were found."""


class Language:
    """A language that answers can be given in.

    Args:
        tag: its name as BCP 47 has it: `zh-Hans`.
        translations: its catalogue.

    Attributes:
        locale: its name as the Unicode CLDR has it: `zh_Hans`.
    """

    def __init__(self, tag: str, translations: NullTranslations) -> None:
        self.tag = tag
        self.locale = tag.replace("-", "_")
        self._translations = translations
        self._found = lru_cache(maxsize=KEPT)(self._find)
        self._formatted = lru_cache(maxsize=KEPT)(self._format)

    def sentence(self, sentence: str, context: str | None = None) -> str:
        """Return a sentence in this language; in English, where the catalogue has none."""
        return self._found(sentence, context)

    def _find(self, sentence: str, context: str | None) -> str:
        if context is None:
            return self._translations.gettext(sentence)
        return self._translations.pgettext(context, sentence)

    def term(self, word: str) -> str | None:
        """Return a term of a vocabulary in this language; None where it is not one of ours."""
        said = word.replace("-", " ")
        found = self._translations.pgettext("term", said)
        return None if found == said else found

    def count(self, one: str, several: str, number: int) -> str:
        """Return a sentence about so many things."""
        return self._translations.ngettext(one, several, number)

    def filled(self, sentence: str, told: Mapping[str, object]) -> str:
        """Put into a sentence of this language what is told in it.

        An ideograph and a Latin letter or a figure that come to stand beside each other are set
        apart by a space (CLREQ 3.2.2); a catalogue has none for that.
        """
        if not told:
            return sentence
        said = ""
        for words, name in parts(sentence):
            said = self._beside(said, words)
            if name is not None:
                said = self._beside(said, str(told[name]))
        return said

    def _beside(self, before: str, after: str) -> str:
        between = " " if apart(before, after) else ""
        return f"{before}{between}{after}"

    def number(self, number: int | Decimal) -> str:
        """Write a number; of a decimal, with all its places."""
        from babel.numbers import format_decimal

        exponent = Decimal(number).as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        pattern = f"#,##0.{'0' * places}" if places else "#,##0"
        return format_decimal(number, pattern, locale=self.locale)

    def currency(self, code: str) -> str:
        """Name a currency by its code (ISO 4217); as the code, where it has no name."""
        from babel.numbers import get_currency_name

        return get_currency_name(code, locale=self.locale)

    def day(self, day: date) -> str:
        """Write a day at length."""
        return self._formatted(day, None)

    def month(self, day: date) -> str:
        """Write the month that a day is in, with its year."""
        return self._formatted(day.replace(day=1), "yMMMM")

    def year(self, day: date) -> str:
        """Write the year that a day is in."""
        return self._formatted(day.replace(month=1, day=1), "y")

    def _format(self, day: date, skeleton: str | None) -> str:
        from babel.dates import format_date, format_skeleton

        if skeleton is None:
            return format_date(day, "long", locale=self.locale)
        return format_skeleton(skeleton, day, locale=self.locale)


@lru_cache(maxsize=4096)
def parts(sentence: str) -> tuple[tuple[str, str | None], ...]:
    """Take a sentence apart: words, each with the name of what stands behind them, if any."""
    return tuple((words, name) for words, name, _, _ in Formatter().parse(sentence))


def apart(before: str, after: str) -> bool:
    """Tell whether words that end and begin so are set apart by a space (CLREQ 3.2.2)."""
    return bool(before and after) and _near(before[-1], after[0])


@lru_cache(maxsize=KEPT)
def _near(last: str, first: str) -> bool:
    return _NEAR.fullmatch(last + first) is not None
