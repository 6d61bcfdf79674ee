"""`answerable verify`: the ledger at hand, or what it gave away, with no ledger at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from click.core import ParameterSource

from answerable.cli.shared.options import EXISTING, json_option, ledger_option
from answerable.cli.shared.output import note, write_json
from answerable.cli.shared.signed.keys import key_file_option
from answerable.cli.shared.signed.published import published_log, reach_options
from answerable.cli.shared.signed.signers import signers_option
from answerable.cli.shared.signed.trust import trust, trust_options
from answerable.cli.shared.signed.verdict import Verdict


@click.command("verify", cls=Verdict)
@click.argument("bundle", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--from", "published", metavar="URL|DIR", help="Audit a published log.")
@click.option("--proof", type=EXISTING, metavar="FILE", help="Check a proof that `prove` wrote.")
@click.option("--entry", type=EXISTING, metavar="FILE", help="The entry that the proof is of.")
@click.option(
    "--old",
    type=EXISTING,
    metavar="FILE",
    help="The older checkpoint that the proof goes out from.",
)
@trust_options
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --from: remembers the last checkpoint found good, to go on from there.",
)
@reach_options
@signers_option
@key_file_option
@click.option(
    "--views/--no-views",
    default=True,
    help="Whether to hold the views and the indexes of names and words against the record, too. It "
    "takes longer than the rest.",
)
@ledger_option
@json_option
def command(
    bundle: Path | None,
    published: str | None,
    proof: Path | None,
    entry: Path | None,
    old: Path | None,
    keys: tuple[str, ...],
    witnesses: tuple[str, ...],
    quorum: int | None,
    state: Path | None,
    follow: bool,
    max_time: float | None,
    signers: Path | None,
    key_file: Path | None,
    views: bool,
    ledger: str | None,
    as_json: bool,
) -> int:
    """Check that the record is what it was.

    Without more, checks the ledger at hand, and whatever questions are answered from: hashes every
    entry again, builds the tree again, and compares tiles, root, the texts behind the commitments
    and what is filed with them, erasures, the numbering of each case, the file's tables, indexes
    and triggers, signed checkpoints, signatures of actors, views and the indexes of names and
    words; and, by what lies beside the private keys, that no more was signed than is there. Names
    the first position that differs, and says what it did not check.

    With BUNDLE, --from or --proof it needs no ledger: it checks an evidence bundle or a report in
    HTML that carries one, a published log, or a proof, against the keys that you trust. Exit code 0
    means verified, 4 not.

    \b
    Example:
      answerable verify
      answerable verify case.zip --key log.vkey
      answerable verify report.html --key log.vkey
      answerable verify --proof 12.tlog-proof --entry 12.json --key log.vkey
      answerable verify --from https://example.com/ledger --key log.vkey
    """
    mode = _mode(bundle, published, proof)
    _check_options(mode)
    trusted = trust(keys, witnesses, quorum)
    with _telling(as_json and mode != LEDGER):
        if bundle is not None:
            from answerable.cli.proving.bundles.verify import verify_bundle

            return verify_bundle(bundle, trusted, signers, as_json)
        if published is not None:
            from answerable.cli.proving.publish import verify_published

            log = published_log(published, follow=follow, max_time=max_time)
            return verify_published(log, trusted, state, as_json)
        if proof is not None:
            from answerable.cli.proving.prove import verify_proof

            return verify_proof(proof, entry, old, trusted, as_json)
        from answerable.cli.proving.verify_ledger import verify_ledger

        return verify_ledger(ledger, trusted, signers, key_file, views, as_json)


LEDGER = "the ledger at hand"

OPTIONS = {
    "BUNDLE": ("signers",),
    "--from": ("state", "follow", "max_time"),
    "--proof": ("entry", "old"),
    LEDGER: ("signers", "key_file", "views", "ledger"),
}
"""The options that belong to one way of verifying, beside those that belong to all."""


def _mode(bundle: Path | None, published: str | None, proof: Path | None) -> str:
    given = {"BUNDLE": bundle, "--from": published, "--proof": proof}
    modes = [name for name, value in given.items() if value is not None]
    if len(modes) > 1:
        raise click.UsageError("BUNDLE, --from and --proof exclude each other.")
    return modes[0] if modes else LEDGER


def _check_options(mode: str) -> None:
    """Refuse options that this way of verifying would pass over."""
    context = click.get_current_context()
    for option in {name for names in OPTIONS.values() for name in names} - {*OPTIONS[mode]}:
        if context.get_parameter_source(option) is ParameterSource.COMMANDLINE:
            flag = f"--{option.replace('_', '-')}"
            ways = " or ".join(way for way, names in OPTIONS.items() if option in names)
            raise click.UsageError(f"{flag} goes with {ways}, and this verifies {mode}.")


@contextmanager
def _telling(as_json: bool) -> Iterator[None]:
    """Say in the data too, not only by the error, that what is verified does not hold."""
    from answerable.ledger.errors import NotVerified

    try:
        with _memory_enough():
            yield
    except NotVerified as error:
        if as_json:
            problem = {"error": type(error).__name__, "message": error.message}
            write_json({"verified": False, **problem})
        else:
            note("NOT VERIFIED")
        raise


@contextmanager
def _memory_enough() -> Iterator[None]:
    """Take what cannot be held in memory for not verified."""
    from answerable.ledger.errors import NotVerified

    try:
        yield
    except MemoryError:
        raise NotVerified(
            "there is not enough memory to verify it.",
            hint="Verify it where there is more; a bundle under a megabyte needs less than 200 MB.",
        ) from None
