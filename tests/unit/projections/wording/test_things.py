"""Each line is understood alone: it says what an event acts upon."""

from __future__ import annotations

from typing import Any

import pytest

from answerable.domain.kinds import FAMILY, TARGETS, model
from answerable.projections.wording.lines.things import HEADS, JOINED, THINGS, Told
from answerable.projections.wording.sentence import LINES, sentence

NAMES = {"p-1": "Xu Fei", "k-1": "the KOL"}


def called(party: str) -> str:
    return NAMES.get(party, party)


class Filled(dict[str, Any]):
    """Fields of which each that a kind cannot do without is told."""

    def __missing__(self, name: str) -> str:
        return "x"


def line(kind: str, fields: dict[str, Any], *others: tuple[str, str, dict[str, Any]]) -> str:
    """What is said of an event upon the one called `t`, among others."""
    known = {event_id: Told(each, Filled(told)) for event_id, each, told in others}
    return sentence(kind, Filled({TARGETS[kind]: "t"} | fields), called, known.get)


ROLE = ("t", "role-assigned", {"party": "p-1", "area": "public relations"})
FINE = ("t", "sanction-imposed", {"subject": "p-1", "measure": "fine"})


@pytest.mark.parametrize(
    ("said", "kind", "fields", "others"),
    [
        ("The role of Xu Fei in public relations ended (resigned)",
         "role-ended", {"manner": "resigned"}, [ROLE]),
        ("The fine of Xu Fei was executed by k-2", "sanction-executed", {"executed_by": "k-2"},
         [FINE]),
        ("The bar on the KOL was lifted", "bar-lifted", {},
         [("t", "counterparty-barred", {"counterparty": "k-1"})]),
        ("Appeal lodged by Xu Fei against the fine of Xu Fei", "appeal-lodged",
         {"appellant": "p-1"}, [FINE]),
        ("The appeal of Xu Fei against the fine of Xu Fei was decided: allowed by k-3",
         "appeal-decided", {"outcome": "allowed", "deciders": ["k-3"]},
         [("t", "appeal-lodged", {"against": "s", "appellant": "p-1"}), ("s", *FINE[1:])]),
        ("Xu Fei was heard (writing) on the allegation against Xu Fei", "subject-heard",
         {"subject": "p-1", "form": "writing"}, [("t", "allegation-made", {"subject": "p-1"})]),
        ("Correction of stage, in the contact with the KOL", "correction",
         {"fields": {"stage": "contract"}}, [("t", "contact-made", {"counterparty": "k-1"})]),
        ("Retraction of the finding about Xu Fei", "retraction", {},
         [("t", "finding-made", {"subject": "p-1"})]),
        ("Dispute by Xu Fei about the decision: terminate", "dispute", {"by": "p-1"},
         [("t", "decision-taken", {"outcome": "terminate"})]),
    ],
)  # fmt: skip
def test_a_line_says_what_the_event_acts_upon(
    said: str, kind: str, fields: dict[str, Any], others: list[tuple[str, str, dict[str, Any]]]
) -> None:
    assert line(kind, fields, *others) == said


def targets(kind: str) -> tuple[str, ...]:
    return model(kind).references[TARGETS[kind]].kinds or tuple(FAMILY)


@pytest.mark.parametrize("kind", TARGETS)
def test_every_kind_that_acts_upon_another_says_upon_what(kind: str) -> None:
    for target in targets(kind):
        fields = {"subject": "p-1", "party": "p-1", "measure": "fine", "type": "x"}
        told = line(kind, fields, ("t", target, fields))
        assert told[:1].isupper() or not told[:1].isalpha()
        if JOINED.get(kind) != "{line}":
            assert told != LINES[kind](Filled(fields), called), (kind, target)


def test_how_a_line_begins_is_known_where_something_is_put_in_its_place() -> None:
    for kind, heads in HEADS.items():
        said = LINES[kind](Filled({"type": "x"}), str)
        assert any(map(said.startswith, heads)), (kind, said)


def test_every_kind_that_others_act_upon_has_a_name_as_a_thing() -> None:
    acted_upon = {
        target for kind in TARGETS for target in model(kind).references[TARGETS[kind]].kinds
    }
    assert acted_upon - {"appeal-lodged"} <= THINGS.keys()
