"""A case step by step, on a terminal: where it led, and then how it came to that.

What holds of many steps is said once above them: in which go they were recorded, which source tells
of them, what became of what was decided, and hindsight that holds of every decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from answerable.cli.replaying.step_text import opened, recorded
from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.output import visible
from answerable.cli.shared.text import TextLine, erased_line, lines, source_lines
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.suggestions import suggested, times_words
from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.projections.replay.replay import carry
from answerable.projections.replay.telling.decision import (
    AFTER_THE_FACT,
    HINDSIGHT,
    SINCE,
    became,
    hindsight,
    in_numbers,
)
from answerable.projections.replay.telling.step import (
    Tone,
    answerable,
    changed,
    heading,
    judged,
    opens,
    still,
)
from answerable.projections.titles import Titles
from answerable.projections.wording.counts import capital, number_words
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.projections.accountability.obligations import Obligation
    from answerable.projections.conformance.worlds import Judgement
    from answerable.projections.facts.names import Names
    from answerable.projections.replay.replay import ReplayStep

NOTHING = to_say("Nothing of it had happened by then.")

BY_ENTRIES = to_say(
    "Rules are judged as of no day: by what was on record after each step. As of now: {command}"
)

STYLES: Mapping[Tone, str] = {"bad": "red", "good": "green", "quiet": "dim"}


class StepText(NamedTuple):
    """A step in lines. Of the step itself nothing is kept: a case may be long.

    Attributes:
        position: where its event lies in the log.
        recorded_at: when that was recorded, to the full.
        recorded: when and by whom, in words.
        title: the event in one line.
        own: what it says, what it changed, and what it opened.
        sources: what tells of it.
        borne: what it could rest on, its grounds first; nothing where it settles nothing.
        late: what came on record only later.
    """

    position: int
    recorded_at: str
    recorded: str
    title: str
    own: tuple[TextLine, ...]
    sources: tuple[str, ...]
    borne: tuple[str, ...]
    late: tuple[str, ...]

    @property
    def settles(self) -> bool:
        """Tell whether it settles something."""
        return bool(self.borne)

    @property
    def rest(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what is said of a decision beside its grounds."""
        return self.borne[1:], self.late


def case_text(
    ledger: Ledger,
    case: str,
    steps: Iterable[ReplayStep],
    known: Names,
    as_of: Asked | None,
    known_by: Asked | None,
) -> Iterator[TextLine]:
    """Tell a case: where it led, how it came to that, and from which log that was read."""
    zone = zones_of(ledger, known_by)(case)
    told: list[StepText] = []
    above: set[int] = set()
    since: dict[str, int] = {}
    due: dict[tuple[str, str], Obligation] = {}
    verdicts: dict[str, Judgement] = {}
    last: ReplayStep | None = None
    for step in steps:
        last = step
        carry(due, step)
        verdicts.update((each.rule, each.now) for each in step.verdicts)
        if step.argument is not None:
            since.update((became(each), each.position) for each in step.argument.since)
        told.append(_step_text(ledger, step, known, zone, above))
        above.add(step.event.position)
    if last is None:
        yield TextLine(say(NOTHING))
        return
    title = case_words(case, Titles(ledger, known_by).of(case))
    head = say_count("{case}, in {number} step", "{case}, in {number} steps", len(told), case=title)
    yield TextLine(visible(head), "bold")
    if asked := asked_line(as_of, known_by, zone):
        yield TextLine(capital(asked), "dim")
    for said, each in (answerable(last.state, known, reader=ledger), still(due.values(), known)):
        yield TextLine(said, "bold")
        yield from (TextLine(f"  {visible(line)}") for line in each)
    always = _holds_of_all(told)
    if always or since:
        yield TextLine("")
        yield from (TextLine(line, "yellow") for line in always.values())
        if since:
            what = punctuation("; ").join(sorted(since, key=since.__getitem__))
            yield TextLine(say(SINCE, what=what), "yellow")
    yield from _steps(told, always)
    yield TextLine("")
    if as_of is None and "indeterminate" in verdicts.values():
        again = suggested("check", case, *times_words(None, known_by, ledger.zone))
        yield TextLine(say(BY_ENTRIES, command=again), "dim")
    yield TextLine(head_line(ledger.head()), "dim")


def _step_text(
    ledger: Ledger, step: ReplayStep, known: Names, zone: Zone, above: set[int]
) -> StepText:
    sealed = opened(ledger, step)
    told, sources = [*lines(sealed)], {*source_lines(sealed), erased_line("sources")}
    duties = opens(step, known)
    own = [TextLine(each) for each in told if each not in sources]
    own += [TextLine(f"→ {visible(each)}", "cyan") for each in changed(step, known, beside=True)]
    own += [] if duties is None else [TextLine(visible(duties))]
    own += [TextLine(visible(each), STYLES[tone]) for each, tone in judged(step)]
    argument = step.argument
    return StepText(
        position=step.event.position,
        recorded_at=step.event.recorded_at,
        recorded=recorded(step, sealed, zone),
        title=visible(f"{heading(step, zone)} · {step.gist}"),
        own=tuple(own),
        sources=tuple(each for each in told if each in sources),
        borne=() if argument is None else tuple(in_numbers(argument, above)),
        late=() if argument is None else tuple(hindsight(argument, since=False)),
    )


def _holds_of_all(told: Sequence[StepText]) -> dict[str, str]:
    """Say what holds of every step that settles something, by the line it stands for."""
    deciding = [each for each in told if each.settles]
    after = say(AFTER_THE_FACT)
    if len(deciding) > 1 and all(after in each.late for each in deciding):
        what = say(
            "all {number} decisions were taken before anything of the case was on record",
            number=figures(len(deciding)),
        )
        return {after: say(HINDSIGHT, what=what)}
    return {}


def _steps(told: Sequence[StepText], always: Mapping[str, str]) -> Iterator[TextLine]:
    above = ""
    sources: tuple[str, ...] = ()
    decided: StepText | None = None
    for (_, when), go in groupby(told, key=lambda each: (each.recorded_at, each.recorded)):
        together = [*go]
        if when != above or len(together) > 1:
            above = when
            yield TextLine("")
            yield TextLine(_go(when, together), "dim")
        for each in together:
            yield TextLine("")
            yield TextLine(each.title, "bold")
            own = [*each.own]
            if each.sources != sources:
                sources = each.sources
                own += [TextLine(line, "dim") for line in sources or (say("no source"),)]
            yield from (line._replace(text=f"  {line.text}") for line in own)
            if not each.settles:
                continue
            yield TextLine(f"  {each.borne[0]}")
            if decided is not None and each.rest == decided.rest and any(each.rest):
                same = say("all else as at #{position}", position=decided.position)
                yield TextLine(f"  {same}")
                continue
            decided = each
            yield from (TextLine(f"  {line}") for line in each.borne[1:])
            for line in each.late:
                if line not in always:
                    yield TextLine(f"  {line}", "yellow")


def _go(when: str, together: Sequence[StepText]) -> str:
    """Say in which go some steps were recorded: "Recorded 2026-01-08 09:30 UTC by Jo: #14-#27"."""
    if len(together) == 1:
        return say("{title}:", title=capital(when))
    which = number_words(each.position for each in together)
    return say(
        "{recorded}, in one go, so that their order tells nothing: {events}",
        recorded=capital(when),
        events=which,
    )
