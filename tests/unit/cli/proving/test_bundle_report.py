"""The report in an evidence bundle tells what the bundle gives, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import unescape

import pytest
from tests.support.bundles import Files, Packed, packed_case, repacked

from answerable.cli.proving.again.given_page import bundle_report
from answerable.ledger.bundle import layout
from answerable.ledger.bundle.writer import MadeBundle, Withheld, make_bundle

REPORT = (layout.REPORT, None)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def made(packed: Packed, withheld: Withheld | None = None) -> MadeBundle:
    writes = partial(bundle_report, packed.ledger)
    return make_bundle(packed.ledger, "acme", withheld or Withheld(), report=writes)


def page(bundle: MadeBundle) -> str:
    return unescape(bundle.files[layout.REPORT].decode())


def test_it_tells_what_the_bundle_gives_and_how_to_check_it(packed: Packed) -> None:
    told = page(made(packed))
    for shown in ("Jane Ravenscroft", "took a watch", "Room 5", "python3 verify.py"):
        assert shown in told
    for hidden in ("Someone Else", "p-77", "Not to be told", "Was it decided as it should"):
        assert hidden not in told


def test_it_tells_nothing_that_is_withheld(packed: Packed) -> None:
    told = page(made(packed, Withheld(frozenset(("location", "recorded_by")), frozenset(("p-9",)))))
    for hidden in ("Ravenscroft", "took a watch", "Room", "Quill"):
        assert hidden not in told
    assert "withheld" in told
    assert "Gifts from a supplier" in told
    assert "Gifts" not in page(made(packed, Withheld(everything=True)))


def test_the_same_bundle_has_the_same_bytes(packed: Packed) -> None:
    assert made(packed).data == made(packed).data


def test_all_verifiers_take_it_and_see_that_it_was_edited(packed: Packed) -> None:
    data = made(packed).data
    assert packed.wrong(data) == {}

    def edit(files: Files) -> None:
        files[layout.REPORT] += b"<!-- -->"

    def delete(files: Files) -> None:
        del files[layout.REPORT]

    assert packed.wrong(repacked(data, edit, relist=False)).keys() == {REPORT}
    assert packed.wrong(repacked(data, delete, relist=False)).keys() == {REPORT}
    assert packed.wrong(repacked(data, delete, relist=True)) == {}
