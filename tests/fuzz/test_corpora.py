"""Test that every input that is kept, and what is near it, is refused or taken rightly.

`make fuzz` looks for inputs that are not, led by what each reaches. Its corpora are replayed here.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.surface import surface, surface_names
from tests.support.lengths import examples
from tests.support.mutations import mutated_bytes

# Certificates with such numbers are read on purpose, to be refused or passed over.
pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")


@pytest.mark.parametrize("name", surface_names())
def test_what_is_kept_is_refused_or_taken_rightly(name: str) -> None:
    found = surface(name)
    assert found.corpus
    for each in found.corpus:
        found.take(each.read_bytes())


@pytest.mark.parametrize("name", surface_names())
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_so_is_what_is_near_it(name: str, data: st.DataObject) -> None:
    found = surface(name)
    kept = data.draw(st.sampled_from(found.corpus)).read_bytes()
    found.take(mutated_bytes(Random(data.draw(st.integers(0, 2**32))), kept))
