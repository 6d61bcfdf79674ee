"""Something that is open in words: what it is, whose, by when, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue.kind import OpenItem
from answerable.domain.language.saying import punctuation, say, say_count, to_say, to_say_count
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import whether
from answerable.projections.wording.dates import DUE, date

OVERDUE = to_say("OVERDUE")
BREACHED = to_say("breached")

ITEMS: Mapping[OpenItem, str] = {
    "sanction to execute": to_say("sanction to execute"),
    "appeal to decide": to_say("appeal to decide"),
    "allegation without a finding": to_say("allegation without a finding"),
    "investigation to conclude": to_say("investigation to conclude"),
    "report to acknowledge": to_say("report to acknowledge"),
    "report without feedback": to_say("report without feedback"),
    "commitment to fulfil": to_say("commitment to fulfil"),
    "remediation to verify": to_say("remediation to verify"),
    "legal hold": to_say("legal hold"),
    "case to close": to_say("case to close"),
}
"""Says what can be open."""

SEVERAL: Mapping[OpenItem, tuple[str, str]] = {
    "sanction to execute": to_say_count(
        "{letters} sanction to execute", "{letters} sanctions to execute"
    ),
    "appeal to decide": to_say_count("{letters} appeal to decide", "{letters} appeals to decide"),
    "allegation without a finding": to_say_count(
        "{letters} allegation without a finding", "{letters} allegations without a finding"
    ),
    "investigation to conclude": to_say_count(
        "{letters} investigation to conclude", "{letters} investigations to conclude"
    ),
    "report to acknowledge": to_say_count(
        "{letters} report to acknowledge", "{letters} reports to acknowledge"
    ),
    "report without feedback": to_say_count(
        "{letters} report without feedback", "{letters} reports without feedback"
    ),
    "commitment to fulfil": to_say_count(
        "{letters} commitment to fulfil", "{letters} commitments to fulfil"
    ),
    "remediation to verify": to_say_count(
        "{letters} remediation to verify", "{letters} remediations to verify"
    ),
    "legal hold": to_say_count("{letters} legal hold", "{letters} legal holds"),
    "case to close": to_say_count("{letters} case to close", "{letters} cases to close"),
}
"""Says how many of each are open."""


def obligation_words(obligation: Obligation, name_of: NameOf) -> str:
    """Say something that is open: "sanction to execute: Xu Fei, due 2026-02-01, suspended".

    Args:
        obligation: what is open.
        name_of: what to call a party.
    """
    party = () if obligation.party is None else (name_of(obligation.party),)
    due = () if obligation.due is None else (due_words(obligation.due),)
    said = punctuation(", ").join((*party, *due, *obligation_marks(obligation)))
    what = item_words(obligation.what)
    return say("{what}: {marks}", what=what, marks=said) if said else what


def item_words(what: OpenItem) -> str:
    """Say what is open: "sanction to execute"."""
    return say(ITEMS[what])


def due_words(due: str) -> str:
    """Say by when something is to be done (EDTF): "due 2026-02-01"."""
    return say(DUE, date=date(due))


def obligation_marks(obligation: Obligation) -> Iterator[str]:
    """Say whether something is on hold, overdue, or open at all, where there is need to."""
    if obligation.suspended != "no":
        yield whether(obligation.suspended, say("suspended"))
    if obligation.breached != "no":
        yield whether(obligation.breached, say(BREACHED))
    if obligation.overdue == "yes":
        yield say(OVERDUE)
    if obligation.open == "unknown":
        yield open_words(obligation.open)
    elif obligation.overdue == "unknown" and obligation.due is not None:
        yield whether("unknown", say("overdue"))


def open_words(answer: When) -> str:
    """Say whether something is open."""
    return whether(answer, say("open"), say("not open"))


def open_spelt(number: int, what: OpenItem) -> str:
    """Say how many such things are open: "seven sanctions to execute", "case to close"."""
    return item_words(what) if number == 1 else say_count(*SEVERAL[what], number)
