"""Give the scripts of a page their sentences in its language, where that is not English.

    <script type="application/json" id="messages">{"not checked":"未核验",…}</script>

A script says its sentences in English, by `say` and `sayCount`; this element tells it what each is
in the language of the page. They are messages of the same catalogue as all others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from answerable.domain.language.language import Language
from answerable.domain.language.saying import spoken
from answerable.ledger.bundle.in_page.embedded import CLOSING, ESCAPED

OPENING = '<script type="application/json" id="messages">'
"""Open the element, letter for letter."""

LITERAL = r'"(?:[^"\\\n]|\\.)*"'
TEXT = re.compile(rf"{LITERAL}(?:\s*\+\s*{LITERAL})*")
"""Match a text in a script, which may be written in several pieces."""

COUNTED = re.compile(rf"\bsayCount\(\s*({TEXT.pattern}),\s*({TEXT.pattern})")
"""Match what a script says about so many things."""

NUMBERS = range(200)
"""The numbers that tell which form a language has for any number."""


def messages_element(script: str) -> str:
    """Write the element of a page that tells a script what it says; "" where that is English."""
    language = spoken()
    if language is None:
        return ""
    said = json.dumps(dict(_said(script, language)), separators=(",", ":"))
    return f"{OPENING}{said.translate(ESCAPED)}{CLOSING}"


def _said(script: str, language: Language) -> Iterator[tuple[str, Any]]:
    for found in TEXT.finditer(script):
        sentence = _text(found[0])
        said = language.sentence(sentence) if sentence else sentence
        if said != sentence:
            yield sentence, said
    for found in COUNTED.finditer(script):
        one, several = _text(found[1]), _text(found[2])
        every = [language.count(one, several, number) for number in NUMBERS]
        texts = list(dict.fromkeys(every))
        # Where there is one form, it is of every number.
        yield one, {"texts": texts, "of": [*map(texts.index, every)] if len(texts) > 1 else []}


def _text(literals: str) -> str:
    """Return the text that literals of a script are; "" of one that is no text in JSON."""
    try:
        return "".join(json.loads(each) for each in re.findall(LITERAL, literals))
    except json.JSONDecodeError:
        return ""
