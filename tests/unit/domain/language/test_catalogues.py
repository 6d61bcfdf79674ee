"""Every catalogue has every message, translated, with the same places; and nothing else."""

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from tests.support.languages import FOLDER, ROOT, brought_up, catalogue, extracted
from tests.support.languages import PLACES as FOLDERS

from answerable.domain.language.language import apart

CATALOGUES = sorted(FOLDER.glob("*.po"))

PLACES = re.compile(r"\{(\w*)\}")


def texts(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one a form."""
    return message.string if isinstance(message.string, tuple) else (str(message.string or ""),)


def ids(message: Message) -> tuple[str, ...]:
    """Return the sentences of a message, one a form."""
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_message_and_no_other(path: Path) -> None:
    wanted = {(each.context, each.id) for each in extracted() if each.id}
    there = {(each.context, each.id) for each in catalogue(path) if each.id}
    assert sorted(map(str, wanted - there)) == [], "`make languages` adds them"
    assert sorted(map(str, there - wanted)) == [], "`make languages` drops them"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_message_is_translated(path: Path) -> None:
    told = [each for each in catalogue(path) if each.id]
    assert [each.id for each in told if each.fuzzy] == []
    assert [each.id for each in told if not all(texts(each))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_has_the_places_of_its_sentence(path: Path) -> None:
    for each in catalogue(path):
        places = {frozenset(PLACES.findall(form)) for form in ids(each)} if each.id else set()
        for text in texts(each) if each.id else ():
            assert frozenset(PLACES.findall(text)) in places, each.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_as_it_is_written(path: Path) -> None:
    written, there = brought_up(catalogue(path)).splitlines(), path.read_bytes().splitlines()
    # Two catalogues held against each other whole, pytest is a minute at telling how they differ.
    differ = next((pair for pair in zip_longest(written, there) if pair[0] != pair[1]), None)
    assert differ is None, "`make languages` writes it"


WORDED = frozenset(("say", "say_line", "say_count", "to_say", "to_say_count"))
WORDED_AS = frozenset(("say_as", "to_say_as"))


def said_in(path: Path) -> Iterator[tuple[str | None, str]]:
    """Yield the sentences that a module says, each with its context."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        told = [str(each.value) if isinstance(each, ast.Constant) else None for each in node.args]
        match told:
            case [str(sentence), *_] if node.func.id in WORDED:
                yield None, sentence
            case [str(context), str(sentence), *_] if node.func.id in WORDED_AS:
                yield context, sentence


def test_every_sentence_that_is_said_is_extracted() -> None:
    there = {(each.context, ids(each)[0]) for each in extracted() if each.id}
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    missed = [(path.name, *said) for path in paths for said in said_in(path) if said not in there]
    assert missed == [], "put what is said into a call of its own"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_an_ideograph_and_a_letter_or_a_figure_are_set_apart(path: Path) -> None:
    """As where a message is filled (CLREQ 3.2.2)."""
    words = [
        each
        for message in catalogue(path)
        for text in (texts(message) if message.id else ())
        for each in PLACES.sub("\0", text).split("\0")
    ]
    assert [each for each in words if any(map(apart, each, each[1:]))] == []
