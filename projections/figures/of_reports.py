"""Define the figures of reports: what came in, how it was handled, what came of it.

Names and definitions are kept: programs and benchmarks rest on them.
"""

from __future__ import annotations

from answerable.domain.language.saying import to_say
from answerable.projections.figures.definition import (
    EU,
    GRI_CORRUPTION,
    HANDLING,
    ISO,
    NAVEX,
    OUTCOME,
    REPORTS,
    Definition,
)

OF_REPORTS: tuple[Definition, ...] = (
    Definition(
        "reports-received",
        to_say("Reports received"),
        "number",
        to_say("The number of reports that came in, along whichever route and channel."),
        f"{EU}, art. 27(2)(a); {ISO}",
        "receipt",
        "reports",
        REPORTS,
    ),
    Definition(
        "reports-per-100-people",
        to_say("Reports per 100 people"),
        "rate",
        to_say(
            "The number of reports that came in within a year, for each hundred people who work "
            "for "
            "the organisation."
        ),
        NAVEX,
        "receipt",
        "per 100 people",
        REPORTS,
    ),
    Definition(
        "anonymous-share",
        to_say("Made anonymously"),
        "share",
        to_say(
            "Of the reports of which it is told how far the reporter is known: the share of those "
            "that were made anonymously."
        ),
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "anonymous-follow-up-rate",
        to_say("Anonymous reports followed up"),
        "share",
        to_say(
            "Of the anonymous reports: the share of those to which the reporter came back, told as "
            "a step taken upon the report, by the term “follow-up”."
        ),
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "route-share",
        to_say("Route"),
        "mix",
        to_say(
            "Of the reports of which the route is told: the share of each route, within the house, "
            "to "
            "an authority, to the public."
        ),
        f"{EU}, art. 7, 10 and 15",
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "channel-share",
        to_say("Channel"),
        "mix",
        to_say("Of the reports of which the channel is told: the share of each channel."),
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "issue-share",
        to_say("Issue"),
        "mix",
        to_say(
            "Of the reports of which it is told what they are about: the share of each issue, and "
            "that "
            "of retaliation in any case."
        ),
        NAVEX,
        "receipt",
        "%",
        REPORTS,
    ),
    Definition(
        "incident-to-report",
        to_say("Incident to report"),
        "median",
        to_say(
            "The median of the calendar days from the incident, or else from the earliest conduct "
            "that "
            "is alleged or was found, to the report."
        ),
        NAVEX,
        "receipt",
        "days",
        REPORTS,
    ),
    Definition(
        "days-to-acknowledge",
        to_say("Report to acknowledgement"),
        "median",
        to_say(
            "The median of the calendar days from the report until its reporter was told that it "
            "had "
            "arrived."
        ),
        f"{EU}, art. 9(1)(b)",
        "receipt",
        "days",
        HANDLING,
    ),
    Definition(
        "acknowledged-in-time",
        to_say("Acknowledged within 7 days"),
        "share",
        to_say(
            "Of the reports that were acknowledged, or of which the time has passed: the share of "
            "those acknowledged within seven days."
        ),
        f"{EU}, art. 9(1)(b)",
        "receipt",
        "%",
        HANDLING,
    ),
    Definition(
        "days-to-feedback",
        to_say("Report to feedback"),
        "median",
        to_say(
            "The median of the calendar days from the report until its reporter was told what "
            "followed."
        ),
        f"{EU}, art. 9(1)(f)",
        "receipt",
        "days",
        HANDLING,
    ),
    Definition(
        "feedback-in-time",
        to_say("Feedback within 3 months"),
        "share",
        to_say(
            "Of the reports to which feedback was given, or of which the time has passed: the "
            "share of "
            "those answered within three months of the acknowledgement, or where none was sent, of "
            "the "
            "seventh day after the report."
        ),
        f"{EU}, art. 9(1)(f)",
        "receipt",
        "%",
        HANDLING,
    ),
    Definition(
        "report-to-close",
        to_say("Report to close"),
        "median",
        to_say(
            "The median of the calendar days from the report until its case was closed, for the "
            "last "
            "time where it was opened again."
        ),
        NAVEX,
        "closure",
        "days",
        HANDLING,
    ),
    Definition(
        "substantiation-rate",
        to_say("Substantiated"),
        "share",
        to_say(
            "Of the reports whose case is closed with an outcome: the share of those substantiated "
            "in "
            "whole, by the findings of the case."
        ),
        ISO,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "partial-substantiation-rate",
        to_say("Substantiated in part"),
        "share",
        to_say(
            "Of the reports whose case is closed with an outcome: the share of those of which some "
            "findings are substantiated and others are not."
        ),
        ISO,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "full-or-partial-substantiation-rate",
        to_say("Substantiated wholly or in part"),
        "share",
        to_say(
            "Of the reports whose case is closed with an outcome: the share of those substantiated "
            "in "
            "whole or in part."
        ),
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "anonymous-substantiation-rate",
        to_say("Anonymous reports substantiated"),
        "share",
        to_say(
            "Of the anonymous reports whose case is closed with an outcome: the share of those "
            "substantiated in whole or in part."
        ),
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "named-substantiation-rate",
        to_say("Named reports substantiated"),
        "share",
        to_say(
            "Of the reports by somebody known, in confidence or by name, whose case is closed with "
            "an "
            "outcome: the share of those substantiated in whole or in part."
        ),
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "retaliation-substantiation-rate",
        to_say("Retaliation reports substantiated"),
        "share",
        to_say(
            "Of the reports about retaliation whose case is closed with an outcome: the share of "
            "those "
            "substantiated in whole or in part."
        ),
        NAVEX,
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "outcome-share",
        to_say("Gravest measure"),
        "mix",
        to_say(
            "Of the cases closed as substantiated, in whole or in part: the share of each step of "
            "gravity, by the gravest measure in force; none among them."
        ),
        f"{NAVEX}; steps of gravity: own definition",
        "closure",
        "%",
        OUTCOME,
    ),
    Definition(
        "confirmed-cases",
        to_say("Confirmed"),
        "numbers",
        to_say(
            "The number of cases in which a finding that stands holds somebody responsible, by "
            "class "
            "of offence."
        ),
        GRI_CORRUPTION,
        "finding",
        "cases",
        OUTCOME,
    ),
)
"""The figures of reports, in the order in which they are told."""
