"""The first page of a report: who is accountable for what, what is unknown, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answerable.projections.accountability.accountability import Person, Sanction
from answerable.projections.accountability.bars import Bar
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.extents import amounts_words
from answerable.projections.output.markdown_text import escaped
from answerable.projections.report.outside import in_short
from answerable.projections.report.page import Page, text_words
from answerable.projections.wording.answers import whether
from answerable.projections.wording.bar import bar_words
from answerable.projections.wording.counts import capital, spelt
from answerable.projections.wording.finding import blame_withdrawn, finding_marks
from answerable.projections.wording.measures import own_words, totals_words, worded
from answerable.projections.wording.obligation import BREACHED, OVERDUE, open_spelt, open_words
from answerable.projections.wording.party import parties_words
from answerable.projections.wording.person import accountable_words, those_accountable, ways_of_all
from answerable.projections.wording.provisional import allegation_words, interim_line
from answerable.projections.wording.sanction import sanction_marks, sanction_words

UNEXECUTED = "no execution on record"
"""Said where sanctions are told to be open: they were imposed, and no more is known."""

TO_EXECUTE = "sanction to execute"
"""Name what is open of a sanction not executed on record, nor held up by anything."""

EXECUTED = ("generic", "executed")
"""The rule whose explanation the section on what is open tells event by event."""


def summary(page: Page) -> Iterator[str]:
    """Write the page's paragraphs and lists, in Markdown."""
    yield from _people(page)
    yield from _alleged(page)
    yield from _interim(page)
    yield from _barred(page)
    yield from in_short(page)
    yield from _checked(page)
    yield from _unknown(page)
    yield from _open(page)


def sanction_line(page: Page, sanction: Sanction) -> str:
    """Say a sanction and what became of it: "bonus cancellation, 2025 (executed) #23"."""
    said = sanction_words(_measure(page, sanction), _marks(page, sanction))
    return f"{said} {page.cite(sanction.event_id, sanction.ended_by)}"


def _measure(page: Page, sanction: Sanction) -> str:
    return escaped(worded(sanction, own_words(sanction, page.text)))


def _marks(page: Page, sanction: Sanction) -> list[str]:
    """Say what became of a sanction; that it is to be carried out, `_open` says of all at once."""
    return sanction_marks(sanction, lambda party: escaped(page.called(party)))


def _people(page: Page) -> Iterator[str]:
    people = page.report.accountability.accountable
    sure = tuple(person for person in people if person.accountable == "yes")
    if sure:
        who = capital(those_accountable(page.name(each.party) for each in sure))
        ways = ways_of_all(sure, page.type_of)
        yield f"**{who}**, {ways}." if ways else f"**{who}.**"
    elif not people:
        yield f"**On this record, {those_accountable(())}.**"
    alleged = tuple(each for each in page.report.accountability.people if _only_alleged(each))
    perhaps = tuple(page.name(each.party) for each in people if each.accountable != "yes")
    if perhaps:
        doubt = whether("unknown", those_accountable(perhaps))
        yield f"**{capital(doubt)}**; the dates do not tell."
    if people:
        yield "\n".join(f"- {_person(page, person)}" for person in people)
    if summed := amounts_words(page.report.amounts):
        yield f"**Amounts:** {summed}."
    if alleged:
        who = those_accountable(page.name(each.party) for each in alleged)
        yield f"**It is only alleged that {who}:**"
        yield "\n".join(f"- {_person(page, person)}" for person in alleged)
    cleared = tuple(_cleared(page))
    if cleared:
        yield "**Blame was withdrawn:**"
        yield "\n".join(cleared)


def _cleared(page: Page) -> Iterator[str]:
    """Yield those whom nothing blames any more, because blame was withdrawn, and since when."""
    for person in page.report.accountability.people:
        if person.accountable == "no":
            for finding in person.findings:
                if said := blame_withdrawn(finding, page.called):
                    cited = page.cite(finding.event_id)
                    yield f"- {page.party(person.party)}: {escaped(said)} ({cited})."


def _only_alleged(person: Person) -> bool:
    """Tell whether someone is, or may be, accountable by nothing but what is alleged."""
    return person.accountable == "no" and person.accountable_as_alleged != "no"


def _person(page: Page, person: Person) -> str:
    def called(party: str) -> str:
        return escaped(page.called(party))

    parts = [f"**{page.party(person.party)}**: {accountable_words(person, page.type_of)}"]
    for finding in person.findings:
        if (finding.blames, finding.blames_as_alleged) != ("no", "no"):
            conduct = page.text(finding.event_id, "conduct")
            what = f" for: {text_words(conduct)}" if conduct.state == "told" else ""
            marks = (page.cite(finding.event_id), *finding_marks(finding, page.cite, called))
            parts.append(f"{what} ({'; '.join(marks)})")
    return f"{''.join(parts)}. {_sanctions(page, person)}"


def _sanctions(page: Page, person: Person) -> str:
    """Say the sanctions in sentences, those in one state together."""
    states: dict[str, list[str]] = {}
    for each in person.sanctions:
        states.setdefault("; ".join(_marks(page, each)), []).append(
            f"{_measure(page, each)} {page.cite(each.event_id)}"
        )
    if not states:
        return "No sanction is on record."
    said = [f"Sanctions ({state}): {'; '.join(listing)}." for state, listing in states.items()]
    if together := totals_words(person.amounts):
        said.append(f"Together: {together}.")
    return " ".join(said)


def _alleged(page: Page) -> Iterator[str]:
    """Say what is alleged and not disposed of; an allegation is no finding."""
    lines = [
        f"- {page.party(each.subject)}: {allegation_words(each, page.party)}"
        f"{_conduct(page, each.event_id)} ({page.cite(each.event_id, *each.disputed_by)})."
        for each in page.report.allegations
        if each.open != "no"
    ]
    if lines:
        yield "**Alleged, and not found:**"
        yield "\n".join(lines)


