"""`answerable status` and `answerable report`."""

import json
import re
import shlex
from hashlib import sha256

import pytest
from tests.end_to_end.conftest import ACTOR, Cli
from tests.support.bundles import everything_told

from answerable.ledger.bundle.in_page.extracted import extracted


def test_status_tells_who_is_accountable_and_who_is_barred(story: Cli) -> None:
    out = story("status").out
    assert out.startswith("Accountable: 3 people. Barred: 1 person. Open: 8. Cases: 1.\n")
    assert "\nContact with a KOL (xiaomi-kol): open\n" in out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert (
        "Xu Fei (person-2) accountable as a manager: management failure #16; formal reprimand #21; "
        "performance rating reduction, 2025 #22; bonus cancellation, 2025 #23"
    ) in lines
    assert "the KOL (person-1) barred from 2026-01-05 (end not stated), in force #12" in lines
    assert "open: case to close; 7 × sanction to execute" in out
    assert out.splitlines()[-1].startswith("28 entries, root ")


def test_one_whose_name_is_not_told_is_called_by_their_post(story: Cli) -> None:
    for question in ((), ("--case", "xiaomi-kol"), ("--person", "person-4")):
        assert "the employee directly responsible (person-4)" in story("status", *question).out


def test_the_register_is_folded_to_a_screen_and_whole_in_a_pipe(story: Cli) -> None:
    lines = [
        line
        for line in story.terminal("status", "--as-of", "2026-01-05").splitlines()
        if "\x1b" not in line
    ]
    assert max(map(len, lines)) <= 80
    (row,) = [line for line in story("status").out.splitlines() if "Xu Fei" in line]
    assert len(row) > 80


def test_status_as_json_is_a_line_a_case(story: Cli) -> None:
    (case,) = story("status", "--json").lines
    assert (case["case_id"], case["state"]) == ("xiaomi-kol", "open")
    # As of no day, nothing is judged to be overdue, nor not to be.
    assert case["open"] == {"all": 8, "indeterminate": 0, "overdue": None}
    (then,) = story("status", "--json", "--as-of", "2026-03-10").lines
    assert then["open"]["overdue"] == 0
    assert {person["party"] for person in case["people"]} == {"person-2", "person-3", "person-4"}
    assert {party["shown"] for party in case["parties"]} == {
        "Xu Fei",
        "Xu Jieyun",
        "person-4",
        "the KOL",
    }


def test_status_of_a_case_tells_what_is_open_at_length(story: Cli) -> None:
    out = story("status", "--case", "xiaomi-kol").out
    assert "  open: sanction to execute: Xu Fei #21, #22, #23\n" in out
    assert "  missing: which clause was breached is not told #15, #16, #17\n" in out
    assert all(f"#{number}" in out for number in range(20, 27))
    assert len(story("status", "--case", "xiaomi-kol", "--json").json["open"]) == 8


@pytest.mark.parametrize("who", ["person-2", "Xu Fei", "xu fei"])
def test_status_of_a_person_by_pseudonym_or_name(story: Cli, who: str) -> None:
    out = story("status", "--person", who).out
    assert out.startswith("Xu Fei (person-2): accountable as a manager\n")
    assert "  Contact with a KOL (xiaomi-kol)\n" in out
    told = story("status", "--person", who, "--json").json
    assert told["party"] == "person-2"
    assert told["cases"][0]["accountable"] == "yes"
    assert len(told["open"]) == 3


def test_status_of_a_party_tells_bars_and_contacts(story: Cli) -> None:
    told = story("status", "--party", "the KOL", "--json").json
    assert [bar["in_force"] for bar in told["bars"]] == ["yes"]
    assert [contact["position"] for contact in told["contacts"]] == [6]
    assert (
        "barred from 2026-01-05 (end not stated), in force"
        in story("status", "--party", "person-1").out
    )


def test_status_of_one_who_is_registered_and_of_whom_nothing_is_said(story: Cli) -> None:
    assert "Nothing is held against them" in story("status", "--person", "the KOL").out
    assert "not barred" in story("status", "--party", "Xu Fei").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--case", "nope"),
        ("status", "--person", "nobody"),
        ("status", "--party", "No One"),
        ("status", "--case", "xiaomi-kol", "--person", "person-2"),
        ("report", "nope"),
        ("report", "xiaomi-kol", "--known-by", "2025"),
    ],
)
def test_what_is_not_there_ends_with_2_and_an_empty_answer(
    story: Cli, arguments: tuple[str, ...]
) -> None:
    assert story(*arguments, code=2).out == ""


def test_a_name_that_several_bear_is_not_guessed(story: Cli) -> None:
    story("append", "party-registered", "--case", "house", "--party", "p-9",
          "--type", "person", "--name", "Xu Fei")  # fmt: skip
    assert "person-2, p-9" in story("status", "--person", "Xu Fei", code=2).err


def test_status_at_another_time(story: Cli) -> None:
    early = story("status", "--as-of", "2026-01-05").out
    assert "person-1) barred" in " ".join(early.split())
    assert "indeterminate: its date does not tell" in early
    assert "Nobody is accountable" in story("status", "--known-by", "2025").out
    assert story("status", "--known-by", "2025", "--json").out == ""


