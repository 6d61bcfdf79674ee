"""`--format`, `--register` and `--output`: alike for every answer in tables."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete
from openpyxl import load_workbook
from tests.unit.cli.conftest import Here

from answerable.cli.main import COMMANDS, cli
from answerable.cli.shared.formats.options import COMMON
from answerable.projections.registers.replaying.steps import BEFORE, GROUNDS

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")

ANSWERS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "cases": ("cases",),
    "log": ("log", "--case", CASE),
    "bars": ("bars",),
    "audit": ("audit",),
    "gaps": ("gaps", *SPRING),
    "check": ("check", CASE, *SPRING),
    "due": ("due", *SPRING),
    "compare": ("compare",),
    "metrics": ("metrics", *SPRING),
    "figures": ("figures", "--against", "others.toml", *SPRING),
    "changes": ("changes",),
    "timeline": ("timeline", CASE),
    "search": ("search", "contact"),
    "evidence list": ("evidence", "list"),
    "evidence custody": ("evidence", "custody", "28"),
    "evidence check": ("evidence", "check"),
    "why": ("why", "Xu Fei", *SPRING),
    "show": ("show", "20"),
    "replay": ("replay", CASE, *SPRING),
    "next": ("next", CASE),
    "what-if": ("what-if", "--policy", "house.toml", *SPRING),
}
"""The answers in tables, each with a question of it."""

ELSEWHERE = {
    "status": ("contacts", "verdicts"),
    "replay": tuple(each.name for each in BEFORE if each is not GROUNDS),
}
"""The registers that another question of the same command has: `--party`, `--case`, `--at`."""

CODES = {"check": 1}
"""The exit codes of those of them that are verdicts."""


def command(name: str) -> click.Command:
    found: click.Command | None = cli
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    assert found is not None
    return found


def every_command(name: str) -> Iterator[str]:
    """The command, and those below it."""
    yield name
    found = command(name)
    if isinstance(found, click.Group):
        for each in found.list_commands(click.Context(found)):
            yield from every_command(f"{name} {each}")


def choices(name: str, flag: str) -> list[str]:
    """The values that an option takes; none: there is no such option, or it takes any."""
    found = option(name, flag)
    return [] if found is None else [*getattr(found.type, "choices", ())]


def option(name: str, flag: str) -> click.Option | None:
    every = (each for each in command(name).params if isinstance(each, click.Option))
    return next((each for each in every if flag in each.opts), None)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def ask(here: Here, name: str, *more: str) -> str:
    return here(*ANSWERS[name], *more, code=CODES.get(name, 0)).out


def book(here: Here, name: str, *more: str) -> Any:
    ask(here, name, "--format", "xlsx", "-o", "answer.xlsx", "--force", *more)
    return load_workbook(here.folder / "answer.xlsx")


def test_every_command_with_tables_is_asked_here() -> None:
    every = (each for name in COMMANDS for each in every_command(name))
    tabular = {name for name in every if "xlsx" in choices(name, "--format")}
    # The report is a document first: end_to_end/test_report_tables.py asks for its tables.
    assert tabular == {*ANSWERS, "report"}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_options_are_alike(name: str) -> None:
    first = option("cases", "--format")
    form = option(name, "--format")
    assert form is not None
    assert first is not None
    assert tuple(choices(name, "--format"))[: len(COMMON)] == COMMON
    assert (form.help or "").startswith((first.help or "").removesuffix("."))
    for flag in ("--json", "--output", "--force"):
        one, other = option("cases", flag), option(name, flag)
        assert one is not None
        assert other is not None
        assert (one.opts, one.help) == (other.opts, other.help)


@pytest.mark.parametrize("name", ANSWERS)
def test_json_is_what_json_has_always_been(name: str, story: Here) -> None:
    assert ask(story, name, "--format", "json") == ask(story, name, "--json")


@pytest.mark.parametrize("name", ANSWERS)
def test_csv_markdown_and_xlsx_hold_the_same_rows(name: str, story: Here) -> None:
    workbook = book(story, name)
    assert workbook.sheetnames[0] == "About"
    told = dict(workbook["About"].values)
    assert told["Question"].startswith(f"answerable {name}")
    markdown = ask(story, name, "--format", "markdown")
    every = choices(name, "--register") or [workbook.sheetnames[1].lower()]
    every = [each for each in every if each not in ELSEWHERE.get(name, ())]
    assert [each.lower().replace(" ", "_") for each in workbook.sheetnames[1:]] == every
    sizes = []
    for place, each in enumerate(every):
        more = ("--register", each) if len(every) > 1 else ()
        text = ask(story, name, "--format", "csv", *more)
        found = rows(text)
        sheet = workbook.worksheets[place + 1]
        titles, *lines = list[Any](sheet.values)
        assert len(lines) == len(found)
        assert len(titles) + 4 == len(next(csv.reader(io.StringIO(text))))
        assert {(row["tree_size"], row["root"]) for row in found} <= {
            (told["Entries of the log"], told["Root of its tree"])
        }
        sizes.append(len(found))
    assert sum(sizes), f"{name} tells nothing"
    tables = markdown.split("\n## ")
    assert [each.count("\n| ") - 2 for each in tables] == [size for size in sizes if size]


@pytest.mark.parametrize("name", ANSWERS)
def test_as_a_page_it_says_what_markdown_says_and_nothing_runs(name: str, story: Here) -> None:
    page = ask(story, name, "--format", "html")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    for line in ask(story, name, "--format", "markdown").splitlines():
        if line.startswith("## "):
            assert f">{line.removeprefix('## ')}</h2>" in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("name", ANSWERS)
def test_the_same_question_makes_the_same_workbook(name: str, story: Here) -> None:
    made = []
    for _ in range(2):
        book(story, name)
        made.append((story.folder / "answer.xlsx").read_bytes())
    assert made[0] == made[1]


def test_any_format_goes_into_a_file_whole_or_not_at_all(story: Here) -> None:
    for form in ("text", "markdown", "json", "csv"):
        asked = ("cases", "--format", form)
        assert story(*asked, "-o", form).out == ""
        assert (story.folder / form).read_bytes().decode() == story(*asked).out
    kept = (story.folder / "csv").read_bytes()
    said = story("cases", "--format", "csv", "-o", "csv", code=3).err
    assert "not overwritten" in said
    story("log", "--case", "none", "--format", "csv", "-o", "csv", "--force", code=2)
    assert (story.folder / "csv").read_bytes() == kept
    story("log", "--case", "none", "-o", "new", code=2)
    assert not [*story.folder.glob("*new*")]


def test_the_ending_of_a_file_tells_its_format_where_none_is_asked_for(story: Here) -> None:
    for name, form in (("a.csv", "csv"), ("a.md", "markdown"), ("a.json", "json"), ("a", "text")):
        story("cases", "-o", name)
        told = story("cases", "--format", form).out
        assert (story.folder / name).read_bytes().decode() == told
    story("due", *SPRING, "-o", "due.ics")
    assert (story.folder / "due.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    story("cases", "-o", "a.html")
    assert (story.folder / "a.html").read_text() == story("cases", "--format", "html").out
    story("cases", "-o", "a.xlsx")
    assert load_workbook(story.folder / "a.xlsx").sheetnames == ["About", "Cases"]
    story("cases", "--format", "text", "-o", "b.csv")
    assert (story.folder / "b.csv").read_bytes().decode() == story("cases").out


def test_an_ending_of_another_format_is_refused_and_one_that_tells_nothing_is_not(
    story: Here,
) -> None:
    for asked in (("cases",), ("report", CASE), ("report", "--all")):
        for name in ("a.docx", "a.XLS", "a.tsv", "a.ics"):
            said = " ".join(story(*asked, "-o", name, code=2).err.split())
            assert f"its ending, {name[1:].lower()}, is of no format of this answer." in said
            assert ".csv, .xlsx, .html" in said
            assert not (story.folder / name).exists()
        story(*asked, "-o", "b.docx", "--format", "text", "--force")
        story(*asked, "-o", "acme.2026", "--force")
        story(*asked, "-o", "notes", "--force")


def test_formats_and_tables_complete_in_a_shell() -> None:
    def complete(name: str, *words: str) -> list[str]:
        *given, last = words
        found = ShellComplete(cli, {}, "answerable", "_X").get_completions([name, *given], last)
        return [each.value for each in found]

    for name in ANSWERS:
        assert complete(name.split()[0], *name.split()[1:], "--format", "x") == ["xlsx"]
    assert complete("status", "--register", "acc") == ["accountable"]


def test_what_is_asked_for_wrongly_says_what_to_do(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {
        ("--json", "--format", "csv"): "exclude one another",
        ("--force",): "--force goes with --output FILE",
        ("--format", "xls"): "Did you mean",
    }
    for arguments, said in wrong.items():
        assert said in story("cases", *arguments, code=2).err
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "give --output FILE.xlsx" in story("cases", "--format", "xlsx", code=2).err


def test_all_that_is_said_of_a_person_and_of_a_counterparty_are_tables(story: Here) -> None:
    asked = ("status", "--format", "csv", "--register")
    (person,) = rows(story(*asked, "accountable", "--person", "Xu Fei").out)
    assert (person["party_name"], person["accountable"]) == ("Xu Fei", "yes")
    assert person["sanctions"].startswith("#")
    contacts = rows(story(*asked, "contacts", "--party", "the KOL").out)
    barred = rows(story(*asked, "barred", "--party", "the KOL").out)
    assert {row["position"] for row in contacts} >= {"6"}
    assert {row["party"] for row in barred} == {"person-1"}
    said = story(*asked, "problems", "--party", "the KOL", code=2).err
    assert "there is no register 'problems'" in said


def test_of_one_case_the_verdicts_of_policies_are_a_table_too(story: Here) -> None:
    asked = ("status", "--case", CASE, *SPRING)
    told = rows(story(*asked, "--format", "csv", "--register", "verdicts").out)
    found = json.loads(story(*asked, "--json").out)
    said = [(each["rule"], each["verdict"]) for each in found["verdicts"]]
    assert [(row["rule"], row["verdict"]) for row in told] == said
    opened = rows(story(*asked, "--format", "csv", "--register", "open").out)
    assert [int(row["position"]) for row in opened] == [each["position"] for each in found["open"]]


def test_a_party_whose_name_is_erased_is_called_as_text_calls_it(story: Here) -> None:
    every = rows(story("status", "--format", "csv", "--register", "accountable").out)
    assert {row["party_name"] for row in every} >= {"Xu Fei", "person-4"}
    told = story("status").out
    assert all(row["party_name"] in told for row in every)


TITLES = {
    "formula": '=HYPERLINK("https://evil.example")',
    "markup": "<r><t>a</t></r>",
    "turned": "\u202egnp.exe",
    "lines": "one\ntwo | three",
}


def test_what_people_told_is_inert_in_every_table(story: Here) -> None:
    for case, title in TITLES.items():
        story("append", "case-opened", "--case", case, "--title", title, "--new-case")
    told = {row["case"]: row["title"] for row in rows(story("cases", "--format", "csv").out)}
    assert told["formula"] == f"'{TITLES['formula']}"
    assert {case: told[case] for case in ("markup", "turned", "lines")} == {
        case: TITLES[case] for case in ("markup", "turned", "lines")
    }
    cells = list(book(story, "cases")["Cases"].iter_rows(min_row=2, max_col=2))
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in cells for cell in row)
    seen = {case.value: title.value for case, title in cells}
    assert {case: seen[case] for case in TITLES} == TITLES | {"turned": "[U+202E]gnp.exe"}
    markdown = story("cases", "--format", "markdown").out
    assert "| one<br>two \\| three (lines) |" in markdown
    assert "[U+202E]" in markdown.replace("\\", "")


def test_csv_moves_no_cursor_of_a_terminal_and_keeps_all_in_a_file(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "a\x1b[2Jb\u202ec"
    story("append", "case-opened", "--case", "moved", "--title", title, "--new-case")
    assert title in story("cases", "--format", "csv").out
    story("cases", "--format", "csv", "-o", "cases.csv")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    told = story("cases", "--format", "csv").out
    assert "moved,a\\u001b[2Jb\\u202ec,open,1," in told
    assert not {"\x1b", "\u202e"} & set(told)
    assert title in (story.folder / "cases.csv").read_text(encoding="utf-8")


def test_csv_of_several_tables_says_which_there_are(story: Here) -> None:
    said = story("bars", "--format", "csv", code=2).err
    assert "give one by --register (bars, contacts)" in said
    assert "--format xlsx, which holds all" in said
    assert "there is no" not in story("bars", "--format", "csv", "--register", "bars").err
    assert "--register chooses a table" in story("bars", "--register", "bars", code=2).err
    assert book(story, "bars", "--register", "contacts").sheetnames == ["About", "Contacts"]


def test_a_flag_that_is_short_for_a_format_excludes_another(story: Here) -> None:
    assert story("audit", "--csv").out == story("audit", "--format", "csv").out
    assert "--csv and --format json exclude" in story("audit", "--csv", "--json", code=2).err


def test_without_what_writes_it_xlsx_says_how_to_install_it(
    story: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(name: str, _: str | None = None) -> ModuleSpec | None:
        assert name == "xlsxwriter"
        return None

    monkeypatch.setattr("importlib.util.find_spec", find)
    said = story("cases", "--format", "xlsx", "-o", "cases.xlsx", code=3).err
    assert "pip install 'answerable[xlsx]'" in said
    assert not Path("cases.xlsx").exists()


def test_what_goes_wrong_is_said_in_json_where_the_format_is_json(story: Here) -> None:
    for asked in (("--format", "json"), ("--format=json",), ("--json",)):
        said = json.loads(story("log", "--case", "none", *asked, code=2).err)
        assert said["error"] == "NotFound"
