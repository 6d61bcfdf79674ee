"""The questions of the command line, in this process: what is asked for, and at which times."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.cli.conftest import EARLY, Here

ROOT = Path(__file__).parents[3]


def test_why_as_json_names_the_parties_and_lists_what_is_missing(deep: Here) -> None:
    told = deep("why", "7", "--json").json
    assert [each["link"] for each in told["missing"]] == ["hearing"]
    assert told["problems"] == []
    assert {each["party"]: each["shown"][:5] for each in told["parties"]}["p-1"] == "Li Na"
    assert told["cases"]["deep"]["title"].startswith("a text")
    (finding,) = (node for node in told["nodes"].values() if node["kind"] == "finding-made")
    (dispute,) = finding["amendments"]
    assert (dispute["by"], dispute["sealed"]["ground"]) == ("p-1", "it was not so")


def test_a_dispute_that_had_not_happened_is_none(deep: Here) -> None:
    assert "disputed" not in deep("why", "7", "--as-of", "2026-01-07").out
    assert "disputed" not in deep("why", "7", "--known-by", "2020", code=2).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--names",),
        ("--force",),
        ("--graph", "prov", "--json"),
        ("--graph", "svg"),
    ],
)
def test_options_that_mean_nothing_together(story: Here, arguments: tuple[str, ...]) -> None:
    story("why", "21", *arguments, code=2)
    assert not (story.folder / "x").exists()


def test_the_timeline_as_of_a_moment(story: Here) -> None:
    out = story("timeline", "xiaomi-kol", "--as-of", "2026-01-05").out
    assert "As of 2026-01-05 23:59 UTC" in out
    assert "indeterminate: its date does not tell" in out
    told = story("timeline", "xiaomi-kol", "--as-of", "2026-01-04", "--json").json
    kinds = {each["kind"] for each in told["entries"]}
    assert "apology-issued" not in kinds
    assert {each["as_of"] for each in told["entries"]} == {"unknown"}
    assert "recorded by then" in story("timeline", "xiaomi-kol", "--known-by", "2020", code=2).err
    assert "there is no case" in story("timeline", "nowhere", code=2).err


def test_which_bars_are_shown(story: Here) -> None:
    bar = story("bars", "--json").json["bars"][0]
    story.append("bar-lifted", "--case", "xiaomi-kol", "--bar", bar["event_id"])
    assert story("bars", "--in-force", "--json").json["bars"] == []
    assert "There is no such bar" in story("bars", "--in-force").out
    assert "No bar is on record" in story("bars", "--known-by", "2000").out
    assert story("bars", "--json").json["bars"][0]["in_force"] == "no"
    (then,) = story("bars", "--in-force", "--as-of", "2026-01-31", "--json").json["bars"]
    assert then["in_force"] == "unknown", "when it was lifted is not told"
    assert "indeterminate whether in force" in story("bars", "--as-of", "2026-01-31").out
    assert story("bars", "--case", "house", "--json").json["bars"] == []
    assert story("bars", "--party", "org-1", "--json").json["bars"] == []
    assert "there is no case" in story("bars", "--case", "nowhere", code=2).err
    assert "no party is registered so" in story("bars", "--party", "p-99", code=2).err
    assert story("bars", "--known-by", "2020", "--json").json["bars"] == []


def test_the_log_at_two_times(story: Here) -> None:
    everything = story("log", "--json").lines
    then = story("log", "--as-of", "2026-01-04", "--json").lines
    assert {each["by_then"]["happened"] for each in then} == {"unknown"}
    assert "engagement-terminated" not in {each["kind"] for each in then}
    assert "[indeterminate by then] Case opened" in story("log", "--as-of", "2026-01-04").out
    assert story("log", "--known-by", "2020", "--json").lines == []
    assert story("log", "--known-by", "2020", "--last", "3", "--json").lines == []
    early = ("--known-by", "2026-01-31", "--json")
    assert story("log", *early).lines == everything[:EARLY]
    assert story("log", *early, "--last", "3").lines == everything[EARLY - 3 : EARLY]
    (newest,) = story("log", "--as-of", "2026-01-05", "--last", "1", "--json").lines
    assert newest["position"] == 26, "the statement came a day later"
    bar = next(each for each in everything if each["kind"] == "counterparty-barred")
    story.append(
        *("correction", "--case", "xiaomi-kol", "--target", bar["event_id"]),
        *("--set", "occurred=2026-01-02"),
    )
    shown = story("log", "--as-of", "2026-01-04", "--kind", "counterparty-barred").out
    assert "2026-01-05→2026-01-02" in shown
    assert "indeterminate" not in shown
    assert "→" not in story("log", "--kind", "counterparty-barred").out
    last_two = story("log", "--as-of", "2026-01-04", "--last", "2", "--json").lines
    assert [each["kind"] for each in last_two][-1] == "correction"


def test_one_event_at_two_times(story: Here) -> None:
    bar = story("log", "--kind", "counterparty-barred", "--json").lines[0]
    between = bar["recorded_at"]
    target = ("--case", "xiaomi-kol", "--target", bar["event_id"])
    story.append("correction", *target, "--set", "until=2027", "--set", "scope=all of it")
    story.append("dispute", *target, "--by", "person-1", "--occurred", "2026-02-01")
    now = story("show", "12").out
    assert "all of it" in now
    then = story("show", "12", "--known-by", "2026-01-31").out
    assert "as known by       2026-01-31 23:59 UTC (no zone is told)" in then
    assert "scope             any cooperation, in any form\n" in then
    for label in ("all of it", "2027", "corrected by", "disputed by"):
        assert label in now
        assert label not in then
    early = story("show", "12", "--known-by", "2020", code=2).err
    assert f"not on record by then: it was recorded at {between}" in " ".join(early.split())
    before = story("show", "12", "--as-of", "2026-01-04").out
    assert "had not happened by then" in before
    assert "disputed by" not in before
    assert "disputed by" in story("show", "12", "--as-of", "2026-02-02").out
    assert (
        story("show", "8", "--as-of", "2026-01-04", "--json").json["happened_by_then"] == "unknown"
    )
    assert (
        "indeterminate: its date does not tell" in story("show", "8", "--as-of", "2026-01-04").out
    )


def test_the_cases_at_two_times(story: Here) -> None:
    story.append(
        *("case-closed", "--case", "xiaomi-kol", "--disposition", "sanctioned"),
        *("--occurred", "2026-03-01"),
    )
    opening = story("log", "--kind", "case-opened", "--json").lines[0]
    story.append(
        *("correction", "--case", "xiaomi-kol", "--target", opening["event_id"]),
        *("--set", "occurred=2026-01-04"),
    )

    def states(*times: str) -> dict[str, str]:
        return {each["case_id"]: each["state"] for each in story("cases", *times, "--json").lines}

    assert states()["xiaomi-kol"] == "closed"
    assert states("--as-of", "2026-02-28")["xiaomi-kol"] == "open"
    assert states("--as-of", "2026-03-01")["xiaomi-kol"] == "closed"
    assert states("--known-by", "2026-03-31")["xiaomi-kol"] == "open"
    assert states("--known-by", "2020") == {}
    result = story("cases", "--known-by", "2020")
    assert (result.out, "no cases by then" in result.err) == ("", True)


def test_the_python_of_the_documentation_works(
    story: Here, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "asking.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(story.folder)
    exec(program, {})
    out = capsys.readouterr().out
    assert "#16 lacks evidence: no evidence on record that this finding rests on" in out
    assert "person-1 yes any cooperation, in any form False" in out
    assert (story.folder / "why.dot").read_text().startswith("digraph")


def test_what_is_asked_for_cannot_steer_the_terminal(story: Here) -> None:
    hostile = "Li \x1b[2J\u202eNa"
    story.append("party-registered", "--party", "p-9", "--type", "organisation", "--name", hostile)
    story.append("case-opened", "--case", "c", "--title", hostile, "--owner", "p-9")
    story.append("contact", "--case", "c", "--counterparty", "p-9", "--occurred", "2026-02")
    story.append(
        *("counterparty-barred", "--case", "c", "--counterparty", "p-9", "--from", "2026-01"),
        *("--scope", hostile),
    )
    for question in (
        ("why", "p-9"),
        ("timeline", "c"),
        ("bars",),
        ("cases",),
        ("log", "--as-of", "2026-02-01"),
        ("why", "p-9", "--graph", "dot", "--names"),
    ):
        out = story(*question).out
        assert "Li " in out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_a_graph_of_nothing_has_nothing(story: Here) -> None:
    assert "->" not in story("why", "org-1", "--graph", "dot").out
    assert '"wasDerivedFrom"' not in story("why", "org-1", "--graph", "prov").out


UNSEARCHABLE: list[tuple[list[str], int, str]] = [
    ([], 2, "Missing argument"),
    ([""], 2, "no word"),
    (['")*('], 2, "no word"),
    (["--", "-a"], 2, "only says what not to find"),
    (["a " * 400], 2, "400 words"),
    (["a", "--case", "none"], 2, "no case"),
    (["a", "--field", "sumary"], 2, "Did you mean summary"),
    (["a", "--kind", "sanctoin"], 3, "Did you mean sanction"),
    (["a", "--about", "No One"], 2, "no party"),
]


@pytest.mark.parametrize(("arguments", "code", "told"), UNSEARCHABLE)
def test_what_cannot_be_searched_for_is_said(
    story: Here, arguments: list[str], code: int, told: str
) -> None:
    said = story("search", *arguments, code=code)
    assert told in said.err
    assert said.out == ""


def state_at(story: Here, *times: str) -> dict[str, str]:
    """Whether each person of the example is accountable at a pair of times."""
    (case,) = story("status", "--json", *times).lines
    return {person["party"]: person["accountable"] for person in case["people"]}


ALL = ("person-4", "person-2", "person-3")


def test_the_example_as_of_every_day_of_the_story(story: Here) -> None:
    """The findings and sanctions are dated on or before 6 January, and not more closely."""
    for day, answer in (
        ("2025-12-31", "unknown"),
        ("2026-01-05", "unknown"),
        ("2026-01-06", "yes"),
    ):
        assert state_at(story, "--as-of", day) == dict.fromkeys(ALL, answer)
    early = story("status", "--as-of", "2026-01-05").out
    assert "(xiaomi-kol): indeterminate whether open" in early
    assert "Xu Fei (person-2) indeterminate whether accountable as a manager" in " ".join(
        early.split()
    )
    assert "dismissal (imposed; indeterminate: its date does not tell) #20" in early
    assert "person-1) barred from 2026-01-05" in " ".join(early.split())
    assert "Accountable: 0 (indeterminate: 3 people). Barred: 1 person." in early
    before = story("status", "--as-of", "2026-01-04", "--json").lines[0]
    assert before["bars"] == []
    (step,) = [
        line for line in story("report", "xiaomi-kol", "--as-of", "2026-01-05").out.splitlines()
        if line.startswith("**Indeterminate")
    ]  # fmt: skip
    assert "whether three people are accountable" in step


def test_a_lifting_and_an_acquittal_at_all_pairs_of_times(story: Here) -> None:
    story("append", "sanction-lifted", "--case", "xiaomi-kol", "--sanction", "20",
          "--occurred", "2026-02", "--reason", "an error")  # fmt: skip
    story("append", "finding-made", "--case", "xiaomi-kol", "--subject", "person-4",
          "--outcome", "exonerated", "--responsibility", "none", "--basis", "15",
          "--occurred", "2026-03")  # fmt: skip
    lifted, acquitted = (f"#{number}" for number in (28, 29))

    def told(*times: str) -> str:
        return story("status", "--person", "person-4", *times).out

    def accountable(*times: str) -> str:
        answer: str = story("status", "--person", "person-4", "--json", *times).json["cases"][0][
            "accountable"
        ]
        return answer

    assert accountable("--as-of", "2026-01-31") == "yes"
    # The finding still blames, whether or not the dismissal was lifted by then.
    assert accountable("--as-of", "2026-02-10") == "yes"
    assert "(indeterminate: imposed or lifted, the dates do not tell) #20" in told(
        "--as-of", "2026-02-10"
    )
    assert accountable("--as-of", "2026-03-10") == "unknown"
    assert f"indeterminate whether superseded by {acquitted}" in told("--as-of", "2026-03-10")
    assert accountable("--as-of", "2026-04-01") == accountable() == "no"
    assert f"substantiated, direct responsibility (superseded by {acquitted}) #15" in told()
    assert "not accountable" in told()
    # Before it was recorded, nobody knew of any of it; and some day all of it will be known.
    assert accountable("--as-of", "2026-03-10", "--known-by", "9999") == "unknown"
    none = ("status", "--person", "person-4", "--as-of", "2026-03-10", "--known-by", "2025")
    assert "nothing of the kind is on record" in story(*none, code=2).err
    story("append", "retraction", "--case", "xiaomi-kol", "--target", acquitted)
    assert accountable("--as-of", "2026-04-01") == "yes"
    story("append", "retraction", "--case", "xiaomi-kol", "--target", lifted)
    assert "dismissal (imposed) #20" in told("--as-of", "2026-04-01")


def test_an_appeal_against_the_decision_overturns_what_it_carries(story: Here) -> None:
    story("append", "appeal-lodged", "--case", "xiaomi-kol", "--against", "19",
          "--appellant", "person-2", "--occurred", "2026-02-01")  # fmt: skip
    story("append", "appeal-decided", "--case", "xiaomi-kol", "--appeal", "28",
          "--outcome", "allowed", "--occurred", "2026-03-01")  # fmt: skip
    before = story("status", "--as-of", "2026-02-28").out
    assert "dismissal #20" in before
    assert "overturned" not in before
    out = story("status").out
    assert "dismissal (overturned on appeal) #20" in out
    assert out.count("(each overturned on appeal)") == 2
    assert "sanction to execute" not in out
    assert "Accountable: 3 people." in out  # by the findings, which nobody appealed


@pytest.mark.parametrize(
    "question",
    [
        ("status", "--case", "xiaomi-kol"),
        ("status", "--person", "person-2"),
        ("status", "--party", "person-1"),
        ("bars",),
        ("timeline", "xiaomi-kol"),
        ("why", "20"),
        ("metrics", "--case", "xiaomi-kol"),
        ("compare",),
        ("compare", "--like", "15"),
        ("gaps", "--case", "xiaomi-kol"),
        ("search", "apolog*"),
    ],
)
def test_every_answer_in_json_says_what_it_holds_for(
    story: Here, question: tuple[str, ...]
) -> None:
    times = ("--as-of", "2026-03-31", "--known-by", "2026-03-30")
    told = story(*question, *times, "--json").lines[0]
    assert told["as_of"] == "2026-03-31T23:59:59.999999Z"
    assert told["known_by"] == "2026-03-30T23:59:59.999999Z"
    assert (told["size"], len(told["root"])) == (28, 64)
    if "xiaomi-kol" in question:
        assert told["case_id"] == "xiaomi-kol"
