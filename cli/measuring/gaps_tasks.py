"""Say what there is to do or to ask, in plain words: a sentence for each sort of thing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from answerable.domain.language.saying import figures, say, say_as, say_count, to_say_count
from answerable.projections.gaps import LEFT_RUNNING, PERHAPS, UNREADABLE, UNREASONED, UNTOLD, WRONG
from answerable.projections.grounds.required_links import ASKED
from answerable.projections.wording.obligation import BREACHED

BREACH = f"commitment to fulfil, {BREACHED}"

TASKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sanction to execute": to_say_count(
            "Carry out the sanction, or record that it was carried out",
            "Carry out {number} sanctions, or record that they were carried out",
        ),
        "appeal to decide": to_say_count("Decide the appeal", "Decide {number} appeals"),
        "allegation without a finding": to_say_count(
            "Find out what there is to the allegation, and record the finding",
            "Find out what there is to {number} allegations, and record the findings",
        ),
        "investigation to conclude": to_say_count(
            "Conclude the investigation", "Conclude {number} investigations"
        ),
        "report to acknowledge": to_say_count(
            "Acknowledge the report", "Acknowledge {number} reports"
        ),
        "report without feedback": to_say_count(
            "Give who reported it feedback", "Give those who reported {number} things feedback"
        ),
        "commitment to fulfil": to_say_count(
            "Keep the promise, or record that it was kept",
            "Keep {number} promises, or record that they were kept",
        ),
        BREACH: to_say_count(
            "Keep the promise, which was broken", "Keep {number} promises, broken so far"
        ),
        "remediation to verify": to_say_count(
            "Verify the remediation", "Verify {number} remediations"
        ),
        "legal hold": to_say_count(
            "Lift the legal hold once it is not needed", "Lift {number} legal holds once not needed"
        ),
        "case to close": to_say_count(
            "Close the case, once all is answered", "Close {number} cases, once all is answered"
        ),
        LEFT_RUNNING: to_say_count(
            "End the interim measure: its case is closed",
            "End {number} interim measures: their cases are closed",
        ),
        ASKED["decision"]: to_say_count(
            "Ask who decided on it, and record the decision",
            "Ask who decided on {number} of them, and record the decisions",
        ),
        ASKED["finding"]: to_say_count(
            "Ask what the person sanctioned was found to have done",
            "Ask what those under {number} sanctions were found to have done",
        ),
        ASKED["deciders"]: to_say_count(
            "Ask who took the decision", "Ask who took {number} decisions"
        ),
        ASKED["authority"]: to_say_count(
            "Ask who gave those who decided the authority",
            "Ask who gave those who took {number} decisions the authority",
        ),
        ASKED["coverage"]: to_say_count(
            "Ask whether the authority covers the measure",
            "Ask whether the authority covers {number} measures",
        ),
        ASKED["holder"]: to_say_count(
            "Ask how those who decided came by the authority",
            "Ask how those who took {number} decisions came by the authority",
        ),
        ASKED["in force"]: to_say_count(
            "Ask whether the authority held when the decision was taken",
            "Ask whether the authority held when {number} decisions were taken",
        ),
        ASKED["evidence"]: to_say_count(
            "Ask for the evidence behind the finding",
            "Ask for the evidence behind {number} findings",
        ),
        ASKED["clause"]: to_say_count(
            "Ask which clause was breached", "Ask which clauses were breached, of {number} findings"
        ),
        ASKED["hearing"]: to_say_count(
            "Ask whether the person was heard, and when",
            "Ask whether those of {number} findings were heard, and when",
        ),
        ASKED["difference"]: to_say_count(
            "Ask why the decision differs from what was proposed",
            "Ask why {number} decisions differ from what was proposed",
        ),
        ASKED["collector"]: to_say_count(
            "Ask who collected the exhibit", "Ask who collected {number} exhibits"
        ),
        ASKED["collected"]: to_say_count(
            "Ask when the exhibit was collected", "Ask when {number} exhibits were collected"
        ),
        WRONG: to_say_count(
            "Ask what else bears it: what it rests on cannot",
            "Ask what else bears {number} of them: what they rest on cannot",
        ),
        UNREASONED: to_say_count(
            "Ask for the reason: the answer is unusual among like findings",
            "Ask for the reasons: {number} answers are unusual among like findings",
        ),
        UNREADABLE: to_say_count(
            "Ask for a reason that can be read: the answer is unusual among like findings",
            "Ask for reasons that can be read: {number} answers are unusual among like findings",
        ),
        PERHAPS: to_say_count(
            "Ask for the reason: the answer may be unusual among like findings",
            "Ask for the reasons: {number} answers may be unusual among like findings",
        ),
        UNTOLD["nothing"]: to_say_count(
            "Ask when it happened", "Ask when {number} things happened"
        ),
        UNTOLD["only the latest"]: to_say_count(
            "Ask when it happened at the earliest",
            "Ask when {number} things happened at the earliest",
        ),
        UNTOLD["only the earliest"]: to_say_count(
            "Ask when it happened at the latest", "Ask when {number} things happened at the latest"
        ),
    }
)
"""Map what is needed to what there is to do or to ask."""


def task(what: str, number: int = 1) -> str:
    """Say what there is to do or to ask, of one thing or of several; else, of which rule."""
    sentences = TASKS.get(what)
    if sentences is not None:
        return say_count(*sentences, number)
    rule = say_as("rule", what)
    if number == 1:
        return say("Make good or explain: {what}", what=rule)
    return say("{what}: in {number} cases", what=rule, number=figures(number))
