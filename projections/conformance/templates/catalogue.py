"""The templates of DECLARE by name: what each means, its formula, and how it is judged.

Formulas are those of LTLf with past (C. Di Ciccio and M. Montali, "Declarative Process
Specifications", in *Process Mining Handbook*, 2022, table 1; G. De Giacomo and M. Vardi, IJCAI
2013): F eventually, G always, X next, U until, O once before, Y just before, S since; the family of
precedence in past form. `a` and `b` are the first and the second of what a rule selects. Where an
event is both, it is not its own target: F and O are then strictly after and before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from answerable.projections.conformance.templates import relations, whole
from answerable.projections.conformance.templates.errors import TooManyCandidates
from answerable.projections.conformance.templates.order import Candidate, Order
from answerable.projections.conformance.templates.relations import Relation
from answerable.projections.conformance.templates.values import Values
from answerable.projections.conformance.templates.whole import Whole

MOST_CANDIDATES = 10_000
"""The most events that are compared for one activation."""

Side = Literal["first", "second"]


class Leg(NamedTuple):
    """A way in which a template asks something of each event of one side.

    Attributes:
        activated_by: whose events it asks something of; those of the other side are the targets.
        relation: what it asks.
        stays: whether what is satisfied stays so while the case is open.
    """

    activated_by: Side
    relation: Relation
    stays: bool = True

    def judge(
        self,
        order: Order,
        at: int,
        targets: Iterable[Candidate],
        rivals: Iterable[Candidate] = (),
    ) -> Values:
        """Give the values of one activation over all worlds in which it happened and matches.

        Args:
            order: the events that may have happened, and what is known of their order.
            at: the index of the activation.
            targets: what is, or may be, on the other side; the activation itself does not count.
            rivals: the other activations, which only the alternate templates ask for.

        Raises:
            TooManyCandidates: if more than `MOST_CANDIDATES` events bear on it.
        """
        aimed = [each for each in targets if each.event != at]
        recurring = [each for each in rivals if each.event != at] if self.minds_rivals else []
        compared = max(len(aimed), len(recurring), len(order) if self.looks_at_all else 0)
        if compared > MOST_CANDIDATES:
            raise TooManyCandidates(at, compared, MOST_CANDIDATES)
        return self.relation(order, at, aimed, recurring)

    @property
    def unanswered(self) -> Values | None:
        """Return the values where nothing is on the other side; None: it looks at other events."""
        return _unanswered(self.relation)

    @property
    def minds_rivals(self) -> bool:
        """Tell whether the other activations bear on one."""
        return self.relation in ALTERNATING

    @property
    def looks_at_all(self) -> bool:
        """Tell whether every event of the case bears on an activation."""
        return self.relation in NEIGHBOURS


class _NoEvents:
    """An order of no events."""

    def __len__(self) -> int:
        return 0

    def before(self, one: int, other: int) -> bool:
        return False

    def happened(self, event: int) -> bool:
        return False


@cache
def _unanswered(relation: Relation) -> Values | None:
    """Give the values of an activation that has no targets, where these alone bear on it."""
    return None if relation in ALTERNATING | NEIGHBOURS else relation(_NoEvents(), 0, (), ())


class Template(NamedTuple):
    """A template: what it asks of each activation, or else of the case as a whole.

    Attributes:
        meaning: it in words, of "a" and "b".
        formula: it in LTLf with past.
        legs: what it asks of activations; a case with none of them is not applicable.
        whole: what it asks of the case as a whole.
        stays: of the case as a whole, whether what is satisfied stays so while it is open.
    """

    name: str
    meaning: str
    formula: str
    legs: tuple[Leg, ...] = ()
    whole: Whole | None = None
    stays: bool = True

    @property
    def sides(self) -> int:
        """Count what it is about: one sort of event, or two."""
        return 2 if self.legs or self.name in CHOICES else 1

    @property
    def counts(self) -> bool:
        """Tell whether it takes a number of times."""
        return self.name in COUNTS

    def judge_case(
        self,
        order: Order,
        first: Sequence[Candidate],
        second: Sequence[Candidate] = (),
        times: int = 1,
    ) -> Values:
        """Give the values of a case over all worlds, for a template that has no activations.

        Raises:
            TooManyCandidates: if more than `MOST_CANDIDATES` events bear on it.
            TypeError: if the template is judged by its activations.
        """
        if self.whole is None:
            raise TypeError(f"{self.name} is judged by its activations.")
        compared = max(len(first) + len(second), 0 if self.counts else len(order))
        if compared > MOST_CANDIDATES:
            raise TooManyCandidates(None, compared, MOST_CANDIDATES)
        return self.whole(order, first, second, times)


COUNTS = frozenset(("existence", "absence", "exactly"))

CHOICES = frozenset(("choice", "exclusive-choice"))

NEIGHBOURS: frozenset[Relation] = frozenset(
    (relations.chain_response, relations.chain_precedence, relations.not_chain_response)
)

ALTERNATING: frozenset[Relation] = frozenset(
    (relations.alternate_response, relations.alternate_precedence)
)


def _on(side: Side, relation: Relation, *, stays: bool = True) -> Leg:
    return Leg(side, relation, stays)


_TEMPLATES = (
    Template(
        "existence",
        "a happens, n times or more.",
        "F(a & X existence(n - 1, a))",
        (),
        whole.existence,
    ),
    Template(
        "absence",
        "a happens fewer than n times.",
        "!existence(n, a)",
        (),
        whole.absence,
        stays=False,
    ),
    Template(
        "exactly",
        "a happens n times, and no more.",
        "existence(n, a) & absence(n + 1, a)",
        (),
        whole.exactly,
        stays=False,
    ),
    Template("init", "The case begins with a.", "a", (), whole.init),
    Template("end", "The case ends with a.", "F(a & !X true)", (), whole.end, stays=False),
    Template("choice", "a happens, or b, or both.", "F a | F b", (), whole.choice),
    Template(
        "exclusive-choice",
        "a happens or b, and never both.",
        "(F a | F b) & !(F a & F b)",
        (),
        whole.exclusive_choice,
        stays=False,
    ),
    Template(
        "responded-existence",
        "Where a happens, b happens, before or after.",
        "F a -> F b",
        (_on("first", relations.responded_existence),),
    ),
    Template(
        "co-existence",
        "Where one of a and b happens, so does the other.",
        "(F a -> F b) & (F b -> F a)",
        (_on("first", relations.responded_existence), _on("second", relations.responded_existence)),
    ),
    Template(
        "response", "After each a, b happens.", "G(a -> F b)", (_on("first", relations.response),)
    ),
    Template(
        "precedence",
        "Before each b, a has happened.",
        "G(b -> O a)",
        (_on("second", relations.precedence),),
    ),
    Template(
        "succession",
        "After each a, b happens; and before each b, a has.",
        "G(a -> F b) & G(b -> O a)",
        (_on("first", relations.response), _on("second", relations.precedence)),
    ),
    Template(
        "alternate-response",
        "After each a, b happens before a happens again.",
        "G(a -> X(!a U b))",
        (_on("first", relations.alternate_response),),
    ),
    Template(
        "alternate-precedence",
        "Before each b, a has happened since the b before.",
        "G(b -> Y(!b S a))",
        (_on("second", relations.alternate_precedence),),
    ),
    Template(
        "alternate-succession",
        "a and b take turns, and a begins.",
        "G(a -> X(!a U b)) & G(b -> Y(!b S a))",
        (_on("first", relations.alternate_response), _on("second", relations.alternate_precedence)),
    ),
    Template(
        "chain-response",
        "The event just after each a is b.",
        "G(a -> X b)",
        (_on("first", relations.chain_response),),
    ),
    Template(
        "chain-precedence",
        "The event just before each b is a.",
        "G(b -> Y a)",
        (_on("second", relations.chain_precedence),),
    ),
    Template(
        "chain-succession",
        "Just after each a is b, and just before each b is a.",
        "G(a -> X b) & G(b -> Y a)",
        (_on("first", relations.chain_response), _on("second", relations.chain_precedence)),
    ),
    Template(
        "not-co-existence",
        "a and b never both happen.",
        "!(F a & F b)",
        (
            _on("first", relations.not_responded_existence, stays=False),
            _on("second", relations.not_responded_existence, stays=False),
        ),
    ),
    Template(
        "not-succession",
        "After a, b never happens.",
        "G(a -> !F b)",
        (_on("first", relations.not_response, stays=False),),
    ),
    Template(
        "not-chain-succession",
        "The event just after a is never b.",
        "G(a -> !X b)",
        (_on("first", relations.not_chain_response, stays=False),),
    ),
)

TEMPLATES: Mapping[str, Template] = MappingProxyType({each.name: each for each in _TEMPLATES})
"""Every template by the name that a policy calls it."""
