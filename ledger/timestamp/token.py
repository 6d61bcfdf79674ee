"""Time-stamp tokens: an authority's word that some bytes existed at a time (RFC 3161).

A token is a CMS structure (RFC 5652) in DER, signed by the authority over the digest of the bytes
and the time. It comes wrapped in a reply, which can also tell a refusal. Here it is read; whether
one trusts it is `answerable.ledger.timestamp.authority`.

The certificates that a token brings are not covered by its signature: whoever passes it on can add
to them. Which of them is the authority's, the signature itself names by a hash (RFC 5816).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from answerable.ledger.timestamp import der
from answerable.ledger.timestamp.der import Element, NotDer, context, encoded
from answerable.ledger.timestamp.errors import (
    MalformedStamp,
    StampAltered,
    StampOfOther,
    StampRefused,
)

if TYPE_CHECKING:
    from rfc3161_client import Accuracy, TimeStampResponse

LONGEST = 256 * 1024
"""The longest reply that is read, in bytes. A usual one has 2 to 8 thousand."""

HASHES = {
    bytes.fromhex("608648016503040201"): "SHA-256",
    bytes.fromhex("608648016503040202"): "SHA-384",
    bytes.fromhex("608648016503040203"): "SHA-512",
}
"""The hash algorithms that are taken, by their object identifiers as DER has them."""

CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")

GRANTED = (0, 1)
"""The statuses of a reply that brings a token: granted, and granted with modifications."""

FAILURES = {
    0: "it does not take this hash algorithm",
    2: "it does not take such requests",
    5: "the request is malformed",
    14: "its clock is not at hand",
    15: "it has no such policy",
    16: "it takes no such extension",
    17: "it cannot tell what more was asked for",
    25: "its system failed",
}
"""The meaning of the bits of PKIFailureInfo (RFC 3161 section 2.4.2)."""

TIME = re.compile(rb"([0-9]{14})(?:\.([0-9]{1,9}))?Z")


class Imprint(NamedTuple):
    """A digest of some bytes, and the hash algorithm that made it."""

    algorithm: str
    digest: bytes

    def fits(self, data: bytes) -> bool:
        """Tell whether the digest is of these bytes."""
        name = self.algorithm.replace("-", "")
        return hashlib.new(name, data, usedforsecurity=False).digest() == self.digest


class TimestampRequest(NamedTuple):
    """A request for a time stamp, and the number by which its answer is known."""

    data: bytes
    imprint: Imprint
    nonce: int | None

    @classmethod
    def over(cls, data: bytes) -> TimestampRequest:
        """Request a stamp of these bytes: by SHA-256, with a nonce, certificates wanted."""
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

        asked = TimestampRequestBuilder(data, HashAlgorithm.SHA256, nonce=True, cert_req=True)
        return cls.parse(asked.build().as_bytes())

    @classmethod
    def parse(cls, data: bytes) -> TimestampRequest:
        """Read a request.

        Raises:
            MalformedStamp: it is none.
        """
        with reading_der("this is not a request for a time stamp"):
            _, imprint, *more = der.element(data).of(der.SEQUENCE)
            nonce = next((part.number for part in more if part.tag == der.INTEGER), None)
            return cls(data, _imprint(imprint), nonce)


class Token(NamedTuple):
    """A time-stamp token, read but not verified.

    Attributes:
        data: the token itself, in DER, without the reply around it.
        imprint: what is stamped.
        time: when the authority says that it made the stamp.
        accuracy: by how much that may be off, if it says so.
        serial: the authority's number of the stamp.
        policy: the policy that it was made under, as dotted numbers.
        nonce: the number of the request that it answers.
        signer: the hash by which the signature names the authority's certificate.
        certificates: those that it brings, in DER, none of them verified.
    """

    data: bytes
    imprint: Imprint
    time: datetime
    accuracy: timedelta | None
    serial: int
    policy: str
    nonce: int | None
    signer: Imprint
    certificates: tuple[bytes, ...]

    @classmethod
    def parse(cls, data: bytes) -> Token:
        """Read a token, or the reply that brings one.

        Raises:
            MalformedStamp: it is neither.
            StampRefused: it is a refusal.
            StampAltered: what it says is not what was signed.
        """
        if len(data) > LONGEST:
            raise MalformedStamp(f"a time stamp of {len(data):,} bytes is too long.")
        with reading_der("this is not a time stamp, nor a reply that brings one"):
            token = der.element(data)
            if token.of(der.SEQUENCE)[0].tag == der.SEQUENCE:
                token = _granted(token.parts)
            signed = _signed_data(token)
            content = signed[2].parts[1].alone(der.OCTET_STRING).content
            signer = signed[-1].alone(der.SEQUENCE).parts
            if signer[1].tag != der.SEQUENCE:
                raise NotDer("its signer is not named by issuer and serial number")
            attributes = _attributes(signer)
            if attributes[CONTENT_TYPE] != signed[2].parts[0]:
                raise NotDer("it was signed as something else")
            digest = Imprint(_algorithm(signer[2]), attributes[MESSAGE_DIGEST].content)
            if not digest.fits(content):
                raise StampAltered(
                    "what the time stamp says is not what was signed: it was altered since.",
                    hint="Get it again from whoever kept it, or ask for another.",
                )
            parts = der.element(content).parts
            info = response(bytes(token)).tst_info
            return cls(
                bytes(token),
                _imprint(parts[2]),
                _time(parts[4]),
                _accuracy(info.accuracy),
                info.serial_number,
                info.policy.dotted_string,
                info.nonce,
                _signer(attributes),
                _certificates(signed),
            )

    @property
    def reply(self) -> bytes:
        """Return an authority's reply that grants the token, as other tools want to have it."""
        return _reply(self.data)

    def check_answers(self, request: TimestampRequest) -> None:
        """Check that the token answers a request.

        Raises:
            StampOfOther: it answers another.
        """
        if self.imprint != request.imprint:
            raise StampOfOther(
                "the time stamp is not over what was asked for: another request got it.",
                hint="Give the request that it answers.",
            )
        if self.nonce != request.nonce:
            raise StampOfOther(
                "the time stamp answers another request: the nonce differs.",
                hint="An old answer may have been sent once more. Ask anew.",
            )


