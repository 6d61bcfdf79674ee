"""Make, show, compare and adopt the documents that cases are judged by: `answerable policy`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.judging.asked import document_in
from answerable.cli.shared.answering.paging import PagedCommand
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.formats.language import in_language_asked, language_option
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Group
from answerable.cli.shared.options import (
    EXISTING,
    actor_option,
    again_option,
    allow_name_option,
    json_option,
    ledger_option,
    recorder,
)
from answerable.cli.shared.output import line_writer, note, tell, visible, write_json
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.shared.signed.verdict import Verdict
from answerable.cli.shared.zone.asked import zone_asked, zone_option
from answerable.cli.suggestions import suggested

if TYPE_CHECKING:
    from collections.abc import Iterable

    from answerable.cli.judging.policies.adopting import Step
    from answerable.cli.shared.text import TextLine
    from answerable.domain.policy.document import Policy
    from answerable.ledger.store.receipt import Receipt


@click.group("policy", cls=Group)
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Make, check, show, compare and adopt the policies that judge cases.

    A policy is a document (TOML) of rules. What a house adopts is in force from then on, and judges
    what happens from then on; where it adopted none, the policies that come with this program
    judge.

    \b
    Example:
      answerable policy new generic conduct.toml --id conduct
      answerable policy validate conduct.toml
      answerable policy adopt conduct.toml --from 2026-02-01
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


@command.command("new")
@click.argument("profile", metavar="[PROFILE]", required=False)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--id", "policy_id", metavar="ID", help="The id of the new policy.")
@click.option(
    "--from-declare",
    "model",
    metavar="MODEL",
    type=EXISTING,
    help="Begin with the rules of a model of pm4py, in JSON, instead of a PROFILE.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def new(
    profile: str | None, file: Path | None, policy_id: str | None, model: Path | None, force: bool
) -> None:
    """Write a policy to begin with: one that comes with this program, to be changed.

    PROFILE is one of generic (left out), eu-whistleblowing, uk-smcr and prc-labour. FILE is where
    it is written; left out, a file of its id in this folder; `-` writes it out.

    \b
    Example:
      answerable policy new
      answerable policy new uk-smcr conduct.toml --id conduct
      answerable policy new --from-declare model.json mined.toml --id mined
    """
    from answerable.cli.judging.policies.beginning import begun, check_id

    if model is None:
        profile = profile or "generic"
        text = begun(profile, policy_id)
        warnings: tuple[str, ...] = ()
    else:
        from answerable.cli.judging.policies.from_model import begun_from

        if file is not None:
            raise click.UsageError(
                "--from-declare takes the place of a PROFILE: give a FILE alone."
            )
        file, profile = (None if profile is None else Path(profile)), "declare"
        check_id(policy_id or profile)
        text, warnings = begun_from(model, policy_id or profile)
    for warning in warnings:
        note(f"{warning}.")
    if file is not None and str(file) == "-":
        click.echo(text, nl=False)
        return
    from answerable.ledger.system.atomic_file import new_file

    place = file or Path(f"{policy_id or profile}.toml")
    with new_file(place, force=force) as out:
        out.write(text)
    tell(f"Wrote {place}. Change its rules, then try it: {suggested('policy', 'validate', place)}")


@command.command("validate", cls=Verdict)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=EXISTING)
@json_option
def validate(files: tuple[Path, ...], as_json: bool) -> int:
    """Check that files are policies, and say all that is wrong with each, by its path.

    \b
    Exit codes:
      0  each is a policy
      1  one is not

    \b
    Example:
      answerable policy validate conduct.toml
    """
    from answerable.domain.policy.faults import InvalidPolicy

    sound = True
    found: list[dict[str, Any]] = []
    write = line_writer()
    for place in files:
        told: dict[str, Any] = {"file": str(place), "valid": True, "faults": []}
        try:
            document = document_in(place)
        except InvalidPolicy as error:
            sound = False
            told |= {"valid": False, "faults": [each._asdict() for each in error.faults]}
            if not as_json:
                number = f"{len(error.faults):,} fault{'' if len(error.faults) == 1 else 's'}"
                write(f"{place} is no policy: {number}.", "bold red")
                for each in error.faults:
                    write(visible(f"  {each}"), None)
        else:
            policy = document.policy
            told |= {"policy": policy.id, "version": policy.version, "rules": len(policy.rule)}
            told |= {"digest": document.digest}
            if not as_json:
                rules = f"{len(policy.rule):,} rule{'' if len(policy.rule) == 1 else 's'}"
                said = f"{place} is a policy: {policy.title} ({policy.id} {policy.version}), "
                write(visible(f"{said}{rules}."), "bold green")
        found.append(told)
    if as_json:
        write_json({"files": found})
    return 0 if sound else 1


@command.command("show", cls=PagedCommand)
@click.argument("policy", metavar="[POLICY]", required=False)
@click.option(
    "--format",
    "form",
    type=Choice(("text", "toml", "json", "pm4py")),
    default="text",
    show_default=True,
    help="Words to read; the document itself; JSON; or its rules of DECLARE, as pm4py's model.",
)
@click.option(
    "--loosely",
    is_flag=True,
    help="With pm4py: say a rule, too, of which a part cannot be said there.",
)
@ledger_option
@json_option
@language_option
def show(
    policy: str | None,
    form: str,
    loosely: bool,
    ledger: str | None,
    as_json: bool,
    language: str | None,
) -> None:
    """Show what a policy asks, in words; without one, which policies judge.

    POLICY is a file, or the id of a policy that was adopted or comes with this program, with or
    without its version: generic@1.

    \b
    Example:
      answerable policy show
      answerable policy show eu-whistleblowing
      answerable policy show conduct.toml --format pm4py > model.json
    """
    if as_json and form not in ("text", "json"):
        raise click.UsageError(f"--json and --format {form} exclude one another.")
    if loosely and form != "pm4py":
        raise click.UsageError("--loosely needs --format pm4py.")
    form = "json" if as_json else form
    with in_language_asked(language, form):
        _show(policy, form, ledger, loosely=loosely)


def _show(policy: str | None, form: str, ledger: str | None, *, loosely: bool) -> None:
    """Show a policy in a format, or which policies judge."""
    from answerable.cli.judging.policies.finding import find, on_record

    if policy is None:
        if form not in ("text", "json"):
            raise click.UsageError(f"--format {form} needs a POLICY.")
        versions = on_record(ledger)
        if form == "json":
            from answerable.cli.judging.policies.policy_json import register_json

            write_json(register_json(versions))
        else:
            from answerable.cli.judging.policies.policy_text import register_lines

            _write(register_lines(versions))
        return
    found = find(policy, ledger)
    if form == "toml":
        click.echo(found.document.text, nl=False)
    elif form == "pm4py":
        _write_model(found.document.policy, loosely=loosely)
    elif form == "json":
        from answerable.cli.judging.policies.policy_json import policy_json

        write_json(policy_json(found))
    else:
        from answerable.cli.judging.policies.policy_text import policy_lines

        _write(policy_lines(found.document, found.where))


def _write(lines: Iterable[TextLine]) -> None:
    write = line_writer()
    for line in lines:
        write(visible(line.text), line.style or None)


def _write_model(policy: Policy, *, loosely: bool) -> None:
    import json

    from answerable.projections.interchange.declare_model import declare_model

    model = declare_model(policy, loosely=loosely)
    click.echo(json.dumps(model.document, indent=1, ensure_ascii=False))
    for left in model.left_out:
        how = "Said without" if left.said else "Left out"
        note(f"{how}: {left.rule}: {'; '.join(left.parts)}.")
    for warning in model.warnings:
        note(warning)


@command.command("diff", cls=PagedCommand)
@click.argument("old", metavar="POLICY")
@click.argument("new_", metavar="POLICY")
@ledger_option
@json_option
def diff(old: str, new_: str, ledger: str | None, as_json: bool) -> None:
    """Show what the second policy asks otherwise than the first: rules added, removed, changed.

    Each POLICY is a file, or an id with or without its version: generic@1.

    \b
    Example:
      answerable policy diff generic conduct.toml
      answerable policy diff conduct@1 conduct@2
    """
    from answerable.cli.judging.policies.finding import find
    from answerable.domain.answers import json_value
    from answerable.projections.conformance.saying.changes import changes

    before, after = (find(each, ledger).document for each in (old, new_))
    found = changes(before.policy, after.policy)
    if as_json:
        names = {"old": before.policy.name, "new": after.policy.name}
        write_json({**names, "changes": json_value(found)})
        return
    from answerable.cli.judging.policies.changes_text import changes_lines

    _write(changes_lines(before.policy, after.policy, found))


@command.command("adopt")
@click.argument("file", metavar="FILE", type=EXISTING)
@click.option(
    "--from",
    "start",
    metavar="DATE",
    help="From when it is in force (EDTF). [default: today]",
)
@click.option("--case", metavar="CASE", help="The case that takes it. [default: house]")
@click.option("--dry-run", is_flag=True, help="Say what it changes; record nothing.")
@zone_option
@actor_option
@allow_name_option
@clock_option
@again_option("Record it though the same is on record already.")
@ledger_option
@json_option
def adopt(
    file: Path,
    start: str | None,
    case: str | None,
    dry_run: bool,
    actor: str | None,
    accept_clock: bool,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Adopt a policy: from now on, or from a day on, cases are judged by it.

    The document goes on record whole, with its digest, so that whoever replays the record judges by
    just these bytes. It is checked before. What happened earlier is judged by what was in force
    then. Says what it changes against the version that holds now.

    \b
    Example:
      answerable policy adopt conduct.toml --dry-run
      answerable policy adopt conduct.toml --from 2026-02-01
    """
    from answerable.cli.judging.policies.adopting import fields_of, step_to
    from answerable.domain.kinds import HOUSE_CASE
    from answerable.domain.parsing import parse

    document = document_in(file)
    begins = _today() if start is None else start
    click.get_current_context().find_root().ensure_object(dict)["new_case"] = True
    with open_to_record(ledger, accept_clock=accept_clock) as opened:
        event = parse(fields_of(document, begins, case or HOUSE_CASE))
        step = step_to(opened, document, begins)
        receipt = None
        if not dry_run:
            from answerable.cli.shared.signed.signers import remark_demand

            receipt = opened.append(event, recorded_by=recorder(actor))
            with all_recorded():
                remark_demand(
                    opened,
                    receipt,
                    "`answerable append policy-adopted --help` tells how to sign one.",
                )
    _say_adopted(document.policy, step, receipt, begins, as_json=as_json)


