"""Read, with a step, the texts of its event, and who recorded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.text import recorded_by
from answerable.domain.language.saying import say
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.dates import recorded_minute

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.replay.replay import ReplayStep


def opened(ledger: Ledger, step: ReplayStep) -> DisclosedTexts:
    """Read what is sealed in the event itself, as first recorded, before any correction of it."""
    from answerable.projections.facts.disclosed import disclose
    from answerable.projections.facts.facts import fold

    facts = fold(step.event.case_id, [step.event])
    return disclose(ledger, facts, facts.facts.values())[step.event.event_id]


def recorded(step: ReplayStep, sealed: DisclosedTexts, zone: Zone) -> str:
    """Say when the event was recorded, and by whom."""
    when = recorded_minute(step.event.recorded_at, zone)
    return say("recorded {moment} by {party}", moment=when, party=recorded_by(sealed))
