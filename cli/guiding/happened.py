"""Asking what happened: by what usually comes next, by a word for it, or by the list of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.guiding.prompts import ask, choose_one, chosen, show_list
from answerable.cli.recording.append import summary
from answerable.cli.shared.output import note
from answerable.domain.case import LIFECYCLE
from answerable.domain.kinds import FAMILIES, FAMILY, HOUSE_CASE, STEPS, TARGETS

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts
    from answerable.projections.following.steps import Step

MOST = 8
"""The most steps that are offered as what usually comes next."""

OTHER = "something else"

REOPENING = "case-reopened"

APART = ("record",)
"""The families that are no steps of a case: what mends, erases and holds has its own commands."""

BY_THEMSELVES = ("party-registered", "case-opened")
"""The kinds that are asked about where they come up: who somebody is, and what a case is called."""


class Happened(NamedTuple):
    """A step to ask about: its kind, the case that it belongs to, and what is known of it."""

    kind: str
    case_id: str
    fields: dict[str, Any]


def what_happened(drafts: Drafts, *, first: bool) -> Happened | None:
    """Ask what happened; None where there is nothing more to tell.

    Args:
        drafts: the steps so far.
        first: whether nothing was told yet.
    """
    from answerable.projections.following.following import following

    steps = [each for each in following(drafts.view) if each.sort in ("usual", "open")]
    steps = [each for each in steps if each.kind not in BY_THEMSELVES]
    alike: dict[object, Step] = {}
    for each in steps:
        alike.setdefault((each.kind, each.fields), each)
    steps = [*alike.values()][:MOST]
    choices = [*(_offered(drafts, each) for each in steps), OTHER]
    question = "What happened?" if first else "What happened next?"
    while True:
        show_list(choices)
        told = ask(f"{question} A number, or a word for it.", enter="nothing more")
        if told is None:
            return None
        at = _meant(told, choices)
        if at is not None and at < len(steps):
            return Happened(steps[at].kind, drafts.case_id, dict(_known(drafts, steps[at])))
        kind = _by_word(told) if at is None else _from_families()
        if kind is not None and not _takes(drafts, kind):
            note(f"The case is closed, and takes no {kind} until it is reopened.")
        elif kind is not None:
            case = HOUSE_CASE if FAMILY[kind] == HOUSE_CASE else drafts.case_id
            return Happened(kind, case, {})


def _takes(drafts: Drafts, kind: str) -> bool:
    """Tell whether the case takes a step of a kind: a closed one is reopened first."""
    from answerable.projections.facts.lifecycle import case_closed

    apart = FAMILY[kind] == HOUSE_CASE or kind == REOPENING
    return apart or case_closed(drafts.view) != "yes"


def _meant(told: str, choices: list[str]) -> int | None:
    """Find the choice that was meant, by its number or by words of it.

    A word for a kind means any step of that kind, and not the one that is offered of it, which may
    be about somebody else.
    """
    found = told if _kind_called(told) else chosen(told, choices)
    return found if isinstance(found, int) else None


def _kind_called(told: str) -> str | None:
    """Find the kind that is called so: by its name, or as one of the six steps."""
    wanted = told.casefold().replace(" ", "-")
    named = STEPS.get(wanted, wanted)
    return named if named in _offering() else None


def _offered(drafts: Drafts, step: Step) -> str:
    """Say what a step would be, and whom or what it would be about."""
    after = drafts.view.facts.get(step.event_id or "")
    opening = after is None or after.kind in LIFECYCLE
    about = _whom(drafts, step) or ("" if opening else step.about)
    return f"{_kind_words(step.kind)}{f' ({about})' if about else ''}"


def _whom(drafts: Drafts, step: Step) -> str | None:
    from answerable.domain.kinds.catalogue import CATALOGUE

    whom = [value for name, value in step.fields if name in CATALOGUE[step.kind].about and value]
    return ", ".join(map(drafts.name_of, whom)) or None


def _kind_words(kind: str) -> str:
    from answerable.projections.wording.vocabulary import words

    first, _, _ = summary(kind).partition(". ")
    return f"{words(kind)}: {first.rstrip('.')}"


def _known(drafts: Drafts, step: Step) -> Iterator[tuple[str, Any]]:
    """Yield what is known of a step as an event has it: events by their ids, links as its basis."""
    from answerable.domain.kinds import LINKS

    at = {str(fact.event.position): event_id for event_id, fact in drafts.view.facts.items()}
    basis = []
    for name, value in step.fields:
        if name == TARGETS.get(step.kind):
            yield name, at[str(value)]
        elif name in LINKS:
            basis.append(at.get(str(value)))
        elif value is not None:
            yield name, value
    if basis:
        yield "basis", [each for each in basis if each]


def _offering() -> list[str]:
    return [
        kind
        for family, kinds in FAMILIES.items()
        if family not in APART
        for kind in kinds
        if kind not in BY_THEMSELVES
    ]


def _from_families() -> str | None:
    families = [each for each in FAMILIES if each not in APART]
    sort = choose_one("Of which sort is it?", families)
    if not isinstance(sort, int):
        return None
    kinds = [each for each in FAMILIES[families[sort]] if each in _offering()]
    one = choose_one("Which?", [_kind_words(each) for each in kinds])
    return kinds[one] if isinstance(one, int) else None


def _by_word(told: str) -> str | None:
    """Find the kind that words mean; of several, it is asked which."""
    found = _named(told)
    if len(found) == 1:
        return found[0]
    if not found:
        note(f"No step is told by {told!r} here. {OTHER.capitalize()} lists what there is.")
        return None
    one = choose_one("Which?", [_kind_words(each) for each in found])
    return found[one] if isinstance(one, int) else None


def _named(told: str) -> list[str]:
    """List the kinds that words may mean: a step, a kind, or words that tell of it."""
    called = _kind_called(told)
    if called is not None:
        return [called]
    words = told.casefold().split()
    return [
        kind
        for kind in _offering()
        if all(word in f"{kind} {summary(kind)}".casefold() for word in words)
    ]
