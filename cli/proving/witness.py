"""`answerable witness`: watching logs that one does not run, and cosigning what they show."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.once import Group
from answerable.cli.shared.options import json_option
from answerable.cli.shared.output import head_json, note, write_json
from answerable.cli.shared.signed.passphrase import new_passphrase, passphrase, passphrase_option
from answerable.cli.shared.signed.published import check_reach, published_log, reach_options
from answerable.cli.shared.signed.trust import read_keys
from answerable.cli.shared.signed.verdict import Verdict
from answerable.cli.suggestions import suggested
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.ledger.witness.decision import AddCheckpointRequest, Watched
    from answerable.ledger.witness.store import Evidence
    from answerable.ledger.witness.witness import Cosigned, Witness

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))


class Listen(click.ParamType[Any]):
    """An address and a port."""

    name = "HOST:PORT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Return the address and the port, an IPv6 address without its brackets."""
        host, _, port = value.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
            self.fail(f"{value!r} is no address with a port, as 127.0.0.1:8080.", param, ctx)
        return host.removeprefix("[").removesuffix("]"), int(port)


@click.group("witness", cls=Group)
def command() -> None:
    """Watch logs of others, and cosign what only grew.

    A witness keeps, for each log, the last checkpoint that it cosigned. It cosigns the next one if
    that is signed by the log and extends the last; it refuses one that is shorter or was rewritten,
    and keeps both as evidence. Run one where those who run the log have no say.

    \b
    Example:
      answerable witness init w1 --name witness.example/w1
      answerable witness watch w1 --key log.vkey
      answerable witness cosign w1 https://example.com/ledger > cosignatures.txt
      answerable witness serve w1 --listen 127.0.0.1:8080
    """


