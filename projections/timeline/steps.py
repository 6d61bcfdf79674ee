"""Say the steps of a case of which it is measured how long they took."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import say, to_say

STEPS: Mapping[str, str] = {
    "incident to first signal": to_say("incident to first signal"),
    "incident to investigation": to_say("incident to investigation"),
    "incident to findings": to_say("incident to findings"),
    "incident to sanctions": to_say("incident to sanctions"),
    "contact to backlash": to_say("contact to backlash"),
    "first signal to acknowledgement": to_say("first signal to acknowledgement"),
    "first signal to apology": to_say("first signal to apology"),
    "first signal to termination": to_say("first signal to termination"),
    "first signal to investigation": to_say("first signal to investigation"),
    "investigation to investigation's end": to_say("investigation to investigation's end"),
    "first signal to findings": to_say("first signal to findings"),
    "first signal to sanctions": to_say("first signal to sanctions"),
    "apology to sanctions": to_say("apology to sanctions"),
    "sanctions to execution": to_say("sanctions to execution"),
    "first signal to all sanctions executed": to_say("first signal to all sanctions executed"),
}
"""The steps, each from one milestone to another, by their names."""


def step_words(name: str) -> str:
    """Say a step that is measured, by its name: "first signal to apology"."""
    return say(STEPS[name])
