"""The report as a PDF, by the installed command, read back by pdftotext."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli


@pytest.fixture
def pdftotext(unavailable: Callable[[str], NoReturn]) -> str:
    found = shutil.which("pdftotext")
    if found is None:
        unavailable("pdftotext is not installed")
    if find_spec("weasyprint") is None:
        unavailable("WeasyPrint is not installed")
    return found


def test_a_report_is_printed_with_its_answer_numbers_of_pages_and_the_head_of_the_log(
    story: Cli, pdftotext: str
) -> None:
    story("report", "xiaomi-kol", "--output", "r.pdf")

    def read(*command: str) -> str:
        done = subprocess.run(command, cwd=story.folder, capture_output=True, check=True)
        return done.stdout.decode()

    about = dict(line.split(":", 1) for line in read("pdfinfo", "r.pdf").splitlines())
    assert about["Tagged"].strip() == "yes"
    assert re.search(r"pdfuaid:part\W+1", read("pdfinfo", "-meta", "r.pdf"))
    told = read(pdftotext, "-layout", "r.pdf", "-")
    # The whole answer, and where the rest is to be found.
    assert told.index("The record does not tell") < told.index("Accountability register")
    assert re.search(r"Every event[\s.]+\d+", told)
    pages = told.removesuffix("\f").split("\f")
    assert "Three people are accountable" in pages[0]
    root = story("verify", "--json").json["root"]
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert f"28 entries, root {root}" in page
    assert "Contact with a KOL" in pages[-1]
    assert all(f"#{position} " in told for position in range(6, 28))


def test_an_answer_in_tables_is_printed_with_the_head_of_the_log_on_each_page(
    story: Cli, pdftotext: str
) -> None:
    story("status", "--as-of", "2026-03-31", "--output", "s.pdf")
    done = subprocess.run(
        [pdftotext, "-layout", "s.pdf", "-"], cwd=story.folder, capture_output=True, check=True
    )
    pages = done.stdout.decode().removesuffix("\f").split("\f")
    root = story("verify", "--json").json["root"]
    assert "Who is accountable, who is barred, and" in pages[0]
    assert "As of 2026-03-31 23:59 UTC" in pages[0]
    assert all(f"28 entries, root {root}" in each for each in pages)


def test_a_template_is_printed_through_the_gate_too(story: Cli, pdftotext: str) -> None:
    (story.folder / "own.html").write_text(
        '<!doctype html><html lang="{{ language }}"><head>'
        '<meta http-equiv="Content-Security-Policy" content="{{ content_policy }}">'
        "<title>{{ title_text }}</title><style>{{ style }}</style></head><body>"
        "{% if paper %}<p>On our own paper</p>{% endif %}<h1>{{ title }}</h1>"
        "{% for each in sections if each.body %}<h2>{{ each.title }}</h2>{{ each.body }}"
        "{% endfor %}{% for each in scripts %}<script>{{ each }}</script>{% endfor %}</body></html>"
    )
    given = ("--template", "own.html", "--for", "subject", "--subject", "Xu Fei")
    story("report", "xiaomi-kol", *given, "--output", "own.pdf")
    told = subprocess.run(
        [pdftotext, str(story.folder / "own.pdf"), "-"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert "On our own paper" in told
    assert "Contact with a KOL" in told
    assert "Xu Jieyun" not in told
