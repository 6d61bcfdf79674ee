"""The reference of kinds is what the models and the catalogue say."""

import pytest
from tests.support.kinds_page import NAMES, PAGE, page

from answerable.domain.kinds import FAMILY, model


def test_the_page_is_as_it_would_be_written_now() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "docs/kinds.md is out of date: run `make docs`"


@pytest.mark.parametrize("kind", FAMILY)
def test_the_page_tells_every_field_of_a_kind(kind: str) -> None:
    told = page().split(f"\n### {kind}\n")[1].split("\n###")[0]
    made = model(kind)
    for name, attribute in made.attributes.items():
        if attribute in made.__annotations__ and name not in ("kind", "sealed_fields"):
            row = next(line for line in told.splitlines() if line.startswith(f"| `{name}` |"))
            assert ("sealed" in row.split("|")[3]) == (name in made.sealed)
            assert ("required" in row.split("|")[3]) == made.model_fields[attribute].is_required()


def test_the_page_says_upon_what_a_kind_acts_and_what_ends_it() -> None:
    told = page().split("\n### decision-taken\n")[1].split("\n###")[0]
    assert "[decision-withdrawn](#decision-withdrawn)" in told
    told = page().split("\n### decision-withdrawn\n")[1].split("\n###")[0]
    assert "Acts upon [decision-taken](#decision-taken) (`decision`)." in told


def test_each_type_that_a_field_can_have_is_explained_once() -> None:
    names = [name for _, name, _ in NAMES]
    assert len(names) == len(set(names))
    held = {
        cell.strip().removeprefix("any number: ").split(":")[0]
        for line in page().splitlines()
        if line.startswith("| `")
        for cell in [line.split("|")[2]]
        if "`" not in cell
    }
    assert held <= {*names, "number", "fields and values", "title, url, digest"}
