"""Place each measure on a scale of gravity, so that measures can be compared.

The scale is ordinal: a higher step is graver, and nothing says by how much. It follows the order
in which UN Staff Rule 10.2 (a) lists disciplinary measures: censure, steps or increments of pay
lost or put off, suspension without pay, fine, demotion, separation, dismissal. The rule does not
say that this is an order of gravity; here it is taken so, with two changes. What the rule does not
list (training, warnings, prohibition) comes before or after; and a fine stands with other pay that
is lost, since what touches the same thing stands on one step:

0. nothing was imposed;
1. training: it corrects, and takes nothing away;
2. an oral warning, which leaves no trace in the file;
3. a written warning, which does;
4. a formal reprimand: censure in the name of the house;
5. pay that is put at risk or put off: a lower rating, a bonus deferred;
6. pay that is lost: a bonus cancelled, a clawback, a fine;
7. work that is lost for a time: suspension;
8. rank that is lost: demotion;
9. the post that is lost: dismissal, or resignation in its stead;
10. the profession that is lost: prohibition.

`other` has no step. How long a suspension is, or how high a fine, makes no step either; both are
told beside the scale.
"""

from __future__ import annotations

from collections.abc import Mapping

NONE = 0
"""The step of a finding that no measure rests on."""

GRAVITY: Mapping[str, int] = {
    "training": 1,
    "oral-warning": 2,
    "written-warning": 3,
    "formal-reprimand": 4,
    "performance-rating-reduction": 5,
    "bonus-deferral": 5,
    "bonus-cancellation": 6,
    "clawback": 6,
    "fine": 6,
    "suspension": 7,
    "demotion": 8,
    "resignation-in-lieu": 9,
    "dismissal": 9,
    "prohibition": 10,
}
"""The step of each measure; `other` has none."""

STEPS: Mapping[int, str] = {
    0: "none",
    1: "training",
    2: "oral warning",
    3: "written warning",
    4: "formal reprimand",
    5: "pay at risk",
    6: "pay lost",
    7: "suspension",
    8: "demotion",
    9: "post lost",
    10: "prohibition",
}
"""Each step in a word or two."""
