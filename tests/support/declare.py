"""The templates of DECLARE as formulas, and what each of their legs asks of an activation.

The formulas are those of C. Di Ciccio and M. Montali, "Declarative Process Specifications", in
*Process Mining Handbook*, 2022, table 1; the precedence family is in past form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.support.ltlf import (
    TRUE,
    Formula,
    always,
    both,
    either,
    eventually,
    following,
    implies,
    letter,
    no,
    once,
    since,
    until,
    yesterday,
)

A, B = letter("a"), letter("b")


def existence(times: int = 1) -> Formula:
    return eventually(A if times == 1 else both(A, following(existence(times - 1))))


def absence(times: int = 1) -> Formula:
    """Fewer than so many."""
    return no(existence(times))


def exactly(times: int = 1) -> Formula:
    return both(existence(times), absence(times + 1))


RESPONSE = always(implies(A, eventually(B)))
PRECEDENCE = always(implies(B, once(A)))
ALTERNATE_RESPONSE = always(implies(A, following(until(no(A), B))))
ALTERNATE_PRECEDENCE = always(implies(B, yesterday(since(no(B), A))))
CHAIN_RESPONSE = always(implies(A, following(B)))
CHAIN_PRECEDENCE = always(implies(B, yesterday(A)))
NOT_CO_EXISTENCE = no(both(eventually(A), eventually(B)))
CHOICE = either(eventually(A), eventually(B))

TEXTBOOK: Mapping[str, Formula] = {
    "init": A,
    "end": eventually(both(A, no(following(TRUE)))),
    "choice": CHOICE,
    "exclusive-choice": both(CHOICE, NOT_CO_EXISTENCE),
    "responded-existence": implies(eventually(A), eventually(B)),
    "co-existence": both(
        implies(eventually(A), eventually(B)), implies(eventually(B), eventually(A))
    ),
    "response": RESPONSE,
    "precedence": PRECEDENCE,
    "succession": both(RESPONSE, PRECEDENCE),
    "alternate-response": ALTERNATE_RESPONSE,
    "alternate-precedence": ALTERNATE_PRECEDENCE,
    "alternate-succession": both(ALTERNATE_RESPONSE, ALTERNATE_PRECEDENCE),
    "chain-response": CHAIN_RESPONSE,
    "chain-precedence": CHAIN_PRECEDENCE,
    "chain-succession": both(CHAIN_RESPONSE, CHAIN_PRECEDENCE),
    "not-co-existence": NOT_CO_EXISTENCE,
    "not-succession": always(implies(A, no(eventually(B)))),
    "not-chain-succession": always(implies(A, no(following(B)))),
}
"""By template, where the two letters never hold at the same step."""

COUNTED: Mapping[str, Callable[[int], Formula]] = {
    "existence": existence,
    "absence": absence,
    "exactly": exactly,
}
"""By template, for a number of times."""

AFTER_B, BEFORE_A = following(eventually(B)), yesterday(once(A))
ELSEWHERE_A = either(following(eventually(A)), BEFORE_A)
ELSEWHERE_B = either(AFTER_B, yesterday(once(B)))
TAKES_TURNS = following(until(no(A), B))
TOOK_TURNS = yesterday(since(no(B), A))

ASKED: Mapping[str, tuple[tuple[str, Formula], ...]] = {
    "responded-existence": (("a", ELSEWHERE_B),),
    "co-existence": (("a", ELSEWHERE_B), ("b", ELSEWHERE_A)),
    "response": (("a", AFTER_B),),
    "precedence": (("b", BEFORE_A),),
    "succession": (("a", AFTER_B), ("b", BEFORE_A)),
    "alternate-response": (("a", TAKES_TURNS),),
    "alternate-precedence": (("b", TOOK_TURNS),),
    "alternate-succession": (("a", TAKES_TURNS), ("b", TOOK_TURNS)),
    "chain-response": (("a", following(B)),),
    "chain-precedence": (("b", yesterday(A)),),
    "chain-succession": (("a", following(B)), ("b", yesterday(A))),
    "not-co-existence": (("a", no(ELSEWHERE_B)), ("b", no(ELSEWHERE_A))),
    "not-succession": (("a", no(AFTER_B)),),
    "not-chain-succession": (("a", no(following(B))),),
}
"""By template, the letter of each leg's activations and what must hold there.

Only what is strictly after or before counts: an event is never its own target.
"""


def strictly(template: str) -> Formula:
    """The formula of a template where the letters may hold at the same step."""
    legs = ASKED[template]
    formulas = [always(implies(letter(side), asked)) for side, asked in legs]
    return formulas[0] if len(formulas) == 1 else both(*formulas)
