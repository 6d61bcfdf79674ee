"""Any text as the value of an attribute comes back from any reader of XML."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.interchange.xml_text import REPLACED, quoted


def read(text: str) -> str | None:
    return ET.fromstring(f"<a value={quoted(text)}/>".encode("utf-8", "surrogatepass")).get("value")


def possible(sign: str) -> bool:
    """Tell whether a document of XML 1.0 can hold a character (production 2, Char)."""
    return (
        sign in "\t\n\r"
        or " " <= sign <= "\ud7ff"
        or "\ue000" <= sign <= "\ufffd"
        or sign >= "\U00010000"
    )


@given(
    st.text(st.characters(exclude_categories=()) | st.sampled_from("&<>\"'\n\t\r\x00\x85\ufffe"))
)
def test_a_text_comes_back_but_for_what_xml_cannot_hold(text: str) -> None:
    assert read(text) == "".join(each if possible(each) else REPLACED for each in text)
