"""The pages as their reader goes through them: one real server, and a real browser."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.end_to_end.conftest import SCRIPT
from tests.support.golden_ledger import RECORDED, ROOT, WRITING, fill, sign, told
from tests.support.screens import NOW

IMAGES = ROOT / "docs" / "images"

PATHS = (
    *("/", "/cases", "/case/xiaomi-kol", "/case/xiaomi-kol/replay", "/case/xiaomi-kol/events"),
    *("/case/xiaomi-kol/tables", "/event/21", "/parties", "/party/person-2", "/search?q=failure"),
    *("/verification", "/verification/check", "/due", "/due?as_of=2026-01-10"),
    "/case/xiaomi-kol?as_of=2026-01-07&known_by=2026-01-10",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that the command prints."""
    folder: Path = tmp_path_factory.mktemp("browse")
    fill(folder / "answerable.db", told(), RECORDED)
    sign(folder / "answerable.db", NOW)
    environment = {**os.environ, "ANSWERABLE_LANGUAGE": "en"}
    with subprocess.Popen(
        [SCRIPT, "browse", "--no-open"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as served:
        assert served.stdout is not None
        yield served.stdout.readline().strip()
        served.terminate()


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """A page that was let in, and asked nobody but the server; its console stays empty."""
    context = browser.new_context(base_url=address.partition("?")[0])
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    yield opened
    context.close()
    assert said == []
    assert {each.partition("/?")[0].rpartition(":")[0] for each in asked} == {"http://127.0.0.1"}


def test_the_token_is_gone_from_the_address(reader: Page, address: str) -> None:
    reader.goto(address)
    assert reader.url == address.partition("?")[0]
    assert reader.evaluate("document.cookie") == ""


@pytest.mark.parametrize("path", PATHS)
def test_every_page_can_be_read_by_everybody(reader: Page, path: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(path)
    assert Axe().run(reader).response["violations"] == []
    reader.set_viewport_size({"width": 320, "height": 700})
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.evaluate(over) <= 0


def test_a_search_by_keys_alone_leads_to_an_event(reader: Page) -> None:
    reader.goto("/cases")
    reader.keyboard.press("/")
    expect(reader.locator("#q")).to_be_focused()
    reader.keyboard.type("failure")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_contain_text("found")
    found = reader.locator("a[data-result]")
    reader.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    reader.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    reader.keyboard.press("ArrowUp")
    reader.keyboard.press("ArrowUp")
    expect(reader.locator("#q")).to_be_focused()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Control+k")
    expect(reader.locator("#q")).to_be_focused()
    reader.keyboard.press("ArrowDown")
    target = found.nth(0).get_attribute("href")
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**{target}")
    expect(reader.locator("main")).to_contain_text("The entry as it was hashed")


def test_a_slash_in_the_box_is_a_slash(reader: Page) -> None:
    reader.goto("/search")
    expect(reader.locator("#q")).to_be_focused()
    reader.keyboard.type("a/b")
    expect(reader.locator("#q")).to_have_value("a/b")


def test_steps_of_a_replay_lead_to_the_events(reader: Page) -> None:
    reader.goto("/case/xiaomi-kol/replay")
    reader.get_by_role("button", name="First").click()
    expect(reader.locator("[data-part=place]")).to_have_text("1 / 38")
    reader.locator("[data-part=said] a.event").click()
    reader.wait_for_url("**/event/*")


def test_a_report_that_was_opened_verifies_itself(reader: Page) -> None:
    reader.goto("/case/xiaomi-kol/report.html")
    reader.evaluate("answerable.done")
    assert "ok" in (reader.locator("#verification").get_attribute("class") or "")


def test_another_page_reads_nothing(browser: Browser, reader: Page, address: str) -> None:
    """Not even in the browser that was let in: from a page of another origin on this machine."""
    other = reader.context.new_page()
    other.goto(f"{address.partition('?')[0].replace('127.0.0.1', 'localhost')}nothing")
    got = other.evaluate(
        "url => fetch(url, {credentials: 'include'}).then(() => 'read', () => 'refused')",
        f"{address.partition('?')[0]}cases",
    )
    assert got == "refused"
    other.close()


def test_a_picture_shows_what_a_page_says(reader: Page) -> None:
    """Made anew as those of a report are (`test_screenshots.py`)."""
    reader.set_viewport_size({"width": 1280, "height": 800})
    reader.goto("/party/person-2")
    shown = reader.locator("#content").inner_text().strip()
    words = IMAGES / "browse.txt"
    if WRITING:
        reader.screenshot(path=IMAGES / "browse.png")
        words.write_text(f"{shown}\n", encoding="utf-8")
    assert words.read_text(encoding="utf-8").strip() == shown
