"""Say in words what was imposed for a finding that is compared with like ones."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.consistency.units import Measure
from answerable.projections.wording.answers import marked
from answerable.projections.wording.sanction import course_words
from answerable.projections.wording.vocabulary import measure


def measure_words(each: Measure) -> str:
    """Say a measure, and how it stands."""
    fields = {name: value for name, value in each._asdict().items() if value is not None}
    link = say("by person and case alone") if each.link == "case" else None
    what = say("{what} #{position}", what=measure(fields), position=each.position)
    return marked(what, (_standing(each), link))


def _standing(each: Measure) -> str | None:
    """Say how a measure stands; None of one that simply is in force."""
    if each.held == "unknown":
        return say("perhaps")
    if each.held == "yes" and each.state != "not executed":
        return None
    return course_words(each.state, (), each.cause)
