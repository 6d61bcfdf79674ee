"""`answerable import` and `answerable export`."""

import json
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Filled, Unchanged

EXAMPLE = Path(__file__).parents[2] / "examples" / "xiaomi-kol.jsonl"


@pytest.fixture
def empty(cli: Cli, filled: Filled) -> Cli:
    return filled(cli, "")


def contact(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"kind": "contact-made", "case_id": "acme", "counterparty": f"p-{number}"} | more


def jsonl(events: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


def test_the_example_goes_round(empty: Cli) -> None:
    imported = empty("import", str(EXAMPLE))
    count = len(EXAMPLE.read_text().splitlines())
    assert imported.out.startswith(f"Recorded: {count} events; on record already: 0\n")
    assert empty.state[1][:16] in imported.out.splitlines()[-1]
    assert "  in Contact with a KOL\nNext: `answerable next xiaomi-kol`\n" in imported.out
    exported = empty("export").out
    other = Cli(empty.folder / "other")
    other.folder.mkdir()
    other("init")
    other("import", "-", stdin=exported)
    assert other("export").out == exported


def test_importing_again_records_nothing_new(empty: Cli, unchanged: Unchanged) -> None:
    empty("import", str(EXAMPLE))
    with unchanged(empty):
        again = empty("import", str(EXAMPLE), "--json").json
        assert (again["recorded"], again["known"]) == (0, again["lines"])


def test_blank_lines_windows_ends_and_a_byte_order_mark(empty: Cli) -> None:
    text = (
        "\ufeff\r\n" + jsonl([contact(1)]).replace("\n", "\r\n") + "  \r\n" + json.dumps(contact(2))
    )
    result = empty("import", "-", "--json", "--new-cases", stdin=text).json
    assert (result["recorded"], result["lines"]) == (2, 4)
    result = empty(
        "import", "-", "--json", "--new-cases", stdin="\ufeff" + jsonl([contact(3)])
    ).json
    assert result["recorded"] == 1


def test_an_empty_file_is_no_error(empty: Cli) -> None:
    assert empty("import", "-").out.startswith("Recorded: 0 events")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            json.dumps(contact(occurred="2026-02-30")),
            "line 3: occurred: '2026-02-30' is not a date",
        ),
        (json.dumps(contact(colour="red")), "line 3: colour: a contact-made has no such field"),
        (json.dumps({"kind": "contcat"}), "line 3: kind: there is no kind 'contcat'. Did you mean"),
        (json.dumps({"kind": "contact-made"}), "line 3: case_id: is required"),
        ("{", "line 3: this is not JSON"),
        ("[]", "line 3: an event must be a JSON object"),
        (b'{"kind": "\xff"}', "line 3: this is not UTF-8: byte 11 of the line is 0xff"),
        (
            json.dumps(contact(basis=["019b8a5e-7c00-7000-8000-000000000001"])),
            "line 3: basis: there is no event 019b8a5e",
        ),
    ],
)
def test_an_error_names_line_and_field_and_undoes_its_batch(
    kept: Cli, unchanged: Unchanged, line: str | bytes, said: str
) -> None:
    bad = line.encode() if isinstance(line, str) else line
    with unchanged(kept):
        result = kept(
            "import", "-", stdin=json.dumps(contact()).encode() + b"\n\n" + bad + b"\n", code=3
        )
        assert said in result.err
        assert "No line of it was recorded" in result.err


