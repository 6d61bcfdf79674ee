"""A derivation as a document of W3C PROV, for tools that read provenance.

PROV-DM (https://www.w3.org/TR/prov-dm/) tells entities, activities and agents apart. Here what is
on record of an event is an entity, and the doing of it an activity: a finding is derived from
evidence, and the deciding of a decision is associated with those who decided. Announcing is an
activity of its own, so that who announced is never taken for who decided; whom an event is merely
about is no agent of it.

PROV's times are instants. A date that is not one, or tells no zone, must not become one: it stands
as the EDTF text that it is, and a start and an end are given only where the text itself tells both.
Nothing sealed is in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.domain import edtf
from answerable.domain.kinds.catalogue.kind import ANNOUNCER, PRINCIPAL
from answerable.domain.reader import Reader
from answerable.domain.record import TreeHead
from answerable.domain.terms.several import several
from answerable.domain.zone.day_end import Asked, moment_in
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.names import NameOf
from answerable.projections.why.node import Amendment, InCase, Node
from answerable.projections.why.why import Derivation
from answerable.projections.wording.vocabulary import value_words

if TYPE_CHECKING:
    from prov.model import ProvDocument

VOCABULARY = "urn:uuid:88b8105c-8f84-4dc7-ae08-5ac3b36da0e8#"
"""The namespace of this product's own types, roles and attributes."""

EDTF = "http://id.loc.gov/datatypes/edtf/"
"""The namespace of the Library of Congress' datatypes for EDTF."""

AUTHORS = frozenset(("decider", "speaker", "performer", "reporter", "appellant", "disputant"))
"""The roles of those whose word an event is, so that it is attributed to them."""

_OWN = ("act", "announcement", "first", "party", "case", "log")
"""The sorts of names that hold within one log, each in a namespace below that of the log."""


class Question(NamedTuple):
    """The question, and the record that answered it, as a document tells of them.

    Attributes:
        log: an id that no other log has: that of its first event.
        head: the size and the root of the log.
    """

    log: str
    head: TreeHead
    as_of: datetime | None = None
    known_by: datetime | None = None


def question(
    reader: Reader,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    zone: Zone = UNTOLD,
) -> Question:
    """Make the question to a record in which there is something to derive.

    Args:
        reader: the record.
        as_of: the moment asked about.
        known_by: the moment by which the record was asked about.
        zone: the zone of the case of what is derived.
    """
    moments = (moment_in(as_of, zone), moment_in(known_by, zone))
    return Question(next(reader.events()).event_id, reader.head(), *moments)


def provenance(found: Derivation, asked: Question, name_of: NameOf = str) -> ProvDocument:
    """Write the derivation as a PROV document.

    Args:
        found: the derivation.
        asked: the question, and the record that answered it.
        name_of: what to call a party; pseudonyms leave names out of the document.
    """
    writer = _Writer(asked)
    for node in found.nodes.values():
        writer.node(node)
    later = {each.event_id: each for node in found.nodes.values() for each in node.amendments}
    for amendment in later.values():
        if amendment.event_id not in found.nodes:
            writer.amendment(amendment)
    for case in found.cases.values():
        writer.case(case, (node for node in found.nodes.values() if node.case_id == case.case_id))
    writer.parties(_acted(found), name_of)
    return writer.document


