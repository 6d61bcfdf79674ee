"""The envelope of every answer in JSON: one key, `answerable`, that tells what the rest is.

Whose log it is and how long, which command answers, and for which two times. The keys of the answer
stand beside it as they always did, so that who read them before reads them still.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.zone import Zone
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.checkpoint import Checkpoint

FORMAT = 1
"""The version of the envelope. A key that is new does not raise it; one that goes does."""

KEY = "answerable"

TIMES = ("as_of", "known_by")


def enveloped(
    value: Mapping[str, Any],
    head: TreeHead | Checkpoint | None = None,
    zone: Zone | None = None,
) -> dict[str, Any]:
    """Return an answer in its envelope.

    Args:
        value: the answer.
        head: the head of the log that it holds for; left out, that of the ledger when it was
            opened or, where a question was asked of it, when that was.
        zone: that of the days asked about, where the answer has no `zone` of its own.
    """
    context = click.get_current_context(silent=True)
    known = _known(context)
    told: dict[str, Any] = {"format": FORMAT, "command": known.get("command")}
    told["head"] = known.get("head") if head is None else _head_json(head, known)
    if context is not None and context.params.keys() >= {*TIMES}:
        told |= _times(context, value, zone)
    return {KEY: told, **value}


def enveloped_error(value: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return in an envelope what went wrong, when the command that it befell has ended.

    Args:
        value: the error.
        known: what the command kept, as `remember_command` and `remember_log` kept it.
    """
    told = {"format": FORMAT, "command": known.get("command"), "head": known.get("head")}
    return {KEY: told, **value}


def remember_command(context: click.Context) -> None:
    """Keep for the envelope which command is run: "evidence list"."""
    _, _, path = context.command_path.partition(" ")
    context.find_root().ensure_object(dict)["command"] = path or None


def remember_log(opened: Ledger) -> None:
    """Keep for the envelope the head of a ledger, where JSON is asked for.

    What cannot be read is not told: that is for what checks the ledger to say.
    """
    context = click.get_current_context(silent=True)
    if context is None or not _asks_for_json(context):
        return
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.store.log_keys import own_keys

    known = context.find_root().ensure_object(dict)
    with suppress(AnswerableError):
        keys = own_keys(opened)
        known["origin"] = keys[-1].key.name if keys else None
        known["head"] = _head_json(opened.head(), known)


def remember_head(head: TreeHead) -> None:
    """Keep for the envelope the head that a question was answered at."""
    if context := click.get_current_context(silent=True):
        known = context.find_root().ensure_object(dict)
        known["head"] = _head_json(head, known)


def _asks_for_json(context: click.Context) -> bool:
    return bool(context.params.get("as_json")) or context.params.get("form") == "json"


def _known(context: click.Context | None) -> dict[str, Any]:
    return {} if context is None else context.find_root().ensure_object(dict)


def _head_json(head: TreeHead | Checkpoint, known: Mapping[str, Any]) -> dict[str, Any]:
    origin = getattr(head, "origin", None) or known.get("origin")
    return {"origin": origin, "size": head.size, "root": head.root.hex()}


def _times(context: click.Context, value: Mapping[str, Any], zone: Zone | None) -> dict[str, Any]:
    """Return the two times that were asked about, and the zone of their days."""
    from answerable.domain.answers import json_value
    from answerable.domain.zone.day_end import moment_in
    from answerable.domain.zone.zone import UNTOLD, Zone

    said = value.get("zone")
    if zone is None:
        zone = Zone(**said) if isinstance(said, dict) else _known(context).get("zone", UNTOLD)
    times = {name: moment_in(context.params[name], zone) for name in TIMES}
    return dict(json_value({**times, "zone": zone}))
