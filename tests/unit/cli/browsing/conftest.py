"""The pages of a ledger, asked for in process, by whoever was let in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.support.golden_ledger import RECORDED, fill, sign, told
from tests.support.screens import NOW

from answerable.cli.browsing.answers import Answers
from answerable.cli.browsing.application import application
from answerable.cli.browsing.audience import Audience
from answerable.cli.browsing.checking import Checks
from answerable.cli.browsing.gate import Door
from answerable.cli.browsing.part_answers import PartAnswers
from answerable.domain.language.language import Language
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.checkpoints.signing import key_file
from answerable.ledger.ledger import Ledger
from answerable.projections.report.audience.audiences import For

DOOR = Door("a-token-that-nobody-guesses", 8765)
HERE = "http://127.0.0.1:8765"

Browsing = Callable[..., TestClient]


def client(
    ledger: Ledger,
    whom: For | None = None,
    language: Language | None = None,
    *,
    raised: bool = True,
) -> TestClient:
    """Whoever asks a ledger's pages, and was not let in yet; what fails there fails the test."""
    audience = Audience(whom)
    # Beside a ledger on a server there are no keys.
    checks = Checks(ledger, memory_file(key_file(ledger.place or Path("none.db"))))
    made = Answers if audience.whole else PartAnswers
    answers = made(ledger, audience, checks, "1.0", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    app = application(answers, DOOR, language)
    return TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=raised)


def let_in(asking: TestClient) -> TestClient:
    """The same, let in by the token."""
    assert asking.get(f"/?token={DOOR.token}").status_code == 303
    return asking


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The example, signed."""
    path = tmp_path_factory.mktemp("browsing") / "answerable.db"
    fill(path, told(), RECORDED)
    sign(path, NOW)
    with Ledger.open(path) as ledger:
        yield ledger


@pytest.fixture
def outside(example: Ledger) -> TestClient:
    """Whoever was not let in."""
    return client(example)


@pytest.fixture
def inside(example: Ledger) -> TestClient:
    """Whoever was let in, and may see everything."""
    return let_in(client(example))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(tmp_path / "made.db") as ledger:
        yield ledger
