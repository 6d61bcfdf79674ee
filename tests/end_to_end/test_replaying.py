"""`answerable replay` as an argument: on the example case, and on one with late entries."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.end_to_end.conftest import COMMAND, EXAMPLE, Cli
from tests.support.clock import Steps

from answerable.domain.parsing import parse, parse_line
from answerable.ledger.ledger import Ledger

DIGEST = "sha256:" + "0" * 64
RIGHT, HOME, END = b"\x1b[C", b"\x1b[H", b"\x1b[F"

Story = list[tuple[int, dict[str, Any]]]
STORY: Story = [
    (1, {"kind": "case-opened", "title": "A case"}),
    (2, {"kind": "evidence-registered", "digest": DIGEST, "occurred": "2026-01-02"}),
    (3, {"kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "occurred": "2026-01-03", "basis": [1]}),
    (8, {"kind": "subject-heard", "subject": "p-1", "occurred": "2026-01-04"}),
    (9, {"kind": "decision-taken", "outcome": "sanction", "occurred": "2026-01-06", "basis": [2]}),
    (9, {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": [4],
         "occurred": "2026-01-06"}),
    (20, {"kind": "evidence-registered", "digest": DIGEST, "occurred": "2026-01-05"}),
    (21, {"kind": "evidence-registered", "digest": DIGEST, "occurred": "2026-01"}),
    (22, {"kind": "correction", "target": 1, "fields": {"media_type": "text/csv"}}),
    (23, {"kind": "retraction", "target": 2}),
]  # fmt: skip
"""What was recorded on which day of January; references by position."""


@pytest.fixture
def late(cli: Cli) -> Cli:
    """A ledger with a case whose entries came late, and were corrected."""
    clock = Steps(
        datetime.fromisoformat("2026-01-01T09:00:00Z") + timedelta(days=day - 1) for day, _ in STORY
    )
    ids: list[str] = []
    with Ledger.create(cli.ledger, clock=clock) as ledger:
        for _, fields in STORY:
            clock.go_on()
            named = dict(fields)
            if "target" in named:
                named["target"] = ids[named["target"]]
            named["basis"] = [ids[each] for each in named.get("basis", ())]
            event = parse({"case_id": "acme", **named})
            ids.append(ledger.append(event, recorded_by="Jo").event_id)
    return cli


@pytest.fixture
def story(cli: Cli) -> Cli:
    with Ledger.create(cli.ledger) as ledger:
        lines = EXAMPLE.read_bytes().splitlines()
        ledger.append_all([parse_line(line) for line in lines], recorded_by="Jo")
    return cli


def test_each_decision_has_its_argument(late: Cli) -> None:
    out = late("replay", "acme").out

    decision = out.partition("Decision: sanction")[2].partition("#5")[0]
    assert "names as its ground: #2; behind that: #1" in decision
    assert "on record, not named: #3" in decision
    assert "⟲ hindsight: on record only after it was decided: #3 hearing" in decision
    assert "⟲ hindsight: had happened before, recorded only later: #6" in decision
    assert "⟲ indeterminate: recorded later, may have happened before: #7" in decision
    since = "#1 evidence: corrected by #8; #2 finding: retracted by #9"
    assert f"⟲ since then: {since}" in out.partition("Recorded ")[0]
    assert out.count("retracted by #9") == 1


def test_as_json_a_step_bears_all_of_it(late: Cli) -> None:
    steps = late("replay", "acme", "--json").lines
    argument = steps[4]["argument"]

    assert [each["position"] for each in argument["named"]] == [2]
    assert [each["position"] for each in argument["behind"]] == [1]
    assert argument["not_named"] == [
        {"happened": "yes", "on_record": "no", "stood": [], "positions": [3]}
    ]
    assert [each["positions"] for each in argument["hindsight"]] == [[6]]
    assert [each["positions"] for each in argument["indeterminate"]] == [[7]]
    assert [(each["position"], each["at"]) for each in argument["since"]] == [(2, 9), (1, 8)]
    assert [step["argument"] is None for step in steps[:4]] == [True, True, False, True]


def test_the_times_and_the_end_go_together(late: Cli) -> None:
    arguments = ("replay", "acme", "--json", "--until", "5")
    steps = late(*arguments, "--known-by", "2026-01-20", "--as-of", "2026-01-06").lines

    assert [step["event"]["position"] for step in steps] == list(range(6))
    assert steps[4]["argument"]["hindsight"][0]["positions"] == [6]
    assert steps[4]["argument"]["indeterminate"] == []
    assert steps[4]["argument"]["since"] == []
    early = late(*arguments, "--as-of", "2026-01-03").lines
    assert [step["event"]["position"] for step in early] == [0, 1, 2]


@pytest.mark.parametrize("date", ["2026-01-05", "2026-01", "../2026-01-05", "2026-01-05T10:00Z"])
@pytest.mark.parametrize("option", ["--until", "--at"])
def test_a_date_is_no_step_and_goes_through_the_two_times(
    late: Cli, option: str, date: str
) -> None:
    said = " ".join(late("replay", "acme", option, date, code=2).err.split())

    assert f"{option} takes an event or a step, and {date} is a date." in said
    moment = date if date[-1].isdigit() and date[0] != "." else "DATE"
    assert f"Use --as-of {moment} to leave out what happened later, or --known-by {moment}" in said
    if moment == date:
        late("replay", "acme", "--as-of", date, "--known-by", date, "--json")


def test_four_digits_may_be_a_year_and_a_step_is_counted(late: Cli) -> None:
    said = " ".join(late("replay", "acme", "--until", "2026", code=2).err.split())

    assert "2026 may be a date" in said
    assert "For the event at position 2026, write '#2026'." in said
    steps = late("replay", "acme", "--json", "--until", "step:2", "--as-of", "2026-01-03").lines
    assert [step["event"]["position"] for step in steps] == [0, 1]


@pytest.mark.parametrize("event", ["4", "#4", "id"])
def test_the_state_before_a_decision(late: Cli, event: str) -> None:
    if event == "id":
        event = late("log", "--json").lines[4]["event_id"]
    out = late("replay", "acme", "--at", event).out

    now, _, later = " ".join(out.split()).partition("⟲ hindsight:")
    assert now.startswith("A case (acme), just before #4 2026-01-06 · Decision: sanction ")
    assert "not what anybody knew" in now
    assert "4 events were on record by then (2026-01-09 09:00 UTC, as of 2026-01-06" in now
    assert "and the case was open." in now
    assert "One party whose type is not told was accountable." in now
    assert "#3 · 2026-01-04 · p-1 was heard (⟲ on record only from 2026-01-08)" in now
    assert "text/csv" not in now
    assert "#6 · 2026-01-05" in later
    assert "retracted by #9" in later


def test_the_state_before_a_decision_as_json(late: Cli) -> None:
    told = late("replay", "acme", "--at", "4", "--json").json

    assert (told["on_record"], told["later"], told["state"]) == (4, 5, "open")
    assert told["as_of"] == "2026-01-06T23:59:59.999999Z"
    assert [person["party"] for person in told["accountability"]["people"]] == ["p-1"]
    assert told["argument"]["hindsight"][0]["stood"]["position"] == 6
    known = late("replay", "acme", "--at", "4", "--json", "--known-by", "2026-01-10").json
    assert (known["later"], known["argument"]["hindsight"], known["argument"]["since"]) == (
        1,
        [],
        [],
    )


def test_the_example_case_was_recorded_after_the_fact(story: Cli) -> None:
    arguments = [step["argument"] for step in story("replay", "xiaomi-kol", "--json").lines]
    decisions = [argument for argument in arguments if argument is not None]

    assert len(decisions) == 14
    assert all(argument["after_the_fact"] for argument in decisions)
    assert not any(argument["hindsight"] for argument in decisions)
    out = story("replay", "xiaomi-kol").out
    once = "⟲ hindsight: all 14 decisions were taken before anything of the case was on record"
    assert once in "\n".join(out.splitlines()[:24])
    assert out.count("⟲ hindsight") == 1
    assert out.count("in one go, so that their order tells nothing: #6 to #27") == 1
    assert out.count("all else as at #20") == 6


def test_the_answer_comes_first_and_the_log_last(story: Cli) -> None:
    first, second, *_, last = story("replay", "xiaomi-kol").out.splitlines()

    assert first == "Contact with a KOL (xiaomi-kol), in 22 steps"
    assert second == "Three people are accountable."
    assert last.startswith("28 entries, root ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--at", "99"),
        ("--at", "x"),
        ("--at", ""),
        ("--at", "0"),  # of another case
        ("--at", "8", "--until", "9"),
        ("--at", "8", "--known-by", "2025"),
        ("--interactive",),
        ("--interactive", "--json"),
        ("--interactive", "--at", "8"),
    ],
)
def test_what_cannot_be_answered_ends_with_2(story: Cli, arguments: tuple[str, ...]) -> None:
    result = story("replay", "xiaomi-kol", *arguments, code=2)

    assert result.out == ""
    assert result.err


def test_an_event_before_which_there_was_nothing(story: Cli) -> None:
    said = story("replay", "xiaomi-kol", "--at", "6").out
    assert "0 events were on record by then (" in said
    assert "and the case was not opened yet." in said


def test_textual_is_imported_only_when_it_is_asked_for(story: Cli) -> None:
    program = (
        "import sys; from answerable.cli.main import run; code = run(sys.argv[1:]); "
        "assert 'textual' not in sys.modules; sys.exit(code)"
    )
    for arguments in (["replay", "xiaomi-kol"], ["replay", "xiaomi-kol", "--at", "19"]):
        subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=story.folder,
            env=story.environment(),
            stdout=subprocess.DEVNULL,
            check=True,
        )


class Terminal:
    """A terminal of 24 lines of 80, and a command in it."""

    def __init__(self, cli: Cli, command: list[str]) -> None:
        self.near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = cli.environment(TERM="xterm-256color", NO_COLOR="1")
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            command,
            cwd=cli.folder,
            env=environment,
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
        )
        os.close(far)
        self.shown = b""

    def until(self, sign: bytes, seconds: float = 60) -> None:
        """Read what it shows until this is there."""
        end = time.monotonic() + seconds
        seen = len(self.shown)
        while sign not in self.shown[seen:]:
            left = end - time.monotonic()
            assert left > 0, self.shown[-3_000:]
            assert select.select([self.near], [], [], left)[0], self.shown[-3_000:]
            self.shown += os.read(self.near, 65_536)

    def press(self, keys: bytes) -> None:
        os.write(self.near, keys)

    def end(self) -> int:
        """Read to the end, and give the exit code."""
        try:
            while select.select([self.near], [], [], 60)[0] and (got := os.read(self.near, 65_536)):
                self.shown += got
        except OSError:  # the other end is closed
            pass
        return self.process.wait(60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(60)
        os.close(self.near)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for each in opened:
        each.close()


def test_in_a_terminal_one_steps_with_the_arrow_keys(story: Cli, terminals: list[Terminal]) -> None:
    command = [*COMMAND, "replay", "xiaomi-kol", "--interactive", "--at", "16"]
    terminal = Terminal(story, command)
    terminals.append(terminal)

    terminal.until(b"step 11 of 22")
    terminal.press(RIGHT)
    terminal.until(b"2 of 22")
    terminal.press(END)
    terminal.until(b"22 of 22")
    terminal.press(HOME)
    terminal.until(b"Contact with the KOL")
    terminal.press(b"q")

    assert terminal.end() == 0
    assert b"Traceback" not in terminal.shown


def test_without_textual_it_is_told_what_to_install(story: Cli, terminals: list[Terminal]) -> None:
    program = (
        "import sys; sys.modules['textual'] = None; sys.modules['textual.app'] = None; "
        "from answerable.cli.main import main; main()"
    )
    command = [sys.executable, "-c", program, "replay", "xiaomi-kol", "--interactive"]
    terminal = Terminal(story, command)
    terminals.append(terminal)

    assert terminal.end() == 3
    assert b"answerable[interactive]" in terminal.shown
    assert b"Traceback" not in terminal.shown


def test_in_a_terminal_a_case_that_had_not_begun_is_not_stepped_through(
    story: Cli, terminals: list[Terminal]
) -> None:
    story.append("contact", "--case", "later", "--counterparty", "org-7", "--occurred", "2027",
                 "--new-case")  # fmt: skip
    command = [*COMMAND, "replay", "later", "--interactive", "--as-of", "2026-01-01"]
    terminal = Terminal(story, command)
    terminals.append(terminal)

    assert terminal.end() == 0
    assert b"Nothing of it had happened by then" in terminal.shown


def test_a_replay_of_many_steps_is_a_line_each(cli: Cli) -> None:
    lines = [
        {"kind": "finding-made", "case_id": "acme", "subject": f"p-{number}",
         "outcome": "exonerated", "responsibility": "none"}
        for number in range(300)
    ]  # fmt: skip
    with Ledger.create(cli.ledger) as ledger:
        ledger.append_all([parse(line) for line in lines], recorded_by="Jo")

    steps = cli("replay", "acme", "--json").lines

    assert len(steps) == 300
    assert len(steps[-1]["argument"]["not_named"][0]["positions"]) == 299
    assert len(steps[0]["argument"]["together"][0]["positions"]) == 299
    assert max(map(len, cli("replay", "acme").out.splitlines())) <= 100


def test_when_and_by_whom_is_told_where_it_differs_from_the_step_above(cli: Cli) -> None:
    cli("init")
    contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "k-1"}
    at = datetime(2026, 1, 9, 9, tzinfo=UTC)
    with Ledger.open(cli.ledger, clock=lambda: at) as ledger:
        for who in ("Jo", "Jo", "Al", "Jo"):
            ledger.append(parse(contact), recorded_by=who)

    lines = cli("replay", "acme").out.splitlines()
    told = [line.partition(" by ")[2] for line in lines if line.startswith("Recorded ")]
    in_one_go = "Jo, in one go, so that their order tells nothing: #0, #1"
    assert told == [in_one_go, "Al:", "Jo:"]
