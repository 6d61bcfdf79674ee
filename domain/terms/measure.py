"""Name the measures: of a sanction, and for the time of an inquiry.

A measure is one word of these; what it was called then and there ("reproval", "denunciation") can
stand beside it in `measure_text`. How grave each is, `projections/consistency/gravity.py` says.
"""

from __future__ import annotations

from typing import Literal

Measure = Literal[
    "training",
    "oral-warning",
    "written-warning",
    "formal-reprimand",
    "censure",
    "repayment",
    "performance-rating-reduction",
    "bonus-cancellation",
    "bonus-deferral",
    "clawback",
    "fine",
    "forfeiture",
    "loss-of-seniority",
    "loss-of-privileges",
    "removal-from-post",
    "demotion",
    "suspension",
    "dismissal",
    "resignation-in-lieu",
    "expulsion",
    "exclusion",
    "prohibition",
    "licence-withdrawal",
    "community-service",
    "probation",
    "suspended-sentence",
    "imprisonment",
    "delisting",
    "grounding",
    "growth-cap",
    "other",
]
"""The measures of a sanction: against people, then those of courts, those on houses and things."""

InterimMeasure = Literal["leave", "access-removed", "grounding", "asset-freeze", "other"]
"""The measures for the time of an inquiry. None of them is a sanction."""
