"""JSON of which nothing is lost: what cannot be taken as written is an error with its field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.parsing import any_event
from answerable.ledger.transfer.flaws import Flaws
from answerable.ledger.transfer.resolving.strict_json import DEEPEST, has_each_key_once, read_object

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_json_writes_is_read_as_it_was(told: dict[str, object]) -> None:
    assert read_object(json.dumps(told).encode()) == told
    assert read_object(json.dumps(told, ensure_ascii=False, indent=None).encode()) == told


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ('{"a": 1, "a": 2}', "a", "stands here twice"),
        ('{"a": [{"b": 1, "b": 1}]}', "a.0.b", "stands here twice"),
        ('{"a": 0.12345678901234567890}', "a", "0.12345678901234567890 is more exact"),
        ('{"a": 9007199254740993.0}', "a", "is more exact"),
        ('{"a": 1e999}', "a", "is more exact"),
        ('{"a": [NaN]}', "a.0", "NaN is no number"),
        ('{"a": -Infinity}', "a", "-Infinity is no number"),
        ('{"a": {"b": "x\\ud83d"}}', "a.b", "half a surrogate pair"),
        ('{"a": {"\\udc00": 1}}', "a", "half a surrogate pair stands in the key '\\udc00'"),
        (f'{{"a": {"[" * DEEPEST}{"]" * DEEPEST}}}', "a" + ".0" * (DEEPEST - 1), "nested"),
        (f'{{"b": ["x:"], "a": {"[" * 100_000}', "a", "nested"),
        ('{"a": ' + "1" * 10_000 + "}", "a", "too long for a number"),
        ("[]", None, "an event must be a JSON object"),
        ('{"a": 1,}', None, "this is not JSON"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_an_error_with_its_field(
    text: str, field: str | None, said: str
) -> None:
    with pytest.raises(Flaws) as caught:
        read_object(text.encode())
    (error,) = caught.value.found
    assert error.field == field
    assert said in error.message
    assert " line " not in error.message


def test_all_that_is_wrong_is_told() -> None:
    with pytest.raises(Flaws) as caught:
        read_object(b'{"a": NaN, "b": 1, "b": 2, "c": "\\ud800"}')
    assert [error.field for error in caught.value.found] == ["a", "b", "c"]


@given(
    st.sampled_from(["purpose", "counterparty", "kind"]),
    st.text(alphabet='": {}[],\\u', max_size=8),
)
def test_no_line_passes_as_plain_that_has_a_key_twice(key: str, purpose: str) -> None:
    text = json.dumps({"kind": "contact-made", "case_id": "a", "counterparty": "b",
                       "purpose": f"x{purpose}"})  # fmt: skip
    twice = text[:-1] + f', "{key}"  : "contact-made"}}'
    event = any_event().validate_json(twice)
    assert not has_each_key_once(twice.encode(), len(event.model_fields_set))
