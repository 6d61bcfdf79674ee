"""Hold a log in SARIF 2.1.0 to what the standard says of the parts that are written.

Its schema is not free to be kept here; these are its demands, and those that the text of the
standard makes beside it: a result that is no failure has no level, and its rule is at its index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LEVELS = {"none", "note", "warning", "error"}
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}
RESULT = {
    *("ruleId", "ruleIndex", "kind", "level", "message", "locations"),
    *("partialFingerprints", "properties"),
}
RULE = {"id", "name", "shortDescription", "help", "defaultConfiguration", "properties"}


def faults(log: Any) -> Iterator[str]:
    """Everything that is wrong with a log."""
    if set(log) != {"$schema", "version", "runs"} or log["version"] != "2.1.0":
        yield f"the log is {set(log)}, {log.get('version')}"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    if not run["tool"]["driver"]["name"]:
        yield "the driver has no name"
    if len({each["id"] for each in rules}) < len(rules):
        yield "two rules have one id"
    for each in rules:
        if set(each) != RULE:
            yield f"the rule {each['id']} has {set(each) ^ RULE}"
        if each["defaultConfiguration"]["level"] not in LEVELS:
            yield f"the rule {each['id']} has the level {each['defaultConfiguration']['level']}"
    prints = [each["partialFingerprints"]["answerableVerdict/v1"] for each in run["results"]]
    if len(set(prints)) < len(prints):
        yield "two results have one fingerprint"
    for each in run["results"]:
        yield from _result_faults(each, rules)


def _result_faults(result: Any, rules: Any) -> Iterator[str]:
    name = result["partialFingerprints"]["answerableVerdict/v1"]
    if set(result) != RESULT:
        yield f"{name} has {set(result) ^ RESULT}"
    if result["kind"] not in KINDS or result["level"] not in LEVELS:
        yield f"{name} is {result['kind']}, {result['level']}"
    if (result["kind"] == "fail") != (result["level"] != "none"):
        yield f"{name} is of kind {result['kind']}, and of level {result['level']}"
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield f"{name} is at the wrong rule"
    if not result["message"]["text"]:
        yield f"{name} says nothing"
    for place in result["locations"]:
        if not place["logicalLocations"][0]["fullyQualifiedName"]:
            yield f"{name} lies nowhere"
        line = place.get("physicalLocation", {}).get("region", {}).get("startLine", 1)
        if line < 1:
            yield f"{name} is on line {line}"
