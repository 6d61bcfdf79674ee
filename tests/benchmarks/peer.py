"""The peer: `eventsourcing`'s ordinary application over aggregates, with no tree and no seal.

Events are declared as the library's documentation does it: a class for each kind, its facts as
attributes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent
from tests.benchmarks.workload import case

PAGE = 1_000
"""Notifications read at a time."""


class Case(Aggregate):
    """A case as an aggregate, which keeps the kinds of its steps."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    class Step(Aggregate.Event):
        """One step."""

        kind: str

        def apply(self, aggregate: Any) -> None:
            """Take the step in."""
            aggregate.steps.append(self.kind)


def _attribute(field: str) -> str:
    return "from_" if field == "from" else field


def _declare() -> tuple[dict[str, type[Case.Step]], dict[str, dict[str, None]]]:
    """A class of events for each kind in the workload, and its fields, all of them optional."""
    fields: dict[str, dict[str, None]] = {}
    for step in case(0):
        fields.setdefault(step["kind"], {}).update(dict.fromkeys(map(_attribute, step)))
    classes = {}
    for kind, names in fields.items():
        name = "".join(part.capitalize() for part in kind.split("-"))
        declared = {
            "__module__": __name__,
            "__qualname__": f"Case.{name}",
            "__annotations__": dict.fromkeys(names, object),
        }
        classes[kind] = type(name, (Case.Step,), declared)
        setattr(Case, name, classes[kind])
    return classes, fields


EVENTS, FIELDS = _declare()


def application(path: Path) -> Application[UUID]:
    """An application that stores in an SQLite file."""
    return Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )


def save(app: Application[UUID], lines: Iterable[bytes], cases_at_once: int = 50) -> None:
    """Record the facts in the lines, some cases in each transaction."""
    pending = []
    for _, steps in groupby(map(json.loads, lines), key=lambda step: step["case_id"]):
        aggregate = Case()
        for step in steps:
            facts = {_attribute(field): value for field, value in step.items()}
            aggregate.trigger_event(EVENTS[step["kind"]], **{**FIELDS[step["kind"]], **facts})
        pending.append(aggregate)
        if len(pending) == cases_at_once:
            app.save(*pending)
            pending.clear()
    if pending:
        app.save(*pending)


def stored(app: Application[UUID]) -> Iterator[StoredEvent]:
    """Every stored event, read a page at a time."""
    start = 1
    while page := app.recorder.select_notifications(start=start, limit=PAGE):
        yield from page
        start = page[-1].id + 1


def build(app: Application[UUID]) -> int:
    """Build every stored event as an object, as any projection of the library's would begin."""
    to_domain_event = app.mapper.to_domain_event
    count = 0
    for event in stored(app):
        to_domain_event(event)
        count += 1
    return count
