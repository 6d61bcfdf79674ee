"""Whom an entry names, found in its bytes: the same as what parsing it and its kind tell."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.benchmarks.workload import case
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain.event import Event
from answerable.domain.kinds import TARGETS, model
from answerable.domain.parsing import parse
from answerable.ledger.entry.disclosure import disclosure_text
from answerable.ledger.ledger import Ledger
from answerable.ledger.verify.kind_rules import kind_rules
from answerable.ledger.verify.naming import Namings
from answerable.ledger.verify.opened_texts import open_texts
from answerable.ledger.verify.record import verify_record

RULES = kind_rules()


def slow_about(entries: dict[str, dict[str, Any]], event_id: str) -> list[str]:
    """The parties of an event, of what it acts upon, and so on; then those put in their place."""
    found: list[str] = []
    own = at = entries[event_id]
    first = None
    while True:
        for name in model(at["kind"]).parties:
            value = at.get(name, [])
            found += [value] if isinstance(value, str) else value if isinstance(value, list) else []
        target = at.get(TARGETS.get(at["kind"], ""))
        if target not in entries:
            break
        at = entries[target]
        first = first or at
    if own["kind"] == "correction" and first is not None:
        for name in model(first["kind"]).parties:
            value = own.get("fields", {}).get(name) or []
            found += [value] if isinstance(value, str) else value
    return list(dict.fromkeys(found))


@settings(max_examples=examples(30))
@given(histories(max_events=14, without=()))
def test_whom_texts_are_about(told: list[Event]) -> None:
    with TemporaryDirectory() as folder, Ledger.create(Path(folder, "a.db")) as ledger:
        for event in told:
            ledger.append(event, recorded_by="Jane Doe")
        assert verify_record(ledger).verified
        states = [ledger.entry(at) or b"" for at in range(len(ledger))]
        entries = {each["event_id"]: each for each in map(json.loads, states)}
        with ledger._reading() as cursor:
            namings = Namings(cursor, RULES)
            for state in states:
                fields = json.loads(state)
                about = namings.whom_about(fields["kind"], state)
                assert about.split() == slow_about(entries, fields["event_id"])
                if b"\\" not in state:
                    each = namings.whom_each_is_about(fields["kind"], [state], [state], state)
                    assert each == [about]


TWICE = (
    '"counterparty":"p-9",', '"counterparty" : "p-9",', '"speaker":"speaker",', '"subject":["a"],',
    '"sources":[{"counterparty":"p-9","speaker":"p-8","subject":"p-7"}],', '"deciders":["a","b"],',
    '"counterparty":"a b",', '"\\u0073ubject":"p-9",', '"deciders":[],', '"subject":5,',
)  # fmt: skip


@pytest.mark.parametrize("more", TWICE)
def test_whom_an_entry_names_that_tells_more(tmp_path: Path, more: str) -> None:
    """As whoever parses the entry has it, of two of a name the last."""
    with Ledger.create(tmp_path / "a.db") as ledger:
        ledger.append_all([parse(each) for each in case(1)], recorded_by="jane")
        states = [ledger.entry(at) or b"" for at in range(len(ledger))]
        entries = {each["event_id"]: each for each in map(json.loads, states)}
        with ledger._reading() as cursor:
            for state, mark in product(states, (b'"schema"', b'"recorded_at"')):
                altered = state.replace(mark, more.encode() + mark)
                fields = json.loads(altered)
                told = slow_about({**entries, fields["event_id"]: fields}, fields["event_id"])
                about = Namings(cursor, RULES).whom_about(fields["kind"], altered)
                assert about.split() == " ".join(told).split()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(st.lists(st.tuples(st.text(max_size=8), values), max_size=8))
def test_texts_opened_together_are_those_opened_alone(told: list[tuple[str, Any]]) -> None:
    texts = []
    for number, (field, value) in enumerate(told):
        written = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        name = json.dumps(field)[1:-1]
        texts.append(disclosure_text(b"%022d" % number, name, written))
    opened = open_texts(texts)
    assert list(zip(opened.fields, opened.values, strict=True)) == told


PIECES = ('["s","f",1]', '["s","f",', "1]", '["s","f",[1', "2]", '["s"', "[", "]", ',"', '",', " ")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=6))
@example(['["s","f",[1', '["s","f",2]]]', '["s","f",1],1,["s","f",3]'])
def test_no_text_passes_for_another(told: list[str]) -> None:
    """However the texts are cut, each is what it is alone."""
    from base64 import urlsafe_b64encode

    texts = [urlsafe_b64encode(each.ljust(-(-len(each) // 3) * 3).encode()) for each in told]
    opened = open_texts(texts)
    for text, field in zip(told, opened.fields, strict=True):
        try:
            array = json.loads(text)
        except ValueError:
            array = None
        whole = isinstance(array, list) and len(array) == 3 and isinstance(array[1], str)
        assert field == (array[1] if whole else None)
