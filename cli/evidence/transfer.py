"""`answerable evidence transfer`."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import Any

import click

from answerable.cli.evidence.options import check_dry_run, kind_options_without, recording_options
from answerable.cli.recording.given.command import KindCommand
from answerable.cli.recording.given.resolved import resolved_fields, told_fields
from answerable.cli.recording.receipt_text import show_preview, show_receipt, verbose_option
from answerable.cli.shared.clock import open_to_record
from answerable.cli.shared.open_names import remark_unregistered, unregistered
from answerable.cli.shared.options import recorder
from answerable.cli.shared.output import note, visible
from answerable.cli.shared.references import find_exhibit
from answerable.cli.shared.signed.appending import append_signed
from answerable.cli.shared.signed.signers import remark_demand
from answerable.domain.parsing import parse

KIND = "custody-transferred"


@click.command("transfer", cls=KindCommand)
@click.argument("evidence", metavar="EVIDENCE")
@verbose_option
@recording_options
def command(
    evidence: str,
    ledger: str | None,
    actor: str | None,
    key: Path | None,
    signers: Path | None,
    dry_run: bool,
    accept_clock: bool,
    verbose: bool,
    as_json: bool,
    **values: Any,
) -> None:
    """Record that an exhibit passed to another keeper.

    EVIDENCE is the event that registered it: its id, the beginning of it, or its position. Without
    --from, it is from whoever keeps it by the record, unless the record leaves that open, or the
    transfer is recorded late, after others that followed it. What is told is recorded, also where
    it leaves a gap in the custody; then that is said.

    \b
    Example:
      answerable evidence transfer 12 --to p-8 --occurred 2026-01-07
      answerable evidence transfer 12 --to p-9 --from p-8 --location "safe 3"
    """
    from answerable.projections.evidence.custody import CustodyStep, custody, giver, with_next
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.facts import fold
    from answerable.projections.facts.names import names

    check_dry_run(key, dry_run=dry_run)
    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        exhibit = find_exhibit(opened, evidence)
        fields = resolved_fields(opened, KIND, *told_fields(KIND, values))
        fields |= {"kind": KIND, "case_id": exhibit.case_id, "evidence": exhibit.event_id}
        event = parse(fields)
        # The same event again is to say the same again: what followed it is left out.
        events = opened.events(case=exhibit.case_id)
        earlier = takewhile(lambda each: each.event_id != event.event_id, events)
        view = CaseView(fold(exhibit.case_id, earlier))
        kept = custody(view, view.facts[exhibit.event_id])
        keeper = giver(kept, event.occurred)
        expected = None
        if "from" not in fields and keeper is not None:
            fields["from"] = keeper
            # That holds only as long as nobody else hands it on.
            expected = len(view.facts)
            event = parse(fields)
            who_keeps = visible(names(opened).called(keeper))
            note(f"From {who_keeps}, who keeps it by the record.")
        hands = (fields.get("from"), fields["to"])
        step = CustodyStep("", len(opened), *hands, event.occurred, zone=view.zone)
        gaps = [gap for gap in with_next(kept, step).gaps if gap not in kept.gaps]
        who = recorder(actor)
        if dry_run:
            entry, receipt = opened.preview(event, recorded_by=who, expected_version=expected)
            show_preview(opened, entry, receipt, as_json)
        else:
            receipt = (
                opened.append(event, recorded_by=who, expected_version=expected)
                if key is None
                else append_signed(opened, event, who, key, signers, expected)
            )
            show_receipt(
                opened,
                receipt,
                as_json=as_json,
                nobody=unregistered(opened, [event]),
                verbose=verbose,
            )
            if key is None:
                remark_demand(opened, receipt, "Sign with --sign KEY.")
        if not receipt.duplicate:
            remark_unregistered(opened, unregistered(opened, [event]))
            for gap in gaps:
                note(f"A gap in its custody ({gap.verdict}): {gap.text}.")


command.params = [
    *kind_options_without(
        KIND, ("case_id", "evidence"), {"from": "Left out, its keeper by the record."}
    ),
    *command.params,
]
