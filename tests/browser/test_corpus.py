"""The verifier in JavaScript, in a real browser, on the corpus of both verifiers in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from tests.property.test_bundle_mutations import STRANGERS
from tests.support.bundles import Packed, Place, as_page, found_by_answerable, packed_case
from tests.support.judged_bundles import Judged, judged_by_unit_tests
from tests.support.lengths import examples
from tests.support.mutations import mutated
from tests.unit.ledger.bundle.in_page.test_pages import CONTENTS

from answerable.ledger.bundle import zip_file
from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING
from answerable.ledger.bundle.in_page.scripts import checks

BATCH = 50

FIND = """async (asked) => {
  const found = [];
  for (const [told, keys] of asked) {
    try {
      const files = answerable.readBundle(told);
      const { problems } = await answerable.verifyBundle(files, { pastedKeys: keys });
      found.push(problems.map(({ file, position }) => [file, position]));
    } catch (error) {
      if (!(error instanceof answerable.Wrong)) throw error;
      found.push([[null, null]]);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


@pytest.fixture(scope="module")
def judge(
    page: Page,
    tmp_path_factory: pytest.TempPathFactory,
    unavailable: Callable[[str], NoReturn],
) -> Page:
    """A page of a file that has the verifier, and nothing else."""
    place = tmp_path_factory.mktemp("page") / "empty.html"
    place.write_text("<!doctype html><title>Empty</title>")
    page.goto(place.as_uri())
    page.evaluate(checks())
    if page.evaluate(NO_ML_DSA):
        unavailable("this chromium does not know ML-DSA-44, so it cannot judge all that Python can")
    return page


NO_ML_DSA = """() => crypto.subtle.importKey(
  "raw-public", new Uint8Array(1312), "ML-DSA-44", false, ["verify"]
).then(() => false, () => true)"""


def told_in(page: bytes) -> str:
    """The text of the element that carries a bundle."""
    return page.decode().partition(OPENING)[2].partition(CLOSING)[0]


def found_by_browser(judge: Page, asked: Iterable[Judged]) -> Iterator[set[Place]]:
    """Where the browser finds something wrong in each."""
    told = [(told_in(page), [str(key) for key in keys]) for page, keys, _ in asked]
    for at in range(0, len(told), BATCH):
        for places in judge.evaluate(FIND, told[at : at + BATCH]):
            yield {(file, None if place is None else int(place)) for file, place in places}


def differing(judge: Page, asked: Sequence[Judged]) -> list[tuple[set[Place], set[Place]]]:
    """Return what the browser and Python find, where they differ."""
    found = found_by_browser(judge, asked)
    return [
        (theirs, each.wrong)
        for theirs, each in zip(found, asked, strict=True)
        if theirs != each.wrong
    ]


def test_the_corpus_is_judged_as_in_python(judge: Page, packed: Packed) -> None:
    corpus = judged_by_unit_tests(packed)
    good = sum(not each.wrong for each in corpus)
    assert good > 50
    assert len(corpus) - good > 150
    assert differing(judge, corpus) == []


def test_what_was_changed_by_chance_is_judged_as_in_python(judge: Page, packed: Packed) -> None:
    assert changed_by_chance(judge, packed, Random(14), 60) == []


@pytest.mark.soak
@settings(max_examples=examples(30))
@given(st.integers(0, 2**32))
def test_what_was_changed_is_judged_as_in_python_for_long(
    judge: Page, packed: Packed, seed: int
) -> None:
    assert changed_by_chance(judge, packed, Random(seed), 100) == []


def changed_by_chance(
    judge: Page, packed: Packed, random: Random, count: int
) -> list[tuple[set[Place], set[Place]]]:
    """Where the browser and Python differ on bundles that were changed by chance."""
    files = zip_file.unpack(packed.made.data)
    asked: list[Judged] = []
    while len(asked) < count:
        made = as_page(mutated(random, files, packed.signers, STRANGERS))
        if made is not None:
            keys = random.choice(([], packed.keys))
            asked.append(Judged(made, keys, {*found_by_answerable(made, keys)}))
    return differing(judge, asked)


def test_what_no_page_holds_is_refused(judge: Page) -> None:
    asked = [(content, [""]) for content, _ in CONTENTS.values()]
    assert judge.evaluate(FIND, asked) == [[[None, None]]] * len(asked)


@pytest.mark.parametrize("key", ["x", "example.com/ledger+00000000+AQ==", "a+b"])
def test_a_pasted_key_that_is_none_is_refused(judge: Page, packed: Packed, key: str) -> None:
    told = told_in(as_page(packed.made.data) or b"")
    assert judge.evaluate(FIND, [(told, [key])]) == [[[None, None]]]


WITHOUT = """async (told) => {
  const { importKey } = SubtleCrypto.prototype;
  const none = new DOMException("", "NotSupportedError");
  SubtleCrypto.prototype.importKey = () => Promise.reject(none);
  try {
    const found = await answerable.verifyBundle(answerable.readBundle(told));
    return [found.ok, found.keys.map(({ checked }) => checked), found.unchecked];
  } finally {
    SubtleCrypto.prototype.importKey = importKey;
  }
}"""


def test_a_browser_that_knows_no_signatures_says_which_it_did_not_check(
    judge: Page, packed: Packed
) -> None:
    ok, checked, unchecked = judge.evaluate(WITHOUT, told_in(as_page(packed.made.data) or b""))
    assert ok
    assert checked == [None, None]
    for key, name in zip(packed.keys, ("Ed25519", "ML-DSA-44"), strict=True):
        called = f"the signature by {name} of {key.name}, key {key.id.hex()}: "
        assert any(each.startswith(called) for each in unchecked)


def test_what_was_found_is_told(judge: Page, packed: Packed) -> None:
    told = told_in(as_page(packed.made.data) or b"")
    asked = """async (told) => {
      const found = await answerable.verifyBundle(answerable.readBundle(told));
      const rows = [...found.entries].map(([at, { ok }]) => [at, ok]);
      const { ok, root, origin, keys, trusted, open, withheld, problems } = found;
      const size = String(found.size);
      const named = keys.map(({ name, hash, fingerprint }) => [name, hash, fingerprint]);
      return { ok, root, origin, trusted, open, withheld, problems, size, rows, named };
    }"""
    head = packed.made.checkpoint
    assert judge.evaluate(asked, told) == {
        "ok": True,
        "root": head.root.hex(),
        "origin": head.origin,
        "size": str(head.size),
        "trusted": False,
        "open": packed.made.disclosed,
        "withheld": 2,
        "problems": [],
        "rows": [[str(at), True] for at in (0, 2, 3, 4, 5, 6, 7, 8, 9, 10)],
        "named": [[key.name, key.id.hex(), key.fingerprint] for key in packed.keys],
    }
