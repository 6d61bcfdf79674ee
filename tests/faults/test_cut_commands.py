"""A command ends where the connection is cut: with 3 if nothing was written, 5 if nobody knows."""

from __future__ import annotations

import pytest
from tests.support.faults.proxy import Cut, CuttingProxy
from tests.support.postgresql import Server

from answerable.cli.main import run
from answerable.ledger.ledger import Ledger


def test_a_command_ends_by_what_is_known(
    postgresql: Server,
    proxy: CuttingProxy,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def append() -> tuple[int, str]:
        code = run(["append", "contact", "--case", "acme", "--counterparty", "org-1", "--again"])
        return code, " ".join(capsys.readouterr().err.split())

    monkeypatch.setenv("ANSWERABLE_LEDGER", proxy.address(database))
    monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")
    with Ledger.create(postgresql.address(database)) as past:
        past.append({"kind": "case-opened", "case_id": "acme", "title": "A"}, recorded_by="jane")
        size, codes, told_all_the_same = 1, set(), 0
        with proxy.cutting(None):
            assert append()[0] == 0
        size += 1
        for number in range(proxy.statements):
            with proxy.cutting(Cut(number, "after")):
                code, said = append()
            with past._writing():
                pass
            added = len(past) - size
            size += added
            assert added in {0: (1,), 3: (0,), 5: (0, 1)}[code], (number, said)
            assert code != 3 or "nothing was written" in said
            assert code != 5 or "whether it was recorded is not known" in said
            told_all_the_same += code == 0 and "Do not record it again" in said
            codes.add((code, added))
        assert codes >= {(0, 1), (3, 0), (5, 1)}
        # What was to be said of it could not be read: it is on record all the same.
        assert told_all_the_same > 0
