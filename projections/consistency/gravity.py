"""Place each measure on a scale of gravity, so that measures can be compared.

The scale is ordinal: a higher step is graver, and nothing says by how much. Within one published
scale of sanctions its order is kept, and each measure names the scale. Nothing that is published
ranks a court's sentence against an employer's measure or a regulator's: there the order is this
program's own, as is the place of what no scale has. What no source ranks shares a step, as does
what touches the same thing:

0. nothing was imposed;
1. training: it corrects, and takes nothing away;
2. an oral warning, which leaves no trace in the file;
3. a written warning, which does;
4. a formal reprimand in the name of the house; money given back that was never due;
5. pay put at risk or put off: a lower rating, a bonus deferred; censure, the graver reprimand;
6. money that is lost: a bonus cancelled, a clawback, a fine, a forfeiture;
7. what is lost for a time or in part: suspension, grounding, privileges, growth; free time
   under a court's order;
8. rank or a post that is lost, while the party stays; a prison sentence put off;
9. the place itself that is lost: dismissal, expulsion, exclusion, delisting;
10. the profession or the trade that is lost: prohibition, a licence withdrawn;
11. liberty that is lost: imprisonment.

See docs/decisions/0018 and 0036.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from answerable.domain.language.saying import say_as, to_say_as

NONE = 0
"""The step of a finding that no measure rests on."""

MONEY_LOST = 6
"""The step of measures that take money: how much they take can be compared."""

UN = "UN Staff Rule 10.2"
"""(a) lists disciplinary measures from written censure to dismissal, and does not say that it ranks
them (a fine, listed after suspension, stands here with other money that is lost); (b) lists
measures that are none: oral or written reprimand, recovery of monies owed."""

ACAS = "Acas Code of Practice 1, paragraphs 19 to 23"
"""A written warning, a final one, then dismissal or another penalty such as demotion or loss of
seniority (United Kingdom)."""

HOUSE = "US House Committee on Ethics, Rule 24"
"""(e) lists the sanctions; (g): reprimand for serious violations, censure for more serious ones,
expulsion for the most serious. It does not rank fines and lost privileges against these."""

COURTS = "Sentencing Act 2020 (England and Wales), ss. 204, 230 and 277"
"""A community order only for what is serious enough; custody only where neither that nor a fine
can be justified; a custodial sentence may be suspended."""

DOCTORS = "Medical Act 1983 (UK), s. 35D"
"""Conditions, suspension, erasure from the register: the last ends the right to practise."""

OWN = "own order"
"""No published scale that we know ranks it: it stands where this program puts it."""


class Place(NamedTuple):
    """The place of a measure on the scale, and where the order comes from."""

    step: int
    source: str


PLACES: Mapping[str, Place] = {
    "training": Place(1, OWN),
    "oral-warning": Place(2, OWN),
    "written-warning": Place(3, ACAS),
    "formal-reprimand": Place(4, HOUSE),
    "repayment": Place(4, UN),
    "censure": Place(5, HOUSE),
    "performance-rating-reduction": Place(5, OWN),
    "bonus-deferral": Place(5, OWN),
    "bonus-cancellation": Place(6, OWN),
    "clawback": Place(6, OWN),
    "fine": Place(6, COURTS),
    "forfeiture": Place(6, OWN),
    "suspension": Place(7, UN),
    "loss-of-privileges": Place(7, OWN),
    "community-service": Place(7, COURTS),
    "probation": Place(7, COURTS),
    "grounding": Place(7, OWN),
    "growth-cap": Place(7, OWN),
    "demotion": Place(8, UN),
    "loss-of-seniority": Place(8, ACAS),
    "removal-from-post": Place(8, OWN),
    "suspended-sentence": Place(8, COURTS),
    "resignation-in-lieu": Place(9, OWN),
    "dismissal": Place(9, UN),
    "expulsion": Place(9, HOUSE),
    "exclusion": Place(9, OWN),
    "delisting": Place(9, OWN),
    "prohibition": Place(10, OWN),
    "licence-withdrawal": Place(10, DOCTORS),
    "imprisonment": Place(11, COURTS),
}
"""The place of each measure; `other` has none."""

GRAVITY: Mapping[str, int] = {measure: place.step for measure, place in PLACES.items()}
"""The step of each measure."""

LOSING = frozenset(measure for measure, place in PLACES.items() if place.step == MONEY_LOST)
"""The measures by which money is lost. Repayment gives back what was never due, a deferral puts off
what is kept: how much that is, says nothing of how grave the answer was."""

STEPS: Mapping[int, str] = {
    0: to_say_as("gravity", "none"),
    1: to_say_as("gravity", "training"),
    2: to_say_as("gravity", "oral warning"),
    3: to_say_as("gravity", "written warning"),
    4: to_say_as("gravity", "formal reprimand"),
    5: to_say_as("gravity", "pay or standing at risk"),
    6: to_say_as("gravity", "money lost"),
    7: to_say_as("gravity", "suspension or restriction"),
    8: to_say_as("gravity", "rank or post lost"),
    9: to_say_as("gravity", "place lost"),
    10: to_say_as("gravity", "prohibition"),
    11: to_say_as("gravity", "imprisonment"),
}
"""Each step in a few words, to be said as gravity."""


def step_words(step: int) -> str:
    """Say a step of gravity: "formal reprimand"."""
    return say_as("gravity", STEPS[step])
