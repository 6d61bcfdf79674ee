"""An event in one line, made of its public fields alone."""

from typing import Any

import pytest

from answerable.projections.wording.sentence import sentence


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Personal data of p-1 erased (under gdpr 17)"),
        (
            {"events": ["a"]},
            "Personal data of p-1 erased, and of 1 event: all texts (under gdpr 17)",
        ),
        (
            {"events": ["a", "b"], "fields": ["title", "recorded_by"]},
            "Personal data of p-1 erased, and of 2 events: title, recorded by (under gdpr 17)",
        ),
    ],
)  # fmt: skip
def test_an_erasure_tells_what_else_it_names(more: dict[str, Any], said: str) -> None:
    told = {"subject": "p-1", "legal_basis": "gdpr 17", **more}
    assert sentence("personal-data-erased", told) == said