@command.command("init")
@FOLDER
@click.option(
    "--name", required=True, metavar="NAME", help="What the witness is called: witness.example/w1."
)
@passphrase_option
@json_option
def init(folder: Path, name: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a witness: its keys, and a memory of nothing.

    \b
    Example:
      answerable witness init w1 --name witness.example/w1
    """
    from answerable.ledger.witness.witness import Witness, key_file

    made = Witness.create(folder, name, new_passphrase(passphrase_file))
    keys = [str(signer.key) for signer in made.signers]
    if as_json:
        write_json({"name": name, "key_file": str(key_file(folder)), "keys": keys})
        return
    click.echo(f"{name} is made in {folder}.")
    note(f"Its private keys are in {key_file(folder)}. Whoever relies on it gets the public ones:")
    note(f"  {suggested('witness', 'keys', folder)}")


@command.command("watch")
@FOLDER
@click.option(
    "--key", "keys", multiple=True, metavar="VKEY|FILE", help="A key of the log. Repeatable."
)
@click.option(
    "--retire",
    multiple=True,
    metavar="VKEY|FILE",
    help="A key that the log signs with no more. Repeatable.",
)
@json_option
def watch(folder: Path, keys: tuple[str, ...], retire: tuple[str, ...], as_json: bool) -> None:
    """Watch a log from now on, by the keys that it signs with.

    The log is the one whose name the keys bear. When it changes its keys, add the new ones.

    \b
    Example:
      answerable witness watch w1 --key log.vkey
      answerable witness watch w1 --key new.vkey --retire old.vkey
    """
    from answerable.ledger.witness.witness import Witness

    if not (keys or retire):
        raise click.UsageError("give the log's key with --key.")
    witness = Witness(folder)
    origin = witness.watch(read_keys(keys), read_keys(retire))
    log = witness.log(origin)
    trusted = [] if log is None else [str(key) for key in log.keys]
    if as_json:
        write_json({"origin": origin, "keys": trusted})
    else:
        click.echo(f"{origin} is watched, by {counted(len(trusted), 'key', 'keys')}.")


@command.command("cosign")
@FOLDER
@click.argument("source", metavar="SOURCE")
@click.option("--checkpoint", "whole", is_flag=True, help="Write the cosigned checkpoint whole.")
@reach_options
@passphrase_option
@json_option
def cosign(
    folder: Path,
    source: str,
    whole: bool,
    follow: bool,
    max_time: float | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Cosign the checkpoint of a log, if it extends the last one seen.

    SOURCE is a published log, by its URL or folder; or a file with a checkpoint and the proof that
    it extends the last one, as `answerable prove --since SIZE` writes it; or - for such a file on
    the standard input. Writes the cosignatures, for `answerable checkpoint --attach
    FILE`.

    \b
    Example:
      answerable witness cosign w1 https://example.com/ledger > cosignatures.txt
      answerable witness cosign w1 request.txt --checkpoint > checkpoint
    """
    witness = _unlocked(folder, passphrase_file)
    asked, own_reading = _read_request(witness, source, follow, max_time)
    cosigned = witness.cosign(asked, own_reading=own_reading)
    if as_json:
        write_json(_cosigned_json(cosigned), cosigned.head)
    elif whole:
        sys.stdout.buffer.write(bytes(cosigned.note))
    else:
        sys.stdout.buffer.write(b"".join(each.line.encode() for each in cosigned.signatures))
    note(f"Cosigned: {counted(cosigned.head.size, 'entry', 'entries')} of {cosigned.head.origin}")


@command.command("show")
@FOLDER
@json_option
def show(folder: Path, as_json: bool) -> None:
    """Show the logs that are watched, what was seen of them, and evidence.

    \b
    Example:
      answerable witness show w1
    """
    from answerable.ledger.witness.witness import Witness

    witness = Witness(folder)
    logs, evidence = witness.logs(), witness.evidence()
    if as_json:
        write_json(
            {
                "logs": [_log_json(log) for log in logs],
                "evidence": [_evidence_json(each) for each in evidence],
            }
        )
        return
    for log in logs:
        _say_log(log, [each for each in evidence if each.origin == log.origin])
    if not logs:
        begin = f"`answerable witness watch {quote(str(folder))} --key VKEY`"
        note(f"No log is watched yet: {begin} begins to watch one.")


@command.command("keys")
@FOLDER
@json_option
def keys(folder: Path, as_json: bool) -> None:
    """Write the keys that the witness cosigns with, one a line.

    \b
    Example:
      answerable witness keys w1 > w1.vkey
    """
    from answerable.ledger.tlog import private_keys
    from answerable.ledger.witness.witness import key_file

    found = [str(key) for key in private_keys.read_public(key_file(folder))]
    if as_json:
        write_json({"keys": found})
        return
    for vkey in found:
        click.echo(vkey)


@command.command("evidence", cls=Verdict)
@FOLDER
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("evidence"),
    metavar="DIR",
    help="Where to write it. [default: ./evidence]",
)
@json_option
def evidence(folder: Path, output: Path, as_json: bool) -> int:
    """Write out what was kept against logs, for others to see.

    For each case a folder: the checkpoint cosigned before, the one refused, the proof that came
    with it, the log's keys, and what it shows. Exit code 1 if there is any.

    \b
    Example:
      answerable witness evidence w1 --output evidence
    """
    from answerable.ledger.witness.witness import Witness, export_evidence

    witness = Witness(folder)
    found = witness.evidence()
    written = export_evidence(found, witness.logs(), output)
    if as_json:
        write_json(
            {
                "evidence": [
                    _evidence_json(each) | {"folder": str(place)}
                    for each, place in zip(found, written, strict=True)
                ]
            }
        )
        return int(bool(found))
    for place in written:
        click.echo(place)
    if not written:
        note("Nothing is kept against any log.")
    return int(bool(found))


