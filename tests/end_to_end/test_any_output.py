"""No output fails a command: what it cannot show is escaped, what it does not take is lost."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import COMMAND, Cli
from tests.support.dialogue import Answer, Dialogue

NAME = "徐飞"
TITLE = "徐飞的礼物, café · Łódź €"

ENCODINGS = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "latin-1": {"PYTHONIOENCODING": "latin-1:strict"},
    "ascii, unbuffered": {"PYTHONIOENCODING": "ascii", "PYTHONUNBUFFERED": "1"},
    "the locale C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}

EVERYWHERE = ("cases", "status --json", "timeline acme")

COMMANDS = (
    *EVERYWHERE,
    "log", "log --json", "status", "show 0", "show 1", "show 1 --json",
    "timeline acme --json", "why p-1", "bars",
    "cases --json", "report acme", "report acme --format json", "search 徐飞 --json", "gaps",
    "status --person p-1", "replay acme", "replay acme --json", "metrics", "compare", "export",
    "evidence list", "verify", "views check", "append contact --case acme --counterparty p-1 "
    "--dry-run", "import missing.jsonl", "show 99", "status --party nobody", "search 徐飞",
    "--help",
)  # fmt: skip

CODES = {"import missing.jsonl": 2, "show 99": 2, "status --party nobody": 2}


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A ledger with names that few encodings have."""
    cli = Cli(tmp_path_factory.mktemp("abroad"))
    cli("init")
    cli("append", "case-opened", "--case", "acme", "--title", TITLE)
    cli("append", "party-registered", "--party", "p-1", "--type", "person", "--name", NAME)
    cli("append", "contact", "--case", "acme", "--counterparty", "p-1", "--purpose", TITLE)
    return cli


def raw(cli: Cli, *arguments: str, **env: str) -> tuple[int, bytes, bytes]:
    """Run a command; return its code, and its bytes."""
    process = cli.start(
        *arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=cli.environment(**env),
    )
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def asked() -> Iterator[tuple[str, str]]:
    for place, encoding in enumerate(ENCODINGS):
        for command in COMMANDS if place == 0 else EVERYWHERE:
            yield encoding, command


@pytest.mark.parametrize(("encoding", "command"), [*asked()])
def test_what_cannot_be_shown_is_escaped(abroad: Cli, encoding: str, command: str) -> None:
    found, out, err = raw(abroad, *command.split(), **ENCODINGS[encoding])
    assert b"Traceback" not in err
    assert found == CODES.get(command, 0)
    if "--json" in command:
        assert out.isascii()
        assert [json.loads(line) for line in out.splitlines()]
    elif not command.startswith(("report", "export")):
        # Documents and the record are in UTF-8 wherever they go.
        (out + err).decode(ENCODINGS[encoding].get("PYTHONIOENCODING", "ascii").split(":")[0])


def test_an_escape_tells_the_character(abroad: Cli) -> None:
    assert "\\u5f90\\u98de" in raw(abroad, "show", "0", **ENCODINGS["ascii"])[1].decode()
    assert (
        TITLE[2:9].encode("cp1252", "backslashreplace")
        in (raw(abroad, "show", "0", **ENCODINGS["cp1252"])[1])
    )


def test_a_name_that_the_locale_cannot_read_is_refused_with_the_way_out(abroad: Cli) -> None:
    code, _, err = raw(abroad, "status", "--person", NAME, **ENCODINGS["the locale C"])
    assert code == 2
    assert b"cannot be read in this locale, which knows ascii alone. Set PYTHONUTF8=1" in err
    assert raw(abroad, "status", "--person", NAME, LC_ALL="C")[0] == 0


@pytest.mark.parametrize("encoding", ["ascii", "the locale C"])
def test_prompts_show_and_take_what_the_terminal_cannot(abroad: Cli, encoding: str) -> None:
    environment = abroad.environment(**ENCODINGS[encoding])
    asking = ["new", f"case-{len(encoding)}"]
    talk = Dialogue([*COMMAND, *asking], abroad.folder, environment)
    talk.tell(Answer("Open it?", "y"), Answer("What is it called", TITLE))
    ended = talk.end()
    assert ended.code == 0, ended.shown
    assert "\\u5f90\\u98de" in ended.shown
    opened = abroad("log", "--json").lines[-1]
    assert opened["case_id"] == asking[1]
    assert TITLE in abroad("show", str(opened["position"])).out


CLOSED = (">&-", "> /dev/full", "| true", "2> /dev/full > /dev/full", "2>&- >&-", "2> /dev/full")

RECORDING = (
    "append contact --case acme --counterparty p-1 --purpose {0}",
    "append contact --case acme --counterparty p-1 --json --purpose {0}",
    "import events.jsonl",
    "import events.jsonl --json",
    "evidence add memo.txt --case acme",
)


@pytest.mark.parametrize(
    ("command", "closed"),
    [(RECORDING[0], closed) for closed in CLOSED]
    + [(each, "> /dev/full") for each in RECORDING[1:]],
)
def test_what_was_recorded_is_no_failure(
    abroad: Cli, tmp_path: Path, command: str, closed: str
) -> None:
    place = f"{command} {closed}"
    event = {"kind": "contact-made", "case_id": "acme", "counterparty": "p-1", "purpose": place}
    (tmp_path / "events.jsonl").write_text(json.dumps(event) + "\n")
    (tmp_path / "memo.txt").write_text(place)
    size = abroad.state[0]
    said = command.format(f"'{place}'")
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {COMMAND[0]} --ledger {abroad.ledger} {said} {closed}"],
        cwd=tmp_path, env=abroad.environment(), capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert abroad.state[0] == size + 1
    assert "Traceback" not in done.stderr
    if closed in (">&-", "> /dev/full", "| true"):
        assert f"#{size} is on record: only the output failed" in done.stderr
    else:
        assert "the output failed" not in done.stderr


def test_what_was_restored_is_no_failure(abroad: Cli, cli: Cli) -> None:
    cli("init")
    (cli.folder / "entries.jsonl").write_text(abroad("export", "--entries").out)
    with Path("/dev/full").open("w") as full:
        process = cli.start("import", "entries.jsonl", stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert cli.state == abroad.state
    assert f"#0 to #{cli.state[0] - 1} are on record: only the output failed".encode() in err


def test_what_was_not_recorded_is_a_failure(abroad: Cli) -> None:
    for arguments in (("append", "contact", "--case", "acme"), ("show", "99")):
        with Path("/dev/full").open("w") as full:
            process = abroad.start(*arguments, stdout=full, stderr=full)
            assert process.wait(60) == 2


@pytest.mark.parametrize(
    "asked", ["cases --format csv", "report acme --format json", "export", "log --format markdown"]
)
def test_a_hyphen_for_a_file_is_standard_output(abroad: Cli, asked: str) -> None:
    code, told, _ = raw(abroad, *asked.split(), "--output", "-")
    assert (code, told) == (0, raw(abroad, *asked.split())[1])
    assert not (abroad.folder / "-").exists()
    assert raw(abroad, *asked.split(), "--output", "")[0] == 2