def test_an_overdue_sanction_is_told(story: Cli) -> None:
    correction = {
        "kind": "correction",
        "case_id": "xiaomi-kol",
        "target": "019b8c00-0000-7000-8000-000000000021",
        "fields": {"due": "2026-01-31"},
    }
    file = story.folder / "more.jsonl"
    file.write_text(json.dumps(correction) + "\n")
    story("import", str(file))
    assert "OVERDUE" not in story("status", "--case", "xiaomi-kol").out
    assert "OVERDUE" in story("status", "--case", "xiaomi-kol", "--as-of", "2026-03").out
    (line,) = story("status", "--as-of", "2026-03", "--json").lines
    assert line["open"] == {"all": 8, "indeterminate": 1, "overdue": 1}


def test_an_empty_ledger(cli: Cli) -> None:
    cli("init")
    assert "Nobody is accountable" in cli("status").out


def test_the_report_is_markdown_or_json(story: Cli) -> None:
    assert story("report", "xiaomi-kol").out.startswith("# Contact with a KOL (`xiaomi-kol`)\n")
    told = story("report", "xiaomi-kol", "--format", "json").json
    assert told["header"]["tree_size"] == 28
    judged = {each["rule"]: each["verdict"] for each in told["checks"] if each["applies"]}
    assert [rule for rule, verdict in judged.items() if verdict == "fail"] == [
        "heard-first",
        "evidenced",
    ]
    assert (judged["managerial"], judged["executed"]) == ("pass", "indeterminate")


def test_the_report_is_the_same_when_it_is_written_again(story: Cli) -> None:
    for form in ("text", "markdown", "json"):
        first = story("report", "xiaomi-kol", "--format", form).out
        assert story("report", "xiaomi-kol", "--format", form).out == first


def test_the_ending_of_a_file_says_in_which_format_a_report_is_written(story: Cli) -> None:
    story("report", "xiaomi-kol", "--output", "r.txt")
    told = (story.folder / "r.txt").read_text()
    assert told == story("report", "xiaomi-kol", "--format", "text").out
    assert told.startswith("Contact with a KOL (xiaomi-kol)\n\n")
    assert max(map(len, told.splitlines())) <= 80
    story("report", "xiaomi-kol", "--output", "r.json")
    assert json.loads((story.folder / "r.json").read_text())["header"]["case_id"] == "xiaomi-kol"
    story("report", "xiaomi-kol", "--format", "json", "--output", "r2.md")
    assert (story.folder / "r2.md").read_text().startswith("{")


def test_the_report_as_a_page_carries_its_record_once_a_head_is_signed(story: Cli) -> None:
    unsigned = story("report", "xiaomi-kol", "--format", "html")
    assert "no checkpoint was signed yet" in unsigned.err
    assert 'id="bundle"' not in unsigned.out
    story("key", "create", "--origin", "example.com/log")
    story("checkpoint")
    story("report", "xiaomi-kol", "--output", "r.html")
    page = (story.folder / "r.html").read_text()
    assert "Three people are accountable" in page
    assert all(f'id="event-{position}"' in page for position in range(6, 28))
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "22 events" in story("verify", "r.html").out


def test_a_report_for_somebody_is_recorded_as_given_away(story: Cli) -> None:
    whom = ("--for", "subject", "--subject", "Xu Fei")
    given = ("--recorded-as", "Xu Fei", "--legal-basis", "gdpr art. 15")
    made = story("report", "xiaomi-kol", *whom, *given, "--output", "to.txt")
    assert "Recorded as disclosure-made, at position " in made.err
    data = (story.folder / "to.txt").read_bytes()
    assert b"You are Xu Fei (person-2)." in data
    assert b"Xu Jieyun" not in data
    told = json.loads(story("log", "--kind", "disclosure-made", "--json").out.splitlines()[-1])
    shown = story("show", str(told["position"])).out
    assert f"sha256:{sha256(data).hexdigest()}" in shown
    assert "the report on xiaomi-kol for the person concerned" in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--for", "subject"), "--for subject and --subject PARTY go together."),
        (("--subject", "person-2"), "--for subject and --subject PARTY go together."),
        (("--recorded-as", "the court"), "--recorded-as and --legal-basis go together."),
        (("--for", "boards"), "board"),
    ],
)
def test_whom_a_report_is_for_has_to_be_said_whole(
    story: Cli, options: tuple[str, ...], said: str
) -> None:
    assert said in story("report", "xiaomi-kol", *options, code=2).err


def test_the_page_for_a_board_tells_nowhere_who_recorded(story: Cli) -> None:
    story("key", "create", "--origin", "example.com/ledger")
    story("checkpoint")
    for whom, there in ((("--for", "board"), False), ((), True)):
        story("report", "xiaomi-kol", *whom, "--output", "page.html", "--force")
        page = (story.folder / "page.html").read_bytes()
        assert (ACTOR.encode() in page) is there
        assert (ACTOR.encode() in everything_told(extracted(page))) is there


