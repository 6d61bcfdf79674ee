"""A bundle in a page: written in one way, read by one strict grammar, judged as in a zip."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.bundles import Files, Packed, packed_case
from tests.support.pages import page_of, page_with

from answerable.ledger.bundle import layout, zip_file
from answerable.ledger.bundle.errors import MalformedBundle
from answerable.ledger.bundle.in_page.embedded import (
    CLOSING,
    OPENING,
    bundle_element,
    embedded,
    page_files,
)
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.tlog.trust import Trust


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


class Elements(HTMLParser):
    """Return what a reader of HTML takes for the elements of a page that are called `bundle`."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.inside = False
        self.told: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = ("id", "bundle") in attrs
        if self.inside:
            self.told.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.told[-1] += data


# What is written is what is read.


def test_a_page_carries_what_only_the_bundle_can_tell(packed: Packed) -> None:
    files = page_files(packed.made.files)
    assert {*packed.made.files} - {*files} == {*layout.BESIDE} - {layout.REPORT}
    assert all(files[name] == packed.made.files[name] for name in files if name != "manifest.json")
    assert json.loads(files["manifest.json"])["files"].keys() == files.keys() - {"manifest.json"}
    assert packed.wrong(page_of(files)) == {}


def test_the_files_of_what_was_made_are_those_in_its_zip(packed: Packed) -> None:
    assert packed.made.files == zip_file.unpack(packed.made.data)


def test_the_element_is_the_one_that_is_read(packed: Packed) -> None:
    page = b"<!doctype html>" + bundle_element(packed.made.files).encode()
    assert extracted(page) == page_files(packed.made.files)


names = st.sampled_from(("checkpoint", "keys.txt", "entries/00000004.json", "timestamps/1.tst"))
hostile = st.sampled_from(
    (
        "</script><script>alert(1)</script>",
        "<!--",
        "-->",
        "]]>",
        "&lt;",
        "\u2028",
        "\0",
        "été",
        "😀",
    )
)


@given(st.dictionaries(names, st.binary(max_size=20) | hostile.map(str.encode)))
def test_any_files_come_back_and_nothing_in_them_ends_the_element(files: Files) -> None:
    text = embedded(files)
    assert text.isascii()
    assert not {*text} & {*"<>&"}
    page = page_of(files)
    assert extracted(page) == files
    assert Elements(page).told == [text]


# What is refused, by all who read a page, and what they say of it.


def told_of(packed: Packed, page: bytes) -> str:
    """Return what is said of a page that is refused, after making sure that all refuse it."""
    assert packed.wrong(page) == {(None, None): {"MalformedBundle"}}
    with pytest.raises(MalformedBundle) as refused:
        extracted(page)
    return refused.value.message


WHOLE = f"{OPENING}{{}}{CLOSING}"

