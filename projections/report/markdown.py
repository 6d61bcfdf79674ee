"""The report on a case as GitHub Markdown, to be read from the top: what it comes to, then why.

Events are cited by their position in the log (#12); the appendix has their full ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain import dates
from answerable.domain.dates import describe
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.accountability import Finding, Person
from answerable.projections.accountability.bars import Contact
from answerable.projections.accountability.interim import Interim
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.grounds.problems import Problem
from answerable.projections.output.markdown_text import escaped, quoted, table
from answerable.projections.report.appendix import appendix
from answerable.projections.report.header import record, subject
from answerable.projections.report.outside import outside
from answerable.projections.report.page import Page, day, page, text_words, value
from answerable.projections.report.promises import promises
from answerable.projections.report.report import Decision, Report
from answerable.projections.report.summary import elsewhere, sanction_line, summary
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.answers import (
    alleged_mark,
    appeal_mark,
    by_then,
    marked,
    shown_answer,
    whether,
    withdrawal_mark,
)
from answerable.projections.wording.bar import END_NOT_STATED, TERMS, bar_state, contact_words
from answerable.projections.wording.counts import capital, spelt
from answerable.projections.wording.dates import recorded_day, recorded_minute
from answerable.projections.wording.finding import finding_words
from answerable.projections.wording.leading.told_once import (
    lags_words,
    repeated_among,
    without_aside,
)
from answerable.projections.wording.lines.phrases import announced
from answerable.projections.wording.obligation import BREACHED, open_words
from answerable.projections.wording.person import accountable_words
from answerable.projections.wording.provisional import interim_line
from answerable.projections.wording.vocabulary import NOT_TOLD, label, reading, value_words, words

GROUNDS = {
    ("missing", "fail"): "not on record",
    ("missing", "indeterminate"): NOT_TOLD,
    ("wrong", "fail"): "**wrong**",
    ("wrong", "indeterminate"): "out of sight",
}
"""The state of a ground, by its sort and how it is judged."""

LONGEST = 4_000
"""Characters of a text that are shown; the JSON report has it whole."""


def markdown(report: Report) -> str:
    """Write the report as Markdown. It ends with a line break."""
    return "\n\n".join(_blocks(page(report))) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    title = page.report.header.title
    named = text_words(title) if title.state == "told" else f"Case {page.report.header.case_id}"
    yield f"# {named}"
    yield from subject(page)
    yield "## In short"
    yield from summary(page)
    yield from _register(page)
    yield from _timeline(page)
    yield from _decisions(page)
    yield from _bars(page)
    yield from outside(page)
    yield from promises(page)
    yield from _durations(page)
    yield from _open(page)
    yield from _problems(page)
    yield from _checks(page)
    yield from _words(page)
    yield from appendix(page)
    yield "## What this report holds for"
    yield record(page)


def _register(page: Page) -> Iterator[str]:
    people = page.report.accountability.people
    if not people:
        return
    yield "## Accountability register"
    yield table(
        ("Who", "Post then", "Accountable", "Findings", "Sanctions", "Interim measures"),
        [
            (
                page.party(person.party),
                _posts(page, person),
                accountable_words(person, page.type_of),
                "<br>".join(_finding(page, each) for each in person.findings) or "none",
                "<br>".join(sanction_line(page, each) for each in person.sanctions) or "none",
                "<br>".join(_interim(page, each) for each in person.interim) or "none",
            )
            for person in people
        ],
    )


def _posts(page: Page, person: Person) -> str:
    posts = [page.text(each.event_id, "role_then") for each in person.sanctions]
    shown = dict.fromkeys(text_words(post) for post in posts if post.state != "not told")
    return "<br>".join(shown) or NOT_TOLD


def _finding(page: Page, finding: Finding) -> str:
    details = (
        finding.offence_class,
        finding.severity,
        f"clause {value_words(finding.clause)}",
        None if finding.standing in ("asserted", "disputed", "alleged") else finding.standing,
    )
    said = escaped(finding_words(finding, page.cite, details, page.called))
    return f"{said} {page.cite(finding.event_id, *finding.disputed_by)}"


def _interim(page: Page, interim: Interim) -> str:
    said = escaped(interim_line(interim, page.called))
    return f"{said} {page.cite(interim.event_id, interim.ended_by, *interim.disputed_by)}"


def _timeline(page: Page) -> Iterator[str]:
    zone = page.report.header.zone
    entries = page.report.timeline
    yield "## Timeline"
    yield (
        "In the order of recording. What was retracted is struck through; what was corrected "
        "shows what it said first."
    )
    announcements = _announcements(page)
    told = repeated_among(announcements.values())
    for said in told:
        own = [event_id for event_id, each in announcements.items() if each == said]
        yield f"{capital(escaped(said))}: {page.cite(*own)}."
    once = {recorded_day(entry.recorded_at, zone) for entry in entries}
    rows = [
        (
            f"#{entry.position}",
            day(entry.occurred, zone),
            recorded_minute(entry.recorded_at, zone).removesuffix(" UTC"),
            dates.describe(entry.lag),
            _what(page, entry, told),
        )
        for entry in entries
    ]
    heads = ("#", "When", "Recorded" if zone.known else "Recorded (UTC)", "Recorded after", "What")
    if len(once) == 1 and len(entries) > 1:
        lag = lags_words([entry.lag for entry in entries])
        yield f"All of it was recorded on {once.pop()}{f', {lag}' if lag else ''}."
        yield table(_but_recorded(heads), [_but_recorded(row) for row in rows])
    else:
        yield table(heads, rows)


def _but_recorded(row: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out of a row when the event was recorded, which is said above."""
    return (*row[:2], row[-1])


