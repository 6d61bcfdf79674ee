"""The zone of who asks, `--zone`, and the zones of the cases asked about."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from answerable.domain.zone.zone import UNTOLD, Zone, check_zone

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger

Command = TypeVar("Command", bound=Callable[..., Any])

VARIABLE = "ANSWERABLE_ZONE"


def zone_option(command: Command) -> Command:
    """Add `--zone`: `zone_asked` takes it from the context."""
    option = click.option(
        "--zone",
        metavar="ZONE",
        expose_value=False,
        envvar=VARIABLE,
        callback=_keep,
        help="Where days are days in cases that tell no zone: Asia/Shanghai. "
        f"[default: ${VARIABLE}, else UTC]",
    )
    return option(command)


def _keep(ctx: click.Context, param: click.Parameter, name: str | None) -> None:
    if not name:
        return
    try:
        check_zone(name)
    except ValueError as error:
        if ctx.get_parameter_source(param.name or "") == ParameterSource.ENVIRONMENT:
            raise _wrong_variable(error) from None
        raise click.BadParameter(str(error), ctx, param) from None
    ctx.find_root().ensure_object(dict)["zone"] = Zone(name, "asker")


def this_moment() -> Asked:
    """Return now, by the clock: deadlines are judged by it where no day is asked about."""
    from answerable.ledger.system.clock import checked

    return checked(None)()


def zone_asked() -> Zone:
    """Return the zone that who asks told: by `--zone`, else in the environment.

    Raises:
        UsageError: what the environment tells is no zone.
    """
    context = click.get_current_context(silent=True)
    told: Zone | None = (context.find_root().obj or {}).get("zone") if context else None
    if told is not None:
        return told
    name = os.environ.get(VARIABLE)
    if not name:
        return UNTOLD
    try:
        return Zone(check_zone(name), "asker")
    except ValueError as error:
        raise _wrong_variable(error) from None


def _wrong_variable(error: ValueError) -> click.UsageError:
    return click.UsageError(f"{VARIABLE} in the environment: {error}")


def zones_of(opened: Ledger, known_by: Asked | None = None) -> Callable[[str], Zone]:
    """Return a function that tells the zone of a case, each looked up once."""
    from answerable.projections.facts.known_by.day import known_by_then, zone_then

    reader, moment = known_by_then(opened, known_by)
    return lru_cache(maxsize=4096)(partial(zone_then, reader, known_by=moment))
