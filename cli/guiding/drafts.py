"""Keep the steps that were told and are not recorded yet, with the case as it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uuid_utils import uuid7

from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.domain.record import RecordedEvent
from answerable.domain.search.folding import name_key
from answerable.projections.facts.names import Name, names
from answerable.projections.facts.record_view import RecordView

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.facts import Fact

LEDGERS = ("event_id", "case_id", "kind", "standing")


class Drafts:
    """Steps of one case that are to be recorded together.

    Attributes:
        case_id: the case.
        title: what it is called.
        events: what is to be recorded, in its order; registrations of parties among them.
        steps: those of the case, as entries that they will be.
        view: the case with them, for whoever asks what may follow.
        answers: the latest answer to each question, which `=` repeats: as it is told, and said.
    """

    def __init__(self, opened: Ledger, case_id: str, title: str, who: str) -> None:
        self.case_id, self.title = case_id, title
        self.events: list[Event] = []
        self.answers: dict[tuple[str, ...], tuple[Any, str]] = {}
        self.known = names(opened)
        self._opened, self._who = opened, who
        self._called: dict[str, str] = {}
        record = RecordView(opened, name_of=self.name_of, type_of=self.known.type_of)
        self._before = record.case(case_id)
        self.view: CaseView = self._before
        self.steps: list[RecordedEvent] = []

    def name_of(self, party: str) -> str:
        """Return what to call a party, one that is to be registered among them."""
        return self._called.get(party) or self.known.called(party)

    def parties(self) -> list[str]:
        """List the parties that the case names, or that are to be registered, in their order."""
        from answerable.domain.kinds import model

        found = dict.fromkeys(self._called)
        for fact in self.view.standing():
            for name in model(fact.kind).parties:
                value = fact.fields.get(name) or ()
                found.update(dict.fromkeys((value,) if isinstance(value, str) else value))
        return [*found]

    def find(self, name: str) -> list[str]:
        """Find the parties that a name may mean, those that are to be registered among them."""
        wanted = name_key(name)
        drafted = [party for party, own in self._called.items() if name_key(own) == wanted]
        registered = self.known.find(name)
        return [*dict.fromkeys((*drafted, *registered))]

    def others(self, kinds: tuple[str, ...]) -> list[RecordedEvent]:
        """List the events of some kinds that lie in other cases."""
        events = self._opened.events(kinds=set(kinds))
        return [each for each in events if each.case_id != self.case_id]

    def registered(self) -> list[Name]:
        """List the parties on the registers, with their names, for whom may have been meant."""
        return [each for _, each in zip(range(1_000), self.known, strict=False)]

    def add(self, kind: str, fields: dict[str, Any], case_id: str | None = None) -> Fact | None:
        """Take in a step, if the ledger would.

        Returns:
            The fact that it will be; None where it is of another case.

        Raises:
            AnswerableError: it would not be recorded; the field is named, where there is one.
        """
        case = case_id or self.case_id
        event = parse({"kind": kind, "case_id": case, "event_id": str(uuid7()), **fields})
        with self._opened.rehearsal(recorded_by=self._who) as rehearse:
            receipt = rehearse([*self.events, event])[-1]
        self.events.append(event)
        if case != self.case_id:
            return None
        self.steps.append(_entry(event, receipt))
        self.view = self.view.after(self.steps[-1])
        return self.view.facts[receipt.event_id]

    def register(self, party: str, type_: str, called: str, *, named: bool) -> None:
        """Take in the registration of a party.

        Args:
            party: the pseudonym.
            type_: what it is.
            called: its name, or what describes it.
            named: whether that is a name.
        """
        told = {"name": called} if named else {"titles": [called]}
        self.add("party-registered", {"party": party, "type": type_, **told}, "house")
        self._called[party] = called

    def forget_last(self) -> None:
        """Leave out the step that was told last; whoever it registered stays registered."""
        own = [each for each in self.events if each.case_id == self.case_id]
        self.events.remove(own[-1])
        self.steps.pop()
        self.view = self._before
        for step in self.steps:
            self.view = self.view.after(step)


def _entry(event: Event, receipt: Receipt) -> RecordedEvent:
    """Return the entry that a step will be, as far as an answer reads of it."""
    told = event.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    left_out = (*event.sealed, *LEDGERS)
    fields = {
        "event_id": event.event_id,
        "case_id": event.case_id,
        "version": receipt.version,
        "kind": event.kind,
        "standing": event.standing,
        **{name: value for name, value in told.items() if name not in left_out},
        "recorded_at": receipt.recorded_at,
        "_sd": [],
    }
    return RecordedEvent(receipt.position, event.kind, fields)
