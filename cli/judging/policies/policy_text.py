"""Put a policy in words: what it is, and its rules by their kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import punctuation, say, say_as, say_count, to_say, to_say_as
from answerable.projections.conformance.judgement import rule_text, source_words, title_words
from answerable.projections.conformance.saying.rule_words import KINDS, rule_words
from answerable.projections.wording.counts import in_a_row

if TYPE_CHECKING:
    from datetime import date

    from answerable.domain.policy.calendar import Calendar
    from answerable.domain.policy.document import Policy
    from answerable.domain.policy.reading import Document
    from answerable.projections.conformance.in_force.versions import Version, Versions

ANY = "*"


def policy_lines(document: Document, where: str) -> Iterator[TextLine]:
    """Lay out a policy: its head, its rules kind by kind, and its digest."""
    policy = document.policy
    yield TextLine(_named(policy), "bold")
    yield TextLine(f"  {_rules(policy)} · {where}")
    yield TextLine(f"  {jurisdiction_words(policy)}")
    yield from (TextLine(f"  {each}") for each in calendar_words(policy.calendar))
    for kind, title in KINDS.items():
        rules = [each for each in policy.rule if each.kind == kind]
        if rules:
            yield TextLine("")
            yield TextLine(say(title), "bold")
        for rule in rules:
            text = rule_text(rule.text)
            if rule.severity == "warning":
                text = say("{rule} (only worth a look)", rule=text)
            yield TextLine(f"  {text}")
            yield TextLine(f"      {in_a_row(rule_words(policy, rule))}")
            cited = say("{what} ({marks})", what=source_words(rule.source), marks=rule.id)
            yield TextLine(f"      {cited}", "dim")
    yield TextLine("")
    yield TextLine(document.digest, "dim")


def _named(policy: Policy) -> str:
    cited = f"{policy.id} {policy.version}"
    return say("{what} ({marks})", what=title_words(policy.title, adopted=False), marks=cited)


def _rules(policy: Policy) -> str:
    return say_count("{number} rule", "{number} rules", len(policy.rule))


def jurisdiction_words(policy: Policy) -> str:
    """Say which cases a policy is for: "for every case, wherever it is", "for cases in de, fr"."""
    if ANY in policy.jurisdictions:
        return say("for every case, wherever it is")
    places = say_as("list", ", ").join(policy.jurisdictions)
    return say("for cases in {jurisdictions}", jurisdictions=places)


def calendar_words(calendar: Calendar) -> Iterator[str]:
    """Say how a policy counts days."""
    rest = [say_as("weekday", each) for each in calendar.weekend]
    rest = rest or [say("no day of the week")]
    if calendar.holidays:
        rest.append(say_count("{number} holiday", "{number} holidays", len(calendar.holidays)))
    not_worked = punctuation(", ").join(rest)
    said = say("days in {zone}; not worked: {days}", zone=calendar.zone, days=not_worked)
    if calendar.workdays:
        said = say_count(
            "{days}; worked all the same: {number} day",
            "{days}; worked all the same: {number} days",
            len(calendar.workdays),
            days=said,
        )
    yield said
    if calendar.known_from is not None or calendar.known_until is not None:
        known = _interval(calendar.known_from, calendar.known_until)
        yield say("its holidays are known {interval}", interval=known)
    if calendar.roll != "none":
        yield say(ROLLS[calendar.roll])


def _interval(start: date | None, end: date | None) -> str:
    """Say from when until when."""
    if start is None:
        return say("until {day}", day=end)
    if end is None:
        return say("from {day}", day=start)
    return say("from {start} until {end}", start=start, end=end)


ROLLS: Mapping[str, str] = {
    "previous-working-day": to_say(
        "a last day that is not worked moves to the previous working day"
    ),
    "next-working-day": to_say("a last day that is not worked moves to the next working day"),
}
"""Says where a last day moves to."""

WEEKDAYS = (
    to_say_as("weekday", "mon"),
    to_say_as("weekday", "tue"),
    to_say_as("weekday", "wed"),
    to_say_as("weekday", "thu"),
    to_say_as("weekday", "fri"),
    to_say_as("weekday", "sat"),
    to_say_as("weekday", "sun"),
)
"""The days of the week, as a calendar names them."""


def register_lines(versions: Versions) -> Iterator[TextLine]:
    """List the policies that judge a record, and those that cannot."""
    adopted = any(each.adopted for each in versions.readable) or bool(versions.unreadable)
    if adopted:
        yield TextLine(say("The policies that this house adopted"), "bold")
    else:
        none = say("No policy is adopted: cases are judged by those that come with this program")
        yield TextLine(none, "bold")
    for each in versions.readable:
        yield from _version_lines(each)
    for shut in versions.unreadable:
        cited = f"{shut.policy} {shut.version}"
        said = say(
            "{policy}, adopted by #{position}, judges nothing: {why}.",
            policy=cited,
            position=shut.position,
            why=shut.why,
        )
        yield TextLine(f"  {said}", "yellow")


def _version_lines(version: Version) -> Iterator[TextLine]:
    policy = version.document.policy
    yield TextLine(f"  {_named(policy)}")
    said = [_rules(policy), jurisdiction_words(policy)]
    if version.position is not None:
        adopted = say("adopted by #{position}", position=version.position)
        said += [adopted, force_words(version)]
    yield TextLine(f"      {' · '.join(said)}", "dim")


def force_words(version: Version) -> str:
    """Say for how long an adopted version is in force: "in force from 2026-02-01 until …"."""
    begins = say("a day that is not told") if version.begins is None else version.begins.text
    if version.ends is None:
        return say("in force from {begins}", begins=begins)
    return say("in force from {begins} until {ends}", begins=begins, ends=version.ends.text)