def test_a_page_for_the_person_concerned_begins_with_them(story: Cli) -> None:
    whom = ("--for", "subject", "--subject", "Xu Fei")
    story("report", "xiaomi-kol", *whom, "--output", "page.html")
    page = (story.folder / "page.html").read_text()
    lead, _, rest = page.partition('<main id="content">')
    assert "You are" in lead
    assert "Appeal to" in rest.partition("</section>")[0]
    assert "Xu Jieyun" not in page


def test_the_report_on_all_cases_is_for_the_public_too_and_for_nobody_concerned(story: Cli) -> None:
    told = story("report", "--all", "--for", "public").out
    assert "Fewer than five people are accountable" in told
    assert "Xu Fei" not in told
    whom = ("--for", "subject", "--subject", "Xu Fei")
    said = story("report", "--all", *whom, code=2).err
    assert "--for subject is about one case" in said
    assert "`answerable status --person PARTY`" in said


def test_that_a_report_on_all_cases_was_given_away_is_recorded_once(story: Cli) -> None:
    given = ("--recorded-as", "Jo Ann", "--legal-basis", "gdpr")
    said = story("report", "--all", *given, code=2).err
    found = re.search(r"`answerable (append disclosure-made [^`]*)`", said)
    assert found
    told = shlex.split(found[1].replace("CASE", "house"))
    assert "Jo Ann" in told
    story(*told, "--dry-run")


def test_a_failed_check_ends_with_1_if_asked(story: Cli) -> None:
    story("report", "xiaomi-kol", code=0)
    assert story("report", "xiaomi-kol", "--check", code=1).out
    story("report", "house", "--check", code=0)


def test_the_report_goes_to_a_file_whole(story: Cli) -> None:
    story("report", "xiaomi-kol", "--output", "r.md")
    written = (story.folder / "r.md").read_text()
    assert written == story("report", "xiaomi-kol").out
    assert story("report", "xiaomi-kol", "--output", "r.md", code=None).code != 0
    story("report", "xiaomi-kol", "--output", "r.md", "--force")
    assert (story.folder / "r.md").read_text() == written


def test_control_characters_do_not_reach_the_terminal(story: Cli) -> None:
    story("append", "party-registered", "--case", "house", "--party", "person-4",
          "--type", "person", "--name", "X\x1b[31m\u202eY")  # fmt: skip
    report = ("report", "xiaomi-kol", "--format")
    status = ("status", "--person", "person-4")
    for arguments in (("status",), (*report, "markdown"), (*report, "text"), status):
        out = story(*arguments).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_another_measure_is_told_in_its_own_words(cli: Cli) -> None:
    cli("init")
    other = ("--measure", "other", "--measure-text", "to return the watch")
    sanction = cli.append("sanction", "--case", "acme", "--subject", "p-1", *other, "--new-case")
    appeal = ("--against", sanction["event_id"], "--appellant", "p-1")
    cli("append", "appeal-lodged", "--case", "acme", *appeal)

    cli("append", "dispute", "--case", "acme", "--target", sanction["event_id"])

    told = "“to return the watch” (imposed; appeal pending; disputed)"
    for question in (["--case", "acme"], ["--person", "p-1"], []):
        assert f"{told} #0" in cli("status", *question).out
    assert f"p-1: {told}\n" in cli("replay", "acme").out
    assert "p-1: “to return the watch” (imposed)\n" in cli("replay", "acme", "--at", "1").out
    assert "“to return the watch” #0" in cli("report", "acme").out


def test_what_may_be_open_is_not_counted_as_open(story: Cli) -> None:
    then = ("--as-of", "2026-01-05")
    out = story("status", *then).out
    assert "7 × sanction to execute (indeterminate whether open)" in out
    assert "Barred: 1 person. Open: 0 (indeterminate: 9 more). Cases: 1." in out
    (case,) = story("status", *then, "--json").lines
    assert case["open"] == {"all": 9, "indeterminate": 9, "overdue": 0}

    gaps = " ".join(story("gaps", *then).out.split())
    assert "carried out (each indeterminate whether open): #20, #21," in gaps
    assert gaps.count("indeterminate whether open") == 3


def test_dates_of_contacts_are_said_in_words(story: Cli) -> None:
    assert (
        "contact on or before 2026-01-05 (contact) #6" in story("status", "--party", "person-1").out
    )


def test_only_some_cases_are_asked_about(cli: Cli) -> None:
    cli("init")
    cli("append", "case-opened", "--case", "acme", "--title", "gifts")
    cli("append", "sanction", "--case", "beta", "--subject", "p-1", "--measure", "fine",
        "--new-case")  # fmt: skip
    assert [each["case_id"] for each in cli("status", "--json").lines] == ["acme", "beta"]
    assert [each["case_id"] for each in cli("status", "--open", "--json").lines] == ["acme", "beta"]
    (found,) = cli("status", "--accountable", "--json").lines
    assert found["case_id"] == "beta"
    assert "Cases: 1." in cli("status", "--open", "--accountable").out
    cli("append", "retraction", "--case", "beta", "--target", "1")
    assert "There is no such case." in cli("status", "--accountable").out
    assert "choose among all cases" in cli("status", "--open", "--case", "acme", code=2).err