def response(token: bytes, with_certificates: Iterable[bytes] = ()) -> TimeStampResponse:
    """Return a token as the library takes it: granted, and its certificates in order.

    Args:
        token: the token.
        with_certificates: the certificates that it then brings, in the stead of its own.

    Raises:
        NotDer: the library cannot read it.
    """
    from rfc3161_client import decode_timestamp_response

    kind, _ = der.element(token).parts
    version, digests, content, *rest = _signed_data(der.element(token))
    brought = sorted(set(with_certificates))
    parts = [bytes(part) for part in rest if part.tag != context(0)]
    if brought:
        parts.insert(0, encoded(context(0), *brought))
    signed = encoded(der.SEQUENCE, bytes(version), bytes(digests), bytes(content), *parts)
    whole = encoded(der.SEQUENCE, bytes(kind), encoded(context(0), signed))
    try:
        return decode_timestamp_response(_reply(whole))
    except ValueError as error:
        raise NotDer(str(error)) from None


@contextmanager
def reading_der(what: str) -> Iterator[None]:
    """Turn what goes wrong in reading DER into words.

    Raises:
        MalformedStamp: something did.
    """
    try:
        yield
    except (ValueError, LookupError, OverflowError) as error:
        why = f"{error!s:.200}" if isinstance(error, NotDer) else "it is not as RFC 3161 has it"
        raise MalformedStamp(
            f"{what}: {why}.", hint="It was cut short or altered on its way: get it again."
        ) from None


