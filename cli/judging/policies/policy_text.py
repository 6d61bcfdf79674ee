"""Put a policy in words: what it is, and its rules by their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.projections.conformance.saying.rule_words import KINDS, rule_words
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.domain.policy.calendar import Calendar
    from answerable.domain.policy.document import Policy
    from answerable.domain.policy.reading import Document
    from answerable.projections.conformance.in_force.versions import Version, Versions

ANY = "*"


def policy_lines(document: Document, where: str) -> Iterator[TextLine]:
    """Lay out a policy: its head, its rules kind by kind, and its digest."""
    policy = document.policy
    yield TextLine(f"{policy.title} ({policy.id} {policy.version})", "bold")
    yield TextLine(f"  {counted(len(policy.rule), 'rule')} · {where}")
    yield TextLine(f"  for {jurisdiction_words(policy)}")
    yield from (TextLine(f"  {each}") for each in calendar_words(policy.calendar))
    for kind, title in KINDS.items():
        rules = [each for each in policy.rule if each.kind == kind]
        if rules:
            yield TextLine("")
            yield TextLine(title, "bold")
        for rule in rules:
            only = " (only worth a look)" if rule.severity == "warning" else ""
            yield TextLine(f"  {rule.text}{only}")
            yield TextLine(f"      {' '.join(rule_words(policy, rule))}")
            yield TextLine(f"      {rule.source} ({rule.id})", "dim")
    yield TextLine("")
    yield TextLine(document.digest, "dim")


def jurisdiction_words(policy: Policy) -> str:
    """Say which cases a policy is for: "every case", "cases in de, fr"."""
    if ANY in policy.jurisdictions:
        return "every case, wherever it is"
    return f"cases in {', '.join(policy.jurisdictions)}"


def calendar_words(calendar: Calendar) -> Iterator[str]:
    """Say how a policy counts days."""
    rest = ", ".join(calendar.weekend) or "no day of the week"
    said = f"days in {calendar.zone}; not worked: {rest}"
    if calendar.holidays:
        said += f", {counted(len(calendar.holidays), 'holiday')}"
    if calendar.workdays:
        said += f"; worked all the same: {counted(len(calendar.workdays), 'day')}"
    yield said
    ends = [
        f"{word} {day}"
        for word, day in (("from", calendar.known_from), ("until", calendar.known_until))
        if day is not None
    ]
    if ends:
        yield f"its holidays are known {' '.join(ends)}"
    if calendar.roll != "none":
        yield f"a last day that is not worked moves to the {calendar.roll.replace('-', ' ')}"


def register_lines(versions: Versions) -> Iterator[TextLine]:
    """List the policies that judge a record, and those that cannot."""
    adopted = any(each.adopted for each in versions.readable) or bool(versions.unreadable)
    if adopted:
        yield TextLine("The policies that this house adopted", "bold")
    else:
        yield TextLine(
            "No policy is adopted: cases are judged by those that come with this program", "bold"
        )
    for each in versions.readable:
        yield from _version_lines(each)
    for shut in versions.unreadable:
        yield TextLine(
            f"  {shut.policy} {shut.version}, adopted by #{shut.position}, judges nothing: "
            f"{shut.why}.",
            "yellow",
        )


def _version_lines(version: Version) -> Iterator[TextLine]:
    policy = version.document.policy
    yield TextLine(f"  {policy.title} ({policy.id} {policy.version})")
    said = [counted(len(policy.rule), "rule"), f"for {jurisdiction_words(policy)}"]
    if version.position is not None:
        said += [f"adopted by #{version.position}", force_words(version)]
    yield TextLine(f"      {' · '.join(said)}", "dim")


def force_words(version: Version) -> str:
    """Say for how long an adopted version is in force: "in force from 2026-02-01 until …"."""
    begins = "a day that is not told" if version.begins is None else version.begins.text
    if version.ends is None:
        return f"in force from {begins}"
    return f"in force from {begins} until {version.ends.text}"
