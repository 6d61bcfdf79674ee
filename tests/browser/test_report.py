"""The report on a case as its reader sees it: in a real browser, from a file, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.support.golden_ledger import RECORDED, fill, sign, told
from tests.support.screens import NOW, screens

WIDTHS = (320, 820, 1440, 3840)
CASE = "xiaomi-kol"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the example, by the installed command."""
    folder = tmp_path_factory.mktemp("report")
    fill(folder / "answerable.db", told(), RECORDED)
    sign(folder / "answerable.db", NOW)
    with screens() as show:
        asked = ("report", CASE, "--format", "html", "--output", "report.html")
        shown = show(folder, asked, columns=None)
        assert shown.code == 0, shown
    return folder / "report.html"


@pytest.fixture
def opened(page: Page, report: Path) -> Page:
    page.goto(report.as_uri())
    page.evaluate("answerable.done")
    return page


def test_it_verifies_itself_and_marks_every_event(opened: Page) -> None:
    assert "ok" in (opened.locator("#verification").get_attribute("class") or "")
    events = opened.locator("article.event")
    marks = opened.locator("article.event .mark[data-holds=yes]")
    assert events.count() == marks.count() == 38


def test_it_asks_for_nothing_but_itself(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.evaluate("answerable.done")
    page.close()
    assert asked == [report.as_uri()]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_width(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_its_first_screen_has_the_answer(opened: Page) -> None:
    opened.set_viewport_size({"width": 1440, "height": 900})
    for said in ("Three people are accountable", "Xu Fei", "Xu Jieyun", "One person is barred"):
        box = opened.get_by_text(said, exact=False).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, said


def test_the_replay_is_gone_through_by_buttons_and_keys(opened: Page) -> None:
    place, said = opened.locator('[data-part="place"]'), opened.locator('[data-part="said"]')
    people = opened.locator('[data-part="accountable"] li')
    assert place.inner_text() == "38 / 38"
    assert "Three people are accountable." in people.first.inner_text()
    opened.get_by_role("button", name="First").click()
    assert (place.inner_text(), said.inner_text()[:2]) == ("1 / 38", "#6")
    assert people.first.inner_text() == "Nobody is accountable."
    opened.locator('[data-part="slider"]').focus()
    opened.keyboard.press("ArrowRight")
    assert place.inner_text() == "2 / 38"
    opened.keyboard.press("End")
    assert place.inner_text() == "38 / 38"


def test_the_number_of_an_event_leads_to_it(opened: Page) -> None:
    opened.locator("#in-short a.event").first.click()
    target = opened.evaluate("document.querySelector(':target').id")
    assert target == opened.url.rpartition("#")[2]
    assert opened.locator(f"#{target}").is_visible()


def test_without_scripts_it_is_whole_and_says_that_nothing_was_checked(
    browser: Browser, report: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert "Nothing on this page was checked" in page.locator("#verification").inner_text()
    assert page.locator("article.event").count() == 38
    assert "takes JavaScript" in page.locator("#replay").inner_text()
    context.close()


def test_an_altered_entry_is_seen_and_where(page: Page, report: Path, tmp_path: Path) -> None:
    text = report.read_text()
    place = text.index('"entries/00000015.json":"')
    altered = text[:place] + text[place:].replace("substantiated", "exonerated", 1)
    (tmp_path / "altered.html").write_text(altered)
    page.goto((tmp_path / "altered.html").as_uri())
    page.evaluate("answerable.done")
    assert "bad" in (page.locator("#verification").get_attribute("class") or "")
    assert page.locator("#event-15 .mark").get_attribute("data-holds") == "no"
    assert page.locator("#event-16 .mark").get_attribute("data-holds") == "yes"
