"""What a case accepts next, and how it refuses what is impossible."""

from typing import Any

import pytest

from answerable.domain.case import CaseState, check_possible, target_of
from answerable.domain.errors import Refused
from answerable.domain.parsing import parse

NEEDED: dict[str, dict[str, Any]] = {
    "case-opened": {"title": "A partnership"},
    "case-closed": {"disposition": "other"},
    "case-reopened": {"reason": "more came to light"},
    "contact-made": {"counterparty": "kol-1"},
    "counterparty-barred": {"counterparty": "kol-1"},
    "allegation-made": {"subject": "p-1", "conduct": "it is said"},
    "finding-made": {"subject": "p-1", "outcome": "substantiated", "responsibility": "direct"},
    "decision-taken": {"outcome": "sanction"},
    "conflict-declared": {"party": "p-1"},
    "recused": {"party": "p-1"},
    "sanction-imposed": {"subject": "p-1", "measure": "dismissal"},
    "sanction-lifted": {"reason": "it was wrong"},
    "sanction-not-executed": {"cause": "resigned-first"},
    "appeal-decided": {"outcome": "allowed"},
    "interim-measure-taken": {"subject": "p-1", "measure": "leave"},
    "commitment-made": {"promise": "never again"},
    "role-assigned": {"party": "p-1", "role": "clerk"},
    "authority-granted": {"party": "p-1"},
    "evidence-registered": {"digest": f"sha256:{'0' * 64}"},
    "custody-transferred": {"to": "p-2"},
}
"""What a kind cannot do without, beside what it refers to."""


class Case:
    """A case, told by short names: `case.take("s", "sanction-imposed")`."""

    def __init__(self, case_id: str = "acme", elsewhere: "Case | None" = None) -> None:
        self.state = CaseState(case_id)
        self.ids: dict[str, str] = {} if elsewhere is None else elsewhere.ids
        self.kinds: dict[str, str] = {} if elsewhere is None else elsewhere.kinds

    def id_of(self, name: str) -> str:
        return self.ids.setdefault(name, f"019b8a5e-7c00-7000-8000-{len(self.ids):012x}")

    def take(self, name: str, kind: str, **fields: Any) -> None:
        """Let the case accept an event, and take it in. `@name` is the id of another."""
        told = {key: self._linked(value) for key, value in fields.items()}
        event = parse(
            {
                "kind": kind,
                "case_id": self.state.case_id,
                "event_id": self.id_of(name),
                **NEEDED.get(kind, {}),
                **told,
            }
        )
        target = check_possible(self.state, event, self.kinds.get)
        assert target == target_of(event)
        self.state.apply(self.id_of(name), kind, target)
        self.kinds[self.id_of(name)] = kind

    def _linked(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._linked(each) for each in value]
        return self.id_of(value[1:]) if str(value).startswith("@") else value

    def refuses(self, kind: str, **fields: Any) -> Refused:
        """The refusal that an event meets; the case is as before."""
        version = self.state.version
        with pytest.raises(Refused) as caught:
            self.take("refused", kind, **fields)
        assert self.state.version == version
        return caught.value


@pytest.fixture
def case() -> Case:
    return Case()


def test_a_case_need_not_be_opened(case: Case) -> None:
    case.take("c", "contact-made")
    case.take("o", "case-opened")
    assert (case.state.version, case.state.opened, case.state.closed) == (2, True, False)


def test_a_case_is_opened_once(case: Case) -> None:
    case.take("o", "case-opened")
    error = case.refuses("case-opened")
    assert error.field == "kind"
    assert error.message == "the case 'acme' was opened before."


def test_a_case_that_was_never_opened_is_not_closed(case: Case) -> None:
    error = case.refuses("case-closed")
    assert (error.field, "never opened" in error.message) == ("kind", True)


def test_only_a_closed_case_is_reopened(case: Case) -> None:
    case.take("o", "case-opened")
    error = case.refuses("case-reopened")
    assert (error.field, "is not closed" in error.message) == ("kind", True)


def test_a_closed_case_takes_the_records_own_events_alone(case: Case) -> None:
    case.take("o", "case-opened")
    case.take("c", "contact-made")
    case.take("x", "case-closed")
    for kind in ("contact-made", "case-closed", "case-opened", "finding-made"):
        error = case.refuses(kind)
        assert error.field == "case_id"
        assert error.message == f"the case 'acme' is closed, so it takes no {kind}."
    case.take("d", "dispute", target="@c")
    case.take("k", "correction", target="@c", fields={"stage": "contract"})
    case.take("r", "case-reopened")
    case.take("c2", "contact-made")
    assert not case.state.closed


