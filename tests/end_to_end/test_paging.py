"""Long answers in a terminal, handed to a pager."""

import json
import shlex
import sys

import pytest
from tests.end_to_end.conftest import Cli

KEEPING = "import sys; open('paged', 'w').write(sys.stdin.read()); print('(paged)')"
PAGER = shlex.join((sys.executable, "-c", KEEPING))
LONG = ("timeline", "xiaomi-kol", "-v")
SHORT = ("status", "--person", "Xu Fei")


@pytest.mark.parametrize("variable", ["ANSWERABLE_PAGER", "PAGER"])
def test_what_is_longer_than_the_screen_is_paged_in_colour(story: Cli, variable: str) -> None:
    more = {"ANSWERABLE_PAGER": PAGER, "PAGER": "false"}
    if variable == "PAGER":
        more = {"PAGER": PAGER}
        environment = story.environment
        story.environment = lambda **told: {  # type: ignore[method-assign]
            name: value for name, value in environment(**told).items() if name != "ANSWERABLE_PAGER"
        }
    assert story.terminal(*LONG, **more) == "(paged)\n"
    paged = (story.folder / "paged").read_text()
    assert paged == story.terminal(*LONG, "--no-pager")
    assert "\x1b[1m" in paged
    assert "#27" in paged


def test_what_fits_the_screen_is_not(story: Cli) -> None:
    assert story.terminal(*SHORT, ANSWERABLE_PAGER=PAGER) == story.terminal(*SHORT)
    assert not (story.folder / "paged").exists()


@pytest.mark.parametrize(
    "words", [(*LONG, "--no-pager"), (*LONG, "--json"), ("show", "3", "--raw")]
)
def test_nor_is_what_is_for_programs_or_said_not_to_be(story: Cli, words: tuple[str, ...]) -> None:
    assert "(paged)" not in story.terminal(*words, ANSWERABLE_PAGER=PAGER)


def test_nor_is_what_goes_into_a_pipe(story: Cli) -> None:
    assert "#27" in story(*LONG, env={"ANSWERABLE_PAGER": PAGER, "PAGER": PAGER}).out


@pytest.mark.parametrize(
    "pager",
    [
        "no-such-command",
        "false",
        shlex.join((sys.executable, "-c", "import sys; sys.exit(2)")),
        "'",
    ],
)
def test_nothing_is_lost_by_a_pager_that_breaks(story: Cli, pager: str) -> None:
    out = story.terminal(*LONG, ANSWERABLE_PAGER=pager)
    assert story.terminal(*LONG).strip() in out
    said = " ".join(out.split())
    assert "could not be used" in said
    assert "--no-pager" in said


def test_who_leaves_the_pager_wants_no_more_and_the_verdict_stands(story: Cli) -> None:
    assert story.terminal(*LONG, ANSWERABLE_PAGER="true") == ""
    out = story.terminal("bars", ANSWERABLE_PAGER="true")
    assert "the KOL" in out


def test_a_dumb_terminal_is_not_paged(story: Cli) -> None:
    cli = story.environment
    story.environment = lambda **more: cli(**{**more, "TERM": "dumb"})  # type: ignore[method-assign]
    assert "(paged)" not in story.terminal(*LONG, ANSWERABLE_PAGER=PAGER)


def test_json_stays_json(story: Cli) -> None:
    assert json.loads(story.terminal(*LONG, "--json", ANSWERABLE_PAGER=PAGER))["case_id"]
