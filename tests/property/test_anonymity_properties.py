"""What is refused for telling a name, against a slow, plain definition."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples
from tests.support.oracles import event_id

from answerable.domain.parsing import parse
from answerable.ledger.anonymity.errors import NameTold
from answerable.ledger.anonymity.open_names import names_in_the_open
from answerable.ledger.indexes import names
from answerable.ledger.ledger import Ledger

NAMES = ("Xu Fei", "LI NA", "Ann", "fei-li", "the Na")
VALUES = ("xu-1", "person-1", "li", "feili", "xufei", "na.2", "anna", "ann-9", "o-1")

AGAIN = ("rename", "retype", "remove")

doings = st.one_of(
    st.tuples(
        st.just("register"), st.sampled_from(("person", "body")), st.none() | st.sampled_from(NAMES)
    ),
    st.tuples(st.just("rename"), st.integers(0, 9), st.sampled_from(NAMES)),
    st.tuples(st.just("retype"), st.integers(0, 9), st.sampled_from(("person", "group"))),
    st.tuples(st.just("remove"), st.integers(0, 9), st.just("")),
    st.tuples(st.just("party"), st.just(""), st.sampled_from(VALUES)),
    st.tuples(st.just("term"), st.just(""), st.sampled_from(VALUES)),
    st.tuples(st.just("keep"), st.just(""), st.just("")),
    st.tuples(st.just("other"), st.just(""), st.just("")),
)  # fmt: skip


def told(name: str) -> set[str]:
    """Return the words of a name; of two, also both as one."""
    words = [word for word in re.findall("[a-z]+", name.lower()) if word != "the"]
    joined = {"".join(words), "".join(words[::-1])} if len(words) == 2 else set()
    return {*words, *joined}


class Plain:
    """All that is on record, as anyone would keep it."""

    def __init__(self) -> None:
        self.names: list[list[Any]] = []  # party, type, the event's id, names
        self.standing: set[str] = set()
        self.recorded: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []

    def refuses(self, field: str, value: str) -> bool:
        if field == "counterparty" and value in self.standing:
            return False
        words = {*re.findall("[a-z]+", value)}
        return any(
            kind == "person" and told(name) & words
            for _, kind, _, given in self.names
            for name in given
        )


@settings(max_examples=examples(20))
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
            (word, value)
            for value in plain.standing
            for word in {*re.findall("[a-z]+", value)} & of_persons
        }


@settings(max_examples=examples(25))
@given(st.lists(doings.filter(lambda doing: doing[0] != "remove"), max_size=14))
def test_a_batch_is_refused_where_one_after_another_would_be(
    done: list[tuple[str, Any, Any]],
) -> None:
    plain = Plain()
    with TemporaryDirectory() as folder, Ledger.create(Path(folder) / "a.db") as one:
        for number, (what, which, value) in enumerate(done):
            act(one, plain, number, what, which, value)
            if plain.refused:
                break
        with Ledger.create(Path(folder) / "b.db") as other:
            if plain.refused:
                with pytest.raises(NameTold) as raised:
                    other.append_all(plain.recorded + plain.refused, recorded_by="jane")
                assert raised.value.index == len(plain.recorded)
            other.append_all(plain.recorded, recorded_by="jane")


def act(ledger: Ledger, plain: Plain, number: int, what: str, which: Any, value: Any) -> None:
    mine = {"event_id": event_id(number + 1), "case_id": "house"}
    entry = plain.names[which % len(plain.names)] if plain.names and what in AGAIN else None
    match what:
        case "keep":
            assert names.make_ready(ledger)
        case "other":
            record(ledger, plain, kind="contact-made", counterparty="someone", **mine)
        case "register":
            party = f"p-{number}"
            named = {} if value is None else {"name": value}
            record(ledger, plain, kind="party-registered", party=party, type=which, **named, **mine)
            given = [] if value is None else [value]
            plain.names.append([party, which, mine["event_id"], given])
        case "rename" if entry:
            correct(ledger, plain, entry[2], mine, name=value)
            entry[3].append(value)
        case "retype" if entry:
            correct(ledger, plain, entry[2], mine, type=value)
            entry[1] = value
        case "remove" if entry:
            record(ledger, plain, kind="personal-data-erased", subject=entry[0],
                   legal_basis="gdpr", **mine)  # fmt: skip
            entry[3].clear()
        case "party" | "term":
            field = "counterparty" if what == "party" else "channel"
            fields = {"kind": "contact-made", "counterparty": "someone", field: value, **mine}
            if plain.refuses(field, value):
                with pytest.raises(NameTold) as raised:
                    record(ledger, plain, **fields)
                assert raised.value.field == field
                plain.refused.append(fields)
            else:
                record(ledger, plain, **fields)
                plain.standing.update((fields["counterparty"], value))


def correct(ledger: Ledger, plain: Plain, target: str, mine: dict[str, Any], **fields: Any) -> None:
    record(ledger, plain, kind="correction", target=target, fields=fields, **mine)


def record(ledger: Ledger, plain: Plain, **fields: Any) -> None:
    ledger.append(parse(fields), recorded_by="jane")
    plain.recorded.append(fields)
