"""Every catalogue has every message, translated, with the same places; and nothing else."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from tests.support.languages import FOLDER, brought_up, catalogue, extracted

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
    assert brought_up(catalogue(path)) == path.read_bytes(), "`make languages` writes it"
