"""The report on a case as GitHub Markdown, to be read from the top: what it comes to, then why.

Events are cited by their position in the log (#12); the appendix has their full ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain import dates
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.accountability import (
    Finding,
    Person,
)
from answerable.projections.accountability.bars import (
    Bar,
    Contact,
)
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.output.markdown_text import (
    escaped,
    quoted,
    table,
)
from answerable.projections.report.page import (
    NOT_TOLD,
    Page,
    dated,
    moment,
    page,
    said,
    told,
)
from answerable.projections.report.report import (
    Decision,
    Report,
)
from answerable.projections.report.summary import (
    sanction_words,
    summary,
)
from answerable.projections.timeline.timeline import Entry
from answerable.projections.wording.answers import (
    ITS_DATE,
    finding_marks,
    shown_answer,
    ways,
)
from answerable.projections.wording.sentence import (
    term,
    words,
)

LONGEST = 4_000
"""Characters of a text that are shown; the JSON report has it whole."""


def markdown(report: Report) -> str:
    """The report as Markdown. It ends with a line break."""
    return "\n\n".join(_blocks(page(report))) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    title = page.report.header.title
    yield f"# {said(title) if title.state == 'told' else f'Case {page.report.header.case_id}'}"
    yield _header(page)
    yield "## In short"
    yield from summary(page)
    yield from _register(page)
    yield from _timeline(page)
    yield from _decisions(page)
    yield from _bars(page)
    yield from _durations(page)
    yield from _open(page)
    yield from _checks(page)
    yield from _words(page)
    yield from _appendix(page)


def _header(page: Page) -> str:
    header = page.report.header
    rows = [
        ("Case", f"`{header.case_id}`, {header.events:,} events"),
        ("Organisation", page.party(header.organisation)),
        ("Jurisdiction", told(header.jurisdiction)),
        ("Owner", page.party(header.owner)),
        ("As of", "the present" if header.as_of is None else moment(header.as_of)),
        ("Known by", "the whole record" if header.known_by is None else moment(header.known_by)),
        ("Record", f"{header.tree_size:,} entries, root `{header.root}`"),
        ("Made by", f"answerable {escaped(header.version)}, checks: {header.checks}"),
    ]
    return table(("", ""), rows)


def _register(page: Page) -> Iterator[str]:
    people = page.report.accountability.people
    if not people:
        return
    yield "## Accountability register"
    yield table(
        ("Person", "Post then", "Accountable", "Findings", "Sanctions", "Interim measures"),
        [
            (
                page.party(person.party),
                _posts(page, person),
                _accountable(person),
                "<br>".join(_finding(page, each) for each in person.findings) or "none",
                "<br>".join(
                    f"{sanction_words(page, each)} {page.cite(each.event_id, each.ended_by)}"
                    for each in person.sanctions
                )
                or "none",
                "<br>".join(
                    f"{term(each.measure)}, until {dated(each.until)} {page.cite(each.event_id)}"
                    for each in person.interim
                )
                or "none",
            )
            for person in people
        ],
    )


def _accountable(person: Person) -> str:
    answer = shown_answer(person.accountable)
    if person.accountable == "no":
        return answer
    told = ", ".join(ways(person))
    return f"{answer}: {told}" if told and person.accountable == "unknown" else told or answer


def _posts(page: Page, person: Person) -> str:
    posts = [page.text(each.event_id, "role_then") for each in person.sanctions]
    shown = dict.fromkeys(said(post) for post in posts if post.state != "not told")
    return "<br>".join(shown) or NOT_TOLD


def _finding(page: Page, finding: Finding) -> str:
    marks = [finding.outcome]
    marks.extend(escaped(each) for each in (finding.offence_class, finding.severity) if each)
    marks.append(f"clause {told(finding.clause)}")
    if finding.standing not in ("asserted", "disputed"):
        marks.append(finding.standing)
    marks.extend(finding_marks(finding, page.cite))
    if finding.disputed_by:
        marks[-1] += f" ({page.cite(*finding.disputed_by)})"
    if finding.as_of == "unknown":
        marks.append(ITS_DATE)
    return f"{finding.responsibility}: {', '.join(marks)} {page.cite(finding.event_id)}"


def _timeline(page: Page) -> Iterator[str]:
    yield "## Timeline"
    yield (
        "In the order of recording. What was retracted is struck through; what was corrected "
        "shows what it said first."
    )
    yield table(
        ("#", "When", "Recorded (UTC)", "Recorded after", "What"),
        [
            (
                f"#{entry.position}",
                dated(entry.occurred),
                entry.recorded_at[:16].replace("T", " "),
                dates.describe(entry.lag),
                _what(page, entry),
            )
            for entry in page.report.timeline
        ],
    )


def _what(page: Page, entry: Entry) -> str:
    parts = [f"~~{escaped(entry.gist)}~~" if entry.struck else escaped(entry.gist)]
    if entry.upon is not None:
        parts.append(f"upon {page.cite(entry.upon)}")
    parts.extend(
        f"corrected: {escaped(words(field))} was {_value(was)}, is now {_value(now)}"
        for field, was, now in entry.readings
    )
    if entry.corrected_by:
        parts.append(f"corrected by {page.cite(*entry.corrected_by)}")
    if entry.retracted_by:
        parts.append(f"retracted by {page.cite(entry.retracted_by)}")
    if entry.disputed_by:
        parts.append(f"disputed by {page.cite(*entry.disputed_by)}")
    if entry.standing != "asserted":
        parts.append(entry.standing)
    if entry.as_of == "unknown":
        parts.append(ITS_DATE)
    return "<br>".join(parts)


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(escaped, value)) or "nothing"
    return told(value)


def _decisions(page: Page) -> Iterator[str]:
    if page.report.decisions:
        yield "## Decisions"
        yield table(
            ("#", "What", "When", "Who decided", "Clause", "Rests on", "Carries"),
            [_decision(page, each) for each in page.report.decisions],
        )


def _decision(page: Page, decision: Decision) -> tuple[str, ...]:
    question = page.text(decision.event_id, "question")
    appeal = "" if decision.appeal == "none" else f"<br>appeal {words(decision.appeal)}"
    return (
        page.cite(decision.event_id),
        f"{escaped(decision.outcome)}: {said(question)}{appeal}",
        dated(decision.occurred),
        page.parties(decision.deciders),
        told(decision.clause),
        page.cite(*decision.basis) or NOT_TOLD,
        page.cite(*decision.carries) or "nothing",
    )


def _bars(page: Page) -> Iterator[str]:
    if page.report.bars:
        yield "## Bars"
        yield table(
            ("#", "Who", "From", "Until", "In force", "Scope", "Told on", "Later contacts"),
            [
                (
                    page.cite(bar.event_id, bar.lifted_by),
                    page.party(bar.counterparty),
                    dated(bar.from_),
                    dated(bar.until) if bar.until else "end not stated",
                    _in_force(bar),
                    said(page.text(bar.event_id, "scope")),
                    dated(bar.notice_date),
                    "<br>".join(_contact(page, each) for each in bar.contacts) or "none on record",
                )
                for bar in page.report.bars
            ],
        )


def _in_force(bar: Bar) -> str:
    ends = [("lifted", bar.lifted_by), ("overturned", bar.overturned_by)]
    marks = [word if bar.in_force == "no" else f"{word} or not" for word, by in ends if by]
    return shown_answer(bar.in_force) + (f" ({', '.join(marks)})" if marks else "")


def _contact(page: Page, contact: Contact) -> str:
    case = "" if contact.case_id == page.report.header.case_id else f" in `{contact.case_id}`"
    sure = "" if contact.inside == "yes" else ": indeterminate whether later"
    return f"{dated(contact.occurred)}{case} {page.cite(contact.event_id)}{sure}"


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
    yield table(
        ("#", "What", "Who", "Since", "Due", "Overdue"),
        [
            (
                page.cite(each.event_id),
                f"{each.what}{_sureness(each)}",
                page.party(each.party),
                dated(each.occurred),
                dated(each.due),
                shown_answer(each.overdue) if each.overdue else "not judged",
            )
            for each in page.report.open
        ],
    )


def _sureness(each: Obligation) -> str:
    marks = []
    if each.suspended != "no":
        marks.append("suspended" if each.suspended == "yes" else "indeterminate whether suspended")
    if each.open == "unknown":
        marks.append("indeterminate whether open")
    return f" ({', '.join(marks)})" if marks else ""


def _checks(page: Page) -> Iterator[str]:
    yield "## Checks"
    yield table(
        ("Check", "Verdict", "Why", "Events"),
        [
            (
                each.rule,
                f"**{each.verdict}**{', with a warning' if each.warning else ''}",
                escaped(each.explanation),
                page.cite(*each.witnesses) or "–",
            )
            for each in page.report.checks
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
        head = f"**#{entry.position}** {words(entry.kind)}, {field.replace('_', ' ')}"
        if text.state in ("withheld", "erased"):
            yield f"{head}: *{text.state}*"
        elif text.state == "told":
            for each in text.value if isinstance(text.value, list | tuple) else (text.value,):
                yield f"{head}:\n\n{quoted(_shortened(str(each)))}"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text) - LONGEST:,} more characters in the JSON report)"


def _appendix(page: Page) -> Iterator[str]:
    yield "## Appendix: the events"
    yield table(
        ("#", "Event id", "Kind", "Sources"),
        [
            (f"#{each.position}", f"`{each.event_id}`", each.kind, _sources(page, each))
            for each in page.report.timeline
        ],
    )


def _sources(page: Page, entry: Entry) -> str:
    text = page.text(entry.event_id, "sources")
    if text.state != "told":
        return "none told" if text.state == "not told" else text.state
    return "<br>".join(
        ", ".join(escaped(source[key]) for key in ("title", "url", "digest") if source.get(key))
        for source in text.value
    )
