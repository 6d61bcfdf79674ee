"""Say what there is to do or to ask, in plain words: a sentence for each sort of thing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from answerable.projections.gaps import LEFT_RUNNING, PERHAPS, UNREADABLE, UNREASONED, UNTOLD, WRONG
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.wording.obligation import BREACHED


class Sentence(NamedTuple):
    """A sentence about one thing, and about several."""

    one: str
    several: str


BREACH = f"commitment to fulfil, {BREACHED}"

TASKS: Mapping[str, Sentence] = MappingProxyType(
    {
        "sanction to execute": Sentence(
            "Carry out the sanction, or record that it was carried out",
            "Carry out {n} sanctions, or record that they were carried out",
        ),
        "appeal to decide": Sentence("Decide the appeal", "Decide {n} appeals"),
        "allegation without a finding": Sentence(
            "Find out what there is to the allegation, and record the finding",
            "Find out what there is to {n} allegations, and record the findings",
        ),
        "investigation to conclude": Sentence(
            "Conclude the investigation", "Conclude {n} investigations"
        ),
        "report to acknowledge": Sentence("Acknowledge the report", "Acknowledge {n} reports"),
        "report without feedback": Sentence(
            "Give who reported it feedback", "Give those who reported {n} things feedback"
        ),
        "commitment to fulfil": Sentence(
            "Keep the promise, or record that it was kept",
            "Keep {n} promises, or record that they were kept",
        ),
        BREACH: Sentence("Keep the promise, which was broken", "Keep {n} promises, broken so far"),
        "remediation to verify": Sentence("Verify the remediation", "Verify {n} remediations"),
        "legal hold": Sentence(
            "Lift the legal hold once it is not needed", "Lift {n} legal holds once not needed"
        ),
        "case to close": Sentence(
            "Close the case, once all is answered", "Close {n} cases, once all is answered"
        ),
        LEFT_RUNNING: Sentence(
            "End the interim measure: its case is closed",
            "End {n} interim measures: their cases are closed",
        ),
        ASKED["decision"]: Sentence(
            "Ask who decided on it, and record the decision",
            "Ask who decided on {n} of them, and record the decisions",
        ),
        ASKED["finding"]: Sentence(
            "Ask what the person sanctioned was found to have done",
            "Ask what those under {n} sanctions were found to have done",
        ),
        ASKED["deciders"]: Sentence("Ask who took the decision", "Ask who took {n} decisions"),
        ASKED["authority"]: Sentence(
            "Ask who gave those who decided the authority",
            "Ask who gave those who took {n} decisions the authority",
        ),
        ASKED["coverage"]: Sentence(
            "Ask whether the authority covers the measure",
            "Ask whether the authority covers {n} measures",
        ),
        ASKED["holder"]: Sentence(
            "Ask how those who decided came by the authority",
            "Ask how those who took {n} decisions came by the authority",
        ),
        ASKED["in force"]: Sentence(
            "Ask whether the authority held when the decision was taken",
            "Ask whether the authority held when {n} decisions were taken",
        ),
        ASKED["evidence"]: Sentence(
            "Ask for the evidence behind the finding", "Ask for the evidence behind {n} findings"
        ),
        ASKED["clause"]: Sentence(
            "Ask which clause was breached", "Ask which clauses were breached, of {n} findings"
        ),
        ASKED["hearing"]: Sentence(
            "Ask whether the person was heard, and when",
            "Ask whether those of {n} findings were heard, and when",
        ),
        ASKED["difference"]: Sentence(
            "Ask why the decision differs from what was proposed",
            "Ask why {n} decisions differ from what was proposed",
        ),
        ASKED["collector"]: Sentence(
            "Ask who collected the exhibit", "Ask who collected {n} exhibits"
        ),
        ASKED["collected"]: Sentence(
            "Ask when the exhibit was collected", "Ask when {n} exhibits were collected"
        ),
        WRONG: Sentence(
            "Ask what else bears it: what it rests on cannot",
            "Ask what else bears {n} of them: what they rest on cannot",
        ),
        UNREASONED: Sentence(
            "Ask for the reason: the answer is unusual among like findings",
            "Ask for the reasons: {n} answers are unusual among like findings",
        ),
        UNREADABLE: Sentence(
            "Ask for a reason that can be read: the answer is unusual among like findings",
            "Ask for reasons that can be read: {n} answers are unusual among like findings",
        ),
        PERHAPS: Sentence(
            "Ask for the reason: the answer may be unusual among like findings",
            "Ask for the reasons: {n} answers may be unusual among like findings",
        ),
        UNTOLD["nothing"]: Sentence("Ask when it happened", "Ask when {n} things happened"),
        UNTOLD["only the latest"]: Sentence(
            "Ask when it happened at the earliest", "Ask when {n} things happened at the earliest"
        ),
        UNTOLD["only the earliest"]: Sentence(
            "Ask when it happened at the latest", "Ask when {n} things happened at the latest"
        ),
    }
)
"""Map what is needed to what there is to do or to ask."""


def task(what: str, number: int = 1) -> str:
    """Say what there is to do or to ask, of one thing or of several; else, of which rule."""
    said = TASKS.get(what) or Sentence(f"Make good or explain: {what}", f"{what}: in {{n}} cases")
    return said.one if number == 1 else said.several.format(n=f"{number:,}")