def _announcements(page: Page) -> dict[str, str]:
    """Say of each sanction that was announced who did so, and when."""
    sanctions = (each for one in page.report.accountability.people for each in one.sanctions)
    said = {each.event_id: announced(each._asdict(), page.called) for each in sanctions}
    return {event_id: each for event_id, each in said.items() if each is not None}


def _what(page: Page, entry: Entry, told: tuple[str, ...] = ()) -> str:
    gist = entry.gist
    for said in told:
        gist = without_aside(gist, said)
    parts = [f"~~{escaped(gist)}~~" if entry.struck else escaped(gist)]
    if entry.upon is not None:
        parts.append(f"upon {page.cite(entry.upon)}")
    parts.extend(
        f"corrected: {escaped(reading(field, was, now))}" for field, was, now in entry.readings
    )
    if entry.corrected_by:
        parts.append(f"corrected by {page.cite(*entry.corrected_by)}")
    if entry.retracted_by:
        parts.append(f"retracted by {page.cite(entry.retracted_by)}")
    if entry.disputed_by:
        parts.append(f"disputed by {page.cite(*entry.disputed_by)}")
    if entry.standing != "asserted":
        parts.append(entry.standing)
    if doubt := by_then(entry.as_of):
        parts.append(doubt)
    return "<br>".join(parts)


def _decisions(page: Page) -> Iterator[str]:
    if page.report.decisions:
        yield "## Decisions"
        yield table(
            ("#", "What", "When", "Who decided", "Clause", "Rests on", "Carries"),
            [_decision(page, each) for each in page.report.decisions],
        )


def _decision(page: Page, decision: Decision) -> tuple[str, ...]:
    question = page.text(decision.event_id, "question")
    marks = (
        alleged_mark(decision.standing),
        appeal_mark(decision.appeal),
        withdrawal_mark(decision.withdrawn, decision.withdrawn_from),
    )
    became = "".join(f"<br>{mark}" for mark in marks if mark)
    return (
        page.cite(decision.event_id),
        f"{escaped(decision.outcome)}: {text_words(question)}{became}",
        day(decision.occurred),
        page.parties(decision.deciders),
        value(decision.clause),
        page.cite(*decision.basis) or NOT_TOLD,
        page.cite(*decision.carries) or "nothing",
    )


def _term(term: str | None) -> str:
    return END_NOT_STATED if term is None else TERMS.get(term, term)


def _bars(page: Page) -> Iterator[str]:
    if page.report.bars:
        yield "## Bars"
        yield table(
            ("#", "Who", "From", "Until", "State", "Scope", "Told on", "Later contacts"),
            [
                (
                    page.cite(bar.event_id, bar.lifted_by),
                    page.party(bar.counterparty),
                    day(bar.from_),
                    day(bar.until) if bar.until else _term(bar.term),
                    escaped(bar_state(bar)),
                    text_words(page.text(bar.event_id, "scope")),
                    day(bar.notice_date),
                    "<br>".join(_contact(page, each) for each in bar.contacts) or "none on record",
                )
                for bar in page.report.bars
            ],
        )


def _contact(page: Page, contact: Contact) -> str:
    case = "" if contact.case_id == page.report.header.case_id else f" in `{contact.case_id}`"
    return f"{escaped(contact_words(contact))} {page.cite(contact.event_id)}{case}"


