"""Make what the surfaces hold inputs against, and the good inputs that every corpus begins with.

    python -m tests.fuzz.making

It is run once, and again when a format changes: keys are drawn, so what was signed by earlier ones
is of no use afterwards, and is left out of the corpora.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.surface import CORPORA, MATERIAL
from tests.support.bundles import as_page, record, sign_head, signed_ledger
from tests.support.openssh import PLAIN, SECURITY_KEYS, Key
from tests.support.time_stamp_authority import STAMPING, issue, reply, token

from answerable.domain.policy.shipped import profile_text, profiles
from answerable.ledger.bundle.writer import Withheld, make_bundle
from answerable.ledger.checkpoints.proving import prove_entry, prove_growth
from answerable.ledger.timestamp.token import TimestampRequest
from answerable.ledger.transfer.export import exported_entries, exported_events

DATES = (
    "2026-01-05", "2026-01", "2026", "2026?", "2026-01-05~",
    "2026-01-XX", "202X", "2026-XX-05", "2026-01-05T10:00:00Z", "2026-01-05T10:00:00+08:00",
    "2026-21", "2026-01-05/2026-02", "../2026", "2026/..", "{2025,2026..}",
    "[..2026-03]", "Y-170000002", "-0044", "2026-?01-05", "2024-02-29",
    "2026-02-29", "2026-01-05T24:00:00", "1e6",
)  # fmt: skip

QUERIES = (
    "late gift", '"late gift"', "gif*", '"a gif"*', "dismissal OR gift", "-rumour gift", "道歉",
    "歉道 -爱", "person-9", "a@b.org", "don't", "naïve", "NEAR", '"', "- OR *", "OR OR gift", "5",
)  # fmt: skip


def _signed(place: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield what a ledger that is signed gives: surface, name in the material or none, bytes."""
    ledger, signers = signed_ledger(place, sign=False)
    with ledger:
        earlier = sign_head(ledger, place, signers)
        record(ledger, [{"case_id": "acme", "kind": "contact-made", "counterparty": "org-7"}])
        later = sign_head(ledger, place, signers)
        keys = "\n".join(str(each.key) for each in signers).encode()
        entry = ledger.entry(4) or b""
        packed = make_bundle(ledger, "acme", Withheld()).data
        yield "note", "checkpoint", later.note
        yield "note", "earlier-checkpoint", earlier.note
        yield "", "keys", keys
        yield "", "entry", entry
        yield "inclusion", "inclusion", bytes(prove_entry(ledger, 4, entry))
        yield "consistency", "consistency", bytes(prove_growth(ledger, earlier.checkpoint.size))
        yield "bundle", "bundle.zip", packed
        yield "page", "page.html", as_page(packed) or b""
        for signer in signers:
            yield "key", "", str(signer.key).encode()
        hashes = b"".join(sha256(each).digest() for each in exported_entries(ledger))
        entries = [ledger.entry(at) or b"" for at in range(3)]
        yield "tile", "", bytes([len(hashes) // 32 - 1]) + hashes
        yield "tile", "", b"\x02" + b"".join(len(e).to_bytes(2, "big") + e for e in entries)
        for event in exported_events(ledger):
            yield "jsonl", "", event.line
        for line in list(exported_entries(ledger))[:3]:
            yield "jsonl", "", line


def _others() -> Iterator[tuple[str, str, bytes]]:
    """Yield the rest."""
    keys = [Key.generate(kind) for kind in (*PLAIN, *SECURITY_KEYS)]
    made = [each.sign(b"what is signed") for each in keys]
    yield "", "signatures", "".join(made).encode()
    for signature in made:
        yield "sshsig", "", signature.encode()
    lines = [
        f'{who} {options}namespaces="answerable" {key.line}'
        for key, who, options in zip(
            keys,
            ("jane", "*@example.org", "!bob,jane", "jane@example.org", "j?ne", "*", "jane"),
            ("", 'valid-after="20260101Z",', 'valid-before="20270101",', "", "", "", ""),
            strict=True,
        )
    ]
    for line in lines:
        yield "allowed_signers", "", line.encode()
    yield "allowed_signers", "", ("# all of them\n\n" + "\n".join(lines) + "\n").encode()
    root = issue("Root", ca=True)
    signer = issue("TSA", root, usage=STAMPING)
    yield "", "authority.pem", root.pem
    yield "timestamp", "reply.tsr", reply(token(b"what is stamped", signer, signer))
    yield "timestamp", "", reply(token(b"something else", signer, signer))
    yield "timestamp", "", TimestampRequest.over(b"what is stamped").data
    for each in profiles():
        yield "policy", "", profile_text(each.policy.id)
    for text in DATES:
        yield "edtf", "", text.encode()
    for text in QUERIES:
        yield "query", "", text.encode()
    yield (
        "jsonl",
        "",
        b"\n".join(
            json.dumps({"kind": "contact-made", "case_id": case, "counterparty": "org-7"}).encode()
            for case in ("acme", "acme", "b")
        ),
    )


def write() -> None:
    """Write all of it."""
    MATERIAL.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for surface, name, data in (*_signed(Path(folder)), *_others()):
            if name:
                (MATERIAL / name).write_bytes(data)
            if surface:
                corpus = CORPORA / surface
                corpus.mkdir(parents=True, exist_ok=True)
                (corpus / sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    write()
