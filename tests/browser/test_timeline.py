"""The timeline of a report's page, chosen from and put in order, by keys and by mouse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page
from tests.support.golden_ledger import RECORDED, fill, told
from tests.support.screens import screens

CASE = "xiaomi-kol"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report on the example, and on what was changed in it later; it carries nothing."""
    folder = tmp_path_factory.mktemp("timeline")
    fill(folder / "answerable.db", told(), RECORDED)
    with screens() as show:
        shown = show(folder, ("report", CASE, "--output", "report.html"), columns=None)
        assert shown.code == 0, shown
    return folder / "report.html"


@pytest.fixture
def timeline(page: Page, page_file: Path) -> Iterator[Locator]:
    """Open the page at its timeline."""
    page.goto(page_file.as_uri())
    yield page.locator("#timeline")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def part(timeline: Locator, name: str) -> Any:
    """Return a part of what chooses."""
    return timeline.locator(f'[data-part="{name}"]')


def shown(timeline: Locator) -> list[int]:
    """Return the numbers of the events that are shown, from the top."""
    rows = timeline.locator("tr[data-position]:not([hidden])")
    return [int(each.get_attribute("data-position") or "") for each in rows.all()]


def data(timeline: Locator) -> Any:
    """Return what the page was given to choose from."""
    return json.loads(timeline.locator("#timeline-data").text_content() or "")


def test_it_begins_with_every_event_as_recorded(timeline: Locator) -> None:
    every = shown(timeline)
    assert every == sorted(each["position"] for each in data(timeline)["events"])
    assert part(timeline, "number").inner_text() == f"{len(every)} of {len(every)} events"


def test_a_kind_and_a_party_are_chosen_by_keys_alone(timeline: Locator, page: Page) -> None:
    given = data(timeline)
    part(timeline, "kind").focus()
    for letter in "sanction imp":  # what is typed in a list chooses in it
        page.keyboard.press(letter if letter != " " else "Space")
    kind = given["kinds"].index("sanction imposed")
    own = [each for each in given["events"] if each["kind"] == kind]
    assert shown(timeline) == [each["position"] for each in own]
    page.keyboard.press("Tab")
    page.keyboard.type("Xu Fei")
    who = given["parties"].index("Xu Fei")
    both = [each["position"] for each in own if who in each["parties"]]
    assert shown(timeline) == both
    assert part(timeline, "number").inner_text() == f"{len(both)} of {len(given['events'])} events"
    assert part(timeline, "number").get_attribute("aria-live") == "polite"
    part(timeline, "all").focus()
    page.keyboard.press("Enter")
    assert len(shown(timeline)) == len(given["events"])


def test_what_was_recorded_late_and_what_was_corrected_is_shown_alone(timeline: Locator) -> None:
    events = data(timeline)["events"]
    for name in ("late", "corrected"):
        part(timeline, name).check()
        assert shown(timeline) == [each["position"] for each in events if each[name]] != []
        assert len(shown(timeline)) < len(events)
        part(timeline, name).uncheck()


def test_the_order_is_that_of_what_happened_and_is_told(timeline: Locator, page: Page) -> None:
    events = data(timeline)["events"]
    part(timeline, "order").focus()
    page.keyboard.press("ArrowDown")
    happened = [each["position"] for each in sorted(events, key=lambda each: each["place"])]
    assert shown(timeline) == happened != sorted(happened)
    heads = timeline.locator("thead th")
    assert [heads.nth(at).get_attribute("aria-sort") for at in (0, 1)] == [None, "ascending"]
    page.keyboard.press("ArrowUp")
    assert shown(timeline) == sorted(happened)
    assert [heads.nth(at).get_attribute("aria-sort") for at in (0, 1)] == ["ascending", None]


@pytest.mark.parametrize("width", [320, 1280, 3840])
def test_it_is_chosen_from_on_any_screen(timeline: Locator, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    part(timeline, "party").select_option(label="Xu Fei")
    rows = timeline.locator("tr[data-position]:visible")
    assert rows.count() == len(shown(timeline)) > 0
    add = "at => at.add(new Option('A commission with a name that has no end '.repeat(3)))"
    part(timeline, "party").evaluate(add)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_keeps_anybody_from_choosing(browser: Browser, page_file: Path) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    part(page.locator("#timeline"), "corrected").check()
    part(page.locator("#timeline"), "order").select_option("place")
    found = Axe().run(page, "#timeline").response["violations"]
    context.close()
    assert [(each["id"], each["impact"]) for each in found] == []


def test_without_scripts_the_table_is_whole_and_nothing_offers_to_choose(
    browser: Browser, page_file: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    timeline = page.locator("#timeline")
    assert not timeline.locator("#timeline-choice").is_visible()
    rows = timeline.locator("tr[data-position]")
    assert rows.count() == len(data(timeline)["events"])
    assert all(each.is_visible() for each in rows.all())
    context.close()
