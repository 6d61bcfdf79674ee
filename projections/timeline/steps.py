"""Say the steps of a case of which it is measured how long they took."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import say, say_as, to_say, to_say_as

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


def ends_words(name: str) -> tuple[str, str]:
    """Say from which milestone a step is measured, and to which: "first signal", "apology"."""
    start, _, end = name.partition(" to ")
    return say_as("milestone", MILESTONES[start]), say_as("milestone", MILESTONES[end])


MILESTONES: Mapping[str, str] = {
    "incident": to_say_as("milestone", "incident"),
    "contact": to_say_as("milestone", "contact"),
    "first signal": to_say_as("milestone", "first signal"),
    "backlash": to_say_as("milestone", "backlash"),
    "acknowledgement": to_say_as("milestone", "acknowledgement"),
    "apology": to_say_as("milestone", "apology"),
    "termination": to_say_as("milestone", "termination"),
    "investigation": to_say_as("milestone", "investigation"),
    "investigation's end": to_say_as("milestone", "investigation's end"),
    "findings": to_say_as("milestone", "findings"),
    "sanctions": to_say_as("milestone", "sanctions"),
    "execution": to_say_as("milestone", "execution"),
    "all sanctions executed": to_say_as("milestone", "all sanctions executed"),
}
"""The points in the course of a case between which steps are measured, by their names."""
