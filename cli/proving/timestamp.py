"""`answerable timestamp`: time stamps over the signed checkpoint, by RFC 3161."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from answerable.cli.shared.once import Group
from answerable.cli.shared.options import (
    EXISTING,
    Command,
    OutputFile,
    json_option,
    ledger_option,
    open_ledger,
    read_file,
)
from answerable.cli.shared.output import note, visible, write_json
from answerable.cli.shared.signed.verdict import Verdict

if TYPE_CHECKING:
    from answerable.ledger.timestamp.authority import Authorities
    from answerable.ledger.timestamp.stamps import Stamp, StampVerdict

UNCHECKED = (
    "NOT CHECKED: who made the time stamp. Anyone can make one that tells any time. Get the root "
    "certificate of the authority, and give it with --ca."
)


class DottedNumbers(click.ParamType[str]):
    """An object identifier."""

    name = "OID"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the numbers as they are."""
        text = str(value)
        if not all(part.isdecimal() and part.isascii() for part in text.split(".")):
            self.fail(f"{text!r} is not an object identifier, as 1.2.3.4 is.", param, ctx)
        return text


def authority_options(*, required: bool = False) -> Callable[[Command], Command]:
    """Add `--ca`, `--chain` and `--policy`, which the command gets as the `trusted` authorities."""
    with_ca = click.option(
        "--ca",
        "roots",
        multiple=True,
        required=required,
        type=EXISTING,
        metavar="FILE",
        help="Root certificates, in PEM, of authorities that you trust. Repeatable.",
    )
    with_chain = click.option(
        "--chain",
        multiple=True,
        type=EXISTING,
        metavar="FILE",
        help="Certificates that a stamp may lack: the authority's, and up to its root.",
    )
    with_policy = click.option(
        "--policy", type=DottedNumbers(), help="The policy that must have been followed."
    )

    def add(command: Command) -> Command:
        @wraps(command)
        def trusting(
            roots: tuple[Path, ...], chain: tuple[Path, ...], policy: str | None, **given: Any
        ) -> Any:
            return command(trusted=_authorities(roots, chain, policy), **given)

        return cast("Command", with_ca(with_chain(with_policy(trusting))))

    return add


@click.group("timestamp", cls=Group)
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Have an authority say by when the record was what it is.

    A time-stamping authority (RFC 3161) signs a digest of the last signed checkpoint together with
    the time. So every entry below that checkpoint existed by then; and that stays proved even if
    the ledger's own key leaks later. Nothing but a digest leaves the house.

    \b
    Example:
      answerable timestamp get http://tsa.example.com --ca root.pem
      answerable timestamp verify --ca root.pem
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


@command.command("request")
@click.option("--output", type=OutputFile(), metavar="FILE", help="Where to. [default: stdout]")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@ledger_option
@json_option
def request(output: Path | None, force: bool, ledger: str | None, as_json: bool) -> None:
    """Write a request for a time stamp, to be sent to an authority.

    Keep it until the reply is attached: the reply is held against it.

    \b
    Example:
      answerable timestamp request --output stamp.tsq
      curl -H 'Content-Type: application/timestamp-query' --data-binary @stamp.tsq \\
        --output stamp.tsr http://tsa.example.com
    """
    from answerable.ledger.system.atomic_file import new_file

    if output is None and (as_json or sys.stdout.isatty()):
        raise click.UsageError("A request is bytes, not text: name a file with --output.")
    from answerable.ledger.timestamp import stamps

    with open_ledger(ledger) as opened:
        checkpoint, made = stamps.request_stamp(opened)
    if output is None:
        sys.stdout.buffer.write(made.data)
        return
    with new_file(output, force=force) as file:
        file.write(made.data)
    if as_json:
        digest = made.imprint.digest.hex()
        write_json({"output": str(output), "size": checkpoint.size, "digest": digest})
    else:
        click.echo(f"Wrote a request over the checkpoint of {checkpoint.size:,} entries: {output}")


