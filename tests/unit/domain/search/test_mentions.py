"""What counts as a person's name in a text, before their data are erased."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.search.mentions import NamesSought

JANE = NamesSought(["Jane van Döe", "雷军", "JD"], person=True)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("said JANE  van\nDoe.", True),
        ("jane.van-doe@example.com", True),
        ("Döe, Jane van", True),
        ("van Doe, Jane", True),
        ("mail to janevandoe@example.com", True),
        ("https://example.com/people/doejanevan", True),
        ("据称雷军先生没有回答", True),
        ("https://example.com/%E9%9B%B7%E5%86%9B", True),
        ("signed, J.D.: JD", True),
        ("Ｊａｎｅ van Döe", True),
        ("the Doe affair", False),
        ("Jane said so", False),
        ("D\u00f6e, in two ways: Do\u0308e", False),
        ("a van was parked there", None),
        ("雷先生", None),
        ("军雷", None),
        ("doer, Janet, JDK", None),
        ("", None),
    ],
)
def test_a_name_in_a_text(text: str, whole: bool | None) -> None:
    found = JANE.find("conduct", text)
    assert (found and found.whole) == whole
    assert found is None or (found.passage.field, found.passage.text) in (
        ("conduct", text),
        ("conduct", "https://example.com/雷军"),
    )


@pytest.mark.parametrize(
    ("names", "person", "text", "whole"),
    [
        (["Xu Fei"], True, "Fei Xu", True),
        (["Xu Fei"], True, "Fei", False),
        (["Xu Fei"], True, "Xu", None),
        (["Lei Jun (雷军)"], True, "雷军说", True),
        (["Lei Jun (雷军)"], True, "Lei Jun", True),
        (["Example Works"], False, "the works of others", None),
        (["Example Works"], False, "Works Example", None),
        (["Example Works"], False, "at exampleworks.com", True),
        (["X", "王"], True, "x 王", None),
        (["Jane 2026"], True, "in 2026", None),
        ([], True, "anything", None),
    ],
)
def test_which_ways_of_writing_a_name_count(
    names: list[str], person: bool, text: str, whole: bool | None
) -> None:
    found = NamesSought(names, person=person).find("conduct", text)
    assert (found and found.whole) == whole


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("aliases", ["nobody", "Jane van Doe"], ("aliases", "Jane van Doe")),
        ("sources", [{"title": "x", "url": "https://x.org/Doe"}], ("sources", "https://x.org/Doe")),
        ("sealed_fields", {"reason": "none", "title": "of Jane"}, ("title", "of Jane")),
    ],
)
def test_where_it_stands_is_told(field: str, value: Any, shown: tuple[str, str]) -> None:
    found = JANE.find(field, value)
    assert found is not None
    assert tuple(found.passage) == shown


def test_a_whole_name_is_told_before_a_part_of_one() -> None:
    found = JANE.find("aliases", ["Doe", "JD"])
    assert found is not None
    assert (found.whole, found.passage.text) == (True, "JD")


def test_what_can_be_read_inside_a_signature_is_read() -> None:
    blob = b"SSHSIG\0\0\0\x01\xff\xfe\0\0\0\x0cssh:jane-doe\0\0\0\x05other"
    armored = (
        f"-----BEGIN SSH SIGNATURE-----\n{b64encode(blob).decode()}\n-----END SSH SIGNATURE-----\n"
    )
    found = JANE.find("signature", armored)
    assert found is not None
    assert not found.whole
    assert JANE.find("signature", armored[:40]) is None
    assert JANE.find("conduct", armored) is None


words = st.sampled_from(
    ("Jane", "van", "DÖE", "doe", "雷", "军", "jd", "x", "%64o", "%44oe", " ", "-", "\n")
)


@given(st.lists(words).map("".join))
def test_what_is_passed_over_quickly_has_no_name(text: str) -> None:
    from pydantic_core import to_json

    if not JANE.may_be_in(b'["salt","conduct",%b]' % to_json(text)):
        assert JANE.find("conduct", text) is None


def test_texts_of_others_are_passed_over() -> None:
    assert not JANE.may_be_in(b'["salt","conduct","nobody of note"]')
    assert NamesSought(["雷军"], person=True).may_be_in("雷".encode())
    assert not NamesSought(["雷军"], person=True).may_be_in(b"in ASCII")
