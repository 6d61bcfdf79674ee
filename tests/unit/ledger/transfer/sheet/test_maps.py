"""Maps, and all that is wrong with them."""

import pytest

from answerable.ledger.transfer.sheet.errors import MapInvalid
from answerable.ledger.transfer.sheet.maps.columns import check_columns, unmentioned
from answerable.ledger.transfer.sheet.maps.reading import read_map

WRONG = """\
case = "{Case"
kee = "{No}"
dates = ["DD.MM.YY"]
months = ["January"]
decimal = "."

[tables.measures]
Fine = "fein"

[[event]]
kind = "sanction-impose"

[[event]]
kind = "sanction-imposed"
subjct = "{Person}"
measure = { column = "Measure", tabel = "measures", table = "measure" }

[[event]]
kind = "sanction-imposed"
subject = { column = "Person", party = "persn" }
measure = { column = "Measure", table = "measures" }
basis = ["$findng"]
standing = "sure"

[[event]]
kind = "finding-made"
ref = "finding"
subject = "{Person}"
outcome = "substantiated"
responsibility = { column = "Part", margin = "roughly" }
each = "outcme"
when = { column = "Outcome", is = "x", not = "y" }
"""


def test_everything_that_is_wrong_is_told_with_line_key_and_what_is_allowed() -> None:
    with pytest.raises(MapInvalid) as raised:
        read_map(WRONG, "cases.toml")
    assert [str(each) for each in raised.value.problems] == [
        "line 1: case: a brace is left open in '{Case'; one that is meant is doubled",
        "line 2: kee: there is no such key. Did you mean key?",
        "line 3: dates: 'DD.MM.YY' has YY, which is no part of a date. Two digits do not tell the "
        "century.",
        "line 4: months: must be the names of the twelve months, January's first",
        "line 8: tables.measures.Fine: 'fein' is not allowed in measure. Did you mean fine?",
        "line 11: event 1 (sanction-impose).kind: there is no kind 'sanction-impose'. Did you mean "
        "sanction-imposed, sanction-proposed or sanction-lifted?",
        "line 13: event 2 (sanction-imposed): a sanction-imposed needs `subject`: Against whom.",
        "line 15: event 2 (sanction-imposed).subjct: there is no such key. Did you mean subject?",
        "line 16: event 2 (sanction-imposed).measure.tabel: there is no such key. Did you mean "
        "table?",
        "line 16: event 2 (sanction-imposed).measure.table: there is no [tables.measure]. Did you "
        "mean measures?",
        "line 18: event 3 (sanction-imposed): 2 events are called 'sanction-imposed': give each a "
        "`ref` of its own",
        "line 20: event 3 (sanction-imposed).subject.party: 'persn' is no type of party. Did you "
        "mean person?",
        "line 22: event 3 (sanction-imposed).basis: no event of this map is called 'findng'. Did "
        "you mean finding?",
        "line 23: event 3 (sanction-imposed).standing: 'sure' is not allowed. Allowed: asserted, "
        "alleged, verified, disputed",
        "line 30: event 4 (finding).responsibility.margin: 'roughly' is no margin. Allowed: exact, "
        "about, uncertain, about-and-uncertain, on-or-before, on-or-after",
        "line 31: event 4 (finding).each: must name fields of this event. Did you mean outcome?",
        "line 32: event 4 (finding).when: has is and not, of which one is enough",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("case = ", "line 1: syntax: this is not TOML: Invalid value"),
        ("x = 1\n\ny y", "line 3: syntax"),
        ("", "line 1: event: is required"),
        ("event = 1", "line 1: event: is required"),
        ('[[event]]\nkind = "case-opened"\ntitle = "x"', "line 1: event 1 (case-opened): `case`"),
    ],
)
def test_what_is_no_map_is_told(text: str, problem: str) -> None:
    with pytest.raises(MapInvalid) as raised:
        read_map(text, "m.toml")
    assert problem in str(raised.value)


SOUND = """\
case = "{No}"
ignore = ["Notes"]

[values]
person = { column = "Person", party = "person" }

[[event]]
kind = "allegation-made"
subject = "{person}"
conduct = "{What}"
occurred = { column = "Date", margin = { column = "Certainty" } }
when = "What"
"""


def test_columns_that_a_map_names_and_those_that_it_leaves() -> None:
    read = read_map(SOUND, "m.toml")
    columns = ["No", "Person", "What", "Date", "Certainty", "Notes", "Other"]
    check_columns(read, columns)
    assert unmentioned(read, columns) == ["Other"]
    with pytest.raises(MapInvalid) as raised:
        check_columns(read, ["Nr", "Person", "What?", "Date", "Notes"])
    assert [str(each) for each in raised.value.problems] == [
        "line 1: case: there is no column 'No'. Allowed: Nr, Person, 'What?', Date, Notes, person",
        "line 10: event 1 (allegation-made).conduct: there is no column 'What'. Did you mean "
        "'What?'?",
        "line 11: event 1 (allegation-made).occurred: there is no column 'Certainty'. Allowed: "
        "Nr, Person, 'What?', Date, Notes, person",
        "line 12: event 1 (allegation-made).when: there is no column 'What'. Did you mean 'What?'?",
    ]


def test_a_name_in_a_key_a_case_or_a_pseudonym_is_refused() -> None:
    columns = ["No", "Person", "What", "Date", "Certainty", "Notes"]
    keyed = 'key = "{Person} {Date}"\n' + SOUND.replace('"{No}"', '"c-{Person}"').replace(
        'party = "person"', 'party = "person", id = "{Person}"'
    )
    with pytest.raises(MapInvalid) as raised:
        check_columns(read_map(keyed, "m.toml"), columns)
    assert [str(each).split(" holds")[0] for each in raised.value.problems] == [
        "line 1: id: 'Person'",
        "line 1: key: 'Person'",
        "line 2: case: 'Person'",
    ]
