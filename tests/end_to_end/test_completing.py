"""Completion, in a real bash where there is one; what it installs, and takes away again."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from select import select

import pytest
from tests.end_to_end.conftest import SCRIPT, Cli
from tests.support.lengths import sample
from tests.support.oracles import contents

BASH = shutil.which("bash")
MAN = shutil.which("man")

needs_bash = pytest.mark.skipif(BASH is None, reason="bash is not installed")

LIST = 63
"""Tell what bash sets COMP_TYPE to when it lists what a word may become."""


def completed(cli: Cli, *words: str, comp_type: int = 9, **env: str) -> list[str]:
    """Return what bash would offer for the last of some words, by the script, in a real bash."""
    assert BASH is not None
    quoted = " ".join(f"'{word}'" for word in ("answerable", *words))
    script = cli("completion", "bash").out
    asking = f"""{script}
COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; COMP_TYPE={comp_type}; COLUMNS=80
_answerable_completion answerable
printf '%s\\n' "${{COMPREPLY[@]}}" """
    found = subprocess.run(
        [BASH, "--norc", "--noprofile", "-c", asking],
        cwd=cli.folder,
        env=cli.environment(PATH=cli.path, **env),
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stderr == ""
    return found.stdout.splitlines() if found.stdout.strip() else []


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("stat",), ["status"]),
        (("evidence", "cu"), ["custody"]),
        (("append", "finding"), ["finding-proposed", "finding-made"]),
        (("timeline", ""), ["house", "xiaomi-kol"]),
        (("timeline", "xi"), ["xiaomi-kol"]),
        (("timeline", "Contact"), ["xiaomi-kol"]),
        (("status", "--case", "xi"), ["xiaomi-kol"]),
        (("status", "--case", "=", "xi"), ["xiaomi-kol"]),
        (("status", "--person", '"Xu F'), ["person-2"]),
        (("append", "sanction", "--subject", "jie"), ["person-3"]),
        (("append", "sanction", "--as", "per"), []),
        (("audit", "--person", '"the K'), ["person-1"]),
        (("status", "--zone", "shangh"), ["Asia/Shanghai"]),
        (("log", "--kind", "sanction-l"), ["sanction-lifted"]),
        (("append", "sanction", "--case", "xiaomi-kol", "--finding", ""), ["17", "16", "15"]),
        (("append", "sanction", "--case", "xiaomi-kol", "--decision", "1"), ["19", "10"]),
        (("append", "sanction", "--finding", "16,"), ["16,17", "16,15"]),
        (("append", "sanction-lifted", "--case", "xiaomi-kol", "--sanction", "20"), ["20"]),
        (("append", "sanction-lifted", "--case", "house", "--sanction", ""), []),
        (("append", "sanction", "--measure", "form"), ["formal-reprimand"]),
        (("show", "27"), ["27"]),
        (("why", "person-1"), ["person-1"]),
        (("why", "20"), ["20"]),
        (("append", "sanction", "--subj"), ["--subject"]),
        (("--ledger", "nowhere.db", "timeline", ""), []),
        (("timeline", "--ledger", "nowhere.db", ""), []),
        (("check", "xi"), ["xiaomi-kol"]),
        (("what-if", "--policy", "x.toml", "Contact"), ["xiaomi-kol"]),
        (("policy", "show", "eu"), ["eu-whistleblowing"]),
        (("policy", "diff", "generic", "prc"), ["prc-labour"]),
        (("policy", "new", "uk"), ["uk-smcr"]),
        (("frobnicate", ""), []),
        (("timeline", "'"), ["house", "xiaomi-kol"]),
        (("append", "sanctoin", "--case", ""), []),
    ],
)
def test_bash_offers_what_a_word_may_become(
    story: Cli, words: tuple[str, ...], offered: list[str]
) -> None:
    assert completed(story, *[word.replace("'", "'\\''") for word in words]) == offered


@needs_bash
def test_bash_shows_titles_where_it_lists(story: Cli) -> None:
    listed = completed(story, "append", "sanction", "--finding", "", comp_type=LIST)
    assert listed[1] == "16  Finding about Xu Fei: substantiated, managerial responsibil…"
    assert completed(story, "timeline", "", comp_type=LIST)[1] == "xiaomi-kol  Contact with a KOL"
    assert completed(story, "timeline", "xi", comp_type=LIST) == ["xiaomi-kol"]


@needs_bash
def test_nothing_is_said_and_nothing_written_where_nothing_can_be_offered(cli: Cli) -> None:
    for broken in (None, b"no ledger", b""):
        if broken is not None:
            cli.ledger.write_bytes(broken)
        before = sorted(cli.folder.iterdir())
        assert completed(cli, "timeline", "") == []
        assert completed(cli, "append", "sanction", "--subject", "x") == []
        assert sorted(cli.folder.iterdir()) == before
        assert broken is None or cli.ledger.read_bytes() == broken


def test_completing_changes_no_byte_of_the_ledger(story: Cli) -> None:
    before = contents(story.ledger), story.ledger.read_bytes()
    env = {"COMP_WORDS": "answerable\nstatus\n--person\nXu", "COMP_CWORD": "3"}
    for shell in ("bash", "zsh", "fish"):
        told = story(env=env | {"_ANSWERABLE_COMPLETE": f"{shell}_complete"})
        assert ("person-2" in told.out, told.err) == (shell != "fish", "")
    assert (contents(story.ledger), story.ledger.read_bytes()) == before
    assert [each.name for each in story.folder.iterdir()] == [story.ledger.name]


@pytest.mark.parametrize("asked", ["", "bash", "bash_source", "csh_complete", "_", "zsh_"])
def test_what_no_shell_asks_is_answered_with_nothing(story: Cli, asked: str) -> None:
    if asked:
        told = story("status", env={"_ANSWERABLE_COMPLETE": asked})
        assert (told.out, told.err) == ("", "")
    for words, number in (("", "x"), ("answerable", "-1"), ("answerable '", "7")):
        env = {"COMP_WORDS": words, "COMP_CWORD": number, "_ANSWERABLE_COMPLETE": "bash_complete"}
        assert story("status", env=env).err == ""


PROMPTS = {
    "bash": (("--norc", "--noprofile", "-i"), "source ./script"),
    "zsh": (("-f", "-i"), "autoload -U compinit; compinit -u -D; source ./script"),
}


def there(shell: str) -> str:
    """Where a shell is; the test is skipped where it is not."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed: its script is not tried in it")
    return found


