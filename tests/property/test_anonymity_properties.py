"""What is refused for telling a name, against a slow, plain definition."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.oracles import event_id

from answerable.domain.parsing import parse
from answerable.ledger.anonymity.errors import NameTold
from answerable.ledger.anonymity.open_names import names_in_the_open
from answerable.ledger.indexes import names
from answerable.ledger.ledger import Ledger

NAMES = ("Xu Fei", "LI NA", "Ann", "fei-li", "the Na")
VALUES = ("xu-1", "person-1", "li", "feili", "xufei", "na.2", "anna", "ann-9", "o-1")

doings = st.one_of(
    st.tuples(
        st.just("register"), st.sampled_from(("person", "body")), st.none() | st.sampled_from(NAMES)
    ),
    st.tuples(st.just("rename"), st.integers(0, 9), st.sampled_from(NAMES)),
    st.tuples(st.just("erase"), st.integers(0, 9), st.just("")),
    st.tuples(st.just("party"), st.just(""), st.sampled_from(VALUES)),
    st.tuples(st.just("term"), st.just(""), st.sampled_from(VALUES)),
    st.tuples(st.just("keep"), st.just(""), st.just("")),
    st.tuples(st.just("other"), st.just(""), st.just("")),
)  # fmt: skip


def told(name: str) -> set[str]:
    """The words of a name; of two, also both as one."""
    words = [word for word in re.findall("[a-z]+", name.lower()) if word != "the"]
    joined = {"".join(words), "".join(words[::-1])} if len(words) == 2 else set()
    return {*words, *joined}


class Plain:
    """All that is on record, as anyone would keep it."""

    def __init__(self) -> None:
        self.names: list[list[Any]] = []  # party, type, the event's id, names
        self.parties: set[str] = set()

    def refuses(self, field: str, value: str) -> bool:
        if field == "counterparty" and value in self.parties:
            return False
        words = {*re.findall("[a-z]+", value)}
        return any(
            kind == "person" and told(name) & words
            for _, kind, _, given in self.names
            for name in given
        )


@settings(max_examples=40)
@given(st.lists(doings, max_size=14))
def test_an_event_is_refused_if_it_tells_a_word_of_a_name_on_record(
    done: list[tuple[str, Any, Any]],
) -> None:
    plain = Plain()
    with (
        TemporaryDirectory() as folder,
        Ledger.create(Path(folder) / "a.db") as one,
        Ledger.open(one.path) as other,
    ):
        for number, (what, which, value) in enumerate(done):
            # Two that write, so that neither may believe what it remembers of the log.
            ledger = (one, other)[number % 2]
            act(ledger, plain, number, what, which, value)
        persons = [each for each in plain.names if each[1] == "person"]
        of_persons = {word for *_, given in persons for name in given for word in told(name)}
        noted = {(each.word, each.value) for each in names_in_the_open(one, 0)}
        assert noted == {
            (word, party)
            for party in plain.parties
            for word in {*re.findall("[a-z]+", party)} & of_persons
        }


def act(ledger: Ledger, plain: Plain, number: int, what: str, which: Any, value: Any) -> None:
    mine = event_id(number + 1)
    match what:
        case "keep":
            assert names.make_ready(ledger)
        case "other":
            record(ledger, mine, kind="contact-made", counterparty="someone")
        case "register":
            party = f"p-{number}"
            named = {} if value is None else {"name": value}
            record(ledger, mine, kind="party-registered", party=party, type=which, **named)
            plain.names.append([party, which, mine, [] if value is None else [value]])
        case "rename" if plain.names:
            entry = plain.names[which % len(plain.names)]
            record(ledger, mine, kind="correction", target=entry[2], fields={"name": value})
            entry[3].append(value)
        case "erase" if plain.names:
            entry = plain.names[which % len(plain.names)]
            record(ledger, mine, kind="personal-data-erased", subject=entry[0],
                   legal_basis="gdpr")  # fmt: skip
            entry[3].clear()
        case "party" | "term":
            field = "counterparty" if what == "party" else "channel"
            fields = {"counterparty": "someone", field: value}
            if plain.refuses(field, value):
                with pytest.raises(NameTold) as raised:
                    record(ledger, mine, kind="contact-made", **fields)
                assert raised.value.field == field
            else:
                record(ledger, mine, kind="contact-made", **fields)
                plain.parties.add(fields["counterparty"])


def record(ledger: Ledger, event: str, **fields: Any) -> None:
    ledger.append(parse({"case_id": "house", "event_id": event, **fields}), recorded_by="jane")
