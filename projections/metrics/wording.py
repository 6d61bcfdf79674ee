"""Say the numbers of things by how they stand, each by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from answerable.domain.kinds.catalogue.kind import OpenItem
from answerable.domain.language.saying import say, to_say
from answerable.projections.wording.obligation import item_words

NUMBERS: Mapping[str, str] = {
    "cases": to_say("cases"),
    "cases never opened": to_say("cases never opened"),
    "cases open": to_say("cases open"),
    "cases closed": to_say("cases closed"),
    "cases reopened": to_say("cases reopened"),
    "open, besides cases": to_say("open, besides cases"),
    "open without a deadline": to_say("open without a deadline"),
    "overdue, of all kinds": to_say("overdue, of all kinds"),
    "sanctions imposed": to_say("sanctions imposed"),
    "sanctions executed": to_say("sanctions executed"),
    "sanctions not executed": to_say("sanctions not executed"),
    "sanctions lifted": to_say("sanctions lifted"),
    "sanctions overturned on appeal": to_say("sanctions overturned on appeal"),
    "sanctions withdrawn": to_say("sanctions withdrawn"),
    "appeals pending": to_say("appeals pending"),
    "appeals allowed": to_say("appeals allowed"),
    "appeals partly allowed": to_say("appeals partly allowed"),
    "appeals dismissed": to_say("appeals dismissed"),
    "appeals withdrawn": to_say("appeals withdrawn"),
    "findings alleged": to_say("findings alleged"),
    "sanctions alleged": to_say("sanctions alleged"),
    "appeals alleged": to_say("appeals alleged"),
    "people accountable": to_say("people accountable"),
    "organisations accountable": to_say("organisations accountable"),
    "bodies accountable": to_say("bodies accountable"),
    "groups accountable": to_say("groups accountable"),
    "parties of a type not told accountable": to_say("parties of a type not told accountable"),
    "parties accountable only as alleged": to_say("parties accountable only as alleged"),
}
"""The numbers but those of what is open, by their names."""

OF_ITEMS: Mapping[str, str] = {
    "open": to_say("open: {what}"),
    "overdue": to_say("overdue: {what}"),
}
"""The numbers of what is open, or overdue, of one kind."""


def number_words(name: str) -> str:
    """Say what is counted, by its name: "cases open", "overdue: legal hold"."""
    how, _, what = name.partition(": ")
    if what:
        return say(OF_ITEMS[how], what=item_words(cast("OpenItem", what)))
    return say(NUMBERS[name])
