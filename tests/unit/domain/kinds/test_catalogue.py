"""The catalogue of kinds: one row a kind, which says what its model says, and no other table."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.domain.kinds import FAMILY, model
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.domain.kinds.catalogue.kind import Kind
from answerable.projections.wording.sentence import LINES

OTHER_TABLES = {
    **{
        f"domain/kinds/catalogue/{part}.py ROWS": "the catalogue"
        for part in ("course", "inquiry", "outcomes", "outside", "registers")
    },
    "cli/guiding/happened.py BY_THEMSELVES": "the kinds that are asked about where they come up",
    "domain/kinds/appeal.py AppealLodged": "what the model refers to",
    "domain/kinds/investigation.py BlameWithdrawn": "what the model refers to",
    "domain/kinds/investigation.py FindingMade": "what the model refers to",
    "domain/kinds/decision.py RepresentativesNotified": "what the model refers to",
    "domain/kinds/sanction.py InterimMeasureEnded": "what the model refers to",
    "ledger/store/rows.py MOVING": "whose recording may change whose name a text tells, in SQL",
    "cli/auditing/audit_text.py SORTS": "what consequences of each kind are called",
    "domain/policy/rules.py Separation": "the excuses that a policy may name: a closed vocabulary",
    "projections/facts/known_by/carried.py AMENDED": "the fields of the models, but of two kinds",
    "projections/report/audience/audiences.py PUBLIC_TEXTS": "what the house said to the public",
    "projections/report/first_page/remedies.py APPEALABLE": "the acts that a subject can appeal",
    "projections/wording/lines/nouns.py NOUNS": "what an event of each kind is called",
    "ledger/bundle/standalone_verifier.py SEALED": "the program stands alone",
    "ledger/store/rows.py AMENDS": "SQL of an index: part of the database's format",
    "ledger/store/rows.py AMENDED": "SQL of an index: part of the database's format",
    "ledger/store/sqlite/schema.py CREATE_REST": "SQL of an index: part of the database's format",
    "ledger/store/postgresql/schema.py CREATE_TABLES": "SQL of an index, as in SQLite",
    "ledger/store/rows.py NAMES_A_PARTY": "SQL of an index: part of the database's format",
    "ledger/transfer/sheet/maps/reading.py ONE_BY_ONE": "what comes from no sheet, and why",
    "projections/auditing/changes.py SORTS": "what each kind that changes another did to it",
    "projections/grounds/required_links.py OWN": "the links that an audit has columns for",
    "projections/grounds/proposals.py COMPARED": "in which fields a final act can differ",
    "projections/consistency/comparators.py LIKENING": "what a likeness is kept up to date by",
    "projections/replay/moving/moved.py SETTLING": "which events bear upon facts of other kinds",
    "projections/replay/moving/sight.py ASKED_FOR": "what the judges ask for by themselves",
    "projections/evidence/exhibits.py parties": "the kinds that one answer is made of",
    **{
        f"projections/wording/lines/{part}.py LINES": "the sentence of each kind, which is code"
        for part in ("course", "inquiry", "outcomes", "outside", "registers")
    },
    "projections/wording/lines/things.py THINGS": "what each kind is called as a thing",
    "projections/wording/lines/things.py HEADS": "what each kind is called as a thing",
    "projections/wording/lines/things.py JOINED": "what each kind is called as a thing",
}
"""The tables outside of the rows that name two kinds or more, and why they do."""

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
    assert row.elsewhere in ("", *row.doers)
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


def test_a_kind_has_one_sentence() -> None:
    assert list(LINES) == list(CATALOGUE)


def test_kinds_are_listed_nowhere_else() -> None:
    root = Path(__file__).parents[4]
    found = {
        f"{path.relative_to(root)} {name}"
        for package in ("domain", "ledger", "projections", "cli")
        for path in sorted((root / package).rglob("*.py"))
        for name in tables(ast.parse(path.read_text()))
    }
    assert sorted(found - set(OTHER_TABLES)) == []
    assert sorted(set(OTHER_TABLES) - found) == []


def tables(module: ast.Module) -> Iterator[str]:
    """Find the tables of a module that name two kinds or more, and functions that list them."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            found = {kind for each in ast.walk(node) for kind in named(each)}
            name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        else:
            found = max((listed(each) for each in ast.walk(node)), key=len)
            name = getattr(node, "name", "")
        if len(found) > 1:
            yield name


def listed(node: ast.AST) -> set[str]:
    """The kinds that a dictionary, a list, a set or a tuple holds, itself or in others."""
    if not isinstance(node, ast.Dict | ast.List | ast.Set | ast.Tuple):
        return set()
    return {kind for each in ast.iter_child_nodes(node) for kind in (*named(each), *listed(each))}


def named(node: ast.AST) -> set[str]:
    """The kinds that a text is, or quotes."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return set()
    return {node.value, *re.findall(r"'([a-z-]+)'", node.value)} & set(CATALOGUE)


def test_whatever_has_an_end_says_in_its_row_what_it_ends() -> None:
    """So that an end before its beginning is refused (`catalogue.periods`)."""
    for row in ROWS:
        fields = model(row.name).attributes
        assert all(field in fields for period in row.periods for field in period), row.name
        assert ("until" in fields) == bool(row.periods), row.name
