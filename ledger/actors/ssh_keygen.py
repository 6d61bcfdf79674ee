"""Signing with OpenSSH: `ssh-keygen -Y sign`, with a private key in a file or in an agent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from answerable.ledger.actors.errors import NotSigned
from answerable.ledger.actors.sshsig import NAMESPACE
from answerable.ledger.system.regular_file import NotRegular, check_regular


def ssh_sign(statement: bytes, key: Path) -> str:
    """Have `ssh-keygen` sign a statement with a key.

    In a terminal, `ssh-keygen` asks there for the key's passphrase, or for a touch. Elsewhere it
    asks for nothing.

    Args:
        statement: what is to be signed.
        key: the file of a private key, or of the public half of one that an agent holds.

    Raises:
        NotSigned: there is no `ssh-keygen`, or it did not sign.
    """
    try:
        check_regular(key)
    except NotRegular as error:
        raise NotSigned(f"{key} is {error.what}, and no key is read from it.") from None
    except OSError:
        pass  # An agent may hold the key of a file's name: `ssh-keygen` tells.
    terminal = sys.stdin.isatty()
    environment = dict(os.environ) if terminal else {**os.environ, "SSH_ASKPASS_REQUIRE": "never"}
    # Given on its standard input, the statement would be in the way of the passphrase.
    with TemporaryDirectory(prefix="answerable-") as folder:
        file = Path(folder, "statement")
        file.write_bytes(statement)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(file)]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                stdin=None if terminal else subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if terminal else subprocess.PIPE,
                env=environment,
                check=False,
            )
        except OSError as error:
            raise NotSigned(
                f"ssh-keygen cannot be run: {error.strerror}.",
                hint="Install OpenSSH, or have the statement signed elsewhere.",
                cli_hint="Install OpenSSH, or sign elsewhere: --prepare, then `answerable record`.",
            ) from None
        try:
            if done.returncode == 0:
                return file.with_name("statement.sig").read_text("ascii")
        except OSError:
            pass
    said = (done.stderr or b"").decode(errors="replace").strip().split("\n")[-1]
    raise NotSigned(
        f"ssh-keygen did not sign with {key}{f': {said}' if said else ''}.",
        hint="Nothing is recorded. A key under a passphrase needs a terminal, or an ssh-agent.",
    )
