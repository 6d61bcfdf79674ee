"""Test how an address is called in messages: whatever finds the server, and nothing secret."""

from __future__ import annotations

import pytest

from answerable.ledger.store.postgresql.address import ServerAddress

NAMES = {
    "postgresql://jane:secret@records.example/house": "postgresql://jane@records.example/house",
    "postgres://records.example:6432/house?sslmode=require":
        "postgresql://records.example:6432/house",
    "postgresql://?service=house": "postgresql://?service=house",
    "postgresql:///house?host=/run/pg&port=5433": "postgresql:///house?host=/run/pg&port=5433",
    "postgresql://one:5432,other:5433/house?target_session_attrs=read-write":
        "postgresql://one:5432,other:5433/house",
    "postgresql://one,other/house": "postgresql://one,other/house",
    "postgresql:///house?host=one,other&port=6432": "postgresql://one:6432,other:6432/house",
    "postgresql:///house?host=/a,/b&port=1,2&password=secret":
        "postgresql:///house?host=/a,/b&port=1,2",
}  # fmt: skip


@pytest.mark.parametrize("address", NAMES)
def test_an_address_is_called_by_what_finds_its_server(address: str) -> None:
    named = ServerAddress(address)
    assert str(named) == NAMES[address]
    assert "secret" not in f"{named!r}"
    # What is called so is an address again.
    assert str(ServerAddress(str(named))) == str(named)
    assert named.tells_password == ("secret" in address)