@pytest.mark.parametrize("shell", PROMPTS)
def test_a_case_is_completed_at_a_prompt(story: Cli, shell: str) -> None:
    (story.folder / "script").write_text(story("completion", shell).out)
    options, begin = PROMPTS[shell]
    near, far = pty.openpty()
    env = story.environment(PATH=f"{SCRIPT.parent}:{os.environ['PATH']}", PS1="> ", TERM="dumb")
    opened = subprocess.Popen(
        [there(shell), *options],
        stdin=far,
        stdout=far,
        stderr=far,
        env=env,
        cwd=story.folder,
        start_new_session=True,
    )
    try:
        os.close(far)
        os.write(near, f"{begin}; echo read''y\n".encode())
        assert b"ready\r\n" in _until(near, b"ready\r\n")
        os.write(near, b"answerable timeline xia\t")
        assert b"omi-kol" in _until(near, b"omi-kol")
    finally:
        opened.kill()
        opened.wait(30)
        os.close(near)


def test_fish_offers_what_a_word_may_become_with_titles(story: Cli) -> None:
    fish = there("fish")
    (story.folder / "script").write_text(story("completion", "fish").out)
    asked = (
        "timeline xia",
        "append sanction --case xiaomi-kol --decision ",
        "status --person Xu",
        "append sanct",
        "--ledger nowhere.db timeline ",
    )
    lines = "; echo ==; ".join(f"complete -C'answerable {each}'" for each in asked)
    found = subprocess.run(
        [fish, "--no-config", "-c", f"source script; {lines}"],
        cwd=story.folder,
        env=story.environment(
            PATH=f"{SCRIPT.parent}:{os.environ['PATH']}", HOME=str(story.folder), TERM="dumb"
        ),
        capture_output=True,
        check=True,
        text=True,
    )
    case, decisions, party, kinds, nothing = found.stdout.split("==\n")
    assert case == "xiaomi-kol\tContact with a KOL\n"
    assert decisions == "19\tDecision: sanction by the company\n10\tDecision: terminate\n"
    assert party == "person-2\tXu Fei\nperson-3\tXu Jieyun\n"
    assert kinds.startswith("sanction\t")
    assert (nothing, found.stderr) == ("", "")


def _until(near: int, wanted: bytes) -> bytes:
    """Read what a terminal shows until something is there, or nothing comes any more."""
    told = b""
    with suppress(OSError):
        while wanted not in told and select([near], [], [], 20)[0]:
            told += os.read(near, 65_536)
    return told


