"""A term does not end before it begins: refused where that is certain, and only there."""

from typing import Any

import pytest
from tests.support.builders import Memory

from answerable.domain.errors import InvalidEvent, Refused
from answerable.domain.kinds import model
from answerable.domain.parsing import as_event, parse, parse_line

BAR = {"kind": "counterparty-barred", "case_id": "c", "counterparty": "org-7"}
GRANT = {"kind": "authority-granted", "case_id": "house", "party": "p-1"}
LEAVE = {"kind": "interim-measure-taken", "case_id": "c", "subject": "p-1", "measure": "leave"}
HOLD = {
    "kind": "sanction-suspended",
    "case_id": "c",
    "sanction": "019b8a5e-7c00-7000-8000-000000000001",
}


@pytest.mark.parametrize(
    ("kind", "begin"),
    [(BAR, "from"), (GRANT, "from"), (LEAVE, "occurred"), (HOLD, "occurred")],
    ids=["bar", "authority", "interim measure", "suspension"],
)
def test_a_term_that_ends_before_it_begins_is_refused(kind: dict[str, str], begin: str) -> None:
    fields = {**kind, begin: "2026-03", "until": "2026-02-28"}
    with pytest.raises(InvalidEvent) as refused:
        parse(fields)
    assert refused.value.field == "until"
    assert str(refused.value) == (
        f"until: 2026-02-28 lies before `{begin}`, which is 2026-03. A term ends no earlier than "
        f"it begins: change `until`, or else `{begin}`."
    )
    with pytest.raises(InvalidEvent):
        as_event(model(fields["kind"]).model_validate(fields))
    assert parse({**fields, "until": "2026-03-01"}).event_id is None


@pytest.mark.parametrize(
    ("start", "until"),
    [
        ("2026-03", "2026-03"),
        ("2026-03-05", "2026-03-05"),
        ("2026-03-05", "../2026-03-05"),
        ("../2026-03-05", "2026-01-01"),
        ("2026", "2026-01-01"),
        (None, "2026-01-01"),
        ("2026-01-01", None),
    ],
)
def test_what_may_be_in_order_is_taken(start: str | None, until: str | None) -> None:
    assert parse({**BAR, "from": start, "until": until}).event_id is None


def test_a_line_says_it_too() -> None:
    with pytest.raises(InvalidEvent) as refused:
        parse_line(
            b'{"kind":"counterparty-barred","case_id":"c","counterparty":"org-7",'
            b'"from":"2026-02-01","until":"2026-01-31"}'
        )
    assert refused.value.field == "until"


def amended(*corrections: dict[str, Any]) -> None:
    log = Memory()
    bar = log.add(**BAR, **{"from": "2026-01-05", "until": "2026-01-10"})
    for fields in corrections:
        log.add(kind="correction", target=bar, fields=fields)


@pytest.mark.parametrize(
    "corrections",
    [
        [{"until": "2026-01-04"}],
        [{"from": "2026-01-11"}],
        [{"until": None}, {"from": "2026-02-01"}, {"until": "2026-01-31"}],
        [{"from": "2026-03-01", "until": "2026-02-28"}],
    ],
)
def test_a_correction_that_makes_it_so_is_refused(corrections: list[dict[str, Any]]) -> None:
    amended(*corrections[:-1])
    with pytest.raises(Refused) as refused:
        amended(*corrections)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    "corrections",
    [
        [{"from": "2026-02-01", "until": "2026-02-28"}],
        [{"until": None}, {"from": "2026-02-01"}],
        [{"until": "2026-01-05"}],
        [{"occurred": "2026-03-01"}],
    ],
)
def test_any_other_correction_is_taken(corrections: list[dict[str, Any]]) -> None:
    amended(*corrections)
