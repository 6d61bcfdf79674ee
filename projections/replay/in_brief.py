"""Tell what a decision could have rested on in brief: by positions, what is alike together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from answerable.domain.answers import json_value
from answerable.domain.dates import When
from answerable.projections.replay.decision_moment import Material
from answerable.projections.replay.hindsight import DecisionContext
from answerable.projections.replay.material import EventThen

NAMED = ("named", "behind")
GROUPED = ("not_named", "together", "hindsight", "indeterminate")


def in_brief(context: DecisionContext) -> dict[str, Any]:
    """Return a context as data that names events by their positions, and does not repeat them.

    What could bear one decision of a case, and was not named, could bear the next one too. So
    alike ones stand together, by position; told in full each time, a case of two thousand events
    would fill a hundred megabytes.
    """
    told: dict[str, Any] = {
        name: json_value(value)
        for name, value in context._asdict().items()
        if name not in (*NAMED, *GROUPED)
    }
    told.update((name, [_brief(*each) for each in getattr(context, name)]) for name in NAMED)
    told.update((name, _grouped(getattr(context, name))) for name in GROUPED)
    return told


def _brief(stood: EventThen, happened: When, on_record: When) -> dict[str, Any]:
    return {
        "position": stood.position,
        "event_id": stood.event_id,
        "kind": stood.kind,
        "stood": stood.marks,
        "happened": happened,
        "on_record": on_record,
    }


def _grouped(materials: Iterable[Material]) -> list[dict[str, Any]]:
    alike: dict[tuple[When, When, tuple[str, ...]], list[int]] = {}
    for each, happened, on_record in materials:
        alike.setdefault((happened, on_record, each.marks), []).append(each.position)
    return [
        {"happened": happened, "on_record": on_record, "stood": marks, "positions": positions}
        for (happened, on_record, marks), positions in alike.items()
    ]
