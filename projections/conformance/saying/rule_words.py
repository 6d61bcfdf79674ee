"""Say in words what a rule of a policy asks, and by when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from answerable.domain.language.saying import figures, punctuation, say, say_as, say_count, to_say
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
from answerable.projections.wording.counts import capital, listed
from answerable.projections.wording.lines.nouns import field_noun, field_of_it, noun
from answerable.projections.wording.vocabulary import label

TEMPLATES: Mapping[Template, str] = {
    "response": to_say("each {each_a} is followed by {b}"),
    "precedence": to_say("each {each_b} is preceded by {a}"),
    "succession": to_say("each {each_a} is followed by {b}, and each {each_b} is preceded by {a}"),
    "alternate-response": to_say("each {each_a} is followed by {b} before the next {each_a}"),
    "alternate-precedence": to_say(
        "each {each_b} is preceded by {a}, anew since the {each_b} before"
    ),
    "alternate-succession": to_say("{a} and {b} take turns, and {a} begins"),
    "chain-response": to_say("each {each_a} is directly followed by {b}"),
    "chain-precedence": to_say("each {each_b} is directly preceded by {a}"),
    "chain-succession": to_say(
        "each {each_a} is directly followed by {b}, and each {each_b} preceded by {a}"
    ),
    "responded-existence": to_say("where there is {a}, there is {b}, before or after"),
    "co-existence": to_say("where there is {a} or {b}, there are both"),
    "not-co-existence": to_say("there are never both {a} and {b}"),
    "not-succession": to_say("no {each_a} is ever followed by {b}"),
    "not-chain-succession": to_say("no {each_a} is directly followed by {b}"),
    "choice": to_say("there is {a} or {b}, or both"),
    "exclusive-choice": to_say("there is {a} or {b}, and never both"),
    "existence": to_say("there is {a}, {n} or more"),
    "absence": to_say("there is {a} fewer than {n}"),
    "exactly": to_say("there is {a}, {n} and no more"),
    "init": to_say("the case begins with {a}"),
    "end": to_say("the case ends with {a}"),
}
"""Tell what each template asks, of its events in words: `{each_a}` is `{a}` without an article."""

HELD = {
    "corrections-visible": to_say("every earlier value is still on record"),
    "chain-verifies": to_say("every entry of the case is under the head of the log"),
    "signed-where-demanded": to_say("every event is signed where a policy demanded it"),
}

KINDS: Mapping[str, str] = {
    "declare": to_say("What happens, in which order, and by when"),
    "chain": to_say("What rests on what"),
    "separation": to_say("Who may not be both"),
    "authority": to_say("Who may decide"),
    "guideline": to_say("Which measure fits"),
    "comparators": to_say("Whether like cases are answered alike"),
    "complete": to_say("What has to be told"),
    "in-force": to_say("What was in force"),
    "not-during": to_say("What must not happen while something lasts"),
    "custody": to_say("How evidence was kept"),
    "record": to_say("What the record itself must show"),
}
"""Each kind of rule in words, in the order in which they are shown."""


def rule_words(policy: Policy, rule: Rule) -> Iterator[str]:
    """Say what a rule asks, in sentences; the first is what it asks, the rest its terms."""
    for each in _WORDS[rule.kind](policy, rule):
        yield say("{sentence}.", sentence=capital(each))


def _declare(policy: Policy, rule: Declare) -> Iterator[str]:
    first = rule.first if rule.template in PAST else rule.when
    told = {"a": first, "b": rule.then}
    said = {name: events_words(policy, each) for name, each in told.items() if each is not None}
    asked = {name: an(words) for name, words in said.items()}
    bare = {f"each_{name}": words for name, words in said.items()}
    times = say_count("{number} time", "{number} times", rule.count)
    yield say(TEMPLATES[rule.template], **asked, **bare, n=times)
    yield from _alike(rule.same)
    if rule.link:
        yield say("one names the other as its {field}", field=field_noun(rule.link))
    if rule.via == "basis":
        yield say("one rests on the other")
    elif rule.via:
        field = field_noun(rule.via)
        yield say("the second acts or rests upon what the first names as its {field}", field=field)
    yield from _terms_of(policy, rule)


def _alike(same: Iterable[str]) -> Iterator[str]:
    """Say in which fields two events have to be alike."""
    fields = [field_noun(each) for each in same]
    if fields:
        yield say("both have the same {fields}", fields=listed(fields))


def _terms_of(policy: Policy, rule: Declare) -> Iterator[str]:
    """Say by when a rule wants its answer."""
    if rule.within:
        yield say("within {term}", term=term_words(rule.within))
    if rule.due:
        field, plus = field_noun(rule.due.field), rule.due.plus
        if plus:
            term = describe(plus)
            yield say("within {term} of the {field} that it tells", term=term, field=field)
        else:
            yield say("by the {field} that it tells", field=field)
    if rule.until is not None:
        end = an(events_words(policy, rule.until))
        yield say("there is time until {event}", event=end)
    if rule.unless:
        during = an(noun(rule.unless.during))
        if rule.unless.ends:
            ends = an(noun(rule.unless.ends))
            yield say("the time stands still from {event} until {end}", event=during, end=ends)
        else:
            yield say("the time stands still from {event}", event=during)
    if rule.near:
        yield say_count(
            "what is done on the last day is worth a look",
            "what is done in the last {number} days is worth a look",
            rule.near.days,
        )


def term_words(term: Term) -> str:
    """Say a term and what it runs from: "3 months from the acknowledgement, else from …"."""
    said = describe(term)
    if term.start is None:
        return said
    named = term.start.event
    kinds = (named,) if isinstance(named, str) else named
    start = say_as("list", " or ").join(an(noun(each)) for each in kinds)
    said = say("{term} from {event}", term=said, event=start)
    if not term.start.else_days:
        return said
    return say_count(
        "{term}; without one, from the end of {number} day",
        "{term}; without one, from the end of {number} days",
        term.start.else_days,
        term=said,
    )


def _chain(policy: Policy, rule: Chain) -> Iterator[str]:
    first, *rest = (events_words(policy, each) for each in rule.steps)
    chain = say_as("list", ", and that on ").join(map(an, rest))
    yield say("each {event} rests on {chain}", event=first, chain=chain)
    yield say("none of these is dated later than what rests on it")


def _separation(_: Policy, rule: Separation) -> Iterator[str]:
    about = listed(map(field_words, rule.about))
    yield say(APART[rule.reporting_line], parties=about)
    acts = listed(map(field_words, rule.acts))
    yield say("those who act: {parties}", parties=acts)
    if rule.of:
        only = listed(map(field_words, rule.of))
        yield say("of these, only the {parties} are judged", parties=only)
    if len(rule.acts) > 1:
        yield say(
            "nobody decides what they investigated, nor an appeal against what they dealt with"
        )
    if rule.excused_by:
        excuses = say_as("list", " or ").join(an(noun(each)) for each in rule.excused_by)
        yield say("excused by {events}", events=excuses)
    if rule.near:
        near = listed(map(field_words, rule.near))
        yield say("worth a look, and no more: {parties}", parties=near)


APART: Mapping[str, str] = {
    "none": to_say("who acts is not whom the matter is about ({parties})"),
    "above": to_say(
        "who acts is not whom the matter is about ({parties}), and has none of these above them"
    ),
    "both": to_say(
        "who acts is not whom the matter is about ({parties}), and has none of these above or "
        "below them"
    ),
}
"""Says whom an act is to be kept apart from, by how far that goes up and down a line."""


def _authority(policy: Policy, rule: Authority) -> Iterator[str]:
    yield say(
        "for each {event}, the {field} on which it rests held authority for it at the time",
        event=events_words(policy, rule.act),
        field=field_words(rule.by),
    )


def _guideline(_: Policy, rule: Guideline) -> Iterator[str]:
    yield say("the measure is one that the row of its finding permits")
    yield from map(_row, rule.row)


def _row(row: GuidelineRow) -> str:
    about = say(
        "offence {offence}, responsibility {responsibility}, grade {grade}",
        offence=terms(row.offence_class),
        responsibility=terms(row.responsibility),
        grade=terms(row.grade),
    )
    parts = (
        (to_say("permitted: {measures}"), row.permitted),
        (to_say("excluded: {measures}"), row.excluded),
        (
            to_say("not excluded where an aggravating factor is on record: {measures}"),
            row.unless_aggravated,
        ),
        (
            to_say("not permitted where a mitigating factor is on record: {measures}"),
            row.unless_mitigated,
        ),
    )
    told = [say(sentence, measures=terms(values)) for sentence, values in parts if values]
    permits = punctuation("; ").join(told) or say("nothing is permitted")
    return say("{row} - {permits}", row=about, permits=permits)


def _comparators(_: Policy, rule: Comparators) -> Iterator[str]:
    low, high = (f"{each:.0%}" for each in rule.band.quantiles)
    yield say(
        "a measure that lies outside the middle of like cases (from {low} to {high}; alike by "
        "{key}) has a {field} on record",
        low=low,
        high=high,
        key=listed(map(label, rule.key)),
        field=field_words(rule.reason),
    )
    yield say("fewer than {number} like cases tell nothing", number=figures(rule.band.least))


def _complete(policy: Policy, rule: Complete) -> Iterator[str]:
    fields = listed(map(field_of_it, rule.known))
    yield say("each {event} tells {fields}", event=events_words(policy, rule.of), fields=fields)


def _in_force(_: Policy, rule: InForce) -> Iterator[str]:
    yield say(FORCE[rule.at], clause=field_words(rule.clause))


FORCE: Mapping[str, str] = {
    "conduct": to_say("the {clause} was in force when the conduct occurred"),
    "occurred": to_say("the {clause} was in force when the event that cites it happened"),
}
"""Says when a clause has to have been in force."""


def _not_during(policy: Policy, rule: NotDuring) -> Iterator[str]:
    interval = rule.interval
    told = {"event": events_words(policy, rule.forbidden), "start": field_words(interval.from_)}
    ended = None if interval.ended_by is None else an(noun(interval.ended_by))
    if interval.until and ended:
        end = field_noun(interval.until.partition(".")[2])
        yield say(
            "no {event} from the {start} until its {end}, or {ended}", end=end, ended=ended, **told
        )
    elif interval.until:
        end = field_noun(interval.until.partition(".")[2])
        yield say("no {event} from the {start} until its {end}", end=end, **told)
    elif ended:
        yield say("no {event} from the {start} until {ended}", ended=ended, **told)
    else:
        yield say("no {event} from the {start}", **told)
    yield from _alike(rule.same)


def _custody(_: Policy, __: CustodyKept) -> Iterator[str]:
    yield say("each exhibit was always in somebody's hands, without a gap")


def _record(_: Policy, rule: RecordHeld) -> Iterator[str]:
    yield listed(say(HELD[each]) for each in rule.holds)


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
