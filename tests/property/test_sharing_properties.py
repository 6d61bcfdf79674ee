"""Hold `check` of all cases against `check CASE`, by rules that ask more than the case's own facts.

Guidelines, comparators, authorities and separation read sealed texts, registers and other cases:
where something of that differs from case to case, nothing of it may be shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_likeness_properties import told
from tests.support.builders import STARTED, Memory
from tests.support.lengths import examples

from answerable.domain.documents import DocumentViews
from answerable.domain.policy.reading import read_document
from answerable.domain.policy.shipped import profiles
from answerable.projections.conformance import judging
from answerable.projections.conformance.house import House
from answerable.projections.conformance.in_force.versions import Version, Versions
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.likeness.shared import Shared
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.time import read

FAIR = """\
format = "answerable-policy/1"
id = "fair"
version = "{version}"
title = "Decided fairly"
jurisdictions = {jurisdictions}

[[rule]]
id = "guide"
kind = "guideline"
text = "As the guideline has it."
source = "a test"
[[rule.row]]
offence_class = ["fraud"]
grade = ["g1"]
permitted = ["written-warning", "demotion"]
excluded = ["dismissal"]
unless_aggravated = ["dismissal"]
unless_mitigated = ["demotion"]
[[rule.row]]
responsibility = ["direct"]
permitted = [{permitted}]

[[rule]]
id = "alike"
kind = "comparators"
key = ["offence_class"]
band = {{ quantiles = [0.1, 0.9], least = 2 }}
reason = "sanction-imposed.reason"
text = "Outside the band, a reason is on record."
source = "a test"

[[rule]]
id = "who"
kind = "authority"
act = "sanction-imposed"
by = "decision-taken.deciders"
text = "Who decided could."
source = "a test"

[[rule]]
id = "apart"
kind = "separation"
acts = ["decision-taken.deciders"]
about = ["finding-made.subject"]
reporting_line = "above"
text = "Nobody decides about those above them."
source = "a test"

[[rule]]
id = "reasoned"
kind = "complete"
of = "decision-taken"
known = ["reasons", "deciders"]
text = "A decision has its reasons."
source = "a test"

