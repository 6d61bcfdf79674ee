"""What a witness keeps against logs, written out for others to see: a folder for each case."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path

from answerable.ledger.errors import FileRefused
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.witness.decision import Watched
from answerable.ledger.witness.store import Evidence


def export(evidence: Iterable[Evidence], logs: Sequence[Watched], folder: Path) -> list[Path]:
    """Write what is kept against logs into a folder, one for each, for others to see.

    Raises:
        FileRefused: the disk would not take it.
    """
    trusted = {log.origin: [str(key) for key in log.keys] for log in logs}
    written = []
    for each in evidence:
        place = folder / f"{each.number:04}-{each.kind}"
        try:
            place.mkdir(parents=True, exist_ok=True)
            for name, content in _files(each, trusted.get(each.origin, [])).items():
                (place / name).write_bytes(content)
        except OSError as error:
            raise FileRefused(f"{place} cannot be written: {error.strerror}.") from None
        written.append(place)
    return written


def _files(evidence: Evidence, trusted: Sequence[str]) -> dict[str, bytes]:
    proof = ConsistencyProof.parse(evidence.proof)
    about = {
        "kind": evidence.kind,
        "origin": evidence.origin,
        "found": evidence.found.isoformat().replace("+00:00", "Z"),
        "beginning": None if evidence.beginning is None else b64encode(evidence.beginning).decode(),
    }
    return {
        "cosigned.txt": evidence.cosigned,
        "refused.txt": proof.checkpoint_note,
        "proof.txt": evidence.proof,
        "log.vkey": "".join(f"{key}\n" for key in trusted).encode(),
        "about.json": json.dumps(about, indent=2).encode() + b"\n",
    }
