"""`answerable append`: one event, told by options that are made from its kind's model."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Sequence
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.recording.asked import Others, Signing
from answerable.cli.recording.given.command import KindCommand
from answerable.cli.recording.given.links import Link
from answerable.cli.recording.receipt_text import show_preview, show_receipt, verbose_option
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Group
from answerable.cli.shared.open_names import (
    remark_open_names,
    remark_registered_before,
    remark_unregistered,
    unregistered,
)
from answerable.cli.shared.options import (
    actor_option,
    allow_name_option,
    intent_options,
    json_option,
    ledger_option,
    recorder,
)
from answerable.cli.shared.output import note, write_json
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.appending import append_signed
from answerable.cli.shared.signed.signers import remark_demand, sign_option, signers_option
from answerable.domain.errors import AnswerableError, InvalidEvent
from answerable.domain.kinds import ERASURE, FAMILIES, FAMILY, STEPS, kind_named, model

if TYPE_CHECKING:
    from answerable.cli.recording.given.corrected import Assigned
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt
    from answerable.projections.conformance.saying.worsening import Worse

INTERRUPTED = 130

CORRECTION = "correction"


class KindGroup(Group):
    """A group with a command for each kind of event, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the six steps by their everyday words, then every kind."""
        return [*STEPS, *FAMILY]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command for a kind."""
        try:
            return command_for(kind_named(cmd_name))
        except InvalidEvent as error:
            raise click.UsageError(f"{error.message} {error.cli_hint}", ctx) from None

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem[str]]:
        """List the kinds that begin with a word, without making their commands, or the options."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=summary(kind_named(name)))
            for name in self.list_commands(ctx)
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the kinds by family, with what each means in a line."""
        words = {kind: word for word, kind in STEPS.items()}
        for family, kinds in FAMILIES.items():
            with formatter.section(f"Kinds: {family}"):
                formatter.write_dl(
                    [
                        (f"{kind}, {words[kind]}" if kind in words else kind, summary(kind))
                        for kind in kinds
                    ]
                )


@click.group("append", cls=KindGroup, subcommand_metavar="KIND [OPTIONS]")
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Record one event.

    KIND says what happened; `answerable append KIND --help` lists what can be told of it. What the
    source does not tell is left out. Where an option takes an event, give its id, at least the
    first 8 letters of it, or its position; where it takes a party, its pseudonym or the name that
    it is registered under.

    \b
    Example:
      answerable append contact --case acme --counterparty org-7 --occurred ../2026-01-05
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


def summary(kind: str) -> str:
    """Return in a line what a kind means."""
    return (model(kind).__doc__ or "").split("\n", 1)[0]


def command_for(kind: str) -> click.Command:
    """Make the command that records an event of this kind."""
    from answerable.cli.recording.given import options
    from answerable.cli.recording.given.resolved import told_fields

    @ledger_option
    @actor_option
    @sign_option
    @click.option(
        "--prepare",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Record nothing; write FILE and FILE.statement, to be signed and given to "
        "`answerable record`.",
    )
    @signers_option
    @allow_name_option
    @click.option("--dry-run", is_flag=True, help="Show the entry and its hash; record nothing.")
    @click.option(
        "--check",
        is_flag=True,
        help="Once it is recorded, warn of what it makes worse by the policies in force.",
    )
    @clock_option
    @intent_options
    @click.option(
        "--expect-version",
        type=click.IntRange(min=0),
        metavar="NUMBER",
        help="Refuse if the case does not have just so many events.",
    )
    @verbose_option
    @json_option
    def run(
        ledger: str | None,
        actor: str | None,
        key: Path | None,
        prepare: Path | None,
        signers: Path | None,
        dry_run: bool,
        check: bool,
        accept_clock: bool,
        expect_version: int | None,
        verbose: bool,
        as_json: bool,
        edit: bool = False,
        **values: Any,
    ) -> int:
        if sum((key is not None, prepare is not None, dry_run)) > 1:
            raise click.UsageError("--sign, --prepare and --dry-run exclude each other.")
        if check and (dry_run or prepare is not None):
            raise click.UsageError("--check is of what is recorded, and nothing is.")
        given, links = told_fields(kind, values)
        return append(
            kind,
            given,
            links=links,
            assigned=_assigned(values) if kind == CORRECTION else None,
            ledger=ledger,
            actor=actor,
            edit=edit,
            signing=Signing(key, prepare, signers),
            dry_run=dry_run,
            check=check,
            accept_clock=accept_clock,
            expected_version=expect_version,
            verbose=verbose,
            as_json=as_json,
            others=Others(values["others"], values["called"]) if kind == ERASURE else None,
        )

    made = click.command(
        kind,
        cls=KindCommand,
        help=f"{summary(kind)}\n\n\b\nExample:\n{options.example(kind)}",
    )(run)
    fields = model(kind).model_fields
    made.narratives = frozenset(name for name in model(kind).long if fields[name].is_required())
    more = erasure_options() if kind == ERASURE else _edit_option(kind)
    made.params = [*options.options(kind), *more, *made.params]
    return made


