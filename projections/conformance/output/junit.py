"""Write verdicts as JUnit XML: a suite a case, a test case a rule.

What cannot be told, is pending or has nothing to judge is a test that was skipped, with why; so is
a failure that only warns. Names are pseudonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.output.judged_case import JudgedCase, is_fault
from answerable.projections.conformance.output.words import deadline_words, late_words

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Tell what XML 1.0 cannot hold, even written as a number."""


class Suite(NamedTuple):
    """A case as a suite, and how many of its tests ended how.

    Attributes:
        lines: the suite in XML.
        tests: how many rules are for the case.
        failures: how many of them fail.
        skipped: how many neither fail nor pass.
    """

    lines: tuple[str, ...]
    tests: int
    failures: int
    skipped: int


def suite(case: JudgedCase, properties: Iterable[tuple[str, str]], *, strict: bool) -> Suite:
    """Write a case as a suite.

    Args:
        case: the case, as judged without names.
        properties: what the answer holds for, by name.
        strict: whether what cannot be told is a failure.
    """
    failures = skipped = 0
    tests: list[str] = []
    for verdict in case.verdicts:
        said, ending = _test(case, verdict, strict=strict)
        failures += ending == "failure"
        skipped += ending == "skipped"
        tests.append(said)
    counts = f'tests="{len(tests)}" failures="{failures}" errors="0" skipped="{skipped}"'
    lines = (
        f"<testsuite name={_attribute(case.case_id)} {counts}>",
        " <properties>",
        *(
            f"  <property name={_attribute(name)} value={_attribute(value)}/>"
            for name, value in properties
        ),
        " </properties>",
        *tests,
        "</testsuite>",
    )
    return Suite(lines, len(tests), failures, skipped)


def document(suites: Iterable[Iterable[str]], total: Suite) -> Iterator[str]:
    """Write suites as one document, a line at a time.

    Args:
        suites: the lines of each.
        total: their counts, added up.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<testsuites name="answerable check" tests="{total.tests}" '
        f'failures="{total.failures}" errors="0" skipped="{total.skipped}">'
    )
    for lines in suites:
        yield from lines
    yield "</testsuites>"


def _test(case: JudgedCase, verdict: Verdict, *, strict: bool) -> tuple[str, str]:
    """Write a verdict as a test case, and tell how it ended: passed, failure or skipped."""
    name = f"{case.case_id}.{verdict.policy}"
    begin = f" <testcase classname={_attribute(name)} name={_attribute(verdict.rule)}"
    near = (
        f"<system-out>{_text(' '.join(verdict.warnings))}</system-out>" if verdict.warnings else ""
    )
    faulty = is_fault(verdict) or (
        strict and verdict.verdict == "indeterminate" and verdict.severity == "error"
    )
    if faulty:
        inner = (
            f'<failure type="{verdict.verdict}" message={_attribute(verdict.explanation)}>'
            f"{_text(chr(10).join(_details(case, verdict)))}</failure>"
        )
        return f"{begin}>{inner}{near}</testcase>", "failure"
    if verdict.verdict == "pass":
        return (f"{begin}>{near}</testcase>" if near else f"{begin}/>"), "passed"
    message = f"{_ending(verdict)}: {verdict.explanation}"
    return f"{begin}><skipped message={_attribute(message)}/>{near}</testcase>", "skipped"


def _ending(verdict: Verdict) -> str:
    if verdict.verdict == "pending" and verdict.deadline:
        return f"pending, {deadline_words(verdict.deadline)}"
    return "a warning only" if verdict.verdict == "fail" else verdict.verdict


def _details(case: JudgedCase, verdict: Verdict) -> Iterator[str]:
    """Tell of a failure its rule, each activation and the events that it rests on."""
    yield f"{verdict.policy}@{verdict.version} {verdict.rule}: {verdict.text}"
    yield f"source: {verdict.source}"
    if verdict.late:
        yield f"late by {late_words(verdict.late)}"
    for each in verdict.activations:
        if each.verdict in ("fail", "indeterminate"):
            numbers = (case.events[one].position for one in each.events if one in case.events)
            aside = ", ".join(f"#{number}" for number in numbers)
            yield f"{each.verdict}: {each.text}{f' [{aside}]' if aside else ''}"
    for what in verdict.settles:
        yield f"to settle it: {what}"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("\ufffd", text), {"\n": "&#10;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", text))
