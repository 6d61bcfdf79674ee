"""Define the figures of cases, whether or not a report began them.

Names and definitions are kept: programs and benchmarks rest on them.
"""

from __future__ import annotations

from answerable.domain.language.saying import to_say
from answerable.projections.figures.definition import (
    CASES,
    EU,
    GRI_CORRUPTION,
    ISO,
    OWN,
    Definition,
)

OF_CASES: tuple[Definition, ...] = (
    Definition(
        "cases",
        to_say("Cases"),
        "number",
        to_say("The number of cases, whether or not a report began them."),
        OWN,
        "first signal",
        "cases",
        CASES,
    ),
    Definition(
        "cases-closed",
        to_say("Cases closed"),
        "number",
        to_say("The number of cases that are closed."),
        OWN,
        "closure",
        "cases",
        CASES,
    ),
    Definition(
        "case-substantiation-rate",
        to_say("Cases substantiated"),
        "share",
        to_say(
            "Of the cases closed with an outcome, whether or not a report began them: the share of "
            "those substantiated in whole or in part."
        ),
        OWN,
        "closure",
        "%",
        CASES,
    ),
    Definition(
        "investigations-opened",
        to_say("Investigations opened"),
        "number",
        to_say("The number of investigations that began."),
        f"{EU}, art. 27(2)(b)",
        "its own date",
        "investigations",
        CASES,
    ),
    Definition(
        "proceedings-opened",
        to_say("Proceedings opened"),
        "number",
        to_say("The number of proceedings before authorities and courts outside of the house."),
        f"{EU}, art. 27(2)(b)",
        "its own date",
        "proceedings",
        CASES,
    ),
    Definition(
        "engagements-ended",
        to_say("Engagements ended"),
        "number",
        to_say("The number of engagements with counterparties that were ended."),
        GRI_CORRUPTION,
        "its own date",
        "engagements",
        CASES,
    ),
    *(
        Definition(
            name,
            title,
            "median",
            definition,
            source,
            "first signal",
            "days",
            CASES,
        )
        for name, title, definition, source in (
            (
                "days-to-investigate",
                to_say("Signal to investigation"),
                to_say(
                    "The median of the calendar days from the first signal of a case to its first "
                    "investigation."
                ),
                ISO,
            ),
            (
                "days-of-investigation",
                to_say("Investigation"),
                to_say(
                    "The median of the calendar days from the first investigation of a case to the "
                    "first conclusion of one."
                ),
                ISO,
            ),
            (
                "days-to-find",
                to_say("Signal to findings"),
                to_say(
                    "The median of the calendar days from the first signal of a case to its first "
                    "finding."
                ),
                OWN,
            ),
            (
                "days-to-apologise",
                to_say("Signal to apology"),
                to_say(
                    "The median of the calendar days from the first signal of a case to the first "
                    "apology."
                ),
                OWN,
            ),
            (
                "days-to-end-engagement",
                to_say("Signal to end of engagement"),
                to_say(
                    "The median of the calendar days from the first signal of a case to the first "
                    "end of an engagement."
                ),
                OWN,
            ),
            (
                "days-to-sanction",
                to_say("Signal to sanctions"),
                to_say(
                    "The median of the calendar days from the first signal of a case to its first "
                    "sanction."
                ),
                OWN,
            ),
        )
    ),
    Definition(
        "money-imposed",
        to_say("Money imposed"),
        "sum",
        to_say(
            "The sum of what fines, clawbacks, cancelled bonuses, forfeitures and repayments in "
            "force "
            "take, by currency."
        ),
        f"{EU}, art. 27(2)(c)",
        "imposition",
        "money",
        CASES,
    ),
    Definition(
        "money-recovered",
        to_say("Money recovered"),
        "sum",
        to_say("The sum of what those of these measures took that were carried out, by currency."),
        f"{EU}, art. 27(2)(c)",
        "imposition",
        "money",
        CASES,
    ),
)
"""The figures of cases, in the order in which they are told."""
