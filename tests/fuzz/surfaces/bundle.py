"""Evidence bundles: both verifiers agree, and what they accept tells what the good one tells."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from tests.fuzz.surface import material
from tests.support.bundles import found_by_answerable, found_by_stranger

from answerable.ledger.bundle import zip_file
from answerable.ledger.tlog.note import VerifierKey

LONGEST = 131_072

KEYS = [VerifierKey.parse(each) for each in material("keys").decode().split()]
GOOD = zip_file.unpack(material("bundle.zip"))
FOLDER = Path(mkdtemp())


def take(data: bytes) -> None:
    """Verify a bundle twice."""
    found = found_by_answerable(data, KEYS)
    assert found_by_stranger(data, KEYS, FOLDER) == found.keys()
    if not found:
        files = zip_file.unpack(data)
        for name, content in GOOD.items():
            if name.startswith(("entries/", "proofs/")):
                assert files[name] == content, name
