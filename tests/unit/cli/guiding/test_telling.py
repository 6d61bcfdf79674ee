"""Show what becomes of a step that the ledger would not take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answerable.cli.guiding import telling
from answerable.cli.guiding.drafts import Drafts
from answerable.cli.guiding.happened import Happened
from answerable.cli.guiding.prompts import Left
from answerable.domain.errors import AnswerableError, Refused
from answerable.ledger.errors import StorageFailed
from answerable.ledger.ledger import Ledger


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, error: AnswerableError) -> None:
    """Tell a step, of which every question is left out, to a ledger that fails so."""

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(telling, "reply", lambda *_: {})
    monkeypatch.setattr(telling, "choose_some", lambda *_, **__: [])
    with Ledger.create(folder / "ledger.db") as opened:
        drafts = Drafts(opened, "acme", "A case", "test")
        monkeypatch.setattr(drafts, "add", fail)
        telling.tell_step(drafts, Happened("backlash-observed", "acme", {}))


def test_where_nothing_can_be_recorded_nothing_more_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageFailed):
        told(tmp_path, monkeypatch, StorageFailed("the disk is full."))


def test_a_step_that_is_refused_as_a_whole_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Left):
        told(tmp_path, monkeypatch, Refused("the case is closed.", field="case_id"))
