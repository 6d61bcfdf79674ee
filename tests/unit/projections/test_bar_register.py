"""The bar register to be read: scope and basis."""

from typing import Any

from tests.support.builders import Memory, case

from answerable.projections.bar_register import BarEntry, all_bars, bar_entries
from answerable.projections.facts.disclosed import Text

BAR: dict[str, Any] = {
    "as": "bar",
    "kind": "counterparty-barred",
    "counterparty": "p-1",
    "from": "2026-01-05",
    "scope": "any cooperation",
    "basis": ["@why"],
}
WHY: dict[str, Any] = {
    "as": "why",
    "kind": "decision-taken",
    "outcome": "bar",
    "deciders": ["p-2"],
}


def entries(log: Memory) -> list[BarEntry]:
    return list(bar_entries(log, all_bars(log), name_of=str.upper))


def test_a_bar_tells_its_scope_and_what_it_rests_on() -> None:
    (entry,) = entries(case(WHY, BAR))
    assert entry.scope == Text("any cooperation", "told")
    assert [(each.position, each.gist) for each in entry.rests_on] == [(0, "Decision: bar by P-2")]


def test_a_scope_may_be_withheld_or_erased_or_never_told() -> None:
    withheld, erased = case(WHY, BAR), case(WHY, BAR)
    withheld.withhold(withheld.ids["bar"], "scope")
    erased.erase(erased.ids["bar"], "scope")
    untold = case(WHY, {name: value for name, value in BAR.items() if name != "scope"})
    assert [entries(log)[0].scope.state for log in (withheld, erased, untold)] == [
        "withheld",
        "erased",
        "not told",
    ]


def test_a_basis_in_another_case_is_found_and_one_that_was_retracted_says_so() -> None:
    log = case({**WHY, "case_id": "other"}, BAR)
    log.add("other", kind="retraction", target="@why")
    (entry,) = entries(log)
    assert [(each.case_id, each.stands) for each in entry.rests_on] == [("other", False)]


def test_only_a_contact_that_is_known_to_be_inside_breaches_it() -> None:
    log = case(WHY, BAR)
    log.add("c", kind="contact-made", counterparty="p-1")
    assert [entry.breached for entry in entries(log)] == [False]
    log.add("d", kind="contact-made", counterparty="p-1", occurred="2026-02-01")
    assert [entry.breached for entry in entries(log)] == [True]


def test_bars_of_several_cases_keep_their_order() -> None:
    log = case(WHY, BAR)
    log.add("a", kind="counterparty-barred", counterparty="p-2")
    log.add("d", kind="counterparty-barred", counterparty="p-1")
    assert [entry.bar.case_id for entry in entries(log)] == ["a", "c", "d"]


def test_a_contact_after_the_decision_was_withdrawn_lies_outside_the_bar() -> None:
    log = case(WHY, BAR)
    log.add("c", kind="decision-withdrawn", decision="@why", occurred="2026-02-01")
    log.add("d", kind="contact-made", counterparty="p-1", occurred="2026-01-20")
    log.add("d", kind="contact-made", counterparty="p-1", occurred="2026-02-20")
    (entry,) = entries(log)
    assert [each.occurred for each in entry.bar.contacts] == ["2026-01-20"]
