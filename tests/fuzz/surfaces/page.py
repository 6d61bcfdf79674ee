"""Pages that carry a bundle: verifiers agree, and accept what tells what the good one tells."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from tests.fuzz.surface import material
from tests.support.bundles import found_by_answerable, found_by_stranger

from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.in_page.extracted import extracted, is_page
from answerable.ledger.tlog.note import VerifierKey

LONGEST = 131_072

KEYS = [VerifierKey.parse(each) for each in material("keys").decode().split()]
GOOD = extracted(material("page.html"))
FOLDER = Path(mkdtemp())


def take(data: bytes) -> None:
    """Verify a page twice."""
    if not is_page(data):
        return
    found = found_by_answerable(data, KEYS)
    assert found_by_stranger(data, KEYS, FOLDER) == found.keys()
    if found:
        return
    try:
        files = extracted(data)
    except MalformedBundle as refusal:
        raise AssertionError("it was verified, and cannot be read") from refusal
    for name, content in GOOD.items():
        if name.startswith(("entries/", "proofs/")):
            assert files[name] == content, name
