"""The other judges, one process each a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from tests.support.other_judges import Ask, asking


@pytest.fixture(scope="session")
def flloat(unavailable: Callable[[str], NoReturn]) -> Iterator[Ask]:
    """Asks flloat (see flloat_judge.py)."""
    with asking("flloat_judge", unavailable) as ask:
        yield ask


@pytest.fixture(scope="session")
def pm4py(unavailable: Callable[[str], NoReturn]) -> Iterator[Ask]:
    """Asks pm4py (see pm4py_judge.py)."""
    with asking("pm4py_judge", unavailable) as ask:
        yield ask


@pytest.fixture(scope="session")
def pm4py_reader(unavailable: Callable[[str], NoReturn]) -> Iterator[Ask]:
    """Has pm4py read event logs (see pm4py_reader.py)."""
    with asking("pm4py_reader", unavailable) as ask:
        yield ask
