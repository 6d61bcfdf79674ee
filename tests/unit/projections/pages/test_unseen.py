"""Texts with signs that cannot be seen, or that turn the direction of writing round, in pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.bundles import signed_ledger

from answerable.cli.reporting.formats import content
from answerable.cli.reporting.made import Made
from answerable.projections.report.audience.audiences import FIELDS, For
from answerable.projections.report.audience.report_for import report_for
from answerable.projections.report.looked import look
from answerable.projections.report.report import report_of

HOSTILE = "\u202eAn\u2066na \u200b\x07\x1b[31m\u2028Fawn"
STEPS = (
    {"case_id": "c", "kind": "party-registered", "party": "person-1", "type": "person",
     "name": HOSTILE},
    {"case_id": "c", "kind": "party-registered", "party": "org-1", "type": "organisation",
     "name": f"{HOSTILE} Ltd"},
    {"case_id": "c", "kind": "case-opened", "title": f"Gifts {HOSTILE}"},
    {"case_id": "c", "as": "f", "kind": "finding-made", "subject": "person-1",
     "outcome": "substantiated", "responsibility": "direct", "conduct": HOSTILE},
    {"case_id": "c", "as": "d", "kind": "decision-taken", "outcome": "sanction", "basis": ["@f"],
     "question": HOSTILE},
    {"case_id": "c", "kind": "sanction-imposed", "subject": "person-1", "measure": "dismissal",
     "basis": ["@d", "@f"]},
    {"case_id": "c", "kind": "counterparty-barred", "counterparty": "org-1", "scope": HOSTILE,
     "basis": ["@d"]},
)  # fmt: skip
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\u2066-\u2069]")
SPELLED = re.compile(r"\\u(?:00[01]|200b|2028|202e|2066)")
AS_RECORDED = re.compile(
    r'<script type="application/json" id="(?:bundle|written)">[^<]*</script>|<script>.*?</script>',
    re.DOTALL,
)
"""Match what a page carries of the record as it was recorded, and its scripts."""

WHOM = (None, For("board"), For("public"), For("subject", "person-1"))


@pytest.mark.parametrize("whom", WHOM)
@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_what_cannot_be_seen_is_spelled_out_wherever_a_report_says_it(
    tmp_path: Path, whom: For | None, form: str
) -> None:
    ledger, _ = signed_ledger(tmp_path, STEPS)
    with ledger:
        if whom is None:
            looked = look(ledger, "c")
            made = Made(report_of(looked, version="1"), ledger, looked)
        else:
            gated = report_for(ledger, "c", whom, version="1")
            withheld = FIELDS.get(whom.audience, frozenset())
            made = Made(gated.report, ledger, gated.looked, withheld, gated.part)
        page = AS_RECORDED.sub("", content(made, form).decode())
    assert UNSEEN.findall(page) == []
    assert SPELLED.findall(page.replace("\\u003c", "")) == []
