"""`answerable new`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from answerable.cli.guiding.prompts import ask, choose_one, yes
from answerable.cli.shared.case_named import VARIABLE, say_whence
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    actor_option,
    allow_name_option,
    ledger_option,
    ledger_place,
    planned_option,
    recorder,
)
from answerable.cli.shared.output import note, visible
from answerable.cli.shared.recorded import all_recorded
from answerable.cli.suggestions import upon_the_ledger
from answerable.domain.errors import AnswerableError

if TYPE_CHECKING:
    from answerable.cli.guiding.drafts import Drafts
    from answerable.ledger.ledger import Ledger

NO_TERMINAL = (
    "`new` asks questions, and there is no terminal to ask them at. Record a step with "
    "`answerable append KIND --case CASE …`: `answerable append --help` lists the kinds, and "
    "`answerable next CASE` writes the commands for what usually follows. `answerable import FILE` "
    "takes many."
)

NEW_CASE = "a new case"

CLOSING = ("record them", "go on: there is more to tell", "take back the last", "record nothing")


@click.command("new", cls=Command)
@click.argument("case", required=False, metavar="[CASE]", envvar=VARIABLE, callback=say_whence)
@allow_name_option
@clock_option
@planned_option
@ledger_option
@actor_option
def command(case: str | None, accept_clock: bool, ledger: str | None, actor: str | None) -> None:
    """Record what happened, asked for step by step.

    For who has never recorded an event: it asks what happened, who was involved, what is known of
    the date, what it rests on, and where it comes from. Every answer may be left out by Enter, but
    for what a step cannot do without. What usually comes next, and the steps on record, are listed
    to choose from; whoever is not registered yet is registered on the way. In the end it shows in
    words what will be recorded, and asks. Until then nothing is on record.

    CASE is the case to go on with; left out, it asks. It needs a terminal: elsewhere, and in
    programs, there are `append` and `import`.

    \b
    Example:
      answerable new
      answerable new acme
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(upon_the_ledger(NO_TERMINAL))
    try:
        _make_ledger(ledger)
        with open_to_record(ledger, accept_clock=accept_clock) as opened:
            drafts = _told(opened, case, recorder(actor))
            if drafts is None:
                note("\nNothing is recorded.")
                return
            _record(opened, drafts, recorder(actor))
    except (KeyboardInterrupt, click.Abort):
        note("\nNothing of this is recorded, unless a receipt said so above.")
        raise


def _make_ledger(ledger: str | None) -> None:
    """Offer to make a ledger, where there is none."""
    place = ledger_place(ledger)
    if isinstance(place, str) or place.exists():
        return
    if not yes(f"There is no ledger {place} yet. Make it?"):
        raise click.UsageError(
            f"there is no ledger {place}: {upon_the_ledger('`answerable init`')} makes one."
        )
    from answerable.ledger.ledger import Ledger

    with Ledger.create(place):
        note(f"Made an empty ledger: {place}")


def _told(opened: Ledger, case: str | None, who: str) -> Drafts | None:
    """Ask what happened, until it is to be recorded; None where nothing is."""
    from answerable.cli.guiding.telling import tell_steps

    note("Enter leaves an answer out, < leaves out the step that is asked about, Ctrl-C ends.")
    drafts = _case(opened, case, who)
    if drafts is None:
        return None
    while True:
        tell_steps(drafts)
        if not drafts.events:
            return None
        for line in _summary(drafts):
            note(visible(line))
        _remark_names(opened, drafts, who)
        chosen = choose_one("What now?", CLOSING, enter="record them")
        if chosen in (None, 0):
            return drafts
        if chosen == 3:
            return None
        if chosen == 2 and drafts.steps:
            drafts.forget_last()
            note("The last step is taken back.")


def _case(opened: Ledger, case: str | None, who: str) -> Drafts | None:
    from answerable.cli.guiding.drafts import Drafts
    from answerable.projections.facts.lifecycle import case_closed
    from answerable.projections.titles import title_of

    if case is None:
        case = _chosen_case(opened)
    if case is not None and next(opened.events(case=case), None) is not None:
        drafts = Drafts(opened, case, title_of(opened, case), who)
        note(f"\nThis goes into: {visible(drafts.title)}")
        if case_closed(drafts.view) == "yes":
            note("It is closed: reopen it first.")
        return drafts
    return _new_case(opened, case, who)


