"""Say an event in a line that tells what it is, and not who announced it."""

from __future__ import annotations

from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.wording.sentence import sentence


def gist(fact: Fact, name_of: NameOf) -> str:
    """Say an event in a line, without by whom and when it was announced, and by when it is due."""
    fields = {
        name: value
        for name, value in fact.fields.items()
        if not name.startswith("announced") and name != "due"
    }
    return sentence(fact.kind, fields, name_of)
