"""`answerable db`: look after a ledger on a PostgreSQL server."""

from __future__ import annotations

import click

from answerable.cli.shared.once import Group
from answerable.cli.shared.options import json_option, ledger_option, ledger_place, open_ledger
from answerable.cli.shared.output import note, write_json

VACUUMED = "Nothing that was erased is left in the ledger's own pages."


@click.group("db", cls=Group)
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Look after a ledger on a PostgreSQL server: its roles, and its disk.

    Roles say who may do what with the ledger; its disk may hold bytes of what was erased.

    \b
    Example:
      answerable db init --roles
      answerable db vacuum
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


@command.command("init")
@click.option("--roles", "with_roles", is_flag=True, help="Make its roles, with their rights.")
@ledger_option
@json_option
def init(with_roles: bool, ledger: str | None, as_json: bool) -> None:
    """Make an empty ledger on a server, and its roles.

    With --roles, a ledger that is there gets roles, or has their rights set anew: owner, writer,
    eraser, reader and auditor, named after the database. Nobody logs in as one of them; users are
    made members. It takes a superuser, or a user who may make roles and owns the ledger.

    \b
    Example:
      answerable db init --roles
      psql house -c 'GRANT house_writer TO jane'
    """
    from answerable.ledger.errors import LedgerNotFound
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.opening import is_on_server, make_roles, name_of

    place = ledger_place(ledger)
    if not is_on_server(place):
        raise click.UsageError(
            f"{place} is a file. `answerable init` makes one; a server is named as "
            "--ledger postgresql://records.example/house."
        )
    made = False
    try:
        roles = make_roles(place) if with_roles else None
    except LedgerNotFound:
        roles = None
    if roles is None:
        Ledger.create(place).close()
        made = True
        roles = make_roles(place) if with_roles else {}
    if as_json:
        write_json({"ledger": name_of(place), "made": made, "roles": roles})
        return
    if made:
        click.echo(f"Made an empty ledger: {name_of(place)}")
    if roles:
        click.echo(f"{len(roles)} roles have their rights, and nobody else has any:")
    for role, may in roles.items():
        click.echo(f"  {role} {may}")
    if roles:
        writer = next(role for role in roles if role.endswith("_writer"))
        note(f"Users are made members, as an owner of roles: GRANT {writer} TO jane.")


@command.command("vacuum")
@ledger_option
@json_option
def vacuum(ledger: str | None, as_json: bool) -> None:
    """Have the server overwrite what was erased, as the owner of the table.

    An erasure does so itself, where whoever records it owns the table. Where it ended with exit
    code 3, for they do not, or because someone was still reading, this finishes it.

    \b
    Example:
      answerable db vacuum --ledger postgresql://admin@records.example/house
    """
    with open_ledger(ledger) as opened:
        opened.forget_bytes()
    if as_json:
        write_json({"remains": False})
        return
    click.echo(VACUUMED)
    if opened.place is None:
        note("The server's write-ahead log, its archives, standbys and backups keep it for longer.")
