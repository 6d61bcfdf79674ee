"""For whom the record is shown: by the one gate that a report goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from answerable.domain.language.saying import say
from answerable.projections.report.audience.audiences import AUDIENCES, FIELDS, For
from answerable.projections.report.audience.gate import WHOLE
from answerable.projections.report.audience.gated_reader import GatedReader
from answerable.projections.report.audience.report_for import Gated, report_for
from answerable.projections.report.looked import Looked, look
from answerable.projections.report.report import report_of

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger


class Audience(NamedTuple):
    """Hold for whom the record is shown.

    Attributes:
        whom: those; None: whoever may see everything.
    """

    whom: For | None = None

    @property
    def whole(self) -> bool:
        """Tell whether they may see whole cases, but for some texts of the house's own."""
        return self.whom is None or self.whom.audience in WHOLE

    @property
    def words(self) -> str | None:
        """Return for whom it is, in words."""
        return None if self.whom is None else say(AUDIENCES[self.whom.audience])

    @property
    def withheld(self) -> frozenset[str]:
        """Return the sealed fields that are withheld from them, in any event."""
        return frozenset() if self.whom is None else FIELDS.get(self.whom.audience, frozenset())

    def reader(self, ledger: Ledger) -> Reader:
        """Return the record as they may see it, who may see whole cases."""
        return ledger if self.whom is None else GatedReader(ledger, WHOLE[self.whom.audience])

    def look(self, ledger: Ledger, case_id: str) -> Looked:
        """Look at a case as they may see it, who may see whole cases.

        Raises:
            NotFound: nothing is recorded of it.
        """
        return look(self.reader(ledger), case_id)

    def report(
        self,
        ledger: Ledger,
        case_id: str,
        version: str,
        as_of: Asked | None = None,
        known_by: Asked | None = None,
        *,
        most: int | None = None,
    ) -> Gated:
        """Make the report on a case for them, as of and as known by two moments.

        Args:
            ledger: the record.
            case_id: which case.
            version: of this program.
            as_of: leaves out what had not happened by then.
            known_by: reads the record as it was known by then.
            most: how many times another case is folded, at the most (`report_of`).

        Raises:
            NotFound: nothing is recorded of the case, or the subject is not named in it.
        """
        if self.whom is not None:
            return report_for(
                ledger,
                case_id,
                self.whom,
                version=version,
                as_of=as_of,
                known_by=known_by,
                most=most,
            )
        looked = look(self.reader(ledger), case_id, as_of=as_of, known_by=known_by)
        return Gated(report_of(looked, version=version, most=most), looked)
