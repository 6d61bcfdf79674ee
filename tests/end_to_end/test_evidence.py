"""Exhibits through the command line: taken in, passed on, and held against their digests."""

import os
import pty
import resource
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Filled, Unchanged
from tests.support.openssh import Key, OpenSsh
from tests.support.tampering import holding

EVENT_ID = "019b8a5e-7c00-7000-8000-000000000001"
MEBIBYTE = 1 << 20

PEAK = """
import sys
from answerable.cli.main import run

code = run(sys.argv[1:])
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
sys.exit(code)
"""
"""Runs a command, and tells the most memory that its process held.

What the system tells of an ended process counts what the one held that started it, too.
"""


@pytest.fixture
def house(cli: Cli, filled: Filled) -> Cli:
    """A ledger, and two files that are to be evidence."""
    filled(cli, "")
    (cli.folder / "memo.pdf").write_bytes(b"%PDF-1.7 memo")
    (cli.folder / "mail.eml").write_bytes(b"Subject: no\n\n")
    return cli


def add(cli: Cli, *arguments: str, case: str = "acme", **options: Any) -> list[Any]:
    return cli(
        "evidence", "add", *arguments, "--case", case, "--new-case", "--json", **options
    ).lines


def check(cli: Cli, *arguments: str, code: int = 0) -> dict[int, tuple[str, str | None]]:
    found = cli("evidence", "check", *arguments, "--json", code=code).lines
    return {each["position"]: (each["state"], each["why"]) for each in found}


def states(cli: Cli, *arguments: str, code: int = 0) -> list[str]:
    return [state for state, _ in check(cli, *arguments, code=code).values()]


def listed(cli: Cli, *arguments: str) -> list[Any]:
    return cli("evidence", "list", *arguments, "--json").lines


def drained(terminal: int) -> bytes:
    """All that is written to a terminal until its other end is closed."""
    shown = b""
    try:
        while part := os.read(terminal, 4096):
            shown += part
    except OSError:  # so Linux tells of the end
        pass
    finally:
        os.close(terminal)
    return shown