def test_an_error_as_json(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        bad = jsonl([contact(), contact(occurred="never")])
        result = kept("import", "-", "--json", stdin=bad, code=3)
        assert (result.error["line"], result.error["field"]) == (2, "occurred")
        assert (result.json["complete"], result.json["lines"]) == (False, 0)


def test_batches_before_an_error_stay_and_the_rest_can_follow(empty: Cli) -> None:
    file = empty.folder / "events.jsonl"
    events = [contact(number) for number in range(10)]
    file.write_text(jsonl([*events[:7], contact(occurred="never"), *events[8:]]))
    failed = empty("import", "--new-cases", "events.jsonl", "--batch", "3", code=3)
    assert "line 8: occurred" in failed.err
    assert "Lines 1 to 6 are on record" in failed.err
    assert "answerable import --continue events.jsonl" in failed.err
    assert empty.state[0] == 6

    file.write_text(jsonl(events))
    result = empty("import", "--new-cases", "--continue", "events.jsonl", "--batch", "3")
    assert "Going on after line 6" in result.err
    assert "Recorded: 4 events" in result.out
    assert [json.loads(line)["counterparty"] for line in empty.told] == [
        f"p-{n}" for n in range(10)
    ]


def test_going_on_with_a_file_that_grew(empty: Cli) -> None:
    file = empty.folder / "events.jsonl"
    file.write_text(jsonl([contact(1), contact(2)]).rstrip("\n"))
    empty("import", "--new-cases", "events.jsonl")
    with file.open("a") as more:
        more.write("\n" + jsonl([contact(3)]))
    assert (
        empty("import", "--new-cases", "--continue", "events.jsonl", "--json").json["recorded"] == 1
    )
    assert (
        empty("import", "--new-cases", "--continue", "events.jsonl", "--json").json["recorded"] == 0
    )
    assert empty.state[0] == 3


def test_a_file_whose_beginning_changed_is_found_out(empty: Cli) -> None:
    file = empty.folder / "events.jsonl"
    file.write_text(jsonl([contact(1), contact(2)]))
    empty("import", "--new-cases", "events.jsonl")
    file.write_text(jsonl([contact(9), contact(2), contact(3)]))
    result = empty("import", "--new-cases", "--continue", "events.jsonl")
    assert "No beginning of this file is on record" in result.err
    assert "Recorded: 3 events" in result.out


def test_what_comes_through_a_pipe_cannot_be_gone_on_with(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        result = kept("import", "--continue", "-", stdin=jsonl([contact()]), code=2)
        assert "name the file" in result.err


def test_a_dry_run_checks_against_the_ledger_and_the_lines_before(
    kept: Cli, unchanged: Unchanged
) -> None:
    event_id = "019b8a5e-7c00-7000-8000-000000000001"
    events = [contact(event_id=event_id), contact(basis=[event_id])]
    with unchanged(kept):
        result = kept("import", "-", "--dry-run", "--batch", "1", stdin=jsonl(events))
        assert result.out.startswith("Nothing is recorded; it would be: 2 events")
        reopened = {"kind": "case-opened", "case_id": "acme", "title": "again"}
        result = kept("import", "-", "--dry-run", stdin=jsonl([*events, reopened]), code=3)
        assert "line 3: kind: the case 'acme' was opened before" in result.err


def test_a_giant_line_is_refused_in_little_memory(kept: Cli, unchanged: Unchanged) -> None:
    import resource

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    def much(process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        try:
            for _ in range(2_000):
                process.stdin.write(b"x" * 1_000_000)
        except BrokenPipeError:
            pass

    with unchanged(kept):
        process = kept.start(
            "import",
            "-",
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            preexec_fn=little_memory,
        )
        much(process)
        _, err = process.communicate()
        assert process.returncode == 3
        assert b"line 1: the line is longer than 16,777,216 bytes" in err


def test_an_interruption_rolls_back_the_batch_in_hand(empty: Cli) -> None:
    process = empty.start(
        "import",
        "--new-cases",
        "-",
        "--batch",
        "5",
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        # A shell has what it runs in the background ignore interruptions.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write(jsonl([contact(number) for number in range(8)]).encode())
    # Blank lines, more than a pipe and a reader's buffer hold: once they are written, the events
    # before them were read, and the first batch was recorded.
    process.stdin.write(b"\n" * 400_000)
    process.send_signal(signal.SIGINT)
    err = process.stderr.read().decode()
    assert process.wait(60) == 130
    process.stdin.close()
    process.stderr.close()
    assert "Interrupted." in err
    assert "Lines 1 to 5 are on record" in err
    assert "--continue" in err
    assert "Traceback" not in err
    assert empty.state[0] == 5

    events = jsonl([contact(number) for number in range(8)])
    (empty.folder / "events.jsonl").write_text(events)
    assert (
        empty("import", "--new-cases", "--continue", "events.jsonl", "--json").json["recorded"] == 3
    )


def test_an_export_of_one_case(empty: Cli) -> None:
    empty("import", str(EXAMPLE))
    cases = [
        json.loads(line)["case_id"] for line in empty("export", "--case", "house").out.splitlines()
    ]
    assert set(cases) == {"house"}
    assert "there is no case 'nowhere'" in empty("export", "--case", "nowhere", code=2).err


def test_an_export_to_a_file_is_whole_and_overwrites_nothing(kept: Cli) -> None:
    kept("export", "--output", "events.jsonl")
    file = kept.folder / "events.jsonl"
    assert file.read_text() == kept("export").out
    file.write_text("precious")
    refused = kept("export", "--output", "events.jsonl", code=3)
    assert "not overwritten" in refused.err
    assert file.read_text() == "precious"
    kept("export", "--output", "events.jsonl", "--force")
    assert file.read_text() == kept("export").out
    kept("export", "--output", "nowhere/events.jsonl", code=3)
    assert {each.name for each in kept.folder.iterdir()} == {"answerable.db", "events.jsonl"}


def erase(cli: Cli) -> None:
    """Record a person's data, and erase it."""
    cli.append("party-registered", "--party", "p-1", "--type", "person", "--name", "Li Na")
    cli.append("contact", "--case", "acme", "--counterparty", "p-1", "--purpose", "to talk",
               "--new-case")  # fmt: skip
    cli.append("allegation-made", "--case", "acme", "--subject", "p-1", "--conduct", "it is said")
    cli.append(
        "personal-data-erased", "--case", "acme", "--subject", "p-1", "--legal-basis", "gdpr 17"
    )


def test_what_is_erased_is_left_out_and_counted(kept: Cli) -> None:
    erase(kept)
    result = kept("export")
    assert "Left out, because erased: 3 fields." in result.err
    assert "1 of the events cannot be imported without them" in result.err
    assert "to talk" not in result.out
    assert "Li Na" not in result.out


def test_entries_are_restored_exactly(kept: Cli, unchanged: Unchanged) -> None:
    erase(kept)
    backup = kept("export", "--entries").out
    assert "Li Na" not in backup
    other = Cli(kept.folder / "other")
    other.folder.mkdir()
    other("init")
    restored = other("import", "-", stdin=backup)
    assert kept.state[1] in restored.out
    assert other.state == kept.state
    assert other("log").out == kept("log").out
    assert other("export", "--entries").out == backup
    for event in ("0", "3", "4"):
        assert other("show", event).out == kept("show", event).out
    other("append", "contact", "--case", "acme", "--counterparty", "kol-1", "--new-case")
    with unchanged(other):
        refused = other("import", "-", stdin=backup, code=3)
        assert "only into an empty ledger" in refused.err


def resting_on_nothing(line: str) -> str:
    kept = json.loads(line)
    entry = json.loads(kept["entry"])
    tail = {name: entry.pop(name) for name in ("recorded_at", "_sd")}
    spoilt = {**entry, "basis": ["019b8a5e-7c00-7000-8000-00000000dead"], **tail}
    kept["entry"] = json.dumps(spoilt, separators=(",", ":"))
    return '{"entry"' + json.dumps(kept).removeprefix('{"entry"')


@pytest.mark.parametrize(
    "spoil",
    [
        lambda first, second: [second, first],
        lambda first, second: [first, first],
        lambda first, second: [first, second[:-10]],
        lambda first, second: [first, second.replace("acme", "acne")],
        lambda first, second: [first, second.replace('"disclosures":["', '"disclosures":["A')],
        lambda first, second: [first, second.replace("disclosures", "texts")],
        lambda first, second: [first, second.replace("kol-1", "Kol One")],
        lambda first, second: [first, resting_on_nothing(second)],
        lambda first, second: [first, jsonl([contact()])],
    ],
    ids=[
        "out of order",
        "twice",
        "cut short",
        "of no case",
        "other texts",
        "other field",
        "malformed",
        "impossible",
        "event",
    ],
)
def test_entries_that_do_not_follow_are_refused_whole(
    kept: Cli, unchanged: Unchanged, spoil: Callable[[str, str], list[str]]
) -> None:
    lines = spoil(*kept("export", "--entries").out.splitlines())
    other = Cli(kept.folder / "other")
    other.folder.mkdir()
    other("init")
    with unchanged(other):
        assert "line " in other("import", "-", stdin="\n".join(lines), code=3).err


def test_entries_that_say_something_else_get_another_root(kept: Cli) -> None:
    lines = kept("export", "--entries").out
    other = Cli(kept.folder / "other")
    other.folder.mkdir()
    other("init")
    other("import", "-", stdin=lines.replace("kol-1", "kol-2"))
    assert other.state[0] == kept.state[0]
    assert other.state[1] != kept.state[1]
