"""State of every kind of event, in one row, all that is declared of it beside its fields.

Tables that name kinds are made of these rows where they are used, so that nobody has to look for
them. The catalogue knows no pydantic: it is imported in about a millisecond, where loading all
models takes some forty.

To add a kind:

1. its model, in the module of its family (`answerable.domain.kinds.<family>`);
2. its row, in the `ROWS` of the module for its family: rows stand in the order in which
   `answerable append --help` lists them;
3. its sentence, in the module of that name in `answerable.projections.wording.lines`;
4. what it seals, in `answerable.ledger.bundle.standalone_verifier`, which stands alone;
5. its fields, in `tests/unit/domain/kinds/test_kinds.py`, and a test of whatever else is new;
6. its part of the reference, which `make docs` writes.

`tests/unit/domain/kinds/test_catalogue.py` holds these together, and finds tables of kinds that
are not made of the rows. Imports what a row says, `kind`; anyone may import both.
"""

from collections.abc import Mapping
from types import MappingProxyType

from answerable.domain.kinds.catalogue import course, inquiry, outcomes, outside, registers
from answerable.domain.kinds.catalogue.kind import Kind

ROWS: tuple[Kind, ...] = (
    *course.ROWS,
    *inquiry.ROWS,
    *outcomes.ROWS,
    *outside.ROWS,
    *registers.ROWS,
)
"""Every kind, family by family, in the order in which they are listed."""

CATALOGUE: Mapping[str, Kind] = MappingProxyType({row.name: row for row in ROWS})
"""Every kind by its name."""
