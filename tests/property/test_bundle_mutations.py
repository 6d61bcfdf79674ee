"""Both verifiers of bundles under chance: whatever was changed, in a zip or a page, they agree."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.bundles import (
    Files,
    Packed,
    as_page,
    found_by_answerable,
    found_by_stranger,
    packed_case,
)
from tests.support.lengths import examples
from tests.support.mutations import mutated

from answerable.ledger.bundle import zip_file
from answerable.ledger.tlog.note_signatures import Signer

STRANGERS = [
    Signer.generate(name, kind)
    for name, kind in (
        *(("example.com/ledger", 1), ("example.com/ledger", 4), ("example.com/ledger", 6)),
        *(("witness.example", 4), ("witness.example", 6), ("n" * 256, 6), ("été", 1)),
    )
]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


@pytest.fixture(scope="module")
def files(packed: Packed) -> Files:
    return zip_file.unpack(packed.made.data)


def disagreement(packed: Packed, files: Files, seed: int) -> str | None:
    """What the verifiers say of a bundle that is changed by chance, if they differ."""
    random = Random(seed)
    data = mutated(random, files, packed.signers, STRANGERS)
    keys = random.choice(([], packed.keys))
    if seed % 4 == 0:
        data = as_page(data) or data
    ours = found_by_answerable(data, keys)
    theirs = found_by_stranger(data, keys, packed.folder)
    if theirs == ours.keys():
        return None
    (packed.folder / f"{seed}.zip").write_bytes(data)
    return f"{ours} and {theirs}: {packed.folder / f'{seed}.zip'}"


seeds = st.integers(0, 2**32)


@settings(max_examples=examples(60))
@given(seed=seeds)
def test_both_judge_what_was_changed_alike(packed: Packed, files: Files, seed: int) -> None:
    assert disagreement(packed, files, seed) is None


@pytest.mark.soak
@settings(max_examples=20_000)
@given(seed=seeds)
def test_both_judge_what_was_changed_alike_for_long(
    packed: Packed, files: Files, seed: int
) -> None:
    assert disagreement(packed, files, seed) is None


def test_some_of_what_is_changed_passes(packed: Packed, files: Files) -> None:
    """Were all of it refused for its clumsiness, the properties above would tell nothing."""
    changed = (mutated(Random(seed), files, packed.signers, STRANGERS) for seed in range(150))
    passing = [data for data in changed if not found_by_answerable(data, [])]
    assert 8 < len({*passing}) < 100
    assert any(
        zip_file.unpack(data)["disclosures.json"] != files["disclosures.json"] for data in passing
    )
