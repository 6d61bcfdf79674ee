"""The report on all cases as its reader sees it: in a real browser, without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.support.golden_ledger import REPORTS, fill, told
from tests.support.screens import NOW, screens

WIDTHS = (320, 820, 1440, 3840)
SCRIPT = "</script><script>window.struck = 1</script><img src=x onerror='window.struck = 1'>"
WORD = "x" * 1_000
MANY = "👩🏽‍⚖️ 雷军 עִבְרִית"


def _written(folder: Path, lines: list[bytes]) -> Path:
    fill(folder / "answerable.db", lines, [(len(lines), NOW)])
    asked = ("report", "--all", "--as-of", "2026-03-31", "--output", "all.html")
    with screens() as show:
        shown = show(folder, asked, columns=None)
    assert shown.code == 0, shown
    return folder / "all.html"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the example and on the reports of a year, by the installed command."""
    lines = told() + REPORTS.read_bytes().splitlines()
    return _written(tmp_path_factory.mktemp("across"), lines)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on cases whose titles, names and texts would be more than texts."""
    titles = (SCRIPT, WORD, MANY, "a\u202egnp.exe")
    told = [
        {"case_id": f"case-{number}", **each}
        for number, title in enumerate(titles)
        for each in (
            {"kind": "case-opened", "title": title},
            {
                "kind": "party-registered",
                "party": f"person-{number}",
                "name": title,
                "type": "person",
            },
            {
                "kind": "finding-made",
                "subject": f"person-{number}",
                "outcome": "substantiated",
                "responsibility": "direct",
                "conduct": title,
            },
            {"kind": "counterparty-barred", "counterparty": f"person-{number}"},
        )
    ]
    folder = tmp_path_factory.mktemp("hostile")
    return _written(folder, [json.dumps(each).encode() for each in told])


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_width(page: Page, report: Path, hostile: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for each in (report, hostile):
        page.goto(each.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_its_first_screen_has_the_answer(page: Page, report: Path) -> None:
    page.set_viewport_size({"width": 820, "height": 900})
    page.goto(report.as_uri())
    for said in ("are accountable.", "reports were received", "Still to be done", "One bar is"):
        box = page.locator(".headline").get_by_text(said).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900, said


def test_the_head_of_the_record_stands_at_its_foot(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    assert "entries, root" in page.locator("footer").inner_text()
    assert page.locator("main").get_by_text("entries, root").count() == 0


def test_no_word_of_its_figures_is_broken_on_a_telephone(page: Page, report: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(report.as_uri())
    broken = page.evaluate(
        "[...document.querySelectorAll('#figures th')].filter((each) => "
        "each.scrollWidth > each.clientWidth || each.clientHeight > 40)"
        ".map((each) => each.innerText)"
    )
    assert broken == []


def test_it_asks_for_nothing_but_itself(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.close()
    assert asked == [report.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading_it(
    browser: Browser, report: Path, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(report.as_uri())
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"]) for each in found] == []


def test_hostile_texts_are_inert_and_readable(page: Page, hostile: Path) -> None:
    page.goto(hostile.as_uri())
    assert page.evaluate("window.struck") is None
    assert page.locator("script").count() == 0
    shown = page.locator("main").inner_text()
    for text in (SCRIPT, "[U+202E]gnp.exe", WORD, MANY):
        assert text in shown


def test_a_cell_says_on_a_telephone_what_it_says_elsewhere_and_in_lines_alike(
    page: Page, report: Path
) -> None:
    said = []
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(report.as_uri())
        said.append(page.locator("#register td").all_inner_texts())
    assert said[0] == said[1]
    assert any("(" in each for each in said[0])
