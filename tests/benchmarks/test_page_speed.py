"""Measure what it takes a browser to check the record that a page carries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from tests.benchmarks.conftest import Race
from tests.support.chromium import chromium
from tests.support.signed_ledger import contact, house

from answerable.ledger.bundle.in_page.embedded import embedded, page_files
from answerable.ledger.bundle.in_page.scripts import checks
from answerable.ledger.bundle.writer import Withheld, make_bundle

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
