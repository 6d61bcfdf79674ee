"""`answerable log`, `show` and `cases`."""

import json
import pty
import subprocess

import pytest
from tests.end_to_end.conftest import ACTOR, COMMAND, EXAMPLE, Cli
from tests.support.terminal import written_to


def test_the_log_has_a_line_an_entry(story: Cli) -> None:
    lines = story("log").out.splitlines()
    told = [json.loads(line) for line in EXAMPLE.read_text().splitlines()]
    assert len(lines) == len(told)
    for position, (line, event) in enumerate(zip(lines, told, strict=True)):
        first, recorded, occurred, kind, case, *_, event_id = line.split()
        assert (first, kind, case) == (str(position), event["kind"], event["case_id"])
        assert occurred == event.get("occurred", "-")
        assert event_id == event["event_id"]
        assert recorded.endswith("Z")
    (fired,) = [line for line in lines if "dismissal" in line]
    assert "Sanction against" in fired
    assert any("Xu Fei" in line for line in lines if "sanction-imposed" in line)


def test_the_log_as_json_holds_every_public_field(story: Cli) -> None:
    lines = story("log", "--json").lines
    told = [json.loads(line) for line in EXAMPLE.read_text().splitlines()]
    assert [line["position"] for line in lines] == list(range(len(told)))
    assert [line["event_id"] for line in lines] == [event["event_id"] for event in told]
    assert "_sd" not in lines[0]
    assert all(line["sealed"] >= 1 for line in lines)


def test_choosing_from_the_log(story: Cli) -> None:
    sanctions = story("log", "--kind", "sanction", "--kind", "sanction-executed", "--json").lines
    assert {line["kind"] for line in sanctions} == {"sanction-imposed"}
    assert len(sanctions) == 7
    house = story("log", "--case", "house", "--json").lines
    assert {line["case_id"] for line in house} == {"house"}
    everything = story("log", "--json").lines
    assert story("log", "--limit", "3", "--json").lines == everything[:3]
    assert story("log", "--last", "3", "--json").lines == everything[-3:]
    assert story("log", "--last", "2", "--kind", "sanction", "--json").lines == sanctions[-2:]
    assert story("log", "--limit", str(2**63), "--json").lines == everything
    assert story("log", "--last", str(2**63), "--json").lines == everything
    assert story("log", "--since", "0001", "--json").lines == everything
    assert story("log", "--since", "5", "--json").lines == everything[5:]
    assert story("log", "--since", "#5", "--last", "1000", "--json").lines == everything[5:]
    assert story("log", "--since", "2000-01", "--json").lines == everything
    assert story("log", "--since", "9998", "--json").lines == []
    assert "--limit and --last" in story("log", "--limit", "1", "--last", "1", code=2).err
    assert "Did you mean sanction" in story("log", "--kind", "sanctoin", code=3).err


def in_a_terminal(cli: Cli, *arguments: str, columns: int) -> str:
    """What a command writes to a terminal."""
    near, far = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=cli.folder,
        env=cli.environment(COLUMNS=str(columns)),
        stdin=subprocess.DEVNULL,
        stdout=far,
    )
    written = written_to(near, far, process.wait)
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


def test_in_a_terminal_the_log_fits_its_width(story: Cli) -> None:
    entries = story("log", "--json").lines
    for columns in (80, 120):
        lines = in_a_terminal(story, "log", columns=columns).splitlines()
        assert max(map(len, lines)) <= columns
        events = [line for line in lines if line.startswith("  #")]
        assert [line.split()[0] for line in events] == [f"#{at}" for at in range(len(entries))]
        assert len(lines) == len(entries) + 2, "one for the house, one for the case"
        assert sum("Contact with a KOL (xiaomi-kol), recorded " in line for line in lines) == 1
    at_length = in_a_terminal(story, "log", "-v", columns=120)
    assert all(entry["event_id"] in at_length for entry in entries)


def test_in_a_terminal_cases_are_called_by_their_titles(story: Cli) -> None:
    house, case = in_a_terminal(story, "cases", columns=80).splitlines()
    assert house.startswith("house ")
    assert case.startswith("Contact with a KOL (xiaomi-kol) ")
    assert " open " in case
    assert max(map(len, in_a_terminal(story, "cases", columns=40).splitlines())) <= 40


def test_what_is_shown_cannot_steer_the_terminal(story: Cli) -> None:
    story.append(
        *("party-registered", "--party", "p-9", "--type", "person"),
        *("--name", "Li \x1b[2J\u202eNa"),
    )
    receipt = story.append("contact", "--case", "xiaomi-kol", "--counterparty", "p-9")
    for text in (story("log").out, story("show", str(receipt["position"])).out):
        assert "Li \\u001b[2J\\u202eNa" in text


