"""The body of add-checkpoint: what is read, and what is not."""

from base64 import b64encode

import pytest
from tests.support.growing_log import Growing, leaves

from answerable.ledger.errors import MalformedNote
from answerable.ledger.tlog.consistency import MAX_HASHES, MAX_PROOF, ConsistencyProof

HASH = b64encode(bytes(32)) + b"\n"

# C2SP tlog-witness, add-checkpoint: the example of a request's body.
EXAMPLE = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
""".encode()  # noqa: E501


def test_the_example_of_the_specification() -> None:
    proof = ConsistencyProof.parse(EXAMPLE)
    assert proof.old == 20852014
    assert [len(each) for each in proof.hashes] == [32] * 4
    assert proof.checkpoint_note.startswith(b"example.com/behind-the-sofa\n20852163\n")
    assert bytes(proof) == EXAMPLE


@pytest.mark.parametrize(("old", "size"), [(0, 0), (0, 5), (5, 5), (3, 7)])
def test_what_is_written_is_read(old: int, size: int) -> None:
    proof = Growing().proof(old, leaves(size))
    assert ConsistencyProof.parse(bytes(proof)) == proof


def test_as_many_hashes_as_may_be() -> None:
    assert len(ConsistencyProof.parse(b"old 1\n" + HASH * MAX_HASHES + b"\nx").hashes) == 63
    with pytest.raises(MalformedNote, match="63 hashes at most"):
        ConsistencyProof.parse(b"old 1\n" + HASH * (MAX_HASHES + 1) + b"\nx")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"old 1",
        b"old 1\n",
        b"old\n\nx",
        b"old \n\nx",
        b"old -1\n\nx",
        b"old 01\n\nx",
        b"old 1 \n\nx",
        b"old  1\n\nx",
        b"Old 1\n\nx",
        b"old 1\r\n\r\nx",
        b"old \xd9\xa1\n\nx",
        b"old 99999999999999999999\n\nx",
        b"new 1\n\nx",
        b"old 1\nAAAA\n\nx",
        b"old 1\n" + HASH[:-2] + b"\n\nx",
        b"old 1\n" + HASH.replace(b"A=", b"B=") + b"\nx",
        b"old 1\n " + HASH + b"\nx",
        b"old 1\n\xff\xfe\n\nx",
        b"old 1\n" + "é".encode() * 22 + b"\n\nx",
        b"x" * (MAX_PROOF + 1),
    ],
)
def test_what_is_not_one(data: bytes) -> None:
    with pytest.raises(MalformedNote):
        ConsistencyProof.parse(data)
