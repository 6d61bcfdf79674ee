"""Strategies that make valid histories: events of one or more cases that a ledger accepts.

Every event is made from its kind's model, so a new kind or field is covered from the day that it
is declared. What the domain refuses (a step upon a step that was retracted, say) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic import JsonValue, StringConstraints
from pydantic_core import to_jsonable_python

from answerable.domain.case import CaseState, check_possible, target_of
from answerable.domain.corrections import IDENTITY, check_terms
from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.event import Event, Source
from answerable.domain.fields import CaseId, Digest, PartyId, Refers, Size, VerifierKey
from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.kinds.catalogue.periods import TellsField
from answerable.domain.kinds.investigation import MediaType
from answerable.domain.kinds.record import Correction, check_sealed_field
from answerable.domain.parsing import as_event
from answerable.domain.terms.bounded import MOST_DAYS
from answerable.domain.terms.citation import check_citation
from answerable.domain.terms.currency import check_currency
from answerable.domain.terms.jurisdiction import check_jurisdiction
from answerable.domain.terms.placeholder import PLACEHOLDERS
from answerable.domain.terms.provision import Provision, provision
from answerable.domain.terms.term import check_term
from answerable.domain.zone.zone import check_zone

T = TypeVar("T")

CASES = ("alpha", "beta", "case-3.b_c")
PARTIES = ("p-1", "p-2", "p-3", "board")

ERASING = frozenset(("personal-data-erased",))
"""Kinds that destroy what is sealed in other events."""

HOLDING = frozenset(("legal-hold-set",))
"""Kinds that forbid it."""


def pick(things: Sequence[T]) -> SearchStrategy[T]:
    return st.sampled_from(things)


def _pattern(annotation: Any) -> str:
    found = [mark.pattern for mark in annotation.__metadata__ if hasattr(mark, "pattern")]
    return str(found[0])


slugs = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,63}", fullmatch=True)
texts = st.text(min_size=1, max_size=40).filter(
    lambda text: not text.isspace() and text.strip() not in PLACEHOLDERS
)
digests = st.binary(min_size=32, max_size=32).map(lambda value: f"sha256:{value.hex()}")
dates = pick(
    (
        "2026-01-05",
        "../2026-01-05",
        "2026-01",
        "2025",
        "2026-01-05T14:03:00+08:00",
        "2026-01-05T14:03:00.250Z",
        "2026-01-05/..",
        "2026-01-05~",
        "2026-21",
    )
)
_visible = st.characters(exclude_categories=("C", "Z"))
PATTERNS: dict[str, SearchStrategy[str]] = {
    _pattern(PartyId): pick(PARTIES),
    _pattern(Digest): digests,
    _pattern(VerifierKey): pick(
        ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",)
    ),
    _pattern(MediaType): pick(("application/pdf", "image/svg+xml")),
    _pattern(Size): pick(("346", "5300~", "0")),
    r"^\S+$": st.text(_visible, min_size=1, max_size=20).filter(
        lambda text: text not in PLACEHOLDERS
    ),
    r"\S": texts,
    r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$": pick(("1", "2026.1", "1.0.0-rc.1+b")),
}
"""What a text of each pattern may be."""

CHECKED: dict[Callable[[str], str], SearchStrategy[str]] = {
    check_term: st.from_regex(r"[a-z0-9]{1,8}([ ._/-][a-z0-9]{1,8}){0,3}", fullmatch=True),
    check_citation: st.from_regex(r"§ [0-9A-Za-z.()]{1,20}", fullmatch=True),
    check_jurisdiction: pick(("cn", "eu", "us-ca")),
    check_currency: pick(("0 EUR", "12000.00 CNY", "999999999999999.9999 USD")),
    check_zone: pick(("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York")),
    # What any event may seal.
    check_sealed_field: pick(("recorded_by", "sources", "signature")),
}
"""What a text may be that a function checks."""

assert _pattern(PartyId) == _pattern(CaseId)


def event_ids(number: int) -> SearchStrategy[str]:
    """A UUID v7 that no other number gives."""
    fixed = (0x019B8A5E7C00 << 80) | (7 << 76) | ((number & 0xFFF) << 64) | (2 << 62)
    return st.integers(0, 2**62 - 1).map(lambda rest: str(UUID(int=fixed | rest)))


class History:
    """The events drawn so far, and what their cases make of them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.states: dict[str, CaseState] = {}
        self.kinds: dict[str, str] = {}

    def state(self, case_id: str) -> CaseState:
        return self.states.setdefault(case_id, CaseState(case_id))

    def take(self, event: Event) -> bool:
        """Take an event in, unless its case refuses it."""
        state = self.state(event.case_id)
        try:
            as_event(event)  # a term that ends before it begins
            check_possible(state, event, self.kinds.get)
            if isinstance(event, Correction):
                check_terms(event, state, self._told)
        except (InvalidEvent, Refused):
            return False
        event_id = event.event_id or f"unnamed-{len(self.events)}"
        state.apply(event_id, event.kind, target_of(event))
        if event.event_id:
            self.kinds[event_id] = event.kind
        self.events.append(event)
        return True

    def _told(self, event_id: str) -> TellsField:
        return next(event for event in self.events if event.event_id == event_id).told

    def candidates(self, case_id: str | None, kinds: tuple[str, ...]) -> list[str]:
        """The events that a reference may name: of a case, or of the whole ledger."""
        known = self.kinds if case_id is None else self.state(case_id).steps
        return [
            event_id
            for event_id in known
            if event_id in self.kinds and (not kinds or self.kinds[event_id] in kinds)
        ]


