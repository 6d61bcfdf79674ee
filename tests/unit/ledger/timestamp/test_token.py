"""Time-stamp tokens, and the authorities that make them."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512
from pathlib import Path

import pytest
from tests.support.time_stamp_authority import (
    CLIENT,
    STAMPING,
    Identity,
    integer,
    issue,
    refusal,
    reply,
    token,
)

from answerable.ledger.timestamp import authority, der
from answerable.ledger.timestamp.authority import Authorities, read_certificates
from answerable.ledger.timestamp.errors import (
    CertificatesUnusable,
    MalformedStamp,
    StampAltered,
    StampOfOther,
    StampRefused,
    UnfitAuthority,
    UnknownAuthority,
)
from answerable.ledger.timestamp.token import Imprint, TimestampRequest, Token

DATA = b"what is stamped"
ROOT = issue("Good Root", ca=True)
MIDDLE = issue("Good Middle", ROOT, ca=True)
GOOD = issue("Good TSA", MIDDLE, usage=STAMPING)
ROGUE_ROOT = issue("Rogue Root", ca=True)
ROGUE = issue("Rogue TSA", ROGUE_ROOT, usage=STAMPING)
TRUSTED = Authorities((ROOT.certificate,))


def verified(data: bytes, trusted: Authorities = TRUSTED) -> str:
    parsed = Token.parse(data)
    return authority.holder(authority.verify_token(parsed, DATA, trusted))


def test_a_token_says_what_when_and_by_whom() -> None:
    at = datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
    parsed = Token.parse(token(DATA, GOOD, GOOD, MIDDLE, at=at, nonce=77, fraction=".25"))
    assert parsed.imprint == Imprint("SHA-256", sha256(DATA).digest())
    assert parsed.time == at + timedelta(milliseconds=250)
    assert parsed.accuracy == timedelta(seconds=1)
    assert (parsed.policy, parsed.nonce) == ("1.2.3.4", 77)
    assert parsed.serial > 0
    assert parsed.signer.fits(GOOD.der)
    named = authority.signing_certificate(parsed)
    assert named is not None
    assert authority.holder(named) == "CN=Good TSA"


def test_a_token_is_the_same_with_and_without_the_reply_around_it() -> None:
    made = token(DATA, GOOD, GOOD, MIDDLE)
    parsed = Token.parse(made)
    assert parsed.data == made
    assert Token.parse(reply(made)) == parsed
    assert parsed.reply == reply(made)
    assert Token.parse(parsed.reply) == parsed


def test_granted_with_modifications_is_granted() -> None:
    assert verified(reply(token(DATA, GOOD, GOOD, MIDDLE), status=1)) == "CN=Good TSA"


def test_an_authority_counts_through_its_root() -> None:
    assert verified(token(DATA, GOOD, GOOD, MIDDLE)) == "CN=Good TSA"
    assert verified(token(DATA, GOOD, GOOD, MIDDLE, ROOT)) == "CN=Good TSA"
    several = Authorities((ROGUE_ROOT.certificate, ROOT.certificate))
    assert verified(token(DATA, GOOD, GOOD, MIDDLE), several) == "CN=Good TSA"


def test_certificates_out_of_order_are_put_in_order() -> None:
    unsorted = token(DATA, GOOD, GOOD, MIDDLE, ROOT, sort=False)
    assert unsorted != token(DATA, GOOD, GOOD, MIDDLE, ROOT)
    assert verified(unsorted) == "CN=Good TSA"
    assert Token.parse(unsorted).data == unsorted


def test_certificates_that_do_not_come_with_the_token_can_be_given() -> None:
    bare = token(DATA, GOOD)
    with pytest.raises(UnknownAuthority, match="does not come with"):
        verified(bare)
    between = (GOOD.certificate, MIDDLE.certificate)
    assert verified(bare, TRUSTED._replace(between=between)) == "CN=Good TSA"
    with pytest.raises(UnknownAuthority, match="unable to get"):
        verified(token(DATA, GOOD, GOOD))


def test_what_came_with_the_token_and_is_no_certificate_is_passed_over() -> None:
    class Junk(Identity):
        @property
        def der(self) -> bytes:
            return der.encoded(der.SEQUENCE, integer(1))

    assert verified(token(DATA, GOOD, GOOD, MIDDLE, Junk(*GOOD))) == "CN=Good TSA"


class TestRogues:
    """Whoever is not trusted does not become so by what they put into the token."""

    @pytest.mark.parametrize(
        "embedded", [(ROGUE,), (ROGUE, ROGUE_ROOT), (ROGUE, ROGUE_ROOT, ROOT, GOOD, MIDDLE)]
    )
    @pytest.mark.parametrize("sort", [True, False])
    def test_a_root_that_the_token_brings_is_no_root(
        self, embedded: tuple[Identity, ...], sort: bool
    ) -> None:
        with pytest.raises(UnknownAuthority, match="Rogue TSA leads to no root that you trust"):
            verified(token(DATA, ROGUE, *embedded, sort=sort))

    def test_a_root_among_the_certificates_in_between_is_no_root(self) -> None:
        between = (ROGUE.certificate, ROGUE_ROOT.certificate)
        with pytest.raises(UnknownAuthority):
            verified(token(DATA, ROGUE), TRUSTED._replace(between=between))

    def test_a_certificate_that_signed_itself(self) -> None:
        alone = issue("Alone", usage=STAMPING)
        with pytest.raises(UnknownAuthority):
            verified(token(DATA, alone, alone))

    def test_a_root_that_has_the_good_ones_name(self) -> None:
        namesake = issue("Good Root", ca=True)
        fake = issue("Good TSA", namesake, usage=STAMPING)
        with pytest.raises(UnknownAuthority):
            verified(token(DATA, fake, fake, namesake))

    def test_a_twin_of_name_and_number(self) -> None:
        middle = issue("Good Middle", issue("Good Root", ca=True), ca=True)
        twin = issue("Good TSA", middle, usage=STAMPING, serial=GOOD.certificate.serial_number)
        for named in (GOOD, twin):
            with pytest.raises((UnknownAuthority, StampAltered)):
                verified(token(DATA, twin, twin, GOOD, MIDDLE, middle, named=named))
        # And it cannot spoil a good one.
        assert verified(token(DATA, GOOD, twin, GOOD, MIDDLE)) == "CN=Good TSA"

    def test_a_customer_of_the_root_is_no_issuer(self) -> None:
        customer = issue("Customer", ROOT)
        fake = issue("Fake TSA", customer, usage=STAMPING)
        with pytest.raises(UnknownAuthority, match="invalid CA"):
            verified(token(DATA, fake, fake, customer))

    @pytest.mark.parametrize(
        ("usage", "critical"), [(None, True), (STAMPING, False), (CLIENT, True)]
    )
    def test_a_certificate_for_something_else(self, usage: None, critical: bool) -> None:
        other = issue("Web server", ROOT, usage=usage, critical=critical)
        with pytest.raises(UnfitAuthority, match="no authority for time stamps"):
            verified(token(DATA, other, other))

    def test_signing_in_anothers_name(self) -> None:
        with pytest.raises(StampAltered, match="the signature of CN=Good TSA does not fit"):
            verified(token(DATA, ROGUE, GOOD, MIDDLE, named=GOOD))


class TestTimes:
    """A certificate counts as it was at the time of the stamp."""

    OLD = issue(
        "Old TSA",
        ROOT,
        usage=STAMPING,
        since=datetime(2014, 1, 1, tzinfo=UTC),
        until=datetime(2015, 1, 1, tzinfo=UTC),
    )

    def test_one_that_was_good_then_and_has_expired_since(self) -> None:
        at = datetime(2014, 6, 1, tzinfo=UTC)
        assert verified(token(DATA, self.OLD, self.OLD, at=at)) == "CN=Old TSA"

    def test_so_with_its_root(self) -> None:
        root = issue("Old Root", ca=True, until=datetime(2015, 1, 1, tzinfo=UTC))
        tsa = issue("TSA", root, usage=STAMPING, until=datetime(2015, 1, 1, tzinfo=UTC))
        trusted = Authorities((root.certificate,))
        at = datetime(2014, 6, 1, tzinfo=UTC)
        assert verified(token(DATA, tsa, tsa, at=at), trusted) == "CN=TSA"

    @pytest.mark.parametrize("year", [2013, 2016])
    def test_one_that_was_not_good_then(self, year: int) -> None:
        at = datetime(year, 6, 1, tzinfo=UTC)
        with pytest.raises(UnfitAuthority, match="was good from 2014-01-01 00:00 to 2015-01-01"):
            verified(token(DATA, self.OLD, self.OLD, at=at))

    def test_one_whose_issuer_was_not_good_then(self) -> None:
        late = issue("Late", ROOT, ca=True, since=datetime(2020, 1, 1, tzinfo=UTC))
        tsa = issue("TSA", late, usage=STAMPING)
        at = datetime(2014, 6, 1, tzinfo=UTC)
        with pytest.raises(UnknownAuthority, match="not yet valid"):
            verified(token(DATA, tsa, tsa, late, at=at))


def test_the_policy_can_be_demanded() -> None:
    made = token(DATA, GOOD, GOOD, MIDDLE)
    assert verified(made, TRUSTED._replace(policy="1.2.3.4"))
    with pytest.raises(UnfitAuthority, match=r"under the policy 1\.2\.3\.4, and 1\.2\.3\.5"):
        verified(made, TRUSTED._replace(policy="1.2.3.5"))


def test_other_bytes() -> None:
    with pytest.raises(StampOfOther):
        verified(token(b"other", GOOD, GOOD, MIDDLE))


@pytest.mark.parametrize("bit", range(8))
def test_no_byte_of_what_is_signed_can_be_changed(bit: int) -> None:
    made = token(DATA, GOOD, GOOD, MIDDLE)
    start = made.index(sha256(DATA).digest())
    for at in (start, start + 40, made.index(b"20260106"), len(made) - 1):
        altered = bytearray(made)
        altered[at] ^= 1 << bit
        with pytest.raises((StampAltered, MalformedStamp, StampOfOther)):
            verified(bytes(altered))


def test_a_time_that_was_altered_shows_without_knowing_the_authority() -> None:
    made = token(DATA, GOOD, GOOD, MIDDLE)
    with pytest.raises(StampAltered, match="not what was signed"):
        Token.parse(made.replace(b"20260106", b"20160106"))


class TestRequests:
    """A request, and the reply that answers it."""

    def test_it_is_over_the_sha256_with_a_nonce_of_its_own(self) -> None:
        made = TimestampRequest.over(DATA)
        assert made.imprint == Imprint("SHA-256", sha256(DATA).digest())
        assert TimestampRequest.parse(made.data) == made
        assert made.nonce != TimestampRequest.over(DATA).nonce

    def test_what_answers_it(self) -> None:
        asked = TimestampRequest.over(DATA)
        Token.parse(token(DATA, GOOD, nonce=asked.nonce)).check_answers(asked)

    @pytest.mark.parametrize("nonce", [None, 5])
    def test_what_answers_another(self, nonce: int | None) -> None:
        asked = TimestampRequest.over(DATA)
        with pytest.raises(StampOfOther, match="nonce"):
            Token.parse(token(DATA, GOOD, nonce=nonce)).check_answers(asked)
        with pytest.raises(StampOfOther, match="not over what was asked for"):
            Token.parse(token(b"other", GOOD, nonce=asked.nonce)).check_answers(asked)

    @pytest.mark.parametrize(
        "data",
        [b"", b"0", b"\x30\x00", token(DATA, GOOD)],
        ids=["nothing", "a letter", "an empty sequence", "a token"],
    )
    def test_what_is_none(self, data: bytes) -> None:
        with pytest.raises(MalformedStamp, match="not a request"):
            TimestampRequest.parse(data)


class TestRefusals:
    """A reply without a token."""

    def test_it_says_why(self) -> None:
        with pytest.raises(StampRefused) as caught:
            Token.parse(refusal(2, "no \x1b[31mred\x07 ink", bits=0b1000_0000))
        assert caught.value.message == (
            "the authority made no time stamp: no [31mred ink; "
            "it does not take this hash algorithm."
        )

    @pytest.mark.parametrize("status", [2, 3, 4, 5, 99])
    def test_it_may_say_nothing(self, status: int) -> None:
        with pytest.raises(StampRefused, match=f"status {status}"):
            Token.parse(refusal(status))

    def test_granted_without_a_token(self) -> None:
        with pytest.raises(StampRefused, match="status 0"):
            Token.parse(refusal(0))

    def test_a_token_that_was_not_granted(self) -> None:
        with pytest.raises(StampRefused):
            Token.parse(reply(token(DATA, GOOD, GOOD), status=2))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("608648016503040201", "608648016503040205", "hash algorithm"),
        ("2a864886f70d010910022f", "2a864886f70d0109100230", "names no certificate"),
        ("2a864886f70d010904", "2a864886f70d010905", "not as RFC 3161 has it"),
        ("2a864886f70d010903", "2a864886f70d010905", "not as RFC 3161 has it"),
        ("2a864886f70d0109100104", "2a864886f70d0109100105", "not as RFC 3161 has it"),
        (
            "060b2a864886f70d0109100104a0",
            "060b2a864886f70d0109100105a0",
            "signed as something else",
        ),
        ("2a864886f70d010702", "2a864886f70d010703", "ASN.1 parse error"),
    ],
)
def test_tokens_of_another_make(old: str, new: str, said: str) -> None:
    made = token(DATA, GOOD).replace(bytes.fromhex(old), bytes.fromhex(new))
    with pytest.raises(MalformedStamp, match=said):
        Token.parse(made)


def test_what_is_signed_twice() -> None:
    with pytest.raises(MalformedStamp, match="signed twice"):
        Token.parse(token(DATA, GOOD, twice=True))


def test_a_signer_named_by_a_key_identifier() -> None:
    made = token(DATA, GOOD)
    issuer = der.encoded(
        der.SEQUENCE,
        GOOD.certificate.issuer.public_bytes(),
        integer(GOOD.certificate.serial_number),
    )
    assert made.count(issuer) == 1
    with pytest.raises(MalformedStamp, match="not named by issuer and serial number"):
        Token.parse(made.replace(issuer, b"\x80" + issuer[1:]))


def test_too_much() -> None:
    with pytest.raises(MalformedStamp, match="too long"):
        Token.parse(der.encoded(der.SEQUENCE, bytes(300_000)))


class TestFiles:
    """Certificates in files."""

    def test_pem_and_der_and_each_once(self, tmp_path: Path) -> None:
        (tmp_path / "two.pem").write_bytes(b"the first\n" + ROOT.pem + MIDDLE.pem)
        (tmp_path / "one.der").write_bytes(ROOT.der)
        found = read_certificates([tmp_path / "two.pem", tmp_path / "one.der"])
        assert found == (ROOT.certificate, MIDDLE.certificate)

    @pytest.mark.parametrize(
        "data",
        [b"", b"not one", b"-----BEGIN CERTIFICATE-----\n", ROOT.private_pem, ROOT.der[:99]],
        ids=["nothing", "text", "a beginning", "a private key", "cut short"],
    )
    def test_what_holds_none(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "ca.pem").write_bytes(data)
        with pytest.raises(CertificatesUnusable, match="there is no certificate in"):
            read_certificates([tmp_path / "ca.pem"])

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(CertificatesUnusable, match="cannot be read"):
            read_certificates([tmp_path])


def test_imprints_of_other_lengths() -> None:
    assert Imprint("SHA-512", sha512(DATA).digest()).fits(DATA)
    assert not Imprint("SHA-512", sha256(DATA).digest()).fits(DATA)
