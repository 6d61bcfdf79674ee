"""Hold that the pages go through the one gate of reports."""

from __future__ import annotations

import pytest
from tests.unit.cli.browsing.conftest import client, let_in

from answerable.domain.language.loading import language
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.projections.report.audience.audiences import For

WHO = "recorder-1"


def test_the_board_reads_all_but_who_recorded_and_where_things_lie(made: Ledger) -> None:
    exhibit = {"kind": "evidence-registered", "digest": f"sha256:{'0' * 64}", "collected_by": "a"}
    told = {"case_id": "acme", "location": "cabinet seven", "description": "a memo", **exhibit}
    made.append(parse(told), recorded_by="Jane Recorder")
    everything, board = let_in(client(made)), let_in(client(made, For("board")))
    for path, secret in (("/event/0", "Jane Recorder"), ("/event/0", "cabinet seven")):
        assert secret in everything.get(path).text
        assert secret not in board.get(path).text
    assert "cabinet" in everything.get("/search?q=seven").text.partition("<main")[2]
    assert "Nothing was found." in board.get("/search?q=seven").text
    assert "1 text was found." in board.get("/search?q=memo").text
    assert "For the board" in board.get("/cases").text


@pytest.mark.parametrize("whom", [For("subject", "person-3"), For("public")])
def test_who_may_see_a_part_sees_reports_alone(example: Ledger, whom: For) -> None:
    asking = let_in(client(example, whom))
    assert asking.get("/").headers["location"] == "/cases"
    assert 'href="/case/xiaomi-kol"' in asking.get("/cases").text
    for path in ("/event/21", "/parties", "/party/person-2", "/search?q=kol", "/verification"):
        assert asking.get(path).status_code == 403, path
    assert asking.get("/case/xiaomi-kol/events").status_code == 403
    for part in ("", "/replay", "/tables", "/report.html"):
        answer = asking.get(f"/case/xiaomi-kol{part}")
        assert answer.status_code == 200, part
        assert "Xu Fei" not in answer.text or whom.audience == "subject"
        assert WHO not in answer.text


def test_the_person_concerned_is_led_to_no_case_that_does_not_concern_them(
    example: Ledger,
) -> None:
    asking = let_in(client(example, For("subject", "person-9")))
    assert "There is no such case." in asking.get("/cases").text
    assert asking.get("/case/xiaomi-kol").status_code == 404


@pytest.mark.parametrize("whom", [For("subject", "person-3"), For("public")])
def test_for_whom_it_is_is_said_in_the_language_of_the_page(example: Ledger, whom: For) -> None:
    asking = let_in(client(example, whom, language("zh-Hans")))
    words = {"subject": "当事人", "public": "公众"}[whom.audience]
    for path in ("/parties", "/case/xiaomi-kol"):
        said = asking.get(path).text
        assert words in said
        assert "the public" not in said
        assert "the person concerned" not in said
    assert "(withheld)" not in asking.get("/case/xiaomi-kol/tables").text
