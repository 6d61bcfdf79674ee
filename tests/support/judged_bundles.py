"""The corpus of good and bad bundles: each that the unit tests of the verifiers judge.

Those tests make bundles and have them judged by `Packed.wrong`. Here they are run again, by one
that keeps what it was asked about.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

from tests.support.bundles import Packed, Place, as_page, found_by_answerable
from tests.unit.ledger.bundle import (
    test_attacks,
    test_forged_bundles,
    test_grammar,
    test_left_out,
    test_recorders_signatures,
)

from answerable.ledger.bundle import layout
from answerable.ledger.tlog.note import VerifierKey

MODULES: tuple[ModuleType, ...] = (
    test_attacks,
    test_forged_bundles,
    test_grammar,
    test_left_out,
    test_recorders_signatures,
)


class Judged(NamedTuple):
    """A page that carries a bundle, the keys that it is judged by, and where it is wrong."""

    page: bytes
    keys: list[VerifierKey]
    wrong: set[Place]


class Recording(Packed):
    """One that keeps what it is asked about, as pages."""

    judged: list[Judged]

    def wrong(self, data: bytes, keys: list[VerifierKey] | None = None) -> dict[Any, set[str]]:
        given = self.keys if keys is None else keys
        found = found_by_answerable(data, given)
        page = as_page(data)
        if page is not None:
            carried = {place for place in found if place[0] not in layout.BESIDE}
            self.judged.append(Judged(page, given, carried))
        return found


def judged_by_unit_tests(packed: Packed) -> list[Judged]:
    """Each bundle that a test judges which needs no more than a bundle to begin with."""
    recording = Recording(*packed)
    recording.judged = []
    for module in MODULES:
        for name, test in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                for arguments in _arguments(test):
                    test(packed=recording, **arguments)
    return recording.judged


def _arguments(test: Any) -> Iterator[dict[str, Any]]:
    """Yield what a test is called with beside a bundle, once for each of its parameters."""
    sets = [
        [dict(zip(_names(mark.args[0]), _values(each), strict=True)) for each in mark.args[1]]
        for mark in getattr(test, "pytestmark", ())
        if mark.name == "parametrize"
    ]
    wanted = inspect.signature(test).parameters.keys() - {"packed"}
    if "packed" in inspect.signature(test).parameters:
        for chosen in product(*sets):
            merged = {name: value for each in chosen for name, value in each.items()}
            if merged.keys() == wanted:
                yield merged


def _names(told: str | Iterable[str]) -> list[str]:
    return [name.strip() for name in told.split(",")] if isinstance(told, str) else [*told]


def _values(told: Any) -> tuple[Any, ...]:
    return told if isinstance(told, tuple) else (told,)