@command.command("serve")
@FOLDER
@click.option(
    "--listen",
    type=Listen(),
    default="127.0.0.1:8080",
    metavar="HOST:PORT",
    help="Where to listen; port 0 for any. [default: 127.0.0.1:8080]",
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="All come by way of a web server that limits each address: no limit is set here, and any "
    "address can be listened on.",
)
@passphrase_option
@json_option
def serve(
    folder: Path,
    listen: tuple[str, int],
    behind_proxy: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Cosign for whoever asks over HTTP, as C2SP's tlog-witness has it.

    Needs the extra `answerable[witness]`. It speaks plain HTTP: put a web server with a
    certificate before it, and say so with --behind-proxy. Without that it listens on this machine
    alone. SIGTERM or SIGINT ends it, after what it is answering.

    A whole request has to be there in 30 seconds, and an address has 16 connections at a time.

    \b
    Example:
      answerable witness serve w1 --listen 127.0.0.1:8080
      answerable witness serve w1 --listen 10.0.0.5:8080 --behind-proxy
    """
    from answerable.ledger.witness.server import serve

    def listening(url: str) -> None:
        if as_json:
            write_json({"listening": url})
            sys.stdout.flush()
        else:
            note(f"Listening on {url}")

    witness = _unlocked(folder, passphrase_file)
    try:
        serve(witness, *listen, log=note, listening=listening, behind_proxy=behind_proxy)
    except OSError as error:
        host, port = listen
        raise click.UsageError(f"{host}:{port} cannot be listened on: {error.strerror}.") from None


def _unlocked(folder: Path, passphrase_file: Path | None) -> Witness:
    from answerable.ledger.witness.witness import Witness, key_file

    witness = Witness(folder)
    witness.unlock(passphrase(key_file(folder), passphrase_file))
    return witness


def _read_request(
    witness: Witness, source: str, follow: bool, max_time: float | None
) -> tuple[AddCheckpointRequest, bool]:
    """Read what is to be cosigned; tell whether the witness itself read it from the log."""
    from answerable.ledger.tlog.consistency import MAX_PROOF, ConsistencyProof
    from answerable.ledger.witness.decision import AddCheckpointRequest

    if source != "-" and not Path(source).is_file():
        return witness.read(published_log(source, follow=follow, max_time=max_time)), True
    check_reach(source, follow=follow, max_time=max_time)
    with click.open_file(source, "rb") as file:
        return AddCheckpointRequest.of(ConsistencyProof.parse(file.read(MAX_PROOF + 1))), False


def _say_log(log: Watched, evidence: list[Evidence]) -> None:
    click.echo(log.origin)
    for key in log.keys:
        click.echo(f"  key       {key.id.hex()}")
    if log.note is None:
        click.echo("  cosigned  nothing yet")
    else:
        click.echo(f"  cosigned  {counted(log.head.size, 'entry', 'entries')}, {_when(log)}")
    for each in evidence:
        click.echo(f"  evidence  {each.number}: {each.kind}, found {each.found:%Y-%m-%d %H:%M}")
    if log.note is not None:
        click.echo(f"  root      {log.head.root.hex()}")


def _log_json(log: Watched) -> dict[str, object]:
    seen = log.note is not None
    return {
        "origin": log.origin,
        "keys": [str(key) for key in log.keys],
        "size": log.head.size if seen else None,
        "root": log.head.root.hex() if seen else None,
        "cosigned": _when(log) if seen else None,
    }


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    return {
        "number": evidence.number,
        "origin": evidence.origin,
        "kind": evidence.kind,
        "found": f"{evidence.found:%Y-%m-%dT%H:%M:%SZ}",
    }


def _cosigned_json(cosigned: Cosigned) -> dict[str, object]:
    return {
        **head_json(cosigned.head),
        "cosignatures": [each.line.removesuffix("\n") for each in cosigned.signatures],
        "note": bytes(cosigned.note).decode(),
    }


def _when(log: Watched) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(log.cosigned, UTC):%Y-%m-%dT%H:%M:%SZ}"
