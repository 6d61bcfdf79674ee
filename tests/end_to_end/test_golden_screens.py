"""Hold the screens of every command to golden files, and to the rules that all screens keep.

The files in golden_screens/ hold what a command shows in a terminal of 80 columns (NAME.txt), of 40
(NAME.40.txt), in a pipe (NAME.pipe.txt), in Chinese (NAME.chinese.txt), of people with a Chinese
name and one of 200 letters (NAME.names.txt), and of a public case (tesco-NAME.txt). Write them
again with

    make test ARGS='-k golden' ANSWERABLE_GOLDEN=write

and read the difference as the reader of the screen would. The rules: the answer is on the first
screen, no line is wider than the terminal, hashes come last, titles and names stand for slugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click
import pytest
from tests.support.golden_ledger import PUBLIC_CASES, RECORDED, REPORTS, WRITING, fill, sign, told
from tests.support.house_policy import HOUSE_POLICY
from tests.support.screen_catalogue import NAMED, NARROW, PIPED, PUBLIC, SCREENS, SPOKEN, TITLES
from tests.support.screen_rules import hashes_above, not_answered, slugs_on_top, too_wide
from tests.support.screens import ESCAPES, FULL, NOW, OF_A_SERVER, Screen, Screens, copied, screens

from answerable.cli.main import cli
from answerable.cli.shared.signed.verdict import Verdict

GOLDEN = Path(__file__).with_name("golden_screens")
CHINESE = "徐飞"
LONG = " ".join(["Maximiliane", "Theodora", "Aurelia", "Bernhardine", "Konstanze"] * 4)[:200]
WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
"""A name in one word, wider than a screen: 90 letters."""
SENTENCE = "与关键意见领袖的会面以及随后的合作邀请引发了公众的强烈反应和内部调查" * 2
"""A title as it is written without spaces: 66 ideographs, of two columns each."""
KNOWN: frozenset[str] = frozenset()
"""Tell what does not keep the rules yet: the name of a screen, and that of the rule it breaks."""

WORDY = (
    "status", "status-person", "why-person", "timeline", "bars", "cases", "log", "show-sanction",
    "audit", "audit-person", "changes", "next", "gaps", "replay", "metrics", "compare", "check",
    "check-all", "due", "policy-show", "evidence-list", "search", "verify", "append-refused",
)  # fmt: skip
"""Tell what is asked where a name and a title are wider than a screen, and have no space."""

DOING = "append checkpoint evidence export import init key prove publish timestamp views witness"
WRITES = frozenset(DOING.split())
"""Name the commands that do something: what they did is done, and told on stderr."""

Folders = dict[str, Path]


@pytest.fixture(scope="module")
def show() -> Iterator[Screens]:
    """Return what shows commands."""
    with screens() as made:
        yield made


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, show: Screens) -> Folders:
    """Folders with a ledger each: of the example, of the example under other names, of a case."""
    lines = told()
    renamed = [
        line.replace(b"Xu Fei", CHINESE.encode()).replace(b"Xu Jieyun", LONG.encode())
        for line in lines
    ]
    unbroken = [
        line.replace(b"Xu Fei", WORD.encode())
        .replace(b"the company", b"x" * 85)
        .replace(b"Contact with a KOL", SENTENCE.encode())
        for line in lines
    ]
    public = (PUBLIC_CASES / "tesco.jsonl").read_bytes().splitlines()
    reports = REPORTS.read_bytes().splitlines()
    made = {}
    for name, given, recorded in (
        ("example", lines, RECORDED),
        ("names", renamed, RECORDED),
        ("words", unbroken, RECORDED),
        ("tesco", public, [(len(public), NOW)]),
        ("speak-up", reports, [(len(reports), NOW)]),
    ):
        made[name] = tmp_path_factory.mktemp("screens") / name
        made[name].mkdir()
        fill(made[name] / "answerable.db", given, recorded)
    sign(made["example"] / "answerable.db", NOW)
    key = show(made["example"], ("key", "export"), columns=None)
    (made["example"] / "log.vkey").write_text(key.out)
    (made["example"] / "house.toml").write_text(HOUSE_POLICY)
    return made


def asked_for(
    show: Screens, folders: Folders, name: str, into: Path, columns: int | None
) -> Screen:
    """Return what a screen of the catalogue shows, in a folder of its own."""
    asked = SCREENS[name]
    folder = copied(folders["example"], into / "house")
    for before in asked.before:
        assert show(folder, before, columns=None).code == 0, before
    shown = show(folder, asked.arguments, columns=columns)
    assert shown.code == asked.code, shown
    return shown


SIZE = re.compile(r"  \d{2,3},\d{3} bytes")
"""Match the line that tells how large a bundle is: as large as the page and the verifier in it."""


def hold(name: str, screen: Screen) -> None:
    """Hold a screen against its golden file; or write the file, where the environment says so."""
    file = GOLDEN / f"{name}.txt"
    lines = [SIZE.sub("  … bytes", line.rstrip()) for line in screen.plain.splitlines()]
    text = "\n".join([*lines, *(f"stderr: {line}" for line in screen.err.splitlines())]) + "\n"
    text = OF_A_SERVER.sub("", text)
    assert "Traceback" not in text
    if WRITING:
        file.write_text(text, encoding="utf-8")
    golden = file.read_text(encoding="utf-8")
    if text != golden:
        both = (golden.splitlines(), text.splitlines())
        difference = unified_diff(*both, f"golden_screens/{file.name}", "now", n=3, lineterm="")
        pytest.fail("\n".join(difference), pytrace=False)


def keeps(name: str, **found: list[str]) -> None:
    """Hold that a screen breaks no rule but those that it is known to break."""
    broken = {
        f"{name}: {rule}": lines
        for rule, lines in found.items()
        if lines and f"{name}: {rule}" not in KNOWN
    }
    if broken:
        told = [line for rule, lines in broken.items() for line in (rule, *lines)]
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_80_columns(name: str, show: Screens, folders: Folders, tmp_path: Path) -> None:
    shown = asked_for(show, folders, name, tmp_path, 80)
    lines = shown.plain.splitlines()
    hold(name, shown)
    keeps(
        name,
        width=too_wide(lines, 80),
        hashes=hashes_above(lines),
        titles=slugs_on_top(lines, TITLES),
        answer=not_answered(lines, SCREENS[name].answer),
    )


@pytest.mark.parametrize("name", NARROW)
def test_a_screen_of_40_columns(name: str, show: Screens, folders: Folders, tmp_path: Path) -> None:
    shown = asked_for(show, folders, name, tmp_path, 40)
    hold(f"{name}.40", shown)
    keeps(f"{name}.40", width=too_wide(shown.plain.splitlines(), 40))


@pytest.mark.parametrize("name", SPOKEN)
def test_a_screen_in_chinese(name: str, show: Screens, folders: Folders) -> None:
    chinese = {"ANSWERABLE_LANGUAGE": "zh-Hans"}
    for columns in (80, 40):
        asked = SCREENS[name]
        shown = show(folders["example"], asked.arguments, columns=columns, environment=chinese)
        assert shown.code == asked.code, shown
        if columns == 80:
            hold(f"{name}.chinese", shown)
        keeps(f"{name}.chinese", width=too_wide(shown.plain.splitlines(), columns))


@pytest.mark.parametrize("name", PIPED)
def test_what_goes_into_a_pipe(name: str, show: Screens, folders: Folders, tmp_path: Path) -> None:
    shown = asked_for(show, folders, name, tmp_path, None)
    hold(f"{name}.pipe", shown)
    assert not ESCAPES.search(shown.out)


@pytest.mark.parametrize("name", PIPED)
def test_without_colour_a_screen_says_the_same(name: str, show: Screens, folders: Folders) -> None:
    coloured = show(folders["example"], SCREENS[name].arguments)
    plain = show(folders["example"], SCREENS[name].arguments, environment={"NO_COLOR": "1"})
    assert (plain.plain, plain.code) == (coloured.plain, coloured.code)
    assert not ESCAPES.search(plain.out)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("name", NAMED)
def test_a_screen_of_people_with_other_names(
    name: str, columns: int, show: Screens, folders: Folders
) -> None:
    shown = show(folders["names"], NAMED[name], columns=columns)
    assert shown.code == 0, shown
    if columns == 80:
        hold(f"{name}.names", shown)
    keeps(f"{name}.names", width=too_wide(shown.plain.splitlines(), columns))


def test_no_word_is_wider_than_a_screen(show: Screens, folders: Folders) -> None:
    for name in WORDY:
        arguments = [WORD if each == "Xu Fei" else each for each in SCREENS[name].arguments]
        shown = show(folders["words"], arguments)
        assert shown.code == SCREENS[name].code, (name, shown)
        assert too_wide(shown.plain.splitlines(), 80) == [], name


def gives_a_verdict(arguments: tuple[str, ...]) -> bool:
    """Tell whether the exit code of a command is a verdict, as it is asked."""
    command: click.Command | None = cli
    for word in arguments:
        if not isinstance(command, click.Group):
            break
        command = command.get_command(click.Context(command), word)
    assert command is not None
    options = {option for each in command.params for option in each.opts}
    return isinstance(command, Verdict) and ("--check" not in options or "--check" in arguments)


def test_no_command_takes_a_full_disk_for_well(show: Screens, folders: Folders) -> None:
    asked = {each.arguments[0]: each for each in SCREENS.values() if not each.before}
    for name in asked.keys() - WRITES:
        arguments, code = asked[name].arguments, asked[name].code
        verdict = gives_a_verdict(arguments)
        shown = show(folders["example"], arguments, columns=FULL)
        assert shown.code == (code if verdict else 3), (name, shown)
        assert "output failed" in shown.err, (name, shown)
        assert ("The exit code is the verdict" in shown.err) is verdict, (name, shown)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_screen_of_a_public_case(
    name: str, columns: int, show: Screens, folders: Folders
) -> None:
    place = "speak-up" if name.startswith("speak-up") else "tesco"
    shown = show(folders[place], PUBLIC[name], columns=columns)
    assert shown.code == 0, shown
    if columns == 80:
        hold(name, shown)
    keeps(name, width=too_wide(shown.plain.splitlines(), columns))


def test_no_golden_screen_is_left_over() -> None:
    written = {
        *SCREENS,
        *(f"{name}.40" for name in NARROW),
        *(f"{name}.pipe" for name in PIPED),
        *(f"{name}.chinese" for name in SPOKEN),
        *(f"{name}.names" for name in NAMED),
        *PUBLIC,
    }
    assert {file.stem for file in GOLDEN.iterdir()} == written


def test_what_is_known_is_of_a_screen() -> None:
    names = {name.split(":")[0] for name in KNOWN}
    known = {*SCREENS, *PUBLIC, *(f"{name}.40" for name in NARROW)}
    assert names <= known | {f"{name}.names" for name in NAMED}
