"""Alter each kind of thing that a page of a report carries, and have all three verifiers see it.

Whoever alters it here does not put the sums right; what is found in spite of that is held in
`test_quoting.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_quoting import HISTORIES, pages, shown
from tests.support.bundles import found_by_stranger
from tests.support.lengths import sample
from tests.support.signed_ledger import house

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse_line
from answerable.ledger.bundle.in_page.embedded import ESCAPED
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.in_page.shown import OPENING, summed
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.tlog.trust import Trust

DATA = {
    "timeline-data": ("whole",),
    "replay-data": ("whole", "public"),
    "made": ("public",),
    "written": ("whole", "zh"),
    "messages": ("zh",),
    "shown": ("whole",),
}
"""Hold what a page carries beside its bundle, and the pages in which it is altered."""

At = tuple[str | int, ...]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page of the browser whose scripts may fail: what they show is forged."""
    with browser.new_context(offline=True) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages of one case: the whole, a part for the public, and the whole in Chinese."""
    made = house(tmp_path_factory.mktemp("honest"))
    with made.ledger:
        made.ledger.append_all(map(parse_line, HISTORIES["tesco"]), recorded_by="jane")
        made.sign()
        every = dict(pages(made.ledger, "tesco"))
        with in_language(language("zh-Hans")):
            chinese = next(text for _, text in pages(made.ledger, "tesco", "zh-Hans"))
    return {"whole": every["whole"], "public": every["public None"], "zh": chinese}


def places(value: Any, at: At = ()) -> Iterator[tuple[At, Any]]:
    """Yield what is in a value, at any depth, with the way to it."""
    if at:
        yield at, value
    match value:
        case dict():
            for key, each in value.items():
                yield from places(each, (*at, key))
        case list():
            for number, each in enumerate(value):
                yield from places(each, (*at, number))


def kinds(value: Any) -> Iterator[tuple[At, Any]]:
    """Yield one of each kind of thing: what stands in the same field of a list's items is alike."""
    found = {}
    for at, each in places(value):
        way = tuple("" if isinstance(key, int) else key.partition("\n")[0] for key in at)
        found[way, type(each)] = at, each
    yield from found.values()


def others(value: Any) -> Iterator[Any]:
    """Yield what somebody might put for a value."""
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            yield f"{value}x"
            yield ""
        case list():
            yield [*value, *value[-1:]] if value else [0]
            yield from [value[:-1]] if value else []
            yield from [value[::-1]] if value != value[::-1] else []
        case dict():
            yield {**value, "more": 1}
        case None:
            yield 1


def altered(value: Any) -> Iterator[tuple[At, Any]]:
    """Yield a value with one thing in it that is otherwise, or left out, and where that is."""
    for at, each in kinds(value):
        for other in others(each):
            new, within = copied(value, at)
            within[at[-1]] = other
            yield at, new
        if isinstance(at[-1], str):
            new, within = copied(value, at)
            del within[at[-1]]
            yield at, new


def copied(value: Any, at: At) -> tuple[Any, Any]:
    """Return a copy of a value, and what in it holds the thing at a place."""
    new = deepcopy(value)
    within = new
    for key in at[:-1]:
        within = within[key]
    return new, within


def forgeries(page: str, name: str) -> Iterator[tuple[At, str]]:
    """Yield a page with one thing in its data that is otherwise."""
    found = re.search(rf'(<script type="application/json" id="{name}">)([^<]*)<', page)
    assert found is not None
    for at, told in altered(json.loads(found[2])):
        text = json.dumps(told, separators=(",", ":")).translate(ESCAPED)
        yield at, f"{page[: found.start(2)]}{text}{page[found.end(2) :]}"


