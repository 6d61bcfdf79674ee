"""Test that what a page claims about itself is one that answerable makes, and that tricks are seen.

A trick is seen where the page is called altered, or where the answer says that this much of it was
not compared, and quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.bundles import Packed, found_by_stranger, packed_case
from tests.unit.cli.proving.test_page_again import altered, of_page

from answerable.cli.proving.again.made_again import Compared
from answerable.cli.proving.bundles.verify import verify_bundle as verify_at
from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.version import version
from answerable.domain.parsing import parse
from answerable.ledger.tlog.trust import Trust
from answerable.projections.report.audience.audiences import For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with packed_case(tmp_path_factory.mktemp("claims")) as made:
        yield made


def whole(packed: Packed) -> str:
    looked = look(packed.ledger, "acme")
    made = Made(report_of(looked, version=version()), packed.ledger, looked)
    return content(made, "html").decode()


def part(packed: Packed, whom: For) -> str:
    gated = report_for(packed.ledger, "acme", whom, version=version())
    made = Made(gated.report, packed.ledger, gated.looked, (), gated.part)
    return content(made, "html").decode()


def grown(packed: Packed) -> str:
    """The page of a log that has one entry more than its signed head, in another case."""
    more = {"kind": "case-opened", "case_id": "elsewhere", "title": "Another"}
    packed.ledger.append(parse(more), recorded_by="jane")
    return whole(packed)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Packed, dict[str, str]]]:
    """The pages that tricks are played on; of the last, the log grows, so it is made last."""
    with packed_case(tmp_path_factory.mktemp("pages")) as made:
        told = {
            "whole": whole(made),
            "public": part(made, For("public")),
            "subject": part(made, For("subject", "p-9")),
        }
        older = claiming(told["whole"], version(), "0.0.9")
        told["other"] = altered(older, "Every event", "Each event")
        told["grown"] = grown(made)
        yield made, told


def claiming(page: str, old: str, new: str) -> str:
    """A page that claims something else of its making, and the sums made to fit."""
    _, opening, rest = page.partition('<script type="application/json" id="made">')
    told, end, _ = rest.partition("</script>")
    assert old in told
    return altered(page, f"{opening}{told}{end}", f"{opening}{told.replace(old, new)}{end}")


HASH = "0" * 64

CLAIMS: dict[str, tuple[str, str]] = {
    "a version that none is": (f'"version":"{version()}"', '"version":"the newest"'),
    "no version": (f'"version":"{version()}"', '"version":null'),
    "a zone that none is": ('"zone":null', '"zone":"Mars/Base"'),
    "a zone that is another file": ('"zone":null', '"zone":"../../etc/passwd"'),
    "a zone of no text": ('"zone":null', '"zone":[1]'),
    "a day that is none": ('"as_of":null', '"as_of":"2026-02-30"'),
    "a moment without a zone": ('"known_by":null', '"known_by":"2026-02-01T00:00:00"'),
    "a reader that no page has": ('"made_for":null', '"made_for":"everybody"'),
    "a part, of the whole": ('"made_for":null', '"made_for":"the public"'),
    "a person, and not for one": ('"subject":null', '"subject":"p-9"'),
    "a person, and not whom": ('"made_for":null', '"made_for":"the person concerned"'),
    "a smaller log": ('"size":11', '"size":10'),
    "no size": ('"size":11', '"size":true'),
    "another root": ('"root":"', f'"root":"{HASH}","root_":"'),
    "a root that is none": ('"root":"', '"root":"x'),
    "more than is told": ('"made_for":null', '"made_for":null,"by":"us"'),
    "what is closed": ('"closed":{', '"closed":{"7":{"location":"withheld"},'),
    "no form at all": ('"version"', "version"),
    "nothing deep": ('"made_for":null', '"made_for":' + "[" * 10**5 + "]" * 10**5),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_page_that_claims_what_none_does_is_not_verified(packed: Packed, name: str) -> None:
    forged = claiming(whole(packed), *CLAIMS[name])
    (wrong,) = of_page(packed, forged).differs
    assert not wrong.told.startswith("the part")


@pytest.mark.parametrize("tag", ['"de"', '"zh-Hans-X"', '""'])
def test_a_page_in_a_language_that_none_is_in_is_not_verified(packed: Packed, tag: str) -> None:
    forged = altered(whole(packed), '<html lang="en">', f"<html lang={tag}>")
    assert of_page(packed, forged).differs


def test_a_claim_that_another_could_have_made_changes_the_words(packed: Packed) -> None:
    """Hold a day, a zone and a language that are some, and not those of the page."""
    page = whole(packed)
    for old, new in (
        ('"zone":null', '"zone":"Asia/Shanghai"'),
        ('"as_of":null', '"as_of":"2026-01-31T23:59:59.999999+00:00"'),
        ('"known_by":null', '"known_by":"2026-02-01T00:05:00+00:00"'),
        ('"made_for":null', '"made_for":"the board"'),
    ):
        assert of_page(packed, claiming(page, old, new)).differs, new
    assert of_page(packed, altered(page, '<html lang="en">', '<html lang="zh-Hans">')).differs


def test_honest_pages_that_cannot_be_made_again_are_not_called_altered(
    pages: tuple[Packed, dict[str, str]],
) -> None:
    packed, told = pages
    for name, page in told.items():
        found = of_page(packed, page)
        assert not found.differs, name
        # What was recorded elsewhere since the head was signed changed no word of the last.
        assert (found == Compared("page", "the page")) is (name in ("whole", "grown"))


FIELD = r'(data-field="%s"[^>]*>)'

TRICKS: dict[str, tuple[str, str, str, bool]] = {
    "a kind for the public": ("public", FIELD % "kind" + "[^<]+", r"\1bar lifted", True),
    "a title for the subject": ("subject", FIELD % "title" + "<bdi>", r"\1<bdi>No ", True),
    "an outcome": ("subject", FIELD % "outcome" + "substantiated", r"\1exonerated", True),
    "a measure": ("subject", FIELD % "measure" + "written warning", r"\1dismissal", True),
    "a text": ("subject", FIELD % "conduct" + "<bdi>took a", r"\1<bdi>took no", True),
    "an id": ("subject", FIELD % "event_id" + "<code>0", r"\1<code>1", True),
    "a quoted name elsewhere": ("subject", r"<code>p-9", "<code>p-7", True),
    "a row that styles hide": ("subject", "<tr data-position", '<tr style="x" data-position', True),
    "a row that is hidden": ("public", "<tr data-position", "<tr hidden data-position", True),
    "a row of another class": (
        "public",
        "<tr data-position",
        '<tr class="gone" data-position',
        True,
    ),
    "what runs on a click": ("public", "<tr data-position", "<tr onclick data-position", True),
    "a comment": ("public", "</title>", "</title><!-- x -->", True),
    "another style": ("public", "<style>", "<style>tr{display:none}", True),
    "another script": ("subject", '"use strict";', '"use strict"; //', True),
    "a part twice": ("public", "</main>", '<section id="events"></section></main>', True),
    "a sentence that is added": ("public", '(<div class="headline"><p>)', r"\1So it is. ", False),
    "a row that is left out": ("public", r'<tr data-position="9"(?s:.*?)</tr>', "", False),
    "an event that is left out": (
        "subject",
        r'<article class="event" id="event-8"(?s:.*?)</article>',
        "",
        False,
    ),
    "a figure": ("subject", "Four of 12 rules", "None of 12 rules", False),
    "a text by another version": ("other", FIELD % "conduct" + "<bdi>took a", r"\1<bdi>no", True),
    "an answer by another version": ("other", "is accountable", "is not accountable", False),
    "a text of a log that grew": ("grown", FIELD % "conduct" + "<bdi>took a", r"\1<bdi>no", True),
    "an outcome in it": ("grown", FIELD % "outcome" + "substantiated", r"\1exonerated", True),
    "an answer in it": ("grown", "is accountable", "is not accountable", False),
    "a hidden row in it": ("grown", "<tr data-position", "<tr hidden data-position", True),
}
"""The page, what is altered in it, and whether it is called altered; if not, it is quoted."""


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_seen_or_told_as_not_compared(
    pages: tuple[Packed, dict[str, str]], tmp_path: Path, name: str
) -> None:
    packed, told = pages
    which, old, new, caught = TRICKS[name]
    found = re.search(old, told[which])
    assert found is not None
    forged = altered(told[which], found[0], found.expand(new))
    seen, before = of_page(packed, forged), of_page(packed, told[which])
    assert bool(seen.differs) is caught
    if not caught:
        assert seen.whole is False
        assert seen.not_compared != before.not_compared
    # The single file compares no words, and the sums fit.
    assert found_by_stranger(forged.encode(), packed.keys, tmp_path) == set()


def test_lines_that_a_part_lacks_are_quoted(packed: Packed) -> None:
    page = whole(packed)
    start = page.index('<section id="verdicts"')
    row = re.compile(r"<li>.*?</li>|<tr>.*?</tr>", re.DOTALL).search(
        page, page.index("<tbody", start)
    )
    assert row is not None
    found = of_page(packed, altered(page, row[0], ""))
    said = " ".join((*(each.told for each in found.differs), *found.not_compared))
    assert "leaves out what the record alone comes to; “" in said or found.differs


def test_the_first_line_says_how_much_of_a_part_follows(
    pages: tuple[Packed, dict[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed, told = pages
    place = tmp_path / "report.html"
    place.write_text(told["public"])
    assert verify_at(place, Trust(packed.keys), None, as_json=False) == 0
    first = capsys.readouterr().out.splitlines()[0]
    form = r"Verified, the record alone \(and [0-9]+ of [0-9]+ lines of the page follow from it\): "
    assert re.match(form, first)