class TestAdd:
    def test_a_file_is_registered_by_its_digest(self, house: Cli) -> None:
        told = ("--collected-by", "p-7", "--occurred", "2026-01-05", "--description", "a memo")
        (receipt,) = add(house, "memo.pdf", *told)
        content = (house.folder / "memo.pdf").read_bytes()
        assert receipt["exhibit"] == {
            "digest": f"sha256:{sha256(content).hexdigest()}",
            "media_type": "application/pdf",
            "size": len(content),
            "location": str(house.folder / "memo.pdf"),
        }
        (exhibit,) = listed(house)
        assert exhibit["event_id"] == receipt["event_id"]
        assert exhibit["custody"]["keeper"] == "p-7"
        assert (exhibit["custody"]["gaps"], exhibit["description"]["value"]) == ([], "a memo")
        assert house.state[0] == 1

    def test_many_are_one_transaction(self, house: Cli, unchanged: Unchanged) -> None:
        (house.folder / "empty").touch()
        first, second, third = add(house, "memo.pdf", "mail.eml", "empty")
        assert [each["position"] for each in (first, second, third)] == [0, 1, 2]
        assert (third["exhibit"]["size"], third["size"]) == (0, 3)
        with unchanged(house):
            add(house, "memo.pdf", "gone", code=2)

    @pytest.mark.parametrize(
        ("name", "error"),
        [
            ("gone", "FileMissing"),
            (".", "NotAFile"),
            ("pipe", "NotAFile"),
            ("/dev/zero", "NotAFile"),
            ("loop", "FileUnreadable"),
            ("x" * 300, "FileUnreadable"),
            (os.fsdecode(b"\xff"), "NotToldInText"),
        ],
    )
    def test_what_is_no_file_is_named(
        self, house: Cli, unchanged: Unchanged, name: str, error: str
    ) -> None:
        os.mkfifo(house.folder / "pipe")
        (house.folder / "loop").symlink_to("loop")
        (house.folder / os.fsdecode(b"\xff")).touch()
        with unchanged(house):
            done = house(
                "evidence",
                "add",
                "memo.pdf",
                name,
                "--case",
                "a",
                "--new-case",
                "--json",
                code=None,
            )
        assert done.code in (2, 3)
        assert (done.out, done.error["error"]) == ("", error)

    def test_hostile_names_do_not_reach_the_terminal(self, house: Cli) -> None:
        name = "a\n\x1b[31m\u202e.txt"
        (house.folder / name).write_text("x")
        told = house("evidence", "add", name, "--case", "acme", "--new-case")
        shown = house("evidence", "list").out + house("evidence", "check").out + told.out + told.err
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert states(house) == ["good"]

    def test_a_file_whose_name_is_no_text_is_taken_in_with_its_place_in_words(
        self, house: Cli
    ) -> None:
        name = os.fsdecode(b"\xff")
        (house.folder / name).touch()
        (receipt,) = add(house, name, "--location", "safe 3")
        assert receipt["file"] == "\\udcff"
        assert check(house) == {0: ("indeterminate", "its place is told in words, not as a path")}

    def test_the_same_bytes_again_are_recorded_and_remarked(self, house: Cli) -> None:
        (receipt,) = add(house, "memo.pdf")
        (house.folder / "copy").write_bytes((house.folder / "memo.pdf").read_bytes())
        done = house(
            "evidence", "add", "memo.pdf", "copy", "--case", "acme", "--new-case", "--again"
        )
        assert done.err.count(f"already, as #0 ({receipt['event_id']})") == 2
        assert "copy has the same bytes as memo.pdf" in done.err
        assert house.state[0] == 3
        assert (
            "already" not in house("evidence", "add", "copy", "--case", "other", "--new-case").err
        )

    def test_the_same_event_twice_is_one(self, house: Cli) -> None:
        add(house, "memo.pdf", "--event-id", EVENT_ID)
        (again,) = add(house, "memo.pdf", "--event-id", EVENT_ID)
        assert again["duplicate"]
        done = house(
            "evidence", "add", "memo.pdf", "--case", "acme", "--new-case", "--event-id", EVENT_ID
        )
        assert "On record already" in done.out
        assert "the same bytes" not in done.err
        done = house(
            "evidence",
            "add",
            "mail.eml",
            "--case",
            "acme",
            "--new-case",
            "--event-id",
            EVENT_ID,
            code=3,
        )
        assert house.state[0] == 1

    def test_what_iso_27037_asks_for_is_asked_for(self, house: Cli) -> None:
        done = house(
            "evidence",
            "add",
            "memo.pdf",
            "--case",
            "acme",
            "--new-case",
            "--occurred",
            "2026-01-05",
        )
        assert "Not told: who collected it" in done.err
        assert "when it was" not in done.err

    def test_a_rehearsal_records_nothing(self, house: Cli, unchanged: Unchanged) -> None:
        with unchanged(house):
            first, second = add(house, "memo.pdf", "mail.eml", "--dry-run")
            assert first["dry_run"]
            assert [first["version"], second["version"]] == [1, 2]
            done = house("evidence", "add", "memo.pdf", "--case", "acme", "--new-case", "--dry-run")
            assert done.out.startswith("Would record: memo.pdf")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("memo.pdf", "mail.eml", "--event-id", EVENT_ID),
            ("memo.pdf", "mail.eml", "--sign", "key"),
            ("memo.pdf", "--sign", "key", "--dry-run"),
            ("memo.pdf", "--root", ".", "--location", "safe 3"),
            ("memo.pdf", "--root", "gone"),
            (),
        ],
    )
    def test_options_that_do_not_go_together(self, house: Cli, arguments: tuple[str, ...]) -> None:
        add(house, *arguments, code=2)
        assert house.state[0] == 0

    def test_an_event_can_be_signed(self, house: Cli, openssh: OpenSsh) -> None:
        key = Key.generate("ssh-ed25519")
        key.write(house.folder / "key")
        (house.folder / "signers").write_text(f"recorder-1 {key.line}\n")
        sign = ("--sign", "key", "--signers", "signers")
        add(house, "memo.pdf", *sign)
        house("evidence", "transfer", "0", "--to", "p-8", *sign)
        verified = house("verify", "--signers", "signers", "--json").json
        assert verified["signatures"]["signed"] == 2