def _chosen_case(opened: Ledger) -> str | None:
    """Ask which case it is; None: a new one."""
    from answerable.domain.kinds import HOUSE_CASE
    from answerable.projections.status.cases import each_in_short

    there = [each for each in each_in_short(opened) if each.case_id != HOUSE_CASE]
    if not there:
        return None
    called = [each.title or each.case_id for each in there]
    alike = {title for title in called if called.count(title) > 1}
    choices = [
        f"{title} ({each.case_id})" if title in alike else title
        for title, each in zip(called, there, strict=True)
    ]
    chosen = choose_one("Which case is it about?", [*choices, NEW_CASE], needed=True)
    return there[chosen].case_id if isinstance(chosen, int) and chosen < len(there) else None


def _new_case(opened: Ledger, case: str | None, who: str) -> Drafts | None:
    """Open a case that is not on record yet."""
    from answerable.cli.guiding.drafts import Drafts
    from answerable.cli.guiding.happened import Happened
    from answerable.cli.guiding.prompts import Left
    from answerable.cli.guiding.telling import tell_step

    if case is not None and not yes(f"There is no case {case!r} yet. Open it?"):
        return None
    try:
        title = ask("A new case. What is it called, as in: Gifts from a supplier?", needed=True)
        if case is None:
            case = _asked_id(opened)
        drafts = Drafts(opened, case, str(title), who)
        tell_step(drafts, Happened("case-opened", case, {"title": title}))
    except Left:
        return None
    return drafts


def _asked_id(opened: Ledger) -> str:
    """Ask for the id of a new case, until it is one that can be."""
    from answerable.domain.fields import CASE_ID

    free = _free_id(opened)
    while True:
        told = ask("Which id is it to go by, for ever and in the open?", enter=free) or free
        if not re.fullmatch(CASE_ID, told):
            note("An id has lower-case letters, digits, `.`, `_` and `-`, 64 at the most.")
        elif next(opened.events(case=told), None) is not None:
            note(f"There is a case {told} already.")
        else:
            return told


def _free_id(opened: Ledger) -> str:
    """Return an id for a case that tells nothing, and that none goes by."""
    taken = {each.case_id for each in opened.cases()}
    number = len(taken) + 1
    while f"case-{number:03}" in taken:
        number += 1
    return f"case-{number:03}"


def _summary(drafts: Drafts) -> list[str]:
    """Say in words what will be recorded."""
    from answerable.cli.guiding.summary import summary_lines

    return ["", f"This will be recorded in {drafts.title}:", *summary_lines(drafts)]


def _remark_names(opened: Ledger, drafts: Drafts, who: str) -> None:
    """Note the names that would stand in the open, while it can still be told otherwise."""
    from answerable.cli.shared.open_names import say_open_names

    try:
        found = opened.open_names_of(drafts.events, recorded_by=who)
    except AnswerableError:
        return  # It is told when they are to be recorded, beside what was told.
    if say_open_names(found):
        note("Once it is recorded, the chain keeps that for ever, and no erasure reaches it.")


def _record(opened: Ledger, drafts: Drafts, who: str) -> None:
    """Record all steps together, or none."""
    from answerable.cli.recording.receipt_text import show_batch
    from answerable.cli.shared.signed.signers import remark_demand

    try:
        receipts = opened.append_all(drafts.events, recorded_by=who)
    except AnswerableError as error:
        known = (
            "Whether it is recorded is not known" if _is_unknown(error) else "Nothing is recorded"
        )
        note(f"\n{known}. This is what you told, as `answerable import` takes it:")
        for event in drafts.events:
            told = event.model_dump_json(by_alias=True, exclude_defaults=True)
            click.echo(f'{{"kind":"{event.kind}",{told[1:]}', err=True)
        raise
    with all_recorded():
        show_batch(opened, receipts, drafts.case_id)
        remark_demand(opened, receipts[-1], "What append records is signed by --sign KEY.")


def _is_unknown(error: AnswerableError) -> bool:
    from answerable.ledger.errors import OutcomeUnknown

    return isinstance(error, OutcomeUnknown)
