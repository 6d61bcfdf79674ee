"""List the figures: what each is called, what it counts, and who publishes it so."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.projections.figures.definition import Definition
from answerable.projections.figures.of_cases import OF_CASES
from answerable.projections.figures.of_reports import OF_REPORTS

DEFINITIONS: tuple[Definition, ...] = (*OF_REPORTS, *OF_CASES)
"""The figures, in the order in which they are told."""

BY_NAME: Mapping[str, Definition] = {each.name: each for each in DEFINITIONS}
