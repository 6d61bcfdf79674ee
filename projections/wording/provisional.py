"""Say what is provisional in words: allegations, which are no findings, and interim measures."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.language.saying import punctuation, say, to_say
from answerable.projections.accountability.alleged.allegations import Allegation
from answerable.projections.accountability.interim import Interim, InterimState
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.answers import (
    alleged_mark,
    by_then,
    dispute_mark,
    hearsay_mark,
    marked,
    whether,
)
from answerable.projections.wording.dates import date
from answerable.projections.wording.vocabulary import as_term, in_turn, term, value_words

NO_SANCTION = to_say("not a sanction")

INTERIM_STATES: Mapping[InterimState, str] = {
    "running": to_say("running"),
    "ended": to_say("ended"),
    "unknown": to_say("indeterminate whether running"),
}


def interim_line(interim: Interim, name_of: NameOf = str) -> str:
    """Say an interim measure, and whether it runs.

    For example "leave until 2026-03-31, running (not a sanction; disputed)", "leave, lifted …".

    Args:
        interim: which.
        name_of: what to call who took it, where that is told.
    """
    what = term(interim.measure)
    if interim.imposed_by is not None:
        what = say("{what} by {party}", what=what, party=name_of(interim.imposed_by))
    if interim.until is not None:
        what = say("{what} until {end}", what=what, end=date(interim.until))
    what = punctuation(", ").join((what, interim_state(interim)))
    marks = (
        say(NO_SANCTION),
        alleged_mark(interim.standing),
        hearsay_mark(interim.said_by_others),
        dispute_mark(interim.standing, interim.disputed_by),
        by_then(interim.as_of),
    )
    return marked(what, marks)


def interim_state(interim: Interim) -> str:
    """Say whether an interim measure runs, or in which manner it ended: "running"; "lifted".

    One with a last day runs up to it: "running or ended, depending on the day".
    """
    if interim.state == "ended" and interim.manner:
        return as_term(interim.manner)
    if interim.state == "unknown" and interim.until is not None and interim.ended_by is None:
        return in_turn(say(INTERIM_STATES[each]) for each in ("running", "ended"))
    return say(INTERIM_STATES[interim.state])


def allegation_words(allegation: Allegation, name_of: NameOf) -> str:
    """Say an allegation, who makes it, and whether it is disposed of.

    For example "alleged by the regulator under code-of-conduct 4.2, not disposed of (disputed)".

    Args:
        allegation: as it stands.
        name_of: what to call a party.
    """
    alleged = say("alleged")
    if allegation.made_by is not None:
        alleged = say("alleged by {party}", party=name_of(allegation.made_by))
    if allegation.clause is not None:
        clause = value_words(allegation.clause)
        alleged = say("{alleged} under {clause}", alleged=alleged, clause=clause)
    ended = say("withdrawn") if allegation.withdrawn == "yes" else say("disposed of")
    open_ = whether(allegation.open, say("not disposed of"), ended)
    marks = (dispute_mark(allegation.standing, allegation.disputed_by), by_then(allegation.as_of))
    return marked(punctuation(", ").join((alleged, open_)), marks)
