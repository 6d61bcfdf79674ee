"""The report on a case as its reader sees it: in a real browser, from a file, without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.support.bundles import found_by_answerable, found_by_stranger
from tests.support.golden_ledger import RECORDED, fill, sign, told
from tests.support.screens import NOW, screens
from tests.unit.projections.pages.test_scrubber import undone

from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.projections.pages.scrubber import PANES

WIDTHS = (320, 820, 1440, 3840)
CASE = "xiaomi-kol"
SCRIPT = "</script><script>window.struck = 1</script><img src=x onerror='window.struck = 1'>"
WORD = "x" * 10_000
MANY = "👩🏽‍⚖️ 雷军 עִבְרִית"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the example, by the installed command."""
    folder = tmp_path_factory.mktemp("report")
    fill(folder / "answerable.db", told(), RECORDED)
    sign(folder / "answerable.db", NOW)
    return _written(folder, CASE)


def _written(folder: Path, case: str) -> Path:
    with screens() as show:
        asked = ("report", case, "--output", "report.html")
        shown = show(folder, asked, columns=None)
        assert shown.code == 0, shown
    return folder / "report.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a case whose title and texts would be more than texts."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        {"kind": "case-opened", "title": SCRIPT, "summary": "a\u202egnp.exe"},
        {"kind": "allegation-made", "subject": "person-1", "conduct": WORD},
        {"kind": "apology-issued", "speaker": "person-1", "statement": MANY},
    ]
    told = [json.dumps({"case_id": "acme", **each}).encode() for each in lines]
    fill(folder / "answerable.db", told, [(len(told), NOW)])
    sign(folder / "answerable.db", NOW)
    return _written(folder, "acme")


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


def test_on_paper_nothing_is_cut_off_at_the_edge(opened: Page) -> None:
    opened.set_viewport_size({"width": 680, "height": 960})
    opened.emulate_media(media="print")
    beyond = opened.evaluate(
        "[...document.querySelectorAll('table, .drawing svg')].filter("
        "(each) => each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    opened.emulate_media(media="screen")
    assert beyond == 0


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


def test_each_step_of_the_replay_is_shown_as_it_was_worked_out(opened: Page) -> None:
    """Go backwards, as differences are told forwards, and compare each pane of each step."""
    data = json.loads(opened.locator("#replay-data").text_content() or "")
    panes = [name for name, _ in PANES]
    told = {name: list(undone(each.get(name) for each in data["steps"])) for name in panes}
    for at in reversed(range(len(data["steps"]))):
        shown = opened.evaluate(
            """(panes) => panes.map((name) => {
              const items = document.querySelectorAll(`[data-part="${name}"] li`);
              return [...items].map((item) => item.textContent);
            })""",
            panes,
        )
        assert shown == [[data["lines"][each] for each in told[name][at]] for name in panes]
        opened.evaluate("document.querySelector('[data-part=back]').click()")


def test_the_number_of_an_event_leads_to_it(opened: Page) -> None:
    opened.locator("#in-short a.event").first.click()
    target = opened.evaluate("document.querySelector(':target').id")
    assert target == opened.url.rpartition("#")[2]
    assert opened.locator(f"#{target}").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading_it(
    browser: Browser, report: Path, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("answerable.done")
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"]) for each in found] == []


def test_hostile_texts_are_inert_and_readable(page: Page, hostile: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(hostile.as_uri())
    page.evaluate("answerable.done")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("window.struck") is None
    assert page.locator("main script:not([type])").count() == 0
    shown = page.locator("main").inner_text()
    for text in (SCRIPT, "[U+202E]gnp.exe", WORD, MANY):
        assert text in shown
    assert "ok" in (page.locator("#verification").get_attribute("class") or "")


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


def test_words_that_were_edited_are_seen_and_where(
    page: Page, report: Path, tmp_path: Path
) -> None:
    text = report.read_text()
    place = text.index('id="event-15"')
    altered = text[:place] + text[place:].replace("substantiated", "exonerated", 1)
    (tmp_path / "altered.html").write_text(altered)
    page.goto((tmp_path / "altered.html").as_uri())
    page.evaluate("answerable.done")
    told = page.locator("#verification .problems").inner_text()
    assert told.splitlines() == [
        "this page: the part “Every event” does not read as it was written",
        "a row about #15 in the part “Every event”: it says “Finding about person-4: exonerated, "
        "direct responsibility”, and the record “Finding about person-4: substantiated, direct "
        "responsibility”",
    ]
    assert page.locator("#event-15 .mark").get_attribute("data-holds") == "no"


def test_what_was_recorded_is_shown_from_what_was_checked(opened: Page) -> None:
    event = opened.locator("#event-15")
    event.get_by_text("As it was recorded").click()
    expect(event.locator("[data-recorded]")).to_contain_text("outcomesubstantiated")


def test_what_was_not_known_by_then_is_not_in_the_page(page: Page, report: Path) -> None:
    asked = (
        "report",
        CASE,
        "--format",
        "html",
        "--known-by",
        "2026-01-07",
        "--output",
        "then.html",
    )
    with screens() as show:
        shown = show(report.parent, asked, columns=None)
    assert shown.code == 0, shown
    files = extracted((report.parent / "then.html").read_bytes())
    times = [
        json.loads(files[name])["recorded_at"] for name in files if name.startswith("entries/")
    ]
    assert times
    assert max(times) < "2026-01-08"
    page.goto((report.parent / "then.html").as_uri())
    page.evaluate("answerable.done")
    assert "ok" in (page.locator("#verification").get_attribute("class") or "")
    marks = page.locator("article.event .mark[data-holds=yes]")
    assert page.locator("article.event").count() == marks.count() > 0


def test_a_page_for_the_person_concerned_verifies_itself_in_part(page: Page, report: Path) -> None:
    whom = ("--for", "subject", "--subject", "person-2")
    with screens() as show:
        shown = show(report.parent, ("report", CASE, *whom, "--output", "own.html"), columns=None)
    assert shown.code == 0, shown
    page.goto((report.parent / "own.html").as_uri())
    page.evaluate("answerable.done")
    told = page.locator("#verification .verdict").inner_text()
    assert "21 entries are left out, and proved by the hash." in told
    assert "ok" in (page.locator("#verification").get_attribute("class") or "")
    marks = page.locator("article.event .mark[data-holds=yes]")
    assert page.locator("article.event").count() == marks.count() == 17
    text = (report.parent / "own.html").read_text()
    place = text.index('"hashes/') + len('"hashes/00000000.hash":"')
    other = "B" if text[place] == "A" else "A"
    (report.parent / "bad.html").write_text(f"{text[:place]}{other}{text[place + 1 :]}")
    page.goto((report.parent / "bad.html").as_uri())
    page.evaluate("answerable.done")
    assert "bad" in (page.locator("#verification").get_attribute("class") or "")


def test_both_verifiers_in_python_take_the_report(
    report: Path, hostile: Path, tmp_path: Path
) -> None:
    for data in (hostile.read_bytes(), report.read_bytes()):
        assert found_by_answerable(data, []) == {}
        assert found_by_stranger(data, [], tmp_path) == set()
    data = report.read_bytes()
    place = data.index(b'id="event-15"')
    edited = data[:place] + data[place:].replace(b"substantiated", b"exonerated", 1)
    assert found_by_answerable(edited, []) == {("page", None): {"PageAltered"}}
    assert found_by_stranger(edited, [], tmp_path) == {("page", None)}
