"""Hold the example to the byte: its entries, and the JSON of every question about it.

The files in golden/ were written by the code as it was before the modules were put in order. What
they hold is promised to programs, and to whoever keeps a root: entries, keys and values of JSON,
exit codes, names of errors. Where one of them is to change, write them again with

    make test ARGS='-k golden' ANSWERABLE_GOLDEN=write

and look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Iterator
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.support.clock import set_clock
from tests.support.golden_ledger import LATER, RECORDED, WRITING, fill, told
from tests.support.oracles import raw
from tests.support.screens import NOW

from answerable.cli.main import run
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql.store import PostgresStore

GOLDEN = Path(__file__).with_name("golden")
WIDTH = 96
IDS = "019b8c00-0000-7000-8000-000000000"
"""The beginning of all event ids here. In the golden files an ellipsis stands for it."""

CASE = "xiaomi-kol"
EVENING = ("--as-of", "2026-01-05")
SPRING = ("--as-of", "2026-03-31")
KNOWN = ("--known-by", "2026-01-31")

QUESTIONS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "status-evening": ("status", *EVENING),
    "status-person-2": ("status", "--person", "Xu Fei"),
    "status-person-3": ("status", "--person", "person-3", *SPRING),
    "status-party": ("status", "--party", "the KOL"),
    "why-person": ("why", "person-3"),
    "why-sanction": ("why", "20"),
    "why-bar": ("why", "12"),
    "timeline": ("timeline", CASE),
    "bars": ("bars",),
    "bars-in-force": ("bars", "--in-force", *SPRING),
    "replay": ("replay", CASE),
    "replay-before": ("replay", CASE, "--at", "20"),
    "report": ("report", CASE, *SPRING, "--format", "json"),
    "report-all": ("report", "--all", *SPRING, "--format", "json"),
    "audit": ("audit", *SPRING),
    "changes": ("changes",),
    "gaps": ("gaps", *SPRING),
    "metrics": ("metrics", *SPRING),
    "figures": ("figures", *SPRING),
    "compare": ("compare",),
    "compare-like": ("compare", "--like", "40", *SPRING),
    "compare-outside": ("compare", "--outside"),
    "check": ("check", CASE, *SPRING),
    "due": ("due", *SPRING),
    "policy-show": ("policy", "show"),
    "search": ("search", "failure OR talk*"),
    "search-known": ("search", "reprimand OR contact", "--case", CASE, *KNOWN),
    "evidence": ("evidence", "list", *SPRING),
    "custody": ("evidence", "custody", "28"),
    "log": ("log", "--last", "20"),
    "log-spring": ("log", "--kind", "sanction", *SPRING),
    "show-correction": ("show", "30"),
    "show-corrected": ("show", "21"),
    "show-disputed": ("show", "17"),
    "show-retracted": ("show", "25", *KNOWN),
    "show-erased": ("show", "5"),
    "show-erasure": ("show", "44"),
    "cases": ("cases", *EVENING, *KNOWN),
    "export": ("export",),
    "export-ocel": ("export", "--format", "ocel", "--case", CASE, *SPRING),
    "export-xes": ("export", "--format", "xes", *EVENING),
    "verify": ("verify",),
    "views": ("views", "rebuild"),
}
"""Each question, under the name of the file that holds the answer."""

FAILING = {"check": 1}
"""The questions whose answer is that something fails, and what they end with."""

CONTACT = ("append", "contact", "--case", CASE, "--counterparty", "person-1")
ERASURE = ("append", "personal-data-erased", "--case", "house", "--legal-basis", "a law")
REFUSED: tuple[tuple[str, ...], ...] = (
    (*CONTACT, "--occurred", "2026-02-30"),
    (*CONTACT, "--stage", "marriage"),
    (*CONTACT, "--event-id", "019b8c00-0000-7000-8000-000000000007"),
    (*CONTACT, "--basis", "99"),
    ("append", "contcat", "--case", CASE),
    ("append", "sanction", "--case", CASE, "--subject", "person-2", "--measure", "other"),
    ("append", "sanction-executed", "--case", CASE, "--sanction", "20"),
    ("append", "sanction-executed", "--case", CASE, "--sanction", "25"),
    ("append", "case-opened", "--case", CASE, "--title", "Again"),
    ("append", "correction", "--case", CASE, "--target", "7", "--set", "colour=red"),
    (*ERASURE, "--subject", "person-2"),
    ("status", "--person", "Nobody"),
    ("status", "--case", "nowhere"),
    ("show", "99"),
    ("timeline", CASE, "--as-of", "soon"),
    ("replay", CASE, "--at", "3"),
    ("search", "*"),
    ("why", "020b8c00"),
    ("bars", "--check"),
    ("checkpoint",),
    ("verify", "--quorum", "1"),
    ("frobnicate",),
)
"""Commands that are refused, or find something wrong."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A ledger of the example and of what came later, under fixed ids, times and salts."""
    place = tmp_path_factory.mktemp("golden") / "ledger.db"
    fill(place, told(), RECORDED)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ANSWERABLE_")]:
            patch.delenv(name)
        patch.setenv("ANSWERABLE_LEDGER", str(place))
        patch.setenv("ANSWERABLE_ACTOR", "recorder-1")
        set_clock(patch, NOW)
        yield place