ELSEWHERE: dict[str, tuple[str, str, str]] = {
    "a second one": (WHOLE, "", "a second element of the page calls itself the bundle: at byte "),
    "one behind it": ("", WHOLE, "a second element of the page calls itself the bundle"),
    "of another case": ("", "<SCRIPT ID='bundle'>", "a second element"),
    "without quotes": ("", "<p class=x id=bundle>", "a second element"),
    "without a space": ("", '<p/id="bundle">', "a second element"),
    "by its number": ("", '<p id="&#98;undle">', "a second element"),
    "the first of two ids": ("", "<p id=bundle id=x>", "a second element"),
    "in a comment": ("<!-- ", " -->", "the bundle in the page stands in a comment"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_element_is_there_once_and_in_the_open(packed: Packed, name: str) -> None:
    before, behind, said = ELSEWHERE[name]
    page = page_of(page_files(packed.made.files), before=before, behind=behind)
    assert said in told_of(packed, page)


@pytest.mark.parametrize(
    "harmless",
    [
        *("<!-- a remark -->", '<p id="bundles">', "id=bundle", '<p title="bundle">', "<"),
        *(
            '<p aria-label="x id=bundle y">',
            "<p title='&#34; id=\"bundle\"'>",
            "<p id=x id=bundle>",
        ),
        '<p data-id="bundle" id="&#97;">',
    ],
)
def test_what_else_is_in_the_page_is_not_looked_at(packed: Packed, harmless: str) -> None:
    page = page_of(page_files(packed.made.files), before=harmless, behind=harmless)
    assert packed.wrong(page) == {}


def carrying(**files: Any) -> str:
    return json.dumps(files)


CONTENTS: dict[str, tuple[str, str]] = {
    "nothing": ("", "it is not JSON at byte "),
    "half": ('{"checkpoint":', "it is not JSON at byte "),
    "no object": ("[]", "it is no object"),
    "a name twice": ('{"checkpoint":"a","checkpoint":"b"}', "a name stands twice"),
    "half a pair": ('{"checkpoint":"\\ud800"}', "cannot be read"),
    "not ASCII": ('{"checkpoint":"é"}', "is not ASCII"),
    "too deep": ('{"checkpoint":' + "[" * 70 + "]" * 70 + "}", "nested too deep"),
    "a tag": ('{"checkpoint":"<p>"}', f"does not end by {CLOSING}: at byte "),
    "a strange name": (carrying(**{"a.html": ""}), "a file that no page does: 'a.html'"),
    "a name that leads out": (carrying(**{"../keys.txt": ""}), "a file that no page does"),
    "what lies beside it": (carrying(**{"verify.py": ""}), "a file that no page does"),
    "a list": (carrying(**{"evidence.json": "[]\n"}), "a file that no page does"),
    "a number": (carrying(checkpoint=1), "checkpoint in the page is neither text nor base64"),
    "null": (carrying(checkpoint=None), "checkpoint in the page is neither"),
    "text as base64": (
        carrying(checkpoint={"base64": b64encode(b"text").decode()}),
        "checkpoint in the page is neither",
    ),
    "base64 that is none": (carrying(checkpoint={"base64": "/w"}), "checkpoint in the page is"),
    "more than base64": (carrying(checkpoint={"base64": "/w==", "x": 1}), "checkpoint in the"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_element_holds_files_and_each_in_one_way(packed: Packed, name: str) -> None:
    content, said = CONTENTS[name]
    assert said in told_of(packed, page_with(content))


def test_a_page_without_a_bundle_is_refused(packed: Packed) -> None:
    assert "this page carries no evidence bundle" in told_of(packed, b"<!doctype html><p>Hello")


def test_where_it_is_not_json_is_told_by_the_byte_of_the_page(packed: Packed) -> None:
    page = page_with('{"checkpoint" "x"}')
    assert f"at byte {page.index(b' ' + bytes([34]) + b'x') + 1:,}" in told_of(packed, page)


# It is judged as in a zip.


@pytest.mark.parametrize("name", layout.IN_PAGE)
def test_a_file_that_is_missing_is_found(packed: Packed, name: str) -> None:
    files = page_files(packed.made.files)
    del files[name]
    found = packed.wrong(page_of(files))
    assert found[(None, None) if name == "manifest.json" else (name, None)] >= {"MalformedBundle"}


def test_a_list_of_what_no_page_carries_is_found(packed: Packed) -> None:
    files = {name: data for name, data in packed.made.files.items() if name not in layout.BESIDE}
    found = packed.wrong(page_of(files))
    always = {*layout.BESIDE} - {layout.REPORT}
    assert found == {(name, None): {"MalformedBundle"} for name in always}


def test_what_the_page_shows_is_said_to_be_unchecked(packed: Packed) -> None:
    files = page_files(packed.made.files)
    unchecked = verify_bundle(files, Trust(packed.keys), page=page_of(files)).unchecked
    assert any("what the page shows" in each for each in unchecked)
    assert not any("README.txt" in each or "verify.py" in each for each in unchecked)
