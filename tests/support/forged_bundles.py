"""Bundles of a log whose keys are the attacker's: whatever it says, proofs and signatures fit."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from tests.support.bundles import STARTED, Files

from answerable.ledger.bundle import inventory, layout
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.texts import open_texts
from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.merkle import leaf_hash, node_hash
from answerable.ledger.tlog.note import Note
from answerable.ledger.tlog.note_signatures import Signer

Text = str | None


class Tree(NamedTuple):
    """A tree of any size over a few leaves that are known, and others that stay hashes."""

    size: int
    leaves: Mapping[int, bytes]

    def root(self, low: int, high: int) -> bytes:
        """The root over some leaves."""
        known = [at for at in self.leaves if low <= at < high]
        if not known:
            return sha256(b"%d %d" % (low, high)).digest()
        if high - low == 1:
            return self.leaves[low]
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        return node_hash(self.root(low, middle), self.root(middle, high))

    def path(self, at: int) -> list[bytes]:
        """What leads from a leaf to the root, its sibling first."""
        low, high = 0, self.size
        found = []
        while high - low > 1:
            middle = low + (1 << (high - low - 1).bit_length() - 1)
            found.append(self.root(*((middle, high) if at < middle else (low, middle))))
            low, high = (low, middle) if at < middle else (middle, high)
        return found[::-1]


def forged(
    files: Files,
    entries: Mapping[int, bytes],
    texts: Mapping[int, Sequence[Text]],
    signers: Iterable[Signer],
    *,
    size: int | None = None,
    extension: str = "",
) -> Files:
    """The files of a bundle with other entries, everything else made to fit them.

    Args:
        files: a bundle's; what is no entry, proof or list goes along.
        entries: the entries, by position.
        texts: the texts of each.
        signers: who signs the head.
        size: the size of the log; by default no more than it needs.
        extension: more lines of the checkpoint.
    """
    made = {
        name: content
        for name, content in files.items()
        if not name.startswith(("entries/", "proofs/", "timestamps/"))
    }
    tree = Tree(
        max(entries, default=0) + 1 if size is None else size,
        {at: leaf_hash(entry) for at, entry in entries.items()},
    )
    keys = list(signers)
    head = Checkpoint(keys[0].key.name, tree.size, tree.root(0, tree.size))
    for at, entry in entries.items():
        made[layout.entry_name(at)] = entry
        path = [b64encode(each).decode() for each in tree.path(at)] if at < tree.size else []
        lines = ["c2sp.org/tlog-proof@v1", f"index {at}", *path, "", ""]
        made[layout.proof_name(at)] = "\n".join(lines).encode()
    text = head.text + extension
    made["checkpoint"] = bytes(Note(text, tuple(key.sign(text, STARTED) for key in keys)))
    made["keys.txt"] = "".join(f"{key.key}\n" for key in keys).encode()
    made["disclosures.json"] = inventory.json_file({str(at): texts[at] for at in sorted(texts)})
    return retell(made, head)


def retell(files: Files, head: Checkpoint | None = None) -> Files:
    """The files, with the lists and the manifest that follow from the rest."""
    made = dict(files)
    try:
        bundle = layout.read_bundle(made)
        texts, closed, _ = open_texts(bundle)
    except (MalformedBundle, NotVerified):
        return made
    made["evidence.json"] = inventory.json_file(inventory.list_evidence(bundle.case, texts))
    made["policies.json"] = inventory.json_file(inventory.list_policies(bundle.entries, texts))
    own = [event.position for event in bundle.case]
    told: dict[str, Any] = {
        **bundle.manifest,
        "positions": own,
        "others": sorted({*bundle.positions} - {*own}),
        "disclosed": sum(map(len, texts.values())),
        "withheld": {"text": closed} if closed else {},
        "erased": {},
        "files": {
            name: sha256(made[name]).hexdigest() for name in sorted(made) if name != layout.MANIFEST
        },
    }
    found = head or bundle.head
    if found is not None:
        root = b64encode(found.root).decode()
        told |= {"origin": found.origin, "size": found.size, "root": root}
    made["manifest.json"] = inventory.json_file(told)
    return made


def entries_of(files: Files) -> dict[int, bytes]:
    """The entries of a bundle, by position."""
    return {
        int(found[1]): files[found[0]]
        for found in map(layout.ENTRY.fullmatch, sorted(files))
        if found
    }


def texts_of(files: Files) -> dict[int, list[Text]]:
    """The texts of a bundle, by position."""
    told = json.loads(files["disclosures.json"])
    return {int(at): given for at, given in told.items()}
