"""Whatever comes as a time stamp, a request or a file of certificates: it is taken, or refused."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.time_stamp_authority import STAMPING, issue, reply, token

from answerable.domain.errors import AnswerableError
from answerable.ledger.timestamp import authority, der
from answerable.ledger.timestamp.authority import Authorities, read_certificates
from answerable.ledger.timestamp.token import TimestampRequest, Token

# Certificates with such numbers are read on purpose, to be refused or passed over.
pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")

DATA = b"what is stamped"
ROOT = issue("Root", ca=True)
MIDDLE = issue("Middle", ROOT, ca=True)
SIGNER = issue("TSA", MIDDLE, usage=STAMPING)
REPLY = reply(token(DATA, SIGNER, SIGNER, MIDDLE))
REQUEST = TimestampRequest.over(DATA).data
TRUSTED = Authorities((ROOT.certificate,))


def take(data: bytes) -> Token | None:
    """The token in a reply, if it is one over DATA that is good."""
    with suppress(AnswerableError):
        read = Token.parse(data)
        authority.signing_certificate(read)
        authority.verify_token(read, DATA, TRUSTED)
        return read
    return None


def signed(read: Token) -> Token:
    """What of a token its signature covers."""
    return read._replace(data=b"", certificates=())


elements = st.recursive(
    st.builds(der.encoded, st.sampled_from([1, 2, 3, 4, 6, 12, 24]), st.binary(max_size=12)),
    lambda parts: st.builds(
        lambda tag, within: der.encoded(tag, *within),
        st.sampled_from([0x30, 0x31, 0xA0, 0xA1, 0x04]),
        st.lists(parts, max_size=5),
    ),
    max_leaves=25,
)


@given(st.binary(max_size=300) | elements)
def test_any_bytes_are_refused(data: bytes) -> None:
    assert take(data) is None
    with suppress(AnswerableError):
        assert TimestampRequest.parse(data).data == data


@given(st.integers(0, len(REPLY) - 1))
def test_a_reply_cut_short_is_refused(end: int) -> None:
    assert take(REPLY[:end]) is None


@settings(max_examples=examples(120))
@given(st.integers(0, len(REPLY) - 1), st.binary(max_size=4), st.integers(0, 6), st.booleans())
def test_a_reply_altered_anywhere_says_what_was_signed_or_is_refused(
    at: int, put: bytes, gone: int, requests: bool
) -> None:
    altered = REPLY[:at] + put + REPLY[at + gone :]
    found = take(altered)
    # Outside of what is signed lie the status of the reply and certificates that are not needed.
    assert found is None or signed(found) == signed(Token.parse(REPLY))
    if requests:
        with suppress(AnswerableError):
            TimestampRequest.parse(REQUEST[: at % 80] + put + REQUEST[at % 80 + gone :])


@given(st.integers(0, len(REPLY) - 1), st.integers(0, 7))
def test_a_bit_turned_in_a_reply(at: int, bit: int) -> None:
    altered = bytearray(REPLY)
    altered[at] ^= 1 << bit
    take(bytes(altered))


@given(at=st.integers(0, 600), put=st.binary(max_size=4), as_pem=st.booleans())
def test_any_file_of_certificates(
    tmp_path_factory: pytest.TempPathFactory, at: int, put: bytes, as_pem: bool
) -> None:
    place = tmp_path_factory.getbasetemp() / "ca"
    whole = ROOT.pem if as_pem else ROOT.der
    place.write_bytes(whole[:at] + put + whole[at + len(put) :])
    with suppress(AnswerableError):
        roots = read_certificates([place])
        authority.verify_token(Token.parse(REPLY), DATA, Authorities(roots))


@given(elements)
def test_der_reads_back_as_it_was_written(data: bytes) -> None:
    assert bytes(der.element(data)) == data