def _conduct(page: Page, event_id: str) -> str:
    conduct = page.text(event_id, "conduct")
    return f": {text_words(conduct)}" if conduct.state == "told" else ""


def _interim(page: Page) -> Iterator[str]:
    """Say which interim measures run, or may; those that ended are in the register."""
    lines = [
        f"- {page.party(person.party)}: {escaped(interim_line(each, page.called))} "
        f"({page.cite(each.event_id)})."
        for person in page.report.accountability.people
        for each in person.interim
        if each.state != "ended"
    ]
    if lines:
        yield "**Interim measures, for the time of the inquiry:**"
        yield "\n".join(lines)


def _barred(page: Page) -> Iterator[str]:
    bars = [each for each in page.report.bars if each.may_hold]
    sure = {each.counterparty for each in bars if each.in_force == "yes"}
    if sure:
        yield f"**{capital(_those_barred(page, sure))}.**"
    perhaps = {each.counterparty for each in bars if each.in_force == "unknown"} - sure
    if perhaps:
        yield f"**{capital(whether('unknown', _those_barred(page, perhaps)))}.**"
    alleged = [each for each in bars if each.in_force_as_alleged != "no"]
    known = [each for each in bars if each.in_force != "no"]
    if known:
        yield "\n".join(f"- {_bar(page, each)}" for each in known)
    if alleged:
        who = _those_barred(page, {each.counterparty for each in alleged})
        yield f"**It is only alleged that {who}:**"
        yield "\n".join(f"- {_bar(page, each)}" for each in alleged)


def _those_barred(page: Page, parties: Iterable[str]) -> str:
    """Say how many are barred, by what they are: "two people and one organisation are barred"."""
    names = tuple(map(page.name, sorted(parties)))
    return f"{parties_words(names, spelt)} {'are' if len(names) > 1 else 'is'} barred"


def _bar(page: Page, bar: Bar) -> str:
    cited = page.cite(bar.event_id)
    said = f"{page.party(bar.counterparty)}: {escaped(bar_words(bar, page.called))} ({cited})."
    inside = [each.event_id for each in bar.contacts if each.breach == "yes"]
    if not inside:
        return said
    number = spelt(len(inside), "contact lies", "contacts lie")
    return f"{said} **{capital(number)} inside the bar** ({page.cite(*inside)})."


def _checked(page: Page) -> Iterator[str]:
    checks = page.report.checks
    lines = [
        f"- **{escaped(each.title)}**: fails{_because(page, each)}"
        for each in checks
        if each.verdict == "fail"
    ]
    lines.extend(
        f"- **{escaped(each.title)}**: a warning. {escaped(warning)}"
        for each in checks
        if each.verdict != "fail"  # A failure's explanation has its warnings, too.
        for warning in each.warnings
    )
    if lines:
        made = sum(each.applies for each in checks)
        yield f"**{capital(spelt(made, 'rule was', 'rules were'))} judged:**"
        yield "\n".join(lines)


def elsewhere(page: Page, check: Verdict) -> str | None:
    """Return the section that lists what a check explains, where there is one; None: none does."""
    if check.verdict not in ("fail", "indeterminate"):
        return None
    return "What is open" if _is_executed(check) and _all_open(page, check) else None


def _is_executed(check: Verdict) -> bool:
    return (check.policy, check.rule) == EXECUTED


def _all_open(page: Page, check: Verdict) -> bool:
    """Tell whether all that a check is about is told to be open, neither overdue nor on hold."""
    still = {
        each.event_id
        for each in page.report.open
        if (each.overdue, each.suspended) in ((None, "no"), ("no", "no"))
    }
    return still.issuperset(check.witnesses)


def _because(page: Page, check: Verdict) -> str:
    section = elsewhere(page, check)
    return f". {escaped(check.explanation)}" if section is None else f"; see *{section}*."


def _unknown(page: Page) -> Iterator[str]:
    report = page.report
    lines = [
        f"- {capital(escaped(missing))}."
        for each in report.checks
        if each.verdict == "indeterminate"
        for missing in each.missing
        if not _is_executed(each)
    ]
    unexecuted = [each for each in report.checks if _is_executed(each)]
    for each in unexecuted:
        if each.verdict == "indeterminate" and elsewhere(page, each) is None:
            number = spelt(len(each.missing), "sanction was", "sanctions were")
            lines.append(f"- Whether {number} carried out ({page.cite(*each.witnesses)}).")
    if report.gaps:
        dates = spelt(len(report.gaps), "event is", "events are")
        cited = page.cite(*(gap.event_id for gap in report.gaps))
        lines.append(f"- The exact date: {dates} not dated, or dated at one end only ({cited}).")
    if lines:
        yield "**The record does not tell:**"
        yield "\n".join(lines)


def _open(page: Page) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for each in page.report.open:
        mark = f", {BREACHED}" if each.breached == "yes" else ""
        mark += f", {OVERDUE}" if each.overdue == "yes" else ""
        mark = f", {open_words(each.open)}" if each.open == "unknown" else mark
        found.setdefault(f"{each.what}{mark}", []).append(each.event_id)
    if found:
        yield (
            "**Still open:** "
            + "; ".join(
                f"{open_spelt(len(events), what)} ({page.cite(*events)}{_unexecuted(what)})"
                for what, events in found.items()
            )
            + "."
        )


def _unexecuted(what: str) -> str:
    return f"; {UNEXECUTED}" if what == TO_EXECUTE else ""
