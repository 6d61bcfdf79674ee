"""Bundles under chance: nothing altered is ever passed, and nothing makes a verifier stumble."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.support.bundles import found_by_answerable, found_by_stranger, repacked, signed_ledger
from tests.support.lengths import examples

from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle import zip_file
from answerable.ledger.bundle.writer import Withheld, make_bundle
from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.merkle import grow, inclusion_proof, leaf_hash
from answerable.ledger.tlog.note import VerifierKey

UNSIGNED = ("README.txt", "verify.py", "keys.txt", "manifest.json")
"""Files that a change may leave meaning the same, or that nobody vouches for."""


class Given(NamedTuple):
    """A bundle, the keys that signed it, and a folder to try it in."""

    data: bytes
    files: dict[str, bytes]
    keys: list[VerifierKey]
    folder: Path


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Given:
    folder = tmp_path_factory.mktemp("chance")
    ledger, signers = signed_ledger(folder)
    with ledger:
        data = make_bundle(ledger, "acme", Withheld()).data
    return Given(data, zip_file.unpack(data), [signer.key for signer in signers], folder)


def passed(packed: Given, data: bytes) -> bool:
    """Whether a bundle passes, on which both verifiers must agree."""
    by_us = not found_by_answerable(data, packed.keys)
    assert by_us == (not found_by_stranger(data, packed.keys, packed.folder))
    return by_us


@settings(max_examples=examples(45))
@given(st.data())
def test_no_flipped_bit_of_the_zip_alters_what_passes(packed: Given, data: DataObject) -> None:
    flipped = bytearray(packed.data)
    for at in data.draw(st.lists(st.integers(0, len(flipped) * 8 - 1), min_size=1, max_size=3)):
        flipped[at // 8] ^= 1 << at % 8
    if passed(packed, bytes(flipped)):
        assert zip_file.unpack(bytes(flipped)) == packed.files


@settings(max_examples=examples(45))
@given(st.data())
def test_no_change_to_a_file_is_passed_though_the_manifest_was_mended(
    packed: Given, data: DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(packed.files.keys() - set(UNSIGNED))))
    content = bytearray(packed.files[name])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))

    def change(files: dict[str, bytes]) -> None:
        files[name] = bytes(content)

    if passed(packed, repacked(packed.data, change, relist=True)):
        assert content == packed.files[name] or name == "disclosures.json"
        if name == "disclosures.json":
            assert json.loads(content) == json.loads(packed.files[name])


json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.data())
def test_a_manifest_of_any_shape_makes_no_verifier_stumble(packed: Given, data: DataObject) -> None:
    manifest = json.loads(packed.files["manifest.json"])
    changed = {**manifest, data.draw(st.sampled_from(sorted(manifest))): data.draw(json_values)}
    if passed(packed, with_file(packed, "manifest.json", changed, relist=False)):
        assert changed == manifest


@given(st.data())
def test_texts_of_any_shape_make_no_verifier_stumble(packed: Given, data: DataObject) -> None:
    texts = json.loads(packed.files["disclosures.json"])
    drawn = data.draw(json_values | st.lists(st.none() | st.text(max_size=9), max_size=4))
    changed = {**texts, data.draw(st.sampled_from(sorted(texts))): drawn}
    if passed(packed, with_file(packed, "disclosures.json", changed, relist=True)):
        assert changed == texts


def with_file(packed: Given, name: str, value: Any, *, relist: bool) -> bytes:
    """The bundle with another value in a JSON file."""

    def change(files: dict[str, bytes]) -> None:
        files[name] = json.dumps(value).encode()

    return repacked(packed.data, change, relist=relist)


@given(st.binary(max_size=300))
def test_no_bytes_make_a_verifier_stumble(packed: Given, data: bytes) -> None:
    assert not passed(packed, data)


@given(st.integers(1, 70), st.data())
def test_both_ways_from_an_entry_to_the_root_are_the_same(size: int, data: DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree = grow(0, [leaf_hash(b"%d" % at) for at in range(size)], lambda level, number: b"")
    path = inclusion_proof(index, size, lambda level, number: tree.tiles[level, number])
    assert stranger.root_from(leaf_hash(b"%d" % index), index, size, path) == tree.root
    longer = [*path, bytes(32)]
    assert stranger.root_from(b"%d" % index, index, size, longer) != tree.root
    assert stranger.root_from(b"%d" % index, index, size, path[:-1]) != tree.root or not path


@given(st.text(max_size=60) | st.from_regex(r"[a-z.]{1,5}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{0,44}=?"))
def test_both_take_the_same_for_a_key(text: str) -> None:
    lines = [line.strip() for line in text.splitlines()]
    try:
        ours = [VerifierKey.parse(line).id for line in lines if line and not line.startswith("#")]
    except NotVerified:
        ours = None
    try:
        theirs = [key.id for key in stranger.parse_keys(text)]
    except stranger.Wrong:
        theirs = None
    assert ours == theirs
