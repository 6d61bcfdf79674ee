"""Hold what the verifier in JavaScript is told to what those in Python know."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.languages import extracted

from answerable.domain.language.loading import language, languages
from answerable.domain.language.saying import in_language, say, term_words
from answerable.ledger.bundle import layout, zip_file
from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.in_page.messages import OPENING, messages_element
from answerable.ledger.bundle.in_page.scripts import FOLDER, checks, verifier
from answerable.ledger.bundle.inventory import REFERENCES
from answerable.projections.show.fields import TAKEN_BACK

SCRIPT = verifier()


def told(name: str) -> Any:
    """The value of a constant, which is written as JSON is, or nearly."""
    found = re.search(rf"const {name} = ([^;]+);", SCRIPT)
    assert found is not None
    written = re.sub(r"(?<=[0-9])_(?=[0-9])|(?<=[0-9])n\b", "", found[1])
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", written))


def test_the_kinds_and_what_they_seal_are_those_of_the_models() -> None:
    assert told("SEALED") == stranger.SEALED
    assert told("ALWAYS_SEALED") == [*stranger.ALWAYS_SEALED]
    assert told("REFERENCES") == [*REFERENCES]


@pytest.mark.parametrize(
    "name",
    [
        *("DEEPEST", "LONGEST_NUMBER", "MAX_NOTE", "MAX_SIGNATURES", "MAX_ENTRY", "LATEST"),
        *("MOST_PROBLEMS", "MOST_FILES"),
    ],
)
def test_the_bounds_are_those_of_the_verifiers_in_python(name: str) -> None:
    assert told(name) == getattr(stranger, name)


def test_what_every_page_carries_is_known() -> None:
    assert told("ALWAYS") == [*layout.IN_PAGE]


def test_a_page_carries_files_of_the_same_names() -> None:
    assert zip_file.POSITION in SCRIPT


def test_nothing_in_the_script_ends_its_element_or_names_that_of_the_bundle() -> None:
    """It stands in a page as it is, where the bundle is found by the letters of its element."""
    assert "</" not in SCRIPT
    assert "<!--" not in SCRIPT
    assert not re.search(r"id\\s*=", SCRIPT)
    assert not re.search(r"\b(eval|import|fetch|XMLHttpRequest|innerHTML|Function)\b", SCRIPT)


def test_what_checks_touches_nothing_of_the_page() -> None:
    assert "document" not in checks()
    assert SCRIPT.startswith(checks())


@pytest.mark.parametrize("part", sorted(FOLDER.glob("*.js")), ids=lambda part: str(part.stem))
def test_each_part_is_of_the_house_style(part: Path) -> None:
    lines = part.read_text().splitlines()
    assert lines[0].startswith("/* ")
    assert '  "use strict";' in lines
    assert len(lines) <= 400
    assert max(map(len, lines)) <= 100


def test_a_script_is_told_every_message_that_it_says() -> None:
    with in_language(language("zh-Hans")):
        written = messages_element(SCRIPT)
    assert messages_element(SCRIPT) == ""
    assert written.count("<") == 2
    messages = json.loads(written.removeprefix(OPENING).removesuffix("</script>"))
    said = [
        str(each.id if isinstance(each.id, str) else each.id[0])
        for each in extracted()
        if each.id and any("in_page" in place for place, _ in each.locations)
    ]
    assert len(said) > 100
    assert [each for each in said if each not in messages] == []
    assert messages["{number} entry"] == {"texts": ["{number}条记录"], "of": []}


@pytest.mark.parametrize("tag", languages())
def test_a_script_says_why_a_value_is_not_there_as_a_page_does(tag: str) -> None:
    with in_language(language(tag)):
        for why in ("withheld", "erased", "not told"):
            assert say("({why})", why=term_words(why)) == say(f"({why})")
        assert say("({why})", why=say(TAKEN_BACK)) == say("(taken back)")
