"""The report on all cases for the public leads to nobody, in no format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.bundles import record
from tests.support.whole_file import undone

from answerable.cli.reporting.report_all import MadeOfAll, content, narrowed
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.numbers import FEWEST
from answerable.projections.across.across import AcrossCases, across_cases
from answerable.projections.across.for_the_public import hides
from answerable.projections.across.tables import across_registers
from answerable.projections.facts.names import names
from answerable.projections.intervals import Range
from answerable.projections.registers.asking.said import Naming
from answerable.projections.titles import Titles

FEW, MANY = 3, 7
ORDINARY = ("text", "markdown", "html", "json", "registers")


def steps(cases: int) -> Iterator[dict[str, Any]]:
    for at in range(cases):
        own, party = {"case_id": f"matter-{at}"}, f"party-{at}"
        yield {**own, "kind": "party-registered", "party": party, "type": "person",
               "name": f"Quentin{at} Zabriskie{at}"}  # fmt: skip
        yield {**own, "kind": "case-opened", "title": f"Trip to Zanzibar {at}"}
        yield {**own, "kind": "report-received", "as": f"r{at}", "occurred": "2025-01-01"}
        yield {**own, "kind": "finding-made", "as": f"f{at}", "subject": party,
               "outcome": "substantiated", "responsibility": "direct", "occurred": "2025-02-01",
               "conduct": f"Took a velocipede {at}"}  # fmt: skip
        yield {**own, "kind": "sanction-imposed", "subject": party, "measure": "dismissal",
               "basis": [f"@f{at}"], "occurred": "2025-03-01"}  # fmt: skip


def made(folder: Path, cases: int) -> Iterator[MadeOfAll]:
    with Ledger.create(folder / "a.db") as ledger:
        record(ledger, steps(cases), "Zed Recorder")
        yield MadeOfAll(across_cases(ledger, version="1"), ledger)


@pytest.fixture
def few(tmp_path: Path) -> Iterator[MadeOfAll]:
    yield from made(tmp_path, FEW)


@pytest.fixture
def many(tmp_path: Path) -> Iterator[MadeOfAll]:
    yield from made(tmp_path, MANY)


def said(made: MadeOfAll, audience: str, form: str) -> str:
    told = narrowed(made.across, audience)
    if form == "registers":
        naming = Naming(names(made.ledger), Titles(made.ledger).of)
        return str(list(across_registers(told, naming).rows))
    return undone(content(made._replace(across=told), form).decode())


@pytest.mark.parametrize("form", ORDINARY)
def test_the_public_is_led_to_nobody_and_to_no_case(many: MadeOfAll, form: str) -> None:
    told = said(many, "public", form)
    for hidden in ("Zabriskie", "Quentin", "party-", "matter-", "Zanzibar", "velocipede", "Zed"):
        assert hidden not in told
    if form in ("text", "markdown"):
        assert "5 to 9 people are accountable" in told.replace("*", "")
        assert "the public" in told


def test_of_a_few_cases_nothing_is_told_but_that_there_are_few(few: MadeOfAll) -> None:
    told = narrowed(few.across, "public")
    assert (told.figures.figures, told.metrics.counts, told.metrics.lengths, told.groups) == (
        (), (), (), (),
    )  # fmt: skip
    assert "Fewer than five people are accountable; who they are is withheld." in said(
        few, "public", "text"
    )


def test_what_rests_on_enough_is_told_and_in_steps(many: MadeOfAll) -> None:
    told = narrowed(many.across, "public")
    assert {each.name for each in told.figures.figures} >= {"cases", "reports-received"}
    assert [(each.number.least, each.findings) for each in told.groups] == [(MANY, ())]
    assert all(each.shortest is each.longest is None for each in told.metrics.lengths)


def routed(external: int, internal: int) -> Iterator[dict[str, Any]]:
    for at in range(external + internal):
        route = "external" if at < external else "internal"
        yield {"case_id": f"matter-{at}", "kind": "report-received", "route": route,
               "occurred": "2025-01-01"}  # fmt: skip


@pytest.mark.parametrize(
    ("external", "internal", "told"),
    [(1, 11, set()), (4, 8, set()), (5, 7, {"external", "internal"}), (0, 9, {"internal"})],
)
def test_no_share_tells_the_public_of_a_few(
    tmp_path: Path, external: int, internal: int, told: set[str]
) -> None:
    with Ledger.create(tmp_path / "a.db") as ledger:
        record(ledger, routed(external, internal), "jane")
        figures = narrowed(across_cases(ledger, version="1"), "public").figures.figures
    shares = [each for each in figures if each.name == "route-share"]
    assert {each.of for each in shares} == told
    assert {year.part for each in shares for year in each.years} == ({"2025"} if told else set())
    assert "reports-received" in {each.name for each in figures}


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 3), st.integers(0, 3))
def test_a_share_hides_what_is_of_a_few_in_every_world(
    holds: int, beside: int, more: int, open_: int
) -> None:
    numerator = Range(holds, holds + more)
    denominator = Range(holds + beside, holds + beside + more + open_)
    few = range(1, FEWEST)
    worlds = [
        (of, all_ - of)
        for of in range(holds, holds + more + 1)
        for all_ in range(max(of, holds + beside), holds + beside + more + open_ + 1)
    ]
    if hides(numerator, denominator):
        assert not any(of in few or rest in few for of, rest in worlds)


@pytest.mark.parametrize("audience", ["board", "auditor", "regulator"])
def test_others_see_the_whole_and_nobody_reads_who_recorded(many: MadeOfAll, audience: str) -> None:
    told: AcrossCases = narrowed(many.across, audience)
    assert told._replace(made_for=None) == many.across
    for form in ("html", "json", "registers"):
        whole = said(many, audience, form)
        assert "Quentin1 Zabriskie1" in whole
        assert "Zed Recorder" not in whole
