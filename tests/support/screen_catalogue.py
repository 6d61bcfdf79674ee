"""The screens that are held to golden files: what is asked, and the phrase that answers it."""

from __future__ import annotations

from typing import NamedTuple

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")
EVENING = ("--as-of", "2026-01-05")


class Asked(NamedTuple):
    """A command, what its first screen has to say, and what is run before it."""

    arguments: tuple[str, ...]
    answer: str
    before: tuple[tuple[str, ...], ...] = ()
    code: int = 0


TITLES = {
    CASE: "Contact with a KOL",
    "person-1": "the KOL",
    "person-2": "Xu Fei",
    "person-3": "Xu Jieyun",
    "org-1": "the company",
    "org-2": "the spokesperson account",
}
"""The titles and names that the case and its parties have. person-4 has none."""

PROOF = ("prove", "20", "--output", "20.tlog-proof", "--entry", "20.json")
BUNDLE = ("export", "--case", CASE, "--bundle", "case.zip", "--withhold", "name")
W1 = ("witness", "init", "w1", "--name", "witness.example/w1")

CONTACT = ("append", "contact", "--case", CASE, "--counterparty", "the KOL")
MEMO = ("evidence", "add", "log.vkey", "--root", ".", "--case", CASE, "--description", "a memo")

SCREENS: dict[str, Asked] = {
    "init": Asked(("init", "--ledger", "new.db", "--origin", "example.com/new"), "Made an empty"),
    "append": Asked((*CONTACT, "--occurred", "2026-02-08"), "contact with the KOL, 2026-02-08"),
    "append-dry-run": Asked((*CONTACT, "--dry-run"), "Contact with the KOL"),
    "append-refused": Asked((*CONTACT, "--occurred", "2026-02-30"), "2026-02-30", code=3),
    "import": Asked(
        ("import", "told.jsonl", "--ledger", "new.db"),
        "Recorded: 45 events",
        (("export", "--output", "told.jsonl"), ("init", "--ledger", "new.db")),
    ),
    "evidence-add": Asked(MEMO, "log.vkey"),
    "evidence-transfer": Asked(
        ("evidence", "transfer", "28", "--to", "the KOL", "--occurred", "2026-02-08"), "the KOL"
    ),
    "witness-watch": Asked(
        ("witness", "watch", "w1", "--key", "log.vkey"), "example.com/ledger is watched", (W1,)
    ),
    "export": Asked(("export", "--output", "told.jsonl"), "Left out, because erased"),
    "status": Asked(("status",), "Xu Fei"),
    "status-evening": Asked(("status", *EVENING), "Xu Jieyun (person-3)"),
    "status-person": Asked(("status", "--person", "Xu Fei"), "Xu Fei"),
    "status-party": Asked(("status", "--party", "the KOL"), "barred"),
    "why-person": Asked(("why", "Xu Jieyun"), "Not on record: "),
    "why-sanction": Asked(("why", "20"), "Not on record: "),
    "timeline": Asked(("timeline", CASE), "Contact with the KOL"),
    "bars": Asked(("bars",), "the KOL"),
    "report": Asked(("report", CASE, *SPRING), "accountable"),
    "cases": Asked(("cases",), "Contact with a KOL"),
    "log": Asked(("log", "--last", "10"), "Xu Fei"),
    "show-sanction": Asked(("show", "21"), "formal reprimand"),
    "show-correction": Asked(("show", "30"), "formal reprimand"),
    "audit": Asked(("audit", *SPRING), "0 of 8 consequences are fully backed."),
    "changes": Asked(("changes",), "5 changes: 2 corrected, 1 retracted, 1 disputed, 1 erased."),
    "audit-person": Asked(("audit", "--person", "Xu Fei"), "fully backed"),
    "next": Asked(("next", CASE), "answerable append"),
    "gaps": Asked(("gaps", *SPRING), "OVERDUE: Carry out 2 sanctions"),
    "replay": Asked(("replay", CASE), "Three people are accountable."),
    "replay-before": Asked(("replay", CASE, "--at", "20"), "Three people were accountable"),
    "replay-until": Asked(("replay", CASE, "--until", "20"), "Three people are accountable"),
    "metrics": Asked(("metrics", *SPRING), "people accountable"),
    "figures": Asked(("figures", *SPRING), "No report was received; of 1 case, none is closed."),
    "compare": Asked(("compare",), "formal reprimand"),
    "compare-like": Asked(("compare", "--like", "40"), "too few comparators"),
    "compare-outside": Asked(("compare", "--outside"), "fewer than 5"),
    "check": Asked(("check", CASE, *SPRING), "rules fail in Contact with a KOL", code=1),
    "check-all": Asked(("check", *SPRING), "rules fail in 1 of", code=1),
    "what-if": Asked(
        ("what-if", CASE, "--policy", "house.toml", "--instead-of", "generic", *SPRING),
        "verdicts differ in Contact with a KOL",
    ),
    "due": Asked(("due", "--as-of", "2026-02-10"), "due later"),
    "policy-show": Asked(("policy", "show"), "No policy is adopted"),
    "evidence-list": Asked(("evidence", "list"), "minutes of the talk"),
    "evidence-custody": Asked(("evidence", "custody", "28"), "Custody has no gaps."),
    "evidence-check": Asked(("evidence", "check"), "1 indeterminate"),
    "search": Asked(("search", "failure OR talk*"), "management failure"),
    "verify": Asked(("verify",), "Verified: 45 entries"),
    "verify-proof": Asked(
        ("verify", "--proof", "20.tlog-proof", "--entry", "20.json", "--key", "log.vkey"),
        "Verified: this entry is at position 20",
        (PROOF,),
    ),
    "verify-bundle": Asked(("verify", "case.zip", "--key", "log.vkey"), "Verified", (BUNDLE,)),
    "verify-published": Asked(
        ("verify", "--from", "public", "--key", "log.vkey"), "45 entries", (("publish", "public"),)
    ),
    "migrate": Asked(("migrate", "answerable.db", "moved.db"), "Carried over: 45 entries"),
    "backup": Asked(("backup", "kept.db"), "Backed up: 45 entries"),
    "restore": Asked(
        ("restore", "kept.db", "--ledger", "again.db"), "45 entries", (("backup", "kept.db"),)
    ),
    "db-vacuum": Asked(("db", "vacuum"), "Nothing that was erased is left"),
    "checkpoint": Asked(("checkpoint",), "Signed: 45 entries"),
    "key-show": Asked(("key", "show"), "example.com/ledger signs with"),
    "prove": Asked(PROOF, "Wrote 20.tlog-proof"),
    "publish": Asked(("publish", "public"), "Published 45 new entries"),
    "bundle": Asked(BUNDLE, "case.zip"),
    "views-show": Asked(("views", "show"), "documents", (("status",),)),
    "views-rebuild": Asked(("views", "rebuild"), "Made 17 documents"),
    "views-check": Asked(
        ("views", "check"), "what 45 entries of the record amount to", (("views", "rebuild"),)
    ),
    "witness-init": Asked(W1, "witness.example/w1"),
    "witness-show": Asked(
        ("witness", "show", "w1"),
        "example.com/ledger",
        (W1, ("witness", "watch", "w1", "--key", "log.vkey")),
    ),
    "timestamp-list": Asked(("timestamp", "list"), "no time stamps"),
}
"""Each screen by the name of its golden file: shown in a terminal of 80 columns."""

