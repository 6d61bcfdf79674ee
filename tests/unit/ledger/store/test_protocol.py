"""Test that nothing outside a store's folder speaks as that store alone does."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.protocol.store import Store

ROOT = Path(__file__).parents[4]

STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|WITH|PRAGMA|VACUUM|ATTACH)\b[^.]* "
)

ONLY_SQLITE = re.compile(
    r"\b(GLOB|PRAGMA|STRICT|ROWID(?=\))|INDEXED BY|sqlite_\w+|pragma_\w+|MATCH|fts5\w*|total\(|"
    r"group_concat|printf|json_\w+|julianday|ifnull|typeof)|OR (REPLACE|IGNORE)|[?]\d|IS NOT [?]|"
    r"\bIS [?]|:[a-z]\w*|max\(substr",
)
"""The words of SQLite that other stores do not have, or take for something else."""


def modules() -> list[Path]:
    places = sorted((ROOT / "ledger").rglob("*.py"))
    folders = [
        ROOT / each for each in ("ledger/store/sqlite", "ledger/store/postgresql", "ledger/witness")
    ]
    own = {"standalone_verifier.py", "told_earlier.py"}
    return [
        place
        for place in places
        if place.name not in own and not any(place.is_relative_to(folder) for folder in folders)
    ]


def texts(module: Path) -> Iterator[str]:
    """Yield the texts that a module has, each put together from its parts, but for docstrings."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [each.value if isinstance(each, ast.Constant) else "x" for each in node.values]
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def statements(module: Path) -> list[str]:
    return [text for text in texts(module) if STATEMENT.match(text)]


def test_common_statements_are_in_the_part_of_sql_that_stores_share() -> None:
    found = {module: statements(module) for module in modules()}
    assert sum(map(len, found.values())) > 80
    astray = [
        f"{module.relative_to(ROOT)}: {statement}"
        for module, said in found.items()
        for statement in said
        if ONLY_SQLITE.search(statement)
    ]
    assert astray == []


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "a.db") as made:
        for counterparty in ("org-1", "org-2"):
            made.append(
                parse({"kind": "contact-made", "case_id": "acme", "counterparty": counterparty}),
                recorded_by="jane",
            )
        yield made


def test_rows_are_plain_tuples_beside_one_another(ledger: Ledger) -> None:
    with ledger._reading() as cursor:
        found = []
        for row in cursor.execute("SELECT rowid, topic FROM stored_events ORDER BY rowid"):
            beside = cursor.beside().execute(
                "SELECT originator_id FROM stored_events WHERE rowid = ?", (row[0],)
            )
            found.append((row, beside.fetchone()))
        assert type(found[0][0]) is tuple
        assert found == [((at, "contact-made"), ("acme",)) for at in (1, 2)]


def test_a_worker_opens_the_ledger_after_it_was_pickled(ledger: Ledger) -> None:
    worker = pickle.loads(pickle.dumps(ledger._store.worker()))
    with worker.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM stored_events").fetchone() == (2,)
        assert cursor.dialect.table_exists(cursor, "tiles")
        assert not cursor.dialect.table_exists(cursor, "elsewhere")
    assert worker.structure() is None


def test_what_others_write_is_noticed(ledger: Ledger) -> None:
    store: Store = ledger._store
    with store.watched() as written:
        assert not written()
        ledger.append(
            parse({"kind": "contact-made", "case_id": "acme", "counterparty": "org-3"}),
            recorded_by="jane",
        )
        assert written()