@pytest.mark.parametrize(
    ("name", "which"), [(name, which) for name, every in DATA.items() for which in every]
)
def test_no_data_of_a_page_is_altered_unseen(
    page: Page, honest: dict[str, str], tmp_path: Path, name: str, which: str
) -> None:
    assert shown(page, honest[which], tmp_path / "report.html") == (True, [])
    for at, text in sample(forgeries(honest[which], name), 6):
        data = text.encode()
        ok, problems = shown(page, text, tmp_path / "report.html")
        assert not ok, at
        assert problems, at
        assert not verify_bundle(extracted(data), Trust(()), page=data).verified, at
        assert found_by_stranger(data, [], tmp_path), at


def test_the_title_of_a_page_is_not_altered_unseen(
    page: Page, honest: dict[str, str], tmp_path: Path
) -> None:
    text = honest["whole"].replace("<title>", "<title>No ", 1)
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    assert problems == ["this page: the title does not read as it was written"]
    assert found_by_stranger(text.encode(), [], tmp_path) == {("page", None)}


def test_a_page_says_which_of_its_data_was_altered(
    page: Page, honest: dict[str, str], tmp_path: Path
) -> None:
    text = honest["whole"].replace('"lines":["Nobody is', '"lines":["Somebody is', 1)
    assert text != honest["whole"]
    _, problems = shown(page, text, tmp_path / "report.html")
    assert problems == ["this page: the data “replay-data” does not read as it was written"]


MARKUP = {
    "what is hidden": ('<p class="kind">', '<p class="kind" hidden>', "the top of the page"),
    "another colour": ('<span class="good">', '<span class="bad">', None),
    "another direction": ('<section id="events"', '<section dir="rtl" id="events"', "Every event"),
    "what a screen reader says": (' aria-label="Steps"', ' aria-label="Jump"', None),
    "where a link leads": ('href="#content"', 'href="https://example.com"', "the top of the page"),
    "a mark in a drawing": ('<circle class="when"', '<circle r="9" class="when"', "Timeline"),
    "a style": ("</style>", "h1::before{content:'No '}</style>", "the top of the page"),
    "the policy": ("script-src ", "script-src 'unsafe-inline' ", "the top of the page"),
    "the doctype": ("<!doctype html>\n", "", "the top of the page"),
    "the language": ('<html lang="en">', '<html lang="fr">', "the top of the page"),
    "an element more": ("<h1>", "<s></s><h1>", "the top of the page"),
    "words behind the scripts": ("</body>", "<p>Nobody is accountable.</p></body>", None),
    "words behind the page": ("</html>", "</html><p>Nobody is accountable.</p>", None),
    "a word in two": ("Skip to", "Sk ip to", "the top of the page"),
    "two words in one": ("Skip to", "Skipto", "the top of the page"),
    "what is shown in the place of an element": (
        *('<div class="lead">', '<div class="lead"><template shadowrootmode="open">No</template>'),
        "the top of the page",
    ),
}


@pytest.mark.parametrize("name", MARKUP)
def test_no_markup_of_a_page_is_altered_unseen(
    page: Page, honest: dict[str, str], tmp_path: Path, name: str
) -> None:
    old, new, part = MARKUP[name]
    assert old in honest["whole"]
    text = honest["whole"].replace(old, new, 1)
    ok, problems = shown(page, text, tmp_path / "report.html")
    assert not ok
    (problem,) = problems
    assert part is None or part in problem
    assert found_by_stranger(text.encode(), [], tmp_path) == {("page", None)}
    assert not verify_bundle(extracted(text.encode()), Trust(()), page=text.encode()).verified


def test_a_text_that_a_browser_breaks_is_read_as_one(
    page: Page, honest: dict[str, str], tmp_path: Path
) -> None:
    """Chromium makes several texts of more than 65,536 letters."""
    before, _, behind = honest["whole"].partition(OPENING)
    plain = before + behind.partition("</script>")[2]
    text = summed(plain.replace("</main>", f"<p>{'nowhere ' * 20_000}</p></main>", 1))
    assert shown(page, text, tmp_path / "report.html") == (True, [])