[[rule]]
id = "cited"
kind = "in-force"
clause = "finding-made.clause"
text = "The clause was in force."
source = "a test"
"""


def fair(version: str, jurisdictions: str, permitted: str) -> Version:
    """Return a version of the policy that the cases are judged by."""
    text = FAIR.format(version=version, jurisdictions=jurisdictions, permitted=permitted)
    return Version(read_document(text.encode()))


GIVEN = Versions((fair("1", '["*"]', '"fine"'), Version(profiles()[0])))

ADOPTED = Versions(
    tuple(
        version._replace(event_id=f"v-{at}", position=at, begins=read(begins), ends=read(ends))
        for at, (version, begins, ends) in enumerate(
            (
                (fair("1", '["*"]', '"fine"'), "2025", "2026-01-05"),
                (fair("2", '["eu"]', '"demotion"'), "2026-01-05", None),
                (Version(profiles()[0]), "2026-01-03", None),
            )
        )
    )
)

CHOICES: dict[str, tuple[Any, ...]] = {
    "jurisdiction": ("eu", "cn", ["cn", "eu"], None),
    "measure": ("demotion", "dismissal", "written-warning", "fine"),
    "offence_class": ("fraud", "theft", None),
    "grade": ("g1", "g2", None),
    "responsibility": ("direct", "managerial"),
    "factor": (None, "mitigating", "aggravating", "mitigating_factors", "erased"),
    "reason": (None, "why", "erased"),
    "deciders": (["board"], ["d-2"], ["d-1"], ["d-1", "d-2"], None),
    "clause": (None, "fair 4.2", {"policy": "fair", "version": "1", "number": "4"}),
    "basis": (2, 1, 0),
    "appeal": (None, "dismissed", "partly-allowed"),
    "subject": ("own", "own", "clerk"),
    "day": (3, 4, 5),
    "corrected": (False, False, True),
}
"""Lists what may be told of a case, and how."""

SHAPES = st.fixed_dictionaries({name: st.sampled_from(told) for name, told in CHOICES.items()})

CHANGES = st.sampled_from([(name, each) for name, told in CHOICES.items() for each in told])


def record(log: Memory, number: int, shape: dict[str, Any]) -> None:
    """Record a case of a shape, about somebody of its own."""
    case = f"c-{number:02}"
    subject = "clerk" if shape["subject"] == "clerk" else f"p-{number}"

    def add(after: int, **fields: Any) -> str:
        known = {name: each for name, each in fields.items() if each is not None}
        return log.add(case, occurred=f"2026-01-{shape['day'] + after:02}", **known)

    add(0, kind="case-opened", title="A case", jurisdiction=shape["jurisdiction"])
    finding = add(
        1,
        kind="finding-made",
        subject=subject,
        outcome="substantiated",
        conduct_occurred="2026-01-02",
        **{each: shape[each] for each in ("responsibility", "offence_class", "grade", "clause")},
    )
    factor = {"erased": "mitigating"}.get(shape["factor"], shape["factor"])
    decision = add(
        2,
        kind="decision-taken",
        outcome="sanction",
        deciders=shape["deciders"],
        basis=[finding] if shape["basis"] else None,
        **({} if factor is None else {factor: ["trust"]}),
    )
    reason = shape["reason"] and "why"
    sanction = add(
        3,
        kind="sanction-imposed",
        subject=subject,
        measure=shape["measure"],
        basis=[decision, finding][: shape["basis"]] or None,
        reason=reason,
    )
    if shape["factor"] == "erased":
        log.withhold(decision, "mitigating")
    if shape["reason"] == "erased":
        log.erase(sanction, "reason")
    if shape["appeal"] is not None:
        appeal = add(4, kind="appeal-lodged", against=sanction, appellant=subject)
        becomes = "written-warning" if shape["appeal"] == "partly-allowed" else None
        told_of = {"outcome": shape["appeal"], "becomes_measure": becomes, "deciders": ["d-2"]}
        add(5, kind="appeal-decided", appeal=appeal, **told_of)
    if shape["corrected"]:
        fine = {"measure": "fine"}
        log.add(case, kind="correction", target=sanction, fields=fine, reason="mistyped")


def keep_registers(log: Memory) -> None:
    """Record who may decide on what, and who reports to whom."""
    house: list[dict[str, Any]] = [
        {"kind": "authority-granted", "party": "d-1", "measures": ["demotion", "written-warning"]},
        {"kind": "authority-granted", "party": "board", "measures": ["dismissal"]},
        {"kind": "role-assigned", "party": "clerk", "role": "clerk", "grade": "g1"},
        {"kind": "policy-adopted", "policy": "fair", "policy_version": "1"},
    ]
    for each, begins in zip(house, ("2026-01-01", "2026-01-06", "2026-01-02", "2026"), strict=True):
        log.add("house", **each, **{"from": begins})
    log.add("house", kind="role-assigned", party="d-2", role="head", reports_to="clerk")


SHARED = Shared.outcome


def check_all_is_check_each(record_of: Any, versions: Versions, *, now: bool) -> set[str]:
    """Hold all cases judged together against each judged alone; return which rules shared."""
    together = Judges(record_of(), versions, every=True, now=now)
    shared: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:

        def outcome(self: Shared, *arguments: Any) -> Any:
            shared.add(self.head.rule)
            return SHARED(self, *arguments)

        patch.setattr(Shared, "outcome", outcome)
        found = {
            view.case_id: [*map(told, outcomes)]
            for view, outcomes in together.outcomes_of_each(record_of().each_case())
        }
    record = record_of()
    alone = Judges(record, versions, every=False, now=now)
    for case, outcomes in found.items():
        assert outcomes == [*map(told, alone.outcomes(record.case(case)))], case
    return shared


class Kept(Memory):
    """A record in memory whose views are made once, when all is recorded."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, list[tuple[str, str, bytes]]] = {}

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]]:
        """Yield the parts of a view."""
        if view not in self._made:
            self._made[view] = list(super().documents(views, view))
        yield from self._made[view]


