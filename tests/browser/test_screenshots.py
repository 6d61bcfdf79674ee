"""The pictures of a report in README.md and in the documentation: made here, of the example.

Fonts differ from machine to machine, so a picture is not compared: what it shows in words is. Where
these changed, make the pictures again, and look at them:

    make test ARGS='-k screenshots' ANSWERABLE_GOLDEN=write
"""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser
from tests.support.golden_ledger import RECORDED, ROOT, WRITING, fill, sign, told
from tests.support.screens import NOW, screens

IMAGES = ROOT / "docs" / "images"
SIZE = (1280, 800)


class Picture(NamedTuple):
    """A picture: its file, where on the page it is taken, and in which colours."""

    name: str
    section: str
    scheme: Literal["light", "dark"]
    language: str = "en"


PICTURES = (
    Picture("report", "content", "light"),
    Picture("report-replay", "replay", "dark"),
    Picture("report-chinese", "content", "light", "zh-Hans"),
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the report on the example in each language, by its tag."""
    folder = tmp_path_factory.mktemp("pictured")
    fill(folder / "answerable.db", told(), RECORDED)
    sign(folder / "answerable.db", NOW)
    asked = ("report", "xiaomi-kol", "--as-of", "2026-03-31")
    with screens() as show:
        for tag in {each.language for each in PICTURES}:
            how = ("--language", tag, "--output", f"{tag}.html")
            assert show(folder, (*asked, *how), columns=None).code == 0
    return folder


def has_ideographs() -> bool:
    """Tell whether a font of this machine has the ideographs of Simplified Chinese."""
    found = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(found.stdout.strip())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: each.name)
def test_a_picture_shows_what_the_page_says(
    browser: Browser, reports: Path, picture: Picture
) -> None:
    width, height = SIZE
    context = browser.new_context(
        color_scheme=picture.scheme, viewport={"width": width, "height": height}, offline=True
    )
    page = context.new_page()
    page.goto((reports / f"{picture.language}.html").as_uri())
    page.evaluate("answerable.done")
    if picture.section != "content":
        page.locator(f"#{picture.section}").evaluate("(each) => each.scrollIntoView()")
    shown = page.locator(f"#{picture.section}").inner_text()
    words = IMAGES / f"{picture.name}.txt"
    image = IMAGES / f"{picture.name}.png"
    if WRITING and picture.language != "en" and not has_ideographs():
        pytest.skip("no font here has ideographs: tests/system-packages.sh installs one")
    if WRITING:
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=image)
        words.write_text(_first(shown), encoding="utf-8")
    context.close()
    assert words.read_text(encoding="utf-8") == _first(shown)
    assert struct.unpack(">II", image.read_bytes()[16:24]) == SIZE


def _first(shown: str) -> str:
    """Return the lines that a picture has room for."""
    return "\n".join(line for line in shown.splitlines() if line.strip())[:1_200] + "\n"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda each: each.name)
def test_a_picture_is_shown(picture: Picture) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"{picture.name}.png" in page.read_text(encoding="utf-8") for page in pages)
