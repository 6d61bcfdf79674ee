"""Event logs of a record, held to what their standards say of every log.

`schemas/ocel20.json` is the schema of section 8.2 of the specification of OCEL 2.0
(https://www.ocel-standard.org/2.0/ocel20-schema-json.json), `schemas/xes.xsd` that of XES as IEEE
1849-2016 prints it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from jsonschema import Draft7Validator
from xmlschema import XMLSchema

from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.facts.names import Names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange import xes
from answerable.projections.interchange.ocel import OcelWriter

SCHEMAS = Path(__file__).with_name("schemas")

READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "time": datetime.fromisoformat,
}
"""Tell how a text is read as the type that is declared for it."""


@cache
def ocel_schema() -> Draft7Validator:
    """The schema of OCEL 2.0 in JSON."""
    schema = json.loads((SCHEMAS / "ocel20.json").read_bytes())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@cache
def xes_schema() -> XMLSchema:
    """The schema of XES."""
    return XMLSchema(SCHEMAS / "xes.xsd")


def ocel_of(
    reader: Reader, *, case: str | None = None, as_of: Asked | None = None, keep: int | None = None
) -> Any:
    """The log of a record in OCEL, which is held to its standard."""
    record = RecordView(reader, as_of, keep=keep)
    written = OcelWriter(record, Names(reader), BytesIO())
    views = record.each_case() if case is None else [record.case(case)]
    log = json.loads(b"".join(written.document(views, every_case=case is None)))
    hold_ocel(log)
    return log


def hold_ocel(log: Any) -> None:
    """Hold a log to the schema of OCEL, and to what the schema does not say."""
    assert [error.message for error in ocel_schema().iter_errors(log)] == []
    objects = Counter(each["id"] for each in log["objects"])
    events = Counter(each["id"] for each in log["events"])
    assert {*objects.values(), *events.values()} <= {1}
    assert not objects.keys() & events.keys()
    for each in (*log["events"], *log["objects"]):
        related = [(one["objectId"], one["qualifier"]) for one in each["relationships"]]
        assert len(set(related)) == len(related)
        assert {to for to, _ in related} <= objects.keys(), each
    assert all(datetime.fromisoformat(each["time"]).tzinfo for each in log["events"])
    _hold_values(log["eventTypes"], log["events"])
    _hold_values(log["objectTypes"], log["objects"])


def _hold_values(types: Any, written: Any) -> None:
    declared = {
        each["name"]: {one["name"]: one["type"] for one in each["attributes"]} for each in types
    }
    assert len(declared) == len(types)
    assert {each["type"] for each in written} == set(declared)
    for each in written:
        for one in each["attributes"]:
            READ[declared[each["type"]][one["name"]]](one["value"])


def xes_of(reader: Reader, *, as_of: Asked | None = None) -> ET.Element:
    """The log of a record in XES, which is held to its standard."""
    record = RecordView(reader, as_of)
    written = b"".join(xes.document(record.each_case()))
    xes_schema().validate(BytesIO(written))
    log = ET.fromstring(written)
    hold_xes(log)
    return log


def hold_xes(log: ET.Element) -> None:
    """Hold a log to what the schema of XES does not say."""
    extensions = {each.get("prefix") for each in log.iter("extension")}
    for part in (log, *log.iter("trace"), *log.iter("event")):
        keys = [key for each in part if (key := each.get("key")) is not None]
        assert len(set(keys)) == len(keys), keys
        assert {key.partition(":")[0] for key in keys if ":" in key} <= extensions
    declared = {
        scope: {one.get("key") for each in log.iter("global") if each.get("scope") == scope
                for one in each}
        for scope in ("trace", "event")
    }  # fmt: skip
    for scope, keys_declared in declared.items():
        for element in log.iter(scope):
            assert keys_declared <= {one.get("key") for one in element}
    for each in log.iter("classifier"):
        assert set(str(each.get("keys")).split()) <= declared[str(each.get("scope"))]


def values(part: ET.Element) -> dict[str, str]:
    """The values of a trace or an event, by their keys."""
    return {key: each.get("value", "") for each in part if (key := each.get("key")) is not None}
