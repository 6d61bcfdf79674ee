"""The terms that are said without their hyphens are those of the models."""

from __future__ import annotations

from tests.support.languages import literals

from answerable.domain.kinds import model
from answerable.domain.kinds.catalogue import ROWS
from answerable.domain.terms.vocabulary import COMPOUND, HYPHENATED
from answerable.projections.wording.vocabulary import as_term

BESIDE = ("kind", "format")
"""The fields that hold no term: the name of a kind, and of a form."""


def test_every_term_of_a_model_with_a_hyphen_is_listed_and_no_other() -> None:
    told = {
        word
        for row in ROWS
        for name, field in model(row.name).model_fields.items()
        for word in literals(field.annotation)
        if "-" in word and name not in BESIDE
    }
    assert told == HYPHENATED | COMPOUND


def test_a_term_of_ours_is_said_in_words_and_one_of_the_house_as_it_is_written() -> None:
    assert as_term("formal-reprimand") == "formal reprimand"
    assert as_term(["formal-reprimand", "follow-up"]) == "formal reprimand; follow-up"
    assert as_term("third-party") == "third-party"
