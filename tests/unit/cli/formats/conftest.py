"""A ledger of the example and of what was changed in it later, for answers in every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.support.clock import set_clock
from tests.support.golden_ledger import RECORDED, fill, told
from tests.support.house_policy import HOUSE_POLICY
from tests.unit.cli.conftest import LATER, Here

OTHERS = """
[[figure]]
figure = "days-to-sanction"
value = 30
source = "invented"
"""
"""A figure of others."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the ledger, once."""
    place = tmp_path_factory.mktemp("filled") / "answerable.db"
    fill(place, told(), RECORDED)
    return place


@pytest.fixture
def story(here: Here, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    """Copy it to where a test runs, with a policy and figures of others beside it."""
    shutil.copy(filled, here.folder / "answerable.db")
    (here.folder / "house.toml").write_text(HOUSE_POLICY)
    (here.folder / "others.toml").write_text(OTHERS)
    set_clock(monkeypatch, lambda: LATER)
    return here
