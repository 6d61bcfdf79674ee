"""The part of a case that those read whom a report is for, wherever more than the report is shown.

Pages go through a case by its events, its steps and its derivations. Each is told by the whole
case, as the report is, and then narrowed to what the report may tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from answerable.domain.kinds import AMENDING, FAMILIES, model
from answerable.domain.language.saying import say
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import Accountability
from answerable.projections.facts.known_by.passing import PassingReader
from answerable.projections.replay.decision_moment import Material
from answerable.projections.replay.hindsight import DecisionContext
from answerable.projections.replay.replay import ReplayStep
from answerable.projections.report.audience.matter import Matter
from answerable.projections.report.audience.narrowed import PROTECTED
from answerable.projections.report.audience.scrubbed import scrubbed
from answerable.projections.why.why import Derivation

T = TypeVar("T")

OF_HOUSE = frozenset((*FAMILIES["house"], "key-rotated", *AMENDING))
"""The kinds whose entries in other cases are given with a part of one."""


class Part(NamedTuple):
    """The part of a case that some readers are shown.

    Attributes:
        case_id: the case.
        matter: what concerns them.
        subject: the person concerned, by pseudonym; None: it is for the public.
    """

    case_id: str
    matter: Matter
    subject: str | None = None

    def tells_of(self, party: str) -> bool:
        """Tell whether it is told how a party stands."""
        return party == self.subject if self.subject else party in self.matter.named

    def cleaned(self, told: T) -> T:
        """Return plain data without hidden events, and without what is protected."""
        matter = self.matter
        result: T = scrubbed(told, matter.hidden, matter.protected, say(PROTECTED))
        return result

    def reader(self, reader: Reader) -> Reader:
        """Return a reader of the record in which the case has no other events than are shown."""
        return _PartReader(reader, self)

    def carries(self, event: RecordedEvent) -> bool:
        """Tell whether an entry is given as it was recorded: it tells nothing that is withheld.

        Entries of the house that name nobody else are given, so that the case can be read.
        """
        own = event.case_id == self.case_id
        if own and event.event_id not in self.matter.concerned:
            return False
        if not own and (event.kind not in OF_HOUSE or "fields" in event.fields):
            return False
        matter = self.matter
        shown = matter.named | (matter.involved - matter.protected)
        return not (_tells(event.fields, matter.protected) or (not own and _parties(event) - shown))

    def shown(self, event: RecordedEvent) -> RecordedEvent | None:
        """Return an event as it is shown; None where it is not."""
        if event.case_id != self.case_id:
            return event
        if event.event_id not in self.matter.concerned:
            return None
        return event._replace(fields=_told(self.cleaned(event.fields), event.fields))

    def step(self, step: ReplayStep) -> ReplayStep | None:
        """Return a step of the case's replay as it is shown; None where it is not.

        Rules are judged by the whole case, so what a step changed in them is left out.
        """
        if not self._shows(step.event.event_id):
            return None
        state = step.state
        argument = None if step.argument is None else self._argument(step.argument)
        narrowed = step._replace(
            changes=tuple(
                each
                for each in step.changes
                if self.tells_of(each.party) and self._shows(each.event_id)
            ),
            effects=tuple(each for each in step.effects if self._shows(each.event_id)),
            begun=tuple(each for each in step.begun if self._shows(each.event_id)),
            ended=tuple(each for each in step.ended if self._shows(each.event_id)),
            altered=tuple(each for each in step.altered if self._shows(each.event_id)),
            state=state._replace(
                people=tuple(each for each in state.people if self.tells_of(each.party))
            ),
            argument=argument,
            verdicts=(),
        )
        return self.cleaned(narrowed)

    def standing(self, state: Accountability) -> str:
        """Say whether the person concerned is accountable; nothing where it is for the public."""
        if self.subject is None:
            return ""
        how = {each.accountable for each in state.people if each.party == self.subject}
        if "yes" in how:
            return say("You are accountable.")
        if "unknown" in how:
            return say("Indeterminate whether you are accountable.")
        return say("You are not accountable.")

    def derivation(self, found: Derivation) -> Derivation:
        """Return what something rests on as far as it is shown."""
        nodes = {
            event_id: each._replace(
                rests_on=tuple(rest for rest in each.rests_on if self._shows(rest.event_id)),
            )
            for event_id, each in found.nodes.items()
            if event_id in self.matter.concerned
        }
        roots = tuple(each for each in found.roots if each in nodes)
        return self.cleaned(found._replace(roots=roots, nodes=nodes, cases={}, facts=()))

    def _shows(self, event_id: str | None) -> bool:
        return event_id is None or event_id in self.matter.concerned

    def _argument(self, argument: DecisionContext) -> DecisionContext | None:
        """Return what a decision could have rested on, where nothing of it is withheld.

        What is left of it would read as if there had been nothing else.
        """
        lists = (argument.named, argument.behind, argument.not_named, argument.together)
        later = (argument.hindsight, argument.indeterminate)
        every: list[Material] = [each for some in (*lists, *later) for each in some]
        whole = all(each.stood.event_id in self.matter.concerned for each in every)
        since = all(
            each.event_id in self.matter.concerned and self._shows(each.by)
            for each in argument.since
        )
        return argument if whole and since else None


def _tells(told: Any, protected: Collection[str]) -> bool:
    """Tell whether a value is, or holds, something protected."""
    match told:
        case str():
            return told in protected
        case Mapping():
            return any(_tells(each, protected) for each in told.values())
        case list() | tuple():
            return any(_tells(each, protected) for each in told)
        case _:
            return False


def _parties(event: RecordedEvent) -> frozenset[str]:
    told = (event.fields.get(name) or () for name in model(event.kind).parties)
    return frozenset(each for some in told for each in ([some] if isinstance(some, str) else some))


class _PartReader(PassingReader):
    """A reader of the part of a case that some readers are shown."""

    def __init__(self, reader: Reader, part: Part) -> None:
        super().__init__(reader)
        self._part = part

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        return (each for each in map(self._part.shown, events) if each is not None)


def _told(cleaned: Mapping[str, Any], recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Return cleaned fields as entries have them: lists where there were lists."""
    return {
        name: _as_recorded(each, recorded[name])
        for name, each in cleaned.items()
        if name in recorded
    }


def _as_recorded(cleaned: Any, recorded: Any) -> Any:
    match recorded:
        case list():
            return list(cleaned)
        case Mapping():
            return _told(cleaned, recorded)
        case _:
            return cleaned
