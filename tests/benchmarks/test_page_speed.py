"""Measure what a report as a page takes: to write it, and a browser to open and to check it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.benchmarks.conftest import Race
from tests.support.chromium import chromium
from tests.support.one_case import large
from tests.support.signed_ledger import contact, house

from answerable.cli.main import COLLECTING
from answerable.ledger.bundle.in_page.embedded import embedded, page_files
from answerable.ledger.bundle.in_page.scripts import checks
from answerable.ledger.bundle.writer import Withheld, make_bundle

SHORT, LONG = 30, 1_000
"""The events of the cases whose pages have a target."""

READ = "told => { globalThis.files = answerable.readBundle(told); }"
VERIFY = """async () => {
  const { ok, entries } = await answerable.verifyBundle(files);
  return ok ? entries.size : 0;
}"""
COUNT = """async () => {
  const { digest } = SubtleCrypto.prototype;
  globalThis.hashed = [];
  SubtleCrypto.prototype.digest = function (algorithm, bytes) {
    hashed.push(bytes);
    return digest.call(this, algorithm, bytes);
  };
  await answerable.verifyBundle(files);
  SubtleCrypto.prototype.digest = digest;
  return hashed.length;
}"""
HASH = """async () => {
  await Promise.all(hashed.map((bytes) => crypto.subtle.digest("SHA-256", bytes)));
}"""


def test_verify_a_page_in_a_browser(
    race: Race,
    scale: Callable[[int, int], int],
    tmp_path: Path,
    unavailable: Callable[[str], NoReturn],
) -> None:
    """A log of twenty times as many entries, so that proofs have some length."""
    size = scale(1_000, 20)
    made = house(tmp_path)
    with made.ledger:
        for start in range(0, 20 * size, size):
            case = "acme" if start == 9 * size else "other"
            events = [contact(number, case) for number in range(start, start + size)]
            made.ledger.append_all(events, recorded_by="jane")
        made.sign()
        told = embedded(page_files(make_bundle(made.ledger, "acme", Withheld()).files))
    place = tmp_path / "empty.html"
    place.write_text("<!doctype html><title>Empty</title>")
    with chromium(unavailable) as browser:
        page = browser.new_page()
        page.goto(place.as_uri())
        page.evaluate(checks())
        page.evaluate(READ, told)
        count = page.evaluate(COUNT)

        def ours() -> None:
            assert page.evaluate(VERIFY) == size

        def floor() -> None:
            page.evaluate(HASH)

        race(
            ours,
            floor,
            name=f"a page that carries {size:,} entries, verified in Chromium",
            against=f"the {count:,} hashes alone that it takes, there",
            target="under 2 s",
        )


@pytest.fixture(autouse=True)
def _collecting_as_the_command_does() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTING)
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("events", "target"), [(SHORT, "under 150 ms"), (LONG, "under 1 s")], ids=str
)
def test_write_a_page(race: Race, tmp_path: Path, events: int, target: str) -> None:
    """Write the page of a case, and its report in Markdown, from the record each time."""
    with large(tmp_path, events) as case:
        race(
            lambda: case.written("html"),
            lambda: case.written("markdown"),
            name=f"a report of {events:,} events as a page, with its record, in process",
            against="the same report in Markdown",
            target=target,
            rounds=21 if events == SHORT else 5,
        )


def test_open_and_verify_a_page(
    race: Race,
    scale: Callable[[int, int], int],
    tmp_path: Path,
    unavailable: Callable[[str], NoReturn],
) -> None:
    """Open a page from its file until it has marked every row."""
    place = tmp_path / "large.html"
    with large(tmp_path, scale(LONG, SHORT)) as case:
        place.write_bytes(case.written("html"))
    with chromium(unavailable) as browser:
        with_scripts = browser.new_page()
        without = browser.new_context(java_script_enabled=False).new_page()

        def ours() -> None:
            with_scripts.goto(place.as_uri())
            assert with_scripts.evaluate("answerable.done.then(({ ok }) => ok)")

        def floor() -> None:
            without.goto(place.as_uri())

        race(
            ours,
            floor,
            name=f"a report of {scale(LONG, SHORT):,} events, opened and verified in Chromium",
            against="the same page opened there without scripts",
            target="under 2 s",
        )
