"""The programs of docs/python.md and the applications in examples/, run as they stand."""

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from answerable import Ledger

ROOT = Path(__file__).parents[2]
CONTACT = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
UNKNOWN = "019b8a5e-7c00-7000-8000-000000000001"


def test_the_programs_of_the_documentation_run_in_their_order(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    programs = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(programs) == text.count("```") // 2 == 11
    said = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
        for program in programs
    ]
    append, careful, read, opened, fold, replay, verify, sign, prove, erase, moment = said
    assert append[1].startswith("InvalidEvent counterparty")
    assert careful[0].startswith("acne ")
    assert read[0].startswith("0 case-opened")
    assert opened[-1] == "True"
    assert fold[:2] == ["['person-9']", "()"]
    assert replay[-1].endswith("['person-9']")
    assert verify == ["True []"]
    assert sign[0].startswith("3 ")
    assert prove == ["example.com/ledger 3"]
    assert erase == ["[]", "personal-data-erased"]
    assert moment == ["True"]


@pytest.fixture(params=["fastapi", "flask"])
def client(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    place = tmp_path / "served.db"
    Ledger.create(place).close()
    monkeypatch.setitem(os.environ, "ANSWERABLE_LEDGER", str(place))
    if request.param == "fastapi":
        from fastapi.testclient import TestClient

        found = runpy.run_path(str(ROOT / "examples" / "fastapi_app.py"))
        with TestClient(found["app"]) as opened:
            yield opened
    else:
        found = runpy.run_path(str(ROOT / "examples" / "flask_app.py"))
        with Ledger.open(place) as ledger:
            yield found["create_app"](ledger).test_client()


def posted(client: Any, event: Any, user: str = "jane") -> tuple[int, Any]:
    return answered(client.post("/events", json=event, headers={"X-User": user}))


def answered(response: Any) -> tuple[int, Any]:
    body = response.json
    return response.status_code, body() if callable(body) else body


def test_an_application_records_and_reports(client: Any) -> None:
    opened = {"kind": "case-opened", "case_id": "acme", "title": "Gifts"}
    code, receipt = posted(client, opened)
    assert (code, receipt["position"], receipt["duplicate"]) == (201, 0, False)
    assert len(receipt["root"]) == 64
    code, status = answered(client.get("/cases/acme"))
    assert (code, status["case_id"]) == (200, "acme")
    code, report = answered(client.get("/cases/acme/report"))
    assert (code, report["header"]["title"]["value"]) == (200, "Gifts")


@pytest.mark.parametrize(
    ("event", "code", "error", "message"),
    [
        ({**CONTACT, "kind": "contact-mad"}, 422, "InvalidEvent", "Did you mean contact-made"),
        ({"kind": "contact-made"}, 422, "InvalidEvent", "is required"),
        (
            {"kind": "retraction", "case_id": "acme", "target": UNKNOWN},
            409,
            "Refused",
            "Look for its id among the events of the case",
        ),
    ],
)
def test_an_application_says_what_it_refuses(
    client: Any, event: Any, code: int, error: str, message: str
) -> None:
    posted(client, CONTACT)
    status, told = posted(client, event)
    assert (status, told["error"]) == (code, error)
    assert message in told["message"]


def test_an_application_does_not_know_every_case_and_everybody(client: Any) -> None:
    code, told = answered(client.get("/cases/nothing-such"))
    assert (code, told["error"]) == (404, "NotFound")
    code, told = posted(client, CONTACT, user=" ")
    assert (code, told["field"]) == (422, "recorded_by")


def test_an_application_serves_many_at_once(client: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: posted(client, CONTACT), range(40)))
    assert sorted(receipt["position"] for _, receipt in answers) == list(range(40))
