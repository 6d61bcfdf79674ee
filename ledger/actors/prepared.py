"""An event prepared to be signed: who records it, and its sealed texts with their salts drawn.

So the statement that the actor signs is there before the ledger adds version and time. As a file,
a prepared event is JSON, and tells what is sealed in clear: it is for the actor alone, until it is
recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json, to_json

from answerable.domain.errors import InvalidEvent
from answerable.domain.event import Event
from answerable.domain.parsing import explain, parse
from answerable.domain.record import SIGNATURE
from answerable.ledger.actors import sshsig
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.errors import SignatureRefused
from answerable.ledger.actors.sshsig import SshSignature
from answerable.ledger.entry.codec import entry_bytes, recorder_field, take_apart
from answerable.ledger.entry.disclosure import commit_all, disclose_all, open_disclosure
from answerable.ledger.entry.statement import statement
from answerable.ledger.store.idempotency import producer_fields
from answerable.ledger.system.regular_file import SAVE_AS_UTF8, encoding_mark, read_regular

BEFORE_IT_IS_RECORDED = b"0000-00-00T00:00:00.000000Z"

LONGEST = 64 * 1024 * 1024
"""The longest file that is read, in bytes."""


def statement_file(place: Path) -> Path:
    """Return where the statement of a prepared event lies: beside it."""
    return place.with_name(f"{place.name}.statement")


def signature_file(place: Path) -> Path:
    """Return where `ssh-keygen` puts the signature over that statement."""
    return place.with_name(f"{statement_file(place).name}.sig")


def read_signature(place: Path) -> str:
    """Read the signature in a file.

    Raises:
        SignatureRefused: there is none.
    """
    try:
        return read_regular(place, sshsig.LONGEST).decode("utf-8", "replace")
    except OSError as error:
        raise SignatureRefused(
            f"the signature at {place} cannot be read: {error.strerror}.",
            hint="Sign the statement: `ssh-keygen -Y sign -n answerable -f KEY FILE.statement`.",
        ) from None


class _PreparedFile(BaseModel):
    """A prepared event as a file has it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    event: dict[str, Any]
    recorded_by: str
    disclosures: list[str]


class Prepared(NamedTuple):
    """An event that waits for its signature.

    Attributes:
        event: the event, its id set; a correction with what is sealed in it set apart.
        recorded_by: who records it.
        texts: what will open its commitments: who records, then each sealed field.
    """

    event: Event
    recorded_by: str
    texts: tuple[bytes, ...]

    @classmethod
    def of(cls, event: Event, recorded_by: str) -> Prepared:
        """Prepare an event whose id is set."""
        return cls(event, recorded_by, tuple(disclose_all(_fields_to_seal(event, recorded_by))))

    @classmethod
    def parse(cls, text: bytes) -> Prepared:
        """Read what `bytes(prepared)` wrote.

        Raises:
            InvalidEvent: it is something else, or was altered.
        """
        try:
            written = _PreparedFile.model_validate_json(text)
        except ValidationError as error:
            raise explain(error) from None
        event = parse(written.event)
        if event.event_id is None:
            raise InvalidEvent("is required in a prepared event.", field="event_id")
        texts = tuple(each.encode() for each in written.disclosures)
        check_texts(texts, _fields_to_seal(event, written.recorded_by))
        return cls(event, written.recorded_by, texts)

    @classmethod
    def read(cls, place: Path) -> Prepared:
        """Read the prepared event in a file.

        Raises:
            InvalidEvent: there is none.
        """
        try:
            text = read_regular(place, LONGEST)
        except OSError as error:
            raise InvalidEvent(f"{place} cannot be read: {error.strerror}.") from None
        if mark := encoding_mark(text):
            raise InvalidEvent(f"{place} is no prepared event: {mark}.", hint=SAVE_AS_UTF8)
        return cls.parse(text)

    def __bytes__(self) -> bytes:
        texts = [text.decode() for text in self.texts]
        fields = producer_fields(self.event)
        return to_json({"event": fields, "recorded_by": self.recorded_by, "disclosures": texts})

    @property
    def statement(self) -> bytes:
        """Return the bytes that the actor is to sign."""
        opening = take_apart(self.event, self.event.event_id or "", 0).opening
        commitments = sorted(commit_all(self.texts))
        return statement(entry_bytes(opening, BEFORE_IT_IS_RECORDED, commitments))


class SignedEvent(NamedTuple):
    """A prepared event with its signature, and who may sign as whom."""

    prepared: Prepared
    signature: SshSignature
    signers: AllowedSigners

    @property
    def field(self) -> tuple[str, bytes]:
        """Return the signature, as a field to be sealed."""
        return SIGNATURE, to_json(self.signature.armored)

    def texts(self, sealed: Sequence[tuple[str, bytes]]) -> list[bytes]:
        """Return the texts for what is sealed in the event: those prepared, and the signature's.

        Raises:
            InvalidEvent: they are not of this event.
        """
        if not sealed:
            return []
        own = [field for field in sealed if field[0] != SIGNATURE]
        check_texts(self.prepared.texts, own)
        first, *rest = self.prepared.texts
        return [first, *disclose_all([self.field]), *rest]


def check_texts(texts: Sequence[bytes], sealed: Sequence[tuple[str, bytes]]) -> None:
    """Check that texts disclose these fields and values, in this order.

    Raises:
        InvalidEvent: they do not.
    """
    try:
        opened = [open_disclosure(text) for text in texts]
    except ValueError as error:
        raise InvalidEvent(f"{error}.", field="disclosures") from None
    if opened != [(name, from_json(value)) for name, value in sealed]:
        raise InvalidEvent(
            "the texts are not those of the event.",
            field="disclosures",
            hint="The file was altered: prepare the event again.",
        )


def _fields_to_seal(event: Event, who: str) -> list[tuple[str, bytes]]:
    return [recorder_field(who)[0], *take_apart(event, event.event_id or "", 0).sealed]
