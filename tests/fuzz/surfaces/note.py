"""Signed notes and checkpoints: what is read is written alike, and only what was signed opens."""

from __future__ import annotations

from tests.fuzz.surface import material

from answerable.ledger.errors import NotVerified
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import Note, VerifierKey
from answerable.ledger.tlog.note_signatures import open_note

LONGEST = 8_192

KEYS = [VerifierKey.parse(each) for each in material("keys").decode().split()]
SIGNED = {Note.parse(material(each)).text for each in ("checkpoint", "earlier-checkpoint")}


def take(data: bytes) -> None:
    """Read a note, its checkpoint, and open it by the keys of the log."""
    try:
        note = Note.parse(data)
    except NotVerified:
        return
    assert bytes(note) == data
    try:
        checkpoint = Checkpoint.parse(note.text)
    except NotVerified:
        pass
    else:
        assert note.text.startswith(checkpoint.text)
    try:
        open_note(note, KEYS)
    except NotVerified:
        return
    assert note.text in SIGNED
