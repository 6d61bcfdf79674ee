"""A report that was made, and what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from answerable.ledger.ledger import Ledger
    from answerable.projections.report.audience.part import Part
    from answerable.projections.report.looked import Looked
    from answerable.projections.report.report import Report


class Made(NamedTuple):
    """Hold a report, and what it was made of: a page shows more of that.

    Attributes:
        ledger: open.
        looked: the case as those look at it whom the report is for.
        withheld: the sealed fields that are not for those whom it is for, in any event.
        part: what may be shown of the case beside the report; None: the whole.
        template: a house's own template of the page; None: the shipped one.
        register: the one register that is written, of registers; None: all.
    """

    report: Report
    ledger: Ledger
    looked: Looked
    withheld: Collection[str] = ()
    part: Part | None = None
    register: str | None = None
    template: Path | None = None
