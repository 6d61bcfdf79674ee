"""See that every screen that answers a question says nothing but messages: no English is left."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.support.clock import set_clock
from tests.support.golden_ledger import PUBLIC_CASES, RECORDED, REPORTS, fill, told
from tests.support.house_policy import HOUSE_POLICY
from tests.support.languages import terms
from tests.support.pseudo_language import pseudo_language, words_outside
from tests.support.screen_catalogue import PUBLIC, SCREENS, SPRING
from tests.support.screens import NOW

from answerable.cli.main import COMMANDS, cli
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language import loading
from answerable.domain.policy.reading import read_document
from answerable.domain.policy.shipped import PROFILES, profiles
from answerable.projections.figures.catalogue import BY_NAME

ASKING = frozenset(
    (
        *("audit", "bars", "cases", "changes", "check", "compare", "due", "figures", "gaps"),
        *("log", "metrics", "next", "policy", "replay", "search", "show", "status", "timeline"),
        *("what-if", "why"),
    )
)
"""Name the commands whose screens are in the language that is asked for."""

MORE = {
    "status-case": ("status", "--case", "xiaomi-kol"),
    "bars-in-force": ("bars", "--in-force"),
    "timeline-at-length": ("timeline", "xiaomi-kol", "-v"),
    "timeline-recorded": ("timeline", "tesco", "--by", "recorded"),
    "search-nothing": ("search", "nowhere"),
    "check-tesco": ("check", "tesco", *SPRING),
    "gaps-consistency": ("gaps", "--consistency"),
    "what-if-all": ("what-if", "--policy", "house.toml", "--instead-of", "generic", *SPRING),
    "why-tesco": ("why", "person-1"),
    "policy-show-generic": ("policy", "show", "generic"),
    "policy-show-law": ("policy", "show", "prc-labour"),
    "audit-tesco": ("audit", "tesco"),
    "changes-tesco": ("changes", "tesco"),
    "compare-speak-up": ("compare",),
    "next-tesco": ("next", "tesco", "--all"),
}
"""Ask what no golden screen asks."""

ASKED: dict[str, tuple[str, ...]] = {
    **{name: asked.arguments for name, asked in SCREENS.items()},
    **PUBLIC,
    **MORE,
}

TABLED = (
    "status",
    "why-sanction",
    "timeline",
    "bars",
    "cases",
    "log",
    "show-sanction",
    "audit",
    "changes",
    "gaps",
    "replay-before",
    "metrics",
    "compare",
    "check",
    "what-if",
    "due",
    "search",
    "tesco-status",
    "compare-speak-up",
)
"""Name what is asked as tables, too."""

CODED = ("log",)
"""Name the screens that tell kinds by their codes: in a pipe, which a program reads, too."""

JURISDICTIONS = {each for one in profiles() for each in one.policy.jurisdictions}
"""The codes of jurisdictions, which stand as they are recorded."""

COMMAND = re.compile(r"`[^`]*`")
"""Match a command that a screen suggests."""

Ledgers = dict[str, tuple[Path, list[str]]]


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Ledgers:
    """Make a ledger of each example, with the words that are told in it as they were recorded."""
    public = (PUBLIC_CASES / "tesco.jsonl").read_bytes().splitlines()
    reports = REPORTS.read_bytes().splitlines()
    made: Ledgers = {}
    for name, lines, recorded in (
        ("example", told(), RECORDED),
        ("tesco", public, [(len(public), NOW)]),
        ("speak-up", reports, [(len(reports), NOW)]),
    ):
        folder = tmp_path_factory.mktemp(name)
        fill(folder / "answerable.db", lines, recorded)
        (folder / "house.toml").write_text(HOUSE_POLICY)
        made[name] = (folder, recorded_words(lines))
    return made


def recorded_words(lines: list[bytes]) -> list[str]:
    """Return what events tell in words that are none of a vocabulary, the longest first."""
    found = {text for line in lines for text in texts(json.loads(line))}
    ours = set(dict(terms()))
    cases = {json.loads(line)["case_id"] for line in lines}  # A case may be called like a term.
    kept = {each for each in found - ours if len(each) > 1} | {*cases, *cited(), *CURRENCIES}
    return sorted(kept, key=len, reverse=True)


CURRENCIES = ("CNY", "EUR", "GBP")


def cited() -> Iterator[str]:
    """Yield what policies are called, and where their rules are from: as they stand there."""
    yield from (definition.source for definition in BY_NAME.values())
    for document in (*profiles(), read_document(HOUSE_POLICY.encode())):
        policy = document.policy
        yield from (f"{policy.id} {policy.version}", policy.id, policy.title)
        for rule in policy.rule:
            yield from (rule.source, rule.id)
            if document.policy.id not in PROFILES:
                yield from (rule.text, rule.text.rstrip("."))


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of JSON, with its words in a row."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def asked_of(name: str) -> str:
    """Tell which ledger a screen is asked of."""
    if "speak-up" in name:
        return "speak-up"
    return "tesco" if "tesco" in (*name.split("-"), *ASKED[name]) else "example"


@pytest.mark.parametrize("name", [name for name, each in ASKED.items() if each[0] in ASKING])
def test_a_screen_says_nothing_but_messages(
    name: str, ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = pseudo_language()
    monkeypatch.setattr(loading, "_loaded", lambda _: language)
    monkeypatch.setenv("COLUMNS", "250")  # in which a table breaks no word
    set_clock(monkeypatch, NOW)
    folder, recorded = ledgers[asked_of(name)]
    monkeypatch.chdir(folder)
    asked = (*ASKED[name], "--language", "zh-Hans")
    shown = CliRunner().invoke(cli, asked, catch_exceptions=False, standalone_mode=False)
    codes = sorted(CATALOGUE, key=len, reverse=True) if name in CODED else []
    left = words_outside(COMMAND.sub(" ", shown.output), [*codes, *recorded])
    left = [each for each in left if each not in JURISDICTIONS]
    assert left == [], shown.output
    assert "⟦" in shown.output


@pytest.mark.parametrize("name", TABLED)
def test_a_table_says_nothing_but_messages(
    name: str, ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = pseudo_language()
    monkeypatch.setattr(loading, "_loaded", lambda _: language)
    set_clock(monkeypatch, NOW)
    folder, recorded = ledgers[asked_of(name)]
    monkeypatch.chdir(folder)
    asked = (*ASKED[name], "--format", "markdown", "--language", "zh-Hans")
    shown = CliRunner().invoke(cli, asked, catch_exceptions=False, standalone_mode=False)
    text = re.sub(r"\\(?=[^\w\s])", "", shown.output).replace("&amp;", "&")
    assert words_outside(COMMAND.sub(" ", text), recorded) == [], shown.output


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_programs_read_is_in_no_language(
    form: str, ledgers: Ledgers, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = ledgers["example"]
    monkeypatch.chdir(folder)
    set_clock(monkeypatch, NOW)
    for name in ("audit", "bars", "gaps", "metrics"):
        register = ("--register", "bars") if (name, form) == ("bars", "csv") else ()
        asked = (*ASKED[name], "--format", form, *register)
        said = [
            CliRunner().invoke(cli, (*asked, "--language", tag), standalone_mode=False).stdout
            for tag in ("en", "zh-Hans")
        ]
        assert said[0], name
        assert said[0].replace("en", "") == said[1].replace("en", ""), name


def test_every_command_that_speaks_is_asked() -> None:
    assert {each[0] for each in ASKED.values()} >= ASKING
    assert set(COMMANDS) >= ASKING