def test_a_target_is_in_the_case(case: Case) -> None:
    error = case.refuses("sanction-executed", sanction="@nothing")
    assert error.field == "sanction"
    assert "in the case 'acme'" in error.message
    other = Case("acne", case)
    other.take("s", "sanction-imposed")
    assert "there is no event" in case.refuses("sanction-executed", sanction="@s").message


def test_a_target_is_of_the_right_kind(case: Case) -> None:
    case.take("c", "contact-made")
    error = case.refuses("sanction-executed", sanction="@c")
    assert error.field == "sanction"
    assert "is a contact-made, not sanction-imposed." in error.message
    error = case.refuses("appeal-lodged", against="@c")
    assert "not finding-made or decision-taken or sanction-imposed or" in error.message


def test_what_was_retracted_has_no_consequence(case: Case) -> None:
    case.take("s", "sanction-imposed")
    case.take("r", "retraction", target="@s")
    for kind, fields in (
        ("sanction-executed", {"sanction": "@s"}),
        ("correction", {"target": "@s"}),
        ("retraction", {"target": "@s"}),
        ("dispute", {"target": "@s"}),
    ):
        error = case.refuses(kind, **fields)
        assert "was retracted, so nothing more can follow from it" in error.message


@pytest.mark.parametrize(
    ("first", "made", "field", "end", "refused"),
    [
        (
            *("sanction-imposed", {}, "sanction", "sanction-executed"),
            ["sanction-executed", "sanction-not-executed"],
        ),
        (
            *("sanction-imposed", {}, "sanction", "sanction-not-executed"),
            ["sanction-not-executed", "sanction-executed", "sanction-suspended"],
        ),
        (
            *("sanction-imposed", {}, "sanction", "sanction-lifted"),
            [
                *("sanction-lifted", "sanction-executed", "sanction-not-executed"),
                "sanction-suspended",
            ],
        ),
        ("counterparty-barred", {}, "bar", "bar-lifted", ["bar-lifted"]),
        ("commitment-made", {}, "commitment", "commitment-fulfilled", ["commitment-fulfilled"]),
        (
            *("remediation-opened", {}, "remediation", "remediation-verified"),
            ["remediation-verified"],
        ),
        (
            *("investigation-opened", {}, "investigation", "investigation-concluded"),
            ["investigation-concluded"],
        ),
        ("role-assigned", {}, "assignment", "role-ended", ["role-ended"]),
        ("authority-granted", {}, "authority", "authority-revoked", ["authority-revoked"]),
        ("legal-hold-set", {}, "hold", "legal-hold-lifted", ["legal-hold-lifted"]),
        ("decision-taken", {}, "decision", "decision-withdrawn", ["decision-withdrawn"]),
        (
            *("interim-measure-taken", {}, "interim_measure", "interim-measure-ended"),
            ["interim-measure-ended"],
        ),
        ("commitment-made", {}, "commitment", "commitment-released", ["commitment-released"]),
        ("finding-made", {}, "blame", "blame-withdrawn", ["blame-withdrawn"]),
    ],
)
def test_what_has_ended_does_not_end_again(
    case: Case, first: str, made: dict[str, Any], field: str, end: str, refused: list[str]
) -> None:
    case.take("first", first, **made)
    case.take("end", end, **{field: "@first"})
    for kind in refused:
        error = case.refuses(kind, **{field: "@first"})
        assert error.field == field
        assert f"already has a {end} ({case.id_of('end')}), so it takes no {kind}" in error.message
    case.take("undo", "retraction", target="@end")
    case.take("again", end, **{field: "@first"})


def test_an_appeal_is_decided_once(case: Case) -> None:
    case.take("s", "sanction-imposed")
    case.take("a", "appeal-lodged", against="@s")
    case.take("d", "appeal-decided", appeal="@a")
    assert case.refuses("appeal-decided", appeal="@a").field == "appeal"


def test_a_sanction_that_was_executed_can_be_lifted(case: Case) -> None:
    case.take("s", "sanction-imposed")
    case.take("p", "sanction-suspended", sanction="@s")
    case.take("e", "sanction-executed", sanction="@s")
    case.take("l", "sanction-lifted", sanction="@s")


