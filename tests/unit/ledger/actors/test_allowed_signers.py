"""Who may sign as whom: line by line as OpenSSH judges it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.openssh import Key, OpenSsh

from answerable.ledger.actors.allowed_signers import AllowedSigners, matches_patterns, principal_of
from answerable.ledger.actors.errors import NoSigners, NotAllowed
from answerable.ledger.actors.sshsig import SshSignature

KEY = Key.generate("ssh-ed25519")
OTHER = Key.generate("ssh-ed25519")
MESSAGE = b"what was recorded"
SIGNATURE = KEY.sign(MESSAGE)
PUBLIC = SshSignature.parse(SIGNATURE).key
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def allowed(signers: bytes | str, who: str = "jane", at: datetime = NOON, key: Key = KEY) -> bool:
    told = signers.encode() if isinstance(signers, str) else signers
    try:
        AllowedSigners.parse(told).check(who, SshSignature.parse(key.sign(MESSAGE)).key, at)
    except NotAllowed:
        return False
    return True


def why(signers: str, who: str = "jane", at: datetime = NOON) -> str:
    with pytest.raises(NotAllowed) as refused:
        AllowedSigners.parse(signers.encode()).check(who, PUBLIC, at)
    return refused.value.message


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A time zone with summer time."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield "Europe/Berlin"
    monkeypatch.undo()
    time.tzset()


WORDS = [
    "jane",
    "j*",
    "*",
    "!jane",
    "?ane",
    "jan",
    "!j*",
    "bob",
    "ja*e",
    "*a*n*",
    "",
    "JANE",
    "jäne",
]
TIMES = ["20260701", "20260701Z", "202607011159", "202607011200Z", "20260701120000Z", "20260230z",
         "20260101", "20260101UTC", "20270101", "2026", "20261301", "202607012460", "x", "",
         "19700101Z", "20260701120061Z", "20260701 "]  # fmt: skip
OPTIONS = [
    *(f'{name}="{value}"' for name in ("valid-after", "Valid-Before") for value in TIMES),
    *(f'namespaces="{value}"' for value in (
        "answerable", "file", "file,answerable", "*", "!answerable,*", "", "answer*", 'a\\"b')),
    "cert-authority", "CERT-AUTHORITY", "namespaces=answerable", "no-touch-required", "verify",
    'namespaces="answerable', ",", '"',
]  # fmt: skip
KEYS = [KEY.line, OTHER.line, f"{KEY.line} a comment", KEY.line.replace("ssh-ed25519 ", ""),
        KEY.line[:-3], f"{KEY.line}=", KEY.line.replace("ssh-ed25519", "ssh-rsa"), "ssh-rsa",
        "", KEY.line.replace(" ", "\t")]  # fmt: skip
GAPS = [" ", "  ", "\t", " \t "]


@st.composite
def lines(draw: st.DrawFn) -> str:
    principals = ",".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
    if draw(st.integers(0, 4)) == 0:
        principals = f'"{principals}"'
    options = ",".join(draw(st.lists(st.sampled_from(OPTIONS), max_size=2)))
    parts = [principals, *([options] if options else []), draw(st.sampled_from(KEYS))]
    line = draw(st.sampled_from(GAPS)).join(parts)
    return draw(st.sampled_from(["", "", "", " ", "#"])) + line + draw(st.sampled_from(["", "\r"]))


MOMENTS = [
    datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC),
    datetime(2026, 6, 30, 23, tzinfo=UTC),
    datetime(2026, 7, 1, 10, 59, 59, tzinfo=UTC),
    datetime(2026, 7, 1, 11, 59, 1, tzinfo=UTC),
    NOON,
    datetime(2026, 7, 1, 12, 0, 1, 999_999, tzinfo=UTC),
    datetime(2026, 3, 2, tzinfo=UTC),
    datetime(2028, 1, 1, tzinfo=UTC),
]


@settings(
    max_examples=examples(90),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    told=st.lists(lines(), min_size=1, max_size=3),
    who=st.sampled_from(["jane", "bob", "JANE", "jäne", "jan"]),
    at=st.sampled_from(MOMENTS),
)
def test_it_judges_as_openssh_does(
    openssh: OpenSsh, zone: str, told: list[str], who: str, at: datetime
) -> None:
    signers = "\n".join(told).encode()
    theirs = openssh.accepts(
        SIGNATURE, MESSAGE, signers, who=who, at=f"{at:%Y%m%d%H%M%S}Z", zone=zone
    )
    assert allowed(signers, who, at) == theirs


@pytest.mark.parametrize(
    ("options", "at", "expected"),
    [
        ('valid-before="20260701120000"', "20260701110000Z", True),
        ('valid-before="20260701120000"', "20260701110001Z", False),
        ('valid-after="20260101"', "20251231225959Z", False),
        ('valid-after="20260101"', "20251231230000Z", True),
        ('valid-after="20260701Z",valid-before="20260701Z"', "20260701000000Z", False),
        ('valid-after="20260701000001Z",valid-before="20260701000002Z"', "20260701000002Z", True),
    ],
)
def test_times_at_their_edges(
    openssh: OpenSsh, zone: str, options: str, at: str, expected: bool
) -> None:
    line = f"jane {options} {KEY.line}".encode()
    moment = datetime.strptime(at, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    assert allowed(line, at=moment) is expected
    assert openssh.accepts(SIGNATURE, MESSAGE, line, at=at, zone=zone) is expected


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("a", "a", True),
        ("a", "", False),
        ("", "", True),
        ("a", "*", True),
        ("", "*", True),
        ("ab", "?", False),
        ("ab", "a*b*", True),
        ("abcb", "a*b", True),
        ("aXbXb", "a*Xb", True),
        ("a", "!b", False),
        ("a", "*,!a", False),
        ("a", "!a,*", False),
        ("b", "!a,*", True),
        ("!a", "!!a", False),
        ("a.b", "a?b", True),
        ("a+b", "a+b", True),
        ("a[b]", "a[b]", True),
        ("a\nb", "a*b", True),
        ("a", f"a,{'x' * 1022}", True),
        ("a", f"a,{'x' * 1023}", False),
        ("a", "a,", True),
        ("", "a,", False),
        ("", "a,,b", True),
    ],
)
def test_patterns(text: str, patterns: str, expected: bool) -> None:
    assert matches_patterns(text.encode(), patterns.encode()) is expected


def test_no_pattern_takes_long() -> None:
    assert not matches_patterns(b"a" * 5_000, b"*a" * 400 + b"b")
    assert not matches_patterns(b"a" * 5_000, b"*a?" * 300 + b"b")


def test_who_signs_is_named_by_their_address() -> None:
    assert principal_of("Jane Doe <jane@example.com>") == "jane@example.com"
    assert principal_of("<jane@example.com> ") == "jane@example.com"
    assert principal_of("jane@example.com") == "jane@example.com"
    assert principal_of("p-7k2m") == "p-7k2m"
    assert principal_of("a <b> <c>") == "c"
    assert principal_of("a <>") == "a <>"
    line = f"*@example.com {KEY.line}"
    assert allowed(line, "Jane Doe <jane@example.com>")
    assert not allowed(line, "jane@example.com <jane@example.org>")


def test_why_a_key_may_not_sign() -> None:
    may_not = f"the key {PUBLIC.fingerprint} may not sign for jane"
    assert why(f"bob {KEY.line}") == f"{may_not}: no line allows it."
    assert why(f"jane {OTHER.line}") == f"{may_not}: no line allows it."
    assert why("") == f"{may_not}: no line allows it."
    assert "line 2 does not allow it to sign for 'answerable'" in why(
        f'\njane namespaces="git" {KEY.line}'
    )
    assert "line 1 makes it valid only later" in why(f'jane valid-after="20270101Z" {KEY.line}')
    both = f'jane valid-before="20260101Z" {KEY.line}\njane valid-after="20270101Z" {KEY.line}'
    assert "by line 1 it was no longer valid and line 2" in why(both)
    assert allowed(f"{both}\njane {KEY.line}")


def test_lines_that_are_passed_over_are_remarked_upon() -> None:
    told = AllowedSigners.parse(
        "\n".join(
            (
                "# a comment",
                "",
                "jane",
                f"jane cert-authority {KEY.line}",
                f"jane verify-required {KEY.line}",
                f'jane namespaces="a",namespaces="b" {KEY.line}',
                f'jane valid-after="tomorrow" {KEY.line}',
                f'"jane {KEY.line}',
                "jane ssh-dss AAAAB3NzaC1kc3MAAACBAA==",
                f'jane valid-after="20270101",valid-before="20260101" {KEY.line}',
                f"ja\0ne {KEY.line}",
            )
        ).encode()
    )
    assert told.signers == ()
    assert [remark.split(":")[0] for remark in told.remarks] == [
        f"line {number} is passed over" for number in range(3, 12)
    ]
    assert "certificates are not accepted" in told.remarks[1]


def test_a_time_without_a_zone_is_remarked_upon() -> None:
    told = AllowedSigners.parse(f'jane valid-after="20260101" {KEY.line}'.encode())
    assert len(told.signers) == 1
    assert "time zone of this machine" in told.remarks[0]
    assert not AllowedSigners.parse(f'jane valid-after="20260101Z" {KEY.line}'.encode()).remarks


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\x00" * 1000, Random(7).randbytes(1000), b"\n" * 99]
)
def test_a_file_of_something_else_allows_nobody(data: bytes) -> None:
    assert AllowedSigners.parse(data).signers == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path / "none", tmp_path):
        with pytest.raises(NoSigners, match="cannot be read"):
            AllowedSigners.read(place)
    (tmp_path / "a").write_text(f"jane {KEY.line}\n")
    assert len(AllowedSigners.read(tmp_path / "a").signers) == 1
