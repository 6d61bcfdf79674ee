"""The first page of a report: who is accountable for what, what is unknown, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.accountability import (
    Person,
    Sanction,
)
from answerable.projections.accountability.bars import Bar
from answerable.projections.output.markdown_text import escaped
from answerable.projections.report.page import (
    Page,
    capital,
    counted,
    dated,
    number_word,
    said,
)
from answerable.projections.wording.answers import sanction_marks
from answerable.projections.wording.measures import worded
from answerable.projections.wording.sentence import listed

WAYS = {
    "direct": "directly",
    "managerial": "as a manager",
    "executive": "as an executive",
    "collective": "as one of a body",
    "contributory": "as a contributor",
    "third-party": "as a third party",
}
"""Responsibility in a sentence: "accountable directly"."""

SEVERAL = {
    **WAYS,
    "managerial": "as managers",
    "executive": "as executives",
    "collective": "as members of a body",
    "contributory": "as contributors",
    "third-party": "as third parties",
}

STATES = {"imposed": "imposed; no execution on record", "overturned": "overturned on appeal"}
"""States in other words than their own."""


def summary(page: Page) -> Iterator[str]:
    """The page's paragraphs and lists, in Markdown."""
    yield from _people(page)
    yield from _barred(page)
    yield from _checked(page)
    yield from _unknown(page)
    yield from _open(page)


def sanction_words(page: Page, sanction: Sanction) -> str:
    """A sanction and its state: "bonus cancellation, 2025 (executed)"."""
    return f"{_measure(page, sanction)} ({_state(sanction)})"


def _measure(page: Page, sanction: Sanction) -> str:
    return escaped(worded(sanction, page.text(sanction.event_id, "measure_text")))


def _state(sanction: Sanction) -> str:
    state, *marks = sanction_marks(sanction)
    marks.insert(0, STATES.get(sanction.state, state))
    if sanction.as_of == "unknown":
        marks.append("indeterminate whether imposed by then")
    return "; ".join(marks)


def _people(page: Page) -> Iterator[str]:
    people = page.report.accountability.accountable
    sure = tuple(person for person in people if person.accountable == "yes")
    if sure:
        number = counted(len(sure), "person is", "people are")
        yield f"**{capital(number)} accountable**{_ways(sure)}."
    elif not people:
        yield "**On this record, nobody is accountable.**"
    perhaps = len(people) - len(sure)
    if perhaps:
        number = counted(perhaps, "person is", "people are")
        yield f"**Indeterminate: whether {number} accountable**; the dates do not tell."
    if people:
        yield "\n".join(f"- {_person(page, person)}" for person in people)


def _ways(people: tuple[Person, ...]) -> str:
    counts: dict[str, int] = {}
    for person in people:
        for way in _sure_ways(person):
            counts[way] = counts.get(way, 0) + 1
    unfound = sum(1 for person in people if not any(_sure_ways(person)))
    said = [(number, (WAYS if number == 1 else SEVERAL)[way]) for way, number in counts.items()]
    if unfound:
        said.append((unfound, "by a sanction without a finding"))
    alone = len(people) == 1
    parts = [way if alone else f"{number_word(number)} {way}" for number, way in said]
    return f", {listed(parts)}" if parts else ""


def _person(page: Page, person: Person) -> str:
    sure = person.accountable == "yes"
    found = _sure_ways(person) if sure else person.responsibility
    ways = listed([WAYS[way] for way in found]) if found else None
    how = f"accountable {ways}" if ways else "accountable"
    be = "is" if sure else "may or may not be"
    parts = [f"**{page.party(person.party)}** {be} {how}"]
    for finding in person.findings:
        if finding.blames != "no":
            conduct = page.text(finding.event_id, "conduct")
            what = f" for: {said(conduct)}" if conduct.state == "told" else ""
            mark = "; disputed" if finding.disputed_by else ""
            mark += "; indeterminate by then" if finding.blames == "unknown" else ""
            parts.append(f"{what} ({page.cite(finding.event_id)}{mark})")
    return f"{''.join(parts)}. {_sanctions(page, person)}"


