"""Dates that are not exact, at the command line: bounds, and a term that ends too early."""

from __future__ import annotations

import json

from tests.end_to_end.conftest import Cli, Filled

EVENTS = [
    {"kind": "case-opened", "title": "t", "earliest": "2019-03-01"},
    {
        "kind": "finding-made",
        "subject": "p-1",
        "outcome": "substantiated",
        "responsibility": "direct",
        "occurred": "../2026-01-06",
    },
]


def test_one_day_settles_all_earlier_years_and_is_named_where_the_date_is_shown(
    cli: Cli, filled: Filled
) -> None:
    opened = filled(cli, "\n".join(json.dumps({"case_id": "c", **each}) for each in EVENTS))
    told = "not before 2019-03-01, by #0, which tells the earliest day of the case"
    assert f"happened {told}" in " ".join(opened("timeline", "c", "-v").out.split())
    assert told in " ".join(opened("why", "1").out.split())
    assert told in " ".join(opened("show", "1").out.split())
    (bound,) = opened("show", "1", "--json").json["bounds"]
    assert (bound["limit"], bound["day"], bound["position"], bound["reason"], bound["holds"]) == (
        *("not before", "2019-03-01", 0, "case", True),
    )
    held = [
        [each["accountable"] for each in opened("status", *asked, day, "--json").json["people"]]
        for asked in [("--case", "c", "--as-of")]
        for day in ("2018", "2020", "2026-01-06")
    ]
    assert held == [[], ["unknown"], ["yes"]]


def test_a_bar_that_ends_before_it_begins_is_refused_with_what_to_change(cli: Cli) -> None:
    cli("init")
    refused = cli(
        *("append", "counterparty-barred", "--case", "c", "--new-case", "--counterparty", "org-7"),
        *("--from", "2026-03-01", "--until", "2026-02-28"),
        code=None,
    )
    assert refused.code != 0
    said = " ".join(refused.err.split())
    assert "2026-02-28 lies before `from`, which is 2026-03-01." in said
    assert "change `until`, or else `from`" in said
