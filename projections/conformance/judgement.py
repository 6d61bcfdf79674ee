"""Define what the engine says: of one activation of a rule, and of a rule in a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict, judging
from answerable.domain.dates import Days
from answerable.domain.language.saying import figures, punctuation, say, say_as, spoken, to_say
from answerable.projections.conformance.worlds import ORDER, Judgement, Value, judgement_of
from answerable.projections.wording.counts import in_a_row


class Deadline(NamedTuple):
    """A deadline, as far as the record tells: between two days, each its last (ISO 8601).

    Attributes:
        earliest: the earliest it may be; None: not told.
        latest: the latest it may be; None: not told.
    """

    earliest: str | None
    latest: str | None


class Telling(NamedTuple):
    """Hold what is told of an activation: in words, and what is missing.

    Attributes:
        said: what is said of it, and of all that the same is said of: a sentence without its stop.
        item: the activation in words, once it is asked for them (`str`): "the finding about Ann
            (#15)".
        missing: what is not on record, or which dates or fields differ.
        settles: the one thing that would settle it, where a single one would.
        deadline: by when it is to be answered, where that is limited.
        late: by how many days it was answered late, or is overdue.
        near: what is worth a warning, in a sentence without its stop.
    """

    said: str
    item: object | None = None
    missing: tuple[str, ...] = ()
    settles: str | None = None
    deadline: Deadline | None = None
    late: Days | None = None
    near: str | None = None


class Judged:
    """One activation of a rule, judged; it is put into words when these are asked for.

    Attributes:
        values: what becomes of it over all worlds.
        judgement: what its values amount to.
        events: the events that this rests on, by id; the activation first, where it is an event.
        versions: the versions of the policy that it was judged by, in the order of their times.
        whole: whether it is about the case as a whole, as it stands at the moment of judgement.
    """

    __slots__ = ("_tell", "_telling", "events", "judgement", "values", "versions", "whole")

    def __init__(
        self,
        values: frozenset[Value],
        events: tuple[str, ...],
        tell: Telling | Callable[[], Telling],
        versions: tuple[str, ...] = (),
        *,
        whole: bool = False,
    ) -> None:
        """Judge an activation.

        Args:
            values: what becomes of it over all worlds.
            events: the events that this rests on, by id.
            tell: what is told of it, or what works that out once it is asked for.
            versions: the versions of the policy that it was judged by.
            whole: whether it is about the case as a whole.
        """
        self.values = values
        self.judgement = judgement_of(values)
        self.events = events
        self.versions = versions
        self.whole = whole
        self._tell = tell
        self._telling: Telling | None = None

    @property
    def telling(self) -> Telling:
        """Return what is told of it; this is worked out once."""
        if self._telling is None:
            self._telling = self._tell() if callable(self._tell) else self._tell
        return self._telling

    @property
    def version(self) -> str:
        """Return the versions of the policy that it was judged by, in words: "1 or 2"."""
        return " or ".join(self.versions)

    def by_versions(self, versions: tuple[str, ...]) -> Judged:
        """Return it as judged by a version of a policy, or by several."""
        return Judged(self.values, self.events, self._tell, versions, whole=self.whole)

    def over(self, values: frozenset[Value], tell: Callable[[], Telling] | None = None) -> Judged:
        """Return it over other worlds, and told otherwise, where that is given."""
        return Judged(values, self.events, tell or self._tell, self.versions, whole=self.whole)


@judging("verdict")
class Activation(NamedTuple):
    """One activation as a verdict shows it: see `Judged`.

    Attributes:
        whole: whether it is about the case as a whole; if not, it is the first of its `events`.
    """

    values: tuple[Value, ...]
    events: tuple[str, ...]
    text: str
    missing: tuple[str, ...]
    settles: str | None
    deadline: Deadline | None
    late: Days | None
    version: str
    whole: bool

    @property
    def verdict(self) -> Judgement:
        """Return what its values amount to."""
        return judgement_of(self.values)


@judging("title", "applies")
class Verdict(NamedTuple):
    """The verdict of one rule of a policy on a case.

    Attributes:
        policy: the policy's id.
        version: its version; several, where what was judged happened under several.
        adopted: whether the house adopted it; if not, it is shipped with this program.
        kind: the kind of the rule.
        severity: what a failure amounts to: a fault, or something worth a look.
        verdict: the gravest of its activations.
        late: whether it fails by what was done late, or is overdue, alone: by so many days at most.
        warning: whether something short of a failure deserves a look; `warnings` says what.
        witnesses: the events that the verdict rests on, by id.
        missing: what is not on record, without which one cannot tell, or which makes it fail.
        settles: for what is indeterminate, the single things that would settle it.
        deadline: the earliest and the latest deadline of what is pending.
        explanation: the verdict in plain sentences.
        activations: each thing that was judged.
    """

    policy: str
    version: str
    adopted: bool
    rule: str
    kind: str
    text: str
    source: str
    severity: str
    verdict: Judgement
    late: Days | None
    warning: bool
    witnesses: tuple[str, ...]
    missing: tuple[str, ...]
    settles: tuple[str, ...]
    deadline: Deadline | None
    explanation: str
    warnings: tuple[str, ...] = ()
    activations: tuple[Activation, ...] = ()

    @property
    def title(self) -> str:
        """Return the rule in words."""
        return self.text.rstrip(".")

    @property
    def applies(self) -> bool:
        """Tell whether there was anything to judge."""
        return self.verdict != "not-applicable"

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON has it."""
        return as_dict(self)


class RuleHead(NamedTuple):
    """The rule that a verdict is of, as the verdict repeats it: see `Verdict`."""

    policy: str
    version: str
    adopted: bool
    rule: str
    kind: str
    text: str
    source: str
    severity: str


NOTHING = to_say("Nothing to judge: {why}.")


def title_words(title: str, *, adopted: bool) -> str:
    """Say the title of a rule: that of a policy that the house adopted as it stands there."""
    return title if adopted else say_as("rule", title)


def source_words(source: str, *, adopted: bool = False) -> str:
    """Cite where a rule is from: what a policy that the house adopted cites, as it stands there."""
    return source if adopted else say_as("source", source)


def rule_text(text: str, *, adopted: bool = False) -> str:
    """Say the sentence of a rule: that of a policy that the house adopted as it stands there."""
    if adopted or spoken() is None:
        return text
    title = text.rstrip(".")
    said = say_as("rule", title)
    return text if said == title else say("{sentence}.", sentence=said)


def nothing(head: RuleHead, why: str) -> Verdict:
    """Give the verdict of a rule that finds nothing to judge."""
    said = say(NOTHING, why=why)
    return Verdict(*head, "not-applicable", None, False, (), (), (), None, said)


class Outcome(NamedTuple):
    """Tell what a rule amounts to in a case, before it is put into words.

    Attributes:
        head: the rule.
        verdict: the gravest of its activations.
        judged: its activations, the gravest first; those that are none are left out.
        otherwise: why there is nothing to judge, where there are none.
        known: the versions of the policy that have the rule, in the order of their times.
    """

    head: RuleHead
    verdict: Judgement
    judged: Sequence[Judged]
    otherwise: str
    known: tuple[str, ...] = ()

    @property
    def telling(self) -> Sequence[Judged]:
        """Return the activations that a verdict tells of: all that do not pass, else all."""
        if self.verdict == "pass":
            return self.judged  # It is the gravest of them, so that all pass.
        return [each for each in self.judged if each.judgement != "pass"]

    @property
    def versions(self) -> Sequence[str]:
        """List the versions of the policy that judged something, in the order of their times."""
        told = {version for each in self.judged for version in each.versions}
        return [each for each in self.known if each in told]

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Return the events that the verdict rests on, by id."""
        if not self.judged:
            return ()
        known: tuple[str, ...] | None = getattr(self.judged, "witnesses", None)
        if known is not None:
            return known
        return tuple(dict.fromkeys([event for each in self.telling for event in each.events]))

    @property
    def late(self) -> Days | None:
        """Return by how many days it is late, at the most, where it fails by that alone."""
        failing = [each for each in self.judged if each.judgement == "fail"]
        return _latest(failing) if failing else None

    def in_words(self) -> Verdict:
        """Put it into words."""
        if not self.judged:
            return nothing(self.head, self.otherwise)
        telling = self.telling
        told = [each.telling for each in telling]
        warnings = dict.fromkeys(
            f"{each.telling.near}{punctuation('.')}" for each in self.judged if each.telling.near
        )
        versions = self.versions
        pending = (each.telling.deadline for each in self.judged if each.judgement == "pending")
        return Verdict(
            *(self.head._replace(version=", ".join(versions)) if versions else self.head),
            self.verdict,
            self.late,
            bool(warnings),
            self.witnesses,
            tuple(dict.fromkeys(what for each in told for what in each.missing)),
            tuple(dict.fromkeys(each.settles for each in told if each.settles)),
            _between(pending) if self.verdict == "pending" else None,
            explained(telling),
            tuple(warnings),
            tuple(map(_shown, self.judged)),
        )


def added_up(head: RuleHead, judged: Iterable[Judged], otherwise: str) -> Outcome:
    """Add activations up to the outcome of a rule: the gravest of theirs.

    Args:
        head: the rule.
        judged: its activations.
        otherwise: why there is nothing to judge, where there are none.
    """
    found = [each for each in judged if each.judgement != "not-applicable"]
    if not found:
        return Outcome(head, "not-applicable", (), otherwise)
    if len(found) > 1:
        found.sort(key=lambda each: ORDER.index(each.judgement))
    return Outcome(head, found[0].judgement, found, otherwise)


MOST_NAMED = 50
"""The most things of which one sentence names each; the activations of a verdict have all."""


def explained(judged: Iterable[Judged]) -> str:
    """Put activations into sentences; what is said of several is said once, and names the first."""
    said: dict[str, dict[str, None]] = {}
    for each in judged:
        told = each.telling
        items = said.setdefault(told.said, {})
        if told.item is not None:
            items[str(told.item)] = None
    stop, colon = punctuation("."), punctuation(": ")
    return in_a_row(
        f"{text}{colon}{_listed(list(items))}{stop}" if items else f"{text}{stop}"
        for text, items in said.items()
    )


def _listed(items: Sequence[str]) -> str:
    more = len(items) - MOST_NAMED
    apart = punctuation("; ")
    if more <= 0:
        return apart.join(items)
    named = apart.join(items[:MOST_NAMED])
    return say("{items}; and {number} more", items=named, number=figures(more))


def _shown(each: Judged) -> Activation:
    told = each.telling
    return Activation(
        tuple(sorted(each.values)),
        each.events,
        explained((each,)),
        told.missing,
        told.settles,
        told.deadline,
        told.late,
        each.version,
        each.whole,
    )


def _latest(judged: Iterable[Judged]) -> Days | None:
    """Return the longest delay, where all that fails was done, or is overdue, late."""
    late = [each.telling.late for each in judged]
    told = [each for each in late if each is not None]
    if len(told) < len(late) or not told:
        return None
    return max(told, key=lambda days: (days.most or days.least or 0, days.least or 0))


def _between(deadlines: Iterable[Deadline | None]) -> Deadline | None:
    told = [each for each in deadlines if each is not None]
    if not told:
        return None
    early = [each.earliest for each in told if each.earliest]
    late = [each.latest for each in told if each.latest]
    return Deadline(min(early, default=None), max(late, default=None))
