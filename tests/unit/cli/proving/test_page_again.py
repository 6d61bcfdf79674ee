"""Test that what a page says is worked out again of its record, and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.support.bundles import Files, Packed, found_by_stranger, packed_case, repacked, sign_head

from answerable.cli.proving.again.given_page import bundle_report
from answerable.cli.proving.again.made_again import Compared, words_of
from answerable.cli.proving.again.words import Words, left_over, otherwise
from answerable.cli.proving.bundles.verify import verify_bundle as verify_at
from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.version import version
from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.domain.parsing import parse
from answerable.ledger.bundle import layout
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.in_page.shown import OPENING, summed
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.bundle.writer import Withheld, make_bundle
from answerable.ledger.tlog.trust import Trust
from answerable.projections.report.audience.audiences import FIELDS, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("again")) as made:
        yield made


@pytest.fixture(scope="module")
def page(packed: Packed) -> str:
    looked = look(packed.ledger, "acme")
    made = Made(report_of(looked, version=version()), packed.ledger, looked)
    return content(made, "html").decode()


@pytest.fixture(scope="module")
def bundle(packed: Packed) -> bytes:
    writes = partial(bundle_report, packed.ledger)
    return make_bundle(packed.ledger, "acme", Withheld(), report=writes).data


def of_page(packed: Packed, page: str) -> Compared:
    data = page.encode()
    return words_of(verify_bundle(extracted(data), Trust(packed.keys), page=data), data)


def of_bundle(packed: Packed, data: bytes) -> Compared:
    return words_of(verify_bundle(data, Trust(packed.keys)), None)


def altered(page: str, old: str, new: str) -> str:
    """A page of which some words were altered everywhere, and the sums made to fit."""
    before, _, behind = page.partition(OPENING)
    plain = before + behind.partition("</script>")[2]
    assert old in plain
    return summed(plain.replace(old, new))


def test_a_page_is_made_again_to_the_letter(packed: Packed, page: str) -> None:
    assert of_page(packed, page) == Compared("page", "the page")


def test_so_it_is_in_chinese_and_for_whoever_is_shown_the_whole(packed: Packed) -> None:
    for audience in ("board", "auditor"):
        with in_language(language("zh-Hans")):
            gated = report_for(packed.ledger, "acme", For(audience), version=version())
            fields = FIELDS.get(audience, ())
            made = Made(gated.report, packed.ledger, gated.looked, fields, gated.part)
            text = content(made, "html").decode()
        assert of_page(packed, text) == Compared("page", "the page")


def test_so_is_the_report_in_a_bundle(packed: Packed, bundle: bytes) -> None:
    assert of_bundle(packed, bundle) == Compared(layout.REPORT, layout.REPORT)
    assert of_bundle(packed, packed.made.data) == Compared(layout.REPORT, layout.REPORT, whole=None)


EDITS = {
    "a text": ("took a watch", "took nothing"),
    "an answer": ("is accountable", "is not accountable"),
    "a script": ('"use strict";', '"use strict"; // not quite'),
    "what hides words": ('<section id="register"', '<section hidden="" id="register"'),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_was_altered_is_found_though_the_sums_fit(
    packed: Packed, page: str, name: str
) -> None:
    forged = altered(page, *EDITS[name])
    data = forged.encode()
    assert verify_bundle(extracted(data), Trust(packed.keys), page=data).verified
    found = of_page(packed, forged)
    assert found.differs


def test_what_may_rest_on_more_is_named_and_quoted(
    packed: Packed, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "report.html"
    place.write_text(altered(page, '"lines":[', '"lines":["Everybody is accountable.",'))
    assert verify_at(place, Trust(packed.keys), None, as_json=False) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Verified, but for 1 line of the page: ")
    assert (
        "the part “How it came to be decided”: its verdicts rest on more than the page carries; "
        "“Everybody is accountable.”\n"
    ) in said.err


def test_a_report_and_a_manifest_that_were_both_rewritten_are_found(
    packed: Packed, bundle: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(files: Files) -> None:
        told = files[layout.REPORT]
        files[layout.REPORT] = told.replace(b"took a watch", b"took nothing")
        assert files[layout.REPORT] != told

    data = repacked(bundle, edit, relist=True)
    assert found_by_stranger(data, packed.keys, tmp_path) == set()  # which says what it is not
    place = tmp_path / "case.zip"
    place.write_bytes(data)
    assert verify_at(place, Trust(packed.keys), None, as_json=False) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("NOT VERIFIED\n  report.html: the part “")
    assert "took nothing" in said.err
    assert "took a watch" in said.err


def test_the_first_line_says_whether_words_were_compared(
    packed: Packed, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "report.html"
    place.write_text(page)
    assert verify_at(place, Trust(packed.keys), None, as_json=False) == 0
    said = capsys.readouterr().out
    assert said.startswith("Verified: ")
    assert "the page says what answerable makes of them, word for word\n" in said
    place.write_text(altered(page, f'"version":"{version()}"', '"version":"0.0"'))
    assert verify_at(place, Trust(packed.keys), None, as_json=False) == 0
    told = capsys.readouterr()
    # Its head says another version: so much of it does not follow.
    assert told.out.startswith("Verified, the record alone (and ")
    assert "what the page says: answerable 0.0 wrote it, as it claims" in told.err


def test_a_page_of_another_version_that_says_the_same_is_compared(
    packed: Packed, page: str
) -> None:
    other = altered(page, version(), "0.0.9")
    assert of_page(packed, other) == Compared("page", "the page")


def test_a_page_for_a_part_of_a_case_is_held_as_far_as_what_it_carries_goes(
    packed: Packed,
) -> None:
    gated = report_for(packed.ledger, "acme", For("public"), version=version())
    made = Made(gated.report, packed.ledger, gated.looked, (), gated.part)
    found = of_page(packed, content(made, "html").decode())
    assert found.whole is False
    assert not found.differs
    assert 0 < found.beyond < found.lines
    assert (
        "it was made for the public, of the whole case, and carries a part of it"
        in (found.not_compared[0])
    )


def test_lines_are_read_as_they_are_shown() -> None:
    told = "<p>One <b>line</b>.</p><section id='a'><td>two</td><td>three</td></section>"
    assert Words(told).lines == {"": ["One line."], "a": ["two", "three"]}
    other = Words(told.replace("two", "ten"))
    assert [each.told for each in otherwise(other, Words(told))] == [
        "the part “a”: it says “ten”, and the record comes to “two”"
    ]


def test_what_is_left_over_beside_lines_that_must_be_there() -> None:
    assert left_over("abcd", "bd") == ["a", "c"]
    assert left_over("abcd", "") == [*"abcd"]
    assert left_over("abcd", "db") is None


def test_a_page_by_a_template_of_the_house_is_not_compared(packed: Packed, tmp_path: Path) -> None:
    template = tmp_path / "own.html"
    template.write_text('{% extends "case.html" %}')
    looked = look(packed.ledger, "acme")
    report = report_of(looked, version=version())
    text = content(Made(report, packed.ledger, looked, template=template), "html").decode()
    found = of_page(packed, text)
    assert found.whole is False
    assert "template" in found.not_compared[0]


HEADLINE = '<div class="headline"><p>'

MASKED = {
    "a comment": ("</title>", "</title><!-- not so -->"),
    "a policy that is switched off": ('<meta name="referrer"', '</head><meta name="referrer"'),
    "a script among data": (
        "</body>",
        '<script type="text/javascript" id="shown">1</script></body>',
    ),
    "data twice": (
        "</body>",
        '<script type="application/json" id="replay-data">{}</script></body>',
    ),
    "a part twice": ("</main>", '<section id="register"></section></main>'),
    "words that are hidden": ('<div class="headline">', '<div class="headline" hidden>'),
    "words in a template": ('<div class="headline">', "<template></template><div>"),
    "markup never written": ("</main>", "<![CDATA[> not so ]]></main>"),
    "a row about what no log has": ('<tr data-position="', '<tr data-position="999" title="'),
}


@pytest.mark.parametrize("name", MASKED)
def test_what_is_excused_excuses_nothing_else(packed: Packed, page: str, name: str) -> None:
    masked = altered(page, HEADLINE, f"{HEADLINE}So it is said. ")
    assert of_page(packed, altered(masked, *MASKED[name])).differs


def test_a_page_of_a_smaller_log_than_its_head_is_not_verified(packed: Packed, page: str) -> None:
    size = f'"size":{len(packed.ledger)},'
    assert of_page(packed, altered(page, size, '"size":-1,')).differs
    grown = altered(page, size, '"size":1000,')
    assert of_page(packed, grown).whole is False
    assert of_page(packed, altered(grown, '"use strict";', '"use strict"; //')).differs


def test_an_erasure_in_another_case_is_carried_with_its_proof(tmp_path: Path) -> None:
    erasure = {"kind": "personal-data-erased", "case_id": "house", "subject": "p-9"}
    with packed_case(tmp_path) as packed:
        packed.ledger.append(parse({**erasure, "legal_basis": "a request"}), recorded_by="jane")
        sign_head(packed.ledger, tmp_path, packed.signers)
        looked = look(packed.ledger, "acme")
        made = Made(report_of(looked, version=version()), packed.ledger, looked)
        text = content(made, "html").decode()
    assert '<tr data-position="11"' in text
    assert layout.entry_name(11) in extracted(text.encode())
    assert of_page(packed, text) == Compared("page", "the page")
    assert of_page(packed, altered(text, "under a request", "under no request")).differs
    without = re.sub(r'\n?<tr data-position="11">.*?</tr>', "", text, flags=re.DOTALL)
    assert of_page(packed, altered(without, "Gifts", "Gifts ")).differs
