"""A report in Chinese, as its reader sees it in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.support.golden_ledger import RECORDED, fill, sign, told
from tests.support.screens import NOW, screens

WIDTHS = (320, 820, 1440)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the example in Chinese, by the installed command."""
    folder = tmp_path_factory.mktemp("chinese")
    fill(folder / "answerable.db", told(), RECORDED)
    sign(folder / "answerable.db", NOW)
    with screens() as show:
        asked = ("report", "xiaomi-kol", "--language", "zh-Hans", "--output", "report.html")
        shown = show(folder, asked, columns=None)
        assert shown.code == 0, shown
    return folder / "report.html"


@pytest.fixture
def opened(page: Page, report: Path) -> Page:
    page.goto(report.as_uri())
    page.evaluate("answerable.done")
    return page


def test_the_verifier_says_what_it_found_in_chinese(opened: Page) -> None:
    assert opened.locator("html").get_attribute("lang") == "zh-Hans"
    assert opened.locator("#verification .verdict").inner_text().startswith("✓ 内部一致：45 条记录")
    assert opened.locator("article.event .mark").first.inner_text() == "✓ 已证明"


def test_what_is_altered_is_said_in_chinese(page: Page, report: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.html"
    text = report.read_text(encoding="utf-8")
    altered.write_text(text.replace("无人", "有人").replace("被问责", "未被问责"), encoding="utf-8")
    page.goto(altered.as_uri())
    page.evaluate("answerable.done")
    assert page.locator("#verification .verdict").inner_text().startswith("✗ 核验未通过。本页有")
    assert "部分与生成时不一致" in page.locator("#verification .problems").inner_text()


def test_a_pasted_key_is_judged_in_chinese(opened: Page) -> None:
    opened.locator("#verification summary").first.click()
    opened.locator("#verification-key").fill("nonsense")
    opened.get_by_role("button", name="用此密钥核验").click()
    opened.wait_for_function("document.querySelector('#verification output').textContent !== ''")
    assert "不是可用于核验的密钥" in opened.locator("#verification output").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_width_and_keeps_nobody_from_reading(
    browser: Browser, report: Path, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("answerable.done")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    context.close()
    assert [
        each["id"] for each in found if each["impact"] in ("moderate", "serious", "critical")
    ] == []
