"""The report on all cases is made of messages: in another language, no word of English is left."""

from pathlib import Path

from tests.support.builders import Memory
from tests.support.pseudo_language import left, own_words, pseudo_language, words_outside

from answerable.cli.reporting.report_all import document
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse_line
from answerable.projections.across.across import across_cases
from answerable.projections.figures.benchmark import read_benchmark
from answerable.projections.metrics.counts import COUNTED
from answerable.projections.metrics.wording import number_words

EXAMPLES = Path(__file__).parents[4] / "examples"


def test_nothing_is_said_but_in_messages() -> None:
    log = Memory()
    for name in ("speak-up/reports.jsonl", "xiaomi-kol.jsonl", "cases/tesco.jsonl"):
        for line in (EXAMPLES / name).read_bytes().splitlines():
            log.record(parse_line(line))
    others = EXAMPLES / "speak-up" / "benchmark.toml"
    benchmark = read_benchmark(others.read_bytes(), others.name)
    told = [
        *own_words(log.events()),
        *(each for mark in benchmark.marks for each in mark if isinstance(each, str)),
    ]
    with in_language(pseudo_language()):
        shown = document(across_cases(log, version="1", benchmark=benchmark, most=2))
    assert {
        section.name: words
        for section in shown.written.sections
        if (
            words := [
                *words_outside(section.title),
                *(word for block in section.blocks for word in left(block, told)),
            ]
        )
    } == {}


def test_every_number_has_words() -> None:
    assert [number_words(name) for name in COUNTED] == [*COUNTED]