class TestCheck:
    def test_what_became_of_each(self, house: Cli) -> None:
        for name in ("altered", "grown", "gone", "replaced"):
            (house.folder / name).write_text(name)
        add(house, "memo.pdf", "altered", "grown", "gone", "replaced")
        assert set(states(house)) == {"good"}
        (house.folder / "altered").write_text("ALTERED")
        (house.folder / "grown").write_text("grown more")
        (house.folder / "gone").unlink()
        (house.folder / "replaced").unlink()
        (house.folder / "replaced").mkdir()
        found = check(house, code=1)
        assert [state for state, _ in found.values()] == [
            "good", "altered", "altered", "missing", "missing",
        ]  # fmt: skip
        assert "10 bytes where it had 5" in str(found[2])
        assert "is a directory" in str(found[4])
        done = house("evidence", "check", code=1)
        assert "5 exhibits: 2 altered, 1 good, 2 missing." in done.err

    def test_a_single_byte_makes_it_fail(self, house: Cli) -> None:
        add(house, "memo.pdf")
        place = house.folder / "memo.pdf"
        for content, code in ((b"%PDF-1.7 mem0", 1), (b"%PDF-1.7 memo", 0)):
            place.write_bytes(content)
            house("evidence", "check", code=code)

    def test_one_that_cannot_be_read_is_named_and_fails_nothing(self, house: Cli) -> None:
        add(house, "memo.pdf")
        place = house.folder / "memo.pdf"
        place.unlink()
        place.symlink_to(place)
        assert states(house) == ["unreadable"]

    def test_below_a_root_that_moves(self, house: Cli) -> None:
        share = house.folder / "share"
        (share / "a").mkdir(parents=True)
        (share / "a" / "f").write_text("x")
        (receipt,) = add(house, "share/a/f", "--root", "share")
        assert receipt["exhibit"]["location"] == "./a/f"
        share.rename(house.folder / "mounted")
        assert states(house, "--root", "mounted") == ["good"]
        assert states(house) == ["indeterminate"]
        assert states(house, "--root", ".", code=1) == ["missing"]
        add(house, "memo.pdf", "--root", "mounted", code=2)

    def test_only_the_exhibits_of_a_case(self, house: Cli) -> None:
        add(house, "memo.pdf")
        add(house, "mail.eml", case="other")
        (house.folder / "mail.eml").unlink()
        assert states(house, "--case", "acme") == ["good"]
        assert states(house, code=1) == ["good", "missing"]
        house("evidence", "check", "--case", "none", code=2)

    def test_what_was_retracted_is_not_looked_for(self, house: Cli) -> None:
        (receipt,) = add(house, "memo.pdf")
        house.append("retraction", "--case", "acme", "--target", receipt["event_id"])
        (house.folder / "memo.pdf").unlink()
        assert states(house) == []
        assert "(retracted)" in house("evidence", "list").out

    def test_an_erased_place_is_indeterminate(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7")
        house.append("personal-data-erased", "--case", "acme", "--subject", "p-7",
                     "--legal-basis", "gdpr 17")  # fmt: skip
        assert check(house) == {0: ("indeterminate", "its place is erased")}

    def test_a_huge_file_takes_little_memory(self, house: Cli) -> None:
        with (house.folder / "huge").open("wb") as file:
            file.truncate(200 * MEBIBYTE)
        for arguments in (("add", "huge", "--case", "acme", "--new-case"), ("check",)):
            done = subprocess.run(
                [sys.executable, "-c", PEAK, "evidence", *arguments], cwd=house.folder,
                env=house.environment(), capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert int(done.stdout.splitlines()[-1]) < 120 * 1024, "kibibytes"
        assert states(house) == ["good"]

    def test_a_terminal_shows_how_far_it_is(self, house: Cli) -> None:
        with (house.folder / "large").open("wb") as file:
            file.truncate(30 * MEBIBYTE)
        ours, theirs = pty.openpty()
        process = house.start("evidence", "add", "large", "--case", "acme", "--new-case",
                              stderr=theirs,
                              stdout=subprocess.DEVNULL)  # fmt: skip
        os.close(theirs)
        shown = drained(ours)
        assert process.wait(60) == 0
        assert b"Hashing" in shown
        assert b"100%" in shown


class TestTransfer:
    def test_it_passes_from_the_keeper_on_record(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7", "--occurred", "2026-01-05")
        done = house("evidence", "transfer", "0", "--to", "p-8", "--occurred", "2026-01-06")
        assert "From p-7" in done.err
        assert "gap" not in done.err
        house("evidence", "transfer", "0", "--to", "p-9", "--occurred", "2026-01-07")
        found = house("evidence", "custody", "0", "--json").json["custody"]
        assert [each["step"]["from"] for each in found["links"]] == ["p-7", "p-8"]
        assert (found["keeper"], found["certain"], found["gaps"]) == ("p-9", True, [])
        assert "Custody has no gaps." in house("evidence", "custody", "0").out

    def test_two_at_once_do_not_both_pass_from_one_keeper(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7", "--occurred", "2026-01-05")
        with holding(house.ledger) as let_go:
            given = ("evidence", "transfer", "0", "--to")
            both = [
                house.start(*given, to, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                for to in ("p-8", "p-9")
            ]
            for each in both:  # each has read who keeps it, and waits to record
                assert each.stderr is not None
                assert each.stderr.readline().startswith(b"From p-7")
            let_go()
            said = [each.communicate(timeout=60)[1].decode() for each in both]
        assert sorted(each.returncode for each in both) == [0, 3]
        assert "someone recorded in it since" in " ".join("".join(said).split())
        (exhibit,) = listed(house)
        assert len(exhibit["custody"]["links"]) == 1

    def test_another_giver_is_recorded_and_said_to_leave_a_gap(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7", "--occurred", "2026-01-05")
        given = ("--to", "p-9", "--from", "p-8", "--occurred", "2026-01-06")
        done = house("evidence", "transfer", "0", *given)
        assert "A gap in its custody (fail)" in done.err
        (exhibit,) = listed(house)
        assert exhibit["custody"]["gaps"][0]["what"] == "hands"
        done = house("report", "acme", "--format", "json", "--check", code=1)
        (custody,) = (each for each in done.json["checks"] if each["rule"] == "custody")
        assert (custody["verdict"], len(custody["witnesses"])) == ("fail", 2)

    def test_one_that_is_recorded_late_is_from_nobody_unless_told(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7", "--occurred", "2026-01-01")
        house(
            "evidence", "transfer", "0", "--to", "p-9", "--from", "p-8", "--occurred", "2026-01-09"
        )
        done = house(
            "evidence", "transfer", "0", "--to", "p-8", "--occurred", "2026-01-05", "--dry-run"
        )
        assert "From" not in done.err.splitlines()[0]
        house(
            "evidence", "transfer", "0", "--to", "p-8", "--from", "p-7", "--occurred", "2026-01-05"
        )
        assert house("evidence", "custody", "0", "--json").json["custody"]["gaps"] == []

    def test_where_it_is_kept_now(self, house: Cli) -> None:
        add(house, "memo.pdf")
        (house.folder / "memo.pdf").rename(house.folder / "kept.pdf")
        assert states(house, code=1) == ["missing"]
        place = str(house.folder / "kept.pdf")
        house("evidence", "transfer", "0", "--to", "p-8", "--location", place)
        assert states(house) == ["good"]

    def test_the_same_transfer_twice_is_one(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7")
        for _ in range(2):
            house("evidence", "transfer", "0", "--to", "p-8", "--event-id", EVENT_ID)
        assert house.state[0] == 2

    def test_what_is_no_exhibit(self, house: Cli, unchanged: Unchanged) -> None:
        house.append("contact", "--case", "acme", "--counterparty", "kol-1", "--new-case")
        with unchanged(house):
            house("evidence", "transfer", "0", "--to", "p-8", code=2)
            for named in ("nonsense", EVENT_ID):
                house("evidence", "custody", named, code=2)

    def test_a_rehearsal_and_impossible_dates_record_nothing(
        self, house: Cli, unchanged: Unchanged
    ) -> None:
        add(house, "memo.pdf")
        with unchanged(house):
            done = house("evidence", "transfer", "0", "--to", "p-8", "--dry-run", "--json")
            assert done.json["dry_run"]
            house("evidence", "transfer", "0", "--to", "p-8", "--occurred", "2026-02-30", code=3)


class TestQuestions:
    def test_both_times(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7", "--occurred", "2026-01")
        assert listed(house, "--as-of", "2025-12-31") == []
        (exhibit,) = listed(house, "--as-of", "2026-01-15")
        assert exhibit["happened"] == "unknown"
        assert "indeterminate" in house("evidence", "list", "--as-of", "2026-01-15").out
        assert listed(house, "--known-by", "2020-01-01") == []
        assert "by then" in house("evidence", "list", "--known-by", "2020-01-01").err
        house("evidence", "custody", "0", "--known-by", "2020-01-01", code=2)

    def test_names_and_findings_are_shown(self, house: Cli) -> None:
        register = ("append", "party-registered", "--type", "person", "--party")
        house(*register, "p-7", "--name", "Jane Doe")
        add(house, "memo.pdf", "--collected-by", "Jane Doe", "--occurred", "2026-01-05")
        house("append", "finding-made", "--case", "acme", "--subject", "p-9", "--outcome",
              "substantiated", "--responsibility", "direct", "--basis", "1")  # fmt: skip
        for arguments in (("list",), ("list", "--case", "acme"), ("custody", "1")):
            out = house("evidence", *arguments).out
            assert "collected by Jane Doe, 2026-01-05" in out
            assert "bears the finding about p-9 (#2, substantiated)" in out

    def test_where_there_is_no_evidence(self, house: Cli) -> None:
        assert "no evidence on record" in house("evidence", "list").err
        assert "0 exhibits." in house("evidence", "check").err
        assert house("evidence", "list", "--json").out == ""

    def test_lines_fit_a_terminal(self, house: Cli) -> None:
        add(house, "memo.pdf", "--collected-by", "p-7")
        house("evidence", "transfer", "0", "--to", "p-9", "--from", "p-8")
        for command in ("list", "check", "custody"):
            ours, theirs = pty.openpty()
            arguments = (command, "0") if command == "custody" else (command,)
            process = house.start("evidence", *arguments, stdout=theirs, stderr=subprocess.DEVNULL)
            os.close(theirs)
            shown = drained(ours)
            assert process.wait(60) == 0
            folder = len(str(house.folder))
            for line in shown.decode().splitlines():
                assert len(line) <= max(80, folder + 40)


def test_the_command_tells_of_each_of_its_own(cli: Cli) -> None:
    shown = cli("evidence", "--help").out
    for name in ("add", "list", "check", "transfer", "custody"):
        said = cli("evidence", name, "--help").out
        assert f"answerable evidence {name}" in said
        assert max(map(len, said.splitlines())) <= 90
        assert f"  {name} " in shown


def test_no_more_files_are_open_than_one_at_a_time(house: Cli) -> None:
    names = [f"f{n}" for n in range(60)]
    for name in names:
        (house.folder / name).write_text(name)

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))

    assert len(add(house, *names, before=few)) == 60
    assert states(house) == ["good"] * 60
    assert Path(house.folder / "f0").exists()
