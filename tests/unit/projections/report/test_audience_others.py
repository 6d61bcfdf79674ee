"""A text that names a person of another case is withheld, and one of ordinary words is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.bundles import sign_head
from tests.support.lengths import examples
from tests.support.signed_ledger import first_keys
from tests.support.whole_file import undone
from tests.unit.cli.asking.test_report_in_part import page_for

from answerable.domain.parsing import parse
from answerable.domain.search.name_words import name_words
from answerable.domain.search.ordinary import ORDINARY
from answerable.ledger.ledger import Ledger
from answerable.projections.pages.content import content_of
from answerable.projections.pages.paper import case_paper
from answerable.projections.report.audience.audiences import For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.audience.unsaid import other_words


def registered(party: str, name: str, type_: str = "person", **more: Any) -> dict[str, Any]:
    return {"kind": "party-registered", "party": party, "type": type_, "name": name, **more}


def published(statement: str) -> dict[str, Any]:
    return {"case_id": "c", "kind": "statement-published", "acts": ["announce"],
            "speaker": "org-1", "statement": statement}  # fmt: skip


CASE = (
    registered("org-1", "Acme Holding", "organisation"),
    registered("p-1", "Ann Li"),
    {"kind": "case-opened", "organisation": "org-1", "title": "Gifts"},
    {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "responsibility": "direct", "conduct": "Took a gift."},
)  # fmt: skip


def told(text: str, *others: dict[str, Any]) -> bool:
    """Tell whether the public is shown a text, where some others are registered elsewhere."""
    log = Memory()
    for step in (*CASE, published(text)):
        log.add(**{"case_id": "c", **step})
    for step in others:
        log.add(**{"case_id": "house", **step})
    gated = report_for(log, "c", For("public"), version="1")
    withheld = gated.report.header.withheld.fields
    shown = any(
        each.text("statement").value == text
        for each in gated.report.texts.values()
        if "statement" in each.told
    )
    assert shown is ("statement" not in withheld)
    return shown


SAID = {
    "a word of a name": ("It was said by someone called roy.", "Bob Roy"),
    "one in a file's name": ("See scan_of_bobroy-2024.PDF", "Bob Roy"),
    "an escaped one": ("Ask R&#111;y", "Bob Roy"),
    "one in other letters": ("这是洁云说的", "徐洁云"),
    "an ordinary word written as a name": ("We asked Price about it.", "Ann Price"),
    "an ordinary word behind a title": ("We asked Mr. He.", "He An"),
    "one that begins a sentence, and says something": ("Price said so.", "Ann Price"),
    "one whose something it is": ("It is here. May's desk is there.", "May Long"),
    "a month's word that does something": ("Noted.\nMay signed it.", "May Long"),
    "two ordinary words side by side": ("we asked will may.", "Will May"),
    "the first name of a party, and another family name": ("We asked acme long.", "Acme Long"),
}

NOT_SAID = {
    "nobody's": ("We asked the staff.", "Bob Roy"),
    "ordinary words": ("It may take long, and an hour is no price.", "May Long An Price"),
    "one that begins a sentence": ("May we say so? Long ago.", "May Long"),
    "one that begins it and does nothing": ("Price is no object. Long waits.", "Al Price Long"),
    "a pronoun that says something": ("He said so. It's late. Some told it.", "He An Some It"),
    "a month": ("On 3 May 2024 and in May 2025.", "May Long"),
    "a word of the organisation": ("Acme is sorry.", "Jo Acme"),
    "what only describes somebody": ("The whistleblower was heard.", "the whistleblower"),
}


@pytest.mark.parametrize("case", SAID)
def test_a_text_that_names_somebody_of_another_case_is_withheld(case: str) -> None:
    text, name = SAID[case]
    assert not told(text, registered("p-9", name))


@pytest.mark.parametrize("case", NOT_SAID)
def test_a_text_that_names_nobody_is_shown(case: str) -> None:
    text, name = NOT_SAID[case]
    assert told(text, registered("p-9", name))


def test_persons_are_looked_for_alone_by_what_is_known_of_them() -> None:
    text = "We asked the Roy team."
    assert told(text, registered("g-9", "Roy team", "group"))
    corrected = {"kind": "correction", "target": "@r", "fields": {"type": "person"}}
    assert not told(text, {"as": "r", **registered("g-9", "Roy team", "group")}, corrected)
    renamed = {"kind": "correction", "target": "@r", "sealed_fields": {"name": "Bob Ray"}}
    assert not told(text, {"as": "r", **registered("p-9", "Bob Roy")}, renamed)
    retracted = {"kind": "retraction", "target": "@r", "reason": "twice"}
    assert not told(text, {"as": "r", **registered("p-9", "Bob Roy")}, retracted)
    assert not told(text, registered("p-9", "Somebody", aliases=["Roy"]))


@given(st.text(alphabet=sorted("maylongpriceroy .,2")), st.sampled_from(("May Long", "Roy Price")))
@settings(max_examples=examples(30))
def test_a_whole_name_tells_however_it_is_surrounded(around: str, name: str) -> None:
    for text in (f"{around} {name} {around}", f"{around} {name.lower()} {around}"):
        assert name_words(name) & other_words(text, frozenset())


def test_a_post_that_tells_such_a_name_is_withheld_and_the_partys_own_name_is_not() -> None:
    log = Memory()
    log.add("house", **registered("p-9", "Bob Roy"))
    log.add("house", **registered("p-1", "Ann Li", titles=["Aide to Roy", "Clerk"]))
    for step in CASE[2:]:
        log.add(**{"case_id": "c", **step})
    report = report_for(log, "c", For("subject", "p-1"), version="1").report
    assert report.header.withheld.fields.count("titles") == 1
    assert "Aide" not in str(report)
    assert "Ann Li" in str(report)


def test_ordinary_words_are_such_as_texts_have_them() -> None:
    assert {each.lower() for each in ORDINARY} == ORDINARY


OTHERS = ("Bob Roy", "徐洁云", "Cleo Ravenscroft")


def test_no_page_tells_the_name_of_somebody_of_another_case(tmp_path: Path) -> None:
    more: tuple[dict[str, Any], ...] = (
        published("Amber: Roy was there."),
        published("Beige: 洁云 said so."),
        published("Coral: we asked nobody."),
        {"kind": "correction", "target": "@s", "sealed_fields": {"statement": "Denim: cleo knew."}},
        {"kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "conduct": "Ecru: with Ms Ravenscroft."},
    )  # fmt: skip
    with Ledger.create(tmp_path / "a.db") as ledger:
        for number, name in enumerate(OTHERS):
            record(ledger, {"case_id": "other", **registered(f"p-{number + 20}", name)})
        ids = {"@s": ""}
        for step in (*CASE, {**published("Fawn: we regret it."), "as": "s"}, *more):
            step = {"case_id": "c", **step}
            label = step.pop("as", None)
            receipt = record(ledger, {**step, "target": ids["@s"]} if "target" in step else step)
            if label == "s":
                ids["@s"] = receipt
        for number in range(20):
            record(
                ledger,
                registered(f"p-{number + 50}", f"Xyz{chr(97 + number % 26)}q Qw")
                | {"case_id": "o"},
            )
        sign_head(ledger, tmp_path, first_keys(ledger))
        for whom in (For("public"), For("subject", "p-1")):
            gated = report_for(ledger, "c", whom, version="1")
            printed = case_paper(content_of(gated.report, gated.looked, gated.part))
            said = undone(page_for(ledger, gated).decode()) + undone(printed)
            hidden = (*OTHERS, "Roy was", "洁云", "cleo knew", "Ravenscroft")
            assert [each for each in hidden if each in said] == []
            assert ("Coral: we asked nobody." in said) is (whom.audience == "public")
            assert gated.report.header.withheld.texts > 0


def record(ledger: Ledger, step: dict[str, Any]) -> str:
    """Record an event; gives its id."""
    return ledger.append(parse(step), recorded_by="jane").event_id


def test_of_the_house_only_those_are_read_whom_a_word_would_tell(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        for number, name in enumerate((*OTHERS, *(f"Person{each}q Zed" for each in "abcdefgh"))):
            record(ledger, {"case_id": "other", **registered(f"p-{number}", name)})

        def named(*words: str, but: tuple[str, ...] = ()) -> list[str]:
            return [each.fields["party"] for each in ledger.namesakes(words, but)]

        assert named("roy", "cleo", "nobody") == ["p-0", "p-2"]
        assert named("洁云") == ["p-1"]
        assert named() == []
        (roy,) = ledger.namesakes(["roy"], ())
        correction = {"kind": "correction", "case_id": "other", "target": roy.event_id}
        record(ledger, {**correction, "sealed_fields": {"name": "Bob Ray"}})
        assert named("roy") == named("ray") == ["p-0"]
