"""An event in one line, made of its public fields alone."""

from typing import Any

import pytest

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.projections.wording.sentence import sentence


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Personal data of p-1 erased (under gdpr 17)"),
        (
            {"events": ["a"]},
            "Personal data of p-1 erased, and of 1 event: all texts (under gdpr 17)",
        ),
        (
            {"events": ["a", "b"], "fields": ["title", "recorded_by"]},
            "Personal data of p-1 erased, and of 2 events: title, recorded by (under gdpr 17)",
        ),
    ],
)  # fmt: skip
def test_an_erasure_tells_what_else_it_names(more: dict[str, Any], said: str) -> None:
    told = {"subject": "p-1", "legal_basis": "gdpr 17", **more}
    assert sentence("personal-data-erased", told) == said


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        ("decision-withdrawn", {}, "Decision withdrawn"),
        (
            "decision-withdrawn",
            {"withdrawn_by": "court-1", "effective": "2026-01-05", "replaced_by": "an id"},
            "Decision withdrawn by court-1 (replaced; with effect from 2026-01-05)",
        ),
        (
            "interim-measure-ended",
            {"ended_by": "p-1", "manner": "lifted"},
            "Interim measure ended by p-1 (lifted)",
        ),
        ("commitment-breached", {"found_by": "p-1"}, "Commitment breached, found by p-1"),
        ("commitment-breached", {}, "Commitment breached"),
        ("commitment-released", {"released_by": "p-1"}, "Commitment released by p-1"),
        (
            "blame-withdrawn",
            {"withdrawn_by": "p-1", "reassigned_to": "an id"},
            "Blame withdrawn by p-1 (reassigned)",
        ),
        (
            "role-ended",
            {"manner": "term-over", "effective": "2026-01"},
            "Role ended (term over; with effect from 2026-01)",
        ),
        ("allegation-made", {"subject": "p-1", "made_by": "p-2"}, "Allegation against p-1 by p-2"),
        (
            "allegation-made",
            {"subject": "p-1", "clause": "code 4.2", "conduct_occurred": "2025-11"},
            "Allegation against p-1 (under code 4.2; conduct of 2025-11)",
        ),
        (
            "finding-made",
            {
                "subject": "p-1",
                "outcome": "substantiated",
                "responsibility": "direct",
                "conduct_occurred": "2025-11",
                "contradicts": ["an id", "another"],
            },
            "Finding about p-1: substantiated, direct responsibility "
            "(conduct of 2025-11; contradicts 2 public statements)",
        ),
        (
            "finding-proposed",
            {
                "subject": "p-1",
                "outcome": "substantiated",
                "responsibility": "direct",
                "proposed_by": "p-2",
            },
            "Proposed finding about p-1: substantiated, direct responsibility (by p-2)",
        ),
        (
            "sanction-proposed",
            {"subject": "p-1", "measure": "fine", "amount": "500 EUR", "proposed_by": "p-2"},
            "Proposed sanction against p-1: fine, 500 EUR (by p-2)",
        ),
        ("sanction-not-executed", {"cause": "died"}, "Sanction not executed (died)"),
        ("sanction-not-executed", {"cause": "other"}, "Sanction not executed"),
        (
            "representatives-notified",
            {"body": "works-council", "representing": "works-council", "subject": "p-1"},
            "Notice to works-council about p-1 (works council)",
        ),
        ("report-received", {"reporter": "p-1"}, "Report received from p-1"),
        (
            "report-received",
            {"reporter_is": "anonymous", "route": "internal"},
            "Report received (reporter: anonymous; internal)",
        ),
        (
            "decision-taken",
            {
                "outcome": "dismiss",
                "mitigating_factors": ["first offence"],
                "aggravating_factors": ["position of trust", "concealment"],
            },
            "Decision: dismiss (mitigating: first offence; "
            "aggravating: position of trust, concealment)",
        ),
        (
            "authority-granted",
            {"party": "p-1", "measures": ["fine"], "grades": ["clerk", "manager"]},
            "Authority granted to p-1 for fine (over grades: clerk, manager)",
        ),
        ("role-assigned", {"party": "p-1", "grade": "clerk"}, "Role given to p-1 (grade: clerk)"),
        (
            "case-closed",
            {"disposition": "no-action", "retain_until": "2036"},
            "Case closed: no action (to be kept until 2036)",
        ),
        (
            "statement-published",
            {"acts": ["deny"], "speaker": "p-1", "content_standing": "disputed"},
            "Statement by p-1 (deny; what it says: disputed)",
        ),
        (
            "step-taken",
            {"term": "insert fine notification", "who": ["p-1", "p-2"]},
            "Step taken: insert fine notification by p-1 and p-2",
        ),
        ("verification-completed", {}, "Verification: result not told"),
        ("verification-completed", {"result": "pending"}, "Verification: pending"),
    ],
)
def test_a_line_tells_what_ended_by_whom_and_from_when(
    kind: str, told: dict[str, Any], said: str
) -> None:
    assert sentence(kind, told) == said


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        (
            "incident-occurred",
            {"what": "crash", "involving": ["jet-9"], "harm": "deaths", "size": "346"},
            "Incident: crash involving jet-9 (deaths; 346)",
        ),
        (
            "agreement-made",
            {"type": "deferred-prosecution", "between": ["maker", "doj"], "until": "2024-01-07"},
            "Deferred prosecution agreement between maker and doj (until 2024-01-07)",
        ),
        (
            "agreement-made",
            {"type": "consent-order", "between": ["occ"]},
            "Consent order between occ",
        ),
        (
            "agreement-breached",
            {"breached_by": "maker", "found_by": "doj"},
            "Agreement breached by maker (as found by doj)",
        ),
        (
            "proceeding-opened",
            {"subject": "p-1", "accuser": "doj", "forum": "court-1", "type": "criminal"},
            "Criminal proceedings against p-1 by doj before court-1",
        ),
        (
            "proceeding-concluded",
            {"outcome": "acquitted", "deciders": ["jury"]},
            "Proceedings concluded: acquitted by jury",
        ),
        (
            "commitment-made",
            {"by": "maker", "amount": "500000000.00 USD", "due": "2021"},
            "Commitment made by maker of 500,000,000.00 USD due 2021",
        ),
        (
            "party-registered",
            {"party": "staff", "type": "group", "size": "5300~"},
            "Registered staff (group; about 5,300)",
        ),
        (
            "counterparty-barred",
            {"counterparty": "org-7", "imposed_by": "bank", "until": "2027"},
            "org-7 barred by bank until 2027",
        ),
    ],
)
def test_what_is_not_the_houses_own_in_one_line(
    kind: str, fields: dict[str, object], line: str
) -> None:
    assert sentence(kind, fields) == line


@pytest.mark.parametrize(
    ("kind", "told", "english", "chinese"),
    [
        (
            "decision-taken",
            {"outcome": "sanction", "deciders": ["p-1", "p-2"]},
            "Decision: sanction by p-1 and p-2",
            "p-1 和 p-2 决定：给予处分",
        ),
        (
            "apology-issued",
            {"speaker": "p-1", "channel": "social media"},
            "Apology by p-1 (via social media)",
            "p-1 致歉（渠道：社交媒体）",
        ),
        ("sanction-executed", {"executed_by": "p-1"}, "Sanction executed by p-1", "p-1 执行处分"),
    ],
)
def test_in_chinese_who_did_it_leads(
    kind: str, told: dict[str, Any], english: str, chinese: str
) -> None:
    assert sentence(kind, told) == english
    with in_language(language("zh-Hans")):
        assert sentence(kind, told) == chinese
