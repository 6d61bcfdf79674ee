"""Pages of a ledger in process and from its server, and Datasette's of a table of the same rows.

Datasette (Apache-2.0) is asked for pages, and never imported: it needs an environment of its own.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.benchmarks.test_speed import installed
from tests.support.other_judges import PYTHON
from tests.unit.cli.browsing.conftest import client, let_in

from answerable.ledger.indexes import full_text
from answerable.ledger.ledger import Ledger

DATASETTE = PYTHON.with_name("datasette")
"""Datasette's command, in the environment of what is not to be imported."""

_RUNNING = re.compile(rb"running on http://127\.0\.0\.1:(\d+)")

PAGES = {
    "first": "/",
    "cases": "/cases?after=case-5",
    "chosen cases": "/cases?which=accountable&begins=case-7",
    "due": "/due?among=all",
    "case": "/case/case-7",
    "case, while all were under way": "/case/case-7?as_of=2026-01-06",
    "case, as known when half was on record": "/case/case-7?known_by={middle}",
    "replay": "/case/case-7/replay",
    "tables": "/case/case-7/tables",
    "event": "/event/77",
    "parties": "/parties",
    "party": "/party/m-3",
    "search": "/search?q=contact",
    "verification": "/verification",
}
"""The pages that are measured: no other kind reads more."""


class InProcess:
    """Asks a ledger's pages without a server."""

    def __init__(self, ledger: Ledger) -> None:
        full_text.make_ready(ledger)
        self._client = let_in(client(ledger))
        (middle,) = ledger.events_at([len(ledger) // 2])
        self._middle = middle.recorded_at

    def __call__(self, path: str) -> int:
        answer = self._client.get(path.format(middle=self._middle))
        assert answer.status_code == 200, path
        return len(answer.content)


class OverHttp:
    """Asks a server for pages, over one connection."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Cookie": cookie} if cookie else {}

    def __call__(self, path: str) -> int:
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        length = len(answer.read())
        assert answer.status == 200, path
        return length

    def close(self) -> None:
        self._connection.close()


@contextmanager
def browsed(ledger: Path) -> Iterator[OverHttp]:
    """Serve a ledger by the installed command."""
    asked = [installed(), "browse", "--no-open", "--ledger", str(ledger)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as served:
        assert served.stdout is not None
        address = served.stdout.readline().decode().strip()
        found = re.search(r":(\d+)(/.*)", address)
        assert found
        entering = HTTPConnection("127.0.0.1", int(found[1]), timeout=120)
        entering.request("GET", found[2])
        with entering.getresponse() as let_in_by:
            cookie = let_in_by.headers["set-cookie"].partition(";")[0]
        entering.close()
        with closing(OverHttp(int(found[1]), cookie)) as asking:
            yield asking
        served.terminate()


@contextmanager
def as_table(ledger: Path, rows: Path) -> Iterator[OverHttp]:
    """Serve a table of a ledger's entries by Datasette."""
    _write_rows(ledger, rows)
    asked = [str(DATASETTE), "serve", str(rows), "--port", "0"]
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as served:
        assert served.stderr is not None
        found = next(filter(None, map(_RUNNING.search, served.stderr)))
        with closing(OverHttp(int(found[1]))) as asking:
            yield asking
        served.terminate()


def _write_rows(ledger: Path, rows: Path) -> None:
    with closing(sqlite3.connect(ledger)) as read, closing(sqlite3.connect(rows)) as written:
        written.execute(
            "CREATE TABLE events (position INTEGER PRIMARY KEY, case_id TEXT, version INTEGER, "
            "kind TEXT, entry TEXT)"
        )
        found = read.execute(
            "SELECT rowid - 1, originator_id, originator_version, topic, CAST(state AS TEXT) "
            "FROM stored_events"
        )
        written.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", found)
        written.execute("CREATE UNIQUE INDEX of_case ON events (case_id, version)")
        written.commit()
