"""Say in words what a rule of a policy asks, and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import (
    PAST,
    Authority,
    Chain,
    Comparators,
    Complete,
    CustodyKept,
    Declare,
    Guideline,
    GuidelineRow,
    InForce,
    NotDuring,
    RecordHeld,
    Rule,
    Separation,
    Template,
)
from answerable.domain.policy.term import Term, describe
from answerable.projections.conformance.saying.selector_words import (
    an,
    events_words,
    field_words,
    terms,
)
from answerable.projections.wording.counts import capital, counted, listed
from answerable.projections.wording.lines.nouns import field_noun, field_of_it, noun
from answerable.projections.wording.vocabulary import label

TEMPLATES: Mapping[Template, str] = {
    "response": "each {a} is followed by {b}",
    "precedence": "each {b} is preceded by {a}",
    "succession": "each {a} is followed by {b}, and each {b} is preceded by {a}",
    "alternate-response": "each {a} is followed by {b} before the next {a}",
    "alternate-precedence": "each {b} is preceded by {a}, anew since the {b} before",
    "alternate-succession": "{a} and {b} take turns, and {a} begins",
    "chain-response": "each {a} is directly followed by {b}",
    "chain-precedence": "each {b} is directly preceded by {a}",
    "chain-succession": "each {a} is directly followed by {b}, and each {b} preceded by {a}",
    "responded-existence": "where there is {a}, there is {b}, before or after",
    "co-existence": "where there is {a} or {b}, there are both",
    "not-co-existence": "there are never both {a} and {b}",
    "not-succession": "no {a} is ever followed by {b}",
    "not-chain-succession": "no {a} is directly followed by {b}",
    "choice": "there is {a} or {b}, or both",
    "exclusive-choice": "there is {a} or {b}, and never both",
    "existence": "there is {a}, {n} or more",
    "absence": "there is {a} fewer than {n}",
    "exactly": "there is {a}, {n} and no more",
    "init": "the case begins with {a}",
    "end": "the case ends with {a}",
}
"""Tell what each template asks, of its events in words."""

HELD = {
    "corrections-visible": "every earlier value is still on record",
    "chain-verifies": "every entry of the case is under the head of the log",
    "signed-where-demanded": "every event is signed where a policy demanded it",
}

KINDS: Mapping[str, str] = {
    "declare": "What happens, in which order, and by when",
    "chain": "What rests on what",
    "separation": "Who may not be both",
    "authority": "Who may decide",
    "guideline": "Which measure fits",
    "comparators": "Whether like cases are answered alike",
    "complete": "What has to be told",
    "in-force": "What was in force",
    "not-during": "What must not happen while something lasts",
    "custody": "How evidence was kept",
    "record": "What the record itself must show",
}
"""Each kind of rule in words, in the order in which they are shown."""


def rule_words(policy: Policy, rule: Rule) -> Iterator[str]:
    """Say what a rule asks, in sentences; the first is what it asks, the rest its terms."""
    yield from (f"{capital(each)}." for each in _WORDS[rule.kind](policy, rule))


def _declare(policy: Policy, rule: Declare) -> Iterator[str]:
    first = rule.first if rule.template in PAST else rule.when
    told = {"a": first, "b": rule.then}
    said = {name: events_words(policy, each) for name, each in told.items() if each is not None}
    template = TEMPLATES[rule.template]
    for name, words in said.items():
        # What follows a word that counts takes no article.
        for counting in ("each", "no", "next", "the"):
            template = template.replace(f"{counting} {{{name}}}", f"{counting} {words}")
    asked = {name: an(words) for name, words in said.items()}
    yield template.format(**asked, n=counted(rule.count, "time"))
    if rule.same:
        yield f"both have the same {listed(map(field_noun, rule.same))}"
    if rule.link:
        yield f"one names the other as its {field_noun(rule.link)}"
    if rule.via == "basis":
        yield "one rests on the other"
    elif rule.via:
        yield f"the second acts or rests upon what the first names as its {field_noun(rule.via)}"
    yield from _terms_of(policy, rule)


def _terms_of(policy: Policy, rule: Declare) -> Iterator[str]:
    """Say by when a rule wants its answer."""
    if rule.within:
        yield f"within {term_words(rule.within)}"
    if rule.due:
        told = f"the {field_noun(rule.due.field)} that it tells"
        yield f"within {describe(rule.due.plus)} of {told}" if rule.due.plus else f"by {told}"
    if rule.until is not None:
        yield f"there is time until {an(events_words(policy, rule.until))}"
    if rule.unless:
        ends = f" until {an(noun(rule.unless.ends))}" if rule.unless.ends else ""
        yield f"the time stands still from {an(noun(rule.unless.during))}{ends}"
    if rule.near:
        days = rule.near.days
        last = "on the last day" if days == 1 else f"in the last {days:,} days"
        yield f"what is done {last} is worth a look"


def term_words(term: Term) -> str:
    """Say a term and what it runs from: "3 months from the acknowledgement, else from …"."""
    said = describe(term)
    if term.start is None:
        return said
    named = term.start.event
    kinds = (named,) if isinstance(named, str) else named
    said += f" from {' or '.join(an(noun(each)) for each in kinds)}"
    if term.start.else_days:
        said += f"; without one, from the end of {counted(term.start.else_days, 'day')}"
    return said


def _chain(policy: Policy, rule: Chain) -> Iterator[str]:
    first, *rest = (events_words(policy, each) for each in rule.steps)
    yield f"each {first} rests on {', and that on '.join(map(an, rest))}"
    yield "none of these is dated later than what rests on it"


def _separation(_: Policy, rule: Separation) -> Iterator[str]:
    line = {
        "none": "",
        "above": ", and has none of these above them",
        "both": ", and has none of these above or below them",
    }[rule.reporting_line]
    yield (
        f"who acts is not whom the matter is about ({listed(map(field_words, rule.about))}){line}"
    )
    yield f"those who act: {listed(map(field_words, rule.acts))}"
    if rule.of:
        yield f"of these, only the {listed(map(field_words, rule.of))} are judged"
    if len(rule.acts) > 1:
        yield "nobody decides what they investigated, nor an appeal against what they dealt with"
    if rule.excused_by:
        yield f"excused by {' or '.join(an(noun(each)) for each in rule.excused_by)}"
    if rule.near:
        yield f"worth a look, and no more: {listed(map(field_words, rule.near))}"


def _authority(policy: Policy, rule: Authority) -> Iterator[str]:
    yield (
        f"for each {events_words(policy, rule.act)}, the {field_words(rule.by)} on which it "
        "rests held authority for it at the time"
    )


def _guideline(_: Policy, rule: Guideline) -> Iterator[str]:
    yield "the measure is one that the row of its finding permits"
    yield from map(_row, rule.row)


def _row(row: GuidelineRow) -> str:
    about = (
        f"offence {terms(row.offence_class)}, responsibility {terms(row.responsibility)}, "
        f"grade {terms(row.grade)}"
    )
    parts = (
        ("permitted", row.permitted),
        ("excluded", row.excluded),
        ("not excluded where an aggravating factor is on record", row.unless_aggravated),
        ("not permitted where a mitigating factor is on record", row.unless_mitigated),
    )
    told = "; ".join(f"{name}: {terms(values)}" for name, values in parts if values)
    return f"{about} - {told}" if told else f"{about} - nothing is permitted"


def _comparators(_: Policy, rule: Comparators) -> Iterator[str]:
    low, high = (f"{each:.0%}" for each in rule.band.quantiles)
    yield (
        f"a measure that lies outside the middle of like cases (from {low} to {high}; alike by "
        f"{listed(map(label, rule.key))}) has a {field_words(rule.reason)} on record"
    )
    yield f"fewer than {rule.band.least:,} like cases tell nothing"


def _complete(policy: Policy, rule: Complete) -> Iterator[str]:
    yield f"each {events_words(policy, rule.of)} tells {listed(map(field_of_it, rule.known))}"


def _in_force(_: Policy, rule: InForce) -> Iterator[str]:
    when = {"conduct": "the conduct occurred", "occurred": "the event that cites it happened"}
    yield f"the {field_words(rule.clause)} was in force when {when[rule.at]}"


def _not_during(policy: Policy, rule: NotDuring) -> Iterator[str]:
    interval = rule.interval
    ended = f", or {an(noun(interval.ended_by))}" if interval.ended_by else ""
    until = f" until its {field_noun(interval.until.partition('.')[2])}" if interval.until else ""
    yield (
        f"no {events_words(policy, rule.forbidden)} from the {field_words(interval.from_)}"
        f"{until}{ended if until else ended.replace(', or', ' until')}"
    )
    if rule.same:
        yield f"both have the same {listed(map(field_noun, rule.same))}"


def _custody(_: Policy, __: CustodyKept) -> Iterator[str]:
    yield "each exhibit was always in somebody's hands, without a gap"


def _record(_: Policy, rule: RecordHeld) -> Iterator[str]:
    yield listed(HELD[each] for each in rule.holds)


_WORDS: Mapping[str, Callable[[Policy, Any], Iterator[str]]] = {
    "declare": _declare,
    "chain": _chain,
    "separation": _separation,
    "authority": _authority,
    "guideline": _guideline,
    "comparators": _comparators,
    "complete": _complete,
    "in-force": _in_force,
    "not-during": _not_during,
    "custody": _custody,
    "record": _record,
}