class Home:
    """A home of a user's own."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.folder = cli.folder / "home"
        self.folder.mkdir()
        self.env = {"HOME": str(self.folder), "SHELL": "/bin/bash"}
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "BASH_COMPLETION_USER_DIR"):
            self.env[name] = ""

    @property
    def files(self) -> set[str]:
        """Every file in it."""
        return {str(each.relative_to(self.folder)) for each in self.folder.rglob("*.*") if
                each.is_file()} | {str(each.relative_to(self.folder))
                for each in self.folder.rglob("*answerable") if each.is_file()}  # fmt: skip


@pytest.fixture
def home(cli: Cli) -> Home:
    return Home(cli)


@pytest.mark.parametrize(
    ("shell", "place", "start_up"),
    [
        ("bash", ".local/share/bash-completion/completions/answerable", "~/.bashrc"),
        ("zsh", ".local/share/zsh/site-functions/_answerable", "~/.zshrc"),
        ("fish", ".config/fish/completions/answerable.fish", None),
    ],
)
def test_it_is_installed_in_the_users_place_and_taken_away_again(
    home: Home, shell: str, place: str, start_up: str | None
) -> None:
    (home.folder / ".bashrc").write_text("mine\n")
    told = home.cli("completion", shell, "--install", env=home.env)
    assert place in told.out
    assert (home.folder / place).read_text() == home.cli("completion", shell).out
    assert f"`answerable completion {shell} --uninstall` takes all of it away" in told.err
    assert (start_up is None) == ("start" not in told.err and "If a new shell" not in told.err)
    assert (home.folder / ".bashrc").read_text() == "mine\n"
    assert ".local/share/man/man1/answerable-append-sanction-imposed.1" in home.files
    again = home.cli("completion", shell, "--install", env=home.env)
    assert "Everything is there already." in again.out
    home.cli("completion", shell, "--uninstall", env=home.env)
    assert home.files == {".bashrc"}
    assert "Nothing was there." in home.cli("completion", shell, "--uninstall", env=home.env).out


def test_the_places_follow_xdg_but_for_relative_ones(home: Home) -> None:
    own = home.folder / "own"
    told = home.cli("completion", "--install", "--json", env=home.env | {"XDG_DATA_HOME": str(own)})
    assert {Path(each).relative_to(own).parts[0] for each in told.json["installed"]} == {
        "bash-completion",
        "man",
    }
    home.cli("completion", "--install", env=home.env | {"XDG_DATA_HOME": "relative"})
    assert not (home.cli.folder / "relative").exists()


def test_what_was_not_made_here_is_neither_overwritten_nor_removed(home: Home) -> None:
    place = home.folder / ".local/share/bash-completion/completions/answerable"
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    told = home.cli("completion", "--install", env=home.env, code=2)
    assert "was not made by `answerable completion`" in " ".join(told.err.split())
    assert home.files == {".local/share/bash-completion/completions/answerable"}
    home.cli("completion", "--uninstall", env=home.env)
    assert place.read_text() == "mine\n"
    place.unlink()
    place.symlink_to(home.folder / "nowhere")
    home.cli("completion", "--install", env=home.env, code=2)


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (("csh",), {}, "'csh' is not one of"),
        (("bsh",), {}, "Did you mean bash or zsh?"),
        ((), {"SHELL": "/bin/csh"}, "Say for which: `answerable completion bash`."),
        ((), {"SHELL": ""}, "Say for which"),
        (("bash", "--install"), {"HOME": ""}, "neither $HOME nor $XDG_DATA_HOME"),
        (("bash", "--install", "--uninstall"), {}, "--install or --uninstall takes one value"),
    ],
)
def test_what_cannot_be_installed_is_said(
    home: Home, arguments: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    told = home.cli("completion", *arguments, env=home.env | env, code=2)
    assert said in " ".join(told.err.split())
    assert home.files == set()


def test_where_the_home_cannot_be_written_that_is_said(home: Home) -> None:
    (home.folder / ".local").write_text("a file\n")
    told = home.cli("completion", "--install", env=home.env, code=3)
    assert ".local" in told.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(cli: Cli, shell: str) -> None:
    flag = "--no-execute" if shell == "fish" else "-n"
    script = cli.folder / "script"
    script.write_text(cli("completion", shell).out)
    subprocess.run([there(shell), flag, str(script)], check=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_asks_quietly_and_says_whose_it_is(cli: Cli, shell: str) -> None:
    script = cli("completion", shell).out
    assert f"_ANSWERABLE_COMPLETE={shell}_complete" in script
    assert "2>/dev/null" in script
    assert "Made by `answerable completion" in script[:300]
    assert "%(" not in script


@pytest.mark.skipif(MAN is None, reason="man is not installed: no page is read with it")
def test_every_man_page_is_read_without_a_warning(home: Home) -> None:
    assert MAN is not None
    home.cli("completion", "--install", env=home.env)
    pages = sorted((home.folder / ".local/share/man/man1").iterdir())
    names = {each.name for each in pages}
    assert {"answerable.1", "answerable-append.1", "answerable-evidence-add.1"} <= names
    assert "answerable-append-contact.1" not in names
    named = ("answerable.1", "answerable-append.1")
    read = [*sample(pages, 12), *(each for each in pages if each.name in named)]
    told = subprocess.run(
        [MAN, "--warnings", "-l", *map(str, read)],
        env=home.cli.environment(LC_ALL="C.UTF-8", MANPAGER="cat", MANWIDTH="80"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert "--case CASE" in told.stdout
    assert "EXIT STATUS" in told.stdout
    assert "answerable append contact --case acme --counterparty org-7" in told.stdout
