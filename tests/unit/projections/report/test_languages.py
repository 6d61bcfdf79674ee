"""See that a report says nothing but messages: in another language, no English is left."""

import pytest
from tests.support.golden_ledger import told
from tests.support.pseudo_language import left, own_words, pseudo_language, words_outside

from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger
from answerable.projections.blocks.blocks import Written
from answerable.projections.report.report import report_on
from answerable.projections.report.written import written


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, list[str]]:
    """Return the report on the example, its messages in brackets, and what is told as recorded."""
    lines = [parse_line(line) for line in told()]
    path = tmp_path_factory.mktemp("languages") / "ledger.db"
    with in_language(pseudo_language()), Ledger.create(path) as ledger:
        ledger.append_all(lines, recorded_by="test")
        answer = written(report_on(ledger, "xiaomi-kol", version="1"))
        return answer, own_words(ledger.events())


def test_nothing_is_said_but_in_messages(made: tuple[Written, list[str]]) -> None:
    example, recorded = made
    sections = {each.name: (each.title, each.blocks) for each in example.sections}
    sections[""] = ("", example.lead)
    found = {
        name: [*words_outside(title), *(word for block in blocks for word in left(block, recorded))]
        for name, (title, blocks) in sections.items()
    }
    assert {name: words for name, words in found.items() if words} == {}
