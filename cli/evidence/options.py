"""The options by which the evidence commands tell what they record, made from the models."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from answerable.cli.recording.given.options import options
from answerable.cli.shared.clock import clock_option
from answerable.cli.shared.options import (
    Command,
    actor_option,
    allow_name_option,
    intent_options,
    json_option,
    ledger_option,
)
from answerable.cli.shared.signed.signers import sign_option, signers_option

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show what would be recorded; record nothing."
)


def recording_options(command: Command) -> Command:
    """Add what every command takes that records: where, who, signed by which key, in which form."""
    for option in (
        json_option,
        allow_name_option,
        intent_options,
        clock_option,
        dry_run_option,
        signers_option,
        sign_option,
        actor_option,
        ledger_option,
    ):
        command = option(command)
    return command


def check_dry_run(key: Path | None, *, dry_run: bool) -> None:
    """Check that --sign and --dry-run are not both given.

    Raises:
        UsageError: both are given, and what is not recorded cannot be signed.
    """
    if key is not None and dry_run:
        raise click.UsageError("--sign and --dry-run exclude each other.")


def kind_options_without(
    kind: str, by_itself: tuple[str, ...], left_out: Mapping[str, str]
) -> list[click.Parameter]:
    """Return the options of a kind, but for the fields that the command fills in.

    Args:
        kind: what is recorded.
        by_itself: the fields that the command tells by itself, and so takes no option for.
        left_out: what it tells of other fields where their option is left out.
    """
    found = [option for option in options(kind) if option.name not in by_itself]
    for option in found:
        if isinstance(option, click.Option) and option.name in left_out:
            option.help = f"{option.help} {left_out[option.name]}"
    return found
