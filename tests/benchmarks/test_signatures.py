"""Checking every signature of a ledger, against the bare mathematics of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.conftest import Race
from tests.support.openssh import Key
from tests.support.oracles import event_id

from answerable.domain.parsing import parse
from answerable.ledger.actors.allowed_signers import AllowedSigners
from answerable.ledger.actors.verify import check_signatures
from answerable.ledger.ledger import Ledger


def test_check_signatures(
    race: Race, scale: Callable[[int, int], int], fresh: Callable[[str], Path]
) -> None:
    many = scale(5_000, 100)
    key = Key.generate("ssh-ed25519")
    signers = AllowedSigners.parse(f'jane valid-after="20200101Z" {key.line}'.encode())
    public = key.private.public_key()
    made = [(key.private.sign(bytes([at % 256]) * 200), at) for at in range(many)]
    with Ledger.create(fresh("ours.db")) as ledger:
        for number in range(many):
            event = parse({"kind": "contact-made", "case_id": f"case-{number % 50}",
                           "counterparty": "p-1", "event_id": event_id(number)})  # fmt: skip
            prepared = ledger.prepare(event, recorded_by="jane")
            ledger.append_prepared(prepared, key.sign(prepared.statement), signers)

        def floor() -> None:
            for signature, at in made:
                public.verify(signature, bytes([at % 256]) * 200)

        assert check_signatures(ledger, signers)[:5] == (many, 0, 0, 0, 0)
        race(
            lambda: check_signatures(ledger, signers),
            floor,
            name=f"check of {many:,} signatures of actors",
            against="a bare loop of Ed25519 verification",
            target="at most 3",
        )