def _assigned(values: dict[str, Any]) -> Assigned:
    from answerable.cli.recording.given.corrected import Assigned

    return Assigned(values["fields"], values["fields_json"])


def _edit_option(kind: str) -> list[click.Parameter]:
    long = model(kind).long
    if not long:
        return []
    text = f"Write {', '.join(long)} in $VISUAL or $EDITOR."
    return [click.Option(["--edit"], is_flag=True, help=text)]


def erasure_options() -> list[click.Parameter]:
    """Make the options for the texts that name a person and that an erasure does not cover."""
    return [
        click.Option(
            ["--others"],
            type=Choice(["all", "named", "keep"]),
            help="What becomes of other texts with the person's name in them: all go, those with "
            "a whole name go, or they stay. Left out, a terminal lists them and asks.",
        ),
        click.Option(
            ["--called"],
            multiple=True,
            metavar="NAME",
            help="Look for this name, too. May be given more than once.",
        ),
    ]


def append(
    kind: str,
    given: dict[str, Any],
    *,
    ledger: str | None,
    actor: str | None,
    edit: bool,
    signing: Signing,
    dry_run: bool,
    accept_clock: bool,
    expected_version: int | None,
    verbose: bool,
    as_json: bool,
    check: bool = False,
    others: Others | None = None,
    links: Sequence[Link] = (),
    assigned: Assigned | None = None,
) -> int:
    """Record an event, or show or write what would be recorded.

    Args:
        kind: the kind of event.
        given: its fields, as far as options gave them.
        ledger: the ledger.
        actor: who records.
        edit: whether to have narratives written in an editor.
        signing: how it is to be signed.
        dry_run: whether to record nothing.
        expected_version: how many events the case is to have.
        verbose: whether the receipt tells hashes, too.
        as_json: whether to write JSON.
        check: whether to warn of what it makes worse by the policies in force.
        others: of an erasure, what becomes of other texts that name the person.
        links: what stands in its basis, in that order, as it was given.
        assigned: of a correction, what it sets.

    Returns:
        The exit code.
    """
    from answerable.cli.recording.given.resolved import resolved_fields
    from answerable.domain.parsing import parse

    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        fields = resolved_fields(opened, kind, given, links, assigned)
        if kind == "party-registered" and "party" not in fields:
            fields["party"] = pseudonym()
            opened.intent = opened.intent._replace(drawn=frozenset(("party",)))
        if edit:
            from answerable.cli.recording.editor import edited_narratives

            narratives = edited_narratives(kind, fields)
            if narratives is None:
                note("Nothing was saved in the editor, so nothing is recorded.")
                return INTERRUPTED
            fields = {
                **{n: v for n, v in fields.items() if n not in model(kind).long},
                **narratives,
            }
        else:
            narratives = {}
        try:
            event = parse({"kind": kind, **fields})
            who = recorder(actor)
            if others is not None:
                from answerable.cli.recording.erasing import Way, record_erasure

                way = Way(opened, who, signing, expected_version, dry_run, as_json)
                return record_erasure(event, others, way)
            if dry_run:
                entry, receipt = opened.preview(
                    event, recorded_by=who, expected_version=expected_version
                )
                show_preview(opened, entry, receipt, as_json)
                return 0
            if signing.prepare is not None:
                from answerable.cli.recording.preparing import (
                    prepared_json,
                    show_prepared,
                    write_prepared,
                )

                prepared = opened.prepare(event, recorded_by=who, expected_version=expected_version)
                write_prepared((prepared, signing.prepare))
                if as_json:
                    write_json(prepared_json(prepared, signing.prepare))
                else:
                    show_prepared(prepared, signing.prepare)
                return 0
            if signing.key is not None:
                receipt = append_signed(
                    opened, event, who, signing.key, signing.signers, expected_version
                )
            else:
                receipt = opened.append(event, recorded_by=who, expected_version=expected_version)
        except AnswerableError:
            for name, text in narratives.items():
                note(f"You wrote, as {name}:\n{text}\n")
            raise
        with all_recorded():
            if signing.key is None:
                remark_demand(opened, receipt, "Sign with --sign KEY.")
            nobody = unregistered(opened, [event])
            worse = _worsened(opened, receipt) if check else None
            show_receipt(
                opened, receipt, as_json=as_json, nobody=nobody, verbose=verbose, worse=worse
            )
            if not receipt.duplicate:
                remark_unregistered(opened, nobody)
                if kind == "party-registered":
                    remark_registered_before(opened, fields["party"], receipt.position)
                remark_open_names(opened, receipt.position)
    return 0


def _worsened(opened: Ledger, receipt: Receipt) -> Sequence[Worse] | None:
    from answerable.cli.recording.warning import worsened

    return worsened(opened, receipt)


def pseudonym() -> str:
    """Draw a pseudonym that tells nothing: `p-` and 50 random bits in base32 (RFC 4648)."""
    return f"p-{b32encode(urandom(7))[:10].decode().lower()}"