def _sure_ways(person: Person) -> dict[str, None]:
    """In which ways they were found responsible beyond doubt, each once."""
    return {each.responsibility: None for each in person.findings if each.blames == "yes"}


def _sanctions(page: Page, person: Person) -> str:
    """The sanctions in sentences: those in one state together."""
    states: dict[str, list[str]] = {}
    for each in person.sanctions:
        states.setdefault(_state(each), []).append(
            f"{_measure(page, each)} {page.cite(each.event_id)}"
        )
    if not states:
        return "No sanction is on record."
    return " ".join(
        f"Sanctions ({state}): {'; '.join(listing)}." for state, listing in states.items()
    )


def _barred(page: Page) -> Iterator[str]:
    bars = [each for each in page.report.bars if each.in_force != "no"]
    sure = {each.counterparty for each in bars if each.in_force == "yes"}
    if sure:
        yield f"**{capital(counted(len(sure), 'party is', 'parties are'))} barred.**"
    perhaps = {each.counterparty for each in bars} - sure
    if perhaps:
        number = counted(len(perhaps), "party is", "parties are")
        yield f"**Indeterminate: whether {number} barred.**"
    if bars:
        yield "\n".join(f"- {bar_words(page, each)}" for each in bars)


def bar_words(page: Page, bar: Bar) -> str:
    """A bar in a sentence."""
    since = f"from {dated(bar.from_)}" if bar.from_ else "from a day that is not told"
    until = f"until {dated(bar.until)}" if bar.until else "end not stated"
    force = "; indeterminate whether in force" if bar.in_force == "unknown" else ""
    said = f"{page.party(bar.counterparty)}: {since}, {until}{force} ({page.cite(bar.event_id)})."
    inside = [each.event_id for each in bar.contacts if each.inside == "yes"]
    if not inside:
        return said
    number = counted(len(inside), "contact lies", "contacts lie")
    return f"{said} **{capital(number)} inside the bar** ({page.cite(*inside)})."


def _checked(page: Page) -> Iterator[str]:
    checks = page.report.checks
    lines = [
        f"- **{each.rule}** fails: {escaped(each.explanation)}"
        for each in checks
        if each.verdict == "fail"
    ]
    lines.extend(
        f"- **{each.rule}**, a warning: {escaped(warning)}"
        for each in checks
        for warning in each.warnings
    )
    if lines:
        yield f"**{capital(counted(len(checks), 'check was', 'checks were'))} made:**"
        yield "\n".join(lines)


def _unknown(page: Page) -> Iterator[str]:
    report = page.report
    lines = [
        f"- {capital(escaped(missing))}."
        for each in report.checks
        if each.verdict == "indeterminate"
        for missing in each.missing
        if each.rule != "execution"
    ]
    unexecuted = [each for each in report.checks if each.rule == "execution"]
    for each in unexecuted:
        if each.verdict == "indeterminate":
            number = counted(len(each.missing), "sanction was", "sanctions were")
            lines.append(f"- Whether {number} carried out ({page.cite(*each.witnesses)}).")
    if report.gaps:
        dates = counted(len(report.gaps), "event is", "events are")
        cited = page.cite(*(gap.event_id for gap in report.gaps))
        lines.append(f"- The exact date: {dates} not dated, or dated at one end only ({cited}).")
    if lines:
        yield "**The record does not tell:**"
        yield "\n".join(lines)


def _open(page: Page) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for each in page.report.open:
        mark = ", overdue" if each.overdue == "yes" else ""
        mark = ", indeterminate whether open" if each.open == "unknown" else mark
        found.setdefault(f"{each.what}{mark}", []).append(each.event_id)
    if found:
        yield (
            "**Still open:** "
            + "; ".join(
                f"{_several(what, len(events))} ({page.cite(*events)})"
                for what, events in found.items()
            )
            + "."
        )


def _several(what: str, number: int) -> str:
    noun, space, rest = what.partition(" ")
    return what if number == 1 else f"{counted(number, noun)}{space}{rest}"
