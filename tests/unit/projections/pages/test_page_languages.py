"""A report's page says nothing but messages: all else on it was recorded."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.support.golden_ledger import told
from tests.support.pseudo_language import own_words, pseudo_language, words_outside

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.pages.case_page import Carried, case_page
from answerable.projections.pages.content import content_of
from answerable.projections.pages.scrubber import replay_of
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of

EXAMPLES = Path(__file__).parents[4] / "examples"

PASSED_OVER = ("script", "style", "bdi", "code", "blockquote", "h1", "title", "svg")
"""The elements that hold no words of ours but in pieces: recorded texts, and what is drawn."""

SAID = ("aria-label", "data-said", "alt", "title")
"""The attributes that hold words."""


class Words(HTMLParser):
    """Collects the texts of a page that are ours, and those that scripts are to show."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.data: dict[str, str] = {}
        self._within: list[str] = []
        self._element = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.texts.extend(str(told[name]) for name in SAID if told.get(name))
        if tag in PASSED_OVER:
            self._within.append(tag)
            self._element = told.get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.texts.append(data)
        elif self._within[-1] == "script" and self._element:
            self.data[self._element] = data


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Words, list[str]]:
    """Return the words of the example's page, and what on it is told as it was recorded."""
    path = tmp_path_factory.mktemp("languages") / "ledger.db"
    with in_language(pseudo_language()), Ledger.create(path) as ledger:
        ledger.append_all([parse_line(line) for line in told()], recorded_by="test")
        looked = look(ledger, "xiaomi-kol")
        report = report_of(looked, version="1")
        content = content_of(report, looked)
        found = Words()
        found.feed(case_page(content, replay_of(looked), Carried()))
        names = [text for each in report.parties for text in (each.name, *each.titles) if text]
        opened = ledger.opened([each.position for each in report.timeline]).values()
        sealed = [text for each in opened for text in each.fields.values() if text]
        return found, [*names, *map(str, sealed), *own_words(ledger.events())]


def test_a_page_says_nothing_but_messages(page: tuple[Words, list[str]]) -> None:
    found, recorded = page
    recorded.sort(key=len, reverse=True)
    texts = (re.sub(r"\{\w+\}", "", each) for each in found.texts)
    left = [each for each in texts if words_outside(each, recorded)]
    assert left == []


def test_what_a_page_shows_of_each_step_is_messages(page: tuple[Words, list[str]]) -> None:
    found, recorded = page
    recorded.sort(key=len, reverse=True)
    replay = json.loads(found.data["replay-data"])
    said = [*replay["lines"], *(step["said"] for step in replay["steps"])]
    said += [step["when"] for step in replay["steps"]]
    assert len(said) > 100
    assert [each for each in said if words_outside(each, recorded)] == []


@pytest.mark.parametrize("case", ["andersen", "snc-lavalin", "tailwind", "tesco"])
def test_each_public_case_has_a_page_in_chinese(case: str, tmp_path: Path) -> None:
    lines = (EXAMPLES / "cases" / f"{case}.jsonl").read_text("utf-8").splitlines()
    with Ledger.create(tmp_path / "ledger.db") as ledger:
        ledger.append_all(map(parse_line, lines), recorded_by="test")
        with in_language(language("zh-Hans")):
            looked = look(ledger, case)
            content = content_of(report_of(looked, version="1"), looked)
            page = case_page(content, replay_of(looked), Carried())
    assert '<html lang="zh-Hans"' in page
