"""The words of a page, and the sums of them that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.bundles import Packed, packed_case
from tests.support.lengths import examples
from tests.support.pages import checking_page

from answerable.ledger.bundle import standalone_verifier as stranger
from answerable.ledger.bundle.in_page.embedded import bundle_element
from answerable.ledger.bundle.in_page.extracted import places_of_bundles
from answerable.ledger.bundle.in_page.shown import OPENING, altered_parts, summed, sums_of

PAGE = """<!doctype html><html><head><title>A &amp; B</title></head>
<body class="x"><h1>Title &amp; more</h1><script>no.word < 1</script>
<section class="a" id="one"><p>First <b>wo</b>rd</p></section>
<section id="two"><noscript>no word</noscript><style>p{}</style>second&nbsp;one</section>
<script type="application/json" id="steps">{"said":["one  step"]}</script>
</body></html>"""


def altered(page: str) -> list[str] | None:
    """Return what does not read as it was written, after making sure that both verifiers say so."""
    found = altered_parts(page.encode())
    assert stranger.altered_parts(page.encode()) == found
    return found


def test_a_page_reads_as_it_was_written() -> None:
    assert altered(summed(PAGE)) == []
    parts = ("", "one", "two")
    assert sums_of(PAGE).keys() == {*parts, *(f"<>{each}" for each in parts), "<title>", "#steps"}
    assert stranger.sums_of(PAGE) == sums_of(PAGE)


REFERENCES = ("&", "amp", ";", "#", "x", "38", "notit", " ", "\n", "\0", "<b>", "</b>", "a")


@given(st.lists(st.sampled_from(REFERENCES), max_size=12).map("".join))
@settings(max_examples=examples(200), deadline=None)
def test_no_reference_goes_on_behind_a_tag(words: str) -> None:
    """The checker that ships alone reads each text by itself; here all are read in one go."""
    page = f'<body><section id="one">{words}</section></body>'
    assert sums_of(page) == stranger.sums_of(page)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("Title", "Titel", [""]),
        ("First", "Last", ["one"]),
        ("<b>wo</b>rd", "word", ["one"]),
        ("<b>wo</b>", "<i>wo</i>", ["<>one"]),
        ("Title &amp; more", "Title &amp; m ore", [""]),
        ("Title &amp; more", "Title  &amp;\tmore", []),
        ("First <b>", "First\n\t  <b>", []),
        ("second", "<i>second", ["<>two"]),
        ("second&nbsp;", "second", ["two"]),
        ("no word</noscript>", "no</noscript>", ["<>two"]),
        ("no.word", "some.word", ["<>"]),
        (' class="a"', "", ["<>one"]),
        (' class="a"', ' class="a" hidden', ["<>one"]),
        ("p{}", "p{display:none}", ["<>two"]),
        ("<!doctype html>", "", ["<>"]),
        ("</head>", '<base href="x"></head>', ["<>"]),
        ("A &amp; B", "A &amp; C", ["<title>"]),
        ("A &amp; B", "A &#38; B", []),
        ("<title>A &amp; B</title>", "", ["<>", "<title>"]),
        ("one  step", "two steps", ["#steps"]),
        ("one  step", "one step", ["#steps"]),
        (
            'id="steps">',
            'id="steps">0</script><script type="application/json" id="steps">',
            ["<>two", "#steps"],
        ),
        (' id="steps"', ' id="others"', ["<>two", "#others", "#steps"]),
        (' type="application/json" id="steps"', ' id="steps"', ["<>two", "#steps"]),
        (' id="two"', ' id="2"', ["2", "<>", "two"]),
        ("</section>", "</section><p>more</p>", ["one", "two"]),
        ("First", "&#70;irst", []),
        ("First", "<!-- First -->", ["one"]),
    ],
)
def test_what_was_changed_is_named_by_its_part(old: str, new: str, parts: list[str]) -> None:
    assert altered(summed(PAGE).replace(old, new)) == parts


def test_a_page_by_a_template_of_a_house_has_no_sums_of_its_markup() -> None:
    page = summed(PAGE, markup=False)
    assert altered(page.replace("<b>wo</b>rd", "<i hidden>wo</i>rd")) == []
    assert altered(page.replace("First", "Last")) == ["one"]


@pytest.mark.parametrize("told", ["", "[]", "{", '{"":1,"":1}'])
def test_sums_that_are_none_are_told_from_sums(told: str) -> None:
    page = f"{PAGE}{OPENING}{told}</script>"
    assert altered(page) is None
    assert altered(PAGE) is None
    assert altered(summed(summed(PAGE))) is None


SIZE = 300_000
LONG = {
    "scripts without an end": "<script>",
    "comments without an end": "<!--",
    "closing tags without an end": "</script ",
    "parts without an end": '<section id="',
    "a tag of many ids": " id='a",
    "a tag of the bundle's ids": "id=bundle&#",
    "a tag of spaces": " id ",
    "a tag of equal signs": " id = ",
    "tags": "<a>",
    "a tag of one long name": "section",
    "references": "&am",
    "data": '<script type="application/json" id="a">1</script>',
    "quotes": "<section id='\"",
}


@pytest.mark.parametrize("name", LONG)
def test_no_page_makes_one_wait(name: str) -> None:
    """Read long pages soon: what took the square of their length would take minutes."""
    piece = LONG[name]
    for begin, end in (("<section ", ""), ("<section ", ">"), ("<", "")):
        page = f"<body><script>x</script>{begin}{piece * (SIZE // len(piece))}{end}"
        before = process_time()
        assert sums_of(page) == stranger.sums_of(page)
        assert [*places_of_bundles(page.encode())] == [*stranger.places_of_bundles(page.encode())]
        assert process_time() - before < 3


PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "/",
            "!--",
            "--",
            "-->",
            "<!--",
            " ",
            "\n",
            "=",
            "'",
            '"',
            "&amp;",
            "&",
            "a;",
            "x",
        ),
        *(
            "script",
            "SCRIPT",
            "\u017fcript",
            "style",
            "noscript",
            "template",
            "</script",
            "</style >",
        ),
        *("section", "SecTion", "\u017fection", "footer", "sections", ' id="a"', " id='b'", "id=c"),
        *(
            "<body",
            "<section id='s'>",
            "</section>",
            "<script>",
            "</script>",
            "<b>",
            "<title>",
            '<script type="application/json" id="a">',
            "</script>",
            "\ufffd",
            "\u0131",
        ),
    ]
)


@settings(max_examples=examples(300))
@given(st.lists(PIECES, max_size=30))
def test_whatever_a_page_is_both_verifiers_read_the_same_words(pieces: list[str]) -> None:
    page = "".join(pieces)
    assert sums_of(page) == stranger.sums_of(page)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("bundle")) as made:
        yield made


def test_other_words_are_a_problem_of_the_page(packed: Packed) -> None:
    page = checking_page(bundle_element(packed.made.files))
    assert packed.wrong(page) == {}
    assert packed.wrong(page.replace(b"The finding", b"No finding")) == {
        ("page", None): {"PageAltered"}
    }


def test_parts_in_another_order_are_told_from_those_that_were_written() -> None:
    one, two = (PAGE[PAGE.index(f"<section{each}") :].partition("\n")[0] for each in (" c", " id"))
    found = altered(summed(PAGE).replace(f"{one}\n{two}", f"{two}\n{one}"))
    assert found is not None
    assert "<>" in found
