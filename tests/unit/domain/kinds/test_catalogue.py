"""The catalogue of kinds: one row a kind, which says what its model says."""

import pytest

from answerable.domain.kinds import (
    FAMILY,
    model,
)
from answerable.domain.kinds.catalogue import (
    CATALOGUE,
    ROWS,
    Kind,
)

every_kind = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def test_a_kind_has_one_row() -> None:
    assert len(CATALOGUE) == len(ROWS)


@every_kind
def test_a_row_names_the_events_that_its_model_refers_to(row: Kind) -> None:
    references = model(row.name).references
    here = [name for name, refers in references.items() if refers.here]
    assert here == ([row.acts_upon] if row.acts_upon else [])
    assert set(references) - {*here} == {"basis", *row.cites}


@every_kind
def test_a_row_names_the_parties_that_its_model_names(row: Kind) -> None:
    parties = model(row.name).parties
    assert sorted((*row.about, *row.doers)) == sorted(parties)
    assert {*row.deeds, *row.announcing} <= set(row.doers)
    assert {duty.party for duty in row.leaves_open} <= {"", *parties}
    if row.accuses or row.accountability or row.held_against:
        assert len(row.about) == 1


@every_kind
def test_a_row_quotes_what_its_model_seals(row: Kind) -> None:
    assert set(row.reasons) <= set(row.quoted) <= set(model(row.name).sealed)


@every_kind
def test_what_comes_after_acts_upon_it(row: Kind) -> None:
    ends = [kind for duty in row.leaves_open for kind in duty.ended_by]
    for kind in (*row.becomes, *ends):
        assert row.name in targets(kind) or row.family == FAMILY[kind] == "case"
    for kind in row.not_after:
        assert targets(kind) == targets(row.name)


def targets(kind: str) -> tuple[str, ...]:
    """The kinds that a kind acts upon."""
    field = CATALOGUE[kind].acts_upon
    return model(kind).references[field].kinds if field else ()


def test_families_stand_together() -> None:
    families = [row.family for row in ROWS]
    assert families == sorted(families, key=families.index)
    assert list(FAMILY) == list(CATALOGUE)