def _granted(reply: list[Element]) -> Element:
    """Return the token that a reply brings.

    Raises:
        StampRefused: it brings none, but tells why.
    """
    status, *rest = reply[0].parts
    if status.number in GRANTED and len(reply) == 2:
        return reply[1]
    said = [
        "".join(sign for sign in text.content.decode(errors="replace") if sign.isprintable())
        for part in rest
        if part.tag == der.SEQUENCE
        for text in part.parts
    ]
    failed = [part.content for part in rest if part.tag == der.BIT_STRING]
    bits = [
        bit
        for number, byte in enumerate(failed[0][1:] if failed else b"")
        for bit in range(8 * number, 8 * number + 8)
        if byte << (bit % 8) & 0x80
    ]
    reasons = "; ".join([*said, *(FAILURES.get(bit, f"failure {bit}") for bit in bits)])
    raise StampRefused(
        f"the authority made no time stamp: {reasons or f'status {status.number}':.300}.",
        hint="Make another request, or ask another authority.",
    )


def _reply(token: bytes) -> bytes:
    return encoded(der.SEQUENCE, encoded(der.SEQUENCE, encoded(der.INTEGER, b"\0")), token)


def _signed_data(token: Element) -> list[Element]:
    """Return the parts of a token's SignedData (RFC 5652 section 5.1)."""
    return token.parts[1].alone(der.SEQUENCE).parts


def _certificates(signed: list[Element]) -> tuple[bytes, ...]:
    """Return the certificates in a SignedData. Other formats than X.509 are passed over."""
    sets = [part for part in signed if part.tag == context(0)]
    return tuple(bytes(each) for one in sets for each in one.parts if each.tag == der.SEQUENCE)


def _attributes(signer: list[Element]) -> Mapping[bytes, Element]:
    """Return the attributes that a SignerInfo signs, by kind: each has one value."""
    found = {}
    for attribute in signer[3].of(context(0)):
        kind, values = attribute.parts
        if kind.content in found:
            raise NotDer("an attribute is signed twice")
        found[kind.content] = der.element(values.content)
    return found


def _signer(attributes: Mapping[bytes, Element]) -> Imprint:
    """Return the hash by which a signature names its certificate (RFC 5035 section 3, RFC 5816)."""
    if newer := attributes.get(SIGNING_CERTIFICATE_V2):
        first = newer.parts[0].parts[0].parts
        if first[0].tag == der.SEQUENCE:
            return Imprint(_algorithm(first[0]), first[1].content)
        return Imprint("SHA-256", first[0].content)
    if older := attributes.get(SIGNING_CERTIFICATE):
        return Imprint("SHA-1", older.parts[0].parts[0].parts[0].content)
    raise NotDer("its signature names no certificate")


def _imprint(element: Element) -> Imprint:
    algorithm, digest = element.of(der.SEQUENCE)
    return Imprint(_algorithm(algorithm), digest.content)


def _algorithm(element: Element) -> str:
    kind = element.parts[0].content
    if kind not in HASHES:
        raise NotDer("its hash algorithm is none of SHA-256, SHA-384 and SHA-512")
    return HASHES[kind]


def _time(element: Element) -> datetime:
    """Read a GeneralizedTime, to the microsecond. The library leaves the fraction out."""
    found = TIME.fullmatch(element.content)
    if found is None or element.tag != der.GENERALIZED_TIME:
        raise NotDer("its time is not in UTC")
    second = datetime.strptime(f"{found[1].decode()}+0000", "%Y%m%d%H%M%S%z")
    micros = int((found[2] or b"").ljust(6, b"0")[:6] or b"0")
    return second.astimezone(UTC) + timedelta(microseconds=micros)


def _accuracy(stated: Accuracy | None) -> timedelta | None:
    if stated is None:
        return None
    return timedelta(
        seconds=stated.seconds or 0,
        milliseconds=stated.millis or 0,
        microseconds=stated.micros or 0,
    )
