"""`answerable views`."""

from __future__ import annotations

import click

from answerable.cli.shared.once import Group
from answerable.cli.shared.options import json_option, ledger_option, open_ledger
from answerable.cli.shared.output import note, tell, write_json
from answerable.cli.shared.signed.verdict import Verdict
from answerable.projections.wording.counts import counted


@click.group("views", cls=Group, invoke_without_command=False)
def command() -> None:
    """Make, check and look at the views that questions are answered from.

    A view has a document for each person, party or case: what the record says of it now. Views are
    caught up by themselves when a question is asked. They are made from the record and can be made
    again at any time; no proof rests on them.

    \b
    Example:
      answerable views show
      answerable views rebuild
      answerable views check
    """


@command.command("show")
@ledger_option
@json_option
def show(ledger: str | None, as_json: bool) -> None:
    """Show which views there are, and how many entries they reflect.

    \b
    Example:
      answerable views show
    """
    from answerable.ledger.indexes.documents import view_states
    from answerable.projections.documents import VIEWS

    with open_ledger(ledger) as opened:
        size = len(opened)
        found = view_states(opened, VIEWS)
    for each in found:
        if as_json:
            write_json({**each._asdict(), "entries": size})
            continue
        behind = size - (each.reflects or 0)
        state = "not made yet" if each.reflects is None else f"reflects {each.reflects:,}"
        late = f", {behind:,} to catch up" if behind and each.reflects is not None else ""
        documents = counted(each.documents, "document")
        tell(f"{each.view:<8} version {each.version}  {documents}, {state}{late}")


@command.command("rebuild")
@ledger_option
@json_option
def rebuild(ledger: str | None, as_json: bool) -> None:
    """Make the views, and the indexes of names and words, again from the first entry on.

    \b
    Example:
      answerable views rebuild
    """
    from answerable.ledger.indexes.differences import rebuild_all
    from answerable.ledger.indexes.documents import view_states
    from answerable.projections.documents import VIEWS

    with open_ledger(ledger) as opened:
        entries = rebuild_all(opened, VIEWS)
        found = view_states(opened, VIEWS)
    if as_json:
        write_json({"entries": entries, "documents": {each.view: each.documents for each in found}})
        return
    documents = sum(each.documents for each in found)
    tell(
        f"Made {counted(documents, 'document', 'documents')} "
        f"from {counted(entries, 'entry', 'entries')}."
    )


@command.command("check", cls=Verdict)
@ledger_option
@json_option
def check(ledger: str | None, as_json: bool) -> int:
    """Hold views, names and words against the record, and end with exit code 1 where they differ.

    Held against it are the views, and the indexes of names and of words. `answerable verify` checks
    them too, and the record itself.

    \b
    Example:
      answerable views check
    """
    from answerable.ledger.indexes.differences import derived_differences, uncompared
    from answerable.ledger.indexes.documents import view_states
    from answerable.projections.documents import VIEWS

    with open_ledger(ledger) as opened:
        entries = min(each.reflects or 0 for each in view_states(opened, VIEWS))
        wrong = list(derived_differences(opened, VIEWS))
        unchecked = list(uncompared(opened, VIEWS))
    if as_json:
        write_json({"entries": entries, "differences": wrong, "unchecked": unchecked})
        return 1 if wrong else 0
    for each in wrong:
        tell(each)
    for each in unchecked:
        note(f"Not checked here: {each}.")
    if wrong:
        note("`answerable views rebuild` makes them again. Ask who can write the file.")
        return 1
    tell(
        f"The views and indexes are what {counted(entries, 'entry', 'entries')} of the record "
        "amount to."
    )
    return 0
