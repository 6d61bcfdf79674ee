"""Test how a page writes what is on record, and what is quoted in it."""

from tests.support.builders import case

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.projections.blocks.spans import plain, quoted, recorded
from answerable.projections.facts.names import names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.pages.events import EventShown, events_shown
from answerable.projections.pages.quoting.written import key, written_as

CASE = (
    {"kind": "party-registered", "party": "p-1", "type": "person", "name": "Ann Li"},
    {"as": "f", "kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "occurred": "../2026-01-05", "responsibility": "direct", "conduct": "Took it."},
    {"as": "d", "kind": "decision-taken", "outcome": "sanction", "basis": ["@f"],
     "reasons": "So."},
    {"kind": "correction", "target": "@d", "sealed_fields": {"reasons": None, "question": "Why?"}},
)  # fmt: skip


def shown() -> list[EventShown]:
    made = case(*CASE)
    known = names(made)
    view = RecordView(made, None, None, name_of=known.called, type_of=known.type_of).case("c")
    return list(events_shown(made, view, known.of))


def test_what_is_written_by_its_own_letters_is_not_listed() -> None:
    found = written_as(shown())
    assert found["occurred\n../2026-01-05"] == ["on or before 2026-01-05"]
    assert found["subject\np-1"] == ["Ann Li (p-1)"]
    for field in ("outcome\nsubstantiated", "conduct\nTook it.", "kind\nfinding-made"):
        assert field not in found
    assert not any(name.startswith("basis\n") for name in found)  # the number, and what is said


def test_in_another_language_each_term_is_listed() -> None:
    with in_language(language("zh-Hans")):
        found = written_as(shown())
    assert found["outcome\nsubstantiated"] == ["属实"]
    assert found["label\noutcome"] != ["outcome"]


def test_a_value_has_one_key() -> None:
    value = {"code": "x", "of": ["a", 1, None, True]}
    assert key(value) == "{code:x,of:[a,1,null,true]}"


def test_a_correction_of_sealed_fields_is_told_by_their_names() -> None:
    """Quote the texts alone, and say of a text that is taken back that it is."""
    (told,) = (each for each in shown()[-1].told if each.of == "sealed_fields")
    assert plain(told.value) in (
        "reasons: (taken back); question: Why?",
        "question: Why?; reasons: (taken back)",
    )
    assert recorded("Why?")[0] in told.value


def test_only_what_is_said_by_its_own_letters_is_quoted() -> None:
    assert quoted("500,000.00 CNY", "500000.00 CNY") == recorded("500,000.00 CNY")
    assert quoted("about 2026", "2026~")[0].styles == frozenset()