def json_lines(text: str) -> list[Any]:
    """The values of an answer, one a line."""
    return [json.loads(line) for line in text.splitlines()]


READ: dict[str, Callable[[str], Any]] = {"ocel": json.loads, "xes": lambda text: text.splitlines()}
"""Tell how an event log is read, by its format."""


def hold(name: str, value: Any) -> None:
    """Hold a value against its golden file; or write the file, where the environment says so."""
    file = GOLDEN / f"{name}.json"
    text = pretty(json.loads(json.dumps(value).replace(IDS, "…"))) + "\n"
    if WRITING:
        file.write_text(text, encoding="utf-8")
    golden = file.read_text(encoding="utf-8")
    if text != golden:
        lines = (golden.splitlines(), text.splitlines())
        difference = unified_diff(*lines, f"golden/{file.name}", "now", n=3, lineterm="")
        pytest.fail("\n".join(difference), pytrace=False)


def pretty(value: Any, indent: int = 0, key: str = "") -> str:
    """A value as JSON in which what fits into a line stands on one, and nothing else does."""
    line = " " * indent + key + json.dumps(value, ensure_ascii=False)
    if len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    if isinstance(value, dict):
        parts = [pretty(each, indent + 1, f"{json.dumps(name)}: ") for name, each in value.items()]
    else:
        parts = [pretty(each, indent + 1) for each in value]
    opened, closed = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join((" " * indent + key + opened, ",\n".join(parts), " " * indent + closed))


def selected(place: Path, statement: str) -> list[Any]:
    with raw(place) as connection:
        return connection.execute(statement).fetchall()


def test_the_bytes_of_the_entries(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = selected(place, "SELECT state FROM stored_events ORDER BY rowid")
    entries = [entry for (entry,) in rows]
    assert run(["verify", "--json"]) == 0
    hold(
        "entries",
        {
            "entries": len(entries),
            "sha256": sha256(b"\n".join(entries)).hexdigest(),
            "root": json.loads(capsys.readouterr().out)["root"],
        },
    )


@pytest.mark.sqlite_file("a server's tables are in ledger/store/postgresql/schema.txt")
def test_the_tables_of_a_ledger(tmp_path: Path) -> None:
    place = tmp_path / "empty.db"
    Ledger.create(place).close()
    schema = selected(place, "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name")
    versions = {
        name: selected(place, f"PRAGMA {name}")[0][0] for name in ("application_id", "user_version")
    }
    hold("tables", versions | {name: " ".join(sql.split()) for name, sql in schema})


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.usefixtures("place")
def test_the_answer_to_a_question(
    name: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = QUESTIONS[name]
    plain = asked[0] in ("export", "report")
    assert run([*asked] if plain else [*asked, "--json"]) == FAILING.get(name, 0)
    said = capsys.readouterr()
    form = asked[2] if asked[1:2] == ("--format",) else ""
    read: Callable[[str], Any] = READ.get(form, json_lines)
    answer = read(said.out)
    if name == "verify" and store == "postgresql":
        # What is beyond a ledger on a server, there is none of in a file.
        answer[0]["unchecked"].remove(*PostgresStore.unchecked)
    hold(name, answer)


@pytest.mark.usefixtures("place")
def test_what_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, RECORDED[-1][1])
    found = []
    for arguments in REFUSED:
        code = run([*arguments, "--json"])
        said = capsys.readouterr()
        error = json.loads(said.err.splitlines()[-1]) if code > 1 else None
        found.append({"command": shlex.join(arguments), "code": code, "error": error})
    hold("refused", found)


def test_no_golden_file_is_left_over() -> None:
    written = {f"{name}.json" for name in (*QUESTIONS, "entries", "tables", "refused")}
    assert {file.name for file in GOLDEN.iterdir()} == {LATER.name} | written
