"""`answerable metrics`, `answerable compare` and `answerable gaps`."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli

WIDTH = 80


def discipline(cli: Cli, *measures: str) -> Cli:
    """A ledger of like findings, each about a person with a name, answered by one measure."""
    cli("init")
    lines: list[dict[str, Any]] = []
    for at, measure in enumerate(measures):
        finding = f"019b8c00-0000-7000-8000-{2 * at:012x}"
        lines += [
            {"kind": "party-registered", "case_id": "house", "party": f"p-{at}", "type": "person",
             "name": f"Zoe Number{at}"},
            {"kind": "finding-made", "case_id": f"c-{at}", "event_id": finding,
             "subject": f"p-{at}", "outcome": "substantiated", "responsibility": "direct",
             "offence_class": "gifts", "grade": "clerk"},
            {"kind": "sanction-imposed", "case_id": f"c-{at}", "subject": f"p-{at}",
             "measure": measure.split()[0], "basis": [finding],
             **({"amount": measure.partition(" ")[2]} if " " in measure else {})},
        ]  # fmt: skip
    cli("import", "-", "--new-cases", stdin="\n".join(map(json.dumps, lines)))
    return cli


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written, newline="")))


def test_metrics_of_the_example(story: Cli) -> None:
    result = story("metrics")
    first, *_, last = result.out.splitlines()
    assert first == "Cases: 1"
    assert last.startswith("28 entries, root ")
    assert "sanctions imposed 7" in " ".join(result.out.split())
    assert "--as-of" in result.err
    assert max(len(line) for line in result.out.splitlines() if "None: " not in line) <= WIDTH
    told = story("metrics", "--as-of", "2026-01-05", "--json").json
    assert told["as_of"] == "2026-01-05T23:59:59.999999Z"
    imposed = next(each for each in told["counts"] if each["name"] == "sanctions imposed")
    assert imposed == {
        "name": "sanctions imposed",
        "least": 0,
        "most": 7,
        "sure": [],
        "perhaps": ["xiaomi-kol"],
    }
    assert "0 to 7" in story("metrics", "--as-of", "2026-01-05").out


def test_metrics_of_one_case_cite_events(story: Cli) -> None:
    told = story("metrics", "--case", "xiaomi-kol", "--json").json
    (apology,) = (each for each in told["lengths"] if each["name"] == "apology to sanctions")
    assert apology["median"] == {"least": 1, "most": 1}
    assert len(apology["known"]["sure"]) == 8
    assert apology["known"]["sure"][0] == "019b8c00-0000-7000-8000-000000000014"


def test_metrics_as_csv(story: Cli) -> None:
    written = rows(story("metrics", "--format", "csv", "--as-of", "2026-03").out)
    named = {row["measure"]: row for row in written}
    assert named["sanctions imposed"]["least"] == "7"
    assert named["days from apology to sanctions"]["median_most"] == "1"
    assert {row["tree_size"] for row in written} == {"28"}
    assert {row["as_of"] for row in written} == {"2026-03-31T23:59:59.999999Z"}


def test_metrics_of_a_period(story: Cli) -> None:
    assert "Cases: 0, first signalled from 2026-02-01" in story("metrics", "--from", "2026-02").out
    assert "Cases: 0 to 1," in story("metrics", "--to", "2025").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("metrics", "--case", "nope"),
        ("metrics", "--from", "soon"),
        ("metrics", "--from", "../2026"),
        ("metrics", "--from", "2026-02", "--to", "2026-01"),
        ("metrics", "--json", "--format", "csv"),
        ("compare", "--json", "--format", "csv"),
        ("compare", "--like", "6"),
        ("compare", "--like", "nothing"),
        ("compare", "--like", "15", "--outside"),
        ("compare", "--like", "15", "--grade", ""),
        ("gaps", "--case", "nope"),
        ("gaps", "--check"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_no_answer(
    story: Cli, arguments: tuple[str, ...]
) -> None:
    assert story(*arguments, code=2).out == ""


@pytest.mark.parametrize("name", ["metrics", "compare", "gaps"])
def test_an_empty_ledger(cli: Cli, name: str) -> None:
    cli("init")
    assert cli(name).out
    cli(name, "--json")
    cli(name, "--as-of", "2026", "--known-by", "2026")


def test_compare_tells_what_is_unusual_and_that_no_reason_is_on_record(cli: Cli) -> None:
    discipline(cli, *["fine"] * 6, "dismissal")
    out = cli("compare").out
    assert "gifts · direct · grade clerk: 7 findings" in out
    assert out.startswith("One group of like findings. Answered otherwise than is usual: 1.\n")
    assert re.search(r"graver than is usual: #\d+ of c-6, about Zoe Number6: dismissal", out)
    assert "NO REASON ON RECORD" in out
    (group,) = cli("compare", "--json").lines
    (outlier,) = group["outliers"]
    assert (outlier["unit"]["case_id"], outlier["place"]["side"]) == ("c-6", "graver")
    assert outlier["reasons"]["on_record"] == "no"
    assert len(group["findings"]) == 7
    (row,) = rows(cli("compare", "--format", "csv").out)
    assert (row["grade"], row["step_6_least"], row["outside"]) == ("clerk", "6", "1")


def test_compare_tells_which_fine_is_unusual_and_by_how_much(cli: Cli) -> None:
    discipline(cli, *(f"fine {amount}.00 CNY" for amount in (950, 900, 1000, 1000, 1100, 20000)))
    out = cli("compare").out
    assert out.startswith("One group of like findings. Answered otherwise than is usual: 1.\n")
    assert "fines in CNY, for 6 findings: from 900.00 to 20,000.00 CNY, median" in out
    assert re.search(r"more than is usual by 18,850.00 CNY \(fines\): #\d+ of c-5, about Zoe", out)
    assert "5 comparators: median 1,000.00 CNY, quartiles 950.00 and 1,000.00" in out
    assert "usual from 800.00 to 1,150.00 CNY" in out
    assert "NO REASON ON RECORD" in out
    (group,) = cli("compare", "--json").lines
    (outlier,) = group["amount_outliers"]
    assert outlier["place"]["by"] == {"least": "18850.00", "most": "18850.00"}
    (row,) = rows(cli("compare", "--amounts", "--format", "csv").out)
    assert (row["currency"], row["median_least"], row["outside"]) == ("CNY", "1000.00", "1")
    (row,) = rows(cli("compare", "--amounts", "--outside", "--format", "csv").out)
    assert (row["median_least"], row["median_most"]) == ("1000", "2000")
    assert cli("compare", "--amounts", code=2).err
    event = "019b8c00-0000-7000-8000-00000000000a"
    assert "More than is usual by 18,850.00 CNY (fines)." in cli("compare", "--like", event).out
    needs = cli("gaps", "--consistency", "--json").lines
    assert [each["case_id"] for each in needs if each["sort"] == "inconsistent"] == ["c-5"]


def test_compare_one_finding(cli: Cli) -> None:
    discipline(cli, *["fine"] * 6, "dismissal")
    event = "019b8c00-0000-7000-8000-00000000000c"
    out = cli("compare", "--like", event).out
    assert "It is graver than is usual." in out
    assert out.count("(money lost)\n") >= 6
    told = cli("compare", "--like", event, "--json").json
    assert len(told["comparators"]) == 6
    assert told["place"]["outside"] == "yes"


def test_compare_filters(cli: Cli) -> None:
    discipline(cli, "fine")
    assert "No finding of the kind" in cli("compare", "--grade", "").out
    assert "1 finding" in cli("compare", "--grade", "clerk", "--offence", "gifts").out


@pytest.mark.parametrize("form", [(), ("--json",), ("--format", "csv")])
def test_compare_for_outsiders_leads_to_nobody(cli: Cli, form: tuple[str, ...]) -> None:
    discipline(cli, *["fine"] * 6, "dismissal")
    shown = cli("compare", "--outside", *form).out
    assert "gifts" in shown
    assert not any(word in shown for word in ("Zoe", "p-6", "c-6", "019b8c00", "dismissal"))


def test_a_small_group_is_not_shown_to_outsiders(cli: Cli) -> None:
    discipline(cli, *["fine"] * 4)
    assert "gifts" not in cli("compare", "--outside").out
    assert cli("compare", "--outside", "--json").out == ""


def test_gaps_of_the_example(story: Cli) -> None:
    out = story("gaps").out
    assert out.startswith(
        "41 things to do or to ask in Contact with a KOL; of these, 18 ask for a date.\n"
    )
    assert "Ask whoever keeps the case: who owns it is not on record" in out
    assert "  Carry out 7 sanctions, or record that they were carried out: #20, #21," in out
    assert "    `answerable append sanction-executed --case xiaomi-kol --sanction 20`\n" in out
    assert "  Make good or explain: No contact with a barred party while the bar lasts\n" in out
    assert "rests on evidence" not in out  # Which evidence is asked for, is told by itself.
    assert "Which rules fail by it: `answerable check xiaomi-kol`\n" in out
    at_length = story("gaps", "--case", "xiaomi-kol", "--as-of", "2026-03").out
    assert "no hearing of Xu Fei is on record" in at_length
    assert "indeterminate whether open" in at_length
    lines = story("gaps", "--json").lines
    assert {line["sort"] for line in lines} == {"open", "unexplained", "check", "undated"}
    assert {line["size"] for line in lines} == {28}


def test_gaps_check_ends_with_1_where_something_is_overdue(story: Cli) -> None:
    story("gaps", "--check", "--as-of", "2026-03", code=0)
    correction = {
        "kind": "correction",
        "case_id": "xiaomi-kol",
        "target": "019b8c00-0000-7000-8000-000000000021",
        "fields": {"due": "2026-01-31"},
    }
    story("import", "-", stdin=json.dumps(correction))
    result = story("gaps", "--check", "--as-of", "2026-03", code=1)
    lines = result.out.splitlines()
    assert "1 overdue" in lines[1]
    assert lines[4].startswith(
        "  OVERDUE: Carry out the sanction, or record that it was carried out"
    )
    assert lines[4].endswith(": #20 (due 2026-01-31)")
    story("gaps", "--check", "--as-of", "2026-03", "--json", code=1)
    story("gaps", "--check", "--as-of", "2026-01-31", code=0)


def test_gaps_name_whom_something_is_needed_from(cli: Cli) -> None:
    discipline(cli, *["fine"] * 6, "dismissal")
    cli("append", "case-opened", "--case", "c-6", "--title", "t", "--owner", "p-1")
    out = cli("gaps", "--consistency").out
    assert "Ask Zoe Number1 (p-1), who owns the case" in out
    assert "unusual among like findings: t #" in out
    assert "unusual" not in cli("gaps").out
    (line,) = (one for one in cli("gaps", "--consistency", "--json").lines
               if one["sort"] == "inconsistent")  # fmt: skip
    assert (line["whom"], line["needed_from"]) == ("p-1", "Zoe Number1")
    assert line["task"] == "Ask for the reason: the answer is unusual among like findings"


def test_gaps_of_a_case_tell_programs_the_command_that_records_each(story: Cli) -> None:
    lines = story("gaps", "--case", "xiaomi-kol", "--json").lines
    assert all(line["task"] for line in lines)
    commands = {line["position"]: line["command"] for line in lines if line["sort"] == "open"}
    assert commands[26] == [
        *("answerable", "append", "sanction-executed", "--case", "xiaomi-kol"),
        *("--sanction", "26"),
    ]
    assert all(line["command"] for line in lines if line["sort"] == "undated")


def test_control_characters_do_not_reach_the_terminal(cli: Cli) -> None:
    discipline(cli, *["fine"] * 6, "dismissal")
    cli("append", "party-registered", "--case", "house", "--party", "p-6", "--type", "person",
        "--name", "X\x1b[31m\u202eY", "--again")  # fmt: skip
    cli("append", "case-opened", "--case", "c-6", "--title", "t", "--owner", "p-6")
    for arguments in (("compare",), ("gaps",), ("gaps", "--case", "c-6")):
        out = cli(*arguments).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_the_same_is_written_when_asked_again(story: Cli) -> None:
    for name in ("metrics", "compare", "gaps"):
        assert story(name, "--json").out == story(name, "--json").out


def test_wide_ranges_leave_the_names_of_the_lengths_whole(cli: Cli) -> None:
    cli("init")
    kinds = {
        "report-received": "2000",
        "report-acknowledged": "2010-05",
        "investigation-opened": "2011",
        "investigation-concluded": "2019",
    }
    lines = [{"kind": kind, "case_id": "acme", "occurred": date} for kind, date in kinds.items()]
    event_id = "019b8c00-0000-7000-8000-000000000001"
    lines[0]["event_id"], lines[1]["report"] = event_id, event_id
    cli("import", "-", "--new-cases", stdin="\n".join(map(json.dumps, lines)))

    out = cli("metrics").out
    names = ("acknowledgement", "investigation", "investigation's end", "all sanctions executed")
    assert [name for name in names if f"  {name}  " not in out] == []
    assert "3,408 to" in out
    assert max(len(line) for line in out.splitlines() if "None: " not in line) <= WIDTH


def test_what_is_alike_is_said_once(cli: Cli) -> None:
    out = discipline(cli, *["training"] * 3)("compare").out
    assert "gravity: median and quartiles 1 (training)\n" in out