@command.command("attach")
@click.argument("reply", type=EXISTING)
@click.option(
    "--request", "asked", type=EXISTING, metavar="FILE", help="The request that it answers."
)
@authority_options(required=True)
@ledger_option
@json_option
def attach(
    reply: Path,
    asked: Path | None,
    trusted: Authorities,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Check and keep the time stamp that an authority replied with.

    It must be over a checkpoint of this ledger, answer the request, and be made by an authority
    that you trust: a stamp that is kept stays for good. Without the request, its nonce cannot be
    checked, and that is said.

    \b
    Example:
      answerable timestamp attach stamp.tsr --request stamp.tsq --ca root.pem
    """
    from answerable.ledger.timestamp import stamps

    with open_ledger(ledger) as opened:
        stamp = stamps.attach(
            opened,
            _read(reply),
            answering=None if asked is None else _read(asked),
            authorities=trusted,
        )
    if asked is None:
        note("NOT CHECKED: the nonce. Give the request that this answers with --request.")
    _say_kept(stamp, as_json)


@command.command("get")
@click.argument("url")
@authority_options(required=True)
@ledger_option
@json_option
def get(url: str, trusted: Authorities, ledger: str | None, as_json: bool) -> None:
    """Ask an authority for a time stamp over HTTP, and keep it.

    The reply is checked as `attach` checks it.

    \b
    Example:
      answerable timestamp get http://tsa.example.com --ca root.pem
    """
    from answerable.ledger.timestamp import stamps
    from answerable.ledger.timestamp.client import ask

    with open_ledger(ledger) as opened:
        _, made = stamps.request_stamp(opened)
        reply = ask(url, made.data)
        stamp = stamps.attach(opened, reply, answering=made.data, authorities=trusted)
    _say_kept(stamp, as_json)


@command.command("verify", cls=Verdict)
@authority_options()
@ledger_option
@json_option
def verify(trusted: Authorities | None, ledger: str | None, as_json: bool) -> int:
    """Check every time stamp that is kept. Exit code 0 means that all are good, 4 not.

    \b
    Example:
      answerable timestamp verify --ca root.pem
      answerable timestamp verify --ca one.pem --ca other.pem
    """
    from answerable.ledger.errors import NotVerified
    from answerable.ledger.timestamp import stamps

    with open_ledger(ledger) as opened:
        verdicts = list(stamps.verify_stamps(opened, trusted))
    good = not any(isinstance(verdict.found, NotVerified) for verdict in verdicts)
    if as_json:
        listed = [_verdict_json(number, verdict) for number, verdict in enumerate(verdicts, 1)]
        write_json({"verified": good, "authorities_checked": bool(trusted), "timestamps": listed})
    else:
        _say_verdicts(verdicts)
    if trusted is None and verdicts:
        note(UNCHECKED)
    return 0 if good else 4


@command.command("list")
@ledger_option
@json_option
def list_(ledger: str | None, as_json: bool) -> None:
    """List the time stamps that are kept. Who made them is not checked.

    \b
    Example:
      answerable timestamp list
    """
    from answerable.ledger.timestamp import stamps

    with open_ledger(ledger) as opened:
        verdicts = list(stamps.verify_stamps(opened))
    if as_json:
        for number, verdict in enumerate(verdicts, 1):
            write_json(_verdict_json(number, verdict))
    else:
        _say_verdicts(verdicts)


@command.command("export")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--number", type=click.IntRange(1), help="Which of `list`. [default: the last]")
@click.option("--force", is_flag=True, help="Overwrite the files if they are there.")
@ledger_option
@json_option
def export(
    folder: Path, number: int | None, force: bool, ledger: str | None, as_json: bool
) -> None:
    """Write a time stamp and what it is over to two files.

    They are named `checkpoint` and `token.tsr`, and openssl can check them, without answerable.

    \b
    Example:
      answerable timestamp export .
      openssl ts -verify -data checkpoint -in token.tsr -CAfile root.pem
    """
    from answerable.ledger.system.atomic_file import new_file
    from answerable.ledger.timestamp import stamps

    with open_ledger(ledger) as opened:
        stamp = stamps.find_stamp(opened, number)
    places = {folder / "checkpoint": stamp.note, folder / "token.tsr": stamp.token.reply}
    for place, data in places.items():
        with new_file(place, force=force) as file:
            file.write(data)
    if as_json:
        write_json({"size": stamp.checkpoint.size, "files": [str(place) for place in places]})
    else:
        click.echo("\n".join(f"Wrote {place}" for place in places))


def _authorities(
    roots: tuple[Path, ...], chain: tuple[Path, ...], policy: str | None
) -> Authorities | None:
    if not roots:
        if chain or policy:
            raise click.UsageError("--chain and --policy say nothing without --ca.")
        return None
    from answerable.ledger.timestamp.authority import Authorities, read_certificates

    return Authorities(read_certificates(roots), read_certificates(chain), policy)


def _read(place: Path) -> bytes:
    from answerable.ledger.timestamp.token import LONGEST

    return read_file(place, LONGEST)


def _say_kept(stamp: Stamp, as_json: bool) -> None:
    if as_json:
        write_json(_stamp_json(stamp))
    else:
        click.echo("Kept: " + _sentence(stamp))
        click.echo(_details(stamp))
    if not stamp.verified:
        note(UNCHECKED)


def _say_verdicts(verdicts: list[StampVerdict]) -> None:
    from answerable.ledger.timestamp.stamps import Stamp

    if not verdicts:
        note("There are no time stamps. To get one: `answerable timestamp get URL --ca FILE`.")
    for number, (size, found) in enumerate(verdicts, 1):
        if isinstance(found, Stamp):
            click.echo(f"{number}. {_sentence(found)}\n   {_details(found)}")
        else:
            click.echo(f"{number}. NOT GOOD, of the checkpoint of {size:,} entries:")
            click.echo(f"   {visible(found.cli_text())}")


def _sentence(stamp: Stamp) -> str:
    spoken = "existed by" if stamp.verified else "is said to have existed by"
    return f"the checkpoint of {stamp.checkpoint.size:,} entries {spoken} {_time(stamp)}."


def _details(stamp: Stamp) -> str:
    who = visible(stamp.authority or "an authority whose certificate is not at hand")
    token = stamp.token
    return f"{who}, serial {token.serial:x}, {token.imprint.algorithm}, policy {token.policy}"


def _time(stamp: Stamp) -> str:
    time = f"{stamp.token.time:%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".") + " UTC"
    accuracy = stamp.token.accuracy
    if accuracy is None:
        return f"{time} (accuracy not told)"
    return f"{time} (give or take {accuracy.total_seconds():g} s)"


def _verdict_json(number: int, verdict: StampVerdict) -> dict[str, Any]:
    from answerable.ledger.timestamp.stamps import Stamp

    size, found = verdict
    if isinstance(found, Stamp):
        return {"number": number, "good": True, **_stamp_json(found)}
    problem = {"size": size, "error": type(found).__name__, "message": found.message}
    return {"number": number, "good": False, **problem}


def _stamp_json(stamp: Stamp) -> dict[str, Any]:
    token = stamp.token
    return {
        "size": stamp.checkpoint.size,
        "root": stamp.checkpoint.root.hex(),
        "time": token.time.isoformat().replace("+00:00", "Z"),
        "accuracy": None if token.accuracy is None else token.accuracy.total_seconds(),
        "authority": stamp.authority,
        "authority_checked": stamp.verified,
        "serial": f"{token.serial:x}",
        "hash": token.imprint.algorithm,
        "digest": token.imprint.digest.hex(),
        "policy": token.policy,
    }