provisions = st.builds(
    provision,
    st.fixed_dictionaries(
        {"policy": pick(("conduct", "code of conduct")), "number": pick(("4.2", "art. 17(1)(a)"))},
        optional={"version": pick(("2", "2026-01"))},
    ),
)


def _values(annotation: Any, marks: Sequence[Any], history: History, case_id: str) -> Any:
    """A strategy for the values of a field; None where no value is possible."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _values(inner, [*more, *marks], history, case_id)
    for mark in marks:
        if isinstance(mark, Refers):
            found = history.candidates(case_id if mark.here else None, mark.kinds)
            return pick(found) if found else None
    if get_origin(annotation) is Literal:
        return pick(get_args(annotation))
    if get_origin(annotation) in (Union, UnionType):
        options = [arm for arm in get_args(annotation) if arm is not type(None)]
        held = _values(options[0], marks, history, case_id)
        if Provision in options:
            held = held | provisions
        if held is None or not any(get_origin(arm) is tuple for arm in options[1:]):
            return held
        return held | st.lists(held, min_size=2, max_size=3, unique=True).map(tuple)
    if get_origin(annotation) is tuple:
        item = _values(get_args(annotation)[0], (), history, case_id)
        least = max((getattr(mark, "min_length", 0) or 0 for mark in marks), default=0)
        return (
            None if item is None else st.lists(item, min_size=max(1, least), max_size=3).map(tuple)
        )
    if annotation is int:
        return st.integers(1, MOST_DAYS.most)
    if annotation is Source:
        return st.builds(
            Source,
            title=st.none() | texts,
            url=st.none() | PATTERNS[r"^\S+$"],
            digest=st.none() | digests,
        )
    patterns = [m.pattern for m in marks if isinstance(m, StringConstraints)]
    patterns += [m.pattern for m in marks if not isinstance(m, StringConstraints)
                 and hasattr(m, "pattern")]  # fmt: skip
    forms = [getattr(m, "func", None) for m in marks]
    for check in (*forms, *(getattr(form, "check", None) for form in forms)):
        if check in CHECKED:
            return CHECKED[check]
    if annotation is str and patterns:
        return PATTERNS[str(patterns[0])]
    if annotation is str:
        return dates
    raise TypeError(f"no strategy for {annotation}")


OWN = frozenset(("case_id", "kind", "event_id"))


def field_values(kind: str, name: str, history: History, case_id: str) -> Any:
    """A strategy for a field of a kind; None where there is nothing that it could refer to."""
    made = model(kind)
    info = made.model_fields[made.attributes[name]]
    return _values(info.annotation, info.metadata, history, case_id)


def _fields(draw: DrawFn, kind: str, history: History, case_id: str) -> dict[str, Any] | None:
    made = model(kind)
    given: dict[str, Any] = {}
    for name, attribute in made.attributes.items():
        if name in OWN:
            continue
        required = made.model_fields[attribute].is_required()
        if not required and not draw(st.booleans()):
            continue
        values = field_values(kind, name, history, case_id)
        if values is None:
            if required:
                return None
            continue
        given[name] = draw(values)
    if kind == "party-registered" and given["type"] == "person":
        # The pseudonym may tell nothing of the name.
        given = {name: value for name, value in given.items() if name not in ("name", "aliases")}
    if kind == "personal-data-erased" and "events" not in given:
        given.pop("fields", None)
    if given.get("outcome") != "partly-allowed":
        given = {name: value for name, value in given.items() if not name.startswith("becomes_")}
    if given.get("becomes_measure") == "other":
        given.setdefault("becomes_text", "a talk")
    if given.get("measure") == "other" and kind in ("sanction-imposed", "sanction-proposed"):
        given.setdefault("measure_text", "a talk")
    return {**given, **_true_digest(given)}


def _true_digest(fields: Mapping[str, Any]) -> dict[str, str]:
    """The digest of a policy, where its text is told beside it."""
    if not {"policy_version", "digest", "text"} <= fields.keys():
        return {}
    return {"digest": f"sha256:{sha256(fields['text'].encode()).hexdigest()}"}


def _upon(kind: str) -> bool:
    """Whether a kind needs an earlier step of its case."""
    made = model(kind)
    return any(
        refers.here and made.model_fields[made.attributes[name]].is_required()
        for name, refers in made.references.items()
    )


def _can_follow(kind: str, history: History, case_id: str) -> bool:
    """Whether a kind needs an earlier step of the case, and there is one."""
    if kind in ("case-closed", "case-reopened"):
        return history.state(case_id).closed == (kind == "case-reopened")
    made = model(kind)
    needed = [
        refers.kinds
        for name, refers in made.references.items()
        if refers.here and made.model_fields[made.attributes[name]].is_required()
    ]
    return bool(needed) and all(history.candidates(case_id, kinds) for kinds in needed)


def _correction(draw: DrawFn, history: History, case_id: str) -> dict[str, Any] | None:
    targets = [
        target
        for target in history.candidates(case_id, ())
        if history.kinds[target] not in ("correction", "retraction")
    ]
    if not targets:
        return None
    target = draw(pick(targets))
    kind = history.kinds[target]
    made = model(kind)
    names = [
        name
        for name in made.attributes
        if name not in IDENTITY
        and not (name in made.references and made.references[name].here)
        # A term may not end before it begins.
        and not any(name in pair for pair in CATALOGUE[kind].periods)
        # What stands in the open may tell nothing of a person's name.
        and not (kind == "party-registered" and name in ("name", "aliases"))
    ]
    fields: dict[str, JsonValue] = {}
    for name in draw(st.lists(pick(names), min_size=1, max_size=3, unique=True)):
        values = field_values(kind, name, history, case_id)
        if values is None:
            continue
        optional = not made.model_fields[made.attributes[name]].is_required()
        value = draw(st.none() | values) if optional else draw(values)
        if name in made.references and isinstance(value, tuple):  # nothing rests on itself
            value = [each for each in value if each != target]
        fields[name] = to_jsonable_python(value, exclude_none=True)
    if not fields:
        return None
    return {"target": target, "fields": fields, "reason": draw(st.none() | texts)}


@st.composite
def histories(
    draw: DrawFn,
    *,
    cases: Sequence[str] = CASES,
    without: Collection[str] = ERASING,
    kinds: Collection[str] | None = None,
    min_events: int = 1,
    max_events: int = 12,
    all_named: bool = False,
) -> list[Event]:
    """Events that a ledger takes in this order, of cases that go on side by side.

    Args:
        cases: the slugs of the cases.
        without: kinds to leave out; by default those that destroy what others say.
        kinds: kinds to choose from; by default all others.
        min_events: how many at least.
        max_events: how many at most.
        all_named: whether every event bears an id of its producer's.
    """
    # What is drawn first, where hypothesis makes a history simpler, can stand alone.
    chosen = sorted(set(kinds or FAMILY) - set(without), key=lambda kind: (_upon(kind), kind))
    history = History()
    wanted = draw(st.integers(min_events, max_events))
    attempts = 0
    while len(history.events) < wanted and attempts < 20 * max_events:
        attempts += 1
        case_id = draw(pick(cases))
        following = [kind for kind in chosen if _can_follow(kind, history, case_id)]
        follow = bool(following) and draw(st.booleans())
        kind = draw(pick(following if follow else chosen))
        fields = (
            _correction(draw, history, case_id)
            if kind == "correction"
            else _fields(draw, kind, history, case_id)
        )
        if fields is None:
            continue
        named = all_named or draw(st.integers(0, 3)) > 0
        event_id = draw(event_ids(len(history.events))) if named else None
        history.take(model(kind)(case_id=case_id, event_id=event_id, **fields))
    assume(len(history.events) >= min_events)  # where all that was drawn was refused
    return history.events


def _prerequisites(kind: str) -> list[str]:
    """Kinds of which there must be an event before one of this kind can name all that it may."""
    before = {
        "case-closed": ["case-opened"],
        "case-reopened": ["case-opened", "case-closed"],
        "appeal-decided": ["sanction-imposed"],
    }
    needed = [refers.kinds for refers in model(kind).references.values()]
    first = [kinds[0] for kinds in needed if kinds and kinds[0] != kind]
    found = [each for one in first for each in [*_prerequisites(one), one]]
    return list(dict.fromkeys(["contact-made", *before.get(kind, ()), *found]))


@st.composite
def complete(draw: DrawFn, kind: str, marker: str) -> list[Event]:
    """Events of one case that end with one of this kind, in which no field is left out.

    The texts sealed in the last are all `marker` and a number of their own.
    """
    history = History()
    kinds = [*(before for before in _prerequisites(kind) if before != kind), kind]
    for number, each in enumerate(kinds):
        made = model(each)
        fields = {
            name: draw(values)
            for name in made.attributes
            if name not in OWN and name not in ("fields", "sealed_fields")
            if (values := field_values(each, name, history, "alpha")) is not None
        }
        if "measure_text" in fields:
            fields["measure"] = "other"
        if each == "appeal-lodged" and kind == "appeal-decided":
            (fields["against"],) = history.candidates("alpha", ("sanction-imposed",))
        if "becomes_text" in fields:
            fields.update(outcome="partly-allowed", becomes_measure="other")
        for begin, end in CATALOGUE[each].periods:
            fields[end] = fields[begin]
        if each == kind:
            fields.update(_marked(made, fields, marker))
        fields.update(_true_digest(fields))
        named = draw(event_ids(number))
        if not history.take(made(case_id="alpha", event_id=named, **fields)):
            raise AssertionError(f"a case did not accept the {each} {fields}")
    return history.events


def _marked(made: type[Event], fields: dict[str, Any], marker: str) -> dict[str, Any]:
    sealed: dict[str, Any] = {}
    for number, name in enumerate(made.sealed):
        text = f"{marker} {number}"
        if name == "sealed_fields":
            sealed["fields"] = {"purpose": text}
        elif name == "sources":
            sealed[name] = (Source(title=text, url=text.replace(" ", "/")),)
        else:
            sealed[name] = text if isinstance(fields[name], str) else (text, f"{text} again")
    return sealed


@st.composite
def batches(draw: DrawFn, events: SearchStrategy[list[Event]]) -> list[list[Event]]:
    """A history, cut into runs that are recorded together."""
    history = draw(events)
    runs: list[list[Event]] = []
    at = 0
    while at < len(history):
        size = draw(st.integers(1, max(1, len(history) - at)))
        runs.append(history[at : at + size])
        at += size
    return runs


def settled(events: Sequence[Event]) -> list[Event]:
    """The events as a ledger keeps them: corrections with what is sealed in them set apart."""
    kinds = {event.event_id: event.kind for event in events}
    return [
        _settled(event, kinds[event.target]) if isinstance(event, Correction) else event
        for event in events
    ]


def _settled(correction: Correction, kind: str) -> Event:
    given = {**correction.fields, **correction.sealed_fields}
    hidden: Callable[[str], bool] = model(kind).sealed.__contains__
    return correction.model_copy(
        update={
            "fields": {name: value for name, value in given.items() if not hidden(name)},
            "sealed_fields": {name: value for name, value in given.items() if hidden(name)},
        }
    )
