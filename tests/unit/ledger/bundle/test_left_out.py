"""A bundle of a part of a case: of an entry that is left out, the hash holds its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from tests.support.bundles import Files, Packed, Place, packed_case, repacked, retold, told

from answerable.ledger.bundle import inventory, layout, zip_file
from answerable.ledger.bundle.errors import NothingGiven
from answerable.ledger.bundle.writer import Given, Withheld, make_bundle

LEFT_OUT = (6, 9)
"""The memo, that the finding rests on, and its correction."""

Change = Callable[[Files], None]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def in_part(packed: Packed) -> bytes:
    """The bundle without two of its entries, and without the conduct that was found."""
    given = Given(
        lambda event: event.position not in LEFT_OUT,
        lambda event: () if event.kind == "finding-made" else ("name", "title", "text"),
    )
    return make_bundle(packed.ledger, "acme", Withheld(), part=given).data


def test_a_part_of_a_case_holds(packed: Packed) -> None:
    data = in_part(packed)
    files = zip_file.unpack(data)
    assert packed.wrong(data) == {}
    assert told(files, "manifest.json")["left_out"] == [*LEFT_OUT]
    assert not {layout.entry_name(at) for at in LEFT_OUT} & files.keys()
    everything = b"\n".join(files.values())
    assert b"A memo" not in everything
    assert b"took a watch" not in everything


def without_the_other_case(packed: Packed) -> bytes:
    """The bundle of all of the case, without the event of another case that it refers to."""
    given = Given(lambda event: event.case_id in ("acme", "house"), lambda event: ("name",))
    return make_bundle(packed.ledger, "acme", Withheld(), part=given).data


def test_a_part_that_lacks_nothing_of_the_case_may_lack_what_that_refers_to(
    packed: Packed,
) -> None:
    data = without_the_other_case(packed)
    assert packed.wrong(data) == {}
    assert told(zip_file.unpack(data), "manifest.json")["left_out"] == []


def test_a_whole_case_that_is_said_to_be_whole_has_what_it_refers_to(packed: Packed) -> None:
    def whole(files: Files) -> None:
        manifest = told(files, "manifest.json")
        del manifest["left_out"]
        files["manifest.json"] = inventory.json_file(manifest)

    found = packed.wrong(repacked(without_the_other_case(packed), whole, relist=True))
    assert found == {(layout.entry_name(8), 8): {"EntriesMissing"}}


def test_nothing_but_hashes_is_no_bundle(packed: Packed) -> None:
    nothing = Given(lambda event: False, lambda event: ())
    with pytest.raises(NothingGiven, match="acme"):
        make_bundle(packed.ledger, "acme", Withheld(), part=nothing)


def another_hash(files: Files) -> None:
    files[layout.hash_name(6)] = files[layout.hash_name(9)]


def no_hash(files: Files) -> None:
    files[layout.hash_name(6)] = b"nothing\n"


def hash_too_short(files: Files) -> None:
    files[layout.hash_name(6)] = b"AAAA\n"


def hash_on_two_lines(files: Files) -> None:
    files[layout.hash_name(6)] += b"\n"


def hash_without_its_end(files: Files) -> None:
    files[layout.hash_name(6)] = files[layout.hash_name(6)][:-1]


def without_proof(files: Files) -> None:
    del files[layout.proof_name(6)]


def proof_of_another(files: Files) -> None:
    files[layout.proof_name(6)] = files[layout.proof_name(9)]


def unlisted(files: Files) -> None:
    retold(files, "manifest.json", left_out=[6])


def listed_otherwise(files: Files) -> None:
    retold(files, "manifest.json", left_out=None)


def hash_of_what_is_here(files: Files) -> None:
    files[layout.hash_name(10)] = files[layout.hash_name(9)]
    retold(files, "manifest.json", left_out=[6, 9, 10])


def one_fewer(files: Files) -> None:
    del files[layout.hash_name(6)], files[layout.proof_name(6)]
    retold(files, "manifest.json", left_out=[9])


ATTACKS: dict[Change, set[Place]] = {
    another_hash: {(layout.hash_name(6), 6)},
    no_hash: {(layout.hash_name(6), 6)},
    hash_too_short: {(layout.hash_name(6), 6)},
    hash_on_two_lines: {(layout.hash_name(6), 6)},
    hash_without_its_end: {(layout.hash_name(6), 6)},
    without_proof: {(layout.hash_name(6), 6)},
    proof_of_another: {(layout.hash_name(6), 6)},
    unlisted: {(layout.MANIFEST, None)},
    listed_otherwise: {(layout.MANIFEST, None)},
    hash_of_what_is_here: {(layout.hash_name(10), 10)},
    one_fewer: {(layout.entry_name(7), 7)},
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_what_is_wrong_with_a_hash_is_found(packed: Packed, attack: Change) -> None:
    found = packed.wrong(repacked(in_part(packed), attack, relist=True))
    assert ATTACKS[attack] <= found.keys()


def test_an_empty_list_of_what_is_left_out_changes_nothing(packed: Packed) -> None:
    def empty(files: Files) -> None:
        retold(files, "manifest.json", left_out=[])

    assert packed.wrong(repacked(packed.made.data, empty, relist=False)) == {}


def test_a_gap_is_no_less_a_gap_where_something_is_left_out(packed: Packed) -> None:
    def gap(files: Files) -> None:
        del files[layout.entry_name(8)], files[layout.proof_name(8)]
        given = told(files, "disclosures.json")
        del given["8"]
        files["disclosures.json"] = json.dumps(given).encode()

    found = packed.wrong(repacked(in_part(packed), gap, relist=True))
    assert (layout.entry_name(10), 10) in found