NARROW = (
    "status", "status-person", "why-person", "timeline", "bars", "cases", "log", "show-sanction",
    "audit", "changes", "gaps", "replay-before", "metrics", "figures", "compare", "evidence-list",
    "search", "verify", "bundle", "check", "what-if", "due", "report",
)  # fmt: skip
"""The screens that are held at 40 columns, too: those that fold, or are tables."""

PIPED = (
    "status", "why-person", "timeline", "log", "cases", "audit", "gaps", "replay-before", "metrics",
    "check", "report",
)  # fmt: skip
"""The screens that are held in a pipe, too."""

SPOKEN = (
    "status", "why-person", "timeline", "cases", "audit", "gaps", "metrics", "check", "due",
)  # fmt: skip
"""The screens that are held in Chinese, too: those that fold ideographs, or set them in columns."""

NAMED: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "why-person": ("why", "徐飞"),
    "timeline": ("timeline", CASE),
    "log": ("log", "--last", "8"),
    "show-sanction": ("show", "21"),
    "audit": ("audit", *SPRING),
    "changes": ("changes", CASE),
    "next": ("next", CASE),
    "gaps": ("gaps", *SPRING),
    "due": ("due", *SPRING),
    "replay-before": ("replay", CASE, "--at", "20"),
    "search": ("search", "徐飞 OR failure"),
    "report": ("report", CASE, *SPRING),
}
"""Tell what is asked where a person's name is Chinese, and another's has 200 letters."""

PUBLIC: dict[str, tuple[str, ...]] = {
    "tesco-status": ("status",),
    "tesco-timeline": ("timeline", "tesco"),
    "tesco-audit": ("audit", "--as-of", "2021-01-01"),
    "tesco-gaps": ("gaps", "--as-of", "2021-01-01"),
    "tesco-replay": ("replay", "tesco"),
    "tesco-report": ("report", "tesco", "--as-of", "2021-01-01"),
    "tesco-metrics": ("metrics", "--as-of", "2021-01-01"),
    "speak-up-figures": ("figures", *SPRING),
    "speak-up-report": ("report", "--all", *SPRING),
    "speak-up-by-organisation": ("figures", "--by", "organisation", "--fewest", "4"),
    "speak-up-figure": ("figures", "--figure", "report-to-close", *SPRING),
}
"""Tell what is asked of a public case (agreements, proceedings), and of many reports."""
