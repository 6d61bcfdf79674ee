"""Possible worlds: what a record allows to have happened, each with a definite date for everything.

The answers in a world are worked out by a slow and obvious definition, in two values, that shares
nothing with the projections but the words. Time is counted in half days from 1 January 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise, product
from math import prod
from random import Random
from typing import Any, NamedTuple

from answerable.domain.record import RecordedEvent

LINKS = (
    *("basis", "allegation", "sanction", "bar", "appeal", "against", "blame", "decision"),
    *("interim_measure", "agreement", "commitment", "proceeding", "upon"),
)
"""The fields by which the events of these worlds rest on others."""

DAYS = 5

PEOPLE = ("p-1", "p-2")


class Dated(NamedTuple):
    """A date as it is written, and the half days that it allows."""

    text: str | None
    halves: range

    @property
    def days(self) -> range:
        """The same in whole days, from 1."""
        return range(self.halves[0] // 2 + 1, self.halves[-1] // 2 + 2)


def _written(day: int) -> str:
    return f"2026-01-{day:02}"


def _halves(first: int, last: int) -> range:
    return range(2 * first - 2, 2 * last)


def _known() -> dict[str | None, Dated]:
    """Every date that is used here, by what is written."""
    days = range(1, DAYS + 1)
    dates = [Dated(None, _halves(1, DAYS)), Dated("2026-01", _halves(1, DAYS))]
    for day in days:
        dates.append(Dated(_written(day), _halves(day, day)))
        dates.append(Dated(f"../{_written(day)}", _halves(1, day)))
        dates.append(Dated(f"{_written(day)}/..", _halves(day, DAYS)))
        for half, hour in enumerate(("06", "18")):
            at = 2 * day - 2 + half
            dates.append(Dated(f"{_written(day)}T{hour}:00:00", range(at, at + 1)))
        dates.extend(
            Dated(f"{_written(day)}/{_written(last)}", _halves(day, last))
            for last in range(day + 1, DAYS + 1)
        )
    dates.extend(
        Dated(f"{_written(day)}{sign}", _halves(day - margin, day + margin))
        for margin, signs in ((1, "~?"), (2, "%"))
        for sign in signs
        for day in range(1 + margin, DAYS + 1 - margin)
    )
    dates.append(Dated(f"{_written(2)}~/{_written(4)}", _halves(1, 4)))
    dates.append(Dated(f"{_written(2)}/{_written(4)}?", _halves(2, 5)))
    return {each.text: each for each in dates}


DATES = _known()
EXACT = [text for text, each in DATES.items() if len(each.halves) == 1]
LOOSE = [text for text in DATES if text not in EXACT]
WHOLE = [text for text in LOOSE if text and text != "2026-01" and not text.endswith("/..")]


def end_of(day: int) -> datetime:
    """The moment that `--as-of` means by a day."""
    return datetime(2026, 1, day, 23, 59, 59, 999999, tzinfo=UTC)


class World(NamedTuple):
    """What happened, and when.

    Attributes:
        steps: the fields of the events that stand, as corrected, in the order of recording.
        at: in which half day each happened, by event id.
        bounds: the day that a field of an event means: (event id, "from", "until" …).
        now: the last half day that has passed.
        links: what did not come before something else: pairs of ids, that first, and it.
        effects: in which half day each ending had effect that tells of that apart.
    """

    steps: Mapping[str, Mapping[str, Any]]
    at: Mapping[str, int]
    bounds: Mapping[tuple[str, str], int]
    now: int
    links: frozenset[tuple[str, str]]
    effects: Mapping[str, int]

    @property
    def today(self) -> int:
        """The day that ends now."""
        return self.now // 2 + 1

    def of(self, kind: str, **fields: Any) -> list[str]:
        """The events of a kind that stand and have these fields, whether they happened or not."""
        return [
            event_id
            for event_id, step in self.steps.items()
            if step["kind"] == kind and fields.items() <= step.items()
        ]

    def happened(self, event_id: str) -> bool:
        return self.at[event_id] <= self.now

    def alleged(self, event_id: str) -> bool:
        """Whether it is merely said by others."""
        return self.steps[event_id].get("standing") == "alleged"

    def counts(self, event_id: str) -> bool:
        """Whether it happened, and is more than alleged."""
        return self.happened(event_id) and not self.alleged(event_id)

    def any(self, kind: str, **fields: Any) -> bool:
        return any(
            self.in_effect(each) and not self.alleged(each) for each in self.of(kind, **fields)
        )

    def in_effect(self, event_id: str) -> bool:
        return self.effect(event_id) <= self.now

    def effect(self, event_id: str) -> int:
        """From when it ends what it ends."""
        return self.effects.get(event_id, self.at[event_id])

    # What became of things.

    def allowed(self, event_id: str) -> bool:
        """Whether an appeal against it was allowed."""
        return any(
            self.any("appeal-decided", appeal=lodged, outcome="allowed")
            for lodged in self.of("appeal-lodged", against=event_id)
        )

    def carrying(self, step: Mapping[str, Any]) -> list[str]:
        """The decisions, and the judgments outside, that a step rests on."""
        bearing = {*self.of("decision-taken"), *self.of("proceeding-concluded")}
        return [each for each in step.get("basis", ()) if each in bearing]

    def overturned(self, event_id: str) -> bool:
        """Whether it was overturned, itself or with all decisions that it rests on."""
        step = self.steps[event_id]
        decisions = self.carrying(step)
        carried = step["kind"] in ("sanction-imposed", "counterparty-barred")
        return self.allowed(event_id) or (
            carried and bool(decisions) and all(map(self.allowed, decisions))
        )

    def gone(self, event_id: str) -> bool:
        """Whether it was itself withdrawn, with effect by now."""
        return self.any("blame-withdrawn", blame=event_id) or self.any(
            "decision-withdrawn", decision=event_id
        )

    def withdrawn(self, event_id: str) -> bool:
        """Whether it was withdrawn, itself or with the decisions that it rests on, all undone."""
        step = self.steps[event_id]
        decisions = self.carrying(step)
        carried = step["kind"] in ("sanction-imposed", "counterparty-barred")
        return self.gone(event_id) or (
            carried
            and bool(decisions)
            and all(self.allowed(each) or self.gone(each) for each in decisions)
        )

    def superseded(self, finding: str) -> bool:
        step = self.steps[finding]
        for event_id in self.of("finding-made", subject=step["subject"]):
            other = self.steps[event_id]
            same = "allegation" in step and step["allegation"] == other.get("allegation")
            if (
                event_id != finding
                and other["outcome"] in ("exonerated", "unsubstantiated")
                and self.counts(event_id)
                and not self.allowed(event_id)
                and not self.gone(event_id)
                and (
                    finding in other.get("basis", ())
                    or (same and self.at[finding] <= self.at[event_id])
                )
            ):
                return True
        return False

    def blames(self, finding: str) -> bool:
        return self.would_blame(finding) and not self.alleged(finding)

    def blames_as_alleged(self, finding: str) -> bool:
        return self.would_blame(finding) and self.alleged(finding)

    def would_blame(self, finding: str) -> bool:
        step = self.steps[finding]
        return (
            self.happened(finding)
            and step["outcome"] == "substantiated"
            and step["responsibility"] != "none"
            and not self.overturned(finding)
            and not self.superseded(finding)
            and not self.gone(finding)
        )

    def on_hold(self, sanction: str) -> bool:
        return any(
            self.counts(hold)
            and self.today <= self.bounds.get((hold, "until"), DAYS + 1)
            and not any(
                self.counts(done) and self.at[hold] <= self.at[done]
                for done in self.of("sanction-executed", sanction=sanction)
            )
            for hold in self.of("sanction-suspended", sanction=sanction)
        )

    def run_out(self, sanction: str) -> bool:
        return self.today > self.bounds.get((sanction, "until"), DAYS + 1)

    def state(self, sanction: str) -> str:
        if self.any("sanction-lifted", sanction=sanction):
            return "lifted"
        if self.overturned(sanction):
            return "overturned"
        if self.withdrawn(sanction):
            return "withdrawn"
        if self.any("sanction-not-executed", sanction=sanction):
            return "not executed"
        if self.run_out(sanction):
            return "run out"
        if self.on_hold(sanction):
            return "suspended"
        return "executed" if self.any("sanction-executed", sanction=sanction) else "imposed"

    def in_force(self, sanction: str) -> bool:
        return self.would_hold(sanction) and not self.alleged(sanction)

    def in_force_as_alleged(self, sanction: str) -> bool:
        return self.would_hold(sanction) and self.alleged(sanction)

    def would_hold(self, sanction: str) -> bool:
        return self.happened(sanction) and self.state(sanction) not in (
            *("lifted", "overturned", "withdrawn"),
        )

    def accountable(self, party: str) -> bool:
        return any(map(self.blames, self.of("finding-made", subject=party))) or any(
            map(self.in_force, self.of("sanction-imposed", subject=party))
        )

    def accountable_as_alleged(self, party: str) -> bool:
        return any(map(self.blames_as_alleged, self.of("finding-made", subject=party))) or any(
            map(self.in_force_as_alleged, self.of("sanction-imposed", subject=party))
        )

    def barred(self, bar: str) -> bool:
        return (
            self.counts(bar)
            and self.bounds[bar, "from"] <= self.today <= self.bounds.get((bar, "until"), DAYS + 1)
            and not self.any("bar-lifted", bar=bar)
            and not self.overturned(bar)
            and not self.withdrawn(bar)
        )

    def running(self, interim: str) -> bool:
        """Whether an interim measure was taken, and neither ran out nor was ended."""
        return (
            self.happened(interim)
            and self.today <= self.bounds.get((interim, "until"), DAYS + 1)
            and not self.any("interim-measure-ended", interim_measure=interim)
        )

    def agreement(self, agreement: str) -> str:
        """How an agreement stands."""
        if self.any("agreement-rejected", agreement=agreement):
            return "rejected"
        begins = self.bounds.get((agreement, "from"), DAYS + 1)
        breached = self.any("agreement-breached", agreement=agreement)
        accepted = begins <= self.today or self.any("agreement-accepted", agreement=agreement)
        begun = accepted or breached
        over = self.today > self.bounds.get((agreement, "until"), DAYS + 1)
        if self.any("agreement-ended", agreement=agreement) or (begun and over):
            return "ended"
        return "breached" if breached else "in force" if accepted else "proposed"

    def promise(self, commitment: str) -> str:
        """How a promise stands."""
        states = {"commitment-released": "released", "commitment-fulfilled": "fulfilled"}
        states["commitment-breached"] = "breached"
        return next(
            (state for kind, state in states.items() if self.any(kind, commitment=commitment)),
            "open",
        )

    def owed(self, commitment: str) -> bool:
        """Whether a promise is to be fulfilled."""
        agreement = self.steps[commitment].get("agreement")
        return (
            self.counts(commitment)
            and self.promise(commitment) in ("open", "breached")
            and (
                agreement is None
                or agreement not in self.steps
                or self.agreement(agreement) not in ("proposed", "rejected")
            )
        )

    def proceeding(self, proceeding: str) -> tuple[str, str | None]:
        """How a proceeding stands, and with which outcome."""
        concluded = self.of("proceeding-concluded", proceeding=proceeding)
        made = [each for each in concluded if self.in_effect(each) and not self.alleged(each)]
        left = [each for each in made if not self.allowed(each)]
        if not left:
            return ("overturned" if made else "open"), None
        order = list(self.steps)
        last = max(left, key=lambda each: (self.effect(each), order.index(each)))
        outcome = self.steps[last]["outcome"]
        pending = any(map(self.to_decide, self.of("appeal-lodged", against=last)))
        return ("under appeal" if pending else "concluded"), outcome

    def to_execute(self, sanction: str) -> bool:
        done = self.run_out(sanction) or any(
            self.any(kind, sanction=sanction)
            for kind in ("sanction-executed", "sanction-not-executed")
        )
        return self.in_force(sanction) and not done

    def to_decide(self, appeal: str) -> bool:
        return self.counts(appeal) and not self.any("appeal-decided", appeal=appeal)

    def to_answer(self, allegation: str) -> bool:
        answered = self.any("finding-made", allegation=allegation) or self.gone(allegation)
        return self.happened(allegation) and not answered

    def appeal(self, event_id: str) -> str:
        """What became of the appeals: allowed, else pending, else the best for the appellant."""
        found = {"none"}
        for lodged in self.of("appeal-lodged", against=event_id):
            decisions = self.of("appeal-decided", appeal=lodged)
            if any(map(self.counts, decisions)):
                found |= {self.steps[each]["outcome"] for each in decisions if self.counts(each)}
            elif self.counts(lodged):
                found.add("pending")
        order = ("allowed", "pending", "partly-allowed", "dismissed", "withdrawn", "none")
        return next(each for each in order if each in found)

    def case(self) -> str | None:
        """Open, closed, or never opened: as the last step recorded left it."""
        status = None
        for event_id, step in self.steps.items():
            if step["kind"].startswith("case-") and self.happened(event_id):
                status = "closed" if step["kind"] == "case-closed" else "open"
        return status

    @property
    def possible(self) -> bool:
        """No appeal is decided before it is lodged, and nothing happens before what it rests on."""
        return all(self.at[below] <= self.at[above] for above, below in self.links) and all(
            self.at[step["appeal"]] <= self.at[event_id]
            for event_id, step in self.steps.items()
            if step["kind"] == "appeal-decided" and step["appeal"] in self.steps
        )


def read(events: list[RecordedEvent]) -> dict[str, dict[str, Any]]:
    """What the events say that stand, as corrected: the slow and obvious way."""
    gone = {each.fields["target"] for each in events if each.kind == "retraction"}
    steps: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.event_id in gone or event.kind in ("correction", "retraction"):
            continue
        fields = dict(event.fields)
        for later in events:
            of_this = later.kind == "correction" and later.fields["target"] == event.event_id
            if of_this and later.event_id not in gone:
                fields |= later.fields["fields"]
        steps[event.event_id] = {name: it for name, it in fields.items() if it is not None}
    return steps


class Loose(NamedTuple):
    """A record, and all that its dates leave open.

    Attributes:
        steps: see `World`.
        when: the half days that each event may have happened in.
        bounds: the days that `from` and `until` may mean.
        links: see `World`.
        effects: the half days from which each ending may have had effect.
    """

    steps: Mapping[str, Mapping[str, Any]]
    when: Mapping[str, range]
    bounds: Mapping[tuple[str, str], range]
    links: frozenset[tuple[str, str]]
    effects: Mapping[str, range]

    @property
    def size(self) -> int:
        """How many worlds there are."""
        return prod(map(len, (*self.when.values(), *self.bounds.values(), *self.effects.values())))

    def worlds(self, day: int) -> Iterator[World]:
        """Every world, at the end of a day."""
        for halves in product(*self.when.values()):
            at = dict(zip(self.when, halves, strict=True))
            for days in product(*self.bounds.values()):
                bounds = dict(zip(self.bounds, days, strict=True))
                for chosen in product(*self.effects.values()):
                    effects = dict(zip(self.effects, chosen, strict=True))
                    world = World(self.steps, at, bounds, 2 * day - 1, self.links, effects)
                    if world.possible:
                        yield world

    def some(self, day: int, random: Random, number: int) -> Iterator[World]:
        """Some of the worlds, at the end of a day: so many, where as many are found soon."""
        found = 0
        for _ in range(20 * number):
            at, effects = (
                {event_id: random.choice(halves) for event_id, halves in of.items()}
                for of in (self.when, self.effects)
            )
            bounds = {bound: random.choice(days) for bound, days in self.bounds.items()}
            world = World(self.steps, at, bounds, 2 * day - 1, self.links, effects)
            if world.possible:
                yield world
                found += 1
            if found == number:
                return


def loose(events: list[RecordedEvent]) -> Loose:
    """All that the dates of some events leave open."""
    steps = read(events)
    bounds: dict[tuple[str, str], range] = {}
    effects: dict[str, range] = {}
    for event_id, step in steps.items():
        if step["kind"] == "counterparty-barred" or "from" in step:
            bounds[event_id, "from"] = DATES[step.get("from")].days
            if "from" not in step and "notice_date" in step:
                last = DATES[step["notice_date"]].days[-1]
                bounds[event_id, "from"] = range(1, last + 1)
        if "until" in step:
            bounds[event_id, "until"] = DATES[step["until"]].days
        # What ends something has effect from its `effective`, whenever that was settled.
        if "effective" in step:
            effects[event_id] = DATES[step["effective"]].halves
    when = {event_id: own_halves(step) for event_id, step in steps.items()}
    linked = {
        (event_id, below)
        for event_id, step in steps.items()
        for field in LINKS
        for below in _ids(step.get(field, ()))
        # What is only alleged may not have happened at all, so nothing came after it.
        if below in steps and "alleged" not in (step["standing"], steps[below]["standing"])
    }
    kept = consistent(linked, when)
    for event_id in when:
        when[event_id] = after_the_earliest(event_id, steps, kept, when)
    return Loose(steps, when, bounds, kept, effects)


def _ids(told: Any) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def own_halves(step: Mapping[str, Any]) -> range:
    """When an event may have happened, by its own date, and by when it was announced."""
    own = DATES[step.get("occurred")].halves
    announced = step.get("announced", step.get("notice_date"))
    if announced is None:
        return own
    last = DATES[announced].halves[-1]
    return own if last < own[0] else range(own[0], min(last, own[-1]) + 1)


def chains(links: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Every way along the links, none of which comes by the same event twice."""
    waiting = list(links)
    ways: list[tuple[str, ...]] = [*waiting]
    while ways:
        way = ways.pop()
        yield way
        ways.extend((*way, to) for start, to in waiting if start == way[-1] and to not in way)


def consistent(
    links: Iterable[tuple[str, str]], when: Mapping[str, range]
) -> frozenset[tuple[str, str]]:
    """The links on no way whose last event, on which the first rests, is known to be the later."""
    gone: set[tuple[str, str]] = set()
    for way in chains(links):
        if when[way[0]][-1] < when[way[-1]][0]:
            gone.update(pairwise(way))
    return frozenset(links) - gone


def after_the_earliest(
    event_id: str,
    steps: Mapping[str, Mapping[str, Any]],
    links: Iterable[tuple[str, str]],
    when: Mapping[str, range],
) -> range:
    """When an event may have happened, if not before the earliest day that its case gives."""
    own = when[event_id]
    told = [step["earliest"] for step in steps.values() if "earliest" in step]
    if not told:
        return own
    first = DATES[told[0]].halves[0]
    above = {event_id, *(way[0] for way in chains(links) if way[-1] == event_id)}
    known_before = any(when[each][-1] < first for each in above)
    return own if known_before else range(max(first, own[0]), own[-1] + 1)
