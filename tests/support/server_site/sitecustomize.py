"""Have a process of the tests keep its ledgers on their server: `ledgers_on_server.py` says how.

An interpreter imports a module of this name as it starts, where PYTHONPATH leads to it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - nothing is imported

OPENING = "answerable.ledger.store.opening"


class _WhenImported(MetaPathFinder):
    """Changes the module that opens stores when it is imported, and costs nothing before."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != OPENING:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            if HERE not in sys.path:
                # Who is started by another process has been given the path of that one.
                sys.path.append(HERE)
            import_module("ledgers_on_server").install(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if "TESTS_SERVER" in os.environ:
    sys.meta_path.insert(0, _WhenImported())