def test_what_blames_can_be_withdrawn_and_nothing_else(case: Case) -> None:
    for name in ("allegation-made", "finding-made", "sanction-imposed"):
        case.take(name, name)
        case.take(f"{name} withdrawn", "blame-withdrawn", blame=f"@{name}")
    case.take("statement", "statement-published", acts=["announce"])
    case.take("taken back", "blame-withdrawn", blame="@statement")
    case.take("contact", "contact-made")
    assert case.refuses("blame-withdrawn", blame="@contact").field == "blame"


def test_blame_is_reassigned_to_a_finding_of_any_case(case: Case) -> None:
    case.take("old", "finding-made")
    other = Case("other", elsewhere=case)
    other.take("new", "finding-made", subject="p-2")
    error = case.refuses("blame-withdrawn", blame="@old", reassigned_to="@old withdrawn")
    assert error.field == "reassigned_to"
    case.take("withdrawn", "blame-withdrawn", blame="@old", reassigned_to="@new")


def test_a_step_of_a_kind_of_the_houses_own_is_about_anything_or_nothing(case: Case) -> None:
    case.take("o", "contact-made")
    case.take("s", "step-taken", term="insert fine notification", upon="@o", who=["p-1", "p-2"])
    case.take("t", "step-taken", term="send for credit collection")


def test_a_commitment_is_breached_as_often_as_it_happens_and_kept_after_all(case: Case) -> None:
    case.take("c", "commitment-made")
    case.take("b", "commitment-breached", commitment="@c")
    case.take("again", "commitment-breached", commitment="@c")
    case.take("f", "commitment-fulfilled", commitment="@c")


def test_what_may_happen_again(case: Case) -> None:
    case.take("a", "allegation-made")
    case.take("e", "evidence-registered")
    for number in range(2):
        case.take(f"h{number}", "subject-heard", subject="p-1", allegation="@a")
        case.take(f"t{number}", "custody-transferred", evidence="@e")
        case.take(f"d{number}", "dispute", target="@a")
        case.take(f"f{number}", "finding-made", allegation="@a")


@pytest.mark.parametrize(
    ("kind", "target", "possible"),
    [
        ("correction", "contact-made", True),
        ("correction", "case-opened", True),
        ("correction", "correction", False),
        ("correction", "retraction", False),
        ("correction", "dispute", True),
        ("retraction", "contact-made", True),
        ("retraction", "correction", True),
        ("retraction", "dispute", True),
        ("retraction", "retraction", False),
        ("retraction", "case-opened", False),
        ("retraction", "case-closed", False),
        ("dispute", "retraction", True),
        ("dispute", "case-closed", True),
    ],
)
def test_what_can_be_said_of_what(case: Case, kind: str, target: str, possible: bool) -> None:
    case.take("o", "contact-made")
    if target == "case-closed":
        case.take("opened", "case-opened")
    case.take(
        "t",
        target,
        **({"target": "@o"} if target in ("correction", "retraction", "dispute") else {}),
    )
    if possible:
        case.take("k", kind, target="@t")
    else:
        assert case.refuses(kind, target="@t").field == "target"


def test_a_basis_may_lie_in_another_case(case: Case) -> None:
    other = Case("acne", case)
    other.take("f", "finding-made")
    case.take("s", "sanction-imposed", basis=["@f"])
    error = case.refuses("sanction-imposed", basis=["@f", "@nothing"])
    assert error.field == "basis"
    assert error.message == f"there is no event {case.id_of('nothing')} in this ledger."


def test_nothing_rests_on_itself(case: Case) -> None:
    assert case.refuses("contact-made", basis=["@refused"]).field == "basis"


def test_an_authority_is_one(case: Case) -> None:
    house = Case("house", case)
    house.take("g", "authority-granted")
    house.take("p", "role-assigned")
    case.take("d", "decision-taken", authority="@g")
    error = case.refuses("decision-taken", authority="@p")
    assert error.field == "authority"
    assert "is a role-assigned, not authority-granted." in error.message


def test_what_breaks_every_policy_is_still_a_fact(case: Case) -> None:
    """No hearing, no evidence, no decision; the person sanctioned decides on the appeal."""
    case.take("s", "sanction-imposed", occurred="2026-01-06")
    case.take("e", "sanction-executed", sanction="@s", occurred="1999", executed_by="p-1")
    case.take("a", "appeal-lodged", against="@s")
    case.take("d", "appeal-decided", appeal="@a", deciders=["p-1"], occurred="2025")
    assert case.state.version == 4