def base() -> dict[str, Any]:
    """Return the first of each thing that may be told."""
    return {name: choices[0] for name, choices in CHOICES.items()}


@pytest.mark.parametrize(
    ("day", "measure"), [(8, "written-warning"), (60, "demotion"), (None, "written-warning")]
)
def test_no_difference_that_a_register_or_a_text_makes_is_overlooked(
    day: int | None, measure: str
) -> None:
    log = Kept()
    keep_registers(log)
    one = {**base(), "measure": measure}
    changed = ({**one, name: each} for name, told in CHOICES.items() for each in told[1:])
    several = [each for shape in (one, *changed) for each in (shape, shape)]
    for number, shape in enumerate(several):
        record(log, number, shape)
    known_by = STARTED + timedelta(minutes=220) if day == 8 else None
    check_all_is_check_each(
        lambda: RecordView(log, moment(day), known_by, type_of={"board": "body"}.get),
        ADOPTED if day == 60 else GIVEN,
        now=day is None,
    )


def moment(day: int | None) -> datetime:
    """Return the end of a day of the year; of none, a moment long after all that happened."""
    return datetime(2026, 1, 1, 23, 59, tzinfo=UTC) + timedelta(
        days=300 if day is None else day - 1
    )


@settings(max_examples=examples(6))
@given(
    st.lists(SHAPES, min_size=1, max_size=2),
    st.lists(CHANGES, max_size=3),
    st.booleans(),
    st.sampled_from(("given", "adopted")),
    st.sampled_from((8, 60, None)),
    st.sampled_from((None, None, 12, 20)),
)
def test_all_cases_judged_together_are_each_judged_alone(
    shapes: list[dict[str, Any]],
    changes: list[tuple[str, Any]],
    registers: bool,
    policies: str,
    day: int | None,
    known: int | None,
) -> None:
    log = Kept()
    if registers:
        keep_registers(log)
    cases = [*shapes, *shapes, *({**shapes[0], name: each} for name, each in changes), *shapes]
    for number, shape in enumerate(cases):
        record(log, number, shape)
    known_by = None if known is None else STARTED + timedelta(minutes=known)
    versions = GIVEN if policies == "given" else ADOPTED
    check_all_is_check_each(
        lambda: RecordView(log, moment(day), known_by, type_of={"board": "body"}.get),
        versions,
        now=day is None,
    )


def shared_by(*, registers: bool, **changed: Any) -> set[str]:
    """Name the rules that share what they found, in four cases that are alike."""
    log = Kept()
    if registers:
        keep_registers(log)
    for number in range(4):
        record(log, number, {**base(), **changed})
    as_of = datetime(2026, 3, 1, tzinfo=UTC)
    return check_all_is_check_each(lambda: RecordView(log, as_of), GIVEN, now=False)


def test_rules_share_where_nothing_beside_the_case_is_asked() -> None:
    written = {"measure": "written-warning"}
    assert shared_by(registers=False, **written) >= {"guide", "alike", "who", "apart"}
    assert shared_by(registers=True, **written).isdisjoint({"who", "apart", "cited"})
    assert "reasoned" not in shared_by(registers=False, **written), "it opens a sealed text"
    assert "guide" not in shared_by(registers=False, measure="demotion"), "it opens another"


def test_what_a_house_is_asked_and_does_not_count_is_noticed() -> None:
    log = Kept()
    for number in range(5):
        record(log, number, {**base(), "factor": "erased" if number % 4 else None})

    def alike() -> None:
        as_of = datetime(2026, 3, 1, tzinfo=UTC)
        check_all_is_check_each(lambda: RecordView(log, as_of), GIVEN, now=False)

    alike()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "OPENED", "nothing of the kind")
        patch.setattr(House, "consulted", property(lambda _: 0, lambda *_: None), raising=False)
        with pytest.raises(AssertionError):
            alike()