def _durations(page: Page) -> Iterator[str]:
    if page.report.durations:
        yield "## How long it took"
        yield table(
            ("From … to", "Calendar days", "Events"),
            [
                (
                    each.name,
                    each.words if each.to_events else "not on record",
                    f"{page.cite(*each.from_events)} → {page.cite(*each.to_events) or '–'}",
                )
                for each in page.report.durations
            ],
        )


def _open(page: Page) -> Iterator[str]:
    yield "## What is open"
    if not page.report.open:
        yield "Nothing."
        return
    alike: dict[tuple[str, ...], list[str]] = {}
    for each in page.report.open:
        said = (
            marked(each.what, _doubts(each)),
            page.party(each.party),
            day(each.occurred),
            day(each.due),
            shown_answer(each.overdue) if each.overdue else "not judged",
        )
        alike.setdefault(said, []).append(each.event_id)
    yield table(
        ("#", "What", "Who", "Since", "Due", "Overdue"),
        [(page.cite(*events), *said) for said, events in alike.items()],
    )


def _doubts(each: Obligation) -> Iterator[str]:
    """Say whether something is on hold, or open at all; whether overdue has its own column."""
    yield whether(each.suspended, "suspended")
    yield whether(each.breached, BREACHED)
    if each.open == "unknown":
        yield open_words(each.open)


def _checks(page: Page) -> Iterator[str]:
    """Write the verdicts of the rules that had anything to judge, and name the others."""
    checks = page.report.checks
    yield "## Was it decided as it should have been?"
    yield table(
        ("Rule", "Verdict", "Why", "Events", "Source"),
        [
            (
                escaped(each.title),
                f"**{words(each.verdict)}**{_late(each)}"
                f"{', with a warning' if each.warning else ''}",
                _why(page, each),
                page.cite(*each.witnesses) or "–",
                f"{escaped(each.source)} ({each.policy} {escaped(each.version)})",
            )
            for each in checks
            if each.applies
        ],
    )
    idle: dict[tuple[str, str], list[str]] = {}
    for each in checks:
        if not each.applies:
            idle.setdefault((each.policy, each.explanation), []).append(each.title)
    if idle:
        yield "**Nothing to judge:**"
        yield "\n".join(_idle(policy, why, titles) for (policy, why), titles in idle.items())


def _late(check: Verdict) -> str:
    return "" if check.late is None else f", {describe(check.late)} late"


def _idle(policy: str, why: str, titles: list[str]) -> str:
    """Say which rules of a policy had nothing to judge, and why: several for one reason at once."""
    reason = escaped(why.removeprefix("Nothing to judge: "))
    if len(titles) > 1:
        return f"- {capital(spelt(len(titles), 'rule', 'rules'))} of {policy}: {reason}"
    return f"- {escaped(titles[0])}: {reason}"


def _why(page: Page, check: Verdict) -> str:
    """Explain a verdict; of what other sections list event by event, say which."""
    section = elsewhere(page, check)
    return escaped(check.explanation) if section is None else f"See *{section}*."


def _problems(page: Page) -> Iterator[str]:
    """Write what is missing or wrong, that of which the same is said together."""
    said: dict[tuple[str, str], list[Problem]] = {}
    for each in page.report.problems:
        said.setdefault((each.sort, each.text), []).append(each)
    if said:
        yield "## Grounds"
        yield "What is missing behind what stands, or is on record and cannot bear it."
        yield table(
            ("Events", "What", "How it stands"),
            [
                (
                    page.cite_at(*(each.position for each in alike)),
                    escaped(capital(text)),
                    GROUNDS[alike[0].sort, alike[0].verdict],
                )
                for (_, text), alike in said.items()
            ],
        )


def _words(page: Page) -> Iterator[str]:
    quotations = [block for entry in page.report.timeline for block in _spoken(page, entry)]
    if quotations:
        yield "## In their words"
        yield from quotations


def _spoken(page: Page, entry: Entry) -> Iterator[str]:
    for field in CATALOGUE[entry.kind].quoted:
        text = page.text(entry.event_id, field)
        head = f"**#{entry.position}** {words(entry.kind)}, {label(field)}"
        if text.state in ("withheld", "erased"):
            yield f"{head}: *{text.state}*"
        elif text.state == "told":
            for each in text.value if isinstance(text.value, list | tuple) else (text.value,):
                yield f"{head}:\n\n{quoted(_shortened(str(each)))}"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text) - LONGEST:,} more characters in the JSON report)"
