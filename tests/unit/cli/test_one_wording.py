"""One wording a thing: every text says it in the same words."""

import re

import pytest
from tests.unit.cli.conftest import Here

STATUS = ("status",)
PERSON = ("status", "--person", "Xu Fei")
PARTY = ("status", "--party", "the KOL")
BARS = ("bars",)
REPLAY = ("replay", "xiaomi-kol")
BEFORE = ("replay", "xiaomi-kol", "--at", "22")
REPORT = ("report", "xiaomi-kol")
WHY = ("why", "22")
TIMELINE = ("timeline", "xiaomi-kol")
LOG = ("log",)


def text_of(story: Here, *command: str) -> str:
    """Return what a command says, in one line."""
    return " ".join(story(*command).out.split())


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("barred from 2026-01-05 (end not stated)", (STATUS, TIMELINE, LOG)),
        ("barred from 2026-01-05 (end not stated), in force", (PARTY, BARS, BEFORE, REPORT)),
        ("substantiated, managerial responsibility", (PERSON, REPLAY, BEFORE, REPORT, WHY, LOG)),
        ("formal reprimand (imposed", (PERSON, REPLAY, BEFORE, REPORT)),
        ("accountable as a manager", (STATUS, PERSON, REPORT)),
        ("Three people are accountable", (REPLAY, REPORT)),
        ("on or before 2026-01-05", (PARTY, BARS, REPLAY, REPORT, TIMELINE, ("search", "KOL"))),
        ("date not told", (REPLAY, TIMELINE, WHY)),
        ("contact on or before 2026-01-05, indeterminate whether inside the bar", (BARS, REPORT)),
        ("28 entries", (STATUS, BARS, REPLAY, WHY, TIMELINE, ("gaps",), ("compare",))),
        ("sanction to execute: Xu Fei", (("status", "--case", "xiaomi-kol"), REPLAY)),
    ],
)
def test_a_thing_is_said_in_one_wording(
    story: Here, sentence: str, texts: tuple[tuple[str, ...], ...]
) -> None:
    for command in texts:
        assert sentence in text_of(story, *command), command


def test_what_may_not_have_happened_is_said_in_one_wording(story: Here) -> None:
    moment = ("--as-of", "2026-01-05")
    for command in (STATUS, REPLAY, REPORT, TIMELINE, ("show", "16"), ("search", "management")):
        assert "indeterminate: its date does not tell" in text_of(story, *command, *moment), command


def test_a_bar_that_was_lifted_or_overturned_is_said_in_one_wording(story: Here) -> None:
    story("append", "bar-lifted", "--case", "xiaomi-kol", "--bar", "12", "--occurred", "2026-03-01",
          "--reason", "served")  # fmt: skip
    lifted = "barred from 2026-01-05 (end not stated), lifted 2026-03-01, not in force"
    assert lifted in text_of(story, *PARTY)
    assert lifted in text_of(story, *BARS)
    assert "| lifted 2026-03-01, not in force |" in story(*REPORT).out


def test_an_appeal_is_said_in_one_wording(story: Here) -> None:
    for against in ("17", "21", "12", "19"):
        story("append", "appeal-lodged", "--case", "xiaomi-kol", "--against", against)
    for command in (STATUS, BARS, REPLAY, REPORT, ("why", "21")):
        assert "appeal pending" in story(*command).out, command


def test_an_amount_of_money_is_printed_alike_everywhere(story: Here) -> None:
    for amount in ("28000000 USD", "41000000.50 USD"):
        story("append", "sanction-imposed", "--case", "xiaomi-kol", "--subject", "Xu Fei",
              "--measure", "clawback", "--amount", amount, "--occurred", "2026-01-06")  # fmt: skip
    story("append", "correction", "--case", "xiaomi-kol", "--target", "29", "--reason", "a slip",
          "--set", "amount=42000000.50 USD")  # fmt: skip
    said = {
        command: text_of(story, *command)
        for command in (
            *(STATUS, REPLAY, REPORT, TIMELINE, LOG, ("why", "28"), ("show", "28")),
            *(("show", "29"), ("search", "clawback"), ("compare",)),
            *(("gaps", "--case", "xiaomi-kol"), ("status", "--person", "Xu Fei")),
        )
    }
    for command, text in said.items():
        assert not re.search(r"[248][0-9]?000000", re.sub(r"[0-9a-f-]{36}", "", text)), command
    for command in (STATUS, REPLAY, REPORT, TIMELINE, LOG, ("why", "28"), ("show", "28")):
        assert "28,000,000 USD" in said[command], command
    for command in (REPORT, TIMELINE, ("show", "29")):
        assert "41,000,000.50 USD" in said[command], command
    for command in (STATUS, REPORT, ("status", "--person", "Xu Fei")):
        assert "ogether: 70,000,000.50 USD in two clawbacks" in said[command], command


def test_what_a_sanction_became_on_appeal_is_said_beside_what_it_was(story: Here) -> None:
    story("append", "appeal-lodged", "--case", "xiaomi-kol", "--against", "20")
    story("append", "appeal-decided", "--case", "xiaomi-kol", "--appeal", "28", "--outcome",
          "partly-allowed", "--becomes-measure", "suspension", "--becomes-days", "30",
          "--occurred", "2026-02-01")  # fmt: skip
    assert "measure was dismissal, is now suspension" in text_of(story, *REPLAY)
    for command in (STATUS, REPORT):
        assert "suspension, 30 days (imposed" in text_of(story, *command), command
        assert "first dismissal" in text_of(story, *command), command
    for command in (TIMELINE, LOG, REPLAY, REPORT):
        said = "was decided: partly allowed (now suspension, 30 days)"
        assert said in text_of(story, *command), command
    assert "became suspension, 30 days on appeal #29" in text_of(story, "why", "20")
    assert "became" not in text_of(story, "why", "20", "--as-of", "2026-01-31")
    for command in (STATUS, ("compare",)):
        assert "first" not in text_of(story, *command, "--as-of", "2026-01-31")
    assert "step 7: suspension" in text_of(story, "compare")


def test_sums_over_several_parties_are_said_in_one_wording(story: Here) -> None:
    for who, amount in (("Xu Fei", "28000000 USD"), ("Xu Jieyun", "41000000 USD")):
        story("append", "sanction-imposed", "--case", "xiaomi-kol", "--subject", who,
              "--measure", "clawback", "--amount", amount, "--occurred", "2026-01-06")  # fmt: skip
    said = (
        "69,000,000 USD in two clawbacks of two people; from 28,000,000 USD to 41,000,000 USD, "
        "median 28,000,000 USD per person"
    )
    for command in (STATUS, REPORT, ("metrics",), ("compare",)):
        assert said in text_of(story, *command), command
    assert "Together" not in text_of(story, *REPORT)
