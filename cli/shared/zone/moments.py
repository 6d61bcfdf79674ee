"""Say in JSON what an answer holds for, and its moments: in UTC and in the zone of their case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.envelope import remember_head
from answerable.domain.zone.zone import Zone

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked

AS_RECORDED = frozenset(("recorded", "fields", "sealed", "opened", "clock", "first", "now"))
"""The keys of JSON below which everything stays as it was recorded."""


def asked_json(
    as_of: Asked | None, known_by: Asked | None, head: TreeHead | None, zone: Zone
) -> dict[str, Any]:
    """Write for programs what an answer holds for.

    Args:
        as_of: the moment asked about.
        known_by: the moment by which the record was asked about.
        head: the log; None where it is told elsewhere.
        zone: that of the case that is told of; of several together, that of who asks.
    """
    from answerable.domain.answers import json_value
    from answerable.domain.zone.day_end import moment_in

    times = {"as_of": moment_in(as_of, zone), "known_by": moment_in(known_by, zone)}
    if head is not None:
        remember_head(head)
    value = {**times, **({} if head is None else head._asdict()), "zone": zone}
    return dict(localised(json_value(value), zone))


def asked_by_zone(
    as_of: Asked | None, known_by: Asked | None, head: TreeHead | None
) -> Callable[[Zone], dict[str, Any]]:
    """Return what writes, as `asked_json` does, what an answer holds for in the cases of a zone.

    The end of a day is another moment in each zone, and so it is told of each case apart.
    """
    return lru_cache(maxsize=None)(partial(asked_json, as_of, known_by, head))


def verdicts_as_of(as_of: Asked | None, now: Asked, zone: Zone) -> dict[str, Any]:
    """Write for programs by which moment deadlines are judged: the one asked about, else now."""
    from answerable.domain.answers import json_value
    from answerable.domain.zone.day_end import moment_in

    return {"verdicts_as_of": json_value(moment_in(now if as_of is None else as_of, zone))}


def localised(value: Any, zone: Zone, zone_of: Callable[[str], Zone] | None = None) -> Any:
    """Add to each moment in a JSON value how it is said in a zone: `recorded_at_local`.

    What does not say so itself is also said in UTC: `occurred_utc`. Dates without a time are left
    as they are, and so is all where no zone is known.

    Args:
        value: made of dictionaries, lists and texts.
        zone: the zone of what tells no case.
        zone_of: tells the zone of a case; left out where all is of one.
    """
    if isinstance(value, list):
        return [localised(each, zone, zone_of) for each in value]
    if not isinstance(value, dict):
        return value
    case_id = value.get("case_id")
    if zone_of is not None and isinstance(case_id, str):
        zone = zone_of(case_id)
    from answerable.projections.wording.dates import MOMENT

    told: dict[str, Any] = {}
    for name, each in value.items():
        told[name] = each if name in AS_RECORDED else localised(each, zone, zone_of)
        if zone.known and isinstance(each, str) and MOMENT.fullmatch(each):
            told.update(_said(name, each, zone))
    return told


def _said(name: str, text: str, zone: Zone) -> dict[str, str]:
    from answerable.domain.answers import json_value
    from answerable.projections.wording.dates import in_zone

    said = {f"{name}_local": in_zone(text, zone)}
    if not text.endswith("Z"):
        said[f"{name}_utc"] = json_value(datetime.fromisoformat(said[f"{name}_local"]))
    return said
