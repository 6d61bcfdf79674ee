"""Write verdicts as SARIF 2.1.0 (OASIS): a rule a rule, a result for each thing that was judged.

A program that reads SARIF may take every result for an alert, whatever its kind; so only what
fails is a result, unless all is asked for. Names are pseudonyms.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from answerable.domain.answers import json_value
from answerable.domain.zone.zone import Zone
from answerable.projections.conformance.judgement import Activation, RuleHead, Verdict
from answerable.projections.conformance.output.judged_case import JudgedCase
from answerable.projections.conformance.worlds import Judgement

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

VERSION = "2.1.0"

EXPORTED = "ledger.jsonl"
"""The file that locations lie in: every entry of the log on its line, as `export --entries` writes
them."""

FINGERPRINT = "answerableVerdict/v1"

KINDS: Mapping[Judgement, str] = {
    "pass": "pass",
    "fail": "fail",
    "indeterminate": "open",
    "pending": "informational",
    "not-applicable": "notApplicable",
}
"""The kind of result that a verdict is."""


class About(NamedTuple):
    """Hold what a run tells of itself.

    Attributes:
        version: that of this program.
        name: what was asked about, as part of the run's id: a case, or all.
        as_of: the moment asked about (RFC 3339): of a day, its end by the zone of who asks.
        known_by: the moment by which the record was asked about; None: now.
        size: the number of entries of the log.
        root: the root of its tree, in hexadecimal.
    """

    version: str
    name: str
    as_of: str
    known_by: str | None
    size: int
    root: str


def sarif(
    rules: Sequence[RuleHead],
    cases: Iterable[JudgedCase],
    about: About,
    asked: Callable[[Zone], tuple[str, str | None]],
    *,
    whole: bool = False,
    strict: bool = False,
) -> Iterator[str]:
    """Write a log of one run, in pieces; a case is in memory at a time.

    Args:
        rules: the rules that judged, in their order.
        cases: the cases, as judged without names.
        about: what the run tells of itself.
        asked: tells the two moments asked about in cases of a zone. Where they are not those of
            the run, each result tells its own.
        whole: whether what does not fail is listed, too.
        strict: whether what cannot be told counts as a failure: as one of level `warning`.
    """
    places = {(each.policy, each.rule): place for place, each in enumerate(rules)}
    head = {"$schema": SCHEMA, "version": VERSION}
    run = {
        "tool": {"driver": _driver(rules, about)},
        "automationDetails": {"id": f"answerable/{about.name}/{about.as_of[:10]}"},
        "columnKind": "unicodeCodePoints",
        "properties": {
            "asOf": about.as_of,
            "knownBy": about.known_by,
            "treeSize": about.size,
            "root": about.root,
        },
    }
    yield f'{_json(head)[:-1]}, "runs": [{_json(run)[:-1]}, "results": ['
    before = "\n"
    for case in cases:
        times = asked(case.zone)
        own = {} if times == about[2:4] else {"asOf": times[0], "knownBy": times[1]}
        for verdict in case.verdicts:
            index = places[verdict.policy, verdict.rule]
            for result in _results(case, verdict, strict=strict):
                if whole or result["kind"] == "fail":
                    result["properties"] |= own
                    yield f"{before}{_json({'ruleIndex': index, **result})}"
                    before = ",\n"
    yield "\n]}]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def _driver(rules: Sequence[RuleHead], about: About) -> dict[str, Any]:
    return {
        "name": "answerable",
        "semanticVersion": about.version,
        "rules": [
            {
                "id": f"{each.policy}/{each.rule}",
                "name": "".join(part.capitalize() for part in each.rule.split("-")),
                "shortDescription": {"text": each.text},
                "help": {"text": f"Source: {each.source}"},
                "defaultConfiguration": {"level": each.severity},
                "properties": {
                    "source": each.source,
                    "kind": each.kind,
                    "policy": each.policy,
                    "policyVersion": each.version,
                    "tags": [each.kind],
                },
            }
            for each in rules
        ],
    }


def _results(case: JudgedCase, verdict: Verdict, *, strict: bool) -> Iterator[dict[str, Any]]:
    """Yield a result for each thing that a rule judged, or one where it judged nothing."""
    number = Counter(_own(case, each.events, whole=each.whole) for each in verdict.activations)
    for each in verdict.activations:
        own = _own(case, each.events, whole=each.whole)
        mark = _mark(each.text) if number[own] > 1 else ""
        yield _result(case, verdict, each, mark, strict=strict)
    if not verdict.activations:
        yield _shaped(case, verdict, "notApplicable", "none", verdict.explanation, ())
    for warning in verdict.warnings:
        mark = _mark(warning) if len(verdict.warnings) > 1 else ""
        yield _shaped(case, verdict, "review", "none", warning, verdict.witnesses, f"/near{mark}")


def _own(case: JudgedCase, events: Sequence[str], *, whole: bool) -> str:
    """Return what a fingerprint names beside the rule: an event, or the case."""
    return events[0] if events and not whole else case.case_id


def _mark(text: str) -> str:
    """Tell apart, in a fingerprint, what a rule says of one event several times.

    By what is said, and not by a number: where one is mended, the others stay what they are.
    """
    return f"/{sha256(text.encode()).hexdigest()[:12]}"


def _result(
    case: JudgedCase, verdict: Verdict, judged: Activation, mark: str, *, strict: bool
) -> dict[str, Any]:
    kind, level = KINDS[judged.verdict], "none"
    if judged.verdict == "fail":
        level = verdict.severity
    elif judged.verdict == "indeterminate" and strict and verdict.severity == "error":
        kind, level = "fail", "warning"
    told = _shaped(case, verdict, kind, level, judged.text, judged.events, mark, whole=judged.whole)
    told["properties"] = {
        "verdict": judged.verdict,
        "missing": list(judged.missing),
        "witnesses": list(judged.events),
        "settles": judged.settles,
        "deadline": json_value(judged.deadline),
        "late": json_value(judged.late),
        "whole": judged.whole,
        "policyVersion": judged.version or verdict.version,
    }
    return told


def _shaped(
    case: JudgedCase,
    verdict: Verdict,
    kind: str,
    level: str,
    text: str,
    events: Sequence[str],
    mark: str = "",
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """Shape a result. By its fingerprint, a reader knows it again in a later run."""
    rule = f"{verdict.policy}/{verdict.rule}"
    own = _own(case, events, whole=whole)
    return {
        "ruleId": rule,
        "kind": kind,
        "level": level,
        "message": {"text": text},
        "locations": [_location(case, each) for each in events if each in case.events]
        or [{"logicalLocations": [{"fullyQualifiedName": case.case_id, "kind": "object"}]}],
        "partialFingerprints": {FINGERPRINT: f"{rule}:{own}{mark}"},
        "properties": {"verdict": verdict.verdict},
    }


def _location(case: JudgedCase, event_id: str) -> dict[str, Any]:
    event = case.events[event_id]
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": EXPORTED},
            "region": {"startLine": event.position + 1},
        },
        "logicalLocations": [
            {
                "fullyQualifiedName": f"{event.case_id}/{event_id}",
                "name": f"#{event.position}",
                "kind": "object",
            }
        ],
    }
