"""Define the figures: what each is called, what it counts, and who publishes it so.

Names and definitions are kept: programs and benchmarks rest on them.
"""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.figures.definition import (
    CASES,
    EU,
    GRI_CORRUPTION,
    HANDLING,
    ISO,
    NAVEX,
    OUTCOME,
    OWN,
    REPORTS,
    Definition,
)

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "reports-received",
        "Reports received",
        "number",
        "The number of reports that came in, along whichever route and channel.",
        f"{EU}, art. 27(2)(a); {ISO}",
        "receipt",
        "reports",
        REPORTS,
    ),
    Definition(
        "reports-per-100-people",
        "Reports per 100 people",
        "rate",
        "The number of reports that came in within a year, for each hundred people who work for "
        "the organisation.",
        NAVEX,
        "receipt",
        "per 100 people",
        REPORTS,
    ),
    Definition(
        "anonymous-share",
        "Made anonymously",
        "share",
        "Of the reports of which it is told how far the reporter is known: the share of those "
        "that were made anonymously.",
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "anonymous-follow-up-rate",
        "Anonymous reports followed up",
        "share",
        "Of the anonymous reports: the share of those to which the reporter came back, told as a "
        "step-taken upon the report with the term follow-up.",
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "route-share",
        "Route",
        "mix",
        "Of the reports of which the route is told: the share of each route, within the house, to "
        "an authority, to the public.",
        f"{EU}, art. 7, 10 and 15",
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "channel-share",
        "Channel",
        "mix",
        "Of the reports of which the channel is told: the share of each channel.",
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "issue-share",
        "Issue",
        "mix",
        "Of the reports of which it is told what they are about: the share of each issue, and that "
        "of retaliation in any case.",
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "incident-to-report",
        "Incident to report",
        "median",
        "The median of the calendar days from the incident, or else from the earliest conduct that "
        "is alleged or was found, to the report.",
        NAVEX,
        "receipt",
        "days",
        REPORTS,
    ),
    Definition(
        "days-to-acknowledge",
        "Report to acknowledgement",
        "median",
        "The median of the calendar days from the report until its reporter was told that it had "
        "arrived.",
        f"{EU}, art. 9(1)(b)",
        "receipt",
        "days",
        HANDLING,
    ),
    Definition(
        "acknowledged-in-time",
        "Acknowledged within 7 days",
        "share",
        "Of the reports that were acknowledged, or of which the time has passed: the share of "
        "those acknowledged within seven days.",
        f"{EU}, art. 9(1)(b)",
        "receipt",
        "%",
        HANDLING,
    ),
    Definition(
        "days-to-feedback",
        "Report to feedback",
        "median",
        "The median of the calendar days from the report until its reporter was told what "
        "followed.",
        f"{EU}, art. 9(1)(f)",
        "receipt",
        "days",
        HANDLING,
    ),
    Definition(
        "feedback-in-time",
        "Feedback within 3 months",
        "share",
        "Of the reports to which feedback was given, or of which the time has passed: the share of "
        "those answered within three months of the acknowledgement, or where none was sent, of the "
        "seventh day after the report.",
        f"{EU}, art. 9(1)(f)",
        "receipt",
        "%",
        HANDLING,
    ),
    Definition(
        "report-to-close",
        "Report to close",
        "median",
        "The median of the calendar days from the report until its case was closed, for the last "
        "time where it was opened again.",
        NAVEX,
        "closure",
        "days",
        HANDLING,
    ),
    Definition(
        "substantiation-rate",
        "Substantiated",
        "share",
        "Of the reports whose case is closed with an outcome: the share of those substantiated in "
        "whole, by the findings of the case.",
        ISO,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "partial-substantiation-rate",
        "Substantiated in part",
        "share",
        "Of the reports whose case is closed with an outcome: the share of those of which some "
        "findings are substantiated and others are not.",
        ISO,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "full-or-partial-substantiation-rate",
        "Substantiated wholly or in part",
        "share",
        "Of the reports whose case is closed with an outcome: the share of those substantiated in "
        "whole or in part.",
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "anonymous-substantiation-rate",
        "Anonymous reports substantiated",
        "share",
        "Of the anonymous reports whose case is closed with an outcome: the share of those "
        "substantiated in whole or in part.",
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "named-substantiation-rate",
        "Named reports substantiated",
        "share",
        "Of the reports by somebody known, in confidence or by name, whose case is closed with an "
        "outcome: the share of those substantiated in whole or in part.",
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "retaliation-substantiation-rate",
        "Retaliation reports substantiated",
        "share",
        "Of the reports about retaliation whose case is closed with an outcome: the share of those "
        "substantiated in whole or in part.",
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "outcome-share",
        "Gravest measure",
        "mix",
        "Of the cases closed as substantiated, in whole or in part: the share of each step of "
        "gravity, by the gravest measure in force; none among them.",
        f"{NAVEX}; steps by docs/decisions/0018 and 0036",
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "confirmed-cases",
        "Confirmed",
        "numbers",
        "The number of cases in which a finding that stands holds somebody responsible, by class "
        "of offence.",
        GRI_CORRUPTION,
        "finding",
        "cases",
        OUTCOME,
    ),
    Definition(
        "cases",
        "Cases",
        "number",
        "The number of cases, whether or not a report began them.",
        OWN,
        "first signal",
        "cases",
        CASES,
    ),
    Definition(
        "cases-closed",
        "Cases closed",
        "number",
        "The number of cases that are closed.",
        OWN,
        "closure",
        "cases",
        CASES,
    ),
    Definition(
        "case-substantiation-rate",
        "Cases substantiated",
        "share",
        "Of the cases closed with an outcome, whether or not a report began them: the share of "
        "those substantiated in whole or in part.",
        OWN,
        "closure",
        "%",
        CASES,
    ),
    Definition(
        "investigations-opened",
        "Investigations opened",
        "number",
        "The number of investigations that began.",
        f"{EU}, art. 27(2)(b)",
        "its own date",
        "investigations",
        CASES,
    ),
    Definition(
        "proceedings-opened",
        "Proceedings opened",
        "number",
        "The number of proceedings before authorities and courts outside of the house.",
        f"{EU}, art. 27(2)(b)",
        "its own date",
        "proceedings",
        CASES,
    ),
    Definition(
        "engagements-ended",
        "Engagements ended",
        "number",
        "The number of engagements with counterparties that were ended.",
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
            f"The median of the calendar days from {said}.",
            source,
            "first signal",
            "days",
            CASES,
        )
        for name, title, said, source in (
            (
                "days-to-investigate",
                "Signal to investigation",
                "the first signal of a case to its first investigation",
                ISO,
            ),
            (
                "days-of-investigation",
                "Investigation",
                "the first investigation of a case to the first conclusion of one",
                ISO,
            ),
            (
                "days-to-find",
                "Signal to findings",
                "the first signal of a case to its first finding",
                OWN,
            ),
            (
                "days-to-apologise",
                "Signal to apology",
                "the first signal of a case to the first apology",
                OWN,
            ),
            (
                "days-to-end-engagement",
                "Signal to end of engagement",
                "the first signal of a case to the first end of an engagement",
                OWN,
            ),
            (
                "days-to-sanction",
                "Signal to sanctions",
                "the first signal of a case to its first sanction",
                OWN,
            ),
        )
    ),
    Definition(
        "money-imposed",
        "Money imposed",
        "sum",
        "The sum of what fines, clawbacks, cancelled bonuses, forfeitures and repayments in force "
        "take, by currency.",
        f"{EU}, art. 27(2)(c)",
        "imposition",
        "money",
        CASES,
    ),
    Definition(
        "money-recovered",
        "Money recovered",
        "sum",
        "The sum of what those of these measures took that were carried out, by currency.",
        f"{EU}, art. 27(2)(c)",
        "imposition",
        "money",
        CASES,
    ),
)
"""The figures, in the order in which they are told."""

BY_NAME: Mapping[str, Definition] = {each.name: each for each in DEFINITIONS}
