"""Define the rules of a policy: eleven kinds, and no others."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from answerable.domain.policy.form import FieldName, Form, KindField, Sentence, Slug
from answerable.domain.policy.selector import Due, Hold, Interval, Near, Selector
from answerable.domain.policy.term import Term

Template = Literal[
    "response",
    "precedence",
    "succession",
    "alternate-response",
    "alternate-precedence",
    "alternate-succession",
    "chain-response",
    "chain-precedence",
    "chain-succession",
    "responded-existence",
    "co-existence",
    "not-co-existence",
    "not-succession",
    "not-chain-succession",
    "choice",
    "exclusive-choice",
    "existence",
    "absence",
    "exactly",
    "init",
    "end",
]
"""The templates of DECLARE (Di Ciccio & Montali, *Declarative Process Specifications*, 2022)."""

PAST = frozenset(("precedence", "alternate-precedence", "chain-precedence"))
"""The templates that look back: `then` needs a `first`."""

ALONE = frozenset(("existence", "absence", "exactly", "init", "end"))
"""The templates of one selector, `when`."""

COUNTED = frozenset(("existence", "absence", "exactly"))

Severity = Literal["error", "warning"]
"""Tell what a failure amounts to: a fault, or something worth a look."""


class _Rule(Form):
    id: Slug
    text: Sentence
    source: Sentence
    severity: Severity = "error"


class Declare(_Rule):
    """A template of DECLARE over selectors, correlated, with an optional deadline.

    Attributes:
        when: what asks for an answer.
        then: the answer; of a template that looks back, what needs something before it.
        first: what has to come before.
        same: the fields that hold the same value in both.
        link: the field of one that names the other.
        via: `basis`, where one rests on the other; or a field of `when` that names events which the
            answer acts or rests upon.
        within: how long an answer may take.
        due: the field of `when` that tells by when.
        until: what ends the time for an answer; else the case's end does.
        unless: for which time the duty stands still.
        near: when an answer in time is worth a warning.
        count: how often, for `existence` (at least), `absence` (fewer than) and `exactly`.
    """

    kind: Literal["declare"]
    template: Template
    when: Selector | None = None
    then: Selector | None = None
    first: Selector | None = None
    same: tuple[FieldName, ...] = ()
    link: FieldName | None = None
    via: FieldName | None = None
    within: Term | None = None
    due: Due | None = None
    until: Selector | None = None
    unless: Hold | None = None
    near: Near | None = None
    count: Annotated[int, Field(ge=1, le=10_000)] = 1

    @model_validator(mode="after")
    def _selectors_fit(self) -> Declare:
        asked = (
            {"then", "first"}
            if self.template in PAST
            else {"when"}
            if self.template in ALONE
            else {"when", "then"}
        )
        told = {name for name in ("when", "then", "first") if getattr(self, name) is not None}
        if told != asked:
            wanted = " and ".join(f"`{each}`" for each in sorted(asked, reverse=True))
            raise ValueError(f"the template {self.template} takes {wanted}, and no other selector")
        if self.count != 1 and self.template not in COUNTED:
            raise ValueError(f"`count` has no meaning for the template {self.template}")
        timed = [n for n in ("within", "due", "near", "unless") if getattr(self, n) is not None]
        if timed and self.template != "response":
            raise ValueError(f"`{timed[0]}` has no meaning for the template {self.template}")
        if self.near and not (self.within or self.due):
            raise ValueError("`near` needs a deadline: `within` or `due`")
        return self


class Chain(_Rule):
    """Steps each of which rests on the next, however deep, and none of which is dated later."""

    kind: Literal["chain"]
    steps: Annotated[tuple[Selector, ...], Field(min_length=2)]


class Separation(_Rule):
    """Roles that one person, or their reporting line, may not both hold.

    Attributes:
        acts: the fields that name who acted. Who accused somebody, or reported it, did no wrong by
            that, but has no other part in the matter.
        of: which of the acts are judged, where it is not all of them: the others only count as the
            part that somebody had in the matter before.
        about: the fields that name whom the matter is about.
        reporting_line: which line counts, too: nobody's, those above the one who acted, or both
            above and below.
        excused_by: the kinds of event that excuse who acted: `recused`, `conflict-waived`.
        near: the fields whose holders are worth a warning, and no more.
    """

    kind: Literal["separation"]
    acts: Annotated[tuple[KindField, ...], Field(min_length=1)]
    of: tuple[KindField, ...] = ()
    about: Annotated[tuple[KindField, ...], Field(min_length=1)]
    reporting_line: Literal["none", "above", "both"] = "none"
    excused_by: tuple[Literal["recused", "conflict-waived"], ...] = ()
    near: tuple[KindField, ...] = ()

    @model_validator(mode="after")
    def _judges_acts(self) -> Separation:
        for each in self.of:
            if each not in self.acts:
                raise ValueError(f"`of` names {each}, which is not among its `acts`")
        return self


class Authority(_Rule):
    """Who decided on a measure held authority for it, over that grade, at the time.

    Attributes:
        act: the measures.
        by: the field that tells who decided, of what a measure rests on: the nearest such event.
    """

    kind: Literal["authority"]
    act: Selector
    by: KindField


Any_: TypeAlias = Annotated[tuple[str, ...], Field(min_length=1)]


class GuidelineRow(Form):
    """Which measures a guideline allows for some offences, responsibilities and grades.

    Of the rows that are for a finding, the first holds.
    `*` stands for any. A measure that is neither permitted nor excluded lies outside the row.

    Attributes:
        unless_aggravated: of the excluded, those that an aggravating factor on record allows.
        unless_mitigated: of the permitted, those that a mitigating factor on record forbids.
    """

    offence_class: Any_ = ("*",)
    responsibility: Any_ = ("*",)
    grade: Any_ = ("*",)
    permitted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    unless_aggravated: tuple[str, ...] = ()
    unless_mitigated: tuple[str, ...] = ()


class Guideline(_Rule):
    """A measure is one that the guideline allows for the finding that it answers."""

    kind: Literal["guideline"]
    row: Annotated[tuple[GuidelineRow, ...], Field(min_length=1)]


class Band(Form):
    """The band in which like measures lie: from one quantile to another of at least so many."""

    quantiles: tuple[Decimal, Decimal]
    least: Annotated[int, Field(ge=2)]

    @model_validator(mode="after")
    def _in_order(self) -> Band:
        low, high = self.quantiles
        if not 0 <= low < high <= 1:
            raise ValueError("`quantiles` must be two numbers from 0 to 1, the lower first")
        return self


class Comparators(_Rule):
    """A measure outside the band of like cases has a reason on record."""

    kind: Literal["comparators"]
    key: Annotated[
        tuple[Literal["offence_class", "responsibility", "grade"], ...], Field(min_length=1)
    ]
    band: Band
    reason: KindField


class Complete(_Rule):
    """Some fields of some events are told."""

    kind: Literal["complete"]
    of: Selector
    known: Annotated[tuple[FieldName, ...], Field(min_length=1)]


class InForce(_Rule):
    """A provision that is cited was in force when the conduct occurred.

    Attributes:
        clause: the field that cites it, or several.
        at: when it had to be in force: when the conduct occurred, or the event that cites it.
    """

    kind: Literal["in-force"]
    clause: KindField
    at: Literal["conduct", "occurred"] = "conduct"


class NotDuring(_Rule):
    """Something is not done while something else lasts."""

    kind: Literal["not-during"]
    forbidden: Selector
    interval: Interval
    same: tuple[FieldName, ...] = ()


class CustodyKept(_Rule):
    """The custody of every exhibit has no gaps."""

    kind: Literal["custody"]


Held = Literal["corrections-visible", "chain-verifies", "signed-where-demanded"]
"""Tell what can be held of the record itself."""


class RecordHeld(_Rule):
    """The record itself shows what it must."""

    kind: Literal["record"]
    holds: Annotated[tuple[Held, ...], Field(min_length=1)]


Rule: TypeAlias = Annotated[
    Declare
    | Chain
    | Separation
    | Authority
    | Guideline
    | Comparators
    | Complete
    | InForce
    | NotDuring
    | CustodyKept
    | RecordHeld,
    Field(discriminator="kind"),
]
