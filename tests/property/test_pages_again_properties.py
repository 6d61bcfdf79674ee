"""Hold that the page of any case is what answerable makes again of the record that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.signed_ledger import house

from answerable.cli.proving.again.made_again import Compared, words_of
from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.cli.shared.answering.version import version
from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.ledger.bundle.in_page.embedded import OPENING
from answerable.ledger.bundle.in_page.extracted import extracted
from answerable.ledger.bundle.verify import verify_bundle
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.projections.report.audience.audiences import FIELDS, Audience, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of


def pages(ledger: Ledger, case: str) -> Iterator[tuple[Audience | None, bytes]]:
    """Yield the page of a case, whole and for the board and the public."""
    looked = look(ledger, case)
    yield None, content(Made(report_of(looked, version=version()), ledger, looked), "html")
    audiences: tuple[Audience, ...] = ("board", "public")
    for audience in audiences:
        gated = report_for(ledger, case, For(audience), version=version())
        fields = FIELDS.get(audience, ())
        shown = Made(gated.report, ledger, gated.looked, fields, gated.part)
        yield audience, content(shown, "html")


@settings(max_examples=examples(5), deadline=None)
@given(histories(cases=("alpha", "beta"), without=(), min_events=8, max_events=20))
def test_a_page_follows_from_what_it_carries_whatever_refers_to_what(events: list[Event]) -> None:
    """Cases rest on one another, correct one another's parties, and erase one another's texts."""
    with TemporaryDirectory() as name:
        made = house(Path(name))
        with made.ledger as ledger:
            for event in events:
                with suppress(Refused):  # by a legal hold
                    ledger.append(event, recorded_by="jane")
            made.sign()
            for each in list(ledger.cases()):
                for audience, page in pages(ledger, each.case_id):
                    if OPENING.encode() not in page:
                        assert audience == "public"  # who may be shown nothing
                        continue
                    found = verify_bundle(extracted(page), Trust(()), page=page)
                    assert found.verified
                    words = words_of(found, page)
                    if audience == "public":  # It may be far from what it carries, but no lie.
                        assert (words.differs, words.whole) == ((), False)
                    else:
                        assert (words.differs, words.whole) == ((), True), audience
                        assert all("does not carry" in each for each in words.not_compared)


@settings(max_examples=examples(5), deadline=None)
@given(histories(cases=("alpha", "beta"), without=(), min_events=8, max_events=20), st.data())
def test_a_page_of_a_log_that_grew_since_it_was_signed_is_no_lie(
    events: list[Event], data: st.DataObject
) -> None:
    """It tells of events that it does not carry, and they may have changed all that it tells."""
    signed = data.draw(st.integers(1, len(events) - 1), label="signed")
    with TemporaryDirectory() as name:
        made = house(Path(name))
        with made.ledger as ledger:
            for number, event in enumerate(events):
                if number == signed:
                    made.sign()
                with suppress(Refused):  # by a legal hold
                    ledger.append(event, recorded_by="jane")
            for each in list(ledger.cases()):
                for audience, page in pages(ledger, each.case_id):
                    if OPENING.encode() in page:
                        found = verify_bundle(extracted(page), Trust(()), page=page)
                        assert found.verified
                        assert words_of(found, page).differs == (), audience


@pytest.mark.parametrize(
    "titles",
    [["vendor"], ["vendor \x1c*", "seller"], ["a vendor\n of\r\n\tthings)\n (big"]],
    ids=["plain", "unseen", "on lines"],
)
@pytest.mark.parametrize("registered_in", ["alpha", "beta"])
def test_a_party_without_a_name_is_called_by_a_title(
    tmp_path: Path, registered_in: str, titles: list[str]
) -> None:
    """A part of a case does not tell that no name is kept back."""
    registered = {"kind": "party-registered", "case_id": registered_in, "party": "p-2"}
    contact = {"kind": "contact-made", "case_id": "alpha", "counterparty": "p-2"}
    made = house(tmp_path)
    with made.ledger as ledger:
        for each in ({**registered, "type": "organisation", "titles": titles}, contact):
            ledger.append(parse(each), recorded_by="jane")
        made.sign()
        *_, (audience, page) = pages(ledger, "alpha")
        found = verify_bundle(extracted(page), Trust(()), page=page)
        assert (audience, found.verified) == ("public", True)
        assert words_of(found, page).differs == ()
        assert words_of(found, page.replace(b"vendor", b"victim")).differs


FINDING = "019b8a5e-7c00-7000-8000-000000000009"
PARTY: dict[str, Any] = {
    "kind": "party-registered",
    "party": "p-2",
    "type": "person",
    "titles": ["vendor"],
}
CONTACT = {"kind": "contact-made", "counterparty": "p-2"}
LATER: dict[str, list[dict[str, Any]]] = {
    "another contact": [CONTACT],
    "a sanction, with its derivation": [
        {"kind": "finding-made", "event_id": FINDING, "subject": "p-2", "outcome": "substantiated",
         "responsibility": "direct"},
        {"kind": "sanction-imposed", "subject": "p-2", "measure": "formal-reprimand",
         "basis": [FINDING]},
    ],
    "the title of the case": [{"kind": "case-opened", "title": "A matter"}],
    "the zone of the case": [{"kind": "case-opened", "title": "A", "zone": "America/New_York"}],
    "the name of the party": [{**PARTY, "name": "Ahlers"}],
}  # fmt: skip


@pytest.mark.parametrize("later", LATER)
def test_a_page_may_tell_what_came_after_the_head_that_is_signed(
    tmp_path: Path, later: str
) -> None:
    made = house(tmp_path)
    with made.ledger as ledger:
        for number, each in enumerate([PARTY, CONTACT, *LATER[later]]):
            if number == 2:
                made.sign()
            ledger.append(parse({"case_id": "alpha", **each}), recorded_by="jane")
        for audience, page in list(pages(ledger, "alpha"))[:2]:
            found = verify_bundle(extracted(page), Trust(()), page=page)
            assert words_of(found, page).differs == (), audience
            assert words_of(found, page.replace(b"vendor", b"victim")).differs


def test_a_party_may_have_another_name_by_a_correction_that_is_kept_back(tmp_path: Path) -> None:
    """Whoever reads a part of a case is not told that the correction left the name as it was."""
    party, contact = ("019b8a5e-7c00-7000-8000-00000000000" + each for each in "12")
    lines: list[dict[str, Any]] = [
        {"kind": "party-registered", "event_id": party, "party": "p-2", "type": "organisation",
         "name": "Ahlers"},
        {"kind": "correction", "target": party, "fields": {"size": "7"}},
        {"kind": "contact-made", "event_id": contact, "counterparty": "p-2", "basis": [party]},
        {"kind": "contact-made", "counterparty": "p-2", "basis": [party, contact]},
    ]  # fmt: skip
    made = house(tmp_path)
    with made.ledger as ledger:
        for each in lines:
            ledger.append(parse({"case_id": "alpha", **each}), recorded_by="jane")
        made.sign()
        *_, (audience, page) = pages(ledger, "alpha")
        found = verify_bundle(extracted(page), Trust(()), page=page)
        assert audience == "public"
        assert words_of(found, page).differs == ()


def test_a_correction_that_is_withheld_is_one_text(tmp_path: Path) -> None:
    """Count it once: a page for a board does not tell how many fields it puts right."""
    exhibit = "019b8a5e-7c00-7000-8000-000000000001"
    fields = {"location": "the safe", "description": "a phone"}
    lines: list[dict[str, Any]] = [
        {"kind": "evidence-registered", "event_id": exhibit, "digest": f"sha256:{'0' * 64}",
         "location": "a drawer"},
        {"kind": "correction", "target": exhibit, "fields": fields},
    ]  # fmt: skip
    made = house(tmp_path)
    with made.ledger as ledger:
        for each in lines:
            ledger.append(parse({"case_id": "alpha", **each}), recorded_by="jane")
        made.sign()
        _, (audience, page), _ = pages(ledger, "alpha")
        found = verify_bundle(extracted(page), Trust(()), page=page)
        assert audience == "board"
        assert words_of(found, page) == Compared("page", "the page")
    assert "4 texts of 2 events (location, recorded by, corrected texts)" in page.decode()


@pytest.mark.parametrize("occurred", ["2026-02-01", "../2026-03-05"])
def test_a_contact_in_another_case_within_a_bar_of_this_one_is_not_carried(
    tmp_path: Path, occurred: str
) -> None:
    """The page of the bar's case tells of it, and what it carries does not."""
    lines: list[dict[str, Any]] = [
        {"kind": "counterparty-barred", "case_id": "alpha", "counterparty": "org-1",
         "from": "2026-01-01", "until": "2026-12-31"},
        {"kind": "contact-made", "case_id": "beta", "counterparty": "org-1", "occurred": occurred},
    ]  # fmt: skip
    made = house(tmp_path)
    with made.ledger as ledger:
        for each in lines:
            ledger.append(parse(each), recorded_by="jane")
        made.sign()
        for audience, page in list(pages(ledger, "alpha"))[:2]:
            found = verify_bundle(extracted(page), Trust(()), page=page)
            told = words_of(found, page)
            assert (told.differs, told.whole) == ((), True), audience
            assert "#1" in " ".join(told.not_compared)
            # What it says of the bar follows from what it carries.
            longer = page.replace(b"until 2026-12-31", b"until 2027-12-31")
            assert words_of(found, longer).differs