def prov_json(document: ProvDocument) -> bytes:
    """Write the document as PROV-JSON, https://www.w3.org/submissions/prov-json/, in UTF-8."""
    text = document.serialize(format="json", indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def _acted(found: Derivation) -> dict[str, bool]:
    """Find every party that is named, and whether in a role of someone who acted."""
    acted: dict[str, bool] = {}
    for node in found.nodes.values():
        for part in node.parties:
            acted[part.party] = acted.get(part.party, False) or part.role is not None
        acted.update((each.by, True) for each in node.amendments if each.by is not None)
    for case in found.cases.values():
        for party in filter(None, (case.organisation, case.owner)):
            acted.setdefault(party, False)
    return acted


class _Writer:
    """A writer of one document, an event at a time."""

    def __init__(self, asked: Question) -> None:
        from prov.model import Literal, ProvDocument

        self._literal = Literal
        self.document = ProvDocument()
        self.document.add_namespace("event", "urn:uuid:")
        self.document.add_namespace("answerable", VOCABULARY)
        self.document.add_namespace("edtf", EDTF)
        for name in _OWN:
            self.document.add_namespace(name, f"urn:uuid:{asked.log}#{name}/")
        self._log(asked)

    def node(self, node: Node) -> None:
        """Write an event, those who did it, what it rests on, and what was recorded of it later."""
        self._event(node)
        self.document.entity(f"event:{node.event_id}", list(self._standing(node)))
        for rest in node.rests_on:
            self.document.derivation(
                f"event:{node.event_id}",
                f"event:{rest.event_id}",
                f"act:{node.event_id}",
                other_attributes={"answerable:field": rest.field},
            )
        self._people(node)
        if node.corrected_by:
            self._first(node)
        for later in node.amendments:
            self._amended(node, later)

    def amendment(self, later: Amendment) -> None:
        """Write a correction, a retraction or a dispute that is not itself in the derivation."""
        self._event(later)
        self.document.entity(f"event:{later.event_id}", list(self._recorded(later)))
        if later.by is not None:
            self._did(f"act:{later.event_id}", later.by, "disputant")

    def case(self, case: InCase, members: Iterable[Node]) -> None:
        """Write a case: a collection of what was derived in it."""
        attributes: dict[str, Any] = {
            "prov:label": case.case_id,
            "prov:type": self._name("prov", "Collection"),
            "answerable:state": case.how if case.read else None,
            "answerable:opened": self._date(case.opened),
            "answerable:jurisdiction": case.jurisdiction and value_words(case.jurisdiction),
        }
        for field in ("organisation", "owner"):
            party = getattr(case, field)
            attributes[f"answerable:{field}"] = party and self._party(party)
        if case.opened_by is not None:
            attributes["answerable:openedBy"] = self._name("event", case.opened_by)
        self.document.entity(f"case:{case.case_id}", _given(attributes))
        for node in members:
            self.document.membership(f"case:{case.case_id}", f"event:{node.event_id}")

    def parties(self, acted: Mapping[str, bool], name_of: NameOf) -> None:
        """Write those who acted as agents; those whom events are merely about as entities."""
        for party, agent in acted.items():
            declare = self.document.agent if agent else self.document.entity
            declare(f"party:{party}", {"prov:label": name_of(party)})

    def _log(self, asked: Question) -> None:
        attributes = {
            "prov:type": self._name("answerable", "log"),
            "answerable:size": asked.head.size,
            "answerable:root": asked.head.root.hex(),
            "answerable:asOf": asked.as_of,
            "answerable:knownBy": asked.known_by,
        }
        self.document.entity(f"log:{asked.head.size}", _given(attributes))

    def _event(self, event: Node | Amendment) -> None:
        """Write the doing of an event, and that it made what is on record of the event."""
        kind = self._name("answerable", event.kind)
        attributes = {"prov:type": kind, "answerable:occurred": self._date(event.occurred)}
        self.document.activity(f"act:{event.event_id}", *bounds(event.occurred), _given(attributes))
        self.document.generation(f"event:{event.event_id}", f"act:{event.event_id}")

    def _standing(self, node: Node) -> Iterator[tuple[str, Any]]:
        """Tell how an event reads and stands, and what it lacks."""
        yield "prov:label", node.gist
        yield from self._recorded(node)
        yield "answerable:standing", node.standing
        if node.occurred is not None:
            yield "answerable:occurred", self._date(node.occurred)
        for clause in several(node.clause):
            yield "answerable:clause", clause
        if node.appeal != "none":
            yield "answerable:appeal", node.appeal
        if node.as_of != "yes":
            told = "indeterminate" if node.as_of == "unknown" else "no"
            yield "answerable:happenedByThen", told
        for part in node.parties:
            if part.role is None:
                yield f"answerable:{part.field}", self._party(part.party)
        for power in node.powers:
            yield "answerable:authority", self._name("event", power.authority)
        for dispute in node.disputed_by:
            yield "answerable:disputedBy", self._name("event", dispute)
        for missing in node.missing:
            yield "answerable:missing", f"{missing.link}: {missing.text}"
        for problem in node.problems:
            yield "answerable:problem", problem

    def _recorded(self, event: Node | Amendment) -> Iterator[tuple[str, Any]]:
        yield "prov:type", self._name("answerable", event.kind)
        yield "answerable:position", event.position
        yield "answerable:recordedAt", datetime.fromisoformat(event.recorded_at)

    def _people(self, node: Node) -> None:
        roles = {part.role: part.party for part in node.parties}
        for part in node.parties:
            if part.role == ANNOUNCER:
                continue
            if part.role == PRINCIPAL and "speaker" in roles:
                self.document.delegation(
                    f"party:{roles['speaker']}", f"party:{part.party}", f"act:{node.event_id}"
                )
            elif part.role is not None:
                self._did(f"act:{node.event_id}", part.party, part.role)
            if part.role in AUTHORS:
                self.document.attribution(f"event:{node.event_id}", f"party:{part.party}")
        if ANNOUNCER in roles or node.announced is not None:
            self._announcement(node, roles.get(ANNOUNCER))

    def _did(self, activity: str, party: str, role: str) -> None:
        as_role = {"prov:role": self._name("answerable", role)}
        self.document.association(activity, f"party:{party}", other_attributes=as_role)

    def _announcement(self, node: Node, announcer: str | None) -> None:
        """Write the announcing of an event: not the deciding, nor the doing."""
        name = f"announcement:{node.event_id}"
        attributes = {
            "prov:type": self._name("answerable", "announcement"),
            "answerable:occurred": self._date(node.announced),
        }
        self.document.activity(name, *bounds(node.announced), _given(attributes))
        self.document.usage(name, f"event:{node.event_id}")
        if announcer is not None:
            self._did(name, announcer, ANNOUNCER)

    def _first(self, node: Node) -> None:
        """Write the event as it was first recorded, of which what now stands is a revision."""
        attributes: list[tuple[str, Any]] = [("prov:label", node.was or node.gist)]
        attributes.extend(
            ("answerable:was", f"{each.field}: {_shown(each.was)}") for each in node.readings
        )
        self.document.entity(f"first:{node.event_id}", attributes)

    def _amended(self, node: Node, later: Amendment) -> None:
        if later.kind == "correction":
            self.document.revision(
                f"event:{node.event_id}", f"first:{node.event_id}", f"act:{later.event_id}"
            )
        elif later.kind == "retraction":
            at, _ = bounds(later.occurred)
            self.document.invalidation(f"event:{node.event_id}", f"act:{later.event_id}", at)

    def _party(self, party: str) -> Any:
        return self._name("party", party)

    def _date(self, edtf: str | None) -> Any:
        return None if edtf is None else self._literal(edtf, self._name("edtf", "EDTF"))

    def _name(self, prefix: str, local: str) -> Any:
        return self.document.valid_qualified_name(f"{prefix}:{local}")


def bounds(text: str | None) -> tuple[datetime | None, datetime | None]:
    """Return the instants at which something began and ended by its date; None where not told.

    A day is no instant, nor is a time whose zone is not told, nor one that is approximate.
    """
    ends = [] if text is None else text.split("/")
    if not ends or not all(map(_instant, ends)):
        return None, None
    instants = [edtf.parse(end).earliest for end in ends]
    return instants[0], instants[-1]


def _instant(text: str) -> bool:
    # Nothing but a time of day has a zone.
    return text not in ("", "..") and text[0] not in "[{" and edtf.parse(text).zoned


def _given(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _shown(value: Any) -> str:
    return "nothing" if value is None else value_words(value)