def test_show_tells_everything(story: Cli) -> None:
    apology = story("log", "--kind", "apology", "--json").lines[0]
    told = [json.loads(line) for line in EXAMPLE.read_text().splitlines()]
    event = next(each for each in told if each["kind"] == "apology-issued")
    shown = story("show", apology["event_id"]).out
    assert shown.startswith(
        "Apology by Xu Jieyun (via social media)\n"
        "#13, Contact with a KOL (xiaomi-kol), 2026-01-05\n"
    )
    assert (
        f"  kind              apology issued, event {apology['version']} of xiaomi-kol\n" in shown
    )
    assert shown.splitlines()[-1].startswith("  leaf  ")
    assert "Xu Jieyun" in shown
    assert f"recorded by       {ACTOR}" in shown
    (source,) = event["sources"]
    assert source["title"].split()[-1] in shown
    (admitted,) = event["admits"]
    assert admitted in shown
    in_a_terminal = story.terminal("show", apology["event_id"])
    assert max(map(len, in_a_terminal.splitlines())) <= 84  # a hash is 64 wide

    as_json = story("show", apology["event_id"], "--json").json
    assert as_json["sealed"]["admits"] == event["admits"]
    assert as_json["position"] == apology["position"]


def test_show_tells_what_came_later(story: Cli) -> None:
    sanction = story("log", "--kind", "sanction", "--json").lines[1]
    target = ("--case", "xiaomi-kol", "--target", sanction["event_id"])
    story.append("correction", *target, "--set", "effective=2026-02", "--set", "reason=told later")
    wrong = story.append("correction", *target, "--set", "effective=1999")
    story.append("retraction", "--case", "xiaomi-kol", "--target", wrong["event_id"])
    story.append("dispute", *target, "--by", sanction["subject"])
    story.append("sanction-executed", "--case", "xiaomi-kol", "--sanction", sanction["event_id"])
    shown = story("show", sanction["event_id"]).out
    assert "effective         2026-02\n" in shown
    assert "as first recorded: (nothing)" in shown
    assert "1999" not in shown
    for label in ("corrected by", "disputed by", "followed by"):
        assert shown.count(label) == 1
    assert "told later" in shown
    assert "(RETRACTED)" in story("show", wrong["event_id"]).out
    assert (
        f"retracted by      #{wrong['position'] + 1} Retraction of "
        in story("show", wrong["event_id"]).out
    )


def test_show_marks_what_is_erased(kept: Cli) -> None:
    kept.append("party-registered", "--party", "p-1", "--type", "person", "--name", "Li Na")
    kept.append(
        "personal-data-erased", "--case", "acme", "--subject", "p-1", "--legal-basis", "gdpr 17"
    )
    assert "name              (erased)" in kept("show", "2").out
    shown = kept("show", "2", "--json").json
    assert shown["erased"] == ["name"]
    assert "Li Na" not in kept("show", "2").out + kept("log").out


def test_raw_is_what_is_hashed(story: Cli) -> None:
    import hashlib

    raw = story("show", "3", "--raw").out.encode()
    leaf = hashlib.sha256(b"\x00" + raw).hexdigest()
    assert story("show", "3", "--json").json["leaf"] == leaf


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("999", "there is no position 999: the ledger holds 28 entries"),
        ("019b8a5e-dead", "there is no event 019b8a5e-dead"),
        ("019b", "neither an event id nor the beginning of one"),
        ("", "neither an event id nor"),
        ("kontakt", "neither an event id nor"),
    ],
)
def test_an_event_that_is_not_there(story: Cli, event: str, said: str) -> None:
    assert said in story("show", event, code=2).err
    assert said in story("show", event, "--json", code=2).error["message"]


def test_the_cases(story: Cli) -> None:
    house, xiaomi = story("cases").out.splitlines()
    assert house.split()[:2] == ["house", "6"]
    assert xiaomi.split()[:3] == ["xiaomi-kol", "22", "open"]
    assert xiaomi.endswith("  Contact with a KOL")
    title = story("log", "--kind", "case-opened", "--json").lines[0]
    story.append(
        *("correction", "--case", "xiaomi-kol", "--target", title["event_id"]),
        *("--set", "title=Another title"),
    )
    story.append("case-closed", "--case", "xiaomi-kol", "--disposition", "sanctioned")
    house_json, xiaomi_json = story("cases", "--json").lines
    assert (house_json["state"], house_json["title"]) == ("not opened", None)
    assert (xiaomi_json["state"], xiaomi_json["title"]) == ("closed", "Another title")
    assert xiaomi_json["events"] == 24


def test_no_cases_yet(cli: Cli) -> None:
    cli("init")
    result = cli("cases")
    assert (result.out, "no cases yet" in result.err) == ("", True)
    assert cli("log").out == ""
    assert cli("export").out == ""
    assert cli("export", "--entries").out == ""