def _today() -> str:
    """Return which day it is where who asks has theirs."""
    from answerable.ledger.system.clock import checked

    return checked(None)().astimezone(zone_asked().tz).date().isoformat()


def _say_adopted(
    policy: Policy, step: Step, receipt: Receipt | None, start: str, *, as_json: bool
) -> None:
    from answerable.domain.answers import json_value

    if as_json:
        from answerable.domain.record import TreeHead

        told: dict[str, Any] = {"dry_run": True} if receipt is None else receipt.as_dict()
        told |= {"policy": policy.id, "version": policy.version, "from": start}
        told["until"] = step.until
        told |= {"changes": json_value(step.changes), "first": step.first}
        told["compared_with"] = None if step.before is None else step.before.name
        write_json(told, None if receipt is None else TreeHead(receipt.size, receipt.root))
        return
    done = "Would be adopted" if receipt is None else f"Adopted by #{receipt.position}"
    write = line_writer()
    until = "" if step.until is None else f" until {step.until}"
    force = f"in force from {start}{until}"
    write(visible(f"{done}: {policy.title} ({policy.id} {policy.version}), {force}."), "bold")
    if step.until is not None:
        tell("From then on another version of it holds, as `answerable policy show` lists.")
    if step.first:
        tell("It is the first: what comes with this program judges no longer what it judges.")
    if step.before is None:
        tell(f"No version of {policy.id} was in force before.")
        return
    from answerable.cli.judging.policies.changes_text import changes_lines

    _write(changes_lines(step.before, policy, step.changes))
